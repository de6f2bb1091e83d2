"""Reading the catalogue. All functions read through one connection, so one moment of it."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from vectorstore.errors import UnknownPassage, UnknownReport
from vectorstore.models import (
    Destination,
    PageSpan,
    Participant,
    Passage,
    Pillar,
    Report,
    ReportMetadata,
    ReportState,
    Scope,
    Section,
    Span,
)
from vectorstore.schema import (
    DestinationRow,
    PageRow,
    PassageRow,
    ReportRow,
    SectionRow,
    VersionRow,
)
from vectorstore.text.normalise import fold

T = TypeVar("T")
_Statement = Select[*tuple[Any, ...]]

# SQLite's default limit on bound values is far above; this keeps statements readable in logs.
_CHUNK = 900


def read_reports(
    connection: Connection,
    report_ids: Iterable[str] | None = None,
    state: ReportState = ReportState.AVAILABLE,
) -> list[Report]:
    """The reports in the library, or in the bin, or those of them named; newest mission first."""
    shown = (
        ReportRow.current_version if state is ReportState.AVAILABLE else ReportRow.removed_version
    )
    statement = (
        select(ReportRow)
        .join(shown)
        .options(
            selectinload(ReportRow.destinations),
            selectinload(ReportRow.participants),
            contains_eager(shown),
        )
    )
    if report_ids is not None:
        statement = statement.where(ReportRow.id.in_(list(report_ids)))
    with Session(connection) as session:
        reports = [_report(row, state) for row in session.scalars(statement)]
    return sorted(reports, key=_recency, reverse=True)


def read_report(connection: Connection, report_id: str) -> Report:
    """One report.

    Raises:
        UnknownReport: there is no report `report_id`.
    """
    reports = read_reports(connection, [report_id])
    if not reports:
        raise UnknownReport(report_id=report_id)
    return reports[0]


def _recency(report: Report) -> tuple[str, str]:
    day = report.metadata.end_date or report.metadata.start_date
    return (day.isoformat() if day else str(report.metadata.year or ""), report.id)


def _report(row: ReportRow, state: ReportState) -> Report:
    version = row.current_version if state is ReportState.AVAILABLE else row.removed_version
    if version is None:
        raise UnknownReport(report_id=row.id)
    return Report(
        id=row.id,
        metadata=ReportMetadata(
            title=row.title,
            destinations=tuple(Destination(d.city, d.country) for d in row.destinations),
            start_date=row.start_date,
            end_date=row.end_date,
            year=row.year,
            published_on=row.published_on,
            language=row.language,
            participants=tuple(Participant(p.name, p.role) for p in row.participants),
        ),
        version=version.sha256,
        source_name=version.source_name,
        media_type=version.media_type,
        page_count=version.page_count,
        passage_count=version.passage_count,
        added_at=version.added_at,
        added_by=version.added_by,
        edited=tuple(row.edited),
        reader_revision=version.reader_revision,
        state=state,
        removed_at=row.removed_at,
    )


def report_of_version(connection: Connection, version: str) -> str | None:
    """The report whose current version has these bytes, or None."""
    found: str | None = connection.execute(
        select(ReportRow.id)
        .join(VersionRow, VersionRow.id == ReportRow.current_version_id)
        .where(VersionRow.sha256 == version)
    ).scalar()
    return found


def version_text(connection: Connection, version: str) -> str:
    """The whole text of a version, current or not, of a report that isn't in the bin.

    Raises:
        UnknownPassage: no report has this version.
    """
    found: str | None = connection.execute(_in_library(select(VersionRow.text), version)).scalar()
    if found is None:
        raise UnknownPassage(passage_id=version)
    return found


def verbatim(connection: Connection, version: str, span: Span) -> str | None:
    """The characters of a version's text that `span` covers; None for an unknown version."""
    part = select(func.substr(VersionRow.text, span.start + 1, len(span)))
    piece: str | None = connection.execute(_in_library(part, version)).scalar()
    return piece


def _in_library(statement: Select[Any], version: str) -> Select[Any]:
    """Restrict a statement over versions to one, of any report that isn't in the bin.

    Two readings of the same bytes under two reports may differ: a current one comes first.
    """
    return (
        statement.join(ReportRow, ReportRow.id == VersionRow.report_id)
        .where(VersionRow.sha256 == version, ReportRow.current_version_id.is_not(None))
        .order_by((ReportRow.current_version_id == VersionRow.id).desc())
        .limit(1)
    )


def read_sections(connection: Connection, report_id: str) -> list[Section]:
    """The sections of a report's current version, in order."""
    rows = connection.execute(
        select(SectionRow.__table__)
        .join(ReportRow, ReportRow.current_version_id == SectionRow.version_id)
        .where(ReportRow.id == report_id)
        .order_by(SectionRow.start, SectionRow.id)
    )
    return [_section(row.heading_path, row.pillar, row.start, row.end) for row in rows]


def report_passage_ids(connection: Connection, report_id: str) -> list[int]:
    """Row ids of the passages of a report's current version, in order."""
    rows = connection.execute(
        select(PassageRow.id)
        .join(ReportRow, ReportRow.current_version_id == PassageRow.version_id)
        .where(ReportRow.id == report_id)
        .order_by(PassageRow.ordinal)
    )
    return list(rows.scalars())


def passage_row_ids(connection: Connection, uids: Iterable[str], scope: Scope) -> dict[str, int]:
    """Row ids of those passages that are current and within `scope`, by their ids."""
    found: dict[str, int] = {}
    for chunk in chunks(list(uids)):
        rows = connection.execute(
            _in_scope(select(PassageRow.uid, PassageRow.id), scope).where(PassageRow.uid.in_(chunk))
        )
        found |= {row.uid: row.id for row in rows}
    return found


