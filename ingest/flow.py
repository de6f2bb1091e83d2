"""The text of a document without lines and pages of its own: blocks one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Block, BlockKind, Document
from ingest.errors import NoText
from ingest.glyphs import flowing
from vectorstore.models import PageSpan, ReportMetadata, Span

LABEL = " : "
BETWEEN_CELLS = " — "
_LONG_CELL = 70  # words: more is text that was laid out with a table


@dataclass(slots=True)
class FlowText:
    """A document that grows block by block. `pages` holds each page's first offset."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Writes one block; white space is folded, an empty text is left out."""
        written = flowing(text)
        if not any(character.isalnum() for character in written):
            return
        if self.blocks:
            previous = self.blocks[-1].kind
            tight = kind == previous and kind in (BlockKind.ITEM, BlockKind.TABLE_ROW)
            self._write("\n" if tight else "\n\n")
        start = self.length
        self._write(written)
        self.blocks.append(Block(kind, Span(start, self.length), level))

    def add_table(self, rows: Sequence[Sequence[str]], *, header: bool) -> None:
        """Writes a table row by row, each cell after its column's name."""
        cleaned = [[flowing(cell) for cell in row] for row in rows]
        names: Sequence[str] = ()
        if header and len(cleaned) > 1:
            names, cleaned = cleaned[0], cleaned[1:]
            self.add(BlockKind.TABLE_ROW, BETWEEN_CELLS.join(name for name in names if name))
        for row in cleaned:
            cells = [
                f"{names[column]}{LABEL}{cell}" if column < len(names) and names[column] else cell
                for column, cell in enumerate(row)
                if cell
            ]
            self.add(BlockKind.TABLE_ROW, BETWEEN_CELLS.join(cells))

    def begin_page(self, page: int) -> None:
        """Tells that what follows stands on a page, counted from 1."""
        self.starts.append((self.length, page))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def document(self, file: Path, metadata: ReportMetadata | None = None) -> Document:
        """The document.

        Raises:
            NoText: nothing was written; `file` is the file that the error names.
        """
        if not self.blocks:
            raise NoText(file)
        ends = [*(start for start, _ in self.starts[1:]), self.length][: len(self.starts)]
        pages = tuple(
            PageSpan(page, Span(start, end))
            for (start, page), end in zip(self.starts, ends, strict=True)
            if end > start
        )
        text = "".join(self.parts)
        return Document(text, tuple(self.blocks), pages, metadata or ReportMetadata())


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds running text rather than data: one column, one row, or long cells."""
    filled = [cell.split() for row in rows for cell in row if cell.strip()]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2 or len(filled) < 3:
        return True
    return sum(len(words) for words in filled) / len(filled) > _LONG_CELL


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row, which nothing marks as a header, looks like one.

    It does when it has no digit, a name in each column, and numbers stand below a name.
    """
    if len(rows) < 2 or not all(cell.strip() for cell in rows[0]):
        return False
    if any(character.isdigit() for cell in rows[0] for character in cell):
        return False
    return any(
        sum(any(c.isdigit() for c in row[column]) for row in rows[1:] if column < len(row))
        > 0.5 * (len(rows) - 1)
        for column in range(len(rows[0]))
    )
