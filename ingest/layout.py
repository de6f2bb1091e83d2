"""Where each word of a paged document's text stands: the bridge from a quote to its rectangles."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from ingest.document import Document
from vectorstore.models import PageSpan, Span

Progress = Callable[[int, int], None]
"""Called with the number of pages read so far and the number of all pages."""


class WordBox(NamedTuple):
    """The characters `start` to `end` of the text stand in this box of page `page` (from 1).

    Points from the top left corner of the page as it is shown, y downwards.
    """

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's width and height as it is shown, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a document's words, in the order of the text; `pages[0]` is page 1."""

    pages: tuple[PageSize, ...]
    boxes: tuple[WordBox, ...]

    def inside(self, span: Span) -> list[WordBox]:
        """The boxes of the words that a span touches."""
        first = bisect_right(self.boxes, span.start, key=lambda box: box.end)
        last = bisect_left(self.boxes, span.end, key=lambda box: box.start)
        return list(self.boxes[first:last])


@runtime_checkable
class PagedReader(Protocol):
    """A reader of a format with pages."""

    def read_pages(self, path: Path, progress: Progress | None = None) -> tuple[Document, Layout]:
        """The document in the file at `path`, and where each of its words stands.

        Raises:
            ingest.errors.UnreadableFile: the file isn't what its type says, or holds no text.
        """
        ...


class Turned(Protocol):
    """A page that was turned to be read."""

    def back(self, box: WordBox) -> WordBox:
        """A box of the turned page as it stands on the page as it is shown."""
        ...


@dataclass(frozen=True, slots=True)
class QuarterTurn:
    """A page that was turned clockwise by quarters; its size after that."""

    quarters: int
    width: float
    height: float

    def back(self, box: WordBox) -> WordBox:
        """A box of the turned page as it stands on the page as it is shown."""
        width, height = self.width, self.height
        for _ in range(self.quarters):
            box = box._replace(x0=box.top, x1=box.bottom, top=width - box.x1, bottom=width - box.x0)
            width, height = height, width
        return box


def turned_back(boxes: Sequence[WordBox], turns: Mapping[int, Turned]) -> tuple[WordBox, ...]:
    """The boxes with those of turned pages, by page number, as they stand on the shown pages."""
    if not turns:
        return tuple(boxes)
    return tuple(turns[box.page].back(box) if box.page in turns else box for box in boxes)


def page_spans(boxes: Sequence[WordBox], length: int) -> tuple[PageSpan, ...]:
    """The page of each part of a text, from its words.

    White space goes with the word before it. The same page may come twice: a note at the foot of
    page 1 follows a paragraph that ends on page 2.
    """
    starts: list[tuple[int, int]] = []
    for page, group in groupby(boxes, key=lambda box: box.page):
        starts.append((next(iter(group)).start if starts else 0, page))
    ends = [*(start for start, _ in starts[1:]), length][: len(starts)]
    return tuple(
        PageSpan(page, Span(start, end))
        for (start, page), end in zip(starts, ends, strict=True)
        if end > start
    )


def line_boxes(boxes: Iterable[WordBox]) -> list[WordBox]:
    """The boxes with neighbours on one line made one: what a highlighter would draw."""
    lines: list[WordBox] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last is not None and _continues(last, box):
            lines[-1] = WordBox(
                last.start,
                box.end,
                last.page,
                last.x0,
                min(last.top, box.top),
                max(last.x1, box.x1),
                max(last.bottom, box.bottom),
            )
        else:
            lines.append(box)
    return lines


def _continues(last: WordBox, box: WordBox) -> bool:
    height = max(last.bottom - last.top, box.bottom - box.top)
    overlap = min(last.bottom, box.bottom) - max(last.top, box.top)
    return (
        last.page == box.page
        and overlap > 0.4 * min(last.bottom - last.top, box.bottom - box.top)
        and -0.5 * height < box.x0 - last.x1 < 1.6 * height
    )
