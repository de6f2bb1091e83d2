"""Which lines of a text file are one paragraph.

Text files come in four kinds: paragraphs of hard-wrapped lines with a blank line between them; one
paragraph per line; wrapped lines with a blank line between *lines* (what some converters make of
a PDF); and mixtures. The file's own lines tell which: where sentences run on from one line to the
next, and how far the lines reach.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pillars import pillar_of
from ingest.plain_text.lines import Line
from vectorstore.text.markers import marker_length

_ENDED = re.compile(r"[.!?…:;][\s\u00a0]*[»”\")\]]*[¹²³⁰⁴-⁹]*$")
_SENTENCE_END = re.compile(r"[.!?…;,]$")
# A line that ends so goes on, whatever comes next.
_DANGLING = re.compile(
    r"(?:,|\b(?:et|ou|de|du|des|d['’]|la|le|les|l['’]|un|une|à|au|aux|en|dans|par|pour|avec|sur|sous|"
    r"que|qui|dont|où|ce|cette|ces|son|sa|ses|leur|leurs|entre|chez|vers|"
    r"and|or|of|the|an|to|in|on|at|by|for|from|with|that|which|its|their))$"
)
_ORNAMENT = re.compile(r"(?:[-_=~*#+.·•—–|\\/]\s*){3,}")
_CLOSING = re.compile(r"[»”)\],;:.!?%]")
_NUMBER_MARK = re.compile(r"\(?(\d{1,2})(?:\.|\)|°)\s")
_FOOTNOTE_MARK = re.compile(r"[¹²³⁰⁴-⁹]|\[\d{1,3}\]\s")
_DASH_MARK = re.compile(r"[–—]\s")

_RUN_ON_SHARE = 0.3  # of the lines across a blank line, when blank lines part lines
_WRAPPED_SHARE = 0.1  # of the lines that run on, when the file is wrapped
_FULL = 0.8  # of the width: a ragged right edge
_PLAINLY_FULL = 0.9
_HALF = 0.5
_SHORT = 0.6
_GAP_OF_PAGE = 2  # blank lines
_LONG_LINE = 60  # characters: a line that may break off in the middle of a sentence
_INDENTED = 2
_MOST_WORDS_OF_PILLAR = 5
_FEWEST_WORDS = 4  # of a line that is no heading


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a file's lines are broken: `gap` blank lines part lines, of at most `width` characters.

    `width` is 0 when the lines aren't wrapped.
    """

    gap: int
    width: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one paragraph, heading or item."""

    lines: tuple[Line, ...]

    @property
    def gap(self) -> int:
        """The blank lines above it; a page's end counts for some."""
        return self.lines[0].gap + (_GAP_OF_PAGE if self.lines[0].begins_page else 0)

    @property
    def indent(self) -> int:
        """The columns before its first line."""
        return self.lines[0].indent


def detect_wrapping(lines: Sequence[Line]) -> Wrapping:
    """How the lines of one file are broken."""
    pairs = list(pairwise(lines))
    counts = {gap: [0, 0] for gap in range(3)}
    for above, below in pairs:
        if below.gap in counts:
            counts[below.gap][0] += 1
            counts[below.gap][1] += _runs_on(above, below)
    gap = max(counts, key=lambda each: (counts[each][1], -each))
    total, running = counts[gap]
    if gap and running < _RUN_ON_SHARE * total:
        gap, (total, running) = 0, counts[0]
    if not running or running < _WRAPPED_SHARE * total:
        return Wrapping(gap, 0)
    lengths = sorted(len(a.text) for a, b in pairs if b.gap == gap and _runs_on(a, b))
    return Wrapping(gap, lengths[int(0.9 * (len(lengths) - 1))])


def chunks_of(lines: Sequence[Line]) -> list[Chunk]:
    """The lines put together into paragraphs, headings and items."""
    wrapping = detect_wrapping(lines)
    chunks: list[list[Line]] = []
    last_number = 0
    for line in lines:
        if chunks and _continues(chunks[-1], line, wrapping, last_number):
            chunks[-1].append(line)
            continue
        chunks.append([line])
        number = _NUMBER_MARK.match(line.text)
        last_number = int(number[1]) if number else last_number
    return [Chunk(tuple(chunk)) for chunk in chunks]


def _runs_on(above: Line, below: Line) -> bool:
    """Whether a sentence plainly goes on from one line to the next."""
    return (
        not _ENDED.search(above.text)
        and below.text[0].islower()
        and not marker_length(below.text)
        and not (above.is_row or below.is_row)
    )


