"""A PDF file → its document and the places of its words."""

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.errors import NoText, OcrFailed, OcrMissing
from ingest.layout import Layout, PageSize, Progress, QuarterTurn, Turned, turned_back
from ingest.ocr.page import read_image, settle_sizes
from ingest.ocr.tesseract import install_command, languages
from ingest.pdf.characters import page_words
from ingest.pdf.document import build_document
from ingest.pdf.drawings import page_drawings
from ingest.pdf.elements import PageContent
from ingest.pdf.engine import open_pdf
from ingest.pdf.legibility import needs_recognition
from ingest.pdf.lines import page_lines
from ingest.pdf.shown import ShownPage
from ingest.settings import IngestSettings
from vectorstore.models import ReportMetadata

SOME_PAGES_RECOGNISED = "ocr-pages"
SOME_PAGES_UNREAD = "ocr-pages-missing"
_DPI = 300
_MOST_PIXELS = 40_000_000  # a page of two metres at 300 dpi: rendered coarser
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Pages:
    """What was read: the pages' contents, their sizes as shown, and how some were turned."""

    contents: list[PageContent] = field(default_factory=list)
    sizes: list[PageSize] = field(default_factory=list)
    turns: dict[int, Turned] = field(default_factory=dict)
    recognised: set[int] = field(default_factory=set)
    unread: int = 0


def read_pdf(
    path: Path, settings: IngestSettings, progress: Progress | None = None
) -> tuple[Document, Layout]:
    """The document in a PDF.

    Raises:
        DamagedFile: the file isn't a PDF that can be read.
        EncryptedFile: a password is needed to open it.
        OcrMissing: it is a scan, and Tesseract isn't installed.
        OcrFailed: it is a scan, and Tesseract failed.
        NoText: there is no word in it.
    """
    read = _Pages()
    with open_pdf(path) as pdf:
        count = len(pdf)
        for index in range(count):
            _read_page(pdf, index, path, settings, read)
            if progress is not None:
                progress(index + 1, count)
    if read.unread and not any(page.lines for page in read.contents):
        raise OcrMissing(path, command=install_command())
    settle_sizes([page for page in read.contents if page.number in read.recognised])
    document, layout = build_document(read.contents, ReportMetadata(), _warnings(read))
    if not document.blocks:
        raise NoText(path)
    document = replace(document, recognised_pages=tuple(sorted(read.recognised)))
    return document, Layout(tuple(read.sizes), turned_back(layout.boxes, read.turns))


def _warnings(read: _Pages) -> tuple[str, ...]:
    recognised = (SOME_PAGES_RECOGNISED,) if read.recognised else ()
    return recognised + ((SOME_PAGES_UNREAD,) if read.unread else ())


def _read_page(
    pdf: Any,  # noqa: ANN401
    index: int,
    path: Path,
    settings: IngestSettings,
    read: _Pages,
) -> None:
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        _log.warning("%s: page %d can't be opened; it is left out", path.name, index + 1)
        read.contents.append(PageContent(index + 1, 612.0, 792.0, []))
        read.sizes.append(PageSize(612.0, 792.0))
        return
    try:
        read.sizes.append(PageSize(*page.get_size()))
        content, quarters, scanned = _digital(page, index + 1)
        if scanned and not languages(settings.ocr_languages):
            read.unread += 1
            content.lines = []
        elif scanned:
            try:
                content, read.turns[index + 1] = _recognised(page, index + 1, settings)
            except OSError as error:
                raise OcrFailed(path) from error
            read.recognised.add(index + 1)
        elif quarters:
            read.turns[index + 1] = QuarterTurn(quarters, content.width, content.height)
        read.contents.append(content)
    finally:
        page.close()


def _digital(page: Any, number: int) -> tuple[PageContent, int, bool]:  # noqa: ANN401
    """The page by its text layer, its quarter turns, and whether it shows something else."""
    shown = ShownPage(page)
    found = page_words(page, shown)
    rules, bullets = page_drawings(page, shown)
    lines = page_lines(found.words, rules, bullets, number)
    content = PageContent(number, shown.width, shown.height, lines, rules, bullets)
    return content, found.quarters, needs_recognition(page, shown, found.characters, lines)


def _recognised(page: Any, number: int, settings: IngestSettings) -> tuple[PageContent, Turned]:  # noqa: ANN401
    width, height = page.get_size()
    inches = width / 72 * height / 72
    dpi = min(_DPI, int((_MOST_PIXELS / max(inches, 0.01)) ** 0.5))
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    try:
        return read_image(bitmap.to_pil(), dpi, number, settings.ocr_languages)
    finally:
        bitmap.close()
