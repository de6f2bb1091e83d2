"""A page of a PDF or an image file as WEBP, with rectangles highlighted."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.errors import DamagedFile
from ingest.media_type import MediaType, detect_media_type

_MARKER = (255, 226, 92)
_QUALITY = 80
_MARGIN = 0.0012  # of the page's width, around each rectangle
_TALLEST = 4  # times the width: taller pages are made narrower


def render(
    path: Path, page: int, rectangles: Sequence[Sequence[float]], width: int, megabytes: int
) -> bytes:
    """Page `page` (from 1) of a file, `width` pixels wide, as WEBP.

    `rectangles` are (left, top, width, height) as shares of the page.

    Raises:
        DamagedFile: the file has no such page, or the page can't be drawn.
        TooLargeUnpacked: the page's image has too many pixels.
    """
    if detect_media_type(path) == MediaType.PDF:
        image = _pdf_page(path, page, width)
    else:
        image = _image_page(path, page, width, megabytes)
    buffer = io.BytesIO()
    _highlighted(image, rectangles).save(buffer, "WEBP", quality=_QUALITY, method=4)
    return buffer.getvalue()


def _pdf_page(path: Path, page: int, width: int) -> Any:  # noqa: ANN401  (a Pillow image)
    import pypdfium2

    from ingest.pdf.engine import open_pdf

    with open_pdf(path) as pdf:
        if not 1 <= page <= len(pdf):
            raise DamagedFile(path)
        try:
            shown = pdf[page - 1]
            wide, high = shown.get_size()
            scale = width / wide * min(1.0, _TALLEST * wide / high)
            bitmap = shown.render(scale=scale, may_draw_forms=False)
            image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            shown.close()
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(path) from error
        return image


def _image_page(path: Path, page: int, width: int, megabytes: int) -> Any:  # noqa: ANN401
    from PIL import Image

    from ingest.readers.image import open_image, upright

    with open_image(path, megabytes) as image:
        if not 1 <= page <= getattr(image, "n_frames", 1):
            raise DamagedFile(path)
        image.seek(page - 1)
        frame = upright(image)
        height = min(round(frame.height * width / frame.width), _TALLEST * width)
        return frame.resize((width, max(height, 1)), Image.Resampling.LANCZOS)


def _highlighted(image: Any, rectangles: Sequence[Sequence[float]]) -> Any:  # noqa: ANN401
    """The image as if a marker pen had gone over it: what is dark stays dark."""
    from PIL import Image, ImageChops, ImageDraw

    if not rectangles:
        return image
    layer = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(layer)
    margin = _MARGIN * image.width
    for left, top, wide, high in rectangles:
        pen.rectangle(
            (
                left * image.width - margin,
                top * image.height,
                (left + wide) * image.width + margin,
                (top + high) * image.height,
            ),
            fill=_MARKER,
        )
    return ImageChops.multiply(image, layer)
