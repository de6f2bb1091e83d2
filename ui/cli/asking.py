"""`escale ask`, `escale search`, `escale check`: what the reports say."""

import codecs
import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.cli.failures import CONTRADICTED, NOT_ANSWERED, WrongUse
from ui.cli.rooms import opened_assistant, opened_index
from ui.cli.shell import Shell, current
from vectorstore.models import Pillar, Scope

STANDARD_INPUT = "-"

Reports = Annotated[
    list[str] | None, typer.Option("--report", help="help-in-report", metavar="metavar-report")
]
Years = Annotated[
    list[int] | None, typer.Option("--year", help="help-in-year", metavar="metavar-year")
]
Destinations = Annotated[
    list[str] | None,
    typer.Option("--destination", help="help-in-destination", metavar="metavar-place"),
]
Pillars = Annotated[
    list[Pillar] | None,
    typer.Option("--pillar", help="help-in-pillar", metavar="|".join(Pillar)),
]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="help-question", metavar="metavar-question")],
    *,
    report: Reports = None,
    year: Years = None,
    destination: Destinations = None,
    pillar: Pillars = None,
) -> int:
    """Answer a question; the exit code tells an answer (0) from an abstention (3)."""
    from assistant.models import Answer
    from ui.cli.answers import show_answer

    shell = current(context)
    scope = _scope(report, year, destination, pillar)
    with opened_assistant(shell) as assistant:
        answer = assistant.ask(_text_of(question, shell), scope=scope)
        titles = {report.id: report.title for report in assistant.index.store.reports()}
    if shell.as_json:
        shell.print_json(answer, Answer)
    else:
        show_answer(shell, answer, titles)
    return NOT_ANSWERED if answer.abstained else 0


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="help-query", metavar="metavar-query")],
    *,
    count: Annotated[int, typer.Option("-k", "--count", min=1, max=1000, help="help-count")] = 10,
    report: Reports = None,
    year: Years = None,
    destination: Destinations = None,
    pillar: Pillars = None,
) -> None:
    """List the passages nearest to a query."""
    from ui.cli.answers import show_hits
    from vectorstore.models import Hit

    shell = current(context)
    scope = _scope(report, year, destination, pillar)
    with opened_index(shell) as index:
        hits = index.search(_text_of(query, shell), k=count, scope=scope)
    if shell.as_json:
        shell.print_json(hits, list[Hit])
    else:
        show_hits(shell, hits)


def check(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="help-text", metavar="metavar-text")],
    *,
    report: Reports = None,
    year: Years = None,
    destination: Destinations = None,
    pillar: Pillars = None,
) -> int:
    """Check each claim of a text; the exit code tells whether one is contradicted (4)."""
    from assistant.models import CheckResult, Verdict
    from ui.cli.answers import show_check

    shell = current(context)
    scope = _scope(report, year, destination, pillar)
    checked = _file_or_text(text, shell)
    with opened_assistant(shell) as assistant:
        result = assistant.check(checked, scope=scope)
        titles = {report.id: report.title for report in assistant.index.store.reports()}
    if shell.as_json:
        shell.print_json(result, CheckResult)
    else:
        show_check(shell, result, titles)
    contradicted = any(claim.verdict is Verdict.CONTRADICTED for claim in result.claims)
    return CONTRADICTED if contradicted else 0


def _scope(
    reports: list[str] | None,
    years: list[int] | None,
    destinations: list[str] | None,
    pillars: list[Pillar] | None,
) -> Scope:
    return Scope.of(
        reports=reports or (),
        years=years or (),
        destinations=destinations or (),
        pillars=pillars or (),
    )


def _text_of(argument: str, shell: Shell) -> str:
    """The argument, or standard input where it is `-`."""
    if argument != STANDARD_INPUT:
        return argument
    return _decoded(sys.stdin.buffer.read(), shell.messages("shell-standard-input"), shell)


def _file_or_text(argument: str, shell: Shell) -> str:
    """The content of the file that `argument` names, or the text that it is itself."""
    if argument == STANDARD_INPUT:
        return _text_of(argument, shell)
    path = Path(argument)
    try:
        is_file = path.is_file()
    except OSError:  # a text too long to be a file's name
        is_file = False
    if is_file:
        return _decoded(path.read_bytes(), argument, shell)
    if path.suffix and len(argument.split()) == 1:
        raise WrongUse(shell.messages("shell-no-such-file", path=argument))
    return argument


def _decoded(content: bytes, source: str, shell: Shell) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise WrongUse(shell.messages("shell-not-text", path=source))


def _encodings(content: bytes) -> tuple[str, ...]:
    # Guessing by statistics takes a short French text for Baltic; these are what people have.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")
