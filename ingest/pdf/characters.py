"""The words of a PDF page, from its characters.

PDFium is asked once a character for the character's box and size, with arrays that are filled
in C and read by NumPy, and once a word for the rest: a page of 3,000 characters takes some 4 ms.
"""

import ctypes
import math
import unicodedata
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from ingest.pdf.elements import Word

_SPACE_BEFORE_WORD = 0.22  # of the font size
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
_HYPHENS = str.maketrans({"\ufffe": "\u00ad", "\x02": "\u00ad"})
_INVISIBLE = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
    + [*range(0x2060, 0x2070), 0xFEFF, *range(0xD800, 0xE000)]
)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BOLD_NAMES = ("bold", "black", "heavy", "-bd", ",bd", "demi")
_BOLD_WEIGHT = 600
_FILL_AND_STROKE = 2

Boxes = npt.NDArray[np.float32]


class _Buffers:
    """Arrays that PDFium fills, kept from page to page."""

    def __init__(self) -> None:
        self._grow(4096)

    def _grow(self, count: int) -> None:
        self.boxes = (pdfium.FS_RECTF * count)()
        self.pointers = [ctypes.pointer(box) for box in self.boxes]

    def char_boxes(self, text_page: object, count: int) -> Boxes:
        """The boxes of the page's characters: left, top, right, bottom, in PDF's coordinates."""
        if count > len(self.pointers):
            self._grow(2 * count)
        calls = map(pdfium.FPDFText_GetLooseCharBox, repeat(text_page), range(count), self.pointers)
        deque(calls, maxlen=0)
        flat = np.frombuffer(self.boxes, dtype=np.float32, count=4 * count)
        return flat.reshape(count, 4).copy()


_buffers = _Buffers()


class ShownPage:
    """A page's transform from PDF's coordinates to those of the page as it is shown."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  (pypdfium2 is not typed)
        self.width, self.height = (float(side) for side in page.get_size())
        scale = 1000
        corners = []
        x, y = ctypes.c_int(), ctypes.c_int()
        width, height = int(self.width * scale), int(self.height * scale)
        for point in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, *point, x, y)
            corners.append((x.value / scale, y.value / scale))
        (self.e, self.f), (xa, ya), (xb, yb) = corners
        self.a, self.b = (xa - self.e) / 100, (ya - self.f) / 100
        self.c, self.d = (xb - self.e) / 100, (yb - self.f) / 100

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as it is shown."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def direction(self, x: float, y: float) -> float:
        """The angle of a vector as it is shown, in radians, 0 to the right, clockwise."""
        return math.atan2(self.b * x + self.d * y, self.a * x + self.c * y)

    def boxes(self, boxes: Boxes) -> Boxes:
        """Boxes (left, top, right, bottom) as they are shown."""
        xs = np.stack((boxes[:, 0], boxes[:, 2]), axis=1)
        ys = np.stack((boxes[:, 1], boxes[:, 3]), axis=1)
        if abs(self.a) < abs(self.c):  # turned by a quarter
            shown_x, shown_y = self.c * ys + self.e, self.b * xs + self.f
        else:
            shown_x, shown_y = self.a * xs + self.e, self.d * ys + self.f
        return np.column_stack(
            (shown_x.min(axis=1), shown_y.min(axis=1), shown_x.max(axis=1), shown_y.max(axis=1))
        ).astype(np.float32)


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


class _Fonts:
    """Whether a font is bold, remembered by its name."""

    def __init__(self, text_page: object) -> None:
        self._text_page = text_page
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._known: dict[bytes, bool] = {}

    def is_bold(self, index: int) -> bool:
        pdfium.FPDFText_GetFontInfo(self._text_page, index, self._name, 128, self._flags)
        name = self._name.value
        if name not in self._known:
            lowered = name.decode("utf-8", "replace").lower()
            self._known[name] = (
                any(part in lowered for part in _BOLD_NAMES)
                or pdfium.FPDFText_GetFontWeight(self._text_page, index) >= _BOLD_WEIGHT
            )
        return self._known[name] or self._is_stroked(index)

    def _is_stroked(self, index: int) -> bool:
        """Whether a plain font is made bold by drawing its outline too."""
        text_object = pdfium.FPDFText_GetTextObject(self._text_page, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object) if text_object else 0
        return bool(mode == _FILL_AND_STROKE)


def _word_starts(text: str, boxes: Boxes, sizes: npt.NDArray[np.float32]) -> list[list[int]]:
    """The indices of the characters of each word, in the file's order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    space = (codes <= 0x20) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B))
    space |= (codes == 0x202F) | (codes == 0x205F) | (codes == 0x3000) | (codes == 0xFEFF)
    space &= codes != 0x02
    kept = np.flatnonzero(~space)
    if not len(kept):
        return []
    left, top, right, bottom = boxes[kept].T
    height = np.maximum(bottom - top, 0.1)
    before, after = slice(None, -1), slice(1, None)
    reach = np.minimum(height[before], height[after])
    starts = np.diff(kept) > 1
    starts |= np.abs(bottom[after] - bottom[before]) > 0.08 * reach
    starts |= np.abs(sizes[kept][after] - sizes[kept][before]) > 0.02 * sizes[kept][before]
    starts |= left[after] - right[before] > _SPACE_BEFORE_WORD * reach
    starts |= left[after] < left[before] - 0.3 * reach
    return [part.tolist() for part in np.split(kept, np.flatnonzero(starts) + 1)]


