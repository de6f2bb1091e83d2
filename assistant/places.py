"""What else a place is called: exonyms of cities from the glossary, countries from CLDR."""

from functools import lru_cache

from assistant.models import Language
from vectorstore.glossary import Glossary
from vectorstore.text.normalise import fold

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def names_of_place(place: str, glossary: Glossary) -> tuple[str, ...]:
    """The names of a city or country in French and English, `place` first."""
    names = dict.fromkeys(glossary.synonyms(place, "fr"))
    names |= dict.fromkeys(glossary.synonyms(place, "en"))
    return tuple(names | dict.fromkeys(_countries().get(fold(place), ())))


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
