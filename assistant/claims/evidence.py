"""Which sentences of the reports may bear on a claim, with what surrounds them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.claims.dates import DateExpression, dates
from assistant.claims.library import Library
from assistant.claims.specifics import Context
from assistant.claims.statement import Source
from assistant.models import Language
from vectorstore.models import Hit, Passage, Report, Span
from vectorstore.text.language import detect_language
from vectorstore.text.normalise import fold, fold_spaces
from vectorstore.text.tokens import content_stems, tokens

_BULLET = re.compile(r"^(?:[-–—•*·▪◦]|\d{1,2}[.)])\s+")
_MIN_WORDS = 4
_BEFORE, _AFTER = 3, 1
# How far back a pronoun points, in characters.
_POINTS_BACK = 400
_SHARED_NUMBER = 0.03
_SHARED_WORD = 0.01


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a current report that a claim is compared with.

    `text` is the sentence on one line; `span` its place in the version's text.
    """

    passage: Passage
    report: Report
    span: Span
    text: str
    similarity: float
    language: Language

    def source(self, span: Span, known: frozenset[str]) -> Source:
        """A sentence of the passage, to be taken apart; `known` are words known to be names.

        "Last fall" is counted from the end of the mission.
        """
        text = sentence_text(self.passage, span)
        return Source(text, self.language, told_on(self.report), known)


def told_on(report: Report) -> date | None:
    """The day from which a report's relative dates are counted."""
    metadata = report.metadata
    told = metadata.end_date or metadata.start_date or metadata.published_on
    if told is None and metadata.year is not None:
        return date(metadata.year, 12, 31)
    return told


def candidates(claim: str, hits: Sequence[Hit], language: Language, limit: int) -> list[Candidate]:
    """The `limit` sentences of `hits` that are most likely to speak of what `claim` does.

    A figure or a word in common weighs with the similarity, so that the sentence whose figure
    differs is among them.
    """
    figures = {token.folded for token in tokens(claim) if token.is_number}
    stems = set(content_stems(claim, language))
    found: list[tuple[float, Candidate]] = []
    for hit in hits:
        spoken = _language(hit.report, hit.passage)
        for span, similarity in zip(hit.passage.sentences, hit.sentence_similarities, strict=True):
            text = sentence_text(hit.passage, span)
            words = [token.folded for token in tokens(text)]
            if len(words) < _MIN_WORDS:
                continue
            shared = len(stems.intersection(content_stems(text, language)))
            rank = similarity + _SHARED_WORD * shared + _SHARED_NUMBER * bool(figures & set(words))
            found.append((rank, Candidate(hit.passage, hit.report, span, text, similarity, spoken)))
    found.sort(key=lambda pair: -pair[0])
    return [candidate for _, candidate in found[:limit]]


def neighbours(candidate: Candidate) -> list[tuple[Span, Span]]:
    """The sentence with the one before it, and with the one after it, within its passage."""
    sentences = candidate.passage.sentences
    place = sentences.index(candidate.span)
    pairs = []
    if place > 0:
        pairs.append((sentences[place - 1], candidate.span))
    if place + 1 < len(sentences):
        pairs.append((candidate.span, sentences[place + 1]))
    return pairs


def told_before(passage: Passage, span: Span) -> str:
    """The passage just before `span`, folded: what its « elle » means."""
    start = span.start - passage.start
    return fold(passage.text[max(0, start - _POINTS_BACK) : start])


def quoted(passage: Passage, span: Span) -> Span:
    """The span to quote: the sentence's own, without a bullet before it."""
    bullet = _BULLET.match(passage.slice(span))
    return Span(span.start + bullet.end(), span.end) if bullet else span


def sentence_text(passage: Passage, span: Span) -> str:
    """A sentence on one line, without its bullet."""
    return _BULLET.sub("", fold_spaces(passage.slice(span)))


def _language(report: Report, passage: Passage) -> Language:
    if report.metadata.language in {"fr", "en"}:
        return "en" if report.metadata.language == "en" else "fr"
    return detect_language(passage.text)


def told_elsewhere(found: Sequence[Candidate]) -> str:
    """The folded text of all passages found."""
    passages = {candidate.passage.id: candidate.passage for candidate in found}
    return " . ".join(fold(fold_spaces(passage.text)) for passage in passages.values())


def _around(candidate: Candidate) -> Sequence[Span]:
    """The sentences near a sentence, in its passage: farther ones speak of something else."""
    sentences = candidate.passage.sentences
    place = sentences.index(candidate.span)
    return sentences[max(0, place - _BEFORE) : place + _AFTER + 1]


def context_of(candidate: Candidate, library: Library, elsewhere: str) -> Context:
    """What the sentences around it, headings, the report and other passages add to a sentence."""
    report, passage = candidate.report, candidate.passage
    metadata = report.metadata
    about = " . ".join(
        [
            *passage.section.heading_path,
            metadata.title,
            *(place.city for place in metadata.destinations),
            *(place.country for place in metadata.destinations),
            *(person.name for person in metadata.participants),
            *library.recurring(report.id),
        ]
    )
    around = " ".join(sentence_text(passage, span) for span in _around(candidate))
    text = f"{around} . {about}"
    return Context(
        folded=fold(text),
        dates=(*dates(about, told_on(report)), *mission_dates(report)),
        stems=frozenset(content_stems(text, candidate.language)),
        places=library.places,
        elsewhere=elsewhere,
    )


def mission_dates(report: Report) -> Iterable[DateExpression]:
    """When a report's mission took place, from its description."""
    start, end = report.metadata.start_date, report.metadata.end_date
    mark = Span(0, 1)
    if start:
        last = end or start
        yield DateExpression(
            mark, start.year, (start.month, start.day), (last.month, last.day), last.year
        )
    elif report.metadata.year:
        yield DateExpression(mark, report.metadata.year)
