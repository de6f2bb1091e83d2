"""What else a place is called: exonyms of cities from the glossary, countries from CLDR."""

import re
from collections.abc import Collection
from functools import lru_cache

from assistant.models import Language
from vectorstore.glossary import Glossary
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import mentions

_LANGUAGES: tuple[Language, ...] = ("fr", "en")
_PREPOSITION = re.compile(r"(?:\b(?:à|a|au|aux|en|de|in|to|at|from)|\bd['’])\s*$")


def names_of_place(place: str, glossary: Glossary) -> tuple[str, ...]:
    """The names of a city or country in French and English, `place` first."""
    names = dict.fromkeys(glossary.synonyms(place, "fr"))
    names |= dict.fromkeys(glossary.synonyms(place, "en"))
    return tuple(names | dict.fromkeys(_countries().get(fold(place), ())))


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
