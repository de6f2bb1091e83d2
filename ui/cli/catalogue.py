"""How reports look in a terminal: tables, outlines."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date
from rich import box
from rich.table import Table

from ui.cli.shell import Shell
from ui.cli.text import on_one_line, styled
from ui.messages import Messages
from vectorstore.models import Passage, Report, ReportMetadata, Section, Version

if TYPE_CHECKING:
    from ingest import AddResult
    from ingest.syncing import SyncStep
    from ui.cli.library import ReportDetails
    from vectorstore.likeness import LookAlike

_STATUS_STYLE = {
    "added": "green",
    "replaced": "green",
    "unchanged": "dim",
    "duplicate": "yellow",
    "refused": "bold red",
}
_CHANGE_STYLE = {
    "new": "green",
    "changed": "green",
    "renamed": "cyan",
    "gone": "yellow",
    "left": "dim",
    "refused": "bold red",
}


def show_added(shell: Shell, added: Sequence[tuple[Path, "AddResult"]]) -> None:
    """What became of each file, and why."""
    messages = shell.messages
    table = _table()
    for key in ("column-file", "column-result", "column-report", "column-why"):
        table.add_column(messages(key), overflow="fold")
    for path, result in added:
        table.add_row(
            styled(str(path)),
            styled(messages(f"status-{result.status}"), _STATUS_STYLE[result.status]),
            styled(result.report_id),
            styled(_reason(result, messages)),
        )
    shell.out.print(table)


def _reason(result: "AddResult", messages: Messages) -> str:
    """Why a file was refused or left, or what should be looked at in it."""
    if result.error is not None:
        return messages.error(result.error)
    if result.status == "unchanged":
        return messages("reason-unchanged")
    told = [messages(f"warning-{code}") for code in result.warnings]
    told += [_likeness(alike, result, messages) for alike in result.look_alikes[:1]]
    return " ".join(told)


def _likeness(alike: "LookAlike", result: "AddResult", messages: Messages) -> str:
    """Of which report a file may be a version, and how to decide."""
    report = alike.report
    what = messages(
        f"like-{alike.kind}",
        title=report.title,
        report_id=report.id,
        share=f"{alike.likeness:.0%}",
        superseded=str(alike.is_superseded).lower(),
    )
    if result.status == "added":
        return f"{what} {messages('like-added', report_id=report.id, added_id=result.report_id)}"
    if len(alike.choices) > 1:
        return f"{what} {messages('like-decide', report_id=report.id)}"
    return what


def show_versions(shell: Shell, versions: Sequence[Version]) -> None:
    """One line a version, the latest first; the current one is marked."""
    messages = shell.messages
    table = _table()
    table.add_column("")
    for key in ("column-version", "column-file", "column-added-on", "column-added-by"):
        table.add_column(messages(key), overflow="fold")
    table.add_column(messages("column-passages"), justify="right")
    for version in versions:
        table.add_row(
            "✓" if version.is_current else "",
            styled(version.version[:12], "cyan"),
            styled(version.source_name),
            styled(_day(version.added_at.date(), messages)),
            styled(version.added_by or ""),
            str(version.passage_count),
        )
    shell.out.print(table)


def show_plan(shell: Shell, steps: Sequence["SyncStep"]) -> None:
    """What is to be done about each file of a folder; of files to be left, only their number."""
    from ingest.syncing import Change

    messages = shell.messages
    table = _table()
    for key in ("column-file", "column-change", "column-report", "column-why"):
        table.add_column(messages(key), overflow="fold")
    shown = [step for step in steps if step.change is not Change.UNCHANGED]
    for step in shown:
        table.add_row(
            styled(step.path),
            styled(messages(f"change-{step.change}"), _CHANGE_STYLE.get(step.change, "")),
            styled(step.report_id),
            styled(_why(step, messages)),
        )
    if shown:
        shell.out.print(table)
    unchanged = len(steps) - len(shown)
    if unchanged or not shown:
        shell.say(messages("shell-unchanged-files", count=unchanged))


def _why(step: "SyncStep", messages: Messages) -> str:
    if step.error is not None:
        return messages.error(step.error)
    if step.was:
        return messages("sync-was", path=step.was)
    return messages("sync-left") if step.change == "left" else ""


def show_reports(shell: Shell, reports: Sequence[Report]) -> None:
    """One line a report, the latest mission first."""
    messages = shell.messages
    if not reports:
        shell.say(messages("shell-no-report"))
        return
    table = _table()
    table.add_column(messages("column-id"), overflow="fold", style="cyan")
    table.add_column(messages("column-title"), overflow="fold")
    table.add_column(messages("column-destination"), overflow="fold")
    table.add_column(messages("column-dates"))
    table.add_column(messages("column-pages"), justify="right")
    table.add_column(messages("column-passages"), justify="right")
    for report in reports:
        table.add_row(
            styled(report.id),
            styled(report.title),
            styled(_places(report.metadata)),
            styled(_dates(report.metadata, messages)),
            str(report.page_count or ""),
            str(report.passage_count),
        )
    shell.out.print(table)


def show_report(shell: Shell, details: "ReportDetails", *, with_passages: bool) -> None:
    """What is known of a report, then its outline, then its passages where they are wanted."""
    messages, report = shell.messages, details.report
    shell.out.print(styled(report.title, "bold"))
    facts = Table.grid(padding=(0, 2))
    for key, value in (
        ("column-id", report.id),
        ("column-destination", _places(report.metadata)),
        ("column-dates", _dates(report.metadata, messages)),
        ("column-language", _language(report.metadata.language, messages)),
        ("column-file", f"{report.source_name} ({report.media_type})"),
        ("column-version", report.version[:12]),
        ("column-pages", str(report.page_count or "")),
        ("column-passages", str(report.passage_count)),
        ("column-added-on", _day(report.added_at.date(), messages)),
    ):
        if value:
            facts.add_row(styled(messages(key), "dim"), styled(value))
    shell.out.print(facts)
    shell.out.print()
    shell.out.print(styled(messages("shell-outline"), "bold"))
    for section in details.sections:
        _show_heading(shell, section, messages)
    if with_passages:
        for passage in details.passages:
            _show_passage(shell, passage, messages)


def _show_heading(shell: Shell, section: Section, messages: Messages) -> None:
    if not section.heading_path:
        return
    line = styled("  " * len(section.heading_path) + on_one_line(section.heading))
    if section.pillar is not None:
        line.append(f"  ({messages(f'pillar-{section.pillar}')})", style="cyan")
    shell.out.print(line)


def _show_passage(shell: Shell, passage: Passage, messages: Messages) -> None:
    page = messages("page-number", page=str(passage.page)) if passage.page is not None else ""
    place = ", ".join(part for part in (passage.section.heading, page) if part)
    shell.out.print()
    shell.out.print(styled(f"{passage.id}  {place}", "dim"))
    shell.out.print(styled(passage.text))


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)


def _places(metadata: ReportMetadata) -> str:
    return "; ".join(
        ", ".join(part for part in (place.city, place.country) if part)
        for place in metadata.destinations
    )


def _dates(metadata: ReportMetadata, messages: Messages) -> str:
    days = [_day(day, messages) for day in (metadata.start_date, metadata.end_date) if day]
    if days:
        return " – ".join(dict.fromkeys(days))
    return str(metadata.year or "")


def _day(day: date, messages: Messages) -> str:
    return format_date(day, format="long", locale=f"{messages.language}_CA")


def _language(code: str, messages: Messages) -> str:
    return messages(f"language-{code}") if f"language-{code}" in messages else code
