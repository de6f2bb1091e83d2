"""`escale replace`, `versions`, `restore`, `edit`, `reread`, `purge`: a report's later life."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.cli.failures import WrongUse
from ui.cli.library import DAY_FORMATS, day_of, destination_of, exit_code, shown_progress
from ui.cli.maintenance import put_back
from ui.cli.rooms import LibraryFace, opened_library
from ui.cli.shell import Shell, current
from vectorstore.description import MetadataField
from vectorstore.errors import UnknownReport, UnknownVersion
from vectorstore.models import Report, Version

_ReportArgument = Annotated[str, typer.Argument(help="help-report-id", metavar="metavar-report")]
_ReportsArgument = Annotated[
    list[str], typer.Argument(help="help-report-ids", metavar="metavar-reports")
]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="help-yes")]


def replace(
    context: typer.Context,
    report_id: _ReportArgument,
    file: Annotated[Path, typer.Argument(help="help-new-version", metavar="metavar-file")],
) -> int:
    """Make a file the new version of a report; the exit codes are those of `add`."""
    from ingest import AddResult
    from ui.cli.catalogue import show_added

    shell = current(context)
    if not file.exists():
        raise WrongUse(shell.messages("shell-no-such-file", path=str(file)))
    with opened_library(shell) as library, shown_progress(shell, file.name) as progress:
        result = library.replace(report_id, file, progress=progress)
    if shell.as_json:
        shell.print_json(result, AddResult)
    else:
        show_added(shell, [(file, result)])
    return exit_code([result])


def versions(context: typer.Context, report_id: _ReportArgument) -> None:
    """List a report's versions, the latest first."""
    from ui.cli.catalogue import show_versions

    shell = current(context)
    with opened_library(shell) as library:
        found = library.versions(report_id)
    if shell.as_json:
        shell.print_json(found, list[Version])
    else:
        show_versions(shell, found)


def restore(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="help-restored", metavar="metavar-restored")],
    *,
    version: Annotated[
        str | None, typer.Option("--version", help="help-restored-version", metavar="VERSION")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="help-force")] = False,
) -> None:
    """Bring back a report from the bin, an older version of it, or all data from a backup."""
    from vectorstore.backup import is_backup

    shell = current(context)
    file = Path(what)
    if version is None and file.is_file() and is_backup(file):
        put_back(shell, file, force=force)
        return
    with opened_library(shell) as library:
        whole = _whole_version(library, what, version) if version is not None else None
        report = library.restore(what, whole)
    if shell.as_json:
        shell.print_json(report, Report)
    shell.say(shell.messages("shell-restored", report_id=report.id), "green")


def edit(  # noqa: PLR0913  (each option is one parameter)
    context: typer.Context,
    report_id: _ReportArgument,
    *,
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
    published: Annotated[
        datetime | None,
        typer.Option(formats=DAY_FORMATS, help="help-published", metavar="metavar-day"),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="help-report-language", metavar="fr|en")
    ] = None,
    reset: Annotated[list[MetadataField] | None, typer.Option("--reset", help="help-reset")] = None,
) -> None:
    """Set by hand what is known of a report."""
    shell = current(context)
    told: dict[str, Any] = {
        "title": title,
        "destinations": [destination_of(place) for place in destination] if destination else None,
        "year": year,
        "start_date": day_of(start),
        "end_date": day_of(end),
        "published_on": day_of(published),
        "language": language,
    }
    told = {name: value for name, value in told.items() if value is not None}
    if not told and not reset:
        raise WrongUse(shell.messages("shell-nothing-to-edit"))
    with opened_library(shell) as library:
        report = library.edit(report_id, told, reset=reset or ())
    if shell.as_json:
        shell.print_json(report, Report)
    shell.say(shell.messages("shell-edited", report_id=report.id), "green")


def reread(
    context: typer.Context,
    report_ids: Annotated[
        list[str] | None, typer.Argument(help="help-report-ids", metavar="metavar-reports")
    ] = None,
    *,
    outdated: Annotated[bool, typer.Option("--outdated", help="help-outdated")] = False,
) -> int:
    """Read originals again, by the reader as it is now."""
    from ingest import AddResult
    from ui.cli.catalogue import show_added

    shell = current(context)
    if outdated == bool(report_ids):
        raise WrongUse(shell.messages("shell-reread-what"))
    done: list[tuple[Path, AddResult]] = []
    with opened_library(shell) as library:
        names = [report.id for report in library.outdated()] if outdated else report_ids or []
        for report_id in names:
            name = library.report(report_id).source_name
            with shown_progress(shell, name) as progress:
                done.append((Path(name), library.reread(report_id, progress=progress)))
    results = [result for _, result in done]
    if shell.as_json:
        shell.print_json(results, list[AddResult])
    elif done:
        show_added(shell, done)
    return exit_code(results)


def purge(
    context: typer.Context,
    report_ids: _ReportsArgument,
    *,
    yes: _Yes = False,
    if_exists: Annotated[bool, typer.Option("--if-exists", help="help-if-exists")] = False,
) -> None:
    """Delete reports for good, with all versions and originals. Asks first."""
    shell = current(context)
    purged: list[str] = []
    with opened_library(shell) as library:
        for report_id in dict.fromkeys(report_ids):
            try:
                count = len(library.versions(report_id))
            except UnknownReport:
                if if_exists:
                    continue
                raise
            asked = shell.messages("shell-confirm-purge", report_id=report_id, versions=count)
            if not confirmed(shell, asked, yes=yes):
                continue
            with shell.waiting(shell.messages("shell-purging", report_id=report_id)):
                library.purge(report_id)
            purged.append(report_id)
            shell.say(shell.messages("shell-purged", report_id=report_id), "green")
    if shell.as_json:
        shell.print_json(purged, list[str])


def confirmed(shell: Shell, question: str, *, yes: bool) -> bool:
    """Ask before what can't be undone, or undoes much; a script says `--yes`.

    Raises:
        WrongUse: nobody is there to be asked.
    """
    if yes:
        return True
    if not (shell.err.is_terminal and typer.get_text_stream("stdin").isatty()):
        raise WrongUse(shell.messages("shell-say-yes"))
    return typer.confirm(question, default=False, err=True)


def _whole_version(library: LibraryFace, report_id: str, beginning: str) -> str:
    """The version that begins so; the beginning alone where there are several, or none."""
    found = [
        version.version
        for version in library.versions(report_id)
        if version.version.startswith(beginning.lower())
    ]
    if len(found) != 1 or not beginning:
        raise UnknownVersion(report_id=report_id, version=beginning)
    return found[0]
