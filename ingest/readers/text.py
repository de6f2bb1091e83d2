"""Plain text files: their structure is read from lines, gaps and patterns."""

from itertools import groupby
from pathlib import Path

from ingest.document import BlockKind, Document
from ingest.encodings import decode
from ingest.errors import UnreadableFile
from ingest.flow import FlowText, names_columns
from ingest.plain_text.joining import joined
from ingest.plain_text.lines import lines_of
from ingest.plain_text.outline import outline
from ingest.plain_text.wrapping import chunks_of
from ingest.settings import IngestSettings


class TextReader:
    """Reads text files in UTF-8, UTF-16, UTF-32, Windows-1252, Mac Roman or code page 850."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            NoText: the file holds no letter or digit.
            UnreadableFile: the file can't be opened.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UnreadableFile(path, reason=error.strerror or str(error)) from error
        return document_of(decode(data), path)


def document_of(text: str, file: Path) -> Document:
    """The document that a text is; `file` is the file that an error names.

    Raises:
        NoText: there is no letter or digit in the text.
    """
    chunks = chunks_of(lines_of(text))
    flow = FlowText()
    parts = outline(chunks, joined(chunks))
    for is_table, group in groupby(parts, lambda part: part.kind is BlockKind.TABLE_ROW):
        if is_table:
            rows = [[cell for cell in part.text.split("\t") if cell.strip()] for part in group]
            flow.add_table(rows, header=names_columns(rows))
            continue
        for part in group:
            flow.add(part.kind, part.text, part.level)
    return flow.document(file)
