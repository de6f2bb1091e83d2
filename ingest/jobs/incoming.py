"""Uploaded files: put at once into private folders, each its user's own, until they are decided.

What a user calls a file is written down and never becomes a path.
"""

import errno
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, insert, select, update

from ingest.errors import printable
from ingest.jobs.errors import (
    TooManyUploads,
    UnknownUpload,
    UploadsTooLarge,
    UploadTooLarge,
)
from ingest.jobs.models import JobState, Upload
from ingest.jobs.schema import JobRow, UploadRow
from ingest.results import Preview
from ingest.settings import IngestSettings
from vectorstore.errors import DiskFull

if TYPE_CHECKING:
    from vectorstore.store import Store

FOLDER: Final = "incoming"
_KEPT_HOURS: Final = 48
_MEGABYTE: Final = 2**20
_LONGEST_NAME: Final = 200
_MARKDOWN: Final = re.compile(r"\.(?:md|markdown)$", re.I)
_PREVIEW: Final = TypeAdapter(Preview)

_log = logging.getLogger(__name__)


class Arriving:
    """A file while it arrives; what is written is counted against the limits."""

    def __init__(self, file: BinaryIO, name: str, room: int, settings: IngestSettings) -> None:
        self._file = file
        self._name = name
        self._room = room
        self._settings = settings
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece to the end.

        Raises:
            UploadTooLarge, UploadsTooLarge: the file, or all uploads together, got too large.
        """
        self.size += len(piece)
        if self.size > self._settings.max_file_megabytes * _MEGABYTE:
            raise UploadTooLarge(file=self._name, limit=self._settings.max_file_megabytes)
        if self.size > self._room:
            raise UploadsTooLarge(file=self._name, limit=self._settings.incoming_megabytes)
        self._file.write(piece)


class Incoming:
    """The uploads of one data folder."""

    def __init__(self, store: "Store", settings: IngestSettings) -> None:
        self._store = store
        self._settings = settings
        self._folder = store.folder.path / FOLDER
        self._arriving: set[str] = set()

    @contextmanager
    def receive(self, owner: str, name: str, replaces: str = "") -> Iterator[tuple[str, Arriving]]:
        """Take in a file: gives the id that it will have, and what to write its bytes to.

        It is there once the block ends; where the block raises, nothing of it is left.

        Raises:
            TooManyUploads: the owner has too many that aren't decided.
            UploadTooLarge, UploadsTooLarge: as `Arriving.write`.
            DiskFull: there is no room for it.
        """
        name = shown_name(name)
        undecided = [upload for upload in self.all(owner) if self.path(upload).exists()]
        if len(undecided) >= self._settings.max_uploads:
            raise TooManyUploads(file=name, limit=self._settings.max_uploads)
        upload = secrets.token_urlsafe(16)
        folder = self._folder / upload
        self._arriving.add(upload)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            folder.mkdir(mode=0o700)
            with self._file(upload, name).open("xb") as file:
                arriving = Arriving(file, name, self._room(), self._settings)
                yield upload, arriving
            self._write_down(
                Upload(upload, owner, name, arriving.size, replaces, datetime.now(UTC))
            )
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(folder=str(self._store.folder.path)) from error
            raise
        finally:
            self._arriving.discard(upload)

    def all(self, owner: str) -> list[Upload]:
        """The uploads of one user, the oldest first."""
        mine = select(UploadRow.__table__).where(UploadRow.owner == owner)
        mine = mine.order_by(UploadRow.created_at, UploadRow.id)
        with self._store.reading() as connection:
            return [_upload(row) for row in connection.execute(mine)]

    def ids(self) -> list[str]:
        """The ids of all users' uploads."""
        with self._store.reading() as connection:
            return list(connection.execute(select(UploadRow.id)).scalars())

    def find(self, upload: str, owner: str | None) -> Upload:
        """An upload of this user; with None, of anybody.

        Raises:
            UnknownUpload: there is none, or it is somebody else's.
        """
        with self._store.reading() as connection:
            statement = select(UploadRow.__table__).where(UploadRow.id == upload)
            row = connection.execute(statement).one_or_none()
        if row is None or (owner is not None and row.owner != owner):
            raise UnknownUpload
        return _upload(row)

    def path(self, upload: Upload) -> Path:
        """Where its bytes are."""
        return self._file(upload.id, upload.name)

    def keep_preview(self, upload: Upload, preview: Preview) -> None:
        """Remember what was read of it, for as long as its bytes are there."""
        self._preview_file(upload.id).write_bytes(_PREVIEW.dump_json(preview))

    def preview(self, upload: Upload) -> Preview | None:
        """What was read of it; None before that, and once it was decided."""
        try:
            return _PREVIEW.validate_json(self._preview_file(upload.id).read_bytes())
        except FileNotFoundError:
            return None

    def drop_files(self, upload: str) -> None:
        """Delete its bytes and its preview; that it was there is still known."""
        shutil.rmtree(self._folder / upload, ignore_errors=True)

    def discard(self, upload: Upload) -> None:
        """Forget it."""
        with self._store.writing() as connection:
            connection.execute(delete(UploadRow).where(UploadRow.id == upload.id))
            connection.execute(update(JobRow).where(JobRow.upload == upload.id).values(upload=""))
        self.drop_files(upload.id)

    def sweep(self) -> None:
        """Forget uploads that nobody decided for two days, and folders of none."""
        limit = datetime.now(UTC) - timedelta(hours=_KEPT_HOURS)
        busy = select(JobRow.upload).where(
            JobRow.state.in_((JobState.WAITING.value, JobState.RUNNING.value))
        )
        with self._store.writing() as connection:
            is_old = UploadRow.created_at < limit
            connection.execute(delete(UploadRow).where(is_old, UploadRow.id.not_in(busy)))
        with self._store.reading() as connection:
            known = set(connection.execute(select(UploadRow.id)).scalars()) | self._arriving
        for folder in self._folder.glob("*"):
            if folder.name not in known:
                _log.info("an upload that nobody decided is deleted: %s", folder.name)
                shutil.rmtree(folder, ignore_errors=True)

    def _write_down(self, upload: Upload) -> None:
        with self._store.writing() as connection:
            connection.execute(
                insert(UploadRow).values(
                    id=upload.id,
                    owner=upload.owner,
                    name=upload.name,
                    size=upload.size,
                    replaces=upload.replaces,
                    created_at=upload.created_at,
                )
            )

    def _room(self) -> int:
        """The bytes that all uploads together may still take."""
        taken = 0
        for folder, _, names in os.walk(self._folder):
            for name in names:
                with suppress(FileNotFoundError):  # decided a moment ago
                    taken += Path(folder, name).stat().st_size
        return self._settings.incoming_megabytes * _MEGABYTE - taken

    def _file(self, upload: str, name: str) -> Path:
        # Its ending is all that a reader asks of a name: plain text may be Markdown.
        ending = ".md" if _MARKDOWN.search(name) else ""
        return self._folder / upload / f"content{ending}"

    def _preview_file(self, upload: str) -> Path:
        return self._folder / upload / "preview.json"


def shown_name(name: str) -> str:
    """What a user calls a file, on one line and without folders, its ending kept."""
    last = printable(PureWindowsPath(name).name).strip() or "?"
    if len(last) <= _LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    if not stem or len(ending) > 10:
        return last[:_LONGEST_NAME]
    return stem[: _LONGEST_NAME - len(ending) - 2] + "…" + dot + ending


def _upload(row: Row[Any]) -> Upload:
    return Upload(row.id, row.owner, row.name, row.size, row.replaces, row.created_at)
