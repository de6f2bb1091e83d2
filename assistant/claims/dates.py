"""Dates of a text: days, months, seasons, quarters, years, decades, ranges, relative ones.

Month names are CLDR's, through Babel. dateparser finds dates in texts too, but answers with one
instant: "en 2024" becomes a day of 2024, a range two unrelated dates, and what was not said is
guessed. A check needs exactly what was said, hence the grammar here.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from assistant.claims.comparison import Match
from vectorstore.models import Span
from vectorstore.text.normalise import fold


class DateBound(StrEnum):
    """How a date bounds the time it speaks of."""

    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A time that a text names, as precisely as it does.

    `first` and `last` are (month, day) of the ends within the year; a day of 0 means the whole
    month, a month of 0 the whole year. `year` is None where the text doesn't say it and it
    can't be told from "last year" and the like.
    """

    span: Span
    year: int | None
    first: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)
    last_year: int | None = None
    bound: DateBound = DateBound.ON

    @property
    def interval(self) -> tuple[date, date] | None:
        """First and last day, None without a year."""
        if self.year is None:
            return None
        month, day = self.first
        start = date(self.year, month or 1, day or 1)
        year = self.last_year or self.year
        month, day = self.last[0] or 12, self.last[1]
        end = date(year, month, day or calendar.monthrange(year, month)[1])
        return start, max(start, end)


_YEAR = r"(?:1[89]|20)\d\d"
_S = r"[\s\u00a0\u202f]+"
_O = r"[\s\u00a0\u202f]*"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:er|st|nd|rd|th|e)?"
_SEASONS = {
    "printemps": (3, 6), "ete": (6, 9), "automne": (9, 12), "hiver": (12, 3),
    "spring": (3, 6), "summer": (6, 9), "fall": (9, 12), "autumn": (9, 12), "winter": (12, 3),
}  # fmt: skip
_PORTIONS = {
    "debut": (1, 4), "mi": (5, 8), "fin": (9, 12), "early": (1, 4), "mid": (5, 8), "late": (9, 12),
}  # fmt: skip
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "premier": 1, "deuxieme": 2, "troisieme": 3,
             "quatrieme": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}  # fmt: skip
