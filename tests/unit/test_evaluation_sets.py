"""Reading sets, matching answers, keeping and comparing runs."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.evaluation import compare, load_run, load_set, save_run
from assistant.evaluation.errors import (
    EmptyEvaluationSet,
    InvalidEvaluationSet,
    InvalidRun,
    RunsNotComparable,
)
from assistant.evaluation.matching import SearchableText, contains_answer
from assistant.evaluation.measures import MeasureName
from assistant.evaluation.outcomes import Environment, Outcome, Retrieved, Run
from assistant.evaluation.passage_sets import is_passage_set, load_passage_set
from assistant.evaluation.sets import QuestionType, sample

QUESTION = {
    "id": "a",
    "question": "Qui ?",
    "language": "fr",
    "type": "who",
    "gold": [{"report": "r", "quotes": ["Elle."]}],
    "answers": ["elle"],
}


def written(folder: Path, *questions: object) -> Path:
    file = folder / "set.jsonl"
    lines = [item if isinstance(item, str) else json.dumps(item) for item in questions]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_set_is_read_and_halved(tmp_path: Path) -> None:
    file = written(tmp_path, QUESTION, "", {**QUESTION, "id": "b", "split": "dev"})
    assert [question.id for question in load_set(file)] == ["a", "b"]
    assert [question.id for question in load_set(file, "dev")] == ["b"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"language": "de"}, "language"),
        ({"type": "riddle"}, "type"),
        ({"question": " "}, "empty question"),
        ({"gold": []}, "gold"),
        ({"answers": []}, "gold and answers"),
        ({"type": "unanswerable"}, "one of the two"),
        ({"gold": [{"report": "r", "quotes": []}]}, "without a quote"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_question_is_refused_with_its_line(
    change: dict[str, object], reason: str, tmp_path: Path
) -> None:
    file = written(tmp_path, QUESTION, {**QUESTION, "id": "b", **change})
    with pytest.raises(InvalidEvaluationSet, match=reason) as caught:
        load_set(file)
    assert caught.value.params["line"] == 2


def test_no_id_is_used_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidEvaluationSet, match="used twice"):
        load_set(written(tmp_path, QUESTION, QUESTION))


@pytest.mark.parametrize("lines", [(), (QUESTION,)], ids=["nothing", "nothing of that half"])
def test_an_empty_set_is_refused(lines: tuple[object, ...], tmp_path: Path) -> None:
    with pytest.raises(EmptyEvaluationSet):
        load_set(written(tmp_path, *lines), "dev")


@pytest.mark.parametrize("content", [b"not json", b"\xff\xfe", b"[1]"])
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_bytes(content)
    with pytest.raises(InvalidEvaluationSet):
        load_set(file)


@given(st.integers(0, 50), st.integers(0, 5))
def test_samples_are_stable_ordered_and_of_the_size_asked(count: int, seed: int) -> None:
    items = range(30)
    chosen = sample(items, count, seed)
    assert chosen == sample(items, count, seed)
    assert list(chosen) == sorted(set(chosen))
    assert len(chosen) == min(count, 30)


@pytest.mark.parametrize(
    ("text", "answer", "contained"),
    [
        ("un investissement de 3,5\u00a0G$ et", "3,5 G$", True),
        ("environ 300 000 personnes", "300", False),
        ("environ 300 000 personnes", "000", False),
        ("environ 300\u202f000 personnes", "300 000", True),
        ("plus de 300 participants", "300", True),
        ("en 1300 lieux", "300", False),
        ("de 12,5 %", "12", False),
        ("de 12,5 %", "5", False),
        ("en 2023, 300 élus", "2023", True),
        ("en 2023.", "2023", True),
        ("l’ÉLECTRIFICATION des quais", "électrification", True),
        ("relations Ville–Port", "ville-port", True),
        ("la maire", "mai", False),
        ("de 0,14 € par", "0,14 €", True),
        ("au pied\ndu mont", "pied du mont", True),
        ("« Blue Highways »", '"Blue Highways"', False),
        ("«Blue Highways»", '"Blue Highways"', True),
    ],
)
def test_answers_are_found_as_a_reader_would(text: str, answer: str, contained: bool) -> None:
    assert contains_answer(text, [answer]) is contained
    assert contains_answer(text, ["absent", answer]) is contained


def test_no_answer_is_contained_nowhere() -> None:
    assert not contains_answer("texte", [])


@example("aaaaœé", 5, 1)
@given(
    st.text(alphabet="aé' \n\u00a0«œ.", max_size=40),
    st.integers(0, 39),
    st.integers(1, 40),
)
def test_any_piece_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    span = SearchableText(text).find(piece)
    if piece.strip():
        assert span is not None
        assert SearchableText(span.of(text)).find(piece) is not None
        assert SearchableText(piece).find(span.of(text)) is not None


def run_of(*ranks: int | None, prefix: str = "q") -> Run:
    outcomes = tuple(
        Outcome(
            f"{prefix}{number}", "?", "fr", QuestionType.FACT, "", Retrieved((rank,), 0.01), None
        )
        for number, rank in enumerate(ranks)
    )
    environment = Environment("0", "3", 2, "model", "f", 1, 1, {})
    return Run("set", "all", datetime(2025, 11, 1, tzinfo=UTC), environment, outcomes)


def test_a_run_is_kept_whole(tmp_path: Path) -> None:
    run = run_of(1, None, 3)
    save_run(run, tmp_path / "run.json")
    assert load_run(tmp_path / "run.json") == run


def test_another_file_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(InvalidRun):
        load_run(tmp_path / "run.json")


def test_runs_are_compared_question_by_question() -> None:
    compared = {item.name: item for item in compare(run_of(*[None] * 20), run_of(*[1] * 20))}
    gain = compared[MeasureName.RECALL_5]
    assert (gain.first, gain.second, gain.difference, gain.count) == (0, 1, 1, 20)
    assert gain.is_significant
    assert MeasureName.ANSWER_FOUND not in compared


def test_one_better_and_one_worse_may_be_chance() -> None:
    first, second = run_of(1, None, *[1] * 20), run_of(None, 1, *[1] * 20)
    recall = next(item for item in compare(first, second) if item.name is MeasureName.RECALL_5)
    assert recall.difference == 0
    assert recall.low < 0 < recall.high
    assert not recall.is_significant


def test_a_comparison_is_reproducible_and_the_same_run_differs_by_nothing() -> None:
    first, second = run_of(1, 4, None, 2), run_of(1, 1, 3, None)
    assert compare(first, second) == compare(first, second)
    assert all(item.low == item.high == 0 for item in compare(first, first))


def test_runs_of_other_questions_are_not_compared() -> None:
    with pytest.raises(RunsNotComparable):
        compare(run_of(1), run_of(1, prefix="other"))


def test_a_passage_set_is_read(tmp_path: Path) -> None:
    passages = [
        {"id": "p1", "title": "Oslo", "text": "Oslo est la capitale de la Norvège."},
        {"id": "p2", "title": "Dakar", "text": "Dakar est au bord de la mer."},
    ]
    question = {"id": "q1", "passage_id": "p2", "question": "Où est Dakar", "answers": ["mer"]}
    (tmp_path / "passages.jsonl").write_text("\n".join(map(json.dumps, passages)))
    (tmp_path / "questions.jsonl").write_text(json.dumps(question))
    assert is_passage_set(tmp_path)
    (read,) = load_passage_set(tmp_path)
    assert read.gold[0].quotes == (passages[1]["text"],)
    assert load_passage_set(tmp_path, read.split) == (read,)
    with pytest.raises(EmptyEvaluationSet):
        load_passage_set(tmp_path, "dev" if read.split == "test" else "test")
    (tmp_path / "questions.jsonl").write_text(json.dumps({**question, "passage_id": "p9"}))
    with pytest.raises(InvalidEvaluationSet, match="p9"):
        load_passage_set(tmp_path)
