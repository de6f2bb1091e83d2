"""The tables of jobs and uploads."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from vectorstore.schema import Base


class JobRow(Base):
    """A job; `task` and `outcome` are those of `ingest.jobs.models`, as JSON."""

    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    who: Mapped[str]
    address: Mapped[str]
    task: Mapped[dict[str, Any]] = mapped_column(JSON)
    upload: Mapped[str] = mapped_column(index=True)
    report_id: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    attempts: Mapped[int]
    is_cancelling: Mapped[bool]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class UploadRow(Base):
    """An uploaded file, and whose it is; its bytes are in the folder `incoming/<id>`."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    size: Mapped[int]
    replaces: Mapped[str]
    created_at: Mapped[datetime]
