"""What can be measured between a claim and a sentence of a report: the judge's only evidence."""

from dataclasses import dataclass

import numpy as np

from assistant.claims import specifics
from assistant.claims.alignment import Alignment, align
from assistant.claims.modality import Stage, contrasts, negations, stage
from assistant.claims.oppositions import Opposition, oppositions
from assistant.claims.specifics import Context, Finding, State
from assistant.claims.statement import Statement
from vectorstore.models import Span
from vectorstore.text.normalise import fold

# Cosines of words in context: below the first unrelated, above the second the same.
_UNRELATED, _SAME = 0.35, 0.70
_IN_CONTEXT = 0.6
_COVERED = 0.4
# How far around its aligned words a sentence speaks of the claim, in characters.
_MARGIN = 40
# The share of the claim's words that a contrast must hold to be what the claim is about.
_ASIDE = 0.3


@dataclass(frozen=True, slots=True)
class Signals:
    """Measures of one claim against one sentence.

    `similarity` is the cosine of the two as sentences. `coverage` is the mean over the claim's
    plain words of how well the sentence says them, in [0, 1]; `uncovered` the number it doesn't,
    nor its context. `focus` is the share of the sentence's part around the aligned words that
    the claim uses. `negation` and `stage_gap` compare the aligned part of the sentence with the
    claim; `findings` are the specifics.
    """

    similarity: float
    coverage: float
    exact: float
    uncovered: int
    words: int
    findings: tuple[Finding, ...]
    negation: bool
    set_aside: bool
    claim_stage: Stage | None
    source_stage: Stage | None
    oppositions: tuple[Opposition, ...]

    def count(self, *states: State) -> int:
        """How many specifics are in one of the states."""
        return sum(finding.state in states for finding in self.findings)

    @property
    def stage_gap(self) -> bool:
        """Whether the claim calls done what the sentence only plans or considers."""
        ahead = self.claim_stage in {None, Stage.DONE}
        return ahead and self.source_stage in {Stage.PLANNED, Stage.CONSIDERED}


def measure(
    claim: Statement, source: Statement, context: Context, similarity: float
) -> Signals:
    """The signals between a claim and a sentence; `similarity` is their cosine."""
    alignment = align(claim.words, source.words)
    scores = _scores(claim, alignment, context)
    part = _aligned_part(claim, source, alignment)
    told = _without_names(claim, Span(0, len(claim.text)))
    plain = claim.plain_words()
    return Signals(
        similarity=similarity,
        coverage=float(np.mean(scores)) if scores else 1.0,
        exact=float(np.mean([alignment.exact[i] for i in plain])) if plain else 1.0,
        uncovered=sum(score < _COVERED for score in scores),
        words=len(scores),
        findings=(
            *specifics.amounts(claim, source, alignment),
            *specifics.moments(claim, source, context),
            *specifics.named(claim, source, alignment, context),
        ),
        negation=negations(told) % 2 != negations(part) % 2,
        set_aside=_is_set_aside(claim, source, alignment),
        claim_stage=stage(told),
        source_stage=stage(part),
        oppositions=tuple(oppositions(told, _without_names(source, Span(0, len(source.text))))),
    )


def _scores(claim: Statement, alignment: Alignment, context: Context) -> list[float]:
    """How well each plain word of the claim is said, in [0, 1]."""
    scores = []
    for index in claim.plain_words():
        score = (float(alignment.similarity[index]) - _UNRELATED) / (_SAME - _UNRELATED)
        score = min(max(score, 0.0), 1.0)
        if claim.words.stems[index] in context.stems:
            score = max(score, _IN_CONTEXT)
        scores.append(score)
    return scores


def _aligned_part(claim: Statement, source: Statement, alignment: Alignment) -> str:
    """The part of the sentence from its first to its last well-aligned word, and a little more."""
    starts = [
        source.words.tokens[int(alignment.partner[index])].span
        for index in claim.words.content()
        if alignment.similarity[index] >= specifics.SAME_NOUN
    ]
    if not starts:
        return _without_names(source, Span(0, len(source.text)))
    left = max(0, min(span.start for span in starts) - _MARGIN)
    right = min(len(source.text), max(span.end for span in starts) + _MARGIN)
    return _without_names(source, Span(left, right))


def _without_names(statement: Statement, part: Span) -> str:
    """A part of a text, its names blanked: "Maritime Futures" says nothing of the future."""
    text = list(statement.text)
    for name in statement.names:
        text[name.span.start : name.span.end] = "_" * len(name.span)
    return "".join(text)[part.start : part.end]


def _is_set_aside(claim: Statement, source: Statement, alignment: Alignment) -> bool:
    """Whether the claim affirms what the sentence sets aside: « et non par le centre »."""
    aside = contrasts(source.text)
    if not aside or len(fold(source.text)) != len(source.text) or contrasts(claim.text):
        return False
    mine = [
        source.words.tokens[int(alignment.partner[index])].span.start
        for index in claim.plain_words()
        if alignment.similarity[index] >= specifics.SAME_NOUN
    ]
    within = sum(any(start <= place < end for start, end in aside) for place in mine)
    return within >= max(1, len(mine) * _ASIDE)
