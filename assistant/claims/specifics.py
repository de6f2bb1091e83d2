"""The specifics of a claim (amounts, dates, names) looked up in a sentence of a report."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assistant.claims.alignment import Alignment, Words
from assistant.claims.comparison import Match, compare
from assistant.claims.dates import DateExpression, compare_dates
from assistant.claims.names import Name, is_translatable, missing_words
from assistant.claims.quantities import Quantity
from assistant.claims.statement import Statement
from assistant.claims.units import Dimension
from assistant.claims.verbs import verbs
from vectorstore.models import Span
from vectorstore.text.normalise import fold

# Cosine of words in context; measured on paraphrases and translations (docs/evaluation-speech.md).
SAME_NOUN = 0.58
RELATED_WORD = 0.5
# Lower, where a word is the sentence's closest to it.
_PARTNER = 0.45
_SURELY = 0.58
# Two counts below this are often equal by chance.
_TELLING = 10
# Two names in the same place: vectors of names differ more than those of words.
_RIVAL, _SHARED_PART = 0.20, 0.25


class State(StrEnum):
    """What a sentence says of one specific of a claim."""

    BORNE_OUT = "borne_out"
    LOOSELY = "loosely"
    IN_CONTEXT = "in_context"
    """Not in the sentence, but in its passage, heading or report."""
    MISSING = "missing"
    STRONGER = "stronger"
    """The claim says more than the sentence does."""
    CONFLICT = "conflict"


class Kind(StrEnum):
    """The kinds of specifics."""

    NUMBER = "number"
    UNIT = "unit"
    COUNTED = "counted"
    DATE = "date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """One specific of a claim, what became of it, and the words of the two texts.

    `leading` marks a name before the claim's first verb: what the claim is about.
    """

    kind: Kind
    state: State
    claimed: str
    given: str = ""
    leading: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a sentence and may complete it.

    `folded` is the folded text around it, its headings, and the report's title, places and
    participants; `dates` are those of the mission; `stems` those of `folded`; `places` the folded
    words of all missions' destinations; `elsewhere` the folded text of all passages found.
    """

    folded: str
    dates: tuple[DateExpression, ...]
    stems: frozenset[str]
    places: frozenset[str] = frozenset()
    elsewhere: str = ""


def amounts(claim: Statement, source: Statement, alignment: Alignment) -> Iterator[Finding]:
    """What the sentence says of each amount of the claim."""
    for quantity in claim.quantities:
        yield _amount(quantity, claim, source, alignment)


def _amount(
    quantity: Quantity, claim: Statement, source: Statement, alignment: Alignment
) -> Finding:
    written = quantity.span.of(claim.text)
    compared = [
        (compare(quantity, other), _kinship(quantity, other, claim, source, alignment), other)
        for other in source.quantities
    ]
    for state, wanted in (
        (State.BORNE_OUT, Match.ENTAILED),
        (State.LOOSELY, Match.LOOSE),
    ):
        agreeing = [other for match, kin, other in compared if match is wanted and kin]
        if agreeing:
            return Finding(Kind.NUMBER, state, written, agreeing[0].span.of(source.text))
    rivals = [
        (match, other)
        for match, kin, other in compared
        if match is not Match.OTHER and kin and _surely_kin(quantity, other, claim, source)
    ]
    if rivals:
        match, other = min(
            rivals, key=lambda rival: _distance(quantity, rival[1], claim, source, alignment)
        )
        state = State.STRONGER if match is Match.UNSUPPORTED else State.CONFLICT
        return Finding(Kind.NUMBER, state, written, other.span.of(source.text))
    return _same_figure(quantity, claim, source, [c for *_, c in compared], written)


def _same_figure(
    quantity: Quantity,
    claim: Statement,
    source: Statement,
    others: list[Quantity],
    written: str,
) -> Finding:
    """The same figure of another unit or of another thing, or nothing at all."""
    for other in others:
        if quantity.ordinal != other.ordinal or not _same_digits(quantity, other, claim, source):
            continue
        kind = Kind.COUNTED if quantity.unit is None and other.unit is None else Kind.UNIT
        given = Span(other.span.start, (other.noun or other.span).end)
        mine = Span(quantity.span.start, (quantity.noun or quantity.span).end)
        if kind is Kind.COUNTED:
            if quantity.low < _TELLING and not quantity.ordinal:
                continue
            return Finding(kind, State.CONFLICT, mine.of(claim.text), given.of(source.text))
        return Finding(kind, State.CONFLICT, written, other.span.of(source.text))
    return Finding(Kind.NUMBER, State.MISSING, written)


