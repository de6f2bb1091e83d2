"""The judge of one claim against one sentence: supported, contradicted, or nothing follows.

It is a set of rules over measured signals, so that a verdict can be told in one sentence. What
decides: whether the sentence speaks of the claim's fact at all (`sameness`), whether each
specific of the claim is borne out, and whether anything gainsays it. A figure that differs is
never outvoted. Thresholds were fitted on half of the project's own set, a false "supported"
costing five times another error (docs/evaluation-speech.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from assistant.claims.modality import Stage
from assistant.claims.signals import Signals, measure
from assistant.claims.specifics import Context, Finding, Kind, State
from assistant.claims.statement import Statement
from assistant.models import Verdict


class Ground(StrEnum):
    """Why a sentence bears a claim out or gainsays it; each has its text in `reasons.ftl`."""

    SAME = "same"
    LOOSE = "loose"
    NUMBER = "number"
    UNIT = "unit"
    COUNTED = "counted"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    EXCLUSIVE = "exclusive"
    STAGE = "stage"
    MISSING = "missing"
    STRONGER = "stronger"
    ELSEWHERE = "elsewhere"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one sentence says of a claim.

    `strength` in [0, 1] is how surely the sentence speaks of the claim's fact. `claimed` and
    `given` are the words of the claim and of the sentence that decided, empty when none did.
    """

    verdict: Verdict
    strength: float
    ground: Ground
    claimed: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the judge asks of a sentence; lower across languages, where words match less well."""

    support: float
    contradict: float
    uncovered: float


SAME_LANGUAGE = Thresholds(support=0.62, contradict=0.62, uncovered=0.0)
ACROSS = Thresholds(support=0.52, contradict=0.52, uncovered=0.34)

# E5's cosines of unrelated sentences of one field lie near the first, of paraphrases the second.
_SIMILARITY_FLOOR, _SIMILARITY_CEILING = 0.82, 0.91
_COVERAGE_WEIGHT = 0.65
_ANCHOR = 0.06

_CONFLICTS = {
    Kind.NUMBER: Ground.NUMBER,
    Kind.UNIT: Ground.UNIT,
    Kind.COUNTED: Ground.COUNTED,
    Kind.DATE: Ground.DATE,
    Kind.NAME: Ground.NAME,
}


def judge(
    claim: Statement, source: Statement, context: Context, similarity: float
) -> Judgement:
    """What `source`, in its context, says of `claim`; `similarity` is the cosine of the two."""
    across = claim.language != source.language
    return decide(
        measure(claim, source, context, similarity), ACROSS if across else SAME_LANGUAGE
    )


def sameness(signals: Signals) -> float:
    """How surely the sentence speaks of the claim's fact, in [0, 1].

    Words and whole-sentence similarity, and a little for each rare figure in common.
    """
    span = _SIMILARITY_CEILING - _SIMILARITY_FLOOR
    near = min(max((signals.similarity - _SIMILARITY_FLOOR) / span, 0.0), 1.0)
    score = _COVERAGE_WEIGHT * signals.coverage + (1 - _COVERAGE_WEIGHT) * near
    anchors = signals.count(State.BORNE_OUT) + signals.count(State.LOOSELY)
    return min(1.0, score + _ANCHOR * min(anchors, 2))


def decide(signals: Signals, thresholds: Thresholds) -> Judgement:
    """The judgement that the signals call for."""
    strength = sameness(signals)
    missing = _first(signals, State.MISSING)
    conflict = _conflict(signals)
    if conflict is not None:
        ground, claimed, given = conflict
        lost = [f for f in signals.findings if f.state is State.MISSING]
        if strength >= thresholds.contradict and not lost and _covered(signals, 0.34):
            return Judgement(Verdict.CONTRADICTED, strength, ground, claimed, given)
        return Judgement(Verdict.NOT_FOUND, strength, Ground.UNRELATED)
    if strength < thresholds.support:
        return Judgement(Verdict.NOT_FOUND, strength, Ground.UNRELATED)
    if missing is not None:
        return Judgement(Verdict.NOT_FOUND, strength, Ground.MISSING, missing.claimed)
    stronger = _first(signals, State.STRONGER)
    if stronger is not None:
        return Judgement(
            Verdict.NOT_FOUND, strength, Ground.STRONGER, stronger.claimed, stronger.given
        )
    if not _covered(signals, thresholds.uncovered):
        return Judgement(Verdict.NOT_FOUND, strength, Ground.UNRELATED)
    loose = _first(signals, State.LOOSELY)
    if loose is not None:
        return Judgement(Verdict.SUPPORTED, strength, Ground.LOOSE, loose.claimed, loose.given)
    return Judgement(Verdict.SUPPORTED, strength, Ground.SAME)


def _first(signals: Signals, state: State) -> Finding | None:
    return next((finding for finding in signals.findings if finding.state is state), None)


def _covered(signals: Signals, share: float) -> bool:
    """Whether no more than a share of the claim's words is said nowhere."""
    return signals.uncovered <= share * signals.words


def _conflict(signals: Signals) -> tuple[Ground, str, str] | None:
    """What gainsays the claim, the surest ground first."""
    conflicts = [finding for finding in signals.findings if finding.state is State.CONFLICT]
    for finding in sorted(conflicts, key=lambda finding: finding.kind is Kind.NAME):
        return _CONFLICTS[finding.kind], finding.claimed, finding.given
    for opposition in signals.oppositions:
        ground = Ground.EXCLUSIVE if opposition.exclusive else Ground.OPPOSITE
        return ground, opposition.claim, opposition.source
    if signals.negation or signals.set_aside:
        return Ground.NEGATION, "", ""
    if signals.stage_gap and signals.claim_stage is Stage.DONE:
        return Ground.STAGE, "", ""
    return None
