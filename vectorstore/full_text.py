"""The full-text rows of current passages, written in the transactions that make them current."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select, text

from vectorstore.models import Destination
from vectorstore.schema import DestinationRow, PassageRow, ReportRow, SectionRow, VersionRow
from vectorstore.text.language import detect_language
from vectorstore.text.tokens import Language, content_stems, tokens

_TELLING = 5000  # characters that tell a text's language


@dataclass(frozen=True, slots=True)
class FullTextRow:
    """What FTS5 holds of one passage: its stems, those of its headings, and its words."""

    row_id: int
    stems: str
    headings: str
    surface: str


def rows_of(connection: Connection, report_id: str, version_id: int) -> Iterator[FullTextRow]:
    """The rows that a version's passages have under the report's present title and places."""
    report = connection.execute(
        select(ReportRow.title, ReportRow.language).where(ReportRow.id == report_id)
    ).one()
    above = (report.title, *_places(connection, report_id))
    language = _stemming_language(connection, report.language, version_id)
    passages = connection.execute(
        select(PassageRow.id, PassageRow.text, SectionRow.heading_path)
        .join(SectionRow, SectionRow.id == PassageRow.section_id)
        .where(PassageRow.version_id == version_id)
        .order_by(PassageRow.ordinal)
    )
    for passage in passages:
        headings = " \n ".join((*above, *passage.heading_path))
        yield FullTextRow(
            row_id=passage.id,
            stems=" ".join(content_stems(passage.text, language)),
            headings=" ".join(content_stems(headings, language)),
            surface=" ".join(token.folded for token in tokens(passage.text)),
        )


def index_version(connection: Connection, report_id: str, version_id: int) -> None:
    """Write the rows of a version's passages, in place of those that are there."""
    forget_version(connection, version_id)
    insert_rows(connection, rows_of(connection, report_id, version_id))


def insert_rows(connection: Connection, rows: Iterable[FullTextRow]) -> None:
    """Add rows."""
    values = [asdict(row) for row in rows]
    if values:
        connection.execute(
            text(
                "INSERT INTO passages_fts(rowid, stems, headings, surface) "
                "VALUES (:row_id, :stems, :headings, :surface)"
            ),
            values,
        )


def forget_version(connection: Connection, version_id: int) -> None:
    """Delete the rows of a version's passages."""
    connection.execute(
        text(
            "DELETE FROM passages_fts WHERE rowid IN "
            "(SELECT id FROM passages WHERE version_id = :version_id)"
        ),
        {"version_id": version_id},
    )


def _places(connection: Connection, report_id: str) -> list[str]:
    rows = connection.execute(
        select(DestinationRow.city, DestinationRow.country)
        .where(DestinationRow.report_id == report_id)
        .order_by(DestinationRow.ordinal)
    )
    places = [Destination(row.city, row.country) for row in rows]
    return [name for place in places for name in (place.city, place.country)]


def _stemming_language(connection: Connection, declared: str, version_id: int) -> Language:
    match declared:
        case "fr" | "en" as known:
            return known
        case _:
            content = select(VersionRow.text).where(VersionRow.id == version_id)
            return detect_language(connection.execute(content).scalar_one()[:_TELLING])
