"""Running heads, running feet and page numbers: what a page shows but doesn't say."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from ingest.pdf.elements import Line, PageContent
from vectorstore.text.normalise import fold

_ZONE = 0.14  # of the page's height, at the top and at the foot
_EDGE = 0.08
_SAME_PLACE = 5.0  # points: a scanner's feed isn't exact
_OFTEN = 0.4  # of the other pages
_CLOSE = 1.55  # of the font size, from baseline to baseline
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|\.)?\s*)?(\d{1,4})(?:\s*(?:/|de|sur|of)\s*(\d{1,4}))?\W*", re.IGNORECASE
)


def remove_furniture(pages: Sequence[PageContent]) -> None:
    """Takes running heads, feet and page numbers away from the pages.

    A line goes when it stands in the top or bottom margin and the same words, their digits aside,
    stand in the same place on another page; or when it counts the pages.
    """
    places: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for line in page.lines:
            if _in_zone(line, page, _ZONE):
                places[_key(line)].append((index, line))
    repeated: set[int] = set()
    for key, found in places.items():
        # « 1 Ibid. » at the foot of several pages is a note, « 12 Bilan » a running foot.
        numbered = key.startswith("#") or not _has_letters(key)
        for index, line in found:
            twins = any(
                other != index and _same_place(pages[index], line, pages[other], twin)
                for other, twin in found
            )
            if twins and (not numbered or _counts(index, line, found)):
                repeated.add(id(line))
    edges = [_text_edges(page, repeated) for page in pages]
    tops, feet = sorted(top for top, _ in edges), sorted(foot for _, foot in edges)
    for index, page in enumerate(pages):
        candidates = [
            line
            for line in page.lines
            if id(line) in repeated and not _in_text_area(line, page, edges[index], tops, feet)
        ]
        furniture = _outside_text(candidates, page)
        page.lines = [
            line
            for line in page.lines
            if id(line) not in furniture and not _is_page_number(line, page, index, len(pages))
        ]


def _text_edges(page: PageContent, repeated: set[int]) -> tuple[float, float]:
    """The first and the last baseline of what stands on this page only."""
    own = [line.baseline for line in page.lines if id(line) not in repeated]
    return min(own, default=page.height), max(own, default=0.0)


def _in_text_area(
    line: Line,
    page: PageContent,
    own: tuple[float, float],
    tops: Sequence[float],
    feet: Sequence[float],
) -> bool:
    """Whether other pages often have text as far out as a repeated line stands on this one."""
    if line.baseline < page.height / 2:
        limit = line.baseline + _SAME_PLACE
        reached = bisect_left(tops, limit) - (own[0] < limit)
    else:
        limit = line.baseline - _SAME_PLACE
        reached = len(feet) - bisect_right(feet, limit) - (own[1] > limit)
    return reached > _OFTEN * (len(tops) - 1)


def _outside_text(repeated: list[Line], page: PageContent) -> set[int]:
    """Which repeated lines aren't lines of the text: no line of it follows closer than a margin."""
    outside = {id(line) for line in repeated}
    changed = True
    while changed:
        inside = {
            id(line)
            for line in repeated
            if id(line) in outside and _touches_text(line, page, outside)
        }
        outside -= inside
        changed = bool(inside)
    return outside


def _touches_text(line: Line, page: PageContent, outside: set[int]) -> bool:
    towards_text = 1 if line.baseline < page.height / 2 else -1
    return any(
        0 < towards_text * (other.baseline - line.baseline) < _CLOSE * line.size
        and abs(other.size - line.size) < 0.3
        and other.x0 < line.x1
        and line.x0 < other.x1
        for other in page.lines
        if id(other) not in outside
    )


def _key(line: Line) -> str:
    """What a line has in common with its like on other pages, recognition's slips aside."""
    folded = fold(_DIGITS.sub("#", line.text))
    return "".join(character for character in folded if character.isalnum() or character == "#")


def _in_zone(line: Line, page: PageContent, zone: float) -> bool:
    return line.baseline < zone * page.height or line.top > (1 - zone) * page.height


def _same_place(page: PageContent, line: Line, other: PageContent, twin: Line) -> bool:
    if abs(line.size - twin.size) > 0.5:
        return False
    from_top = abs(line.baseline - twin.baseline)
    from_foot = abs((page.height - line.baseline) - (other.height - twin.baseline))
    return min(from_top, from_foot) < _SAME_PLACE


def _has_letters(key: str) -> bool:
    return sum(character.isalpha() for character in key) >= 2 and not _ROMAN.fullmatch(key)


def _counts(index: int, line: Line, found: list[tuple[int, Line]]) -> bool:
    """Whether the number in a line grows with the page."""
    number = _first_number(line.text)
    if number is None:
        # Roman numbers and ornaments repeat without digits.
        return True
    return any(
        (_first_number(twin.text) or 0) - number == other - index
        for other, twin in found
        if other != index
    )


def _first_number(text: str) -> int | None:
    found = _DIGITS.search(text)
    return int(found.group()) if found and len(found.group()) < 6 else None


def _is_page_number(line: Line, page: PageContent, index: int, count: int) -> bool:
    """Whether a line by itself at the page's edge is this page's number."""
    if not _in_zone(line, page, _EDGE):
        return False
    found = _PAGE_NUMBER.fullmatch(line.text)
    if not found:
        return False
    return int(found[1]) == index + 1 or (found[2] is not None and int(found[2]) >= count)
