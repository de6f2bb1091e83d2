"""Whether a page's text layer can be used, or the page must be recognised from its image."""

import re
from typing import Any

from ingest.pdf.bulk import images
from ingest.pdf.drawings import bounds
from ingest.pdf.elements import Line
from ingest.pdf.shown import ShownPage

_FEW_CHARACTERS = 60
_COVERED = 0.5  # of the page, by images
_FEWEST_WORDS = 20
_STRANGE = 0.05  # of the characters
_COMMON_WORDS = 0.06  # of the words
_ODD_WORDS = 0.25
_SYMBOLS = 0.35
_SYMBOL = re.compile(r"[^\w\s.,;:!?'’\"«»()\[\]/%$€…•·<>=-]|[\u0080-\u009f]")
_IMPOSSIBLE = re.compile(
    r"^[^aeiouyàâäéèêëîïôöùûüœæ]{3,}$|[^aeiouyàâäéèêëîïôöùûüœæ]{6,}"  # no word of ours
)
_LINES = 40
_SAMPLE = 2_000  # characters
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMON = frozenset(
    "de la le les des et en du un une que qui dans pour par sur au aux est ce cette son sa ses "
    "avec plus nous vous il elle ont été the of and to in is for on that with as are".split()
)


def needs_recognition(page: Any, shown: ShownPage, characters: int, lines: list[Line]) -> bool:  # noqa: ANN401
    """Whether what a page shows isn't in its text layer.

    So it is for a scan, and for a text layer whose letters aren't those that are shown.
    """
    if characters < _FEW_CHARACTERS:
        return _covered(page, shown) > _COVERED
    return is_garbled(" ".join(line.text for line in lines[:_LINES]))


def _covered(page: Any, shown: ShownPage) -> float:  # noqa: ANN401
    """The largest share of the page that one image covers."""
    area = max(shown.width * shown.height, 1.0)
    boxes = (bounds(image, shown) for image in images(page.raw, 5_000))
    return max((box.width * box.height / area for box in boxes if box is not None), default=0.0)


def is_garbled(text: str) -> bool:
    """Whether a text is what a font without a right encoding gives: no words, or no letters.

    It must be far from any French or English: tables of contents, lists of names and program
    text have few common words, but their words have vowels.
    """
    sample = text[:_SAMPLE]
    if len(_PRIVATE.findall(sample)) > max(_STRANGE * len(sample), 10):
        return True
    shown = len(sample) - sample.count(" ")
    if shown > _FEW_CHARACTERS and len(_SYMBOL.findall(sample)) > _SYMBOLS * shown:
        return True
    words = _WORD.findall(sample.lower())
    if len(words) < _FEWEST_WORDS:
        return False
    if sum(word in _COMMON for word in words) > _COMMON_WORDS * len(words):
        return False
    return sum(_IMPOSSIBLE.search(word) is not None for word in words) > _ODD_WORDS * len(words)
