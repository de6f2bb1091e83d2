"""Reads scans that come as images: PNG, JPEG, TIFF of several pages, WebP, BMP, GIF."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.errors import DamagedFile, NoText, OcrFailed, OcrMissing, TooLargeUnpacked
from ingest.layout import Layout, Progress, turned_back
from ingest.settings import IngestSettings
from vectorstore.models import ReportMetadata

_MOST_PIXELS = 120_000_000
_LEAST_DPI, _MOST_DPI = 100, 1200
_PAGE_INCHES = 8.5  # the width of a page whose image doesn't say its resolution


class ImageReader:
    """Recognises the text of images; each frame is a page."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`; see `read_pages`."""
        return self.read_pages(path)[0]

    def read_pages(self, path: Path, progress: Progress | None = None) -> tuple[Document, Layout]:
        """The document in the image at `path`, and where its words stand.

        Raises:
            OcrMissing: Tesseract isn't installed.
            OcrFailed: Tesseract failed.
            DamagedFile: the file isn't an image that can be read.
            TooLargeUnpacked: the image has too many pixels.
            NoText: no word was recognised.
        """
        from ingest.ocr.page import read_image, settle_sizes
        from ingest.ocr.tesseract import install_command, languages
        from ingest.pdf.document import build_document

        if not languages(self._settings.ocr_languages):
            raise OcrMissing(path, command=install_command())
        contents, turns = [], {}
        with open_image(path, self._settings.reading_megabytes) as image:
            frames = getattr(image, "n_frames", 1)
            for index in range(frames):
                image.seek(index)
                number, frame, dpi = index + 1, upright(image), resolution(image)
                try:
                    content, turns[number] = read_image(
                        frame, dpi, number, self._settings.ocr_languages
                    )
                except OSError as error:
                    raise OcrFailed(path) from error
                contents.append(content)
                if progress is not None:
                    progress(number, frames)
        settle_sizes(contents)
        document, layout = build_document(contents, ReportMetadata(), ("ocr-pages",))
        if not document.blocks:
            raise NoText(path)
        document = replace(document, recognised_pages=tuple(sorted(turns)))
        return document, Layout(layout.pages, turned_back(layout.boxes, turns))


@contextmanager
def open_image(path: Path, megabytes: int) -> Iterator[Any]:
    """An image file, opened by Pillow with a limit on its pixels.

    Raises:
        DamagedFile: it isn't an image that can be read.
        TooLargeUnpacked: it has too many pixels.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and is an error, not a warning
    try:
        with Image.open(path) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise TooLargeUnpacked(path, megabytes=megabytes)
            image.load()
            yield image
    except (UnidentifiedImageError, SyntaxError, EOFError, ValueError, OSError) as error:
        raise DamagedFile(path) from error


def upright(image: Any) -> Any:  # noqa: ANN401
    """The current frame as it is meant to be seen: turned by its EXIF tag, on white."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        layers = turned.convert("RGBA")
        white = Image.new("RGBA", layers.size, "white")
        return Image.alpha_composite(white, layers).convert("RGB")
    return turned.convert("RGB")


def resolution(image: Any) -> int:  # noqa: ANN401
    """The image's pixels an inch: what it says, or as if it were as wide as a page."""
    said = image.info.get("dpi")
    dpi = float(said[0]) if said else 0.0
    if not _LEAST_DPI <= dpi <= _MOST_DPI:
        dpi = min(image.width, image.height) / _PAGE_INCHES
    return int(min(max(dpi, _LEAST_DPI), _MOST_DPI))
