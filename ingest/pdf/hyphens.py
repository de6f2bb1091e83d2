"""Words cut at the end of a line: joined, or kept as the compounds they are."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import WordFrequency

_TAIL = re.compile(r"([^\W\d_]+)$")
_HEAD = re.compile(r"^([^\W\d_]+)(-?)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INSIDE = re.compile("\\w\u2010\\w")
_DISCRETIONARY = "\u2010"
HYPHENS = "-\u2010\u00ad"


@cache
def _frequencies() -> "WordFrequency":
    """French words with their frequencies: 140,000 forms, some 0.1 s to load."""
    from spellchecker import SpellChecker

    return SpellChecker(language="fr").word_frequency


def is_known(word: str) -> bool:
    """Whether a word, in small letters, is French."""
    return _frequencies()[word] > 0


class Vocabulary:
    """The words of a document, by which its broken words are mended."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(word for text in self._lines for word in _WORD.findall(text.lower()))

    @cached_property
    def _lines(self) -> list[str]:
        return list(self._texts)

    @cached_property
    def _has_discretionary(self) -> bool:
        """Whether U+2010 is only what a program puts at line ends; some write all hyphens so."""
        return not any(_INSIDE.search(text) for text in self._lines)

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether the hyphen that ends `left`, the part before a line's end, belongs to the word.

        `left` ends with the hyphen; `right` is the first word of the next line. The document's
        own words decide first, then a French dictionary; « Saint-Laurent », « a-t-il » and
        « 2024-2025 » keep theirs.
        """
        tail, head = _TAIL.search(left[:-1]), _HEAD.match(right)
        if tail is None or head is None:
            return True
        first, second = tail[1], head[1]
        shouted = first.isupper() and second.isupper() and len(first) + len(second) > 3
        if (second[0].isupper() and not shouted) or head[2]:
            return True
        first, second = first.lower(), second.lower()
        seen, seen_apart = self._words[first + second], self._words[f"{first}-{second}"]
        if seen != seen_apart:
            return seen_apart > seen
        if left.endswith(_DISCRETIONARY) and self._has_discretionary:
            return False
        in_compound = left[:-1].endswith("-" + tail[1])
        return not is_known(first + second) and _are_words(first, second, in_compound=in_compound)


def _are_words(first: str, second: str, *, in_compound: bool) -> bool:
    """Whether both parts are words; in « Saint-Lau-rent » the hyphen before says nothing."""
    if in_compound:
        return is_known(second)
    return len(first) > 1 and is_known(first) and is_known(second)