def _continues(chunk: Sequence[Line], line: Line, wrapping: Wrapping, last_number: int) -> bool:
    """Whether `line` belongs to the paragraph that `chunk` has begun."""
    above = chunk[-1]
    if _stands_alone(above) or _stands_alone(line) or _is_pillar_alone(above):
        return False
    if _is_pillar_alone(line) and not _runs_on(above, line):
        return False
    if len(chunk) == 1 and _is_lone_marker(above):
        return not marker_length(line.text)
    if _closes(line):
        return line.gap <= wrapping.gap
    if marker_length(line.text):
        return _only_looks_marked(chunk, line, wrapping, last_number)
    return _goes_on(chunk, line, wrapping)


def _goes_on(chunk: Sequence[Line], line: Line, wrapping: Wrapping) -> bool:
    """Whether a sentence plainly runs on into `line`, or the line above it was full."""
    above = chunk[-1]
    runs_on, ended = _runs_on(above, line), bool(_ENDED.search(above.text))
    dangles = bool(_DANGLING.search(above.text)) and len(above.text.split()) >= _FEWEST_WORDS
    is_close = line.gap <= wrapping.gap or line.begins_page
    if _hangs(chunk, line, wrapping) or (dangles and is_close and wrapping.width):
        return True
    if not wrapping.width:
        return (runs_on or dangles) and len(above.text) >= _LONG_LINE
    if not is_close:
        return runs_on and _is_full(chunk, line, wrapping, _FULL)
    if ended and (_is_shifted(chunk, line) or _stands_out(line, wrapping)):
        return False
    share = _FULL if line.begins_page else _HALF
    if not runs_on:
        share = _PLAINLY_FULL if ended else _FULL
    return _is_full(chunk, line, wrapping, share)


def _hangs(chunk: Sequence[Line], line: Line, wrapping: Wrapping) -> bool:
    """Whether a line stands below the text of an item, to the right of the item's mark."""
    mark = marker_length(chunk[0].text)
    column = chunk[0].indent + mark
    is_close = line.gap <= wrapping.gap and not line.begins_page
    return mark > 1 and is_close and line.indent >= _INDENTED and abs(line.indent - column) <= 1


def _is_shifted(chunk: Sequence[Line], line: Line) -> bool:
    """Whether a line begins in another column than the lines of the paragraph above it.

    The first line of a paragraph may stand to the right of the others.
    """
    if len(chunk) > 1:
        return abs(line.indent - chunk[-1].indent) >= _INDENTED
    return line.indent - chunk[0].indent - marker_length(chunk[0].text) >= _INDENTED


def _stands_out(line: Line, wrapping: Wrapping) -> bool:
    """Whether a line after a full stop is short without one, or a footnote: a block by itself."""
    is_short = len(line.text) < _SHORT * wrapping.width and not _ENDED.search(line.text)
    return bool(_FOOTNOTE_MARK.match(line.text)) or (is_short and not line.text[0].islower())


def _is_full(chunk: Sequence[Line], line: Line, wrapping: Wrapping, share: float) -> bool:
    """Whether the first word of `line` would not have fitted on the last line of `chunk`.

    A paragraph of several lines shows its own width.
    """
    word = line.text.split(maxsplit=1)[0]
    width = wrapping.width
    if len(chunk) > 1:
        width = min(width, max(each.indent + len(each.text) for each in chunk[:-1]))
    return chunk[-1].indent + len(chunk[-1].text) + 1 + len(word) > share * width


def _only_looks_marked(
    chunk: Sequence[Line], line: Line, wrapping: Wrapping, last_number: int
) -> bool:
    """Whether a wrapped line begins with a dash or number that begins no item."""
    above = chunk[-1]
    if not wrapping.width or line.gap > wrapping.gap or _ENDED.search(above.text):
        return False
    if not _is_full(chunk, line, wrapping, _PLAINLY_FULL):
        return False
    number = _NUMBER_MARK.match(line.text)
    if number:
        return int(number[1]) not in (1, last_number + 1)
    return bool(_DASH_MARK.match(line.text)) and not _DASH_MARK.match(chunk[0].text)


def _stands_alone(line: Line) -> bool:
    """Whether a line is a row of a table, or an ornament such as a drawn rule."""
    return line.is_row or bool(_ORNAMENT.fullmatch(line.text))


def _closes(line: Line) -> bool:
    """Whether a line begins with what ends a sentence or quotation, for want of room above."""
    return bool(_CLOSING.match(line.text))


def _is_lone_marker(line: Line) -> bool:
    return marker_length(f"{line.text} x") > len(line.text)


def _is_pillar_alone(line: Line) -> bool:
    """Whether a line is a pillar's heading by itself, wherever it stands."""
    is_short = len(line.text.split()) <= _MOST_WORDS_OF_PILLAR
    return is_short and not _SENTENCE_END.search(line.text) and pillar_of(line.text) is not None
