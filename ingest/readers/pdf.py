"""Reads PDF files, digital or scanned."""

from pathlib import Path

from ingest.document import Document
from ingest.layout import Layout, Progress
from ingest.settings import IngestSettings


class PdfReader:
    """Reads the text layer of each page; pages without a usable one are recognised (OCR)."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.UnreadableFile: the file isn't a readable PDF, or holds no text.
        """
        return self.read_pages(path)[0]

    def read_pages(self, path: Path, progress: Progress | None = None) -> tuple[Document, Layout]:
        """The document and the places of its words; see `ingest.layout.PagedReader`."""
        from ingest.pdf.reading import read_pdf

        return read_pdf(path, self._settings, progress)
