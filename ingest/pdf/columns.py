"""The reading order of a page: recursive cuts along gutters and between full-width lines.

After the X–Y cut (Nagy, Seth & Viswanathan, « A Prototype Document Image Analysis System for
Technical Journals », IEEE Computer 25(7), 1992), with the file's own order as a witness: the
cells of a table come row by row, the lines of a column one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.pdf.elements import Line
from ingest.pdf.tables import Element

_NARROWEST_GUTTER = 0.7  # of the font size
_FEWEST_LINES = 2
_STRAIGHT = 2.0  # points: how far a column's left edge may waver from line to line
_PROSE_WORDS = 4.0
_DEEPEST = 8

Side = Literal["left", "right", "across"]


@dataclass(slots=True)
class _Row:
    """Elements that share a height on the page."""

    top: float
    bottom: float
    elements: list[Element]


@dataclass(slots=True)
class _Cut:
    """A gutter at `x` that runs through rows `first` to `last`, inclusive."""

    x: float
    first: int
    last: int


def reading_order(elements: Sequence[Element], depth: int = 0) -> list[list[Element]]:
    """The page's single-column regions in reading order, each from top to bottom."""
    rows = _rows(elements)
    cut = _best_cut(rows) if depth < _DEEPEST else None
    if cut is None:
        return [[element for row in rows for element in row.elements]] if rows else []
    above = [element for row in rows[: cut.first] for element in row.elements]
    inside = [element for row in rows[cut.first : cut.last + 1] for element in row.elements]
    below = [element for row in rows[cut.last + 1 :] for element in row.elements]
    left = [element for element in inside if _side(element, cut.x) == "left"]
    right = [element for element in inside if _side(element, cut.x) == "right"]
    parts = (above, left, right, below)
    return [region for part in parts if part for region in reading_order(part, depth + 1)]


def _rows(elements: Sequence[Element]) -> list[_Row]:
    """The elements from top to bottom, those that overlap in height by half together."""
    rows: list[_Row] = []
    for element in sorted(elements, key=lambda each: (each.top, each.x0)):
        middle = (element.top + element.bottom) / 2
        row = rows[-1] if rows else None
        if row is not None and isinstance(element, Line) and middle < row.bottom:
            row.elements.append(element)
        else:
            rows.append(_Row(element.top, element.bottom, [element]))
    for row in rows:
        row.elements.sort(key=lambda each: each.x0)
    return rows


def _side(element: Element, x: float) -> Side:
    if element.x1 <= x:
        return "left"
    return "right" if element.x0 >= x else "across"


def _candidates(rows: list[_Row]) -> list[float]:
    """Where a gutter may run: between neighbours of a row, one place per cluster."""
    places: list[float] = []
    for row in rows:
        for left, right in pairwise(row.elements):
            size = min(_size(left), _size(right))
            if right.x0 - left.x1 > _NARROWEST_GUTTER * size:
                # The right column's edge is straight; a ragged left column's is not.
                places.append(right.x0 - 0.25 * size)
    places.sort()
    clusters: list[list[float]] = []
    for x in places:
        if clusters and x - clusters[-1][-1] <= _STRAIGHT:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    return [cluster[0] for cluster in clusters if len(cluster) >= _FEWEST_LINES]


def _size(element: Element) -> float:
    return element.size


def _best_cut(rows: list[_Row]) -> _Cut | None:
    """The gutter through the most rows, if what it parts are columns and not a table's cells."""
    best: _Cut | None = None
    best_rows = 0
    for x in _candidates(rows):
        for first, last in _runs(rows, x):
            length = last - first + 1
            if length > best_rows and _parts_columns(rows[first : last + 1], x):
                best, best_rows = _Cut(x, first, last), length
    return best


def _runs(rows: list[_Row], x: float) -> list[tuple[int, int]]:
    """The runs of rows that nothing crosses at `x` and that have elements on both sides."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, row in enumerate([*rows, None]):
        if row is not None and not any(each.x0 < x < each.x1 for each in row.elements):
            start = index if start is None else start
        elif start is not None:
            run = _trimmed(rows, x, start, index - 1)
            if run is not None:
                runs.append(run)
            start = None
    return runs


def _trimmed(rows: list[_Row], x: float, first: int, last: int) -> tuple[int, int] | None:
    """A run without the lines above and below that belong to neither column."""
    right_rows = [
        index
        for index in range(first, last + 1)
        if any(_side(element, x) == "right" for element in rows[index].elements)
    ]
    left_rows = [
        index
        for index in range(first, last + 1)
        if any(_side(element, x) == "left" for element in rows[index].elements)
    ]
    if len(left_rows) < _FEWEST_LINES or len(right_rows) < _FEWEST_LINES:
        return None
    last_order = max(
        element.order
        for index in right_rows
        for element in rows[index].elements
        if _side(element, x) == "right"
    )
    # What follows the right column both on the page and in the file stands below the columns.
    while last > right_rows[-1] and min(e.order for e in rows[last].elements) > last_order:
        last -= 1
    return first, last


def _parts_columns(rows: list[_Row], x: float) -> bool:
    """Whether the two sides of a gutter are columns of text."""
    elements = [element for row in rows for element in row.elements]
    left = [element for element in elements if _side(element, x) == "left"]
    right = [element for element in elements if _side(element, x) == "right"]
    if not left or not right:
        return False
    both = sum(len({_side(element, x) for element in row.elements}) == 2 for row in rows)
    if both < _FEWEST_LINES:
        return False
    in_file = sorted(elements, key=lambda element: element.order)
    sides = [_side(element, x) for element in in_file]
    changes = sum(one != other for one, other in pairwise(sides))
    if changes <= 2:
        prose = _words_per_line(elements) >= _PROSE_WORDS
        return both > _FEWEST_LINES or changes == 1 or prose
    return changes < 0.35 * both or (
        _is_prose(left) and _is_prose(right) and both > 2 * _FEWEST_LINES
    )


def _words_per_line(elements: Sequence[Element]) -> float:
    lines = [element for element in elements if isinstance(element, Line)]
    return sum(len(line.words) for line in lines) / max(len(lines), 1)


def _is_prose(elements: Sequence[Element]) -> bool:
    """Whether most lines fill the column and hold several words."""
    lines = [element for element in elements if isinstance(element, Line)]
    if not lines:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(line.x1 - line.x0 > 0.8 * (right - left) for line in lines)
    return full > 0.6 * len(lines) and _words_per_line(lines) >= _PROSE_WORDS
