"""The reading process: `python -m ingest.worker`, started by `ingest.sandbox` only.

One task comes as a line of JSON on standard input. Lines go back: `P3/44` after each page, then
`D` and the reading, or `E` and the error.
"""

import gc
import json
import os
import sys
import threading
import traceback
from base64 import b64encode
from pathlib import Path
from typing import IO, Any

from ingest.errors import FileRefused
from ingest.exchange import Reading, dump
from ingest.layout import PagedReader
from ingest.readers import reader_for
from ingest.settings import IngestSettings

_LARGEST_FILE = 2**30  # bytes that the process may write to one file
_MEGABYTE = 2**20


def main() -> None:
    """Reads one file and says what it is."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    if "--ahead" in sys.argv:
        _warm_up()
    task = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # the process ends with its one task: nothing it makes outlives it
    settings = IngestSettings.model_validate(task["settings"])
    if task["do"] != "convert":  # LibreOffice reserves far more memory than it uses
        _limit(settings.reading_megabytes)
    try:
        answer = b"D" + _do(task, settings, answers)
    except FileRefused as refusal:
        answer = _error(refusal.code, refusal.params)
    except MemoryError:
        answer = _error("out-of-memory", {})
    except RecursionError:
        answer = _error("damaged-file", {})
    except Exception:  # noqa: BLE001  (the boundary: the parent logs it and refuses the file)
        answer = _error("failed", {}, traceback.format_exc(limit=20))
    answers.write(answer + b"\n")
    answers.flush()
    os._exit(0)  # no library's clean-up can spoil an answer already given


def _warm_up() -> None:
    """Imports what the next file probably needs, while nobody waits."""
    import ingest.pdf.reading  # noqa: F401


def _do(task: dict[str, Any], settings: IngestSettings, answers: IO[bytes]) -> bytes:
    path = Path(task["path"])
    if task["do"] == "render":
        from ingest.rendering import render

        megabytes = settings.reading_megabytes
        image = render(path, task["page"], task["rectangles"], task["width"], megabytes)
        return b64encode(image)
    if task["do"] == "convert":
        from ingest.conversion import to_pdf

        return b64encode(to_pdf(path, task["media_type"]))
    return _read(path, task["media_type"], settings, answers)


def _read(path: Path, media_type: str, settings: IngestSettings, answers: IO[bytes]) -> bytes:
    def report(done: int, total: int) -> None:
        answers.write(f"P{done}/{total}\n".encode("ascii"))
        answers.flush()

    reader = reader_for(media_type, path, settings)
    if isinstance(reader, PagedReader):
        reading = Reading(*reader.read_pages(path, report))
    else:
        reading = Reading(reader.read(path))
    return dump(reading).encode("ascii")


def _error(code: str, params: dict[str, str | int], trace: str = "") -> bytes:
    return b"E" + json.dumps({"code": code, "params": params, "trace": trace}).encode("ascii")


def _limit(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix system: the limit on time remains
        return
    for kind, most in (
        (resource.RLIMIT_AS, megabytes * _MEGABYTE),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, hard))


def _end_with_parent() -> None:
    """Waits for the input to close, as it does when the parent dies, however it dies."""
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
