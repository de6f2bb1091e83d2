"""Reading a file in a process of its own: what a hostile or broken file does ends there.

The process has limits on memory and on the time between two pages, no way to hand back anything
but JSON, and ends with its parent. It can be cancelled between pages.
"""

import atexit
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from ingest.errors import (
    FileRefused,
    ReaderFailed,
    ReadingCancelled,
    ReadingTooSlow,
    TooLargeUnpacked,
)
from ingest.exchange import Reading, load
from ingest.layout import Progress
from ingest.settings import IngestSettings

_POLL = 0.1  # seconds between two looks at the clock and at `cancelled`
_START = 60.0  # seconds that the process may take to begin, on a busy machine
_OUT_OF_MEMORY = "out-of-memory"
_log = logging.getLogger(__name__)


def read_file(
    path: Path,
    media_type: str,
    settings: IngestSettings,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """What the reader of `media_type` makes of the file at `path`.

    `progress` is called after each page, in the caller's thread; `cancelled` is asked ten times a
    second.

    Raises:
        FileRefused: the reader refused the file; reading it took too much memory or time; it was
            cancelled; or the process died.
    """
    task = {"do": "read", "path": os.fspath(path.absolute()), "media_type": media_type}
    answer = _run(task, path, settings, progress=progress, cancelled=cancelled)
    try:
        return load(answer)
    except ValueError as error:
        _log.exception("the reading process handed back nonsense for %s", path.name)
        raise ReaderFailed(path) from error


def render_page(
    path: Path, page: int, rectangles: str, width: int, settings: IngestSettings
) -> bytes:
    """Page `page` of a PDF or image file as WEBP; `rectangles` is a JSON list of shares.

    Raises:
        FileRefused: as `read_file`.
    """
    task = {
        "do": "render",
        "path": os.fspath(path.absolute()),
        "page": page,
        "rectangles": json.loads(rectangles),
        "width": width,
    }
    return b64decode(_run(task, path, settings))


def convert_to_pdf(path: Path, media_type: str, settings: IngestSettings) -> bytes:
    """What LibreOffice makes of an office file.

    Raises:
        FileRefused: as `read_file`; LibreOffice failed.
    """
    task = {"do": "convert", "path": os.fspath(path.absolute()), "media_type": media_type}
    return b64decode(_run(task, path, settings))


def _run(
    task: dict[str, Any],
    path: Path,
    settings: IngestSettings,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The answer of a process of its own to a task about the file at `path`."""
    with _process() as process:
        messages = _messages(process)
        _send(process, {**task, "settings": settings.model_dump(mode="json")})
        deadline = time.monotonic() + max(_START, settings.reading_seconds_per_page)
        while True:
            if cancelled is not None and cancelled():
                raise ReadingCancelled(path)
            if time.monotonic() > deadline:
                raise ReadingTooSlow(path, seconds=settings.reading_seconds_per_page)
            try:
                line = messages.get(timeout=_POLL)
            except queue.Empty:
                continue
            if line is None:
                raise _died(process, path, settings)
            kind, content = line[:1], line[1:]
            if kind == b"P":
                deadline = time.monotonic() + settings.reading_seconds_per_page
                _report(progress, content)
            elif kind == b"D":
                return content
            elif kind == b"E":
                raise _refusal(json.loads(content), path, settings)


class _Ahead:
    """One process that waits for the next task: starting it took longer than many files take."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def take(self) -> subprocess.Popen[bytes]:
        """A process for a task; another is started to wait for the next one."""
        with self._lock:
            process, self._waiting = self._waiting, None
            if process is None or process.poll() is not None:
                process = _start()
            self._waiting = _start("--ahead")
            return process

    def end(self) -> None:
        """Ends the waiting process."""
        with self._lock:
            if self._waiting is not None:
                _end(self._waiting)
                self._waiting = None


_ahead = _Ahead()


def _start(*options: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-P", "-m", "ingest.worker", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process with all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """A process for one task, ended with all that it started when the block is left."""
    process = _ahead.take()
    try:
        yield process
    finally:
        _end(process)


def _send(process: subprocess.Popen[bytes], task: dict[str, Any]) -> None:
    """Gives the process its task; its input stays open, since it ends when its parent's does."""
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(task).encode("ascii") + b"\n")
            process.stdin.flush()


def _messages(process: subprocess.Popen[bytes]) -> "queue.Queue[bytes | None]":
    """What the process says, line by line, then None."""
    messages: queue.Queue[bytes | None] = queue.Queue()

    def pump(pipe: IO[bytes]) -> None:
        with suppress(ValueError, OSError):  # the pipe was closed by a cancellation
            for line in pipe:
                messages.put(line)
        messages.put(None)

    if process.stdout is not None:
        threading.Thread(target=pump, args=(process.stdout,), daemon=True).start()
    return messages


def _report(progress: Progress | None, content: bytes) -> None:
    if progress is not None:
        done, _, total = content.partition(b"/")
        progress(int(done), int(total))


def _died(process: subprocess.Popen[bytes], path: Path, settings: IngestSettings) -> FileRefused:
    code = process.wait()
    _log.warning("reading %s ended with exit code %s", path.name, code)
    if code == -signal.SIGKILL:  # the system took the memory back
        return TooLargeUnpacked(path, megabytes=settings.reading_megabytes)
    return ReaderFailed(path)


def _refusal(error: dict[str, Any], path: Path, settings: IngestSettings) -> FileRefused:
    """The error that the reader raised, made again on this side."""
    code = error["code"]
    if code == _OUT_OF_MEMORY:
        return TooLargeUnpacked(path, megabytes=settings.reading_megabytes)
    params = {name: value for name, value in error["params"].items() if name != "file"}
    for kind in _refusals(FileRefused):
        if kind.code == code:
            return kind(path, **params)
    _log.error("reading %s failed: %s", path.name, error.get("trace", code))
    return ReaderFailed(path)


def _refusals(kind: type[FileRefused]) -> Iterator[type[FileRefused]]:
    yield kind
    for sub in kind.__subclasses__():
        yield from _refusals(sub)
