"""Making a follow-up question stand alone, by a language model that may add nothing of its own."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing

from assistant.conversation import History
from assistant.llm.clients import LanguageModel
from assistant.llm.faults import ModelFault
from assistant.llm.markup import plain
from assistant.llm.prompting import condense_request
from assistant.llm.queueing import Queue
from assistant.models import Language
from vectorstore.text.language import detect_language
from vectorstore.text.tokens import content_stems, content_words

_log = logging.getLogger(__name__)

_TOKENS = 120
_SECONDS = 15.0
# A question with more content than this says itself what it is about.
_SAYS_ITSELF = 7
_LONGEST = 400  # characters
_SPEAKERS = ("user", "assistant")


class Condenser:
    """Asks the model only when it is free: nobody waits in line for this."""

    def __init__(self, model: LanguageModel, queue: Queue) -> None:
        self._model = model
        self._queue = queue

    async def standalone(self, question: str, history: History, language: Language) -> str | None:
        """The question with what it leaves unsaid; None where the model is no help.

        Every word of it was said in the conversation: a model can't bring in a place or a year.
        """
        if not history or len(content_words(question, language)) > _SAYS_ITSELF:
            return None
        turn = self._queue.join_if_free()
        if turn is None:
            return None
        with turn:
            try:
                async with asyncio.timeout(_SECONDS):
                    written = await self._written(question, history, language)
            except (ModelFault, TimeoutError) as fault:
                _log.info("%s didn't condense the question: %s", self._model.name, fault)
                return None
        said = [question, *(text for role, text in history if role in _SPEAKERS)]
        return written if _is_faithful(written, said, question, language) else None

    async def _written(self, question: str, history: History, language: Language) -> str:
        text = ""
        stream = self._model.stream(
            condense_request(question, history, language), max_tokens=_TOKENS
        )
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                text += piece
                if "\n" in text.strip() or len(text) > _LONGEST:
                    break
        first_line = next(iter(text.strip().splitlines()), "")
        return plain(first_line, 0).text.strip(' «»"“”\u00a0\u202f')


def _is_faithful(written: str, said: Sequence[str], question: str, language: Language) -> bool:
    """Whether the model kept to the conversation, to the question's words, and to its task."""
    if not written or len(written) > _LONGEST or detect_language(written) != language:
        return False
    stems = set(content_stems(written, language))
    known = {stem for text in said for stem in content_stems(text, language)}
    return stems <= known and stems >= set(content_stems(question, language))
