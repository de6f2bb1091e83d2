"""The verdict on a claim from what all the sentences found say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.claims.evidence import (
    Candidate,
    context_of,
    neighbours,
    told_before,
    told_elsewhere,
    told_on,
)
from assistant.claims.judge import Ground, Judgement, judge
from assistant.claims.library import Library
from assistant.claims.sense import turns_sense
from assistant.claims.specifics import Context
from assistant.claims.statement import Source, Statement, joined
from assistant.models import Verdict
from vectorstore.models import Span

# A sentence that bears the claim out wins over one that gainsays it, if it speaks as surely.
_TIE = 0.15
# Two reports disagree only where both surely speak of the claim's fact.
_DISAGREEMENT = 0.06
# Sentences whose neighbours are read with them, when none alone decides.
WIDENED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What one place in a report says of a claim; `span` covers one sentence or two in a row."""

    judgement: Judgement
    candidate: Candidate
    span: Span

    @property
    def told_on(self) -> date:
        """When the report's mission ended, for putting the newest first."""
        return told_on(self.candidate.report) or date.min


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on a claim, and the places that decided it, newest first.

    `against` is the finding of an older or newer report that says otherwise, if one does.
    """

    verdict: Verdict
    decisive: Finding | None
    against: Finding | None = None


def rule(
    claim: Statement,
    found: Sequence[Candidate],
    statements: Mapping[Source, Statement],
    library: Library,
) -> Ruling:
    """The verdict on `claim` from each sentence alone."""
    elsewhere = told_elsewhere(found)
    return _ruling(claim, [_alone(claim, each, statements, library, elsewhere) for each in found])


def rule_widened(
    claim: Statement,
    found: Sequence[Candidate],
    statements: Mapping[Source, Statement],
    library: Library,
) -> Ruling:
    """The verdict on `claim` from the likeliest sentences, each with a neighbour."""
    elsewhere = told_elsewhere(found)
    return _ruling(
        claim,
        [
            finding
            for each in found[:WIDENED]
            for finding in _widened(claim, each, statements, library, elsewhere)
        ],
    )


def _ruling(claim: Statement, findings: Sequence[Finding]) -> Ruling:
    supports = _strongest(findings, Verdict.SUPPORTED)
    contradicts = _strongest(findings, Verdict.CONTRADICTED)
    if supports and contradicts:
        return _weighed(supports, contradicts, dated=bool(claim.dates))
    decisive = supports or contradicts
    if decisive:
        return Ruling(decisive.judgement.verdict, decisive)
    return Ruling(Verdict.NOT_FOUND, _strongest(findings, Verdict.NOT_FOUND))


def _weighed(supports: Finding, contradicts: Finding, *, dated: bool) -> Ruling:
    """The verdict where one place bears the claim out and another gainsays it."""
    lead = supports.judgement.strength - contradicts.judgement.strength
    elsewhere = supports.candidate.report.id != contradicts.candidate.report.id
    figure = contradicts.judgement.ground in {Ground.NUMBER, Ground.DATE}
    disagree = elsewhere and figure and abs(lead) <= _DISAGREEMENT and not dated
    if disagree and contradicts.told_on > supports.told_on:
        return Ruling(Verdict.CONTRADICTED, contradicts, supports)
    if disagree:
        return Ruling(Verdict.SUPPORTED, supports, contradicts)
    if lead >= -_TIE:
        return Ruling(Verdict.SUPPORTED, supports)
    return Ruling(Verdict.CONTRADICTED, contradicts)


def _strongest(findings: Sequence[Finding], verdict: Verdict) -> Finding | None:
    matching = [finding for finding in findings if finding.judgement.verdict is verdict]
    return max(matching, key=lambda finding: finding.judgement.strength, default=None)


def _alone(
    claim: Statement,
    candidate: Candidate,
    statements: Mapping[Source, Statement],
    library: Library,
    elsewhere: str,
) -> Finding:
    source = statements[candidate.source(candidate.span, library.places)]
    context = context_of(candidate, library, elsewhere)
    judgement = _judged(claim, source, context, candidate, candidate.span)
    return Finding(judgement, candidate, candidate.span)


def _judged(
    claim: Statement, source: Statement, context: Context, candidate: Candidate, span: Span
) -> Judgement:
    """What the judge says, but that nothing is borne out by a sentence whose sense it turns."""
    judgement = judge(claim, source, context, candidate.similarity)
    if judgement.verdict is Verdict.SUPPORTED and turns_sense(
        claim, source, told_before(candidate.passage, span)
    ):
        return replace(judgement, verdict=Verdict.NOT_FOUND, ground=Ground.UNRELATED)
    return judgement


def _widened(
    claim: Statement,
    candidate: Candidate,
    statements: Mapping[Source, Statement],
    library: Library,
    elsewhere: str,
) -> list[Finding]:
    context = context_of(candidate, library, elsewhere)
    found = []
    for first, second in neighbours(candidate):
        pair = joined(
            statements[candidate.source(first, library.places)],
            statements[candidate.source(second, library.places)],
        )
        span = Span(first.start, second.end)
        judgement = _judged(claim, pair, context, candidate, span)
        # What differs may stand in the sentence that speaks of something else.
        if judgement.verdict is Verdict.CONTRADICTED:
            continue
        found.append(Finding(judgement, candidate, span))
    return found
