"""How reports and places are called on the page."""

from collections.abc import Iterable
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING

from ui.messages import Language, Messages
from vectorstore.errors import UnknownReport
from vectorstore.models import Report

if TYPE_CHECKING:
    from vectorstore.store import Store

# A longer title is cut where it only names the report among others.
_TITLE_CHARACTERS = 80
_REGIONAL: dict[Language, str] = {"fr": "fr_CA", "en": "en_CA"}


def mission_name(report: Report, messages: Messages) -> str:
    """The short name of a mission, "New York (2025)"; the title where no place is known."""
    cities = [place.city for place in report.metadata.destinations if place.city]
    if not cities:
        return shorten(report.title, _TITLE_CHARACTERS, placeholder="…")
    place = " – ".join(cities)
    year = report.metadata.year
    return place if year is None else messages("page-mission-name", place=place, year=str(year))


def mission_names(store: "Store", report_ids: Iterable[str], messages: Messages) -> dict[str, str]:
    """The short names of missions by their reports' ids; a removed report is called by its id."""
    names = {}
    for report_id in report_ids:
        try:
            names[report_id] = mission_name(store.report(report_id), messages)
        except UnknownReport:
            names[report_id] = report_id
    return names


def mission_details(report: Report, messages: Messages) -> str:
    """Where and when: "New York, États-Unis · 4–9 oct. 2025"; empty when neither is known."""
    metadata = report.metadata
    places = [
        ", ".join(part for part in (place.city, place.country) if part)
        for place in metadata.destinations
    ]
    when = _period(metadata.start_date, metadata.end_date, messages.language)
    if not when and metadata.year is not None:
        when = str(metadata.year)
    return " · ".join(part for part in (" – ".join(places), when) if part)


def day_in_words(day: date, language: Language) -> str:
    """A date as one writes it: « 4 octobre 2025 », "October 4, 2025"."""
    from babel.dates import format_date

    return str(format_date(day, "long", _REGIONAL[language]))


def _period(start: date | None, end: date | None, language: Language) -> str:
    from babel.dates import format_date, format_interval

    locale = _REGIONAL[language]
    if start is None:
        return ""
    if end is None or end == start:
        return str(format_date(start, "long", locale))
    return str(format_interval(start, end, "yMMMd", locale=locale))


def where(city: str, language: Language) -> str:
    """A city with its preposition: "à New York", "au Havre", "in New York"."""
    if language == "en":
        return f"in {city}"
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if city.startswith(article):
            return contracted + city.removeprefix(article)
    return f"à {city}"