def clean(text: str) -> str:
    """A word as it reads: ligatures expanded, accents composed, nothing invisible.

    A hyphen that PDFium knows to be a line's end becomes a soft hyphen.
    """
    text = text.translate(_HYPHENS).translate(_INVISIBLE).translate(_LIGATURES)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def as_superscript(text: str) -> str:
    """Raised digits as they are shown: a note's number must not read as part of an amount."""
    return text.translate(_SUPERSCRIPTS)


def _gap(text: str, previous_end: int, start: int) -> str:
    """The white space of the file between two words: kept where it doesn't break lines."""
    between = text[previous_end + 1 : start]
    if not between:
        return ""
    hard = [space for space in between if space in "\u00a0\u202f\u2007\u2009"]
    return hard[0] if hard else " "


def page_words(page: Any, shown: ShownPage) -> tuple[list[Word], int]:  # noqa: ANN401
    """The words of a page in the file's order, and the number of its characters.

    Text that isn't shown upright (a watermark, a stamp along the margin) is left out.
    """
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count <= 0:
            return [], 0
        return _words(text_page.raw, count, shown), count
    finally:
        text_page.close()


def _words(raw: object, count: int, shown: ShownPage) -> list[Word]:
    text = _characters(raw, count)
    boxes = shown.boxes(_buffers.char_boxes(raw, count))
    sizes = np.fromiter(
        map(pdfium.FPDFText_GetFontSize, repeat(raw), range(count)), np.float32, count
    )
    fonts = _Fonts(raw)
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    words: list[Word] = []
    previous_end = -1
    for indices in _word_starts(text, boxes, sizes):
        first, last = indices[0], indices[-1]
        cleaned = clean(text[first : last + 1])
        pdfium.FPDFText_GetMatrix(raw, first, matrix)
        if not cleaned or abs(shown.direction(matrix.a, matrix.b)) > 0.09:
            continue
        x0, x1 = _extent(boxes, indices)
        if x1 < 0 or x0 > shown.width:
            continue
        pdfium.FPDFText_GetCharOrigin(raw, first, x, y)
        baseline = shown.point(x.value, y.value)[1]
        if not -5 < baseline < shown.height + 5:
            continue
        size = float(sizes[first]) * math.hypot(matrix.c, matrix.d)
        if not 0.5 < size < 1000:
            size = max(float(boxes[first, 3] - boxes[first, 1]) * 0.85, 1.0)
        pdfium.FPDFText_GetFillColor(raw, first, red, green, blue, alpha)
        words.append(
            Word(
                text=cleaned,
                x0=x0,
                x1=x1,
                baseline=baseline,
                size=size,
                bold=fonts.is_bold(first),
                colour=red.value << 16 | green.value << 8 | blue.value,
                order=len(words),
                gap=_gap(text, previous_end, first),
            )
        )
        previous_end = last
    return words


def _extent(boxes: Boxes, indices: Sequence[int]) -> tuple[float, float]:
    part = boxes[indices[0] : indices[-1] + 1]
    return float(part[:, 0].min()), float(part[:, 2].max())
