"""Does the evidence answer the question? A score that decides between answer and abstention."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Candidate, WeightedNotion
from assistant.linear import weighted_sum
from assistant.question import Question, stems_of_names
from vectorstore.text.tokens import content_stems, tokens


@dataclass(frozen=True, slots=True)
class Features:
    """What the score is made of; all but `similarity` and `margin` lie in [0, 1].

    `similarity` and `margin`: cosine of the best sentence, and its distance from the average
    candidate; `coverage` and `context`: of the question's notions by the best sentence and by its
    passage; `names` and `numbers`: share of the question's that the best passages hold; `fits`:
    whether the best sentence has the shape asked for; `english`: whether the question is.
    """

    similarity: float
    margin: float
    coverage: float
    context: float
    names: float
    numbers: float
    fits: float
    english: float


_WEIGHTS = Features(30.0, 20.0, 2.0, 3.0, 2.0, 1.5, 0.5, 1.0)
_BIAS = -30.0


def features(
    question: Question,
    candidates: Sequence[Candidate],
    notions: Sequence[WeightedNotion],  # noqa: ARG001
) -> Features:
    """The features of the evidence; `candidates` come best first and hold at least one."""
    best = candidates[0]
    top = candidates[:5]
    similarities = [candidate.features.similarity for candidate in candidates]
    text = " ".join(item.hit.passage.text for item in top)
    stems = frozenset(content_stems(text, "fr")) | frozenset(content_stems(text, "en"))
    words = {token.folded for token in tokens(text)}
    place = {stem for item in top for stem in _scope_stems(item)}
    return Features(
        similarity=max(candidate.features.similarity for candidate in top),
        margin=best.features.similarity - sum(similarities) / len(similarities),
        coverage=max(candidate.features.coverage for candidate in top),
        context=max(candidate.features.context for candidate in top),
        names=_share(stems_of_names(question), stems | place),
        numbers=_share(question.numbers, frozenset(words) | place),
        fits=best.features.fits,
        english=float(question.language == "en"),
    )


def sufficiency(found: Features) -> float:
    """The calibrated probability, in [0, 1], that the evidence answers the question."""
    return 1 / (1 + math.exp(-(_BIAS + weighted_sum(_WEIGHTS, found))))


def _scope_stems(candidate: Candidate) -> frozenset[str]:
    """What the report's own description names: a question may name it and the text not."""
    metadata = candidate.hit.report.metadata
    places = [f"{place.city} {place.country}" for place in metadata.destinations]
    described = " ".join([metadata.title, str(metadata.year or ""), *places])
    return frozenset(content_stems(described, "fr")) | frozenset(content_stems(described, "en"))


def _share(wanted: frozenset[str], present: frozenset[str]) -> float:
    return len(wanted & present) / len(wanted) if wanted else 1.0
