"""Characters as a reader should hand them on: visible, composed, ligatures expanded."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
_INVISIBLE = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xD800, 0xE000),
        0xFEFF,
        0xFFFE,
        0xFFFF,
    ]
)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BREAKING_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029\u0085]+")
SOFT_HYPHEN = "\u00ad"


def visible(text: str) -> str:
    """A word without control, zero-width and private characters' company: what can be seen.

    Soft hyphens are kept: whether one is seen depends on where its line ends.
    """
    text = text.translate(_INVISIBLE).translate(_LIGATURES)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def as_superscript(text: str) -> str:
    """Raised digits as they are shown: a note's number must not read as part of an amount."""
    return text.translate(_SUPERSCRIPTS)


def flowing(text: str) -> str:
    """A paragraph of a format that flows: one space for each run of spaces and line breaks.

    No-break spaces stay as they are; soft hyphens go, since no line ends there.
    """
    folded = _BREAKING_SPACES.sub(" ", text).strip(" ")
    return visible(folded).replace(SOFT_HYPHEN, "").strip()
