"""The lines of a text file, without running headers, footers and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.glyphs import SOFT_HYPHEN, visible

_PAGE_NUMBER = re.compile(
    r"[-–—\s(\[]*(?:(?:page|p\.?)\s*)?(\d{1,4})(?:\s*(?:/|de|of|sur)\s*\d{1,4})?[-–—\s\]]*",
    re.IGNORECASE,
)
_MARGIN = 2  # lines at the head and the foot of a page that may be its header and footer
_FEWEST_PAGES = 3  # with the same line that make it a running one
_FEWEST_NUMBERS = 3  # of pages in a row, where nothing else marks the pages' ends
_FEWEST_LINES_BETWEEN = 5
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it.

    `text` is trimmed; `indent` counts the columns before it, `gap` the blank lines above it.
    `begins_page` says that a form feed stands between it and the line above.
    """

    text: str
    indent: int
    gap: int
    begins_page: bool = False

    @property
    def is_row(self) -> bool:
        """Whether tabs part it into cells."""
        return "\t" in self.text


def lines_of(text: str) -> list[Line]:
    """The lines of a file's text, from top to bottom."""
    pages = [list(_page_lines(page)) for page in text.split("\f")]
    pages = [page for page in pages if page]
    if len(pages) > 1:
        pages = _without_running_lines(pages)
    lines = [
        replace(line, begins_page=True) if number and not index else line
        for number, page in enumerate(pages)
        for index, line in enumerate(page)
    ]
    return _without_page_numbers(lines)


def _page_lines(page: str) -> Iterator[Line]:
    gap = 0
    for raw in page.splitlines():
        expanded = visible(raw.replace("\t", "\ue000")).replace("\ue000", "\t")
        stripped = expanded.strip()
        if not stripped.strip(SOFT_HYPHEN):
            gap += 1
            continue
        lead = expanded[: len(expanded) - len(expanded.lstrip())]
        yield Line(stripped, len(lead.expandtabs(_TAB)), gap)
        gap = 0


def _without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without the lines that come back at the head or foot of most of them."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in (*page[:_MARGIN], *page[-_MARGIN:])})
    most = max(_FEWEST_PAGES, len(pages) // 2)
    running = {shape for shape, count in seen.items() if count >= most}

    def runs(page: list[Line], index: int) -> bool:
        line = page[index]
        outermost = index in (0, len(page) - 1)
        if outermost and _PAGE_NUMBER.fullmatch(line.text):
            return True
        in_margin = index < _MARGIN or index >= len(page) - _MARGIN
        return in_margin and _shape(line) in running

    return [[line for i, line in enumerate(page) if not runs(page, i)] for page in pages]


def _shape(line: Line) -> str:
    """A line with its numbers alike: « Page 3 » and « Page 4 » are one running line."""
    return re.sub(r"\d+", "0", line.text.casefold())


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """The lines without those that only count the pages up: 1, 2, 3…"""
    numbers = [
        (index, int(match[1]))
        for index, line in enumerate(lines)
        if (match := _PAGE_NUMBER.fullmatch(line.text))
    ]
    is_count = all(
        second[1] == first[1] + 1 and second[0] > first[0] + _FEWEST_LINES_BETWEEN
        for first, second in pairwise(numbers)
    )
    if len(numbers) < _FEWEST_NUMBERS or not is_count or numbers[0][1] > _FEWEST_NUMBERS:
        return lines
    dropped = {index for index, _ in numbers}
    return [
        replace(line, begins_page=True) if index - 1 in dropped else line
        for index, line in enumerate(lines)
        if index not in dropped
    ]