_LAST = r"(?:derni(?:er|ère)|pass(?:é|ée)|précédente?)"


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for locale in ("fr_CA", "en_CA"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                folded = fold(name).rstrip(".")
                if len(folded) > 3 or width == "wide" or folded in {"dec", "oct", "jan", "nov"}:
                    names.setdefault(folded, number)
    # As English months "May" and "Mar" are words and names; French "mai" and "mars" are safe.
    return names


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    month = "(?:" + "|".join(sorted(_accented(), key=len, reverse=True)) + r")\b\.?"
    year = rf"{_YEAR}(?![\w])"
    season = r"printemps|été|automne|hiver|spring|summer|fall|autumn|winter"
    sources = (
        ("iso", rf"(?<![\w-])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)(?![\w-])"),
        ("numeric", rf"(?<![\w/])(?P<d>{_DAY})/(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?![\w/])"),
        (
            "months",
            rf"(?<!\w)(?P<d>{_DAY}){_S}(?P<m>{month})(?:{_S}(?P<y>{year}))?{_O}(?:au|à|to|–|-)"
            rf"{_O}(?P<d2>{_DAY}){_S}(?P<m2>{month})(?:{_S}(?P<y2>{year}))?",
        ),
        (
            "days",
            rf"(?<!\w)(?P<d>{_DAY}){_O}(?:au|à|et|to|and|–|—|-){_O}(?P<d2>{_DAY}){_S}"
            rf"(?:of{_S})?(?P<m>{month})(?:,?{_S}(?P<y>{year}))?",
        ),
        (
            "days_en",
            rf"(?<!\w)(?P<m>{month}){_S}(?P<d>{_DAY}){_O}(?:to|and|–|—|-){_O}(?P<d2>{_DAY})"
            rf"(?![\w.])(?:,?{_S}(?P<y>{year}))?",
        ),
        (
            "day",
            rf"(?<![\w.,])(?P<d>{_DAY}){_S}(?:of{_S})?(?P<m>{month})(?:,?{_S}(?P<y>{year}))?"
            rf"(?P<last>{_S}{_LAST})?",
        ),
        (
            "day_en",
            rf"(?<!\w)(?P<m>{month}){_S}(?P<d>{_DAY})(?![\w.]|{_S}\d{{3}})(?:,?{_S}(?P<y>{year}))?",
        ),
        (
            "month_range",
            rf"(?<!\w)(?P<m>{month}){_O}(?:à|au|to|et|and|–|"
            rf"-){_O}(?P<m2>{month}){_S}(?:de{_S})?(?P<y>{year})",
        ),
        (
            "month",
            rf"(?<!\w)(?:(?P<relative>last|this|next){_S})?(?P<m>{month})(?:{_S}(?:de{_S}|"
            rf"of{_S})?(?P<y>{year})|(?P<last>{_S}{_LAST}))?",
        ),
        (
            "quarter",
            rf"(?<!\w)(?:(?P<q>premier|deuxième|troisième|quatrième|first|second|third|fourth)"
            rf"{_S}(?:trimestre|quarter)|[TQ](?P<q2>[1-4]))(?:{_S}(?:de{_S}|of{_S})?(?P<y>{year}))",
        ),
        (
            "season",
            rf"(?<!\w)(?:(?P<relative>last|this|next){_S})?(?P<s>{season})(?:{_S}(?:de{_S}|of{_S})?"
            rf"(?P<y>{year})|(?P<last>{_S}{_LAST}))?(?!\w)",
        ),
        (
            "portion",
            rf"(?<!\w)(?P<p>début|mi|fin|early|mid|late)(?:{_S}|-|{_S}de{_S}|"
            rf"{_S}in{_S})(?P<y>{year})",
        ),
        ("decade", rf"(?<!\w)(?:années{_S}(?P<y>{_YEAR})|(?:the{_S})?(?P<y3>{_YEAR})s)(?!\w)"),
        (
            "years",
            rf"(?<![\w-])(?:(?:de|entre|from|between){_S})?(?P<y>{_YEAR}){_O}(?:à|et|to|and|–|—|"
            rf"-){_O}(?P<y2>{year})(?!-)",
        ),
        (
            "year",
            rf"(?<![\w.,$€£/-])(?P<y>{_YEAR})(?![\w$€£%/-]|[.,]\d|[\s\u00a0\u202f]\d{{3}}(?!\d))",
        ),
        (
            "relative",
            rf"(?<!\w)(?:l['’](?:an|année)|the){_S}(?P<last>{_LAST}|past{_S}year)|"
            rf"(?<!\w)(?P<lasty>last{_S}year)"
            rf"|(?<!\w)(?P<this>cette{_S}année|this{_S}year)|(?<!\w)(?P<next>l['’](?:an|"
            rf"année){_S}prochaine?|next{_S}year)",
        ),
    )
    return tuple((name, re.compile(source, re.IGNORECASE)) for name, source in sources)


def _accented() -> set[str]:
    """The months as written, with and without accents."""
    from babel.dates import get_month_names

    written = set(_months())
    for width in ("wide", "abbreviated"):
        names = get_month_names(width, locale="fr_CA").values()
        written |= {
            name.rstrip(".") for name in names if len(name.rstrip(".")) > 3 or width == "wide"
        }
    return written


def dates(text: str, reference: date | None = None) -> tuple[DateExpression, ...]:
    """The dates of `text`, in order; relative ones are counted from `reference`."""
    found: list[DateExpression] = []
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(other.span) for other in found):
                continue
            expression = _read(kind, match, reference)
            if expression is not None and not _is_other(kind, match, text):
                found.append(replace(expression, bound=_bound(text, span.start)))
    return tuple(sorted(found, key=lambda expression: expression.span))


