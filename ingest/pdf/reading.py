"""A PDF file → its document and the places of its words."""

from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.layout import Layout, Progress
from ingest.pdf.characters import ShownPage, page_words
from ingest.pdf.document import build_document
from ingest.pdf.drawings import page_drawings
from ingest.pdf.elements import PageContent
from ingest.pdf.engine import open_pdf
from ingest.pdf.lines import page_lines
from vectorstore.models import ReportMetadata


def read_pdf(path: Path, progress: Progress | None = None) -> tuple[Document, Layout]:
    """The document in a PDF with a text layer.

    `progress` is called with the number of pages read and of all pages, after each page.

    Raises:
        ingest.errors.UnreadableFile: the file isn't a readable PDF.
    """
    pages: list[PageContent] = []
    with open_pdf(path) as pdf:
        for index in range(len(pdf)):
            pages.append(_read_page(pdf, index))
            if progress is not None:
                progress(index + 1, len(pdf))
    return build_document(pages, ReportMetadata())


def _read_page(pdf: Any, index: int) -> PageContent:  # noqa: ANN401
    page = pdf[index]
    try:
        shown = ShownPage(page)
        words, _ = page_words(page, shown)
        rules, bullets = page_drawings(page, shown)
        lines = page_lines(words, rules, bullets, index + 1)
        return PageContent(index + 1, shown.width, shown.height, lines, rules, bullets)
    finally:
        page.close()
