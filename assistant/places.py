"""What else a place is called: exonyms of cities from the glossary, countries from CLDR."""

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA, Hamming
from simplemma import is_known

from assistant.models import Language
from vectorstore.glossary import Glossary
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import mentions, tokens

_LANGUAGES: tuple[Language, ...] = ("fr", "en")
_LETTERS_PER_SLIP = 5
_LONG_NAME = 8
_PREPOSITION = re.compile(r"(?:\b(?:à|a|au|aux|en|de|in|to|at|from)|\bd['’])\s*$")


def names_of_place(place: str, glossary: Glossary) -> tuple[str, ...]:
    """The names of a city or country in French and English, `place` first."""
    names = dict.fromkeys(glossary.synonyms(place, "fr"))
    names |= dict.fromkeys(glossary.synonyms(place, "en"))
    return tuple(names | dict.fromkeys(_countries().get(fold(place), ())))


def nearly_mentions(text: str, name: str) -> bool:
    """Whether `text` holds `name` with a slip of the keyboard: « Roterdam », « Copenhauge »."""
    wanted = " ".join(token.folded for token in tokens(name))
    words = [token.folded for token in tokens(text)]
    width = wanted.count(" ") + 1
    windows = (words[start : start + width] for start in range(len(words) - width + 1))
    return any(
        _is_slip(" ".join(window), wanted) and not all(_is_a_word(word) for word in window)
        for window in windows
    )


def _is_slip(written: str, wanted: str) -> bool:
    """One slip for each five letters, after the first (optimal string alignment distance).

    A letter that took the place of another makes a slip only in a long name: Angers isn't Anvers.
    """
    slips = len(wanted) // _LETTERS_PER_SLIP
    if not slips or written[:1] != wanted[:1]:
        return False
    distance = OSA.distance(written, wanted, score_cutoff=slips)
    only_replaced = len(written) == len(wanted) and Hamming.distance(written, wanted) == distance
    return distance <= slips and (not only_replaced or len(wanted) >= _LONG_NAME)


def _is_a_word(word: str) -> bool:
    return any(is_known(word, lang=language) for language in _LANGUAGES)


def names_a_place(text: str, places: Collection[str]) -> bool:
    """Whether `text` names one of `places`."""
    return any(mentions(text, place) for place in places)


def without_places(text: str, places: Collection[str]) -> str:
    """`text` without the names of places, nor the preposition before them."""
    for place in sorted(places, key=len, reverse=True):
        for span in reversed(mentions(text, place)):
            kept = _PREPOSITION.sub("", text[: span.start])
            text = kept + text[span.end :]
    return text


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, ...]]:
    """The names of each country, by each of them folded (Unicode CLDR, through Babel)."""
    from babel import Locale

    by_code: dict[str, list[str]] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2:
                by_code.setdefault(code, []).append(name)
    return {fold(name): tuple(names) for names in by_code.values() for name in names}
