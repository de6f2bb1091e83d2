"""Notes at the foot of a page or a column, taken out of the text's flow."""

import re
from collections.abc import Sequence

from ingest.pdf.elements import Line
from ingest.pdf.tables import Element

_SMALLER = 0.93  # than the body
_HIGHEST = 0.4  # of the page's height: notes stand below
_MARK = re.compile(r"(?:[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡]{1,3}|[a-z](?=[.)]))[.)]?|\(\d{1,3}\)|\[\d{1,3}\]")


def take_footnotes(
    regions: list[list[Element]], body_size: float, height: float
) -> list[list[Line]]:
    """Removes the notes from a page's regions; returns each note's lines.

    Notes are the small lines at the end of a column or page, from the first that begins with a
    mark, with nothing of the body's size below them in their column.
    """
    notes: list[list[Line]] = []
    for region in regions:
        start = _start(region, regions, body_size, height)
        if start is None:
            continue
        for element in region[start:]:
            if isinstance(element, Line):
                if not notes or begins_note(element):
                    notes.append([])
                notes[-1].append(element)
        del region[start:]
    return notes


def begins_note(line: Line) -> bool:
    """Whether a line begins with a note's mark."""
    return _MARK.fullmatch(line.words[0].text) is not None and len(line.words) > 1


def _start(
    region: Sequence[Element], regions: Sequence[Sequence[Element]], body_size: float, height: float
) -> int | None:
    start: int | None = None
    for index in range(len(region) - 1, -1, -1):
        element = region[index]
        if (
            not isinstance(element, Line)
            or element.size > _SMALLER * body_size
            or element.baseline < _HIGHEST * height
        ):
            break
        if begins_note(element):
            start = index
    if start is None:
        return None
    first = region[start]
    below = (
        element
        for other in regions
        if other is not region
        for element in other
        if element.top > first.bottom and element.x0 < first.x1 and element.x1 > first.x0
    )
    return None if any(element.size > _SMALLER * body_size for element in below) else start
