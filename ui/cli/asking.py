"""`escale ask`, `escale search`, `escale check`: what the reports say."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.failures import CONTRADICTED, NOT_ANSWERED, WrongUse
from ui.cli.rooms import reached_assistant, reached_index
from ui.cli.shell import Shell, current
from vectorstore.errors import UnknownReport
from vectorstore.models import Pillar, Scope

if TYPE_CHECKING:
    from ui.cli.remote import RemoteIndex
    from vectorstore import Index

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
    asked = _text_of(question, shell)
    with reached_assistant(shell) as assistant:
        titles = _titles(assistant.index, scope)
        answer = assistant.ask(asked, scope=scope)
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
    sought = _text_of(query, shell)
    with reached_index(shell) as index:
        _titles(index, scope)
        hits = index.search(sought, k=count, scope=scope)
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
    with reached_assistant(shell) as assistant:
        titles = _titles(assistant.index, scope)
        result = assistant.check(checked, scope=scope)
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


def _titles(index: "Index | RemoteIndex", scope: Scope) -> dict[str, str]:
    """The reports' titles by their ids.

    Raises:
        UnknownReport: the scope names a report that isn't there.
    """
    titles = {report.id: report.title for report in index.store.reports()}
    for report_id in sorted(scope.report_ids - titles.keys()):
        raise UnknownReport(report_id=report_id)
    return titles


def _text_of(argument: str, shell: Shell) -> str:
    """The argument, or standard input where it is `-`."""
    if argument != STANDARD_INPUT:
        return argument
    from ingest.encodings import decode

    text = decode(sys.stdin.buffer.read())
    if "\0" in text:
        raise WrongUse(shell.messages("shell-not-text"))
    return text


def _file_or_text(argument: str, shell: Shell) -> str:
    """The text of the file that `argument` names, or the text that it is itself."""
    if argument == STANDARD_INPUT:
        return _text_of(argument, shell)
    path = Path(argument)
    try:
        is_file = path.is_file()
    except OSError:  # a text too long to be a file's name
        is_file = False
    if is_file:
        return _text_of_file(path)
    if path.suffix and len(argument.split()) == 1:
        raise WrongUse(shell.messages("shell-no-such-file", path=argument))
    return argument


def _text_of_file(path: Path) -> str:
    """A plain text as it stands, so that offsets are the file's; other types as they are read.

    Raises:
        ingest.errors.FileRefused: the file's type isn't known, or it can't be read.
    """
    from ingest.encodings import decode
    from ingest.media_type import MediaType, detect_media_type
    from ingest.sandbox import read_file
    from ingest.settings import IngestSettings

    media_type = detect_media_type(path)
    if media_type in (MediaType.TEXT, MediaType.MARKDOWN):
        return decode(path.read_bytes()).removeprefix("\ufeff")
    return read_file(path, media_type, IngestSettings.load()).document.text
