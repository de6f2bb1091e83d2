"""Blocks → the document's text, with each word's place on its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import Block, BlockKind
from ingest.layout import WordBox
from ingest.pdf.elements import Line, Word
from ingest.pdf.hyphens import HYPHENS, Vocabulary
from ingest.pdf.tables import Table
from vectorstore.models import Span

LABEL = " : "
BETWEEN_CELLS = " — "


@dataclass(slots=True)
class TextBuilder:
    """A text that grows block by block; remembers where each word stands."""

    vocabulary: Vocabulary
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    boxes: list[WordBox] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.parts)

    def add_block(self, kind: BlockKind, lines: Sequence[Line], level: int = 0) -> None:
        """Writes lines as one block."""
        self._separate(kind)
        start = self.length
        self._lines(lines)
        self._close(kind, start, level)

    def add_table(self, table: Table, header: Sequence[str] = ()) -> None:
        """Writes a table row by row, each cell after its column's name.

        `header` names the columns of a table that goes on from the page before.
        """
        rows = table.rows
        names: Sequence[Sequence[Line]] = ()
        if table.header:
            self._separate(BlockKind.TABLE_ROW)
            start = self.length
            self._cells(rows[0], (), ())
            self._close(BlockKind.TABLE_ROW, start, 0)
            names, rows = rows[0], rows[1:]
        for row in rows:
            self._separate(BlockKind.TABLE_ROW)
            start = self.length
            self._cells(row, names, header)
            self._close(BlockKind.TABLE_ROW, start, 0)

    def _separate(self, kind: BlockKind) -> None:
        if self.blocks:
            previous = self.blocks[-1].kind
            tight = kind == previous and kind in (BlockKind.ITEM, BlockKind.TABLE_ROW)
            self._write("\n" if tight else "\n\n")

    def _close(self, kind: BlockKind, start: int, level: int) -> None:
        if self.length > start:
            self.blocks.append(Block(kind, Span(start, self.length), level))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _cells(
        self, row: Sequence[Sequence[Line]], names: Sequence[Sequence[Line]], header: Sequence[str]
    ) -> None:
        first = True
        for column, cell in enumerate(row):
            if not cell:
                continue
            if not first:
                self._write(BETWEEN_CELLS)
            first = False
            if column < len(names) and names[column]:
                self._lines(names[column])
                self._write(LABEL)
            elif column < len(header) and header[column]:
                self._write(header[column] + LABEL)
            self._lines(cell)

    def _lines(self, lines: Sequence[Line]) -> None:
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else None
            drop = following is not None and self._is_broken(line, following)
            for index, word in enumerate(line.words):
                if index:
                    self._write(word.gap)
                last = index == len(line.words) - 1
                self._word(word, line.page, drop_hyphen=drop and last)
            if following is not None and not _ends_with_hyphen(line):
                self._write(" ")

    def _is_broken(self, line: Line, following: Line) -> bool:
        """Whether a line ends with the first half of a word that has no hyphen of its own."""
        if not _ends_with_hyphen(line):
            return False
        return not self.vocabulary.keeps_hyphen(_tail(line), _head(following))

    def _word(self, word: Word, page: int, *, drop_hyphen: bool) -> None:
        text = word.text
        if not text.isascii() or drop_hyphen:
            text = _mended(text, drop_hyphen=drop_hyphen)
        if not text:
            return
        start = self.length
        self._write(text)
        box = WordBox(start, self.length, page, word.x0, word.top, word.x1, word.bottom)
        self.boxes.append(box)


def _mended(text: str, *, drop_hyphen: bool) -> str:
    """A word with a plain hyphen at its end, or none, and no soft hyphen."""
    if drop_hyphen:
        text = text[:-1]
    elif text[-1] in "\u00ad\u2010" and len(text) > 1:
        text = text[:-1] + "-"
    return text.replace("\u00ad", "")


def _tail(line: Line) -> str:
    """The line's last word, whole even where the file has it in pieces."""
    start = len(line.words) - 1
    while start > 0 and not line.words[start].gap:
        start -= 1
    return "".join(word.text for word in line.words[start:])


def _head(line: Line) -> str:
    """The line's first word, whole even where the file has it in pieces."""
    end = 1
    while end < len(line.words) and not line.words[end].gap:
        end += 1
    return "".join(word.text for word in line.words[:end])


def _ends_with_hyphen(line: Line) -> bool:
    tail = _tail(line)
    return len(tail) > 1 and tail[-1] in HYPHENS and tail[-2].isalnum()
