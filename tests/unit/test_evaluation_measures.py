"""The measures against values worked out by hand."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation import measures as all_measures
from assistant.evaluation.measures import (
    MeasureName,
    comparison_coverage,
    measures_by_type,
    ndcg,
    recall_at,
    reciprocal_rank,
)
from assistant.evaluation.outcomes import Answered, Cited, Outcome, Retrieved
from assistant.evaluation.sets import QuestionType

GOOD = Cited("r", "q", verbatim=True, supports=True, page_right=None)
BAD = Cited("r", "q", verbatim=True, supports=False, page_right=None)


def retrieved(*ranks: int | None) -> Outcome:
    return Outcome(
        "q", "?", "fr", QuestionType.FACT, "", Retrieved(tuple(ranks), 0.010), answered=None
    )


def answered(
    identity: str = "q",
    kind: QuestionType = QuestionType.FACT,
    *,
    abstained: bool = False,
    sufficiency: float = 0.5,
    citations: tuple[Cited, ...] = (),
    found: bool = False,
    covered: int = 0,
    expected: int = 1,
    seconds: float = 0.1,
    twin: str = "",
    verified_share: float | None = None,
    fell_back: bool = False,
) -> Outcome:
    return Outcome(
        identity,
        "?",
        "fr",
        kind,
        twin,
        None,
        Answered(
            abstained,
            sufficiency,
            citations,
            found,
            found,
            covered,
            expected,
            seconds,
            verified_share,
            fell_back,
        ),
    )


def value(name: MeasureName, outcomes: list[Outcome]) -> float | None:
    return next(measure.value for measure in all_measures(outcomes) if measure.name is name)


@pytest.mark.parametrize(
    ("ranks", "at_1", "at_5", "at_10", "reciprocal", "gain"),
    [
        ((1,), 1, 1, 1, 1, 1),
        ((2,), 0, 1, 1, 1 / 2, 1 / log2(3)),
        ((6,), 0, 0, 1, 1 / 6, 1 / log2(7)),
        ((None,), 0, 0, 0, 0, 0),
        ((1, 2), 1 / 2, 1, 1, 1, 1),
        ((3, None), 0, 1 / 2, 1 / 2, 1 / 3, (1 / 2) / (1 + 1 / log2(3))),
        ((10, 1), 1 / 2, 1 / 2, 1, 1, (1 + 1 / log2(11)) / (1 + 1 / log2(3))),
    ],
)
def test_retrieval_measures(
    ranks: tuple[int | None, ...],
    at_1: float,
    at_5: float,
    at_10: float,
    reciprocal: float,
    gain: float,
) -> None:
    outcome = retrieved(*ranks)
    assert recall_at(1)(outcome) == pytest.approx(at_1)
    assert recall_at(5)(outcome) == pytest.approx(at_5)
    assert recall_at(10)(outcome) == pytest.approx(at_10)
    assert reciprocal_rank(outcome) == pytest.approx(reciprocal)
    assert ndcg(outcome) == pytest.approx(gain)


@given(st.lists(st.integers(1, 10), min_size=1, max_size=10, unique=True), st.integers(0, 5))
def test_ndcg_lies_between_nothing_and_the_ideal(found: list[int], missed: int) -> None:
    gain = ndcg(retrieved(*found, *[None] * missed))
    assert gain is not None
    assert 0 < gain <= 1 + 1e-9
    at_the_top = sorted(found) == list(range(1, len(found) + 1))
    is_ideal = at_the_top and (missed == 0 or len(found) == 10)
    assert (gain == pytest.approx(1)) == is_ideal


def test_unmeasured_questions_count_nowhere() -> None:
    outcomes = [retrieved(1), answered(found=True)]
    by_name = {measure.name: measure for measure in all_measures(outcomes)}
    assert by_name[MeasureName.RECALL_1].count == 1
    assert by_name[MeasureName.ANSWER_FOUND].count == 1
    assert by_name[MeasureName.COMPARISON_COVERAGE].value is None
    assert set(by_name) == set(MeasureName)


def test_abstention() -> None:
    unanswerable = QuestionType.UNANSWERABLE
    outcomes = [
        answered("a", unanswerable, abstained=True, sufficiency=0.1),
        answered("b", unanswerable, abstained=True, sufficiency=0.3),
        answered("c", unanswerable, abstained=False, sufficiency=0.7),
        answered("d", abstained=True, sufficiency=0.2),
        answered("e", abstained=False, sufficiency=0.9, found=True),
    ]
    assert value(MeasureName.ABSTENTION_PRECISION, outcomes) == pytest.approx(2 / 3)
    assert value(MeasureName.ABSTENTION_RECALL, outcomes) == pytest.approx(2 / 3)
    assert value(MeasureName.ABSTENTION_F1, outcomes) == pytest.approx(2 / 3)
    assert value(MeasureName.DECISION_RIGHT, outcomes) == pytest.approx(3 / 5)
    assert value(MeasureName.ANSWER_FOUND, outcomes) == pytest.approx(1 / 2)
    # Of the 3 × 2 pairs, the answerable question has the higher score in 4: e over all, d over a.
    assert value(MeasureName.SUFFICIENCY_AUROC, outcomes) == pytest.approx(4 / 6)


def test_abstention_where_nothing_is_unanswerable_or_nothing_abstains() -> None:
    answerable = [answered("a", abstained=True), answered("b", found=True)]
    assert value(MeasureName.ABSTENTION_PRECISION, answerable) is None
    never = [answered("a", QuestionType.UNANSWERABLE), answered("b", found=True)]
    assert value(MeasureName.ABSTENTION_PRECISION, never) is None
    assert value(MeasureName.ABSTENTION_RECALL, never) == 0


def test_citations_of_unanswerable_questions_count_for_exactness_only() -> None:
    wrong = Cited("r", "q", verbatim=False, supports=False, page_right=True)
    outcomes = [
        answered("a", citations=(GOOD, BAD)),
        answered("b", QuestionType.UNANSWERABLE, citations=(wrong, GOOD)),
    ]
    assert value(MeasureName.CITATION_PRECISION, outcomes) == pytest.approx(1 / 2)
    assert value(MeasureName.QUOTES_VERBATIM, outcomes) == pytest.approx(3 / 4)
    assert value(MeasureName.PAGES_RIGHT, outcomes) == 1


def test_comparisons_count_the_reports_that_are_cited() -> None:
    assert comparison_coverage(
        answered(kind=QuestionType.COMPARISON, covered=2, expected=3)
    ) == pytest.approx(2 / 3)
    assert comparison_coverage(answered(covered=1)) is None


def test_a_language_model_is_measured_where_it_wrote() -> None:
    outcomes = [
        answered("a", verified_share=1.0),
        answered("b", verified_share=0.5),
        answered("c", verified_share=0.0, fell_back=True),
        answered("d", fell_back=True),
        answered("e", abstained=True),
    ]
    assert value(MeasureName.STATEMENTS_VERIFIED, outcomes) == pytest.approx(0.5)
    assert value(MeasureName.MODEL_WROTE, outcomes) == pytest.approx(1 / 2)
    assert value(MeasureName.MODEL_WROTE, [answered("e")]) is None


def test_follow_ups_are_held_against_their_twins() -> None:
    outcomes = [
        answered("a", QuestionType.FOLLOWUP, found=False, twin="b"),
        answered("b", found=True),
        answered("c", QuestionType.FOLLOWUP, found=True, twin="d"),
        answered("d", found=True),
        answered("e", QuestionType.FOLLOWUP, found=True, twin="not in this half"),
    ]
    assert value(MeasureName.FOLLOWUP_GAP, outcomes) == pytest.approx(-1 / 2)


def test_durations_are_in_milliseconds() -> None:
    outcomes = [answered(str(number), seconds=number / 1000) for number in range(1, 102)]
    assert value(MeasureName.ANSWER_P50, outcomes) == pytest.approx(51)
    assert value(MeasureName.ANSWER_P95, outcomes) == pytest.approx(96)


def test_the_figures_of_a_type_are_those_of_its_questions() -> None:
    outcomes = [
        answered("a", QuestionType.DATE, found=True),
        answered("b", QuestionType.WHO, found=False),
    ]
    groups = measures_by_type(outcomes)
    assert set(groups) == {QuestionType.DATE, QuestionType.WHO}
    assert groups[QuestionType.DATE] == all_measures(outcomes[:1])
