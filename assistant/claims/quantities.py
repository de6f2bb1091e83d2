"""Quantities of a text: value, unit, bound, rate, and what is counted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.claims.numerals import Number, numbers
from assistant.claims.units import Dimension, Unit, unit_at
from assistant.models import Language
from vectorstore.models import Span
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import stop_words, tokens


class Bound(StrEnum):
    """How a number bounds the amount it speaks of."""

    BARE = "bare"
    STRICT = "strict"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of something.

    `low` and `high` are in the base unit and differ only for a range. `unit` is None for what is
    counted ("300 participants") and for ordinals. `noun` is the span of what the number counts
    or measures, where it follows the number. `per` is the unit of a rate ("year"), or empty.
    `span` covers number and unit, with the words of its bound.
    """

    span: Span
    low: float
    high: float
    bound: Bound
    unit: Unit | None
    noun: Span | None
    per: str = ""
    ordinal: bool = False

    @property
    def dimension(self) -> Dimension:
        """What the number measures; a count where it has no unit."""
        return self.unit.dimension if self.unit else Dimension.COUNT


_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        Bound.STRICT,
        r"exactement|précisément|très exactement|tout juste|exactly|precisely|just(?: over)?{0}",
    ),
    (
        Bound.AT_LEAST,
        r"au (?:moins|minimum)|pas moins de|un minimum de|à partir de|at least|no (?:less|fewer) "
        r"than|not less than|a minimum of|minimum",
    ),
    (
        Bound.MORE_THAN,
        r"(?:un peu |bien |beaucoup )?plus (?:de|d['’]|que)|au[ -]delà de|supérieure?s? à|"
        r"dépass\w+(?: les| le)?|excéd\w+|passé le cap des?|"
        r"(?:well |just )?over|more than|above|exceed\w*|upwards of|in excess of|beyond",
    ),
    (
        Bound.AT_MOST,
        r"au (?:plus|maximum)|tout au plus|jusqu['’]à|un maximum de|maximum|"
        r"at most|no more than|not more than|up to|a maximum of",
    ),
    (
        Bound.LESS_THAN,
        r"(?:un peu |bien )?moins (?:de|d['’]|que)|inférieure?s? à|en (?:deçà|dessous) de|"
        r"sous les?|"
        r"less than|fewer than|under|below",
    ),
    (
        Bound.ABOUT,
        r"environ|près (?:de|d['’])|à peu près|autour (?:de|d['’])|quelque|quasiment|presque|"
        r"approximativement|aux alentours (?:de|d['’])|de l['’]ordre (?:de|d['’])|"
        r"avoisin\w+(?: les)?|"
        r"approch\w+(?: les| des)?|about|around|approximately|roughly|nearly|almost|close to|"
        r"some|circa|an estimated|in the region of",
    ),
)
_BEFORE_PATTERNS = tuple(
    (
        bound,
        re.compile(
            rf"(?:^|(?<=[\W_]))(?:{form.replace('(?: over)?{0}', '')})"
            r"[\s\u00a0]*(?:(?:de |d['’]|des |les |la |le |l['’]|a |an |the |of )?)[\s\u00a0]*$",
            re.IGNORECASE,
        ),
    )
    for bound, form in _BEFORE
)
_AFTER_PATTERNS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (Bound.STRICT, re.compile(r"[\s\u00a0]*(?:tout juste|pile|exactement|exactly)\b", re.I)),
    (
        Bound.AT_LEAST,
        re.compile(r"[\s\u00a0]*(?:au moins|au minimum|at least|or more|ou plus)\b", re.I),
    ),
    (
        Bound.AT_MOST,
        re.compile(r"[\s\u00a0]*(?:au plus|au maximum|at most|or less|or fewer|ou moins)\b", re.I),
    ),
    (Bound.ABOUT, re.compile(r"[\s\u00a0]*(?:environ|approximately|or so)\b", re.I)),
)
_RANGE_BETWEEN = re.compile(
    r"^[\s\u00a0]*(?:à|a|et|to|and|ou|or|-|–|—)[\s\u00a0]*(?:\$|€|£)?$", re.IGNORECASE
)
_RANGE_OPENERS = re.compile(r"\b(?:entre|between|de|from)[\s\u00a0]+(?:\$|€|£)?$", re.IGNORECASE)
# « est passée de 2,1 à 2,9 nuits » names two amounts, then and now.
_CHANGE = re.compile(
    r"\b(?:pass|augment|baiss|diminu|grimp|mont|chut|recul|progress|rédui|porté|abaiss|rose|fell|"
    r"grew|went|"
    r"increas|decreas|dropped|climbed|cut|moved)\w*[^.;:\d]{0,40}(?:\bde|\bfrom)[\s\u00a0]+(?:\$|"
    r"€|£)?$",
    re.IGNORECASE,
)
_RATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "year",
        re.compile(
            r"(?:/\s?|par |chaque |per |an? |each |every )(?:an|année|year)\b|"
            r"\bannue(?:l|lle|ls|lles|llement)\b|\bannual(?:ly)?\b|\byearly\b",
            re.I,
        ),
    ),
    ("month", re.compile(r"(?:/\s?|par |chaque |per |a |each )(?:mois|month)\b|"
            r"\bmensuel|\bmonthly\b", re.I)),
    ("week", re.compile(r"(?:/\s?|par |chaque |per |a |each )(?:semaine|week)\b|"
            r"\bhebdo|\bweekly\b", re.I)),
    ("day", re.compile(r"(?:/\s?|par |chaque |per |a |each )(?:jour|day)\b|"
            r"\bquotidien|\bdaily\b", re.I)),
    ("hour", re.compile(r"(?:/\s?|par |per |an )(?:heure|hour)\b", re.I)),
    ("person", re.compile(r"\bpar (?:personne|habitant|participant)|"
            r"\bper (?:person|capita|head)\b", re.I)),
)  # fmt: skip
# How far from the number a rate may stand, in characters.
_RATE_WINDOW = 40
_NOUN_WORDS = 3
_NOUN_LINKS = re.compile(
    r"[\s\u00a0]*(?:(?:(?:de|des|du|of|the|la|les|le)\b|[dl]['’])[\s\u00a0]*)*", re.I
)
_CLAUSE_END = re.compile(r"[.;:!?()\n]|,")


