"""Hits in the order of a reranker: the sentences most like the query are read with it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vectorstore.models import Hit
from vectorstore.reranking.reranker import Reranker, SentenceInContext

# How many sentences are read; each costs some ten milliseconds.
SENTENCES = 8
# Beyond the first hits a sentence must be twice as good to be worth reading.
_PER_PASSAGE = 2
# What a certain answer adds to a fused score, which is in [0, 1].
_WEIGHT = 1.0


def reranked(
    query: str, hits: Sequence[Hit], reranker: Reranker, sentences: int = SENTENCES
) -> list[Hit]:
    """The hits, best first, with the reranker's judgement of their likeliest sentences."""
    chosen = _likeliest(hits, sentences)
    read = [_in_context(hits[place], index) for place, index in chosen]
    answers: list[list[float | None]] = [[None] * len(hit.passage.sentences) for hit in hits]
    for (place, index), logit in zip(chosen, reranker.logits(query, read), strict=True):
        answers[place][index] = float(logit)
    least = min((_probability(own) for own in answers if _any_read(own)), default=0.0)
    judged = [
        replace(
            hit,
            answers=tuple(own),
            score=hit.score + _WEIGHT * (_probability(own) if _any_read(own) else least),
        )
        for hit, own in zip(hits, answers, strict=True)
    ]
    return sorted(judged, key=lambda hit: -hit.score)


def _in_context(hit: Hit, index: int) -> SentenceInContext:
    """Sentence `index` of a hit with its heading and the text before it."""
    passage = hit.passage
    span = passage.sentences[index]
    before = passage.text[: span.start - passage.start]
    return SentenceInContext(passage.slice(span), _place_of(hit), before)


def _place_of(hit: Hit) -> str:
    """Where a passage stands, in few words: the mission's places, then its nearest heading."""
    metadata = hit.report.metadata
    places = ", ".join(place.city or place.country for place in metadata.destinations)
    headings = hit.passage.section.heading_path[-1:]
    return ". ".join(part for part in (places or metadata.title, *headings) if part)


def _likeliest(hits: Sequence[Hit], count: int) -> list[tuple[int, int]]:
    """(hit, sentence) of the sentences most like the query, the best of each hit first."""
    found: list[tuple[float, int, int]] = []
    for place, hit in enumerate(hits):
        order = np.argsort(-np.asarray(hit.sentence_similarities), kind="stable")[:_PER_PASSAGE]
        for rank, index in enumerate(order.tolist()):
            found.append((hit.score - rank * 0.1, place, index))
    found.sort(key=lambda item: -item[0])
    return [(place, index) for _, place, index in found[:count]]


def _any_read(answers: Sequence[float | None]) -> bool:
    return any(answer is not None for answer in answers)


def _probability(answers: Sequence[float | None]) -> float:
    best = max((answer for answer in answers if answer is not None), default=-np.inf)
    return float(1 / (1 + np.exp(-best)))
