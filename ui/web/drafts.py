"""Drafts to be checked: how long they may be, and how an uploaded file becomes one.

A file is written to a folder of its own that only this process may enter, read in a process of
its own, and gone before its text is handed on.
"""

import time
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from anyio import CapacityLimiter, open_file, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from ingest.encodings import decode
from ingest.errors import FileRefused, ReadingCancelled, UnsupportedFile, printable
from ingest.media_type import MediaType, detect_media_type
from ingest.readers import reader_for
from ingest.sandbox import read_file
from ingest.settings import IngestSettings
from ui.messages import Language, Messages
from ui.settings import UiSettings
from vectorstore.errors import EscaleError

_READ_AT_ONCE = 2
_SECONDS = 90
_NAME_CHARACTERS = 120
_AS_IT_STANDS = (MediaType.TEXT, MediaType.MARKDOWN)
_MEGABYTE = 2**20


class EmptyDraft(EscaleError):
    """There is nothing to check."""

    code: ClassVar[str] = "empty-draft"
    text: ClassVar[str] = "There is no text to check. Paste a sentence or a whole speech."


class DraftTooLong(EscaleError):
    """The draft is longer than the settings allow."""

    code: ClassVar[str] = "draft-too-long"
    text: ClassVar[str] = (
        "The text has {length} characters; the limit is {limit}. Check it in several parts."
    )


class DraftTooLarge(EscaleError):
    """The uploaded file is larger than the settings allow."""

    code: ClassVar[str] = "draft-too-large"
    text: ClassVar[str] = (
        "“{file}” is larger than {limit} MB. Save it without its pictures, or paste its text."
    )


class DraftUnsupported(EscaleError):
    """The uploaded file is of a type that can't be read."""

    code: ClassVar[str] = "draft-unsupported"
    text: ClassVar[str] = (
        "“{file}” isn't of a type that can be read. Upload a DOCX, PDF, ODT or TXT file, or paste "
        "its text."
    )


class DraftTooSlow(EscaleError):
    """Reading the uploaded file took too long."""

    code: ClassVar[str] = "draft-too-slow"
    text: ClassVar[str] = "Reading “{file}” took too long. Paste its text instead."


def checked_draft(text: str, settings: UiSettings) -> str:
    """The draft, when it can be checked.

    Raises:
        EmptyDraft: it holds no letter and no digit.
        DraftTooLong: it is longer than the settings allow.
    """
    if not any(character.isalnum() for character in text):
        raise EmptyDraft
    if len(text) > settings.max_draft_characters:
        raise DraftTooLong(length=len(text), limit=settings.max_draft_characters)
    return text


class DraftReader:
    """Reads uploaded drafts, few at a time."""

    def __init__(self, settings: UiSettings, reading: IngestSettings | None = None) -> None:
        self._settings = settings
        self._reading = reading or IngestSettings.load()
        self._limiter = CapacityLimiter(_READ_AT_ONCE)

    async def text_of(self, content: AsyncIterator[bytes], name: str) -> str:
        """The text of an uploaded file; `name` is what its user calls it.

        Raises:
            FileRefused: it can't be read; `name` stands in the message.
            DraftTooLarge, DraftTooSlow, DraftUnsupported, DraftTooLong, EmptyDraft: as they say.
        """
        named = printable(name)[:_NAME_CHARACTERS] or "?"
        with TemporaryDirectory(prefix="escale-draft-") as folder:
            # Its ending is all that a reader asks of a name.
            path = Path(folder) / ("draft.md" if named.lower().endswith(".md") else "draft")
            await self._keep(content, path, named)
            text = await to_thread.run_sync(self._read, path, named, limiter=self._limiter)
        return checked_draft(text, self._settings)

    async def _keep(self, content: AsyncIterator[bytes], path: Path, name: str) -> None:
        left = self._settings.max_draft_megabytes * _MEGABYTE
        async with await open_file(path, "wb") as file:
            async for piece in content:
                left -= len(piece)
                if left < 0:
                    raise DraftTooLarge(file=name, limit=self._settings.max_draft_megabytes)
                await file.write(piece)

    def _read(self, path: Path, name: str) -> str:
        if path.stat().st_size == 0:
            raise EmptyDraft
        deadline = time.monotonic() + _SECONDS
        try:
            media_type = detect_media_type(path)
            reader_for(media_type, path, self._reading)
            if media_type in _AS_IT_STANDS:
                return decode(path.read_bytes()).removeprefix("\ufeff")
            reading = read_file(
                path, media_type, self._reading, cancelled=lambda: time.monotonic() > deadline
            )
        except UnsupportedFile as error:
            raise DraftUnsupported(file=name) from error
        except ReadingCancelled as error:
            raise DraftTooSlow(file=name) from error
        except FileRefused as error:
            error.params["file"] = name
            raise
        return reading.document.text


def routes(reader: DraftReader) -> APIRouter:
    """`POST /draft?name=…`: the text of the file in the body, which isn't kept."""
    router = APIRouter()

    @router.post("/draft")
    async def draft(request: Request, name: str = "", language: Language = "fr") -> Response:
        """`{"text": …}`, or `{"message": …}` that says why not."""
        headers = {"Cache-Control": "no-store"}
        try:
            text = await reader.text_of(request.stream(), name)
        except EscaleError as error:
            message = Messages(language).error(error)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return JSONResponse({"message": message}, status, headers=headers)
        return JSONResponse({"text": text}, headers=headers)

    return router
