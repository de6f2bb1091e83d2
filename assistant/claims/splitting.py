"""A draft cut into claims: one fact each, with its exact span in the draft."""

import re
from collections.abc import Iterator

from assistant.claims.checkable import framed
from assistant.claims.dates import dates
from assistant.claims.quantities import quantities
from assistant.claims.verbs import Verb, verbs
from assistant.models import Language
from vectorstore.models import Span
from vectorstore.text.sentences import sentence_spans
from vectorstore.text.tokens import tokens

_S = r"[\s\u00a0\u202f]"
# Where a sentence may be cut; the cut falls before the group `head` of the second clause.
_BOUNDARIES: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        rf"(?P<strong>{_S}?;{_S}+|{_S}[—–]{_S}+)|"
        rf"(?P<comma>,)?{_S}+(?P<word>et que|et qu['’]|et|mais|puis|tandis que|tandis qu['’]|"
        rf"alors que|alors qu['’]|"
        rf"ainsi que|ainsi qu['’])(?:{_S}+|(?<=['’]))(?:aussi{_S}|également{_S}|a{_S}aussi{_S})?|"
        rf"(?P<bare>,){_S}+",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"(?P<strong>{_S}?;{_S}+|{_S}[—–]{_S}+)|"
        rf"(?P<comma>,)?{_S}+(?P<word>and that|and|but|while|whereas|then|as well as){_S}+"
        rf"|(?P<bare>,){_S}+",
        re.IGNORECASE,
    ),
}
_RELATIVE = {
    "fr": re.compile(
        r"(?:qui|dont|où|que|qu['’]|lequel|laquelle|auquel|avec qui)\b", re.IGNORECASE
    ),
    "en": re.compile(r"(?:which|who|whom|whose|where|that)\b", re.IGNORECASE),
}
_INSIDE_RELATIVE = {
    "fr": re.compile(
        r"\b(?:qui|dont|où|que|lorsque|si|afin que|pour que)\b|\bqu['’]|\blorsqu['’]", re.I
    ),
    "en": re.compile(r"\b(?:which|who|whose|where|that|when|if)\b", re.I),
}
_BULLET = re.compile(r"^[\s\u00a0]*(?:[-–—•*·]|\d{1,2}[.)])[\s\u00a0]+")
_TRAILING = ' \t\r\n\u00a0\u202f,;:.!?…—–-»”"'
_LEADING = ' \t\r\n\u00a0\u202f,;:—–-«“"…'
_MIN_WORDS = 2


def claim_spans(text: str, language: Language) -> tuple[Span, ...]:
    """The spans of the claims of `text`, in order, without overlaps.

    Whether a claim can be checked is another question (`checkable`).
    """
    found: list[Span] = []
    for sentence in sentence_spans(text):
        for line in _lines(text, sentence):
            found.extend(_clauses(text, line, language))
    return tuple(found)


