"""Vectors of the words of a text, in context, taken from the middle of the embedding model.

Half-way up a multilingual encoder, words that mean the same lie close in whatever language
(Jalili Sabet et al., "SimAlign: High Quality Word Alignments Without Parallel Training Data Using
Static and Contextualized Embeddings", EMNLP Findings 2020, § 3: layer 8 of 12 of mBERT and XLM-R).
The top layers are bent towards one vector for the whole sentence and no longer tell words apart.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.models import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Measured on this model over paraphrases and translations: the sixth of twelve.
_DEPTH = 0.5


@dataclass(frozen=True, slots=True)
class PieceVectors:
    """The pieces that a text was cut into: their spans in it, and their vectors of length 1.

    `vectors` is float32 of shape (len(spans), dimension).
    """

    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]


def lower_half(model: "SentenceTransformer") -> Any | None:  # noqa: ANN401  (a transformers model)
    """The encoder without its upper layers, sharing the weights; None for other architectures."""
    encoder = getattr(model[0], "auto_model", None)
    layers = getattr(getattr(encoder, "encoder", None), "layer", None)
    if encoder is None or layers is None or not getattr(model.tokenizer, "is_fast", False):
        return None
    shortened = copy.copy(encoder)
    shortened._modules = dict(encoder._modules)
    stack = copy.copy(encoder.encoder)
    stack._modules = dict(encoder.encoder._modules)
    stack._modules["layer"] = layers[: max(1, round(len(layers) * _DEPTH))]
    shortened._modules["encoder"] = stack
    return shortened


def embed_pieces(
    model: "SentenceTransformer",
    encoder: Any,  # noqa: ANN401
    texts: Sequence[str],
    batch: int,
) -> list[PieceVectors]:
    """The piece vectors of `texts`, each cut at the model's own length; spans are the texts'."""
    import torch

    limit = int(model.max_seq_length or 512)
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    found: dict[int, PieceVectors] = {}
    for start in range(0, len(order), batch):
        indices = order[start : start + batch]
        inputs = model.tokenizer(
            [texts[index] for index in indices],
            return_tensors="pt",
            return_offsets_mapping=True,
            padding=True,
            truncation=True,
            max_length=limit,
        )
        offsets = inputs.pop("offset_mapping").tolist()
        with torch.no_grad():
            states = encoder(**{key: value.to(model.device) for key, value in inputs.items()})[0]
        states = torch.nn.functional.normalize(states, dim=-1).cpu().numpy()
        for row, index in enumerate(indices):
            kept = [place for place, (left, right) in enumerate(offsets[row]) if left < right]
            found[index] = PieceVectors(
                tuple(Span(*offsets[row][place]) for place in kept),
                np.asarray(states[row, kept], dtype=np.float32),
            )
    return [found[index] for index in range(len(texts))]
