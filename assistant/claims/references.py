"""What a claim leaves unsaid because the draft said it just before.

« La conférence a réuni 300 participants et duré trois jours. Elle … »: the second claim's subject
is the first's. The claim keeps its own span; only the text that is searched and judged is made
whole. Subjects are what stands before the verb: no coreference model speaks both languages here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.verbs import Verb, verbs
from assistant.models import Language
from vectorstore.models import Span
from vectorstore.text.normalise import fold, fold_spaces

_PRONOUN: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"^(?:et |puis |mais |ensuite |aussi )?(?:ils?|elles?|celles?-ci|celui-ci|ceux-ci|"
        r"ce dernier|"
        r"cette derni[eè]re)[\s\u00a0]+(?!y a\b|faut\b|est (?:temps|important|essentiel))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:and |then |but |also )?(?:it|they|he|she|the latter)\s+(?!is (?:time|important))",
        re.IGNORECASE,
    ),
}
_DEMONSTRATIVE: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:ce|cet|cette|ces|son|sa|ses|leurs?)[\s\u00a0]+(?!jour|matin|soir|ann[ée]e|"
        r"mois)[a-zà-ÿ]|\b(?:y|en|celui|celle|l[àa]-bas)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:this|that|these|those|its|their|his|her)\s+(?!year|morning|month)[a-z]|\bthere\b",
        re.IGNORECASE,
    ),
}
_FIRST_PERSON = re.compile(r"^(?:nous|je|j['’]|on|we|i|our|notre|nos)\b", re.IGNORECASE)
_MAX_SUBJECT_WORDS = 14


@dataclass(frozen=True, slots=True)
class Whole:
    """A claim made whole: `text` is judged, `query` searched; both may hold what came before."""

    text: str
    query: str


def made_whole(draft: str, spans: Sequence[Span], language: Language) -> list[Whole]:
    """Each claim of a draft with what it leaves unsaid, in order."""
    found: list[Whole] = []
    previous = ""
    subject_before = ""
    for index, span in enumerate(spans):
        own = fold_spaces(span.of(draft))
        same_sentence = index > 0 and _continues(draft[spans[index - 1].end : span.start])
        text = _with_subject(own, previous if same_sentence else "", subject_before, language)
        refers = text != own or _DEMONSTRATIVE[language].search(own) is not None
        query = f"{previous} {own}" if refers and previous else text
        found.append(Whole(text, query))
        subject = _subject(text, language)
        if subject and not _FIRST_PERSON.match(subject):
            subject_before = subject
        previous = text
    return found


def begins_elsewhere(claim: str) -> bool:
    """Whether a claim sets out from a place of its own: « À Hambourg, … »."""
    return re.match(
        r"\W*(?:à|au|aux|en|in|at)\s+(?:la\s|le\s)?[A-ZÀ-Ý]", claim, re.I
    ) is not None and (re.match(r"\W*\w+\s+(?:la\s|le\s)?[A-ZÀ-Ý]", claim) is not None)


def _continues(between: str) -> bool:
    """Whether nothing but a conjunction or a comma stands between two claims."""
    return re.search(r"[.!?\n]", between) is None


def _with_subject(own: str, before: str, subject_before: str, language: Language) -> str:
    pronoun = _PRONOUN[language].match(own)
    if pronoun and subject_before and not subject_before.startswith(own[: pronoun.end()].strip()):
        return f"{subject_before} {own[pronoun.end() :]}"
    if not before:
        return own
    mine = verbs(own, language)
    if not mine:
        return f"{_upto_object(before, language)} {own}".strip()
    if _opens_with(own, mine[0]):
        stem = _subject(before, language) if mine[0].finite else _auxiliaries(before, language)
        return f"{stem} {own}".strip() if stem else own
    return own


def _opens_with(own: str, verb: Verb) -> bool:
    return (
        len(own[: verb.span.start].split()) <= 2
        and not re.search(r"[A-ZÀ-Ý]", own[: verb.span.start])
        and not re.match(r"(?:le|la|les|l['’]|un|une|des|the|a|an|nous|we)\b", own, re.IGNORECASE)
    )


def _subject(text: str, language: Language) -> str:
    """What stands before the first finite verb; empty when that is too long to be a subject."""
    finite = [verb for verb in verbs(text, language) if verb.finite]
    if not finite:
        return ""
    before = text[: finite[0].span.start].strip()
    # The clitic of « s'est tenue » belongs to the verb.
    before = re.sub(r"[\s\u00a0](?:s['’]?|se|n['’]?|ne|y|en|l['’])$", "", before)
    return before if 0 < len(before.split()) <= _MAX_SUBJECT_WORDS else ""


def _auxiliaries(text: str, language: Language) -> str:
    """Subject and auxiliaries: « Nous avons » before « visité le terminal »."""
    finite = [verb for verb in verbs(text, language) if verb.finite]
    if not finite:
        return ""
    head = text[: finite[0].span.end].strip()
    word = fold(finite[0].span.of(text))
    if word not in {"a", "ont", "avons", "ai", "est", "sont", "has", "have", "was", "were"}:
        head = _subject(text, language)
    return head if len(head.split()) <= _MAX_SUBJECT_WORDS else ""


def _upto_object(text: str, language: Language) -> str:
    """Subject and verb, to stand before a coordinated object."""
    found = verbs(text, language)
    head = text[: found[-1].span.end].strip() if found else ""
    first = text[: found[0].span.end].strip() if found else ""
    chosen = head if len(found) <= 2 else first
    return chosen if len(chosen.split()) <= _MAX_SUBJECT_WORDS else ""
