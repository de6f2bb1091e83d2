"""Lines → paragraphs and list items, within a column and over columns and pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.elements import Line
from ingest.pdf.lines import BULLETS, is_marker
from ingest.pdf.styles import BodyStyle
from ingest.pdf.tables import Element, Table

_TERMINAL = re.compile(r"[.!?:;…][\s»”\"’)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_ENDS_SENTENCE = re.compile(r"[.!?…][\s»”\"’)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BROKEN_WORD = re.compile(r"\w[-\u2010\u00ad]$")
_LEADERS = re.compile(r"[.…_·]{4,}\s*\d*$|(?:\.\s){4,}")
_LOOSE = 1.22  # times the usual distance of baselines
_FEWEST_WORDS_CUT = 5


@dataclass(slots=True)
class Column:
    """The edges of the text of a region, in points."""

    left: float
    right: float


@dataclass(slots=True)
class Group:
    """Lines that make one block, or a table.

    `column` is that of the last line, by which a line is full or short. `marker` is the x of an
    item's bullet or number, and None for other blocks. `opens_region` tells the first block of a
    column or page.
    """

    lines: list[Line]
    column: Column
    table: Table | None = None
    marker: float | None = None
    opens_region: bool = False

    @property
    def last(self) -> Line:
        """The block's last line."""
        return self.lines[-1]

    @property
    def text(self) -> str:
        """The lines as one text, hyphens unresolved."""
        return " ".join(line.text for line in self.lines)


def groups(region: Sequence[Element], style: BodyStyle) -> list[Group]:
    """The blocks of a region, from top to bottom."""
    lines = [element for element in region if isinstance(element, Line)]
    column = _column(lines, style)
    made: list[Group] = []
    for element in region:
        if isinstance(element, Table):
            made.append(Group(element.lines, column, table=element))
        elif made and made[-1].table is None and not _begins(made[-1], element, style):
            made[-1].lines.append(element)
        else:
            made.append(Group([element], column, marker=_marker(element)))
    if made:
        made[0].opens_region = True
    return made


def _column(lines: Sequence[Line], style: BodyStyle) -> Column:
    if not lines:
        return Column(0, 0)
    body = [line for line in lines if line.size <= 1.1 * style.size] or lines
    return Column(min(line.x0 for line in body), max(line.x1 for line in body))


def _marker(line: Line) -> float | None:
    if len(line.words) < 2:
        return None
    first, second = line.words[0], line.words[1]
    if not is_marker(first.text) or not second.gap:
        return None
    if first.text in "o-*–—" and second.x0 - first.x1 < 0.15 * first.size:
        return None
    return first.x0


def _is_bullet(line: Line) -> bool:
    return line.words[0].text in BULLETS


def _begins(group: Group, line: Line, style: BodyStyle) -> bool:
    """Whether a line begins a new block under a group."""
    last = group.last
    if _looks_change(last, line) or _is_apart(last, line, style):
        return True
    full = is_full(last, group.column, line)
    if _weight_changes(last, line, full=full):
        return True
    if _BROKEN_WORD.search(last.text):
        return False
    ended = _TERMINAL.search(last.text) is not None
    return (
        (_marker(line) is not None and _starts_item(group, line, ended=ended, full=full))
        or _LEADERS.search(last.text) is not None
        or _indentation_begins(group, line, full=full, ended=ended)
        or (not full and (ended or _far_from_edge(last, group.column, line)))
    )


def _looks_change(last: Line, line: Line) -> bool:
    larger = max(last.size, line.size)
    return abs(last.size - line.size) > 0.07 * larger and not _mixed(last, line)


def _is_apart(last: Line, line: Line, style: BodyStyle) -> bool:
    step = line.baseline - last.baseline
    return step > _most_apart(line, style) or step < -0.5 * max(last.size, line.size)


