"""What stands inside rectangles of a page, asked of PDFium directly: a witness for highlights."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import LCSseq

from ingest.locating import Rectangle

_LINE_END = {"\ufffe": "", "\x02": "", "\u2010": "", "\u00ad": ""}


@lru_cache(maxsize=64)
def _characters(path: Path, page: int) -> tuple[tuple[str, float, float], ...]:
    """The page's characters with their middles, as shares of the page."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        shown = pdf[page - 1]
        width, height = shown.get_size()
        text_page = shown.get_textpage()
        found = []
        for index in range(text_page.count_chars()):
            left, bottom, right, top = text_page.get_charbox(index)
            character = text_page.get_text_range(index, 1)
            character = _LINE_END.get(character, character)
            middle = (left + right) / 2 / width, 1 - (bottom + top) / 2 / height
            found.append((character, *middle))
        return tuple(found)


def characters_inside(path: Path, page: int, rectangles: Iterable[Rectangle]) -> str:
    """The characters whose middles lie inside the rectangles, in the rectangles' order."""
    return "".join(
        character
        for box in rectangles
        for character, x, y in _characters(path, page)
        if box.left <= x <= box.left + box.width and box.top <= y <= box.top + box.height
    )


def share_in_order(wanted: str, found: str) -> float:
    """The share of the wanted characters that were found, in their order."""
    plain = wanted.replace("-", ""), found.replace("-", "")
    return LCSseq.similarity(*plain) / max(len(plain[0]), 1)
