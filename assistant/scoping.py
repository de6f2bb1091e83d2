"""Scope words of a question: which reports a place, a year, « la dernière mission » mean."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.places import nearly_mentions
from vectorstore.models import Pillar, Report, Scope
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import mentions

# All patterns see the question folded.
_MISSION = (
    r"(?:missions?|rapports?|voyages?|deplacements?|visites?|trips?|visits?|reports?|travels?)"
)
_YEAR = r"((?:19|20)\d\d)"
# A year alone may be that of a fact; beside the word "mission" it is the mission's.
_MISSION_YEAR = re.compile(
    rf"\b{_MISSION}\b(?:[^.?!]{{0,30}}?)\b(?:de |en |in |of |from )?{_YEAR}\b|"
    rf"\b{_YEAR} {_MISSION}\b"
)
_ANY_YEAR = re.compile(rf"\b{_YEAR}\b")
_LATEST = re.compile(
    rf"\b(?:derniere?s?|plus recente?s?|last|latest|most recent|newest) {_MISSION}\b|"
    rf"\b{_MISSION} (?:la |le )?(?:plus recente?|derniere?)\b"
)

# « La section Québec attire », "the pillar on what was learned": the pillar itself is named.
_PART = r"\b(?:section|volet|axe|pilier|rubrique|pillar)s?\b[^.?!]{0,25}?\b"
_PILLARS = {
    Pillar.RAYONNE: re.compile(_PART + r"(?:rayonn|shine|shone)"),
    Pillar.APPREND: re.compile(_PART + r"(?:apprend|appris|learn)"),
    Pillar.ATTIRE: re.compile(_PART + r"(?:attir|attract)"),
    Pillar.OBJECTIFS: re.compile(_PART + r"(?:objectifs?|objectives?)\b"),
}

# Asks to compare, and is part of no answer.
_COMPARE = re.compile(
    r"^\W*(?:compar(?:ez|er|e|ons|ing)|comparaison|comparison)\b\s*", re.IGNORECASE
)
# What joins sides that were taken away.
_LEFT_OVER = re.compile(
    r"(?:[\s,;:]+(?:et|and|ou|or|à|a|en|in|entre|between|contre|versus|vs|puis|d['’]|de)?)+\s*[.?!]*$",
    re.IGNORECASE,
)

Synonyms = Callable[[str], Iterable[str]]


def scope_words(question: str, reports: Sequence[Report], synonyms: Synonyms) -> Scope:
    """The scope that the question's own words name; everything when they name none.

    Places count when a report went there: several are joined by *or*. A year counts beside the
    word "mission", or when the place named was visited in several years; a pillar beside
    "section". `synonyms(name)` gives
    other names of a place. `reports` come newest mission first.
    """
    folded = fold(question)
    destinations = _places(question, reports, synonyms)
    named = [report for report in reports if not destinations or _went_to(report, destinations)]
    years = _years(folded, named, has_place=bool(destinations))
    if years:
        named = [report for report in named if report.metadata.year in years]
    pillars = frozenset(pillar for pillar, part in _PILLARS.items() if part.search(folded))
    if _LATEST.search(folded) and named:
        return Scope(report_ids=frozenset([named[0].id]), pillars=pillars)
    return Scope(destinations=frozenset(destinations), years=frozenset(years), pillars=pillars)


def without_sides(question: str, years: Iterable[int]) -> str:
    """A comparison's question without the word for it, and without the years compared.

    « Comparez le nombre de postes en 2023 et en 2025. » asks each side for « le nombre de postes ».
    """
    text = _COMPARE.sub("", question)
    for year in years:
        text = re.sub(rf"(?:\b(?:en|de|in|of|from)\s+)?\b{year}\b", "", text)
    return _LEFT_OVER.sub("", text).strip()


def lessened(read: Scope, unread: Scope) -> Scope:
    """What was read from a question without the values of `unread`."""
    return Scope(
        report_ids=read.report_ids - unread.report_ids,
        years=read.years - unread.years,
        destinations=read.destinations - unread.destinations,
        pillars=read.pillars - unread.pillars,
    )


def merged(asked: Scope, read: Scope) -> Scope:
    """The scope that was set, narrowed by the question's words where it leaves them room."""
    chosen = bool(asked.report_ids or asked.destinations)
    return Scope(
        report_ids=asked.report_ids if chosen else read.report_ids,
        years=asked.years or read.years,
        destinations=asked.destinations if chosen else read.destinations,
        pillars=asked.pillars or read.pillars,
    )


def _places(question: str, reports: Iterable[Report], synonyms: Synonyms) -> set[str]:
    """Cities that the question names, or where it names none, countries; slips are forgiven."""
    visited = [place for report in reports for place in report.metadata.destinations]
    cities = {place.city for place in visited if place.city}
    countries = {place.country for place in visited if place.country}
    for is_named in (mentions, nearly_mentions):
        for names in (cities, countries):
            found = {
                name for name in names if any(is_named(question, other) for other in synonyms(name))
            }
            if found:
                return found
    return set()


def _went_to(report: Report, places: set[str]) -> bool:
    return any(
        place.city in places or place.country in places for place in report.metadata.destinations
    )


def mission_years(question: str) -> set[int]:
    """The years that a question names as those of missions."""
    found = _MISSION_YEAR.findall(fold(question))
    return {int(year) for match in found for year in match if year}


def _years(folded: str, named: Sequence[Report], *, has_place: bool) -> set[int]:
    visited = {report.metadata.year for report in named if report.metadata.year}
    beside_mission = mission_years(folded)
    if beside_mission & visited:
        return beside_mission & visited
    if has_place and len(visited) > 1:
        return {int(year) for year in _ANY_YEAR.findall(folded)} & visited
    return set()
