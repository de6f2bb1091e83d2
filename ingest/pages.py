"""The pages of stored files as images, with quotes highlighted.

Everything is kept under `pages/` in the data folder and can be thrown away: what is missing is
made again. Files are opened in a process of their own only (`ingest.sandbox`).
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Collection, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Self

from ingest.exchange import Reading, dump, load
from ingest.locating import Highlight, Rectangle, locate
from ingest.media_type import MediaType
from ingest.sandbox import convert_to_pdf, read_file, render_page
from ingest.settings import IngestSettings

FOLDER = "pages"
WIDTH = 1240  # pixels: 150 dots an inch of a letter page
_READING = "reading.json"
_CONVERTED = "converted.pdf"
_log = logging.getLogger(__name__)
_OFFICE = frozenset({MediaType.DOCX, MediaType.ODT, MediaType.PPTX})
_IMAGES = frozenset(
    {
        MediaType.PNG,
        MediaType.JPEG,
        MediaType.TIFF,
        MediaType.WEBP,
        MediaType.BMP,
        MediaType.GIF,
    }
)


class PageViews:
    """Page images and highlights of the versions of reports; safe to call from several threads."""

    def __init__(self, folder: Path, settings: IngestSettings) -> None:
        self._folder = folder
        self._settings = settings
        self._lock = threading.Lock()
        self._readings: dict[str, tuple[int, Reading]] = {}

    @classmethod
    def open(cls, data_dir: Path, settings: IngestSettings | None = None) -> Self:
        """The page views of a data folder."""
        return cls(data_dir / FOLDER, settings or IngestSettings.load())

    def shows_pages(self, media_type: str) -> bool:
        """Whether files of a type have page images: office files do with LibreOffice installed."""
        if media_type in _OFFICE:
            return shutil.which("soffice") is not None
        return media_type == MediaType.PDF or media_type in _IMAGES

    def remember(self, version: str, reading: Reading) -> None:
        """Keeps what was read of a version, so that its first view needn't read it again."""
        if reading.layout is None:
            return
        try:
            self._write(self._home(version) / _READING, dump(reading).encode("ascii"))
        except OSError:  # it is read again when it is asked for
            _log.warning("the places of the words of %s could not be kept", version, exc_info=True)

    def strays(self, versions: Collection[str]) -> list[Path]:
        """What is kept of other versions than these."""
        if not self._folder.exists():
            return []
        return sorted(home for home in self._folder.iterdir() if home.name not in versions)

    def sweep(self, versions: Collection[str]) -> None:
        """Throws away what is kept of other versions than these."""
        for home in self.strays(versions):
            if home.is_dir() and not home.is_symlink():
                shutil.rmtree(home, ignore_errors=True)
            else:
                home.unlink(missing_ok=True)
        with self._lock:
            for version in self._readings.keys() - set(versions):
                del self._readings[version]

    def page_count(self, version: str, source: Path, media_type: str) -> int:
        """The number of pages of a version's file.

        Raises:
            FileRefused: the file can't be read any more.
        """
        layout = self._reading(version, source, media_type).layout
        return len(layout.pages) if layout is not None else 0

    def highlights(
        self, version: str, source: Path, media_type: str, quote: str, start: int
    ) -> tuple[Highlight, ...]:
        """Where a quote that starts at `start` of the version's text stands on its pages.

        Empty for formats without pages, and when the quote isn't on them.

        Raises:
            FileRefused: the file can't be read any more.
        """
        if not self.shows_pages(media_type):
            return ()
        reading = self._reading(version, source, media_type)
        if reading.layout is None:
            return ()
        return locate(reading.document.text, reading.layout, quote, start)

    def image(
        self,
        version: str,
        source: Path,
        media_type: str,
        page: int,
        rectangles: Sequence[Rectangle] = (),
    ) -> Path:
        """The WEBP file of a page, counted from 1, `WIDTH` pixels wide, rectangles highlighted.

        Raises:
            FileRefused: the page can't be rendered.
        """
        marks = json.dumps([astuple(rectangle) for rectangle in rectangles])
        digest = hashlib.sha256(f"{WIDTH}{marks}".encode()).hexdigest()[:16]
        target = self._home(version) / f"{page}-{digest}.webp"
        if not target.exists():
            content = render_page(
                self._paged_file(version, source, media_type), page, marks, WIDTH, self._settings
            )
            self._write(target, content)
        return target

    def _home(self, version: str) -> Path:
        return self._folder / version

    def _paged_file(self, version: str, source: Path, media_type: str) -> Path:
        """The file whose pages are shown: the source, or what LibreOffice makes of it."""
        if media_type not in _OFFICE:
            return source
        converted = self._home(version) / _CONVERTED
        if not converted.exists():
            self._write(converted, convert_to_pdf(source, media_type, self._settings))
        return converted

    def _reading(self, version: str, source: Path, media_type: str) -> Reading:
        kept = self._home(version) / _READING
        with self._lock:
            written, known = self._readings.get(version, (0, None))
        # A report may have been read anew meanwhile.
        if known is not None and written == _written(kept):
            return known
        reading = _kept_reading(kept)
        if reading is None:
            paged = self._paged_file(version, source, media_type)
            paged_type = MediaType.PDF.value if media_type in _OFFICE else media_type
            reading = read_file(paged, paged_type, self._settings)
            self._write(kept, dump(reading).encode("ascii"))
        with self._lock:
            while len(self._readings) >= 16:
                self._readings.pop(next(iter(self._readings)))
            self._readings[version] = (_written(kept), reading)
        return reading

    def _write(self, target: Path, content: bytes) -> None:
        """Writes a file at once: a reader sees all of it or nothing."""
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(target)


def _written(kept: Path) -> int:
    """When a file was written, in nanoseconds; 0 where there is none."""
    try:
        return kept.stat().st_mtime_ns
    except OSError:
        return 0


def _kept_reading(kept: Path) -> Reading | None:
    try:
        return load(kept.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
