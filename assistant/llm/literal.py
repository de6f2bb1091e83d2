"""Are a statement's figures, dates and names written where it is cited?

The judge of the speech check follows a report's sense: "more than 300" is borne out by 312, and
« l'automne dernier » by a year. A machine's sentence shown with a citation must have what the
citation shows: the passage itself, its headings, and the mission's title, places and dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant.claims.alignment import align
from assistant.claims.dates import dates
from assistant.claims.evidence import mission_dates, told_on
from assistant.claims.names import missing_words, territories
from assistant.claims.quantities import Quantity
from assistant.claims.specifics import SAME_NOUN, Context
from assistant.claims.statement import Statement
from assistant.draft import Source
from assistant.evidence import report_language
from assistant.models import Language
from vectorstore.models import Report, Span
from vectorstore.text.normalise import fold, fold_spaces
from vectorstore.text.tokens import content_stems, stop_words, tokens

# Shorter names of the world's places are also words: « un » for the United Nations.
_LEAST_PLACE = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What a citation of one passage shows.

    `context` is for the judge. `numbers` are those written in the passage, its headings and its
    mission's title, `date_numbers` the years and days of the mission, all as `tokens` folds them.
    """

    context: Context
    numbers: frozenset[str]
    date_numbers: frozenset[str]


def shown(source: Source) -> Shown:
    """What a citation of `source` shows."""
    report, passage = source.report, source.passage
    places = [part for each in report.metadata.destinations for part in (each.city, each.country)]
    about = " . ".join([*passage.section.heading_path, report.metadata.title, *places])
    text = f"{fold_spaces(passage.text)} . {about}"
    context = Context(
        folded=fold(text),
        dates=(*dates(about, told_on(report)), *mission_dates(report)),
        stems=frozenset(content_stems(text, report_language(report))),
    )
    return Shown(context, frozenset(_numbers(text)), frozenset(_date_numbers(report)))


def is_literal(claim: Statement, source: Statement, seen: Shown) -> bool:
    """Whether every figure, date and leading name of `claim` is written in what is seen.

    `source` is the sentence that bears the claim out.
    """
    return (
        all(_is_written(number, claim, source, seen) for number in _digits(claim))
        and all(_is_spelled(quantity, claim, source) for quantity in claim.quantities)
        and not _leads_with_other_name(claim, source, seen)
    )


def known_names(sources: Iterable[Source], language: Language) -> frozenset[str]:
    """Folded words that are names wherever they stand: places of the missions and of the world."""
    named = [
        word
        for source in sources
        for place in source.report.metadata.destinations
        for word in fold(f"{place.city} {place.country}").split()
    ]
    long = frozenset(word for word in named if len(word) >= _LEAST_PLACE)
    return (long | _world_places()) - stop_words(language)


@cache
def _world_places() -> frozenset[str]:
    return frozenset(name for name in territories() if len(name) >= _LEAST_PLACE and name.isalpha())


def _numbers(text: str) -> Iterable[str]:
    return (token.folded for token in tokens(text) if token.is_number)


def _date_numbers(report: Report) -> Iterable[str]:
    if report.metadata.year:
        yield str(report.metadata.year)
    for day in (report.metadata.start_date, report.metadata.end_date):
        if day:
            yield from (str(day.year), str(day.day))


def _digits(claim: Statement) -> list[Span]:
    return [token.span for token in tokens(claim.text) if token.is_number]


def _is_written(number: Span, claim: Statement, source: Statement, seen: Shown) -> bool:
    """Whether a number in digits is in the passage, or says the same amount in other digits."""
    folded = next(iter(_numbers(number.of(claim.text))), "")
    if folded in seen.numbers:
        return True
    if any(date.span.contains(number) for date in claim.dates):
        return folded in seen.date_numbers
    return any(
        quantity.span.contains(number) and _is_equalled(quantity, source)
        for quantity in claim.quantities
    )


def _is_spelled(quantity: Quantity, claim: Statement, source: Statement) -> bool:
    """Whether an amount in letters is in the sentence; those in digits are looked at by digit."""
    if any(quantity.span.contains(number) for number in _digits(claim)):
        return True
    return _is_equalled(quantity, source)


def _is_equalled(quantity: Quantity, source: Statement) -> bool:
    return any(
        (quantity.low, quantity.high) == (other.low, other.high) for other in source.quantities
    )


def _leads_with_other_name(claim: Statement, source: Statement, seen: Shown) -> bool:
    """Whether the first word may be a name, and the sentence has another name in its place.

    A capital tells nothing there, and dictionaries list « Paris » and "Boston" as words.
    """
    first = next(iter(tokens(claim.text)), None)
    if first is None or not first.span.of(claim.text)[:1].isupper():
        return False
    if first.folded in stop_words(claim.language) or first.folded in seen.context.folded.split():
        return False
    index = next(i for i, token in enumerate(claim.words.tokens) if token.span == first.span)
    alignment = align(claim.words, source.words)
    partner = int(alignment.partner[index])
    if partner < 0 or alignment.similarity[index] < SAME_NOUN:
        return False
    span = source.words.tokens[partner].span
    return any(
        name.span.overlaps(span) and missing_words(name, fold(claim.text)) for name in source.names
    )
