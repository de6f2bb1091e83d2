"""Where a quote stands: its words' rectangles on each page, found by its text."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.flow import BETWEEN_CELLS, LABEL
from ingest.layout import Layout, WordBox, line_boxes
from vectorstore.models import Span

_DROPPED = frozenset("\u00ad\u200b\ufeff•◦▪-‐‑")
_FEWEST_CHARACTERS = 2


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle as shares of the page's width and height, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Highlight:
    """The rectangles of a quote's words on one page, one for each line or part of a line."""

    page: int
    rectangles: tuple[Rectangle, ...]


def locate(text: str, layout: Layout, quote: str, near: int) -> tuple[Highlight, ...]:
    """Where a quote stands, a highlight for each of its pages; empty when it isn't in the text.

    The quote is looked for without regard to white space, hyphens and bullets; among several
    places the one nearest to the offset `near` is taken. A table row is found cell by cell where
    it isn't found whole.
    """
    index = _Squashed(text)
    spans = list(index.find(quote, near))
    boxes = [box for span in spans for box in _boxes(layout, span)]
    pages: dict[int, list[WordBox]] = {}
    for box in boxes:
        pages.setdefault(box.page, []).append(box)
    return tuple(
        Highlight(page, tuple(_rectangle(layout, box) for box in line_boxes(found)))
        for page, found in sorted(pages.items())
    )


def _boxes(layout: Layout, span: Span) -> list[WordBox]:
    """The boxes of a span's words; words that it begins or ends inside are cut in proportion."""
    return [_cut(box, span) for box in layout.inside(span)]


def _cut(box: WordBox, span: Span) -> WordBox:
    if span.start <= box.start and box.end <= span.end:
        return box
    each = (box.x1 - box.x0) / (box.end - box.start)
    left = max(span.start - box.start, 0) * each
    right = max(box.end - span.end, 0) * each
    return box._replace(x0=box.x0 + left, x1=box.x1 - right)


def _rectangle(layout: Layout, box: WordBox) -> Rectangle:
    page = layout.pages[box.page - 1]
    return Rectangle(
        left=box.x0 / page.width,
        top=box.top / page.height,
        width=(box.x1 - box.x0) / page.width,
        height=(box.bottom - box.top) / page.height,
    )


class _Squashed:
    """A text without what may differ from page to quote, with the way back to its offsets."""

    def __init__(self, text: str) -> None:
        pairs = list(_squash(text))
        self._text = "".join(character for character, _ in pairs)
        self._offsets = [offset for _, offset in pairs]

    def find(self, quote: str, near: int) -> Iterator[Span]:
        """The spans of a quote: one, or those of its parts."""
        whole = self._nearest(quote, near)
        if whole is not None:
            yield whole
            return
        for part in quote.replace(LABEL, "\n").replace(BETWEEN_CELLS, "\n").splitlines():
            found = self._nearest(part, near)
            if found is not None:
                yield found

    def _nearest(self, quote: str, near: int) -> Span | None:
        wanted = "".join(character for character, _ in _squash(quote))
        if len(wanted) < _FEWEST_CHARACTERS:
            return None
        target = bisect_left(self._offsets, near)
        before = self._text.rfind(wanted, 0, target + len(wanted))
        after = self._text.find(wanted, target)
        places = [place for place in (before, after) if place >= 0]
        if not places:
            return None
        place = min(places, key=lambda each: abs(each - target))
        return Span(self._offsets[place], self._offsets[place + len(wanted) - 1] + 1)


def _squash(text: str) -> Iterator[tuple[str, int]]:
    for offset, character in enumerate(text):
        if character.isspace() or character in _DROPPED:
            continue
        if character.isascii():
            yield character.lower(), offset
            continue
        for part in unicodedata.normalize("NFKC", character).casefold():
            if not part.isspace():
                yield part, offset
