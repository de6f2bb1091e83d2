"""`escale add`, `list`, `show`, `remove`: the reports in the data folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.failures import FAILURE, UNDECIDED, WrongUse
from ui.cli.rooms import opened_library, prepare_model
from ui.cli.shell import Shell, current
from vectorstore.models import Destination, Passage, Report, ReportMetadata, Section

if TYPE_CHECKING:
    from ingest import AddResult, Progress
    from ingest.progress import Reporter

DAY_FORMATS = ["%Y-%m-%d"]


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """What `escale show --json` prints."""

    report: Report
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def add(  # noqa: PLR0913  (each option is one parameter)
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="help-paths", metavar="metavar-paths")],
    *,
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="help-recursive")] = False,
    report_id: Annotated[
        str | None, typer.Option("--id", help="help-id", metavar="metavar-report")
    ] = None,
    replaced: Annotated[
        str | None, typer.Option("--replace", help="help-replaced", metavar="metavar-report")
    ] = None,
    keep_both: Annotated[bool, typer.Option("--keep-both", help="help-keep-both")] = False,
    title: Annotated[str | None, typer.Option(help="help-title", metavar="metavar-title")] = None,
    destination: Annotated[
        list[str] | None, typer.Option(help="help-destination", metavar="metavar-place")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1800, max=2200, help="help-year", metavar="metavar-year")
    ] = None,
    start: Annotated[
        datetime | None, typer.Option(formats=DAY_FORMATS, help="help-start", metavar="metavar-day")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option(formats=DAY_FORMATS, help="help-end", metavar="metavar-day")
    ] = None,
) -> int:
    """Add files; the exit code is 1 when one was refused, 5 when somebody has to decide."""
    shell = current(context)
    files = _files(paths, recursive=recursive, shell=shell)
    metadata = metadata_of(title, destination or (), year, day_of(start), day_of(end), shell)
    if (metadata or report_id or replaced) and len(files) > 1:
        raise WrongUse(shell.messages("shell-metadata-of-many"))
    added: list[AddResult] = []
    with opened_library(shell) as library:
        if replaced is not None:
            library.report(replaced)
        prepare_model(shell, library)
        try:
            for file in files:
                with shown_progress(shell, file.name) as progress:
                    result = library.add(
                        file,
                        metadata=metadata,
                        report_id=replaced or report_id,
                        progress=progress,
                        keep_both=keep_both,
                    )
                added.append(result)
        finally:
            # What is done is told, whatever stopped the rest.
            _tell(shell, files, added)
    return exit_code(added)


@contextmanager
def shown_progress(shell: Shell, name: str) -> Iterator["Reporter"]:
    """A bar for the adding of one file, with what is being done."""
    with shell.progress(name) as bar:

        def report(step: "Progress") -> None:
            bar(step.done, step.total, f"{name}: {shell.messages(f'stage-{step.stage}')}")

        yield report


def exit_code(results: "Sequence[AddResult]") -> int:
    """1 where a file was refused; 5 where one wasn't added and somebody has to decide."""
    if any(result.status == "refused" for result in results):
        return FAILURE
    undecided = (
        alike
        for result in results
        if result.status == "duplicate"
        for alike in result.look_alikes[:1]
        if len(alike.choices) > 1
    )
    return UNDECIDED if any(undecided) else 0


def _tell(shell: Shell, files: Sequence[Path], added: "list[AddResult]") -> None:
    from ingest import AddResult
    from ui.cli.catalogue import show_added

    if shell.as_json:
        shell.print_json(added, list[AddResult])
    elif added:
        show_added(shell, list(zip(files, added, strict=False)))


def list_reports(
    context: typer.Context,
    *,
    removed: Annotated[bool, typer.Option("--removed", help="help-removed")] = False,
) -> None:
    """List the reports in the library, or those in the bin."""
    from ui.cli.catalogue import show_reports

    shell = current(context)
    with opened_library(shell) as library:
        reports = library.removed_reports() if removed else library.reports()
    if shell.as_json:
        shell.print_json(reports, list[Report])
    else:
        show_reports(shell, reports)


def show(
    context: typer.Context,
    report_id: Annotated[str, typer.Argument(help="help-report-id", metavar="metavar-report")],
    *,
    passages: Annotated[bool, typer.Option("--passages", help="help-passages")] = False,
) -> None:
    """Show one report: what is known of it, its outline, its passages."""
    from ui.cli.catalogue import show_report

    shell = current(context)
    with opened_library(shell) as library:
        details = ReportDetails(
            library.report(report_id),
            tuple(library.sections(report_id)),
            tuple(library.passages(report_id)),
        )
    if shell.as_json:
        shell.print_json(details, ReportDetails)
    else:
        show_report(shell, details, with_passages=passages)


def remove(
    context: typer.Context,
    report_ids: Annotated[
        list[str], typer.Argument(help="help-report-ids", metavar="metavar-reports")
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="help-yes")] = False,
) -> None:
    """Remove reports. On a terminal, ask first."""
    shell = current(context)
    with opened_library(shell) as library:
        known = {report.id: report for report in library.reports()}
        removed = []
        for report_id in report_ids:
            report = known.get(report_id)
            if report is not None and not yes and not _confirmed(shell, report):
                continue
            library.remove(report_id)
            if report is not None:
                removed.append(report)
                shell.say(shell.messages("shell-removed", report_id=report_id))
    if shell.as_json:
        shell.print_json(removed, list[Report])


def _files(paths: Sequence[Path], *, recursive: bool, shell: Shell) -> list[Path]:
    from ingest import report_files

    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise WrongUse(shell.messages("shell-no-such-file", path=str(path)))
        if not path.is_dir():
            files[path] = None
        elif recursive:
            files.update(dict.fromkeys(report_files(path, recursive=True)))
        else:
            raise WrongUse(shell.messages("shell-is-a-folder", path=str(path)))
    if not files:
        raise WrongUse(shell.messages("shell-no-file"))
    return list(files)


def metadata_of(
    title: str | None,
    destinations: Sequence[str],
    year: int | None,
    start: date | None,
    end: date | None,
    shell: Shell,
) -> ReportMetadata | None:
    """What the user told of the report; None when nothing was told."""
    places = tuple(destination_of(place) for place in destinations)
    if not (title or places or year or start or end):
        return None
    if start is not None and end is not None and end < start:
        raise WrongUse(shell.messages("shell-ends-before-start"))
    return ReportMetadata(
        title=title or "", destinations=places, year=year, start_date=start, end_date=end
    )


def destination_of(place: str) -> Destination:
    """`Rotterdam, Pays-Bas` as a city and a country."""
    city, _, country = place.partition(",")
    return Destination(city.strip(), country.strip())


def day_of(moment: datetime | None) -> date | None:
    """The day of an option's value."""
    return moment.date() if moment is not None else None


def _confirmed(shell: Shell, report: Report) -> bool:
    if not shell.err.is_terminal:
        return True
    question = shell.messages("shell-confirm-remove", title=report.title, report_id=report.id)
    return typer.confirm(question, default=False, err=True)
