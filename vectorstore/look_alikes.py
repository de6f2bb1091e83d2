"""Which reports are like a file: the same bytes, the same words, nearly so, or the same mission."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from vectorstore import catalogue, likeness
from vectorstore.likeness import NEAR, LookAlike, LookAlikeKind
from vectorstore.models import Report, ReportMetadata, ReportState
from vectorstore.schema import ReportRow, VersionRow
from vectorstore.text.normalise import fold

_STRENGTH = {kind: index for index, kind in enumerate(LookAlikeKind)}


def same_bytes(connection: Connection, version: str) -> list[LookAlike]:
    """The reports, in the library or the bin, that have a version of these bytes."""
    reports = _reports(connection)
    rows: Iterable[Row[Any]] = connection.execute(
        select(VersionRow.report_id, VersionRow.id, VersionRow.sha256).where(
            VersionRow.sha256 == version
        )
    )
    found = [_look_alike(connection, reports, row, LookAlikeKind.SAME_BYTES, 1.0) for row in rows]
    return sorted(found, key=_order)


def same_text(connection: Connection, text: str) -> list[LookAlike]:
    """The reports in the library that have a version of the same or nearly the same text.

    Each report comes once, with the version that is most alike.
    """
    words = likeness.words_of(text)
    reports = _reports(connection)
    best: dict[str, LookAlike] = {}
    for row, share in _alike(connection, words):
        if reports[row.report_id].state is ReportState.REMOVED:
            continue
        kind = LookAlikeKind.SAME_TEXT if share == 1.0 else LookAlikeKind.NEAR_TEXT
        made = _look_alike(connection, reports, row, kind, share)
        held = best.get(row.report_id)
        if held is None or _order(made) < _order(held):
            best[row.report_id] = made
    return sorted(best.values(), key=_order)


def same_mission(connection: Connection, metadata: ReportMetadata) -> list[LookAlike]:
    """The reports in the library on a mission to one of the same places at the same time."""
    return [
        LookAlike(report, report.version, LookAlikeKind.SAME_MISSION, 0.0)
        for report in catalogue.read_reports(connection)
        if _same_place(report.metadata, metadata) and _same_time(report.metadata, metadata)
    ]


def without_signature(connection: Connection) -> list[int]:
    """The rows of the versions that an older Escale stored without a signature."""
    statement = select(VersionRow.id).where(VersionRow.signature.is_(None))
    return list(connection.execute(statement).scalars())


def sign(connection: Connection, version_ids: Sequence[int]) -> None:
    """Give versions their signature."""
    for version_id in version_ids:
        text = select(VersionRow.text).where(VersionRow.id == version_id)
        words = likeness.words_of(connection.execute(text).scalar_one())
        connection.execute(
            update(VersionRow)
            .where(VersionRow.id == version_id)
            .values(text_digest=likeness.text_digest(words), signature=likeness.signature(words))
        )


def _alike(connection: Connection, words: list[str]) -> Iterator[tuple[Row[Any], float]]:
    """The versions whose likeness is `NEAR` at least, and their likeness."""
    digest = likeness.text_digest(words)
    rows: Any = connection.execute(
        select(
            VersionRow.id,
            VersionRow.report_id,
            VersionRow.sha256,
            VersionRow.text_digest,
            VersionRow.signature,
        ).where(VersionRow.signature.is_not(None))
    ).all()
    candidates = likeness.estimated(likeness.signature(words), [row.signature for row in rows])
    for row, may_be in zip(rows, candidates, strict=True):
        if row.text_digest == digest:
            yield row, 1.0
        elif may_be:
            text = select(VersionRow.text).where(VersionRow.id == row.id)
            others = likeness.words_of(connection.execute(text).scalar_one())
            share = likeness.likeness(words, others)
            if share >= NEAR:
                # Other words in another order, or twice: alike, but not the same.
                yield row, min(share, 0.999)


def _look_alike(
    connection: Connection,
    reports: dict[str, Report],
    row: Row[Any],
    kind: LookAlikeKind,
    share: float,
) -> LookAlike:
    shown = connection.execute(
        select(ReportRow.current_version_id, ReportRow.removed_version_id).where(
            ReportRow.id == row.report_id
        )
    ).one()
    is_superseded = row.id not in (shown.current_version_id, shown.removed_version_id)
    return LookAlike(reports[row.report_id], row.sha256, kind, share, is_superseded)


def _reports(connection: Connection) -> dict[str, Report]:
    return {
        report.id: report
        for state in ReportState
        for report in catalogue.read_reports(connection, state=state)
    }


def _order(found: LookAlike) -> tuple[int, bool, bool, float]:
    in_bin = found.report.state is ReportState.REMOVED
    return (_STRENGTH[found.kind], in_bin, found.is_superseded, -found.likeness)


def _same_place(first: ReportMetadata, second: ReportMetadata) -> bool:
    places = [
        {fold(place.city or place.country) for place in metadata.destinations}
        for metadata in (first, second)
    ]
    return bool(places[0] & places[1])


def _same_time(first: ReportMetadata, second: ReportMetadata) -> bool:
    if first.start_date and second.start_date:
        first_end, second_end = first.end_date, second.end_date
        return first.start_date <= (second_end or second.start_date) and second.start_date <= (
            first_end or first.start_date
        )
    return first.year is not None and first.year == second.year
