"""Writing the catalogue: what happens inside the one transaction of an ingestion."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from vectorstore import likeness
from vectorstore.description import Description, to_json
from vectorstore.embedding.model import ModelIdentity, Vectors
from vectorstore.full_text import forget_version
from vectorstore.history import detach, make_current, moment_after
from vectorstore.models import Section, VersionContent
from vectorstore.schema import (
    EmbeddingRow,
    ModelRow,
    PageRow,
    PassageRow,
    ReportRow,
    SectionRow,
    VersionRow,
)
from vectorstore.stored_vectors import to_blob


@dataclass(frozen=True, slots=True)
class Embedded:
    """A version's vectors by one model: one a passage, and one for each of its sentences."""

    model: ModelIdentity
    vectors: Vectors
    sentence_vectors: Sequence[Vectors]


def passage_uid(report_id: str, version: str, ordinal: int, reading: int = 1) -> str:
    """The id of a passage; a file that is read anew gives new ids, as its passages may differ."""
    again = f".{reading}" if reading > 1 else ""
    return f"{report_id}:{version[:12]}{again}:{ordinal:04d}"


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


def next_reading(connection: Connection, report_id: str, version: str) -> int:
    """The number that the next reading of a version's file gets; the first is 1."""
    held = _held(connection, report_id, version)
    return held.reading + 1 if held is not None else 1


def write_version(
    connection: Connection,
    report_id: str,
    content: VersionContent,
    description: Description,
    embedded: Embedded,
    added_by: str | None = None,
) -> list[str]:
    """Write a version with all that belongs to it and make it its report's current one.

    A version that is there already is read anew, not stored twice; it keeps when and by whom it
    was added. Returns the ids of the passages that were current before and no longer are.
    """
    known = connection.execute(select(ReportRow.id).where(ReportRow.id == report_id)).scalar()
    if known is None:
        connection.execute(insert(ReportRow).values(id=report_id, title="", language=""))
    held = _held(connection, report_id, content.version)
    reading = next_reading(connection, report_id, content.version)
    origin = {"added_at": moment_after(connection, report_id), "added_by": added_by}
    superseded: list[str] = []
    if held is not None:
        origin = {"added_at": held.added_at, "added_by": held.added_by}
        superseded = _forget(connection, report_id, held.id)
    version_id = _insert_version(connection, report_id, content, reading, origin)
    section_ids = _insert_sections(connection, version_id, content.sections)
    for ordinal, draft in enumerate(content.passages):
        row_id = _insert_passage(
            connection,
            passage_uid(report_id, content.version, ordinal, reading),
            content,
            ordinal,
            version_id,
            section_ids[draft.section],
        )
        write_embedding(
            connection,
            embedded.model,
            row_id,
            embedded.vectors[ordinal],
            embedded.sentence_vectors[ordinal],
        )
    return superseded + make_current(connection, report_id, version_id, description)


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


def _held(connection: Connection, report_id: str, version: str) -> Any:  # noqa: ANN401  (a row)
    return connection.execute(
        select(VersionRow.id, VersionRow.reading, VersionRow.added_at, VersionRow.added_by).where(
            VersionRow.report_id == report_id, VersionRow.sha256 == version
        )
    ).one_or_none()


def _forget(connection: Connection, report_id: str, version_id: int) -> list[str]:
    """Delete a version that is about to be written anew; returns its passages' ids."""
    forget_version(connection, version_id)
    uids = connection.execute(
        select(PassageRow.uid).where(PassageRow.version_id == version_id)
    ).scalars()
    forgotten = list(uids)
    detach(connection, report_id, version_id)
    connection.execute(delete(VersionRow).where(VersionRow.id == version_id))
    return forgotten


def _insert_version(
    connection: Connection,
    report_id: str,
    content: VersionContent,
    reading: int,
    origin: dict[str, Any],
) -> int:
    words = likeness.words_of(content.text)
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
            reading=reading,
            reader_revision=content.reader_revision,
            read_metadata=to_json(content.metadata),
            text_digest=likeness.text_digest(words),
            signature=likeness.signature(words),
            **origin,
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
    uid: str,
    content: VersionContent,
    ordinal: int,
    version_id: int,
    section_id: int,
) -> int:
    draft = content.passages[ordinal]
    return connection.execute(
        insert(PassageRow)
        .values(
            uid=uid,
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
