"""The rules and bullets that a PDF page draws: what tells a table, a note, a list item."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from ingest.pdf.bulk import paths
from ingest.pdf.elements import Rect, Rule
from ingest.pdf.shown import ShownPage

_THIN = 2.5  # points
_SHORTEST_RULE = 8.0
_LARGEST_BULLET = 7.0
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 3_000


def page_drawings(page: Any, shown: ShownPage) -> tuple[list[Rule], list[Rect]]:  # noqa: ANN401
    """The straight rules and the small discs or squares of a page.

    A page with very many drawn lines (a map, a plan) gives what its first few thousand say.
    """
    rules: list[Rule] = []
    bullets: list[Rect] = []
    segments = 0
    for drawing in paths(page.raw, _MOST_OBJECTS):
        box = bounds(drawing, shown)
        if box is None:
            continue
        if min(box.width, box.height) <= _THIN and max(box.width, box.height) >= _SHORTEST_RULE:
            rules.append(Rule(box.x0, box.top, box.x1, box.bottom))
        elif _is_bullet(box):
            bullets.append(box)
        elif segments < _MOST_SEGMENTS and _is_stroked(drawing):
            found = _segments(drawing, shown)
            segments += len(found)
            rules += found
    return rules, bullets


def _is_bullet(box: Rect) -> bool:
    return (
        1.2 < box.width < _LARGEST_BULLET
        and 1.2 < box.height < _LARGEST_BULLET
        and 0.6 < box.width / box.height < 1.7
    )


def _is_stroked(drawing: object) -> bool:
    """Whether a path's outline is drawn; the background of a row has none, and is no rule."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(drawing, fill, stroke)) and stroke.value != 0


def bounds(drawing: object, shown: ShownPage) -> Rect | None:
    """The box of a page object as it is shown; None when it has none."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawing, left, bottom, right, top):
        return None
    return _rect(shown.point(left.value, bottom.value), shown.point(right.value, top.value))


def _rect(one: tuple[float, float], other: tuple[float, float]) -> Rect:
    (xa, ya), (xb, yb) = one, other
    return Rect(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _segments(drawing: object, shown: ShownPage) -> list[Rule]:
    """The horizontal and vertical sides of a path: a box, or a whole grid drawn at once."""
    count = pdfium.FPDFPath_CountSegments(drawing)
    if not 2 <= count <= _MOST_SEGMENTS:
        return []
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawing, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    rules: list[Rule] = []
    start = current = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawing, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = shown.point(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _add_straight(rules, current, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            _add_straight(rules, point, start)
        current = point
    return rules


def _add_straight(rules: list[Rule], one: tuple[float, float], other: tuple[float, float]) -> None:
    box = _rect(one, other)
    if min(box.width, box.height) <= 0.5 and max(box.width, box.height) >= _SHORTEST_RULE:
        rules.append(Rule(box.x0, box.top, box.x1, box.bottom))
