"""Tables without rules: consecutive lines whose pieces stand under each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.elements import Line
from ingest.pdf.lines import is_marker
from ingest.pdf.tables import Cell, Element, Table

_FEWEST_ROWS = 3
_NOTE = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡]{1,3}")
_FEWEST_ROWS_OF_MANY = 2  # with three columns or more
_WIDEST_STEP = 3.2  # from row to row, of the font size


@dataclass(slots=True)
class _Band:
    """The extent in x of a column."""

    x0: float
    x1: float


def aligned_tables(region: Sequence[Element]) -> list[Element]:
    """The region with aligned rows made tables and the other rows' pieces made whole lines."""
    rows = _rows(region)
    result: list[Element] = []
    index = 0
    while index < len(rows):
        end, bands = _longest_run(rows, index)
        if end > index and _is_table(rows[index:end], bands):
            result.append(_table(rows[index:end], bands))
            index = end
        else:
            result += _whole(rows[index])
            index += 1
    return result


def _rows(region: Sequence[Element]) -> list[list[Element]]:
    rows: list[list[Element]] = []
    for element in sorted(region, key=lambda each: (each.top, each.x0)):
        row = rows[-1] if rows else None
        if (
            row is not None
            and isinstance(element, Line)
            and isinstance(row[0], Line)
            and abs(row[0].baseline - element.baseline) < 0.45 * max(row[0].size, element.size)
        ):
            row.append(element)
        else:
            rows.append([element])
    for row in rows:
        row.sort(key=lambda each: each.x0)
    return rows


def _whole(row: list[Element]) -> list[Element]:
    if len(row) == 1:
        return row
    words = [word for piece in row if isinstance(piece, Line) for word in piece.words]
    for piece in row[1:]:
        if isinstance(piece, Line) and not piece.words[0].gap:
            piece.words[0].gap = " "
    first = row[0]
    page = first.page
    return [Line(words, page)]


def _longest_run(rows: list[list[Element]], start: int) -> tuple[int, list[_Band]]:
    """The end of the run of rows from `start` that keep at least two columns apart."""
    if len(rows[start]) < 2:
        return start, []
    bands = _widen([], rows[start])
    end = start + 1
    last_multiple = start
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if any(isinstance(piece, Table) for piece in row) or _far(rows[index - 1], row):
            break
        widened = _widen(bands, row)
        if len(widened) < 2 or _spans(bands, row):
            break
        if len(row) == 1 and not _may_continue(rows, index, widened):
            break
        bands = widened
        if len(row) > 1:
            last_multiple = index
        end = index + 1
    if last_multiple + 1 < end:
        end = _trailing(rows, last_multiple, end, bands)
    return end, bands


def _trailing(rows: list[list[Element]], last: int, end: int, bands: list[_Band]) -> int:
    """The end of a run whose last rows have one piece: wrapped cells only, not the next text."""
    stop = last + 1
    while stop < end and rows[stop][0].x0 > bands[0].x1 and _near(rows[stop - 1], rows[stop]):
        stop += 1
    return stop


def _near(above: list[Element], below: list[Element]) -> bool:
    return min(e.top for e in below) - max(e.bottom for e in above) < 0.5 * below[0].size


def _far(above: list[Element], below: list[Element]) -> bool:
    return min(e.top for e in below) - max(e.top for e in above) > _WIDEST_STEP * below[0].size


def _spans(bands: list[_Band], row: list[Element]) -> bool:
    """Whether a piece of the row lies across two columns."""
    return any(
        sum(piece.x0 < band.x1 - 1 and band.x0 + 1 < piece.x1 for band in bands) > 1
        for piece in row
    )


def _may_continue(rows: list[list[Element]], index: int, bands: list[_Band]) -> bool:
    """Whether a row of one piece is a wrapped cell: aligned with a column, more rows after it."""
    piece = rows[index][0]
    later = any(len(row) > 1 for row in rows[index + 1 : index + 5])
    return (later and piece.x1 < bands[-1].x0) or piece.x0 > bands[0].x1


def _widen(bands: list[_Band], row: list[Element]) -> list[_Band]:
    """The columns after a row joined them: overlapping extents become one."""
    pieces = [_Band(piece.x0, piece.x1) for piece in row]
    merged: list[_Band] = []
    for band in sorted([*bands, *pieces], key=lambda each: each.x0):
        if merged and band.x0 < merged[-1].x1 + 1:
            merged[-1] = _Band(merged[-1].x0, max(merged[-1].x1, band.x1))
        else:
            merged.append(_Band(band.x0, band.x1))
    return merged


def _is_table(rows: list[list[Element]], bands: list[_Band]) -> bool:
    multiple = [row for row in rows if len(row) > 1]
    needed = _FEWEST_ROWS if len(bands) == 2 else _FEWEST_ROWS_OF_MANY
    if len(bands) < 2 or len(multiple) < needed or len(multiple) < 0.4 * len(rows):
        return False
    if len(bands) == 2 and all(_is_mark(row[0]) for row in multiple):
        return False
    used = [sum(any(_within(p, band) for p in row) for row in multiple) for band in bands]
    return all(count >= 0.3 * len(multiple) for count in used[:2])


def _is_mark(piece: Element) -> bool:
    """Whether a piece is the number of a note or the bullet of an item, not a cell."""
    return isinstance(piece, Line) and (
        is_marker(piece.text) or _NOTE.fullmatch(piece.text) is not None
    )


def _within(piece: Element, band: _Band) -> bool:
    return band.x0 - 1 <= piece.x0 and piece.x1 <= band.x1 + 1


def _table(rows: list[list[Element]], bands: list[_Band]) -> Table:
    pieces = [piece for row in rows for piece in row if isinstance(piece, Line)]
    strips = _strips(pieces)
    cells: list[list[Cell]] = []
    for strip in strips:
        row: list[Cell] = [[] for _ in bands]
        for piece in strip:
            place = next(i for i, band in enumerate(bands) if _within(piece, band))
            row[place].append(piece)
        if cells and not row[0] and not _wide_gap(strips):
            for cell, more in zip(cells[-1], row, strict=True):
                cell.extend(more)
        else:
            cells.append(row)
    return Table(
        page=pieces[0].page,
        rows=cells,
        x0=bands[0].x0,
        x1=bands[-1].x1,
        top=min(piece.top for piece in pieces),
        bottom=max(piece.bottom for piece in pieces),
    )


def _gaps(strips: list[list[Line]]) -> list[float]:
    return [
        min(line.top for line in below) - max(line.bottom for line in above)
        for above, below in pairwise(strips)
    ]


def _wide_gap(strips: list[list[Line]]) -> bool:
    """Whether the rows are so far apart that none of them can be a wrapped cell."""
    return min(_gaps(strips), default=0.0) > 0.5 * strips[0][0].size


def _strips(pieces: list[Line]) -> list[list[Line]]:
    """The table's rows: parted where the space between lines is wider than inside a cell."""
    strips: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: (line.top, line.x0)):
        if strips and piece.top < max(line.bottom for line in strips[-1]) - 1:
            strips[-1].append(piece)
        else:
            strips.append([piece])
    gaps = _gaps(strips)
    if not gaps or max(gaps) < 2 * max(min(gaps), 0.0) + 1.5:
        return strips
    limit = (max(gaps) + min(gaps)) / 2
    joined = [strips[0]]
    for gap, strip in zip(gaps, strips[1:], strict=True):
        if gap < limit:
            joined[-1].extend(strip)
        else:
            joined.append(strip)
    return joined
