"""The catalogue's tables. Migrations in `vectorstore/migrations` make them."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite itself forgets the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC without a zone."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Back to UTC with its zone."""
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """Base of all rows."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


class ReportRow(Base):
    """A report and what is known of it; `current_version_id` is its only visible version.

    A report in the bin has no current version; `removed_version_id` is the one it had. `edited`
    lists the fields (`vectorstore.description`) that somebody set by hand.
    """

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("versions.id", use_alter=True, name="fk_reports_current_version")
    )
    title: Mapped[str]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    year: Mapped[int | None]
    published_on: Mapped[date | None]
    language: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("versions.id", use_alter=True, name="fk_reports_removed_version")
    )
    edited: Mapped[list[str]] = mapped_column(JSON, default=list)
    destinations: Mapped[list["DestinationRow"]] = relationship(
        order_by="DestinationRow.ordinal", cascade="all, delete-orphan"
    )
    participants: Mapped[list["ParticipantRow"]] = relationship(
        order_by="ParticipantRow.ordinal", cascade="all, delete-orphan"
    )
    current_version: Mapped["VersionRow | None"] = relationship(
        foreign_keys=[current_version_id], post_update=True
    )
    removed_version: Mapped["VersionRow | None"] = relationship(
        foreign_keys=[removed_version_id], post_update=True
    )


class DestinationRow(Base):
    """A place that a report's mission went to; `folded` is what scopes are compared with."""

    __tablename__ = "destinations"

    report_id: Mapped[str] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str]
    country: Mapped[str]
    folded_city: Mapped[str] = mapped_column(index=True)
    folded_country: Mapped[str] = mapped_column(index=True)


class ParticipantRow(Base):
    """Somebody who took part in a report's mission."""

    __tablename__ = "participants"

    report_id: Mapped[str] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]


class VersionRow(Base):
    """One state of a report's file.

    `reading` counts how often the file was read, `reader_revision` tells by what
    (`VersionContent.reader_revision`), `read_metadata` is what the file said of itself.
    `text_digest` and `signature` are those of `vectorstore.likeness`; all three are null in rows
    of older folders.
    """

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("report_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(index=True)
    source_name: Mapped[str]
    media_type: Mapped[str]
    text: Mapped[str] = mapped_column(Text, deferred=True)
    page_count: Mapped[int | None]
    passage_count: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[str | None]
    reading: Mapped[int]
    reader_revision: Mapped[int]
    read_metadata: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    text_digest: Mapped[str | None] = mapped_column(index=True)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)


class PurgeRow(Base):
    """A version that was purged from the catalogue and may still have traces in files."""

    __tablename__ = "purges"

    version: Mapped[str] = mapped_column(primary_key=True)


class PageRow(Base):
    """The characters of a version that stand on one page."""

    __tablename__ = "pages"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[int] = mapped_column(primary_key=True)
    end: Mapped[int]
    page: Mapped[int]


class SectionRow(Base):
    """A section of a version; `heading_path` is a list of headings, outermost first."""

    __tablename__ = "sections"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    heading_path: Mapped[list[str]] = mapped_column(JSON)
    pillar: Mapped[str | None] = mapped_column(index=True)
    start: Mapped[int]
    end: Mapped[int]


class PassageRow(Base):
    """A passage; `id` is also the row id of its full-text row.

    `sentences` is a flat list of starts and ends in the version's offsets.
    """

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
    sentences: Mapped[list[int]] = mapped_column(JSON)


class ModelRow(Base):
    """An embedding model that vectors were made with; the index answers by the active one."""

    __tablename__ = "models"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    fingerprint: Mapped[str]
    dimension: Mapped[int]
    query_prompt: Mapped[str]
    passage_prompt: Mapped[str]
    is_active: Mapped[bool]


class EmbeddingRow(Base):
    """A passage's vector and its sentences' vectors by one model: float16, little-endian.

    `vector` has `dimension` values; `sentence_vectors` has that many per sentence, in order.
    """

    __tablename__ = "embeddings"

    model_key: Mapped[str] = mapped_column(
        ForeignKey("models.key", ondelete="CASCADE"), primary_key=True
    )
    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    sentence_vectors: Mapped[bytes] = mapped_column(LargeBinary)


class SyncedFileRow(Base):
    """A file of a mirrored folder, as it was when it was last synced (`vectorstore.synced`)."""

    __tablename__ = "synced_files"

    folder: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    side_file: Mapped[str]
    is_pending: Mapped[bool]
    report_id: Mapped[str | None] = mapped_column(
        ForeignKey("reports.id", ondelete="SET NULL"), index=True
    )
