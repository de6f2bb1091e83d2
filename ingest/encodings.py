"""Bytes to characters: which encoding a text file is in.

UTF-8 and UTF-16/32 are certain by their form. Among the one-byte encodings that French files come
in, the one that gives the most French characters wins. (charset-normalizer was tried: of French
texts of a few words in Windows-1252 it took every second for Mac Roman.)
"""

import codecs
from collections.abc import Iterable

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order of preference when nothing tells them apart.
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
_COMMON = frozenset("éèàêçôîûùâëïœ’«»–\u00a0")
_POSSIBLE = frozenset("ÉÈÀÊÇÔÎÛÙÂËÏŒüæ‘“”‹›—…•·°²®©€£±½\u202f\u00ad")
# A text that names no encoding has zeros at every second byte only in UTF-16.
_ZEROS_OF_UTF16 = 0.3
# Damaged UTF-8 still has far more whole characters than broken ones.
_WHOLE_TO_BROKEN = 4


def detect_encoding(data: bytes) -> str:
    """The name of the Python codec that `data` is best read with; "cp1252" when nothing tells."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    utf16 = _unmarked_utf16(data)
    if utf16:
        return utf16
    if _is_mostly_utf8(data):
        return "utf-8"
    return max(_ONE_BYTE, key=lambda encoding: _french_share(data, encoding))


def decode(data: bytes) -> str:
    """The characters of a text file; bytes without a meaning become U+FFFD."""
    return data.decode(detect_encoding(data), "replace")


def _unmarked_utf16(data: bytes) -> str | None:
    half = len(data) // 2
    if half == 0:
        return None
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    if odd >= _ZEROS_OF_UTF16 and even < odd / 4:
        return "utf-16-le"
    if even >= _ZEROS_OF_UTF16 and odd < even / 4:
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    characters = data.decode("utf-8", "replace")
    broken = characters.count("\ufffd")
    whole = sum(character > "\x7f" for character in characters) - broken
    return broken == 0 or whole >= _WHOLE_TO_BROKEN * broken


def _french_share(data: bytes, encoding: str) -> float:
    high = bytes(_above_ascii(data)).decode(encoding, "replace")
    common = sum(character in _COMMON for character in high)
    possible = sum(character in _POSSIBLE for character in high)
    return (common + possible / 2) / max(len(high), 1)


def _above_ascii(data: bytes) -> Iterable[int]:
    return (byte for byte in data if byte > 0x7F)
