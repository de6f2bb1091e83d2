"""Whether what a source says of an amount bears out what a claim says of the same amount."""

import math
from enum import StrEnum

from assistant.claims.quantities import Bound, Quantity
from assistant.claims.units import Dimension

# A speech rounds what it calls approximate; a bare figure it doesn't.
_ROUNDING = 0.10
# Conversion between units of one dimension (miles, kilometres) rounds too.
_CONVERSION = 0.02
# Two figures this close, one of them open ("over 300"), speak of the same amount.
_SAME = 1e-9

_OPEN_ABOVE = {Bound.MORE_THAN, Bound.AT_LEAST}
_OPEN_BELOW = {Bound.LESS_THAN, Bound.AT_MOST}


class Match(StrEnum):
    """How a source's figure stands to a claim's."""

    ENTAILED = "entailed"
    LOOSE = "loose"
    """The same figure, said less precisely by one of the two."""
    UNSUPPORTED = "unsupported"
    """The claim says more than the source does, without gainsaying it."""
    CONFLICT = "conflict"
    OTHER = "other"
    """Figures of different things: nothing follows."""


def compare(claim: Quantity, source: Quantity) -> Match:
    """How `source` bears out `claim`, taking both to speak of the same thing.

    Bounds are sets of amounts: "over 300" is (300, ∞). A claim is entailed when the source's set
    lies inside the claim's. A bare figure is the exception that speakers make: "300 participants"
    is taken for "over 300" of the source (loosely), "exactly 300" isn't.
    """
    if claim.ordinal != source.ordinal or claim.dimension is not source.dimension:
        return Match.OTHER
    if claim.unit and source.unit and not claim.unit.comparable(source.unit):
        return Match.OTHER
    if claim.per and source.per and claim.per != source.per:
        return Match.OTHER
    converted = bool(claim.unit and source.unit and claim.unit.factor != source.unit.factor)
    tolerance = _CONVERSION if converted and _converts(claim) else _SAME
    if Bound.RANGE in {claim.bound, source.bound}:
        return _with_range(claim, source, tolerance)
    return _points(claim, source, tolerance)


def _converts(quantity: Quantity) -> bool:
    return quantity.dimension not in {Dimension.MONEY, Dimension.SHARE, Dimension.COUNT}


def _close(one: float, other: float, tolerance: float) -> bool:
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-12)


def _points(claim: Quantity, source: Quantity, tolerance: float) -> Match:
    wanted, given = claim.low, source.low
    same = _close(wanted, given, tolerance)
    match claim.bound:
        case Bound.STRICT:
            return _if(same and source.bound in {Bound.BARE, Bound.STRICT}, Match.ENTAILED)
        case Bound.BARE:
            return _bare(source, same)
        case Bound.ABOUT:
            near = _close(wanted, given, _ROUNDING)
            exact = source.bound in {Bound.ABOUT, Bound.BARE, Bound.STRICT}
            return _if(near, Match.ENTAILED if exact else Match.LOOSE)
        case Bound.MORE_THAN | Bound.AT_LEAST:
            return _open(claim, source, same, above=True)
        case _:
            return _open(claim, source, same, above=False)


def _if(condition: bool, match: Match) -> Match:
    return match if condition else Match.CONFLICT


def _bare(source: Quantity, same: bool) -> Match:
    if not same:
        return Match.CONFLICT
    if source.bound in {Bound.BARE, Bound.STRICT}:
        return Match.ENTAILED
    # Fewer than 300 were never 300.
    return Match.CONFLICT if source.bound is Bound.LESS_THAN else Match.LOOSE


def _open(claim: Quantity, source: Quantity, same: bool, *, above: bool) -> Match:
    """A claim of "more than", "at least" (`above`) or of "less than", "at most"."""
    sign = 1 if above else -1
    strict = claim.bound in {Bound.MORE_THAN, Bound.LESS_THAN}
    along, against = (_OPEN_ABOVE, _OPEN_BELOW) if above else (_OPEN_BELOW, _OPEN_ABOVE)
    if source.bound in against:
        return Match.CONFLICT
    if same:
        source_strict = source.bound in {Bound.MORE_THAN, Bound.LESS_THAN}
        if source.bound is Bound.ABOUT:
            return Match.UNSUPPORTED
        if strict and not source_strict:
            return Match.UNSUPPORTED if source.bound in along else Match.CONFLICT
        return Match.ENTAILED
    return _if(sign * (source.low - claim.low) > 0, Match.ENTAILED)


def _with_range(claim: Quantity, source: Quantity, tolerance: float) -> Match:
    if claim.bound is Bound.RANGE and source.bound is Bound.RANGE:
        equal = _close(claim.low, source.low, tolerance) and _close(
            claim.high, source.high, tolerance
        )
        inside = claim.low <= source.low and source.high <= claim.high
        return Match.ENTAILED if equal else _if(inside, Match.LOOSE)
    if claim.bound is Bound.RANGE:
        inside = claim.low <= source.low <= claim.high
        closed = source.bound in {Bound.BARE, Bound.STRICT, Bound.ABOUT}
        return _if(inside, Match.LOOSE if closed else Match.UNSUPPORTED)
    if claim.bound in _OPEN_ABOVE:
        return _if(source.low >= claim.low, Match.ENTAILED)
    if claim.bound in _OPEN_BELOW:
        return _if(source.high <= claim.low, Match.ENTAILED)
    inside = source.low <= claim.low <= source.high
    return _if(inside, Match.LOOSE if claim.bound is Bound.ABOUT else Match.UNSUPPORTED)
