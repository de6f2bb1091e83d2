"""Dates written in French and English: days and ranges of days, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vectorstore.models import Span
from vectorstore.text.normalise import fold

_MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ACCENTS = {"e": "[eé]", "u": "[uû]"}


def _month_pattern() -> str:
    names = sorted(_NUMBERS, key=len, reverse=True)
    spelled = ("".join(_ACCENTS.get(letter, letter) for letter in name) for name in names)
    return rf"(?:{'|'.join(spelled)})\b\.?"


_MONTH = _month_pattern()
_DAY = r"\d{1,2}(?:er|st|nd|rd|th)?"
_WEEKDAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday),?\s+)?"
)
_TO = r"\s*(?:-|–|—|\bau\b|\bà\b|\bto\b|\buntil\b|\bthrough\b)\s*"
_TO_OR_AND = _TO.replace("–|", r"–|\bet\b|\band\b|")
_YEAR = r"(?:19|20)\d\d"
_PATTERNS = (
    # du 30 septembre (2025) au 2 octobre 2025
    rf"\b(?P<d1>{_DAY})\s+(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?{_TO}{_WEEKDAY}"
    rf"(?P<d2>{_DAY})\s+(?P<m2>{_MONTH}),?\s+(?P<y2>{_YEAR})\b",
    # du 28 au 31 octobre 2025
    rf"\b(?P<d1>{_DAY}){_TO_OR_AND}{_WEEKDAY}"
    rf"(?P<d2>{_DAY})\s+(?P<m2>{_MONTH}),?\s+(?P<y2>{_YEAR})\b",
    # October 30 to November 2, 2025
    rf"\b(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})(?:,?\s+(?P<y1>{_YEAR}))?{_TO}{_WEEKDAY}"
    rf"(?P<m2>{_MONTH})\s+(?P<d2>{_DAY}),?\s+(?P<y2>{_YEAR})\b",
    # October 28-31, 2025
    rf"\b(?P<m1>{_MONTH})\s+(?P<d1>{_DAY}){_TO_OR_AND}(?P<d2>{_DAY}),?\s+(?P<y2>{_YEAR})\b",
    # 2025-10-28 au 2025-10-31
    rf"\b(?P<i1>{_YEAR}-\d\d-\d\d)(?:{_TO}|\s*/\s*)(?P<i2>{_YEAR}-\d\d-\d\d)\b",
    # 28 octobre 2025; October 28, 2025; 2025-10-28
    rf"\b(?P<d1>{_DAY})\s+(?P<m1>{_MONTH}),?\s+(?P<y1>{_YEAR})\b",
    rf"\b(?P<m1>{_MONTH})\s+(?P<d1>{_DAY}),?\s+(?P<y1>{_YEAR})\b",
    r"\b(?P<i1>(?:19|20)\d\d-\d\d-\d\d)\b",
)


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or a range of days, and where it is written."""

    start: date
    end: date
    span: Span

    @property
    def is_range(self) -> bool:
        """Whether it is more than one day."""
        return self.start != self.end


def days_in(text: str) -> list[Days]:
    """The days and ranges of days in `text`, in order; impossible dates are passed over."""
    found: list[Days] = []
    taken: list[Span] = []
    for pattern in _compiled():
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(other.overlaps(span) for other in taken):
                taken.append(span)
                found.extend(_days(match, span))
    return sorted(found, key=lambda days: days.span)


@lru_cache(maxsize=1)
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)


def _days(match: re.Match[str], span: Span) -> Iterator[Days]:
    parts = match.groupdict()
    try:
        end = _day(parts, "2") if parts.get("d2") or parts.get("i2") else None
        start = _day(parts, "1", end)
    except ValueError:
        return
    if end is None or start <= end:
        yield Days(start, end or start, span)


def _day(parts: dict[str, str | None], which: str, end: date | None = None) -> date:
    """One of the two days of a match; what the first doesn't say is as in the second.

    Raises:
        ValueError: there is no such day.
    """
    iso, month, year = (parts.get(name + which) for name in "imy")
    if iso:
        return date.fromisoformat(iso)
    number = int(re.sub(r"\D", "", parts[f"d{which}"] or ""))
    if month is None:
        month_number = end.month if end else _month(parts["m1"] or "")
    else:
        month_number = _month(month)
    if year is not None:
        return date(int(year), month_number, number)
    if end is None:
        raise ValueError("no year")
    # From December to January of the year that is written.
    return date(end.year - (month_number > end.month), month_number, number)


def _month(name: str) -> int:
    return _NUMBERS[fold(name).rstrip(".")]
