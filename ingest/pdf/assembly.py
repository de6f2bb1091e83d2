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
        words = [(word, line.page) for line in lines for word in line.words]
        ends = set()
        position = 0
        for line in lines[:-1]:
            position += len(line.words)
            ends.add(position - 1)
        for index, (word, page) in enumerate(words):
            at_line_start = index - 1 in ends
            broken = index in ends and self._is_broken(word, words[index + 1][0])
            if index and not (at_line_start and self._was_broken(words[index - 1][0])):
                self._write(" " if at_line_start else word.gap)
            self._word(word, page, drop_hyphen=broken)

    def _is_broken(self, word: Word, following: Word) -> bool:
        """Whether a line's last word is the first half of a word without a hyphen."""
        if len(word.text) < 2 or word.text[-1] not in HYPHENS or not word.text[-2].isalnum():
            return False
        return not self.vocabulary.keeps_hyphen(word.text, following.text)

    @staticmethod
    def _was_broken(word: Word) -> bool:
        return len(word.text) > 1 and word.text[-1] in HYPHENS and word.text[-2].isalnum()

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
