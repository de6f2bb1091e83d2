"""The table of reports: searched, sorted, cut into pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from ui.messages import Messages
from ui.web.library import wording
from vectorstore.models import Report
from vectorstore.text.normalise import fold

PER_PAGE: Final = 100


class Column(StrEnum):
    """What the table can be sorted by."""

    TITLE = "title"
    DESTINATION = "destination"
    DATES = "dates"
    PAGES = "pages"
    PASSAGES = "passages"
    LANGUAGE = "language"
    STATE = "state"
    ADDED_BY = "by"
    ADDED = "added"


_KEYS: Final[dict[Column, Callable[[Report], Any]]] = {
    Column.TITLE: lambda report: fold(report.title),
    Column.DESTINATION: lambda report: fold(wording.places(report.metadata.destinations)),
    Column.DATES: lambda report: (
        report.metadata.start_date or date(report.metadata.year or 1, 1, 1)
    ),
    Column.PAGES: lambda report: report.page_count or 0,
    Column.PASSAGES: lambda report: report.passage_count,
    Column.LANGUAGE: lambda report: report.metadata.language,
    Column.STATE: lambda report: report.reader_revision,
    Column.ADDED_BY: lambda report: fold(report.added_by or ""),
    Column.ADDED: lambda report: report.added_at,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the table somebody wants to see."""

    words: str = ""
    column: Column = Column.DATES
    is_descending: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the table. `total` reports are there, `found` of them have the words."""

    reports: tuple[Report, ...]
    total: int
    found: int
    page: int
    pages: int


def listed(reports: Sequence[Report], wanted: Wanted, messages: Messages) -> Listing:
    """The page of the table that is wanted; each word must stand somewhere in a report's row."""
    words = fold(wanted.words).split()
    found = [report for report in reports if _has(report, words, messages)] if words else reports
    ordered = sorted(found, key=_KEYS[wanted.column], reverse=wanted.is_descending)
    pages = max(-(-len(ordered) // PER_PAGE), 1)
    page = min(max(wanted.page, 1), pages)
    shown = tuple(ordered[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Listing(shown, len(reports), len(ordered), page, pages)


def _has(report: Report, words: Sequence[str], messages: Messages) -> bool:
    row = fold(
        " ".join(
            [
                report.id,
                report.title,
                wording.places(report.metadata.destinations),
                wording.mission_days(report.metadata, messages),
                str(report.metadata.year or ""),
                report.source_name,
                report.added_by or "",
            ]
        )
    )
    return all(word in row for word in words)
