"""Does the evidence answer the question? A score that decides between answer and abstention."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agreement import lacks_year, names_missing, names_rival, typed
from assistant.evidence import WeightedNotion, report_language
from assistant.gathering import Evidence
from assistant.linear import weighted_sum
from assistant.question import Kind, stems_of_names
from vectorstore.embedding.model import EmbeddingModel
from vectorstore.models import Hit
from vectorstore.text.tokens import Language, content_stems

# How many sentences behind the best one the lead is taken over.
_PURSUERS = 5


@dataclass(frozen=True, slots=True)
class EvidenceFeatures:
    """What the score is made of.

    `lead`: how far the best sentence's score is ahead of the sixth's; `dense`: cosine of the
    question and the nearest passage; `missing`: rarity, in [0, 1], of the rarest notion of the
    question that neither the best passage nor its report's description names; `notions`: how many
    the question has; `asks_number`: whether it wants a number; `fits`: how far the best sentence
    has the shape asked for; `english`: whether the question is, over whose passages cosines run
    lower; `compares`: whether it compares. `similarity`, `coverage`, `window` and `context` are the
    best sentence's (`assistant.evidence`), `score` its score, `lexical` its passage's; `answer` is
    the greatest of the reranker's log odds. The others are the agreements of
    `assistant.agreement`.
    """

    lead: float
    dense: float
    missing: float
    notions: float
    asks_number: float
    fits: float
    english: float
    compares: float
    similarity: float
    score: float
    coverage: float
    window: float
    context: float
    lexical: float
    answer: float
    typed: float
    names_missing: float
    names_rival: float
    lacks_year: float


# A logistic regression on the questions of our sets (tests/quality/fit_sufficiency.py).
_WEIGHTS = EvidenceFeatures(
    lead=0.108,
    dense=8.51,
    missing=-1.77,
    notions=0.356,
    asks_number=-1.56,
    fits=1.79,
    english=1.08,
    compares=1.08,
    similarity=21.9,
    score=0.175,
    coverage=-1.48,
    window=-0.405,
    context=0.728,
    lexical=-0.0154,
    answer=0.357,
    typed=3.45,
    names_missing=-1.66,
    names_rival=-1.66,
    lacks_year=-6.19,
)
_BIAS = -34.7


def evidence_features(evidence: Evidence, model: EmbeddingModel) -> EvidenceFeatures:
    """The features of evidence that has at least one candidate."""
    question, candidates = evidence.question, evidence.candidates
    best = candidates[0]
    pursuer = candidates[min(_PURSUERS, len(candidates) - 1)]
    named = _named_by(best.hit)
    sayable = _sayable(evidence, report_language(best.hit.report))
    return EvidenceFeatures(
        lead=best.score - pursuer.score,
        dense=max(candidate.hit.dense for candidate in candidates),
        missing=max(
            (item.weight * (1 - item.notion.presence(named)) for item in sayable), default=0.0
        ),
        notions=len(evidence.notions),
        asks_number=float(question.kind is Kind.NUMBER),
        fits=best.features.fits,
        english=float(question.language == "en"),
        compares=float(question.kind is Kind.COMPARISON),
        similarity=best.features.similarity,
        score=best.score,
        coverage=best.features.coverage,
        window=best.features.window,
        context=best.features.context,
        lexical=best.hit.lexical,
        answer=max(candidate.features.answer for candidate in candidates),
        typed=typed(evidence.asked, candidates, evidence.places, model),
        names_missing=names_missing(evidence.asked, best.hit),
        names_rival=float(names_rival(evidence.asked, best, evidence.places)),
        lacks_year=float(lacks_year(evidence.asked, best.hit)),
    )


def sufficiency(evidence: Evidence, model: EmbeddingModel) -> float:
    """The calibrated probability, in [0, 1], that evidence answers its question."""
    return 1 / (1 + math.exp(-(_BIAS + weighted_sum(_WEIGHTS, evidence_features(evidence, model)))))


def _sayable(evidence: Evidence, language: Language) -> Sequence[WeightedNotion]:
    """The notions that a report in `language` would name in a form that can be recognised.

    An English word that the glossary doesn't know can't be missed in a French report, unless the
    question has nothing else.
    """
    question = evidence.question
    if question.language == language:
        return evidence.notions
    names = stems_of_names(question)
    known = [
        item for item in evidence.notions if item.notion.is_translated or item.notion.stems & names
    ]
    return known or evidence.notions


def _named_by(hit: Hit) -> frozenset[str]:
    """The stems of a passage under its headings, and of its report's description."""
    metadata = hit.report.metadata
    places = [f"{place.city} {place.country}" for place in metadata.destinations]
    described = " \n ".join(
        [
            hit.passage.text,
            *hit.passage.section.heading_path,
            metadata.title,
            str(metadata.year or ""),
            *places,
        ]
    )
    return frozenset(content_stems(described, report_language(hit.report)))
