"""The sets hold what they promise, and every gold quote stands in its report."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.evaluation.matching import SearchableText, contains_answer
from assistant.evaluation.sets import EvaluationQuestion, QuestionType, load_set
from tests.quality.corpus import FICTITIOUS, PORT_CLAIR, PORT_CLAIR_2, QUEBEC, REAL
from vectorstore.text.normalise import fold_spaces

ALL = (PORT_CLAIR, PORT_CLAIR_2, QUEBEC)


def texts() -> dict[str, str]:
    files = [*FICTITIOUS.glob("*.txt"), REAL]
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def everything() -> list[EvaluationQuestion]:
    return [question for file in ALL for question in load_set(file)]


def of_type(questions: list[EvaluationQuestion], kind: QuestionType) -> list[EvaluationQuestion]:
    return [question for question in questions if question.type is kind]


def test_every_gold_quote_stands_in_its_report_but_for_white_space() -> None:
    folded = {name: fold_spaces(text) for name, text in texts().items()}
    for question in everything():
        for gold in question.gold:
            for quote in gold.quotes:
                assert fold_spaces(quote) in folded[gold.report], (question.id, quote)


def test_every_gold_quote_is_found_as_a_span() -> None:
    searchable = {name: (text, SearchableText(text)) for name, text in texts().items()}
    for question in everything():
        for gold in question.gold:
            text, index = searchable[gold.report]
            for quote in gold.quotes:
                span = index.find(quote)
                assert span is not None
                assert fold_spaces(span.of(text)) == fold_spaces(quote)


def test_every_answer_and_every_gold_quote_fit_each_other() -> None:
    for question in everything():
        quotes = [quote for gold in question.gold for quote in gold.quotes]
        for answer in question.answers:
            assert any(contains_answer(quote, [answer]) for quote in quotes), (question.id, answer)
        for quote in quotes:
            assert contains_answer(quote, question.answers), (question.id, quote)


def test_ids_are_unique_over_all_sets() -> None:
    ids = Counter(question.id for question in everything())
    assert [identity for identity, count in ids.items() if count > 1] == []


def test_no_question_is_asked_twice() -> None:
    asked = Counter((question.question.casefold(), question.history) for question in everything())
    assert [question for question, count in asked.items() if count > 1] == []


def test_the_real_report_is_asked_enough() -> None:
    questions = list(load_set(QUEBEC))
    assert len(questions) >= 40
    assert sum(question.language == "en" for question in questions) >= 12
    assert len(of_type(questions, QuestionType.UNANSWERABLE)) >= 8


def test_the_fictitious_reports_are_asked_enough() -> None:
    questions = list(load_set(PORT_CLAIR))
    reports = {gold.report for question in questions for gold in question.gold}
    assert len(questions) >= 300
    assert sum(question.language == "en" for question in questions) >= 90
    assert len(of_type(questions, QuestionType.UNANSWERABLE)) >= 60
    assert len(of_type(questions, QuestionType.COMPARISON)) >= 15
    assert reports == {file.stem for file in FICTITIOUS.glob("*.txt")}


def test_comparisons_span_reports_or_passages() -> None:
    for question in of_type(everything(), QuestionType.COMPARISON):
        assert sum(len(gold.quotes) for gold in question.gold) >= 2, question.id
        assert len({gold.report for gold in question.gold}) == len(question.gold), question.id


def test_follow_ups_have_a_conversation_and_a_twin_in_the_same_half() -> None:
    questions = {question.id: question for question in everything()}
    followups = of_type(list(questions.values()), QuestionType.FOLLOWUP)
    assert len(followups) >= 15
    for followup in followups:
        twin = questions[followup.twin]
        assert followup.history
        assert not twin.history
        assert (twin.gold, twin.answers, twin.split) == (
            followup.gold,
            followup.answers,
            followup.split,
        )


def test_unanswerable_questions_say_why_they_tempt() -> None:
    unanswerable = of_type(everything(), QuestionType.UNANSWERABLE)
    reasons = Counter(question.near_miss for question in unanswerable)
    assert None not in reasons
    assert len(reasons) == 5


@pytest.mark.parametrize("file", [PORT_CLAIR, QUEBEC], ids=lambda file: file.stem)
def test_the_halves_are_balanced(file: Path) -> None:
    halves = Counter(question.split for question in load_set(file))
    assert abs(halves["dev"] - halves["test"]) <= 2


def test_reports_say_that_they_are_fictitious() -> None:
    for file in FICTITIOUS.glob("*.txt"):
        text = fold_spaces(file.read_text(encoding="utf-8"))
        assert "Document fictif" in text[:400], file.name
        assert 700 <= len(text.split()) <= 1600, file.name