_AFTER_YEAR = re.compile(r"[\s\u00a0]+([^\W\d_]{4,}s)\b")
_TIME_WORDS = re.compile(
    r"(?:\b(?:en|depuis|d['’]ici|avant|après|dès|de|vers|pour|l['’]an|l['’]année|année|in|since|by|"
    r"before|after|from|until|of|for|early|late|during|jusqu['’]en|entre|et|à|fin|début)[\s\u00a0]+"
    r"(?:l['’]année[\s\u00a0]+)?|[(/][\s\u00a0]*)$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"(?:^|\W)(?!En\b|In\b|Since\b|Depuis\b|Dès\b|By\b|De\b|From\b)[A-ZÀ-Ý][\w’'-]+[\s\u00a0]$"
)


def _is_other(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether what looks like a date is a count ("2000 visiteurs") or part of a name."""
    if kind == "month":
        # "may" the verb, "mars" the planet: a lone English month wants a capital.
        word = match["m"]
        return fold(word) in {"may", "march", "mar"} and not (word[0].isupper() and match.start())
    if kind == "season":
        return not (match["y"] or match["last"] or match["relative"])
    if kind != "year":
        return False
    before = text[: match.start()]
    if _NAME_BEFORE.search(before):
        return True
    # "the 2030 Agenda" is a name.
    if re.match(r"[\s\u00a0][A-ZÀ-Ý]", text[match.end() :]) and not _TIME_WORDS.search(before):
        return True
    return bool(_AFTER_YEAR.match(text, match.end())) and not _TIME_WORDS.search(before)


def _read(kind: str, match: re.Match[str], reference: date | None) -> DateExpression | None:  # noqa: PLR0911
    groups = {key: value for key, value in match.groupdict().items() if value}
    year = int(groups["y"]) if "y" in groups else None
    span = Span(*match.span())
    month = _month(groups["m"]) if "m" in groups else 0
    if ("last" in groups or "relative" in groups) and kind in {"day", "month", "season"}:
        season = _SEASONS.get(fold(groups["s"]), (0, 0))[1] if kind == "season" else 0
        year = _relative_year(groups, month or season, reference)
    match kind:
        case "season":
            return _season(span, year, fold(groups["s"]))
        case "quarter":
            quarter = _QUARTERS[fold(groups.get("q") or groups["q2"])]
            return DateExpression(span, year, (3 * quarter - 2, 0), (3 * quarter, 0))
        case "portion":
            first, last = _PORTIONS[fold(groups["p"])]
            return DateExpression(span, year, (first, 0), (last, 0))
        case "decade":
            decade = int(groups.get("y") or groups["y3"])
            return DateExpression(span, decade, last_year=decade + 9)
        case "years":
            last_year = int(groups["y2"])
            return (
                DateExpression(span, year, last_year=last_year) if last_year > (year or 0) else None
            )
        case "relative":
            return _relative(span, groups, reference)
    return _days(span, groups, year, month)


def _days(
    span: Span, groups: dict[str, str], year: int | None, month: int
) -> DateExpression | None:
    day = _day(groups.get("d"))
    last_month = _month(groups["m2"]) if "m2" in groups else month
    last_day = _day(groups.get("d2")) or (day if "m2" not in groups else 0)
    last_year = int(groups["y2"]) if "y2" in groups else None
    year = year or last_year
    try:
        for number, limit in ((day, month), (last_day, last_month)):
            date(year or 2024, limit or 1, number or 1)
    except ValueError:
        return None
    return DateExpression(
        span, year, (month, day), (last_month, last_day), last_year if last_year != year else None
    )


def _season(span: Span, year: int | None, name: str) -> DateExpression:
    first, last = _SEASONS[name]
    if first < last:
        return DateExpression(span, year, (first, 0), (last, 0))
    # Winter of a year: January to March of it, or its December; the year decides.
    return DateExpression(span, year, (1, 0) if year else (12, 0), (12, 0) if year else (3, 0))


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _months()[fold(word).rstrip(".")]


def _day(written: str | None) -> int:
    return int(re.sub(r"\D", "", written)) if written else 0


def _relative_year(groups: dict[str, str], month: int, reference: date | None) -> int | None:
    if reference is None:
        return None
    if groups.get("relative", "").lower() == "next":
        return reference.year + (month <= reference.month)
    if groups.get("relative", "").lower() == "this":
        return reference.year
    return reference.year - (month >= reference.month)


def _relative(span: Span, groups: dict[str, str], reference: date | None) -> DateExpression | None:
    if reference is None:
        return None
    shift = 1 if "next" in groups else 0 if "this" in groups else -1
    return DateExpression(span, reference.year + shift)


_UNTIL = re.compile(
    r"(?:jusqu['’](?:en|à|au)|until|through)[\s\u00a0]+(?:le[\s\u00a0]+|la fin de[\s\u00a0]+|"
    r"the end of[\s\u00a0]+)*$",
    re.I,
)
_BEFORE = re.compile(
    r"(?:d['’]ici|avant|by|before)[\s\u00a0]+(?:à[\s\u00a0]+|en[\s\u00a0]+|la fin de[\s\u00a0]+|"
    r"le[\s\u00a0]+|la[\s\u00a0]+|l['’]|the end of[\s\u00a0]+|the[\s\u00a0]+)*$",
    re.I,
)
_AFTER = re.compile(
    r"(?:depuis|après|dès|à partir d(?:e|u|es)|since|after|from|as of)[\s\u00a0]+(?:le[\s\u00a0]+|"
    r"la[\s\u00a0]+|l['’]|the[\s\u00a0]+|en[\s\u00a0]+|la fin de[\s\u00a0]+|"
    r"the end of[\s\u00a0]+)*$",
    re.I,
)


def _bound(text: str, start: int) -> DateBound:
    before = text[max(0, start - 30) : start]
    if _UNTIL.search(before):
        return DateBound.UNTIL
    if _BEFORE.search(before):
        return DateBound.BEFORE
    return DateBound.AFTER if _AFTER.search(before) else DateBound.ON


def compare_dates(claim: DateExpression, source: DateExpression) -> Match:  # noqa: PLR0911
    """How a source's date bears out a claim's, taking both to date the same thing.

    A claim may be less precise than the source ("en 2026" for « janvier 2026 »), not more.
    """
    wanted, given = claim.interval, source.interval
    if wanted is None or given is None:
        return _without_year(claim, source)
    if claim.bound is not source.bound and DateBound.ON not in {claim.bound, source.bound}:
        return Match.UNSUPPORTED if wanted == given else Match.CONFLICT
    if DateBound.UNTIL in {claim.bound, source.bound} and wanted != given:
        return Match.CONFLICT
    if claim.bound is not DateBound.ON and source.bound is DateBound.ON and wanted != given:
        before = claim.bound is DateBound.BEFORE
        holds = given[1] <= wanted[1] if before else given[0] >= wanted[0]
        return Match.ENTAILED if holds else Match.CONFLICT
    same_bound = Match.ENTAILED if claim.bound is source.bound else Match.LOOSE
    if wanted[0] <= given[0] and given[1] <= wanted[1]:
        return same_bound
    if given[0] <= wanted[0] and wanted[1] <= given[1]:
        return Match.UNSUPPORTED
    return Match.CONFLICT


def _without_year(claim: DateExpression, source: DateExpression) -> Match:
    if not claim.first[0] or not source.first[0]:
        return Match.OTHER
    if claim.first == source.first and claim.last == source.last:
        return Match.LOOSE
    wanted, given = _months_of(claim), _months_of(source)
    if not wanted & given:
        return Match.CONFLICT
    if not claim.first[1]:
        return Match.LOOSE if given <= wanted else Match.UNSUPPORTED
    if not source.first[1]:
        return Match.UNSUPPORTED
    inside = claim.first <= source.first and source.last <= claim.last
    return Match.LOOSE if inside else Match.CONFLICT


def _months_of(expression: DateExpression) -> frozenset[int]:
    first, last = expression.first[0], expression.last[0]
    if first <= last:
        return frozenset(range(first, last + 1))
    return frozenset(range(first, 13)) | frozenset(range(1, last + 1))
