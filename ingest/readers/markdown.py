"""Reads Markdown (CommonMark with tables, footnotes and front matter)."""

from pathlib import Path

from ingest.document import Document
from ingest.encodings import decode
from ingest.readers.html import document_of_html
from ingest.settings import IngestSettings


class MarkdownReader:
    """Reads Markdown as the web page that it describes."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.NoText: the file holds no word.
        """
        from markdown_it import MarkdownIt
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.front_matter import front_matter_plugin

        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        parser.use(footnote_plugin).use(front_matter_plugin)
        return document_of_html(parser.render(decode(path.read_bytes())), path)