def _lines(text: str, sentence: Span) -> Iterator[Span]:
    """The parts of a sentence that line ends with a blank line or a bullet keep apart."""
    content = sentence.of(text)
    start = 0
    for match in re.finditer(r"\n\s*\n|\n(?=[ \t]*[-–—•*·]\s)", content):
        yield from _trimmed(text, sentence.start + start, sentence.start + match.start())
        start = match.end()
    yield from _trimmed(text, sentence.start + start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    bullet = _BULLET.match(text[start:end])
    start += bullet.end() if bullet else 0
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and next(tokens(text[start:end]), None) is not None:
        yield Span(start, end)


def _clauses(text: str, sentence: Span, language: Language) -> Iterator[Span]:
    content = sentence.of(text)
    facts = _facts(content, language)
    found = verbs(content, language)
    start = 0
    for match in _BOUNDARIES[language].finditer(content):
        if match.start() < start or _inside(match.start(), content):
            continue
        following = _next_boundary(content, match.end(), language)
        left, right = (
            Span(start, max(match.start(), start + 1)),
            Span(match.end(), max(following, match.end() + 1)),
        )
        if _separate(content, left, right, match, facts, found, language):
            yield from _unframed(
                text, sentence.start + start, sentence.start + match.start(), language
            )
            start = match.end()
    yield from _unframed(text, sentence.start + start, sentence.end, language)


def _unframed(text: str, start: int, end: int, language: Language) -> Iterator[Span]:
    """The statement between `start` and `end`, without « je suis fier d'annoncer que »."""
    start += framed(text[start:end], language)
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    if start < end:
        yield Span(start, end)


def _facts(content: str, language: Language) -> tuple[Span, ...]:
    """Spans of quantities and dates: what makes a phrase a fact of its own."""
    dated = tuple(expression.span for expression in dates(content))
    return tuple(
        quantity.span
        for quantity in quantities(content, language, without=dated)
        if not quantity.ordinal
    )


def _inside(position: int, content: str) -> bool:
    """Whether a position stands inside brackets or quotation marks."""
    before = content[:position]
    return (
        before.count("(") > before.count(")")
        or before.count("«") > before.count("»")
        or before.count("“") > before.count("”")
    )


def _next_boundary(content: str, position: int, language: Language) -> int:
    match = _BOUNDARIES[language].search(content, position)
    return match.start() if match else len(content)


def _separate(  # noqa: PLR0911  (a cascade of rules, each with its reason)
    content: str,
    left: Span,
    right: Span,
    match: re.Match[str],
    facts: tuple[Span, ...],
    found: tuple[Verb, ...],
    language: Language,
) -> bool:
    """Whether what stands left and right of a boundary are claims of their own."""
    if min(_words(left.of(content)), _words(right.of(content))) < _MIN_WORDS:
        return False
    left_fact = any(left.contains(fact) for fact in facts)
    right_fact = any(right.contains(fact) for fact in facts)
    left_verb = any(left.contains(verb.span) for verb in found)
    if match["strong"]:
        return left_verb
    opens = _opening_verb(content, right, found)
    # « chauffe et climatise 500 000 m² »: two verbs of one object.
    if opens and any(verb.span.end == match.start() for verb in found):
        return False
    rest = Span(right.start, len(content))
    left_clause = left.start > 0 or any(
        left.contains(verb.span) and (verb.finite or language == "en") for verb in found
    )
    if match["bare"]:
        if _RELATIVE[language].match(content, right.start):
            return left_verb and right_fact and right.end >= len(content.rstrip(_TRAILING))
        return left_verb and left_clause and opens and _is_listed(content, rest)
    if not (left_verb and left_clause):
        return False
    dangling = _INSIDE_RELATIVE[language].search(left.of(content)) is not None
    if opens and not (dangling and not right_fact):
        return True
    if _has_clause(content, right, found, language):
        return not dangling or right_fact
    return left_fact and right_fact


def _words(text: str) -> int:
    return sum(1 for _ in tokens(text))


_ADVERBS = frozenset(
    "a ont y en s se l n ne pas aussi egalement ainsi donc ensuite enfin puis notamment ete then "
    "also later has have had will was were is are been would subsequently".split()
)


def _opening_verb(content: str, right: Span, found: tuple[Verb, ...]) -> bool:
    """Whether the right part begins with a verb: « …, visité le terminal et signé une entente »."""
    starts = {verb.span.start: verb for verb in found if right.contains(verb.span)}
    for position, token in enumerate(tokens(right.of(content))):
        verb = starts.get(right.start + token.span.start)
        if verb is not None:
            following = content[verb.span.end : right.end]
            return _words(following) >= 1 or position > 0
        if token.folded not in _ADVERBS or position > 3:
            return False
    return False


def _is_listed(content: str, rest: Span) -> bool:
    """Whether a comma stands in a list of clauses, which a coordination ends."""
    return re.search(r"\b(?:et|and|puis|then)\b", rest.of(content), re.IGNORECASE) is not None


def _has_clause(content: str, right: Span, found: tuple[Verb, ...], language: Language) -> bool:
    """Whether the right part has a subject and a finite verb outside a relative clause."""
    relative = _INSIDE_RELATIVE[language].search(content, right.start, right.end)
    limit = relative.start() if relative else right.end
    return any(
        verb.finite and right.start < verb.span.start < limit
        for verb in found
        if right.contains(verb.span)
    )
