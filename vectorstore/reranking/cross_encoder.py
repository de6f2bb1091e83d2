"""A reranker of the user's own: any cross-encoder that sentence-transformers can load."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.errors import ModelUnavailable
from vectorstore.reranking.reranker import Logits, SentenceInContext
from vectorstore.text.normalise import for_embedding

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """A reranker by a cross-encoder with one output."""

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def logits(self, query: str, sentences: Sequence[SentenceInContext]) -> Logits:
        """The model's own scores, before any activation, of shape (len(sentences),)."""
        import torch

        if not sentences:
            return np.empty(0, dtype=np.float32)
        pairs = [(for_embedding(query), for_embedding(_whole(item))) for item in sentences]
        found = self._model.predict(
            pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(found, dtype=np.float32).reshape(len(sentences))


def load_cross_encoder(name_or_folder: str) -> CrossEncoderReranker:
    """The cross-encoder of that name; only a hub name ever reaches outside.

    Raises:
        ModelUnavailable: it can't be found, downloaded or read, or has more than one output.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from sentence_transformers import CrossEncoder

        local = Path(name_or_folder).is_dir()
        model = CrossEncoder(name_or_folder, trust_remote_code=False, local_files_only=local)
        outputs = int(model.num_labels)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelUnavailable(model=name_or_folder, reason=reason) from error
    if outputs != 1:
        reason = f"a reranker has one output, this model has {outputs}"
        raise ModelUnavailable(model=name_or_folder, reason=reason)
    return CrossEncoderReranker(model)


def _whole(item: SentenceInContext) -> str:
    """The sentence after what it leaves unsaid, as such models are trained on whole passages."""
    return " ".join(part for part in (item.place, item.before, item.text) if part)
