"""A table on a page: rows of cells, each cell the lines that stand in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.pdf.elements import Line

Cell = list[Line]
_NUMBER = re.compile(r"[\d\s.,%$€£()+–-]*\d[\d\s.,%$€£()+–-]*(?:[kMG]?\$|ans?|h|km|m²)?")


@dataclass(slots=True)
class Table:
    """Rows of as many cells each; a cell without text is empty. `rows` holds the header too."""

    page: int
    rows: list[list[Cell]]
    x0: float
    x1: float
    top: float
    bottom: float
    header: bool = field(init=False)

    def __post_init__(self) -> None:
        self.header = has_header(self.rows)

    @property
    def lines(self) -> list[Line]:
        """All lines of the table, row by row."""
        return [line for row in self.rows for cell in row for line in cell]

    @property
    def size(self) -> float:
        """The font size of the first line."""
        return self.lines[0].size

    @property
    def order(self) -> int:
        """The rank of the table's first word in the file."""
        return min(line.order for line in self.lines)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.rows[0])


def cell_text(cell: Cell) -> str:
    """The cell's lines as one text."""
    return " ".join(line.text for line in cell)


def has_header(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row names the columns.

    It does when it stands out by weight or colour, or when it has no number where the rows below
    have some. Each column but one must have a name.
    """
    if len(rows) < 2 or sum(bool(cell) for cell in rows[0]) < max(2, len(rows[0]) - 1):
        return False
    first = [line for cell in rows[0] for line in cell]
    body = [line for row in rows[1:] for cell in row for line in cell]
    if not body:
        return False
    if all(line.bold for line in first):
        return not all(line.bold for line in body)
    colours = {line.colour for line in first}
    if len(colours) == 1 and colours.isdisjoint({line.colour for line in body}):
        return True
    if any(_NUMBER.fullmatch(cell_text(cell)) for cell in rows[0]):
        return False
    return any(
        sum(bool(_NUMBER.fullmatch(cell_text(row[column]))) for row in rows[1:])
        > 0.5 * (len(rows) - 1)
        for column in range(len(rows[0]))
    )


Element = Line | Table
