"""The language model of the settings, ready to write; what `none` never loads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.settings import AssistantSettings
from vectorstore.index import Index

if TYPE_CHECKING:
    from assistant.llm.condensing import Condenser
    from assistant.llm.writing import ModelWriter


@dataclass(frozen=True, slots=True)
class WritingModel:
    """What a language model does for answers; the two share the line before it."""

    writer: "ModelWriter"
    condenser: "Condenser"


def open_model(index: Index, settings: AssistantSettings) -> WritingModel | None:
    """The model that the settings name, None for none. Its server isn't asked anything yet.

    Raises:
        InvalidSetting: an OpenAI-like server has no address.
    """
    if settings.llm == "none":
        return None
    from assistant.llm.clients import LanguageModel
    from assistant.llm.condensing import Condenser
    from assistant.llm.queueing import Queue
    from assistant.llm.writing import ModelWriter

    model = LanguageModel.of(settings)
    queue = Queue(settings.llm_concurrency, settings.llm_queue)
    return WritingModel(ModelWriter(index, model, queue, settings), Condenser(model, queue))
