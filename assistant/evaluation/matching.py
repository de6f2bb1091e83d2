"""Comparing texts as a reader would: without regard to white space, case, accents, typography."""

import re
from collections.abc import Iterable
from functools import lru_cache

from vectorstore.models import Span
from vectorstore.text.normalise import fold, fold_spaces

_TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "−": "-"}
)


def contains_answer(text: str, answers: Iterable[str]) -> bool:
    """Whether `text` holds one of `answers` as whole words.

    A number isn't found inside a longer one: neither "300" nor "000" in "300 000".
    """
    folded = _folded(text)
    return any(_pattern(answer).search(folded) for answer in answers)


class SearchableText:
    """A text in which quotes are found however their lines are broken."""

    def __init__(self, text: str) -> None:
        self._squeezed, self._offsets = _squeezed(text)

    def find(self, quote: str) -> Span | None:
        """The first place of `quote`, in the offsets of the text; None where it doesn't stand."""
        wanted, _ = _squeezed(quote)
        start = self._squeezed.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if self._is_between_characters(start) and self._is_between_characters(end):
                return Span(self._offsets[start], self._offsets[end - 1] + 1)
            start = self._squeezed.find(wanted, start + 1)
        return None

    def _is_between_characters(self, place: int) -> bool:
        """Whether a character of the text begins at `place`: « œ » is folded to two."""
        inside = 0 < place < len(self._offsets)
        return not inside or self._offsets[place - 1] != self._offsets[place]


def _folded(text: str) -> str:
    return fold_spaces(fold(text).translate(_TYPOGRAPHY))


@lru_cache(maxsize=4096)
def _pattern(answer: str) -> re.Pattern[str]:
    folded = _folded(answer)
    before = r"(?<!\w)(?<!\d[ .,])" if folded[:1].isdigit() else r"(?<!\w)"
    after = r"(?!\w)(?![ .,]\d{3}(?!\d))(?![.,]\d)" if folded[-1:].isdigit() else r"(?!\w)"
    return re.compile(before + re.escape(folded) + after)


def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text without white space, and where each of its characters comes from."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in _folded_character(character):
            characters.append(folded)
            offsets.append(offset)
    return "".join(characters), tuple(offsets)


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    return _folded(character)
