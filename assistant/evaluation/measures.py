"""The figures of a run.

A measure of a question is a number in [0, 1] or None where it doesn't apply; over a run it is the
mean of those it applies to. The other measures are only defined over a whole run.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

import numpy as np

from assistant.evaluation.outcomes import Cited, Outcome
from assistant.evaluation.sets import QuestionType

_DEPTH = 10
_MILLISECONDS = 1000.0


class MeasureName(StrEnum):
    """All measures, in the order of the report."""

    RECALL_1 = "recall_at_1"
    RECALL_5 = "recall_at_5"
    RECALL_10 = "recall_at_10"
    MRR_10 = "mrr_at_10"
    NDCG_10 = "ndcg_at_10"
    ANSWER_FOUND = "answer_found"
    ANSWER_IN_GOLD_REPORT = "answer_in_gold_report"
    CITATION_PRECISION = "citation_precision"
    QUOTES_VERBATIM = "quotes_verbatim"
    PAGES_RIGHT = "pages_right"
    COMPARISON_COVERAGE = "comparison_coverage"
    FOLLOWUP_GAP = "followup_gap"
    STATEMENTS_VERIFIED = "statements_verified"
    MODEL_WROTE = "model_wrote"
    DECISION_RIGHT = "decision_right"
    ABSTENTION_PRECISION = "abstention_precision"
    ABSTENTION_RECALL = "abstention_recall"
    ABSTENTION_F1 = "abstention_f1"
    SUFFICIENCY_AUROC = "sufficiency_auroc"
    SEARCH_P50 = "search_p50_ms"
    SEARCH_P95 = "search_p95_ms"
    ANSWER_P50 = "answer_p50_ms"
    ANSWER_P95 = "answer_p95_ms"

    @property
    def is_duration(self) -> bool:
        """Whether the value is in milliseconds, not a share."""
        return self.value.endswith("_ms")


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its value, None where nothing was measured, and over how many cases."""

    name: MeasureName
    value: float | None
    count: int


