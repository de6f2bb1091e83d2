"""The places that a mission went to, from a labelled line or the title of its report."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vectorstore.models import Confidence, Destination
from vectorstore.text.normalise import fold

_LONGEST_LINE = 200  # characters of a labelled line
_LABEL = re.compile(
    r"(?:destinations?|lieux?(?: de la mission)?|villes? visitées?|villes?|pays(?: visités?)?|"
    r"places?|location)\s*:\s*(?P<places>.+)",
    re.IGNORECASE,
)
_NO_NAME = (
    r"(?!(?:DU|AU|AUX|LE|LA|LES|ET|EN|DE|DES|AND|TO|FROM|ON|THE)\b|"
    r"(?i:janv|f[ée]vr|mars\b|avr|mai\b|juin\b|juil|ao[ûu]t|sept|oct|nov|d[ée]c|jan|feb|march|"
    r"apr|may\b|june\b|july\b|aug))"
)
_LINKS = r"(?:(?:de|du|des|la|le|les|sur|en|of|the)[ -])*"
_WORD = rf"{_NO_NAME}[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_NAME = rf"{_WORD}(?:[ -]{_LINKS}{_WORD})*"
_BETWEEN = r"(?:,\s*|\s+(?i:et|and)\s+)(?:(?i:à|en|au|aux|in|to)\s+)?"
_PLACE = rf"{_NAME}(?:\s*\({_NAME}(?:{_BETWEEN}{_NAME})*\))?"
_MISSION_TO = re.compile(
    r"\b(?i:mission|délégation|voyage|déplacement|visite|séjour|trip|visit)"
    r"(?:\s+[a-zà-ÿ'’-]+){0,4}?\s+(?P<at>(?i:à|en|au|aux|in|to))\s+"
    rf"(?P<places>{_PLACE}(?:{_BETWEEN}{_PLACE})*)"
)
# « Rapport de mission – Tallinn (Estonie) », and on a line of its own « Oslo, Norvège – 20 au 24
# novembre 2023 »: only where a country follows, for a name alone may be that of anything.
_AFTER_DASH = re.compile(
    r"(?:^(?!(?:M|Mme|Mr|Mrs|Ms|Dre?|Me|Pr)\b)|(?i:\b(?:rapport|mission|délégation|voyage|visite|"
    r"report|trip|visit)\b[^–—:,()]{0,40}?\s*(?:[–—:]|\s-)\s+))"
    rf"(?P<places>{_PLACE}(?:{_BETWEEN}{_PLACE})*)(?=\s*(?:$|[,;–—.\d]|\s-\s))"
)
_SEPARATOR = re.compile(r"\s*(?:[,;/]|\b(?:et|and|ET|AND)\b)\s*(?![^()]*\))")
_BRACKETED = re.compile(r"(?P<city>[^()]+?)\s*\((?P<country>[^()]+)\)\W*")
_PREPOSITION = re.compile(r"(?:à|en|au|aux|in|to)\s+", re.IGNORECASE)
_OTHER_COUNTRIES = frozenset(
    "usa|etats-unis d'amerique|grande-bretagne|angleterre|ecosse|pays de galles|coree|england|"
    "scotland|wales|uk|united states of america|korea|republique tcheque|czech republic".split("|")
)


def destinations_of(
    titles: Sequence[str], lines: Sequence[str]
) -> tuple[tuple[Destination, ...], Confidence]:
    """The places that labelled lines name (« Destination : Gênes (Italie) »).

    Where there are none, those of the first of `titles` that names some; with low confidence where
    only its punctuation tells that they are places.
    """
    labelled = [
        match["places"]
        for line in lines
        if len(line) <= _LONGEST_LINE and (match := _LABEL.fullmatch(line))
    ]
    written = [labelled, *([_to(match) for match in _MISSION_TO.finditer(t)] for t in titles)]
    chosen = next((places for places in written if places), [])
    found = tuple(dict.fromkeys(place for places in chosen for place in _places(places)))
    if found:
        return found, Confidence.HIGH
    return tuple(dict.fromkeys(_after_dash(titles))), Confidence.LOW


def _after_dash(titles: Sequence[str]) -> list[Destination]:
    """The places of the first title that names them without « à », if all have a country."""
    for title in titles:
        match = _AFTER_DASH.search(title)
        places = list(_places(match["places"])) if match else []
        if places and all(place.city and place.country for place in places):
            return places
    return []


def _to(match: re.Match[str]) -> str:
    """Where a title says that the mission went: « au Havre » is Le Havre, « au Japon » Japan."""
    places = match["places"]
    first = re.match(_NAME, places)
    is_city = match["at"].lower() == "au" and first is not None and not _is_country(first[0])
    return f"Le {places}" if is_city else places


def _places(written: str) -> Iterator[Destination]:
    """The places of « Rotterdam (Pays-Bas), Boston et Montréal » or « Gênes, Italie ».

    A country is that of the places before it that have none: « Tokyo et Sapporo (Japon) »; as
    many countries as places are theirs in turn: « Copenhague et Malmö (Danemark et Suède) ».
    """
    parts = [_PREPOSITION.sub("", part) for part in _SEPARATOR.split(written.strip(" ."))]
    parts = [part for part in parts if part]
    if len(parts) == 2 and re.search(r",", written) and not _is_country(parts[1]):
        # « Boston, Massachusetts » or two cities: only the first is sure.
        parts = parts[:1]
    waiting: list[str] = []
    for part in parts:
        bracketed = _BRACKETED.fullmatch(part)
        if bracketed:
            waiting.append(bracketed["city"])
            yield from _in_countries(waiting, _SEPARATOR.split(bracketed["country"]))
            waiting = []
        elif _is_country(part):
            yield from _in_countries(waiting or [""], [part])
            waiting = []
        else:
            waiting.append(part)
    yield from (Destination(_cased(city)) for city in waiting)


def _in_countries(cities: Sequence[str], countries: Sequence[str]) -> Iterator[Destination]:
    """Cities with the one country of all, or with each its own; with none where that is unclear."""
    if len(countries) == 1:
        countries = [countries[0]] * len(cities)
    elif len(countries) != len(cities):
        countries = [""] * len(cities)
    for city, country in zip(cities, countries, strict=True):
        yield Destination(_cased(city), _cased(country))


def _cased(name: str) -> str:
    """A name in capitals as names are written."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _is_country(name: str) -> bool:
    return fold(name) in _countries()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """The world's countries in French and English (CLDR), folded."""
    from babel import Locale

    names = (
        name
        for language in ("fr", "en")
        for code, name in Locale(language).territories.items()
        if code.isalpha()
    )
    return frozenset(fold(name) for name in names) | _OTHER_COUNTRIES
