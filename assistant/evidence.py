"""From passages to quotes: which sentences bear on a question, and how well."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Kind, Question
from vectorstore.glossary import Notion
from vectorstore.index import Index
from vectorstore.models import Hit, Span
from vectorstore.text.tokens import Language, content_stems

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_SHAPES: Mapping[Kind, re.Pattern[str]] = {
    Kind.NUMBER: re.compile(
        r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt|cent|mille|moitié|tiers|"
        r"quart)\b",
        re.IGNORECASE,
    ),
    Kind.DATE: re.compile(rf"\b(?:19|20)\d\d\b|\b(?:{_MONTHS})\b", re.IGNORECASE),
    # A capital inside the sentence, or somebody's office.
    Kind.WHO: re.compile(r"(?<=[\w,;:)»] )[A-ZÀ-Þ]\w|\b(?:élue?|maire|mairesse|délégu|minist)"),
}


@dataclass(frozen=True, slots=True)
class WeightedNotion:
    """Something the question names, and how rare it is in the library."""

    notion: Notion
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what speaks for it.

    `similarity` is the cosine of question and sentence; `passage_score` the fused score of its
    passage; `coverage` the share, weighted by rarity, of the question's notions that the sentence
    names; `context_coverage` the same for its passage under its headings; `fits` whether the
    sentence has the shape of what is asked for (a number, a date, a name).
    """

    hit: Hit
    span: Span
    similarity: float
    passage_score: float
    coverage: float
    context_coverage: float
    fits: bool
    score: float

    @property
    def quote(self) -> str:
        """The sentence, verbatim."""
        return self.hit.passage.slice(self.span)


# Weights of a linear ranking of sentences: a conditional logit fitted to half of a sample of PIAF,
# where it puts a sentence with the answer first for 58 % of the questions of the other half. The
# pillar, which PIAF has none of, weighs as little as may break a tie.
_SIMILARITY, _PASSAGE, _COVERAGE, _CONTEXT, _FITS, _PILLAR = 24.0, 8.0, 2.4, 3.4, 1.35, 0.5


def weighted_notions(question: Question, index: Index) -> tuple[WeightedNotion, ...]:
    """The question's notions, weighted by the rarity of their most frequent alternative."""
    notions = index.notions(question.text, question.language)
    rarity = index.rarity({stem for notion in notions for stem in notion.stems})
    return tuple(
        WeightedNotion(
            notion,
            min(
                sum(rarity[stem] for stem in option) / len(option) for option in notion.alternatives
            ),
        )
        for notion in notions
    )


def coverage(notions: Sequence[WeightedNotion], stems: frozenset[str]) -> float:
    """The share, weighted by rarity, of `notions` that a text with these stems names."""
    total = sum(notion.weight for notion in notions)
    if not total:
        return 0.0
    return sum(notion.weight * notion.notion.presence(stems) for notion in notions) / total


def candidates(
    question: Question, hits: Sequence[Hit], notions: Sequence[WeightedNotion]
) -> list[Candidate]:
    """All sentences of the passages found, best first."""
    found = [candidate for hit in hits for candidate in _sentences_of(question, hit, notions)]
    return sorted(found, key=lambda candidate: -candidate.score)


def _sentences_of(
    question: Question, hit: Hit, notions: Sequence[WeightedNotion]
) -> list[Candidate]:
    passage = hit.passage
    language = report_language(hit)
    headings = frozenset(content_stems(" \n ".join(passage.section.heading_path), language))
    stems = [frozenset(content_stems(passage.slice(span), language)) for span in passage.sentences]
    context = coverage(notions, headings.union(*stems))
    shape = _SHAPES.get(question.kind)
    in_pillar = question.pillar is not None and passage.section.pillar == question.pillar
    found = []
    for span, own, similarity in zip(
        passage.sentences, stems, hit.sentence_similarities, strict=True
    ):
        covered = coverage(notions, own)
        fits = shape is None or shape.search(passage.slice(span)) is not None
        score = (
            _SIMILARITY * similarity
            + _PASSAGE * hit.score
            + _COVERAGE * covered
            + _CONTEXT * context
            + _FITS * fits
            + _PILLAR * in_pillar
        )
        found.append(Candidate(hit, span, similarity, hit.score, covered, context, fits, score))
    return found


def report_language(hit: Hit) -> Language:
    """The language that a hit's report was indexed in."""
    return "en" if hit.report.metadata.language == "en" else "fr"