def measures(outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    """All figures of a run."""
    found = [_mean(name, outcomes, of) for name, of in QUESTION_MEASURES.items()]
    found += _citation_measures(outcomes)
    found.append(_followup_gap(outcomes))
    found += _abstention_measures(outcomes)
    found += _durations(outcomes)
    order = list(MeasureName)
    return tuple(sorted(found, key=lambda measure: order.index(measure.name)))


def measures_by_type(outcomes: Sequence[Outcome]) -> dict[QuestionType, tuple[Measure, ...]]:
    """The figures of each type of question."""
    return {
        kind: measures(chosen)
        for kind in QuestionType
        if (chosen := [outcome for outcome in outcomes if outcome.type is kind])
    }


def recall_at(depth: int) -> Callable[[Outcome], float | None]:
    """The share of gold passages among the first `depth` hits."""

    def measured(outcome: Outcome) -> float | None:
        if outcome.retrieved is None:
            return None
        ranks = outcome.retrieved.ranks
        return fmean(rank is not None and rank <= depth for rank in ranks)

    return measured


def reciprocal_rank(outcome: Outcome) -> float | None:
    """One over the rank of the first gold passage among the first ten hits, else 0."""
    if outcome.retrieved is None:
        return None
    ranks = [rank for rank in outcome.retrieved.ranks if rank is not None and rank <= _DEPTH]
    return 1 / min(ranks) if ranks else 0.0


def ndcg(outcome: Outcome) -> float | None:
    """Normalised discounted cumulative gain of the first ten hits, gains 0 or 1.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002.
    """
    if outcome.retrieved is None:
        return None
    from sklearn.metrics import ndcg_score

    ranks = outcome.retrieved.ranks
    # Gold that wasn't found stands behind the ten hits: it counts for the ideal ranking alone.
    missed = sum(rank is None or rank > _DEPTH for rank in ranks)
    gains = [float(rank in ranks) for rank in range(1, _DEPTH + 1)] + [1.0] * missed
    scores = np.arange(len(gains), 0, -1, dtype=float)
    return float(ndcg_score([gains], [scores], k=_DEPTH))


def answer_found(outcome: Outcome) -> float | None:
    """Whether a cited quote contains the answer; an abstention contains none."""
    if outcome.answered is None or not outcome.is_answerable:
        return None
    return float(outcome.answered.answer_found)


def answer_in_gold_report(outcome: Outcome) -> float | None:
    """The same, of a quote of the right report."""
    if outcome.answered is None or not outcome.is_answerable:
        return None
    return float(outcome.answered.in_gold_report)


def comparison_coverage(outcome: Outcome) -> float | None:
    """The share of the gold reports that a comparison cites."""
    if outcome.answered is None or outcome.type is not QuestionType.COMPARISON:
        return None
    return outcome.answered.covered / outcome.answered.expected


def statements_verified(outcome: Outcome) -> float | None:
    """The share of a language model's sentences that the reports bear out."""
    return None if outcome.answered is None else outcome.answered.verified_share


def model_wrote(outcome: Outcome) -> float | None:
    """Whether the language model's answer was shown, and not the reports' own sentences."""
    answered = outcome.answered
    if answered is None or (answered.verified_share is None and not answered.fell_back):
        return None
    return float(not answered.fell_back)


def decision_right(outcome: Outcome) -> float | None:
    """Whether it answered what is answerable and abstained from what isn't."""
    if outcome.answered is None:
        return None
    return float(outcome.answered.abstained != outcome.is_answerable)


QUESTION_MEASURES: Mapping[MeasureName, Callable[[Outcome], float | None]] = {
    MeasureName.RECALL_1: recall_at(1),
    MeasureName.RECALL_5: recall_at(5),
    MeasureName.RECALL_10: recall_at(10),
    MeasureName.MRR_10: reciprocal_rank,
    MeasureName.NDCG_10: ndcg,
    MeasureName.ANSWER_FOUND: answer_found,
    MeasureName.ANSWER_IN_GOLD_REPORT: answer_in_gold_report,
    MeasureName.COMPARISON_COVERAGE: comparison_coverage,
    MeasureName.STATEMENTS_VERIFIED: statements_verified,
    MeasureName.MODEL_WROTE: model_wrote,
    MeasureName.DECISION_RIGHT: decision_right,
}


def _mean(
    name: MeasureName, outcomes: Iterable[Outcome], of: Callable[[Outcome], float | None]
) -> Measure:
    values = [value for outcome in outcomes if (value := of(outcome)) is not None]
    return Measure(name, fmean(values) if values else None, len(values))


def _citation_measures(outcomes: Iterable[Outcome]) -> list[Measure]:
    """Shares of all citations; of support, those given to answerable questions."""
    cited: list[Cited] = []
    supporting: list[bool] = []
    for outcome in outcomes:
        if outcome.answered is not None:
            cited += outcome.answered.citations
            if outcome.is_answerable:
                supporting += [item.supports for item in outcome.answered.citations]
    pages = [item.page_right for item in cited if item.page_right is not None]
    return [
        _share(MeasureName.CITATION_PRECISION, supporting),
        _share(MeasureName.QUOTES_VERBATIM, [item.verbatim for item in cited]),
        _share(MeasureName.PAGES_RIGHT, pages),
    ]


def _share(name: MeasureName, cases: Sequence[bool]) -> Measure:
    return Measure(name, fmean(cases) if cases else None, len(cases))


def _followup_gap(outcomes: Sequence[Outcome]) -> Measure:
    """How much better (+) or worse (−) follow-ups are answered than their standalone twins."""
    by_id = {outcome.id: outcome for outcome in outcomes}
    gaps = []
    for outcome in outcomes:
        twin = by_id.get(outcome.twin)
        if twin is not None:
            own, other = answer_in_gold_report(outcome), answer_in_gold_report(twin)
            if own is not None and other is not None:
                gaps.append(own - other)
    return Measure(MeasureName.FOLLOWUP_GAP, fmean(gaps) if gaps else None, len(gaps))


def _abstention_measures(outcomes: Iterable[Outcome]) -> list[Measure]:
    """Abstention as detection of unanswerable questions, and how well the score tells them."""
    from sklearn.metrics import precision_recall_fscore_support, roc_auc_score

    judged = [(outcome, outcome.answered) for outcome in outcomes if outcome.answered is not None]
    unanswerable = [not outcome.is_answerable for outcome, _ in judged]
    abstained = [answered.abstained for _, answered in judged]
    names = (
        MeasureName.ABSTENTION_PRECISION,
        MeasureName.ABSTENTION_RECALL,
        MeasureName.ABSTENTION_F1,
    )
    counts = (sum(abstained), sum(unanswerable), sum(unanswerable))
    if any(unanswerable):
        scores = precision_recall_fscore_support(
            unanswerable, abstained, average="binary", zero_division=0.0
        )
        found = [
            Measure(name, float(score) if count else None, count)
            for name, score, count in zip(names, scores[:3], counts, strict=True)
        ]
    else:
        found = [Measure(name, None, 0) for name in names]
    both = any(unanswerable) and not all(unanswerable)
    auroc = (
        float(roc_auc_score(unanswerable, [1 - answered.sufficiency for _, answered in judged]))
        if both
        else None
    )
    return [*found, Measure(MeasureName.SUFFICIENCY_AUROC, auroc, len(judged) if both else 0)]


def _durations(outcomes: Iterable[Outcome]) -> list[Measure]:
    searches, answers = [], []
    for outcome in outcomes:
        if outcome.retrieved is not None:
            searches.append(outcome.retrieved.seconds)
        if outcome.answered is not None:
            answers.append(outcome.answered.seconds)
    return [
        _percentile(MeasureName.SEARCH_P50, searches, 50),
        _percentile(MeasureName.SEARCH_P95, searches, 95),
        _percentile(MeasureName.ANSWER_P50, answers, 50),
        _percentile(MeasureName.ANSWER_P95, answers, 95),
    ]


def _percentile(name: MeasureName, seconds: Sequence[float], percent: float) -> Measure:
    value = float(np.percentile(seconds, percent)) * _MILLISECONDS if seconds else None
    return Measure(name, value, len(seconds))