def quantities(
    text: str, language: Language, *, without: Iterable[Span] = ()
) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order; `without` are spans to leave alone (dates, names)."""
    taken = tuple(without)
    free = [n for n in numbers(text, language) if not any(n.span.overlaps(s) for s in taken)]
    found: list[Quantity] = []
    index = 0
    while index < len(free):
        pair = _range(text, free, index)
        if pair is not None:
            found.append(_quantity(text, language, free[index], pair))
            index += 2
        else:
            found.append(_quantity(text, language, free[index], None))
            index += 1
    return tuple(found)


def _range(text: str, free: list[Number], index: int) -> Number | None:
    """The second number of a range that begins at `free[index]`."""
    if index + 1 >= len(free):
        return None
    first, second = free[index], free[index + 1]
    first_unit = unit_at(text, first.span.start, first.span.end)
    ends = {first.span.end, first_unit.end if first_unit else first.span.end}
    between = next(
        (t for end in ends if _RANGE_BETWEEN.match(t := text[end : second.span.start])), None
    )
    if between is None or second.value <= first.value or first.ordinal or second.ordinal:
        return None
    if _CHANGE.search(text[: first.span.start]):
        return None
    joins = between.strip(" \u00a0$€£").lower()
    if joins in {"et", "and", "à", "to", "a"} and not _RANGE_OPENERS.search(
        text[: first.span.start]
    ):
        return second if joins in {"à", "to"} else None
    return second


def _quantity(text: str, language: Language, first: Number, second: Number | None) -> Quantity:
    last = second or first
    unit = unit_at(text, last.span.start, last.span.end)
    if second is not None and unit is None:
        unit = unit_at(text, first.span.start, first.span.end)
    scale = (unit.scale * unit.unit.factor) if unit else 1.0
    start = min(first.span.start, unit.start if unit else first.span.start)
    end = max(last.span.end, unit.end if unit else last.span.end)
    if first.fraction:
        measure: Unit | None = Unit("%", Dimension.SHARE)
    else:
        measure = unit.unit if unit else None
    noun = _noun(text, language, end)
    bound, start, end = _bound(text, start, end, first, noun, during=_is_duration(measure))
    low, high = first.value * scale, last.value * scale
    return Quantity(
        span=Span(start, end),
        low=low,
        high=high,
        bound=Bound.RANGE if second else bound,
        unit=None if first.ordinal else measure,
        noun=noun,
        per="" if first.ordinal else _rate(text, start, end, measure),
        ordinal=first.ordinal,
    )


def _is_duration(unit: Unit | None) -> bool:
    return unit is not None and unit.dimension is Dimension.DURATION


def _bound(
    text: str, start: int, end: int, number: Number, noun: Span | None, *, during: bool
) -> tuple[Bound, int, int]:
    for bound, pattern in _BEFORE_PATTERNS:
        # "over twenty years" is as much during as more than.
        if during and re.search(r"\bover\s$", text[:start], re.IGNORECASE):
            break
        if match := pattern.search(text[max(0, start - 40) : start]):
            before = start - (len(text[max(0, start - 40) : start]) - match.start())
            return _negated(text, bound, before, end)
    for bound, pattern in _AFTER_PATTERNS:
        if match := pattern.match(text, end):
            return bound, start, match.end()
        if noun and pattern.match(text, noun.end):
            return bound, start, end
    return (Bound.ABOUT if number.vague else Bound.BARE), start, end


def _negated(text: str, bound: Bound, start: int, end: int) -> tuple[Bound, int, int]:
    """« pas plus de 300 » is at most 300."""
    match = re.search(r"\b(?:pas|jamais|not|no)[\s\u00a0]$", text[:start], re.IGNORECASE)
    if not match or bound not in {Bound.MORE_THAN, Bound.LESS_THAN}:
        return bound, start, end
    flipped = Bound.AT_MOST if bound is Bound.MORE_THAN else Bound.AT_LEAST
    return flipped, match.start(), end


def _rate(text: str, start: int, end: int, unit: Unit | None) -> str:
    if unit is not None and unit.dimension in {Dimension.DURATION, Dimension.SPEED}:
        return ""
    stop = _CLAUSE_END.search(text, end)
    window = text[end : min(end + _RATE_WINDOW, stop.start() if stop else len(text))]
    # Another number on the way owns the rate.
    window = re.split(r"(?<!\w)\d", window, maxsplit=1)[0]
    before = re.split(r"[\d.;:,()\n]", text[max(0, start - _RATE_WINDOW) : start])[-1]
    for name, pattern in _RATES:
        if pattern.search(window) or (name != "person" and pattern.search(before)):
            return name
    return ""


def _noun(text: str, language: Language, end: int) -> Span | None:
    """The first words after the number that carry meaning, up to the end of their phrase."""
    link = _NOUN_LINKS.match(text, end)
    position = link.end() if link else end
    stops = stop_words(language)
    first: int | None = None
    last = position
    for token in tokens(text[position : position + 80]):
        gap = text[last : position + token.span.start]
        if _CLAUSE_END.search(gap) or token.is_number or fold(token.folded) in stops:
            break
        first = position + token.span.start if first is None else first
        last = position + token.span.end
        if len(text[first:last].split()) >= _NOUN_WORDS:
            break
    return Span(first, last) if first is not None and last > first else None
