"""The words of a PDF page, from its characters.

PDFium is asked once a character for the character's box, into an array that NumPy reads, once a
word for its baseline and once a text object for the rest.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from ingest.glyphs import SOFT_HYPHEN, visible
from ingest.pdf.bulk import (
    Boxes,
    address,
    char_boxes,
    char_matrix,
    char_origin,
    font_info,
    font_size,
    text_object,
)
from ingest.pdf.elements import Word
from ingest.pdf.shown import ShownPage

_SPACE_BEFORE_WORD = 0.22  # of the font size
_LINE_END_HYPHENS = str.maketrans({"\ufffe": SOFT_HYPHEN, "\x02": SOFT_HYPHEN})
_BOLD_NAMES = ("bold", "black", "heavy", "-bd", ",bd", "demi")
_BOLD_WEIGHT = 600
_FILL_AND_STROKE = 2
_MOST_TILTED = 0.09  # radians


def _characters(text_page: object, count: int) -> str:
    """The page's characters, one for each of PDFium's indices."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = pdfium.FPDFText_GetText(
        text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    )
    text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = map(pdfium.FPDFText_GetUnicode, repeat(text_page), range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


class _Style(NamedTuple):
    """How the first character of a word is set; `baseline` as the page is shown.

    `quarters` is the turn, clockwise, that makes the word upright, None when no quarter turn does.
    """

    size: float
    baseline: float
    quarters: int | None
    bold: bool


class _Styles:
    """What PDFium knows of single characters, fonts asked for once."""

    def __init__(self, text_page: object, shown: ShownPage) -> None:
        self._text_page = text_page
        self._shown = shown
        self._address = address(text_page)
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rgba = tuple(ctypes.c_uint() for _ in range(4))
        self._bold: dict[bytes, bool] = {}
        self._name_at, self._flags_at = ctypes.addressof(self._name), ctypes.addressof(self._flags)
        self._drawn_by = 0
        self._look: tuple[bytes, float, float] = (b"", math.inf, 0.0)
        self._last = _Style(0.0, 0.0, quarters=None, bold=False)

    def of(self, index: int, bottom: float, height: float) -> _Style:
        """The style of a character whose box has this bottom and height.

        The characters of one text object share theirs; so do those of one font whose boxes stand
        equally high. PDFium is asked only where neither holds.
        """
        drawn_by = text_object(self._address, index)
        if drawn_by == self._drawn_by and drawn_by:
            return self._last
        self._drawn_by = drawn_by
        font_info(self._address, index, self._name_at, 128, self._flags_at)
        look = (self._name.value, bottom, height)
        if look != self._look:
            self._look = look
            self._last = self._ask(index, height, look[0])
        return self._last

    def _ask(self, index: int, height: float, name: bytes) -> _Style:
        page, matrix = self._address, self._matrix
        char_matrix(page, index, ctypes.addressof(matrix))
        char_origin(page, index, ctypes.addressof(self._x), ctypes.addressof(self._y))
        size = font_size(page, index) * math.hypot(matrix.c, matrix.d)
        upright = matrix.b == 0 and matrix.a > 0 and self._shown.upright
        bold = self._bold.get(name)
        return _Style(
            size if 0.5 < size < 1000 else max(0.85 * height, 1.0),
            self._shown.point(self._x.value, self._y.value)[1],
            0 if upright else _quarters(self._shown.direction(matrix.a, matrix.b)),
            self._is_bold(name, index) if bold is None else bold,
        )

    def _is_bold(self, name: bytes, index: int) -> bool:
        lowered = name.decode("utf-8", "replace").lower()
        bold = any(part in lowered for part in _BOLD_NAMES)
        weight = pdfium.FPDFText_GetFontWeight(self._text_page, index)
        self._bold[name] = bold or weight >= _BOLD_WEIGHT
        return self._bold[name]

    def is_stroked(self, index: int) -> bool:
        """Whether a plain font is made bold by drawing its outline too."""
        text_object = pdfium.FPDFText_GetTextObject(self._text_page, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object) if text_object else 0
        return bool(mode == _FILL_AND_STROKE)

    def colour(self, index: int) -> int:
        """The colour of a character, as 0xRRGGBB."""
        red, green, blue, alpha = self._rgba
        pdfium.FPDFText_GetFillColor(self._text_page, index, red, green, blue, alpha)
        return red.value << 16 | green.value << 8 | blue.value


def _quarters(angle: float) -> int | None:
    turns = -angle / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) * math.pi / 2 < _MOST_TILTED else None


class _Run(NamedTuple):
    """A word or a part of one: the range of its characters, its extent in x, its box.

    `plain` tells that no character of it needs cleaning.
    """

    first: int
    last: int
    x0: float
    x1: float
    bottom: float
    height: float
    plain: bool


