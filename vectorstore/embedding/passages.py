"""What of a passage is embedded: itself under its headings, and each of its sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vectorstore.embedding.model import EmbeddingModel, Progress, Vectors


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage's headings (outermost first), its text, and its sentences' texts."""

    headings: tuple[str, ...]
    text: str
    sentences: tuple[str, ...]


def embed(
    passages: Sequence[PassageText], model: EmbeddingModel, progress: Progress | None = None
) -> tuple[Vectors, list[Vectors]]:
    """The passages' vectors, of shape (passages, dimension), and each one's sentences' vectors.

    A passage is embedded under its headings, which often hold the only mention of its subject.
    """
    texts = ["\n".join((*passage.headings, passage.text)) for passage in passages]
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    vectors = model.embed_passages(texts + sentences, progress)
    bounds = np.cumsum([len(passages), *(len(passage.sentences) for passage in passages)])
    return vectors[: bounds[0]], [vectors[start:end] for start, end in pairwise(bounds)]
