"""Which words of a sentence say what the words of a claim say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.models import Language
from vectorstore.embedding.model import EmbeddingModel
from vectorstore.embedding.words import PieceVectors
from vectorstore.models import Span
from vectorstore.text.tokens import Token, stem, stop_words, tokens


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, with their stems in its language and their vectors in context.

    `vectors` is float32 of shape (len(tokens), dimension), rows of length 1; None where the
    embedding model doesn't show any, and words are then aligned by their stems alone.
    """

    text: str
    language: Language
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    vectors: NDArray[np.float32] | None

    def content(self) -> list[int]:
        """Indices of the words that carry content: neither stop-words nor numbers."""
        stops = stop_words(self.language)
        return [
            index
            for index, token in enumerate(self.tokens)
            if not token.is_number and token.folded not in stops and len(token.folded) > 1
        ]


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each word of a claim, the closest word of a sentence and how close it is.

    `similarity` is 1 for equal stems, otherwise a cosine; `partner` is the index of the word.
    """

    similarity: NDArray[np.float32]
    partner: NDArray[np.int64]
    exact: NDArray[np.bool_]


def read_words(texts: Sequence[tuple[str, Language]], model: EmbeddingModel | None) -> list[Words]:
    """The words of texts; one pass through the model for all."""
    pieces = model.embed_pieces([text for text, _ in texts]) if model and texts else None
    return [
        _words(text, language, pieces[index] if pieces else None)
        for index, (text, language) in enumerate(texts)
    ]


def _words(text: str, language: Language, pieces: PieceVectors | None) -> Words:
    found = tuple(tokens(text))
    stems = tuple(stem(token.folded, language) for token in found)
    vectors = _pooled([token.span for token in found], pieces) if pieces else None
    return Words(text, language, found, stems, vectors)


def _pooled(spans: Sequence[Span], pieces: PieceVectors) -> NDArray[np.float32]:
    """The mean vector of each word's pieces; zero for a word beyond the model's length."""
    pooled = np.zeros((len(spans), pieces.vectors.shape[1]), dtype=np.float32)
    starts = np.array([piece.start for piece in pieces.spans])
    ends = np.array([piece.end for piece in pieces.spans])
    for row, span in enumerate(spans):
        inside = (starts < span.end) & (ends > span.start)
        if inside.any():
            mean = pieces.vectors[inside].mean(axis=0)
            pooled[row] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return pooled


def align(claim: Words, sentence: Words) -> Alignment:
    """Each word of `claim` with its closest word of `sentence`.

    Content words are aligned with content words only; a number's vector says little of its value,
    so numbers aren't aligned.
    """
    size = len(claim.tokens)
    similarity = np.zeros(size, dtype=np.float32)
    partner = np.full(size, -1, dtype=np.int64)
    exact = np.zeros(size, dtype=np.bool_)
    candidates = sentence.content()
    if not candidates:
        return Alignment(similarity, partner, exact)
    by_stem: dict[str, int] = {}
    for index in candidates:
        by_stem.setdefault(sentence.stems[index], index)
        by_stem.setdefault(sentence.tokens[index].folded, index)
    for index in claim.content():
        same = by_stem.get(claim.stems[index], by_stem.get(claim.tokens[index].folded))
        if same is not None:
            similarity[index], partner[index], exact[index] = 1.0, same, True
        elif claim.vectors is not None and sentence.vectors is not None:
            cosines = sentence.vectors[candidates] @ claim.vectors[index]
            best = int(np.argmax(cosines))
            similarity[index], partner[index] = cosines[best], candidates[best]
    return Alignment(similarity, partner, exact)
