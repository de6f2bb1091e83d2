"""A file as the content of a version: read, structured, cut into passages."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import (
    EmptyFile,
    FileTooLarge,
    MissingFile,
    NoText,
    UnreadableFile,
    printable,
    printable_name,
)
from ingest.exchange import Reading
from ingest.media_type import detect_media_type
from ingest.metadata import read_metadata
from ingest.passages import passages_of
from ingest.progress import Progress, Reporter, silent
from ingest.readers import reader_for
from ingest.sandbox import read_file
from ingest.settings import IngestSettings
from ingest.structure import sections_of
from vectorstore.models import VersionContent

READER_REVISION = 1
"""Grows whenever the same file would be read, structured or cut otherwise than before."""

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read: what to store, and with the places of its words, what to show.

    `warnings` are codes of `ui/locales/*` that staff should see.
    """

    content: VersionContent
    reading: Reading

    @property
    def warnings(self) -> tuple[str, ...]:
        """The codes of what staff should know of the reading."""
        return self.reading.document.warnings

    @property
    def recognised_pages(self) -> tuple[int, ...]:
        """The pages that were read by text recognition."""
        return self.reading.document.recognised_pages


def fingerprint(path: Path, settings: IngestSettings) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal: the name of its version.

    Raises:
        UnreadableFile: it can't be opened, isn't a file, or isn't there (`MissingFile`).
        EmptyFile: it has no bytes.
        FileTooLarge: it is larger than the settings allow.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFile(path, reason="not a file")
        if size == 0:
            raise EmptyFile(path)
        if size > settings.max_file_megabytes * _MEGABYTE:
            megabytes = -(-size // _MEGABYTE)
            raise FileTooLarge(path, megabytes=megabytes, limit=settings.max_file_megabytes)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        folder = printable(str(path.absolute().parent))
        raise MissingFile(path, folder=folder) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(path, reason=reason) from error


def read_version(
    path: Path,
    version: str,
    settings: IngestSettings,
    *,
    progress: Reporter = silent,
    cancelled: Callable[[], bool] | None = None,
) -> ReadFile:
    """The file at `path`, read.

    Raises:
        FileRefused: no reader knows the file's type, or the one that does can't read it.
    """
    try:
        media_type = detect_media_type(path)
    except OSError as error:
        raise UnreadableFile(path, reason=error.strerror or str(error)) from error
    reader_for(media_type, path, settings)  # an unknown type is refused before a process starts
    progress(Progress("reading", 0, 1))
    reading = read_file(
        path,
        media_type,
        settings,
        progress=lambda done, total: progress(Progress("reading", done, total)),
        cancelled=cancelled,
    )
    document = reading.document
    sections = sections_of(document)
    passages = passages_of(document.text, sections, settings)
    if not passages:
        raise NoText(path)
    content = VersionContent(
        version=version,
        source_name=printable_name(path),
        media_type=media_type,
        text=document.text,
        metadata=read_metadata(document, sections),
        pages=document.pages,
        sections=tuple(section.section for section in sections),
        passages=passages,
        reader_revision=READER_REVISION,
    )
    return ReadFile(content, reading)
