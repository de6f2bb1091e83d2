"""Numbers written in digits or words, French and English, with their spans.

Digits are read by one expression, for both ways of grouping ("3 500 000", "3,500,000") and both
decimal marks; Babel's `parse_decimal` reads a string known to be one number but finds none in a
text. Number words are read by text2num (MIT), which finds spans in a sequence of tokens; it
mis-scales a spoken decimal ("trois virgule cinq milliards"), so magnitudes are applied here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.models import Language
from vectorstore.models import Span
from vectorstore.text.normalise import fold

_GROUP = "[\u00a0\u202f\u2009 ]"
_DIGITS = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
)
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?")
_ORDINAL_SUFFIX = re.compile(r"(?:\s?(?:ers?|[eè]res?|[eè]mes?|nde?s?|es?|st|nd|rd|th))(?![\w'’])")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)?|\s+|[^\w\s]|_")

_MAGNITUDES = {
    "mille": 1e3, "millier": 1e3, "milliers": 1e3, "thousand": 1e3, "thousands": 1e3,
    "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
    "billion": 1e9, "billions": 1e9, "trillion": 1e12, "trillions": 1e12,
}  # fmt: skip
# In French a billion is a million millions.
_FRENCH_MAGNITUDES = _MAGNITUDES | {"billion": 1e12, "billions": 1e12}
_MAGNITUDE_WORD = re.compile(
    rf"(?:{_GROUP}|-)(" + "|".join(sorted(_MAGNITUDES, key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_ALWAYS_SCALED = frozenset(_MAGNITUDES) - {"mille", "thousand", "thousands"}

# Words that are more often something else than a number.
_ARTICLES = frozenset({"un", "une", "one", "uns", "unes"})
_ALSO_ADJECTIVES = frozenset({"neuf", "second", "seconde", "seconds"})

_COLLECTIVES = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    "dozen": 12, "score": 20, "couple": 2,
}  # fmt: skip
_COLLECTIVE = re.compile(
    r"\b(?:une?|a|(?P<times>deux|trois|quatre|cinq|two|three|four|five))[\s\u00a0]"
    r"(?P<name>" + "|".join(_COLLECTIVES) + r")s?\b(?!\s*(?:of\s+)?years? ago)",
    re.IGNORECASE,
)
_TIMES = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "two": 2, "three": 3, "four": 4, "five": 5}
_EXACT_COLLECTIVES = frozenset({"douzaine", "dozen", "couple"})

_FRACTIONS: tuple[tuple[str, float], ...] = (
    (r"(?:les\s)?trois[\s-]quarts|three[\s-]quarters", 75.0),
    (r"(?:les\s)?deux[\s-]tiers|two[\s-]thirds", 200 / 3),
    (r"un\s(?:quart|cinquième|dixième)(?!\sd['’]heure)", 0.0),
    (r"le\squart(?=\sd)|a\squarter(?=\sof)|one[\s-]quarter", 25.0),
    (r"un\stiers|le\stiers(?=\sd)|a\sthird(?=\sof)|one[\s-]third", 100 / 3),
    (r"(?:la\s)?moitié|half(?=\s(?:of|the|its|their|our))|(?<=by\s)half", 50.0),
    (r"(?<=du\s)(?:quart)", 25.0),
    (r"(?<=du\s)(?:tiers)", 100 / 3),
    (r"one[\s-]fifth|a\sfifth(?=\sof)", 20.0),
    (r"one[\s-]tenth|a\stenth(?=\sof)", 10.0),
)
_FRACTION = re.compile(
    "|".join(rf"(?P<f{index}>\b(?:{form})\b)" for index, (form, _) in enumerate(_FRACTIONS)),
    re.IGNORECASE,
)
_ONE_IN = {"quart": 25.0, "cinquième": 20.0, "dixième": 10.0}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    `value` includes a magnitude that follows ("3,5 milliards" is 3.5e9). `fraction` marks a share
    of a whole, whose value is then in percent; `vague` a collective such as "une dizaine";
    `in_words` a number without digits.
    """

    span: Span
    value: float
    ordinal: bool = False
    fraction: bool = False
    vague: bool = False
    in_words: bool = False