def within_scope(connection: Connection, row_ids: Iterable[int], scope: Scope) -> set[int]:
    """Those of `row_ids` that are current and within `scope`."""
    found: set[int] = set()
    for chunk in chunks(list(row_ids)):
        statement = _in_scope(select(PassageRow.id), scope).where(PassageRow.id.in_(chunk))
        found.update(connection.execute(statement).scalars())
    return found


def scope_row_ids(connection: Connection, scope: Scope) -> list[int]:
    """Row ids of all current passages within `scope`."""
    return list(connection.execute(_in_scope(select(PassageRow.id), scope)).scalars())


def passage_languages(connection: Connection, row_ids: Sequence[int]) -> dict[int, str]:
    """The language of each passage's report; empty where it isn't known."""
    found: dict[int, str] = {}
    for chunk in chunks(row_ids):
        rows = connection.execute(
            select(PassageRow.id, ReportRow.language)
            .join(ReportRow, ReportRow.current_version_id == PassageRow.version_id)
            .where(PassageRow.id.in_(chunk))
        )
        found |= {row.id: row.language for row in rows}
    return found


def scope_report_ids(connection: Connection, scope: Scope) -> list[str]:
    """The reports that have passages within `scope`."""
    statement = _in_scope(select(ReportRow.id).select_from(PassageRow), scope).distinct()
    return list(connection.execute(statement).scalars())


def current_passage_uids(connection: Connection) -> dict[str, int]:
    """All current passages: row ids by id."""
    rows = connection.execute(_in_scope(select(PassageRow.uid, PassageRow.id), Scope()))
    return {row.uid: row.id for row in rows}


def count_current_passages(connection: Connection) -> int:
    """How many passages the current versions have."""
    statement = _in_scope(select(func.count()).select_from(PassageRow), Scope())
    return int(connection.execute(statement).scalar_one())


def _in_scope(statement: _Statement, scope: Scope) -> _Statement:
    """Restrict a statement over passages to current versions and to `scope`."""
    statement = statement.join(ReportRow, ReportRow.current_version_id == PassageRow.version_id)
    if scope.report_ids:
        statement = statement.where(ReportRow.id.in_(scope.report_ids))
    if scope.years:
        # A mission over New Year belongs to both years.
        statement = statement.where(
            or_(
                ReportRow.year.in_(scope.years),
                *(
                    func.strftime("%Y", ReportRow.end_date) == str(year)
                    for year in sorted(scope.years)
                ),
            )
        )
    if scope.destinations:
        places = [fold(place) for place in scope.destinations]
        statement = statement.where(
            select(DestinationRow.report_id)
            .where(
                DestinationRow.report_id == ReportRow.id,
                or_(
                    DestinationRow.folded_city.in_(places),
                    DestinationRow.folded_country.in_(places),
                ),
            )
            .exists()
        )
    if scope.pillars:
        statement = statement.join(SectionRow, SectionRow.id == PassageRow.section_id).where(
            SectionRow.pillar.in_([pillar.value for pillar in scope.pillars])
        )
    return statement


def read_passages(connection: Connection, row_ids: Sequence[int]) -> list[Passage]:
    """The passages of these rows, of any version, in the order asked for."""
    by_id: dict[int, Passage] = {}
    for chunk in chunks(row_ids):
        rows = connection.execute(
            select(
                PassageRow.__table__,
                SectionRow.heading_path,
                SectionRow.pillar,
                SectionRow.start.label("section_start"),
                SectionRow.end.label("section_end"),
                VersionRow.report_id,
                VersionRow.sha256,
            )
            .join(SectionRow, SectionRow.id == PassageRow.section_id)
            .join(VersionRow, VersionRow.id == PassageRow.version_id)
            .where(PassageRow.id.in_(chunk))
        ).all()
        pages = _pages_by_version(connection, {row.version_id for row in rows})
        by_id |= {row.id: _passage(row, pages.get(row.version_id, [])) for row in rows}
    return [by_id[row_id] for row_id in row_ids if row_id in by_id]


def _passage(row: Row[Any], pages: Iterable[PageSpan]) -> Passage:
    bounds = iter(row.sentences)
    span = Span(row.start, row.end)
    return Passage(
        id=row.uid,
        report_id=row.report_id,
        version=row.sha256,
        ordinal=row.ordinal,
        text=row.text,
        start=row.start,
        end=row.end,
        section=_section(row.heading_path, row.pillar, row.section_start, row.section_end),
        pages=tuple(page for page in pages if page.span.overlaps(span)),
        sentences=tuple(Span(start, end) for start, end in zip(bounds, bounds, strict=True)),
    )


def _section(heading_path: list[str], pillar: str | None, start: int, end: int) -> Section:
    return Section(tuple(heading_path), Pillar(pillar) if pillar else None, Span(start, end))


def _pages_by_version(
    connection: Connection, version_ids: Iterable[int]
) -> dict[int, list[PageSpan]]:
    pages: dict[int, list[PageSpan]] = {}
    for row in connection.execute(
        select(PageRow.__table__)
        .where(PageRow.version_id.in_(version_ids))
        .order_by(PageRow.version_id, PageRow.start)
    ):
        pages.setdefault(row.version_id, []).append(PageSpan(row.page, Span(row.start, row.end)))
    return pages


def known_versions(connection: Connection) -> set[str]:
    """The SHA-256 of every version of every report."""
    return set(connection.execute(select(VersionRow.sha256)).scalars())


def chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    """Runs of `items` short enough for one statement."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