def _same_digits(quantity: Quantity, other: Quantity, claim: Statement, source: Statement) -> bool:
    if quantity.low == other.low:
        return True
    mine = re.findall(r"\d+(?:[.,]\d+)?", quantity.span.of(claim.text))
    theirs = re.findall(r"\d+(?:[.,]\d+)?", other.span.of(source.text))
    return bool(mine) and [m.replace(",", ".") for m in mine] == [
        t.replace(",", ".") for t in theirs
    ]


def _kinship(
    quantity: Quantity,
    other: Quantity,
    claim: Statement,
    source: Statement,
    alignment: Alignment,
) -> bool:
    """Whether two amounts may count the same thing: measures by their unit, counts by noun."""
    if quantity.dimension is not Dimension.COUNT or other.dimension is not Dimension.COUNT:
        return True
    if quantity.noun is None or other.noun is None:
        return not quantity.ordinal
    return _same_noun(quantity.noun, other.noun, claim.words, source.words, alignment)


def _surely_kin(quantity: Quantity, other: Quantity, claim: Statement, source: Statement) -> bool:
    """Whether two counts that differ count the same: more is asked than of two that agree."""
    if claim.language != source.language or not (quantity.noun and other.noun):
        return True
    if quantity.unit or other.unit:
        return True
    return _noun_closeness(quantity.noun, other.noun, claim.words, source.words) >= _SURELY


def _same_noun(noun: Span, other: Span, claim: Words, source: Words, alignment: Alignment) -> bool:
    """Whether two counted nouns mean the same: a shared stem, close vectors, or best partners."""
    mine = [i for i, token in enumerate(claim.tokens) if noun.overlaps(token.span)]
    theirs = [i for i, token in enumerate(source.tokens) if other.overlaps(token.span)]
    if {claim.stems[i] for i in mine} & {source.stems[i] for i in theirs}:
        return True
    if any(
        int(alignment.partner[i]) in theirs and alignment.similarity[i] >= _PARTNER for i in mine
    ):
        return True
    return _noun_closeness(noun, other, claim, source) >= SAME_NOUN


def _noun_closeness(noun: Span, other: Span, claim: Words, source: Words) -> float:
    """1 for a shared stem, otherwise the best cosine of the words of two counted nouns."""
    mine = [i for i, token in enumerate(claim.tokens) if noun.overlaps(token.span)]
    theirs = [i for i, token in enumerate(source.tokens) if other.overlaps(token.span)]
    if {claim.stems[i] for i in mine} & {source.stems[i] for i in theirs}:
        return 1.0
    if claim.vectors is None or source.vectors is None or not mine or not theirs:
        return 0.0
    return float(np.max(claim.vectors[mine] @ source.vectors[theirs].T))


def _distance(
    quantity: Quantity,
    other: Quantity,
    claim: Statement,
    source: Statement,
    alignment: Alignment,
) -> float:
    """How far from `other` the partners of the words around `quantity` stand, in characters."""
    near = sorted(
        claim.words.content(),
        key=lambda i: abs(claim.words.tokens[i].span.start - quantity.span.start),
    )[:4]
    gaps = [
        abs(source.words.tokens[int(alignment.partner[i])].span.start - other.span.start)
        for i in near
        if alignment.similarity[i] >= RELATED_WORD
    ]
    return sum(gaps) / len(gaps) if gaps else 1e6


def moments(claim: Statement, source: Statement, context: Context) -> Iterator[Finding]:
    """What the sentence, or what surrounds it, says of each date of the claim."""
    for wanted in claim.dates:
        written = wanted.span.of(claim.text)
        matches = [(compare_dates(wanted, given), given) for given in source.dates]
        found = _best_date(matches)
        if found:
            match, given = found
            yield Finding(Kind.DATE, _date_state(match), written, given.span.of(source.text))
        elif any(
            compare_dates(wanted, given) in {Match.ENTAILED, Match.LOOSE} for given in context.dates
        ):
            yield Finding(Kind.DATE, State.IN_CONTEXT, written)
        else:
            yield Finding(Kind.DATE, State.MISSING, written)