def numbers(text: str, language: Language) -> tuple[Number, ...]:
    """The numbers of `text`, in order, without overlaps; "un" and "one" alone aren't numbers."""
    found: list[Number] = []
    for source in (_fractions(text), _collectives(text), _digits(text, language)):
        found.extend(n for n in source if not any(n.span.overlaps(o.span) for o in found))
    found.extend(
        n for n in _spelled(text, language) if not any(n.span.overlaps(o.span) for o in found)
    )
    return tuple(sorted(found, key=lambda number: number.span))


def _fractions(text: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(text):
        index = int(str(match.lastgroup)[1:])
        value = _FRACTIONS[index][1] or _ONE_IN[match.group().split()[-1].lower()]
        # A third is said of 30 % as of 35 %.
        thirds = value != round(value)
        yield Number(Span(*match.span()), value, fraction=True, vague=thirds, in_words=True)


def _collectives(text: str) -> Iterator[Number]:
    for match in _COLLECTIVE.finditer(text):
        name = match["name"].lower()
        value = _COLLECTIVES[name] * _TIMES.get((match["times"] or "").lower(), 1)
        vague = name not in _EXACT_COLLECTIVES
        yield Number(Span(*match.span()), float(value), vague=vague, in_words=True)


def _digits(text: str, language: Language) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        value = _value(match.group(), language)
        if value is None:
            continue
        suffix = _ORDINAL_SUFFIX.match(text, match.end())
        if suffix and not match.group().endswith((".", ",")):
            yield Number(Span(match.start(), suffix.end()), value, ordinal=True)
            continue
        value, end = _scaled(text, value, match.end(), language)
        yield Number(Span(match.start(), end), value)


def _value(digits: str, language: Language) -> float | None:
    joined = re.sub(_GROUP, "", digits)
    if _POINT_GROUPS.fullmatch(joined):
        joined = joined.replace(".", "").replace(",", ".")
    elif _COMMA_GROUPS.fullmatch(joined) and (language == "en" or not _is_french_decimal(joined)):
        joined = joined.replace(",", "")
    joined = joined.replace(",", ".")
    # What is left with two marks is a version, an address or a date.
    return float(joined) if joined.count(".") <= 1 else None


def _is_french_decimal(digits: str) -> bool:
    return digits.count(",") == 1 and "." not in digits and not digits.endswith("000")


def _scaled(text: str, value: float, end: int, language: Language) -> tuple[float, int]:
    table = _FRENCH_MAGNITUDES if language == "fr" else _MAGNITUDES
    while match := _MAGNITUDE_WORD.match(text, end):
        value *= table[match[1].lower()]
        end = match.end()
    return value, end


class _Word:
    """What text2num asks of a token."""

    def __init__(self, text: str, span: Span) -> None:
        self.span = span
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: "_Word") -> bool:  # noqa: ARG002  (text2num's protocol)
        return False

    def not_a_number_part(self) -> bool:
        folded = fold(self._text)
        return folded in _ALWAYS_SCALED or self._text[0].isdigit()


def _spelled(text: str, language: Language) -> Iterator[Number]:
    from text_to_num import find_numbers

    words = [_Word(match.group().lower(), Span(*match.span())) for match in _WORDS.finditer(text)]
    for occurrence in find_numbers(words, language, 0.0):
        start, end = words[occurrence.start].span.start, words[occurrence.end - 1].span.end
        written = text[start:end]
        value = float(occurrence.value)
        if written.lower() == "cent" and _is_per_cent(text, start):
            continue
        scaled, scaled_end = _scaled(text, value, end, language)
        if scaled_end == end and not _is_number_word(written, text[end:]):
            continue
        yield Number(
            Span(start, scaled_end), scaled, ordinal=bool(occurrence.is_ordinal), in_words=True
        )


def _is_number_word(written: str, following: str) -> bool:
    folded = fold(written)
    if folded in _ARTICLES or folded in {"milles", ""}:
        return False
    next_word = re.match(r"\s*([^\W\d_]+)", following)
    if folded in _ALSO_ADJECTIVES:
        return bool(next_word and next_word[1].islower() and len(next_word[1]) > 3)
    # "Deux Montagnes" and "Three Rivers" are names.
    return not (written[:1].isupper() and next_word and next_word[1][0].isupper())


def _is_per_cent(text: str, start: int) -> bool:
    return bool(re.search(r"(?:pour|per)\s$", text[:start], re.IGNORECASE))
