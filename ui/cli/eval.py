"""`escale eval`: how good the answers are, measured on a set of questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.cli.failures import WrongUse
from ui.cli.rooms import opened_assistant
from ui.cli.shell import Shell, current

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.evaluation import EvaluationQuestion, Measure, Run
    from assistant.evaluation.sets import QuestionType

_FILE = "metavar-file"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `escale eval --json` prints."""

    run: "Run"
    measures: tuple["Measure", ...]
    by_type: dict["QuestionType", tuple["Measure", ...]]


def evaluate(  # noqa: PLR0913  (each option is one parameter)
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Argument(help="help-eval-set", metavar="metavar-set")
    ] = None,
    *,
    reports: Annotated[
        list[Path] | None,
        typer.Option("--reports", help="help-eval-reports", metavar="metavar-paths"),
    ] = None,
    split: Annotated[
        Literal["dev", "test"] | None, typer.Option(help="help-eval-split", metavar="dev|test")
    ] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="help-eval-sample", metavar="metavar-number")
    ] = None,
    retrieval_only: Annotated[
        bool, typer.Option("--retrieval-only", help="help-eval-retrieval-only")
    ] = False,
    failures: Annotated[bool, typer.Option("--failures", help="help-eval-failures")] = False,
    output: Annotated[Path | None, typer.Option(help="help-eval-output", metavar=_FILE)] = None,
    plot: Annotated[Path | None, typer.Option(help="help-eval-plot", metavar=_FILE)] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="help-eval-compare", metavar="metavar-two-files"),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(help="help-eval-cache", metavar="metavar-folder")
    ] = None,
) -> None:
    """Ask a set's questions and measure the answers, or compare two results."""
    shell = current(context)
    if compare is not None:
        _compare(shell, *compare)
        return
    if questions is None:
        raise WrongUse(shell.messages("shell-missing", name=shell.messages("metavar-set")))
    if not questions.exists():
        raise WrongUse(shell.messages("shell-no-such-file", path=str(questions)))
    asked = _questions(questions, split, sample)
    with _opened(shell, questions, reports, cache) as assistant:
        from assistant.evaluation import evaluate as run_evaluation

        with shell.progress(shell.messages("eval-asking")) as bar:
            run = run_evaluation(
                assistant,
                asked,
                set_name=questions.stem,
                split=split or "all",
                answers=not retrieval_only,
                progress=bar,
            )
    _show(shell, run, asked if failures else ())
    _write(shell, run, output, plot)


def _questions(
    path: Path, split: Literal["dev", "test"] | None, count: int | None
) -> tuple["EvaluationQuestion", ...]:
    from assistant.evaluation import load_set
    from assistant.evaluation.passage_sets import is_passage_set, load_passage_set
    from assistant.evaluation.sets import sample

    load = load_passage_set if is_passage_set(path) else load_set
    return sample(load(path, split), count)


@contextmanager
def _opened(
    shell: Shell, questions: Path, reports: list[Path] | None, cache: Path | None
) -> Iterator["Assistant"]:
    """The assistant over the reports named, the set's own passages, or the data folder."""
    from assistant.evaluation.passage_sets import is_passage_set
    from ui.cli.eval_corpus import PassageCorpus, ReportCorpus, opened_corpus

    if reports:
        corpus = opened_corpus(shell, ReportCorpus(reports, shell), cache)
    elif is_passage_set(questions):
        corpus = opened_corpus(shell, PassageCorpus(questions), cache)
    else:
        corpus = opened_assistant(shell)
    with corpus as assistant:
        yield assistant


def _show(shell: Shell, run: "Run", asked: tuple["EvaluationQuestion", ...]) -> None:
    from assistant.evaluation import measures, measures_by_type
    from ui.cli.eval_tables import show_failures, show_measures, show_types

    if shell.as_json:
        found = Evaluation(run, measures(run.outcomes), measures_by_type(run.outcomes))
        shell.print_json(found, Evaluation)
        return
    if asked:
        show_failures(shell, run, asked)
    show_measures(shell, run)
    show_types(shell, run)


def _write(shell: Shell, run: "Run", output: Path | None, picture: Path | None) -> None:
    if output is not None:
        from assistant.evaluation import save_run

        save_run(run, output)
        shell.say(shell.messages("eval-written", file=str(output)), "green")
    if picture is not None:
        from assistant.evaluation.plot import EXTENSIONS, plot

        if picture.suffix.lower() not in EXTENSIONS:
            known = ", ".join(EXTENSIONS)
            raise WrongUse(shell.messages("eval-unknown-picture", file=str(picture), known=known))
        plot(run, picture, shell.messages)
        shell.say(shell.messages("eval-written", file=str(picture)), "green")


def _compare(shell: Shell, first: Path, second: Path) -> None:
    from assistant.evaluation import Comparison, compare, load_run
    from ui.cli.eval_tables import show_comparison

    compared = compare(load_run(first), load_run(second))
    if shell.as_json:
        shell.print_json(compared, tuple[Comparison, ...])
    else:
        show_comparison(shell, first.name, second.name, compared)
