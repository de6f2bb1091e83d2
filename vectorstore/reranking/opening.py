"""The reranker that the settings ask for."""

from vectorstore.embedding.model import EmbeddingModel
from vectorstore.reranking.cross_encoder import load_cross_encoder
from vectorstore.reranking.reranker import Reranker
from vectorstore.settings import EMBEDDED_RERANKER, NO_RERANKER, VectorstoreSettings


def open_reranker(settings: VectorstoreSettings, model: EmbeddingModel) -> Reranker | None:
    """The reranker of the settings; None where they want none or the model has no answer head.

    Raises:
        ModelUnavailable: the cross-encoder can't be loaded.
    """
    if settings.reranker == NO_RERANKER:
        return None
    if settings.reranker == EMBEDDED_RERANKER:
        return model.answer_head()
    return load_cross_encoder(settings.reranker)
