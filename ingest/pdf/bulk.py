"""PDFium's functions that are called for each character, word or drawing, bound to addresses.

Passing plain addresses instead of typed pointers takes a third off each of some 7,000 calls a
page.
"""

import ctypes
from collections import deque
from collections.abc import Callable
from itertools import compress, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

Boxes = npt.NDArray[np.float32]


def address(pointer: Any) -> int:  # noqa: ANN401  (a ctypes pointer of any type)
    """The address that a pointer holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _bind(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:  # noqa: ANN401
    return ctypes.CFUNCTYPE(result, *arguments)(address(function))


_char_box = _bind(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_POINTER, _INDEX = ctypes.c_void_p, ctypes.c_int
font_size = _bind(pdfium.FPDFText_GetFontSize, _POINTER, _INDEX, result=ctypes.c_double)
font_info = _bind(pdfium.FPDFText_GetFontInfo, _POINTER, _INDEX, _POINTER, ctypes.c_ulong, _POINTER)
text_object = _bind(pdfium.FPDFText_GetTextObject, _POINTER, _INDEX, result=_POINTER)
char_origin = _bind(pdfium.FPDFText_GetCharOrigin, _POINTER, _INDEX, _POINTER, _POINTER)
char_matrix = _bind(pdfium.FPDFText_GetMatrix, _POINTER, _INDEX, _POINTER)
_page_object = _bind(
    pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_int, result=ctypes.c_void_p
)
_object_type = _bind(pdfium.FPDFPageObj_GetType, ctypes.c_void_p)


def char_boxes(text_page: Any, count: int) -> Boxes:  # noqa: ANN401
    """The boxes of a page's characters: left, top, right, bottom, in PDF's coordinates."""
    boxes = np.zeros((count, 4), dtype=np.float32)
    start = boxes.ctypes.data
    places = range(start, start + 16 * count, 16)
    deque(map(_char_box, repeat(address(text_page)), range(count), places), maxlen=0)
    return boxes


def paths(page: Any, most: int) -> list[Any]:  # noqa: ANN401
    """The drawn paths among the first `most` objects of a page."""
    return _objects(page, most, pdfium.FPDF_PAGEOBJ_PATH)


def images(page: Any, most: int) -> list[Any]:  # noqa: ANN401
    """The images among the first `most` objects of a page."""
    return _objects(page, most, pdfium.FPDF_PAGEOBJ_IMAGE)


def _objects(page: Any, most: int, kind: int) -> list[Any]:  # noqa: ANN401
    count = min(pdfium.FPDFPage_CountObjects(page), most)
    objects = list(map(_page_object, repeat(address(page)), range(count)))
    chosen = map(kind.__eq__, map(_object_type, objects))
    return [ctypes.cast(each, pdfium.FPDF_PAGEOBJECT) for each in compress(objects, chosen)]