def _most_apart(line: Line, style: BodyStyle) -> float:
    """The largest step to a paragraph's next line; a raised mark may push the line down."""
    raised = any(word.raised for word in line.words)
    return _LOOSE * style.pitch(line.size) + 0.6 + (0.35 * line.size if raised else 0)


def _mixed(last: Line, line: Line) -> bool:
    """Whether a line's size differs only because it holds few words of another size."""
    sizes_above = {round(word.size * 2) / 2 for word in last.words}
    sizes_below = {round(word.size * 2) / 2 for word in line.words}
    return len(sizes_above) + len(sizes_below) > 2 and bool(sizes_above & sizes_below)


def _weight_changes(last: Line, line: Line, *, full: bool) -> bool:
    if last.bold == line.bold:
        return False
    runs_on = last.words[-1].bold == line.words[0].bold and full
    return not runs_on


def _starts_item(group: Group, line: Line, *, ended: bool, full: bool) -> bool:
    """Whether a line that begins with a marker is an item, and not a number inside a sentence."""
    if _is_bullet(line) and line.words[0].text not in "–—-*o":
        return True
    if group.marker is not None:
        return abs(line.x0 - group.marker) < 0.8 * line.size or ended or not full
    return ended or not full or line.x0 > group.column.left + 0.5 * line.size


def _indentation_begins(group: Group, line: Line, *, full: bool, ended: bool) -> bool:
    last, em = group.last, line.size
    if _centred(last, line, group.column):
        return False
    if group.marker is not None:
        if line.x0 < group.marker - 0.5 * em:
            return True
        hanging = len(group.lines) > 1 and group.lines[1].x0 > group.marker + 0.5 * em
        return (hanging or ended) and line.x0 < group.marker + 0.4 * em
    if line.x0 > last.x0 + 0.7 * em:
        return ended or not full or len(group.lines) > 1
    return line.x0 < last.x0 - 0.7 * em and len(group.lines) > 1


def _centred(last: Line, line: Line, column: Column) -> bool:
    middle = (last.x0 + last.x1) / 2
    return (
        abs(middle - (line.x0 + line.x1) / 2) < 0.6 * line.size
        and min(last.x0, line.x0) > column.left + line.size
    )


def is_full(last: Line, column: Column, following: Line) -> bool:
    """Whether a line ends where it had to: the next line's first word doesn't fit on it."""
    first = following.words[0]
    if _marker(following) is not None:
        first = following.words[1]
    return column.right - last.x1 < (first.x1 - first.x0) + 0.8 * last.size


def _far_from_edge(last: Line, column: Column, following: Line) -> bool:
    """Whether a line ends so early that the next begins something new."""
    first = following.words[0]
    room = column.right - last.x1 - (first.x1 - first.x0)
    capital = first.text[:1].isupper() or not first.text[:1].isalpha()
    return room > 3.5 * last.size and capital


def breaks_off(group: Group, following: Group) -> bool:
    """Whether a block surely goes on in one that doesn't follow it: both are cut in a sentence."""
    opening = following.lines[0].words[0].text.lstrip("«“\"'(’")
    return (
        continues(group, following)
        and sum(len(line.words) for line in group.lines) >= _FEWEST_WORDS_CUT
        and (opening[:1].islower() or _BROKEN_WORD.search(group.last.text) is not None)
    )


def continues(group: Group, following: Group) -> bool:
    """Whether a block runs on in another column or on the next page."""
    last, first = group.last, following.lines[0]
    if group.table is not None or following.table is not None or following.marker is not None:
        return False
    if abs(last.size - first.size) > 0.05 * max(last.size, first.size) or last.bold != first.bold:
        return False
    if _BROKEN_WORD.search(last.text):
        return True
    if _ENDS_SENTENCE.search(last.text) or _LEADERS.search(last.text):
        return False
    opening = first.words[0].text.lstrip("«“\"'(’")
    if opening[:1].islower() or opening[:1].isdigit():
        return True
    return is_full(last, group.column, first) and not last.text.endswith(":")