_DATE_ORDER = (Match.ENTAILED, Match.LOOSE, Match.UNSUPPORTED, Match.CONFLICT)


def _best_date(
    matches: list[tuple[Match, DateExpression]],
) -> tuple[Match, DateExpression] | None:
    for wanted in _DATE_ORDER:
        for match, given in matches:
            if match is wanted:
                return match, given
    return None


def _date_state(match: Match) -> State:
    return {
        Match.ENTAILED: State.BORNE_OUT,
        Match.LOOSE: State.LOOSELY,
        Match.UNSUPPORTED: State.STRONGER,
    }.get(match, State.CONFLICT)


def named(
    claim: Statement, source: Statement, alignment: Alignment, context: Context
) -> Iterator[Finding]:
    """What the sentence, or what surrounds it, says of each name of the claim.

    A name that is nowhere is a conflict when the sentence has another name in its place.
    """
    folded = fold(source.text)
    first_verb = min((verb.span.start for verb in verbs(claim.text, claim.language)), default=0)
    for name in claim.names:
        written = name.span.of(claim.text)
        absent = _unaligned(name, missing_words(name, folded), claim, source, alignment)
        if not absent:
            yield Finding(Kind.NAME, State.BORNE_OUT, written)
            continue
        still = [word for word in absent if word in missing_words(name, context.folded)]
        if not still:
            yield Finding(Kind.NAME, State.IN_CONTEXT, written)
            continue
        other = rival(name, claim, source)
        leading = name.span.start < first_verb
        # The reports speak of it in another place: that this sentence doesn't means nothing.
        told = leading and not name.person and not missing_words(name, context.elsewhere)
        if other is None or told or _is_frame(name, claim, context):
            yield Finding(Kind.NAME, State.MISSING, written)
        else:
            given = other.span.of(source.text)
            yield Finding(Kind.NAME, State.CONFLICT, written, given, leading)


def _is_frame(name: Name, claim: Statement, context: Context) -> bool:
    """Whether a name says where the claim stands, not what it tells: « À Oslo, … ».

    What is so somewhere else doesn't gainsay it. A mission's place is always a frame.
    """
    begins = re.match(r"^\W*(?:à|au|aux|en|in|at)\s", claim.text, re.IGNORECASE)
    leads = bool(begins) and "," not in claim.text[: name.span.start]
    return leads or bool(set(name.words) & context.places)


def _unaligned(
    name: Name,
    words: tuple[str, ...],
    claim: Statement,
    source: Statement,
    alignment: Alignment,
) -> list[str]:
    """The words of a name that no common noun of the sentence translates ("World Conference")."""
    if name.acronym:
        return list(words)
    remaining = []
    for index, token in enumerate(claim.words.tokens):
        if not name.span.overlaps(token.span) or token.folded not in words:
            continue
        partner = int(alignment.partner[index])
        near = partner >= 0 and alignment.similarity[index] >= SAME_NOUN
        own = source.words.tokens[partner].span.of(source.text) if near else ""
        if not (near and is_translatable(token.span.of(claim.text), claim.language, own)):
            remaining.append(token.folded)
    return remaining


def rival(name: Name, claim: Statement, source: Statement) -> Name | None:
    """The name of the sentence that stands in the place of a name of the claim, if any.

    It isn't in the claim, and in context its words mean something alike: a city for a city.
    """
    if claim.words.vectors is None or source.words.vectors is None:
        return None
    claimed = fold(claim.text)
    mine = _rows(name, claim.words)
    best: tuple[float, Name] | None = None
    for other in source.names:
        if other.acronym != name.acronym or not missing_words(other, claimed):
            continue
        theirs = _rows(other, source.words)
        if not mine or not theirs:
            continue
        similarity = float(
            claim.words.vectors[mine].mean(axis=0) @ source.words.vectors[theirs].mean(axis=0)
        ) + _SHARED_PART * bool(set(name.words) & set(other.words))
        if best is None or similarity > best[0]:
            best = (similarity, other)
    return best[1] if best and best[0] >= _RIVAL else None


def _rows(name: Name, words: Words) -> list[int]:
    return [index for index, token in enumerate(words.tokens) if name.span.overlaps(token.span)]
