"""Writing the catalogue: what happens inside the one transaction of an ingestion or removal."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from vectorstore.embedding.model import ModelIdentity, Vectors
from vectorstore.errors import UnknownReport
from vectorstore.lexical import forget_version, index_passage
from vectorstore.models import PassageDraft, ReportMetadata, Section, VersionContent
from vectorstore.schema import (
    DestinationRow,
    EmbeddingRow,
    ModelRow,
    PageRow,
    ParticipantRow,
    PassageRow,
    ReportRow,
    SectionRow,
    VersionRow,
)
from vectorstore.stored_vectors import to_blob
from vectorstore.text.language import detect_language
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import Language


def passage_uid(report_id: str, version: str, ordinal: int) -> str:
    """The id of a passage: the same content under the same report always has the same."""
    return f"{report_id}:{version[:12]}:{ordinal:04d}"


def write_model(connection: Connection, model: ModelIdentity, *, active: bool) -> None:
    """Record a model, once; it becomes the active one, or stays in preparation."""
    known = connection.execute(select(ModelRow.key).where(ModelRow.key == model.key)).scalar()
    if known is None:
        values = asdict(model) | {"key": model.key, "is_active": active}
        connection.execute(insert(ModelRow).values(**values))


def activate_model(connection: Connection, model: ModelIdentity) -> None:
    """Make `model` the one that answers; the others' vectors go."""
    connection.execute(delete(ModelRow).where(ModelRow.key != model.key))
    connection.execute(update(ModelRow).where(ModelRow.key == model.key).values(is_active=True))


def write_version(
    connection: Connection,
    report_id: str,
    content: VersionContent,
    model: ModelIdentity,
    vectors: Vectors,
    sentence_vectors: Sequence[Vectors],
) -> list[str]:
    """Write a version with all that belongs to it and make it its report's current one.

    Returns the ids of the passages that were current before and no longer are.
    """
    _write_report(connection, report_id, content.metadata)
    superseded = _retire_current_version(connection, report_id)
    _forget_same_bytes(connection, report_id, content.version)
    version_id = _insert_version(connection, report_id, content)
    section_ids = _insert_sections(connection, version_id, content.sections)
    for ordinal, draft in enumerate(content.passages):
        row_id = _insert_passage(
            connection, report_id, content, ordinal, version_id, section_ids[draft.section]
        )
        _index(connection, row_id, content, draft)
        write_embedding(connection, model, row_id, vectors[ordinal], sentence_vectors[ordinal])
    connection.execute(
        update(ReportRow).where(ReportRow.id == report_id).values(current_version_id=version_id)
    )
    kept = {passage_uid(report_id, content.version, n) for n in range(len(content.passages))}
    return [uid for uid in superseded if uid not in kept]


def delete_report(connection: Connection, report_id: str) -> list[str]:
    """Delete a report with all its versions; returns the ids of its current passages.

    Raises:
        UnknownReport: there is no such report.
    """
    known = connection.execute(select(ReportRow.id).where(ReportRow.id == report_id)).scalar()
    if known is None:
        raise UnknownReport(report_id=report_id)
    uids = _retire_current_version(connection, report_id)
    connection.execute(delete(ReportRow).where(ReportRow.id == report_id))
    return uids


def write_embedding(
    connection: Connection,
    model: ModelIdentity,
    row_id: int,
    vector: Vectors,
    sentence_vectors: Vectors,
) -> None:
    """Store a passage's vectors by one model."""
    connection.execute(
        insert(EmbeddingRow).values(
            model_key=model.key,
            passage_id=row_id,
            vector=to_blob(vector),
            sentence_vectors=to_blob(sentence_vectors),
        )
    )


def _write_report(connection: Connection, report_id: str, metadata: ReportMetadata) -> None:
    values = {
        "title": metadata.title,
        "start_date": metadata.start_date,
        "end_date": metadata.end_date,
        "year": metadata.year,
        "published_on": metadata.published_on,
        "language": metadata.language,
    }
    known = connection.execute(select(ReportRow.id).where(ReportRow.id == report_id)).scalar()
    if known is None:
        connection.execute(insert(ReportRow).values(id=report_id, **values))
    else:
        connection.execute(update(ReportRow).where(ReportRow.id == report_id).values(**values))
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


def _retire_current_version(connection: Connection, report_id: str) -> list[str]:
    """Take the current version out of sight; returns its passages' ids."""
    version_id = connection.execute(
        select(ReportRow.current_version_id).where(ReportRow.id == report_id)
    ).scalar()
    if version_id is None:
        return []
    uids = connection.execute(
        select(PassageRow.uid).where(PassageRow.version_id == version_id)
    ).scalars()
    retired = list(uids)
    forget_version(connection, version_id)
    connection.execute(
        update(ReportRow).where(ReportRow.id == report_id).values(current_version_id=None)
    )
    return retired


def _forget_same_bytes(connection: Connection, report_id: str, version: str) -> None:
    """A report that goes back to an earlier file is read anew, not stored twice."""
    connection.execute(
        delete(VersionRow).where(VersionRow.report_id == report_id, VersionRow.sha256 == version)
    )


def _insert_version(connection: Connection, report_id: str, content: VersionContent) -> int:
    version_id = connection.execute(
        insert(VersionRow)
        .values(
            report_id=report_id,
            sha256=content.version,
            source_name=content.source_name,
            media_type=content.media_type,
            text=content.text,
            page_count=max((page.page for page in content.pages), default=None),
            passage_count=len(content.passages),
            added_at=datetime.now(UTC),
        )
        .returning(VersionRow.id)
    ).scalar_one()
    if content.pages:
        connection.execute(
            insert(PageRow),
            [
                {
                    "version_id": version_id,
                    "start": page.span.start,
                    "end": page.span.end,
                    "page": page.page,
                }
                for page in content.pages
            ],
        )
    return version_id


def _insert_sections(
    connection: Connection, version_id: int, sections: Sequence[Section]
) -> list[int]:
    return [
        connection.execute(
            insert(SectionRow)
            .values(
                version_id=version_id,
                heading_path=list(section.heading_path),
                pillar=section.pillar.value if section.pillar else None,
                start=section.span.start,
                end=section.span.end,
            )
            .returning(SectionRow.id)
        ).scalar_one()
        for section in sections
    ]


def _insert_passage(
    connection: Connection,
    report_id: str,
    content: VersionContent,
    ordinal: int,
    version_id: int,
    section_id: int,
) -> int:
    draft = content.passages[ordinal]
    return connection.execute(
        insert(PassageRow)
        .values(
            uid=passage_uid(report_id, content.version, ordinal),
            version_id=version_id,
            section_id=section_id,
            ordinal=ordinal,
            text=draft.span.of(content.text),
            start=draft.span.start,
            end=draft.span.end,
            sentences=[
                bound for sentence in draft.sentences for bound in (sentence.start, sentence.end)
            ],
        )
        .returning(PassageRow.id)
    ).scalar_one()


def _index(
    connection: Connection, row_id: int, content: VersionContent, draft: PassageDraft
) -> None:
    metadata = content.metadata
    places = [name for place in metadata.destinations for name in (place.city, place.country)]
    headings = (metadata.title, *places, *content.sections[draft.section].heading_path)
    text = draft.span.of(content.text)
    index_passage(connection, row_id, text, headings, _stemming_language(content))


def _stemming_language(content: VersionContent) -> Language:
    match content.metadata.language:
        case "fr" | "en" as declared:
            return declared
        case _:
            return detect_language(content.text[:5000])
