"""Does a statement turn the sense of the sentence it is cited with: who, more or less, not?

The speech check's judge weighs such signs over a whole sentence, or over two read as one. A machine
that copies a sentence and turns one word of it must be caught by that word's own place.
"""

import re

from assistant.claims.alignment import Alignment, align
from assistant.claims.dates import DateBound
from assistant.claims.modality import denials
from assistant.claims.names import Name, is_written_in, missing_words
from assistant.claims.specifics import SAME_NOUN, rival
from assistant.claims.statement import Statement
from vectorstore.models import Span
from vectorstore.text.normalise import fold

_MORE = frozenset("plus davantage more higher greater larger".split())
_LESS = frozenset("moins less fewer lower smaller".split())
# How far from its words a comparative still belongs to them, and a negation to those after it, in
# characters.
_NEAR, _REACH = 40, 25
# Between two neighbours of a name, in characters.
_SLOT = 60
_CLAUSE_ENDS = re.compile(r"[,;:.]")
# A frame tells where or when the rest holds: « À Oslo, … », « Lors de la mission à Oslo, … ».
_FRAME = re.compile(
    r"^\W*(?:à|au|aux|en|dans|lors|durant|pendant|selon|d['’]après|in|at|during|on|according)\s",
    re.IGNORECASE,
)
# « Le port d’Oslo »: where the port is, when the sentence says only « le port ».
_COMPLEMENT = re.compile(r"\b(?:d['’]|de |du |of )$", re.IGNORECASE)
_PRONOUN = re.compile(
    r"^\W*(?:(?:de plus|en outre|par ailleurs|aussi|enfin|ainsi|moreover|also|in addition),? )?"
    r"(?:ils?|elles?|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette dernière|it|they|he|she)"
    r"\s",
    re.IGNORECASE,
)


def turns_sense(claim: Statement, source: Statement, before: str) -> bool:
    """Whether `claim` says otherwise than `source` who does it, in which direction, or whether.

    `before` is the folded text of the passage just before the sentence: what its « elle » means.
    """
    alignment = align(claim.words, source.words)
    return (
        _names_another(claim, source, alignment, before)
        or _compares_otherwise(claim, source, alignment)
        or _denies_otherwise(claim, source, alignment)
        or _bounds_otherwise(claim, source)
    )


def _names_another(claim: Statement, source: Statement, alignment: Alignment, before: str) -> bool:
    """Whether the sentence has another name where the claim has one.

    A mission's city is named in its title and in half of its passages: that bears out « À New York,
    Québec a… », and not "New York a…".
    """
    folded = fold(source.text)
    return any(
        _takes_place(name, claim, source, alignment)
        or (
            missing_words(name, folded)
            and not _is_frame(name, claim)
            and (
                rival(name, claim, source) is not None or _is_meant_otherwise(name, source, before)
            )
        )
        for name in claim.names
    )


def _takes_place(name: Name, claim: Statement, source: Statement, alignment: Alignment) -> bool:
    """Whether between the words next to a name the sentence has only another name."""
    slot = _slot(name.span, claim, source, alignment)
    if slot is None or is_written_in(name, fold(slot.of(source.text))):
        return False
    claimed = fold(claim.text)
    return any(
        slot.contains(other.span) and not any(word in claimed for word in other.words)
        for other in source.names
    )


def _slot(span: Span, claim: Statement, source: Statement, alignment: Alignment) -> Span | None:
    """The part of the sentence between the partners of the words around a span of the claim."""
    content = [(i, claim.words.tokens[i].span) for i in claim.words.content()]
    left = [i for i, own in content if own.end <= span.start][-1:]
    right = [i for i, own in content if own.start >= span.end][:1]
    if not all(alignment.similarity[i] >= SAME_NOUN for i in left + right) or not right:
        return None
    end = source.words.tokens[int(alignment.partner[right[0]])].span.start
    start = source.words.tokens[int(alignment.partner[left[0]])].span.end if left else 0
    return Span(start, end) if 0 < end - start <= _SLOT else None


def _is_frame(name: Name, claim: Statement) -> bool:
    before = claim.text[: name.span.start]
    leads = _FRAME.match(claim.text) is not None and "," not in before
    return leads or _COMPLEMENT.search(before) is not None


def _is_meant_otherwise(name: Name, source: Statement, before: str) -> bool:
    """Whether the sentence is about what a pronoun means, and that isn't `name`."""
    return _PRONOUN.match(source.text) is not None and not is_written_in(name, before)


def _compares_otherwise(claim: Statement, source: Statement, alignment: Alignment) -> bool:
    """Whether the one says "more" where the other says "less"."""
    directions = [
        (index, token.folded in _MORE)
        for index, token in enumerate(source.words.tokens)
        if token.folded in _MORE | _LESS
    ]
    for index, token in enumerate(claim.words.tokens):
        if token.folded not in _MORE | _LESS:
            continue
        places = _partners_around(index, claim, source, alignment)
        near = [
            (min(abs(source.words.tokens[other].span.start - place) for place in places), more)
            for other, more in directions
            if places
        ]
        distance, more = min(near, default=(_NEAR, False))
        if distance < _NEAR and more is not (token.folded in _MORE):
            return True
    return False


def _partners_around(
    index: int, claim: Statement, source: Statement, alignment: Alignment
) -> list[int]:
    """Where the sentence says the content words next to a word of the claim, in characters."""
    content = claim.words.content()
    nearest = [
        max((i for i in content if i < index), default=None),
        min((i for i in content if i > index), default=None),
    ]
    partners = [int(alignment.partner[i]) for i in nearest if i is not None]
    return [source.words.tokens[partner].span.start for partner in partners if partner >= 0]


def _denies_otherwise(claim: Statement, source: Statement, alignment: Alignment) -> bool:
    """Whether a word that one of the two denies is affirmed by the other."""
    back = align(source.words, claim.words)
    return any(not _is_denied(alignment, index, source) for index in _denied_words(claim)) or any(
        back.exact[index] and not _is_denied(back, index, claim) for index in _denied_words(source)
    )


def _denied_words(statement: Statement) -> list[int]:
    """The first content word of each negation of a text, or after it: « n'a pas noté »."""
    words = statement.words
    content = words.content()
    return [
        next((i for i in content if words.tokens[i].span.end > denial.start), content[-1])
        for denial in denials(statement.text)
        if content
    ]


def _is_denied(alignment: Alignment, index: int, other: Statement) -> bool:
    """Whether the partner of a word stands in a negation or shortly after it, in its clause."""
    partner = int(alignment.partner[index])
    if partner < 0:
        return False
    start = other.words.tokens[partner].span.start
    return any(
        denial.start <= start < denial.end + _REACH
        and not _CLAUSE_ENDS.search(other.text, denial.end, max(start, denial.end))
        for denial in denials(other.text)
    )


def _bounds_otherwise(claim: Statement, source: Statement) -> bool:
    """Whether the claim says "before" or "after" a date that the sentence doesn't so bound."""
    given = {date.bound for date in source.dates}
    return any(
        date.bound in {DateBound.BEFORE, DateBound.AFTER} and date.bound not in given
        for date in claim.dates
    )
