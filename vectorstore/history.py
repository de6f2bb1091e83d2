"""Versions and the bin: which version of a report is current, and what became of the others.

A report has at most one current version, and only that one has full-text rows and stands in the
vector index. All versions keep their text, passages, embeddings and original until the report is
purged, so that an older one comes back without being read or embedded again.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from vectorstore.catalogue import read_reports
from vectorstore.description import Description, MetadataField, from_json
from vectorstore.errors import UnknownReport, UnknownVersion
from vectorstore.full_text import forget_version, index_version
from vectorstore.models import ReportMetadata, ReportState, Version
from vectorstore.schema import (
    DestinationRow,
    ParticipantRow,
    PassageRow,
    PurgeRow,
    ReportRow,
    VersionRow,
)
from vectorstore.text.normalise import fold


def read_versions(connection: Connection, report_id: str) -> list[Version]:
    """All versions of a report, the latest first, also when it is in the bin.

    Raises:
        UnknownReport: there is no such report.
    """
    report = _report(connection, report_id)
    shown = report.current_version_id or report.removed_version_id
    rows = connection.execute(
        select(
            VersionRow.id,
            VersionRow.sha256,
            VersionRow.source_name,
            VersionRow.media_type,
            VersionRow.read_metadata,
            VersionRow.page_count,
            VersionRow.passage_count,
            VersionRow.added_at,
            VersionRow.added_by,
            VersionRow.reader_revision,
        )
        .where(VersionRow.report_id == report_id)
        .order_by(VersionRow.added_at.desc(), VersionRow.id.desc())
    )
    return [
        Version(
            report_id=report_id,
            version=row.sha256,
            source_name=row.source_name,
            media_type=row.media_type,
            metadata=from_json(row.read_metadata) if row.read_metadata else ReportMetadata(),
            page_count=row.page_count,
            passage_count=row.passage_count,
            added_at=row.added_at,
            added_by=row.added_by,
            reader_revision=row.reader_revision,
            is_current=row.id == shown,
        )
        for row in rows
    ]


def version_row_id(connection: Connection, report_id: str, version: str | None) -> int:
    """The row of a report's version; without one, of that which it shows or had when removed.

    Raises:
        UnknownReport: there is no such report.
        UnknownVersion: it has no such version.
    """
    report = _report(connection, report_id)
    if version is None:
        shown: int = report.current_version_id or report.removed_version_id
        return shown
    found: int | None = connection.execute(
        select(VersionRow.id).where(VersionRow.report_id == report_id, VersionRow.sha256 == version)
    ).scalar()
    if found is None:
        raise UnknownVersion(report_id=report_id, version=version)
    return found


def passages_of(connection: Connection, version_id: int) -> dict[int, str]:
    """The passages of a version, in order: ids by row id."""
    rows = connection.execute(
        select(PassageRow.id, PassageRow.uid)
        .where(PassageRow.version_id == version_id)
        .order_by(PassageRow.ordinal)
    )
    return {row.id: row.uid for row in rows}


def is_current(connection: Connection, report_id: str, version_id: int) -> bool:
    """Whether a version is the one that its report shows."""
    current: int | None = _report(connection, report_id).current_version_id
    return current == version_id


def description_for(connection: Connection, report_id: str, version_id: int) -> Description:
    """What is known of a report once a version of it is current.

    Fields set by hand stay. So do all where an older Escale didn't keep what the file says.
    """
    for state in ReportState:
        for report in read_reports(connection, [report_id], state):
            fields = frozenset(MetadataField(name) for name in report.edited)
            known = Description(report.metadata, fields)
            stored = connection.execute(
                select(VersionRow.read_metadata).where(VersionRow.id == version_id)
            ).scalar_one()
            return known.over(from_json(stored)) if stored else known
    raise UnknownReport(report_id=report_id)


def make_current(
    connection: Connection, report_id: str, version_id: int, description: Description
) -> list[str]:
    """Make a version the one that answers, in the bin or not; returns the ids of the passages
    that were current before and no longer are.
    """
    superseded = _retire(connection, report_id, kept=version_id)
    connection.execute(
        update(ReportRow)
        .where(ReportRow.id == report_id)
        .values(current_version_id=version_id, removed_at=None, removed_version_id=None)
    )
    describe(connection, report_id, description)
    return superseded


def describe(connection: Connection, report_id: str, description: Description) -> None:
    """Write what is known of a report; its full text, which holds title and places, follows."""
    metadata = description.metadata
    connection.execute(
        update(ReportRow)
        .where(ReportRow.id == report_id)
        .values(
            title=metadata.title,
            start_date=metadata.start_date,
            end_date=metadata.end_date,
            year=metadata.year,
            published_on=metadata.published_on,
            language=metadata.language,
            edited=sorted(description.edited),
        )
    )
    _write_people_and_places(connection, report_id, metadata)
    current = _report(connection, report_id).current_version_id
    if current is not None:
        index_version(connection, report_id, current)


def move_to_bin(connection: Connection, report_id: str) -> list[str]:
    """Take a report out of sight; returns the ids of its passages. In the bin already, none.

    Raises:
        UnknownReport: there is no such report.
    """
    current = _report(connection, report_id).current_version_id
    if current is None:
        return []
    uids = _retire(connection, report_id)
    connection.execute(
        update(ReportRow)
        .where(ReportRow.id == report_id)
        .values(
            current_version_id=None,
            removed_at=moment_after(connection, report_id),
            removed_version_id=current,
        )
    )
    return uids


def moment_after(connection: Connection, report_id: str) -> datetime:
    """Now; or just after the report's latest version, where the clock was set back since.

    Versions stay in order, and nothing in the bin looks older than it is once the clock is right.
    """
    latest: datetime | None = connection.execute(
        select(func.max(VersionRow.added_at)).where(VersionRow.report_id == report_id)
    ).scalar()
    now = datetime.now(UTC)
    return now if latest is None else max(now, latest + timedelta(microseconds=1))


def removed_before(connection: Connection, moment: datetime) -> list[str]:
    """The reports that were put into the bin before a moment."""
    return list(
        connection.execute(select(ReportRow.id).where(ReportRow.removed_at < moment)).scalars()
    )


def delete_report(connection: Connection, report_id: str) -> list[str]:
    """Delete a report with all its versions; returns the ids of the passages it showed.

    Its versions are noted as purges to be finished.

    Raises:
        UnknownReport: there is no such report.
    """
    _report(connection, report_id)
    uids = _retire(connection, report_id)
    versions = set(
        connection.execute(
            select(VersionRow.sha256).where(VersionRow.report_id == report_id)
        ).scalars()
    )
    noted = set(connection.execute(select(PurgeRow.version)).scalars())
    for version in sorted(versions - noted):
        connection.execute(insert(PurgeRow).values(version=version))
    connection.execute(
        update(ReportRow)
        .where(ReportRow.id == report_id)
        .values(current_version_id=None, removed_version_id=None)
    )
    connection.execute(delete(ReportRow).where(ReportRow.id == report_id))
    return uids


def detach(connection: Connection, report_id: str, version_id: int) -> None:
    """Let a report show no version, and remember none in the bin, where it was this one."""
    for column in (ReportRow.current_version_id, ReportRow.removed_version_id):
        connection.execute(
            update(ReportRow)
            .where(ReportRow.id == report_id, column == version_id)
            .values({column: None})
        )


def _report(connection: Connection, report_id: str) -> Any:  # noqa: ANN401  (a row)
    found: Any = connection.execute(
        select(ReportRow.current_version_id, ReportRow.removed_version_id).where(
            ReportRow.id == report_id
        )
    ).one_or_none()
    if found is None:
        raise UnknownReport(report_id=report_id)
    return found


def _retire(connection: Connection, report_id: str, kept: int | None = None) -> list[str]:
    """Take the current version out of the full text; returns its passages' ids.

    Where it is the version `kept`, its passages stay what they are: none are returned.
    """
    current = _report(connection, report_id).current_version_id
    if current is None:
        return []
    forget_version(connection, current)
    return [] if current == kept else list(passages_of(connection, current).values())


def _write_people_and_places(
    connection: Connection, report_id: str, metadata: ReportMetadata
) -> None:
    for table in (DestinationRow, ParticipantRow):
        connection.execute(delete(table).where(table.report_id == report_id))
    for ordinal, destination in enumerate(metadata.destinations):
        connection.execute(
            insert(DestinationRow).values(
                report_id=report_id,
                ordinal=ordinal,
                city=destination.city,
                country=destination.country,
                folded_city=fold(destination.city),
                folded_country=fold(destination.country),
            )
        )
    for ordinal, participant in enumerate(metadata.participants):
        connection.execute(
            insert(ParticipantRow).values(
                report_id=report_id,
                ordinal=ordinal,
                name=participant.name,
                role=participant.role,
            )
        )
