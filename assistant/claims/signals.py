"""What can be measured between a claim and a sentence of a report: the judge's only evidence."""

import re
from dataclasses import dataclass

import numpy as np

from assistant.claims import specifics
from assistant.claims.alignment import Alignment, align
from assistant.claims.modality import Stage, contrasts, negations, stage
from assistant.claims.oppositions import Opposition, oppositions
from assistant.claims.specifics import Context, Finding, State
from assistant.claims.statement import Statement
from assistant.claims.verbs import verbs
from vectorstore.models import Span
from vectorstore.text.normalise import fold

# Cosines of words in context: below the first unrelated, above the second the same.
_UNRELATED, _SAME = 0.35, 0.70
_UNRELATED_ACROSS, _SAME_ACROSS = 0.30, 0.64
_IN_CONTEXT = 0.4
_COVERED, _SURE = 0.4, 0.57
# How far around its aligned words a sentence speaks of the claim, in characters.
_MARGIN = 40
_ENDS = re.compile(r"[.!?;]\s")
# The share of the claim's words that a contrast must hold to be what the claim is about.
_ASIDE = 0.3


@dataclass(frozen=True, slots=True)
class Signals:
    """Measures of one claim against one sentence.

    `similarity` is the cosine of the two as sentences. `coverage` is the mean over the claim's
    `words` plain words of how well the sentence says them, in [0, 1], `exact` the share said by
    the same stem; `uncovered` counts those that neither it nor its context says, `weak` those it
    doesn't say surely, `unsaid_verb` tells whether the main verb is among them. `negation`,
    `set_aside` and the stages compare the claim with the part of the sentence that speaks of it;
    `findings` are the specifics.
    """

    similarity: float
    coverage: float
    exact: float
    uncovered: int
    weak: int
    unsaid_verb: bool
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


def measure(claim: Statement, source: Statement, context: Context, similarity: float) -> Signals:
    """The signals between a claim and a sentence; `similarity` is their cosine."""
    alignment = align(claim.words, source.words)
    across = claim.language != source.language
    scores = _scores(claim, alignment, context, across=across)
    part = _aligned_part(claim, source, alignment)
    told = _without_names(claim, Span(0, len(claim.text)))
    plain = claim.plain_words()
    return Signals(
        similarity=similarity,
        coverage=float(np.mean(scores)) if scores else 1.0,
        exact=float(np.mean([alignment.exact[i] for i in plain])) if plain else 1.0,
        uncovered=sum(score < _COVERED for score in scores),
        weak=sum(score < _SURE for score in scores),
        unsaid_verb=_has_unsaid_verb(claim, scores),
        words=len(scores),
        findings=(
            *specifics.amounts(claim, source, alignment),
            *specifics.moments(claim, source, context),
            *specifics.named(claim, source, alignment, context),
        ),
        negation=(negations(told) > 0) != (negations(part) > 0),
        set_aside=_is_set_aside(claim, source, alignment),
        claim_stage=stage(told),
        source_stage=stage(part),
        oppositions=tuple(oppositions(told, _without_names(source, Span(0, len(source.text))))),
    )


def _scores(
    claim: Statement, alignment: Alignment, context: Context, *, across: bool
) -> list[float]:
    """How well each plain word of the claim is said, in [0, 1]."""
    low, high = (_UNRELATED_ACROSS, _SAME_ACROSS) if across else (_UNRELATED, _SAME)
    scores = []
    for index in claim.plain_words():
        score = (float(alignment.similarity[index]) - low) / (high - low)
        score = min(max(score, 0.0), 1.0)
        if claim.words.stems[index] in context.stems:
            score = max(score, _IN_CONTEXT)
        scores.append(score)
    return scores


def _has_unsaid_verb(claim: Statement, scores: list[float]) -> bool:
    """Whether the claim's first verb that carries content is said in doubtful words only."""
    plain = claim.plain_words()
    for verb in verbs(claim.text, claim.language):
        for index, score in zip(plain, scores, strict=True):
            if claim.words.tokens[index].span == verb.span:
                return score < _SURE
    return False


def _aligned_part(claim: Statement, source: Statement, alignment: Alignment) -> str:
    """The part of the sentence from its first to its last well-aligned word, and a little more."""
    starts = [
        source.words.tokens[int(alignment.partner[index])].span
        for index in claim.words.content()
        if alignment.similarity[index] >= specifics.SAME_NOUN
    ]
    if not starts:
        return _without_names(source, Span(0, len(source.text)))
    first, last = min(span.start for span in starts), max(span.end for span in starts)
    # Not into another sentence, where two are read as one.
    before = [match.end() for match in _ENDS.finditer(source.text, 0, first)]
    after = _ENDS.search(source.text, last)
    left = max(0, first - _MARGIN, *before)
    right = min(len(source.text), last + _MARGIN, after.start() if after else len(source.text))
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
