"""`escale eval` without a model: comparing, drawing, wrong use, what decides a corpus."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.evaluation import save_run
from assistant.evaluation.outcomes import Answered, Cited, Environment, Outcome, Retrieved, Run
from assistant.evaluation.plot import EXTENSIONS, plot
from assistant.evaluation.sets import QuestionType
from ui.cli import eval_corpus, run
from ui.cli.eval_corpus import ReportCorpus, prepared_corpus
from ui.cli.shell import Shell
from ui.messages import LANGUAGES, Messages

CITED = Cited("r", "q", verbatim=True, supports=True, page_right=None)


def outcome(number: int, kind: QuestionType, *, rank: int, right: bool) -> Outcome:
    answerable = kind is not QuestionType.UNANSWERABLE
    return Outcome(
        id=f"q{number}",
        question="?",
        language="en" if number % 2 else "fr",
        type=kind,
        twin="",
        retrieved=Retrieved((rank,), 0.02) if answerable else None,
        answered=Answered(
            abstained=answerable != right,
            sufficiency=number % 10 / 10,
            citations=(CITED,),
            answer_found=right,
            in_gold_report=right,
            covered=1,
            expected=1,
            seconds=0.1,
        ),
    )


def run_of(*, right: bool) -> Run:
    kinds = list(QuestionType)
    outcomes = tuple(
        outcome(number, kinds[number % len(kinds)], rank=1 if right else 7, right=right)
        for number in range(44)
    )
    environment = Environment("0", "3", 2, "model", "f", 1, 1, {})
    return Run("port-clair", "dev", datetime(2025, 11, 1, tzinfo=UTC), environment, outcomes)


@pytest.fixture
def runs(tmp_path: Path) -> tuple[str, str]:
    files = (tmp_path / "before.json", tmp_path / "after.json")
    save_run(run_of(right=False), files[0])
    save_run(run_of(right=True), files[1])
    return str(files[0]), str(files[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_runs_side_by_side(
    language: str, runs: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "--compare", *runs, "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert "before.json" in shown
    assert ("+100,0\u00a0%" if language == "fr" else "+100.0%") in shown


def test_two_runs_as_json(runs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "--compare", *runs, "--json"]) == 0
    compared = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    assert compared["recall_at_5"]["difference"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["eval"],
        ["eval", "no-such-set.jsonl"],
        ["eval", __file__, "--reports", "no-such-folder"],
    ],
)
def test_wrong_use(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if arguments[1:2] == [__file__]:
        question = {"id": "a", "question": "?", "language": "fr", "type": "unanswerable"}
        arguments[1] = str(tmp_path / "set.jsonl")
        Path(arguments[1]).write_text(json.dumps(question))
    assert run([*arguments, "--data", str(tmp_path / "data")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_that_is_no_set_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "a"}')
    assert run(["eval", str(file), "--lang", "en"]) == 1
    assert "line 1" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_run_is_drawn(extension: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / f"run{extension}"
    plot(run_of(right=True), file, Messages(language))
    assert file.stat().st_size > 5_000


def test_a_run_without_answers_is_drawn(tmp_path: Path) -> None:
    whole = run_of(right=True)
    outcomes = tuple(
        Outcome(item.id, "?", "fr", item.type, "", item.retrieved, None)
        for item in whole.outcomes
        if item.retrieved
    )
    searched = Run("s", "all", whole.created_at, whole.environment, outcomes)
    plot(searched, tmp_path / "run.svg", Messages("fr"))
    assert (tmp_path / "run.svg").exists()


class TextCorpus(ReportCorpus):
    """Counts how often it is indexed, and leaves a mark."""

    filled = 0

    def fill(self, folder: Path, progress: eval_corpus.Progress) -> None:
        type(self).filled += 1
        progress(1, 1)
        if self.files[0].read_text() == "broken":
            raise ValueError("broken")


def test_a_corpus_is_indexed_once_until_its_files_change(tmp_path: Path) -> None:
    shell = Shell(language="fr")
    report, cache = tmp_path / "report.txt", tmp_path / "cache"
    TextCorpus.filled = 0
    report.write_text("un")
    first = prepared_corpus(shell, TextCorpus([report], shell), cache)
    assert prepared_corpus(shell, TextCorpus([report], shell), cache) == first
    assert TextCorpus.filled == 1
    report.write_text("deux")
    assert prepared_corpus(shell, TextCorpus([report], shell), cache) != first
    report.with_name("report.meta.toml").write_text("year = 2025")
    prepared_corpus(shell, TextCorpus([report], shell), cache)
    assert TextCorpus.filled == 3


def test_a_corpus_that_fails_half_way_is_not_kept(tmp_path: Path) -> None:
    shell = Shell(language="fr")
    report = tmp_path / "report.txt"
    report.write_text("broken")
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            prepared_corpus(shell, TextCorpus([report], shell), tmp_path / "cache")
