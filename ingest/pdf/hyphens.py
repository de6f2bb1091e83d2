"""Words cut at the end of a line: joined, or kept as the compounds they are."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import WordFrequency

_TAIL = re.compile(r"([^\W\d_]+)$")
_HEAD = re.compile(r"^([^\W\d_]+)(-?)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INSIDE = re.compile("\\w\u2010\\w")
HYPHENS = "-\u2010\u00ad"


@cache
def _frequencies() -> "WordFrequency":
    from spellchecker import SpellChecker

    return SpellChecker(language="fr").word_frequency


@cache
def is_known(word: str) -> bool:
    """Whether a word is French; one dictionary lacks « plusieurs », the other rare forms."""
    import simplemma

    return simplemma.is_known(word, lang="fr") or _frequencies()[word] > 0


class Vocabulary:
    """The words of a document, by which its broken words are mended."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._compounds_as_discretionary = False
        for text in texts:
            self._words.update(_WORD.findall(text.lower()))
            # U+2010 is what programs put at line ends; some write all their hyphens so.
            self._compounds_as_discretionary |= _INSIDE.search(text) is not None

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
        joined, compound = first + second, f"{first}-{second}"
        if self._words[joined] != self._words[compound]:
            return self._words[compound] > self._words[joined]
        if left.endswith("\u2010") and not self._compounds_as_discretionary:
            return False
        if is_known(joined):
            return False
        if left[:-1].endswith("-" + tail[1]):
            return is_known(second)
        return len(first) > 1 and is_known(first) and is_known(second)