def _runs(text: str, boxes: Boxes) -> Iterator[_Run]:
    """The words of a page, in the file's order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    space = (codes <= 0x20) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B))
    space |= (codes == 0x202F) | (codes == 0x205F) | (codes == 0x3000) | (codes == 0xFEFF)
    space &= codes != 0x02
    kept = np.flatnonzero(~space)
    if not len(kept):
        return iter(())
    left, top, right, bottom = boxes[kept].T
    height = np.maximum(bottom - top, 0.1)
    before, after = slice(None, -1), slice(1, None)
    reach = np.minimum(height[before], height[after])
    breaks = np.diff(kept) > 1
    breaks |= np.abs(bottom[after] - bottom[before]) > 0.12 * reach
    breaks |= left[after] - right[before] > _SPACE_BEFORE_WORD * reach
    breaks |= left[after] < left[before] - 0.3 * reach
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:], [len(kept)])) - 1
    columns = (
        kept[starts],
        kept[ends],
        np.minimum.reduceat(left, starts),
        np.maximum.reduceat(right, starts),
        bottom[starts],
        height[starts],
        ~np.logical_or.reduceat(_strange(codes[kept]), starts),
    )
    return map(_Run._make, zip(*(column.tolist() for column in columns), strict=True))


def _strange(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which characters `_clean` may change: not those of ordinary French."""
    ordinary = (codes > 0x20) & (codes < 0x7F) | (codes > 0xA0) & (codes < 0x300)
    ordinary &= codes != 0xAD
    ordinary |= (codes >= 0x2010) & (codes <= 0x2027) | (codes >= 0x2030) & (codes <= 0x205E)
    strange: npt.NDArray[np.bool_] = ~ordinary | (codes == 0x2010)
    return strange


def _clean(text: str) -> str:
    """A word as it reads; a hyphen that PDFium knows to be a line's end becomes a soft hyphen."""
    return visible(text.translate(_LINE_END_HYPHENS))


def _gap(text: str, previous_end: int, start: int) -> str:
    """The white space of the file between two words: kept where it doesn't break lines."""
    between = text[previous_end + 1 : start]
    if between == " ":
        return between
    if not between:
        return ""
    hard = [space for space in between if space in "\u00a0\u202f\u2007\u2009"]
    return hard[0] if hard else " "


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in the file's order, and the number of its characters.

    `quarters` is by how many quarters, clockwise, the page was turned for most of its text to be
    upright: a wide table on a narrow page. Other text that isn't upright (a watermark, a stamp
    along the margin) is left out.
    """

    words: list[Word]
    characters: int
    quarters: int = 0


def page_words(page: Any, shown: ShownPage) -> PageWords:  # noqa: ANN401
    """The words of a page; `shown` is turned when most of the text is printed sideways."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count <= 0:
            return PageWords([], 0)
        words, turns = _words(text_page.raw, count, shown)
        quarters = max(range(4), key=lambda each: (turns[each], each == 0))
        if quarters:
            shown.turn(quarters)
            words, _ = _words(text_page.raw, count, shown)
        return PageWords(words, count, quarters)
    finally:
        text_page.close()


def _words(raw: object, count: int, shown: ShownPage) -> tuple[list[Word], list[int]]:
    """The upright words, and how many characters each number of quarter turns makes upright."""
    turns = [0, 0, 0, 0]
    text = _characters(raw, count)
    styles = _Styles(raw, shown)
    words: list[Word] = []
    previous_end = -1
    baseline, colour, stroked = math.inf, 0, False
    for run in _runs(text, shown.boxes(char_boxes(raw, count))):
        first, last, x0, x1, bottom, height, plain = run
        cleaned = text[first : last + 1] if plain else _clean(text[first : last + 1])
        if cleaned == SOFT_HYPHEN and words:  # PDFium gives some no place
            words[-1].text += SOFT_HYPHEN
            continue
        style = styles.of(first, bottom, height)
        if style.quarters is not None:
            turns[style.quarters] += len(cleaned)
        inside = x1 > 0 and x0 < shown.width and -5 < style.baseline < shown.height + 5
        if not cleaned or style.quarters != 0 or not inside:
            continue
        if abs(style.baseline - baseline) > 1:  # colour and outline go by lines
            colour, stroked = styles.colour(first), styles.is_stroked(first)
        baseline = style.baseline
        gap = _gap(text, previous_end, first)
        previous_end = last
        if not gap and words and _is_same_word(words[-1], x0, style):
            words[-1].text += cleaned
            words[-1].x1 = max(words[-1].x1, x1)
            continue
        words.append(
            Word(
                text=cleaned,
                x0=x0,
                x1=x1,
                baseline=baseline,
                size=style.size,
                bold=style.bold or stroked,
                colour=colour,
                order=len(words),
                gap=gap,
            )
        )
    return words, turns


def _is_same_word(word: Word, x0: float, style: _Style) -> bool:
    """Whether characters that touch a word and look like it are more of it.

    The boxes of some fonts are as high as each letter is, and part words that are whole.
    """
    return (
        abs(style.baseline - word.baseline) < 0.04 * word.size
        and abs(style.size - word.size) < 0.02 * word.size
        and -0.3 * word.size < x0 - word.x1 < _SPACE_BEFORE_WORD * word.size
        and not word.text.endswith(SOFT_HYPHEN)
    )
