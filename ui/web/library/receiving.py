"""Uploads as they arrive: written to their private place piece by piece."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from anyio import to_thread
from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ingest.jobs.errors import UploadCutOff
from ingest.jobs.incoming import Arriving, Incoming, shown_name
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD: Final = "files"


@dataclass(slots=True)
class Received:
    """The ids of the uploads that arrived, and why others were refused."""

    uploads: list[str] = field(default_factory=list)
    refusals: list[EscaleError] = field(default_factory=list)


async def receive(request: Request, incoming: Incoming, owner: str, replaces: str = "") -> Received:
    """Take in the files of a form (`multipart/form-data`), whatever its other fields.

    At the first refusal no more is read. What arrived whole before stays; of what didn't, nothing.

    Raises:
        ClientDisconnect: the browser left.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    received = Received()
    if kind != b"multipart/form-data" or not boundary:
        return received
    name = "?"
    try:
        with ExitStack() as open_file:
            parts = _Parts(incoming, owner, replaces, received, open_file)
            parser = MultipartParser(boundary, parts.callbacks)
            async for piece in request.stream():
                # Disks wait; the server mustn't.
                await to_thread.run_sync(parser.write, piece)
                name = parts.name
            parts.check_whole()
    except FormParserError:
        received.refusals.append(UploadCutOff(file=name))
    except EscaleError as error:
        received.refusals.append(error)
    return received


class _Parts:
    """What the parser tells of one form."""

    def __init__(
        self, incoming: Incoming, owner: str, replaces: str, received: Received, files: ExitStack
    ) -> None:
        self.name = "?"
        self._incoming = incoming
        self._owner = owner
        self._replaces = replaces
        self._received = received
        self._files = files
        self._upload = ""
        self._arriving: Arriving | None = None
        self._header = b""
        self._value = b""
        self._disposition = b""

    @property
    def callbacks(self) -> "MultipartCallbacks":
        """For the parser."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._open,
            "on_part_data": self._write,
            "on_part_end": self._close,
        }

    def check_whole(self) -> None:
        """Refuse a file whose end never came."""
        if self._arriving is not None:
            raise UploadCutOff(file=self.name)

    def _begin(self) -> None:
        self._header = self._value = self._disposition = b""

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _open(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        # A browser sends an empty part for a field in which nothing was chosen.
        if options.get(b"name") != FIELD.encode() or not name:
            return
        self.name = shown_name(name)
        taken = self._incoming.receive(self._owner, name, self._replaces)
        self._upload, self._arriving = self._files.enter_context(taken)

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._arriving is not None:
            self._arriving.write(data[start:end])

    def _close(self) -> None:
        if self._arriving is not None:
            self._arriving = None
            self._files.pop_all().close()
            self._received.uploads.append(self._upload)
