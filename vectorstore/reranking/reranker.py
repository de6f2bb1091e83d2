"""What a reranker is: it reads a query and a sentence together and says whether one answers it.

A bi-encoder such as the embedding model compares two texts that it has read apart, and takes what
is *about* the same thing for an answer. A cross-encoder reads them together (Nogueira and Cho,
"Passage Re-ranking with BERT", arXiv:1901.04085), which is dear: only the best are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SentenceInContext:
    """A sentence with what it leaves unsaid: where it stands, and the text before it."""

    text: str
    place: str
    before: str


class Reranker(Protocol):
    """Judges sentences for a query. Safe to share by threads."""

    def logits(self, query: str, sentences: Sequence[SentenceInContext]) -> Logits:
        """Log odds that each sentence answers the query, of shape (len(sentences),)."""
        ...
