"""Making a follow-up question stand alone, from the questions asked before it.

Only the common shapes are treated: another place or year for the same question (« Et à
Copenhague ? »), and a question about what was just talked of (« Combien ça a coûté ? »).
"""

import re
from collections.abc import Iterable, Sequence

from assistant.places import names_a_place, without_places
from vectorstore.text.language import detect_language
from vectorstore.text.normalise import fold
from vectorstore.text.sentences import sentence_spans
from vectorstore.text.tokens import content_words, mentions, tokens

History = Sequence[tuple[str, str]]

_USER = "user"

# All patterns see the text folded.
_CONTINUES = re.compile(
    r"^(?:et|mais|puis|ou|alors|sinon|ok|and|but|then|or|so|what about|how about)\b"
)
_AND = re.compile(
    r"^\W*(?:et|mais|puis|ou|alors|sinon|and|but|then|or|so|what about|how about)\b[\s,]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ANAPHORA = re.compile(
    r"\b(?:ca|cela|celui-ci|celle-ci|ceux-ci|celles-ci|il|elle|ils|elles|y|en|leur|leurs|lui|"
    r"ce|cet|cette|ces|it|its|they|them|their|he|she|him|her|his|this|that|these|those|there)\b|"
    r"\bl'(?:a|ont|avait|aura|est)\b"
)
# « Est-ce que », « y a-t-il », « en 2023 », "is there" point at nothing said before.
_NO_ANAPHORA = re.compile(
    r"est-ce\b|\by a\b|\by avait\b|-t-(?:il|elle|ils|elles)\b|-(?:ils?|elles?)\b|"
    r"\ben (?=\d|[a-z]+ant\b)|\ben (?:matiere|quelle?|ce|vue|cours|plus|ville|fonction)\b|"
    r"\b(?:is|are|was|were) there\b|\bthere (?:is|are|was|were)\b|\bce (?:qui|que|qu)\b"
)
_ASKS = re.compile(
    r"\b(?:qui|quand|combien|ou|pourquoi|comment|quel(?:le)?s?|lequel|laquelle|"
    r"who|when|where|why|how|what|which)\b"
)
# « Combien a coûté cette mission ? »: of the report before, not of what it was asked.
_OF_MISSION = re.compile(
    r"\b(?:cette|ce|la|leur|that|this|the|their) "
    r"(?:mission|voyage|deplacement|visite|rapport|trip|visit|report)\b"
)
# A question with more content words than this says itself what it is about.
_SHORT = 4
_NAMES_SOMETHING = re.compile(r"(?<=[\s’'(])[A-ZÀ-ÖØ-Þ]\w")
# Of an answer, so many characters of its first sentence, without its quotation marks.
_QUOTED, _QUOTATION = 200, ' \u00a0«»“”"'
_MARKS = " ¿«\"'"


def readings(question: str, history: History, places: Iterable[str]) -> tuple[str, ...]:
    """What the question may mean in its conversation, each standing alone, the likeliest first.

    A question that leans on what was said is read with it; one that may only look so, or that is
    so short that it may lean, has its other reading second; last comes the question with what was
    quoted last. `places` are names by which missions are told apart: where the follow-up names one,
    those of the question before it go.
    """
    known = {fold(place) for place in places}
    before = ""
    for said in (text for role, text in history if role == _USER):
        before = _readings(said, before, known)[0]
    found = _readings(question, before, known)
    leans = len(found) > 1 or found[0] != question
    # « Et à Abidjan ? » asks of something else than what was answered.
    if leans and not _NAMES_SOMETHING.search(question):
        found = (*found, *_with_answer(question, history))
    return found


def _readings(question: str, before: str, places: set[str]) -> tuple[str, ...]:
    if not before:
        return (question,)
    size = len(content_words(question, detect_language(question)))
    if _leans(question):
        joined = _joined(question, before, places)
        return (joined, question) if size > 1 and not _continues(question) else (joined,)
    if size <= _SHORT and not names_a_place(question, places):
        return (question, _joined(question, before, places))
    return (question,)


def _with_answer(question: str, history: History) -> tuple[str, ...]:
    """The question with what was answered last: « elle » may be who stands there."""
    answers = [text for role, text in history if role != _USER]
    first = sentence_spans(answers[-1].strip(_QUOTATION))[:1] if answers else ()
    return tuple(
        f"{question} ({span.of(answers[-1].strip(_QUOTATION))[:_QUOTED].strip(_QUOTATION)})"
        for span in first
    )


def _continues(question: str) -> bool:
    return _CONTINUES.search(fold(question).strip(_MARKS)) is not None


def _leans(question: str) -> bool:
    """Whether the question leans on what was said before."""
    if _continues(question):
        return True
    folded = fold(question).strip(_MARKS)
    content = content_words(question, detect_language(question))
    points_back = _ANAPHORA.search(_NO_ANAPHORA.sub(" ", folded)) is not None
    # « Quand ouvrira-t-il ? », « Qui a payé ? »: a lone word that something is asked of.
    asks_of_one = len(content) == 1 and _ASKS.search(folded) is not None
    return not content or asks_of_one or (points_back and len(content) <= _SHORT)


def _joined(question: str, before: str, places: set[str]) -> str:
    """What is asked with the question before it, or that one anew where only its scope changes."""
    is_of_place = names_a_place(question, places)
    if is_of_place:
        before = without_places(before, places)
    is_of_year = any(_YEAR.fullmatch(token.folded) for token in tokens(question))
    if is_of_year:
        before = re.sub(r"\b(?:en |in )?(?:19|20)\d\d\b", "", before)
    said = _YEAR.sub("", without_places(question, places))
    if (is_of_place or is_of_year) and not content_words(said, detect_language(before)):
        # « Et à Copenhague ? »
        return f"{before.rstrip(' .?!')} {_AND.sub('', question)}"
    if _OF_MISSION.search(fold(question)):
        # What the mission cost isn't told where what was asked before is.
        named = " ".join(_named(before, places))
        return f"{question} ({named})" if named else question
    return f"{question} ({before.strip()})"


def _named(question: str, places: set[str]) -> Iterable[str]:
    """The places and years that a question names, as it writes them."""
    for place in sorted(places):
        yield from (span.of(question) for span in mentions(question, place))
    yield from _YEAR.findall(question)
