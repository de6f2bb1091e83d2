"""Whether two runs over the same questions differ by more than chance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.errors import RunsNotComparable
from assistant.evaluation.measures import QUESTION_MEASURES, MeasureName
from assistant.evaluation.outcomes import Outcome, Run

_RESAMPLES = 9999
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure in two runs, over the `count` questions that both measured.

    `difference` is second minus first; `low` and `high` bound it with 95 % confidence (a single
    question bounds nothing: -1 and 1).
    """

    name: MeasureName
    first: float
    second: float
    difference: float
    low: float
    high: float
    count: int

    @property
    def is_significant(self) -> bool:
        """Whether chance alone hardly explains the difference."""
        return self.low > 0 or self.high < 0


def compare(first: Run, second: Run) -> tuple[Comparison, ...]:
    """The measures of questions, compared by a paired bootstrap over the questions.

    Percentile intervals of the mean difference (Efron and Tibshirani, "An Introduction to the
    Bootstrap", 1993, ch. 13; for retrieval, Sakai, SIGIR 2006). The same runs always give the
    same bounds.

    Raises:
        RunsNotComparable: they share no question.
    """
    others = {outcome.id: outcome for outcome in second.outcomes}
    pairs = [(outcome, others[outcome.id]) for outcome in first.outcomes if outcome.id in others]
    if not pairs:
        raise RunsNotComparable
    return tuple(
        comparison
        for name, of in QUESTION_MEASURES.items()
        for comparison in _compared(name, of, pairs)
    )


def _compared(
    name: MeasureName,
    of: Callable[[Outcome], float | None],
    pairs: list[tuple[Outcome, Outcome]],
) -> Iterator[Comparison]:
    values = [
        (before, after)
        for one, other in pairs
        if (before := of(one)) is not None and (after := of(other)) is not None
    ]
    if not values:
        return
    befores, afters = np.array(values).T
    differences = afters - befores
    low, high = _interval(differences)
    yield Comparison(
        name=name,
        first=float(befores.mean()),
        second=float(afters.mean()),
        difference=float(differences.mean()),
        low=low,
        high=high,
        count=len(values),
    )


def _interval(differences: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float]:
    from scipy.stats import bootstrap

    if len(differences) < 2:
        return -1.0, 1.0
    interval = bootstrap(
        (differences,),
        np.mean,
        n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(0),
    ).confidence_interval
    return float(interval.low), float(interval.high)
