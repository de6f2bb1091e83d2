"""The judge of one claim against one sentence: supported, contradicted, or nothing follows.

It is a set of rules over measured signals, so that a verdict can be told in one sentence. What
decides: whether the sentence speaks of the claim's fact at all (`sameness`), whether each
specific of the claim is borne out, and whether anything gainsays it. A figure that differs is
never outvoted. Thresholds were fitted on half of the project's own set, a false "supported"
costing five times another error (docs/evaluation-speech.md).
"""

from collections.abc import Iterator
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
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one sentence says of a claim.

    `strength`, the `sameness`, is how surely the sentence speaks of the claim's fact. `claimed` and
    `given` are the words of the claim and of the sentence that decided, empty when none did.
    """

    verdict: Verdict
    strength: float
    ground: Ground
    claimed: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The strength that the judge asks for; lower across languages, where words match less well.

    `figure` is for a figure, a unit or a date that differs; `sense` for a negation, an opposite
    or a plan; `name` for another name in the same place, `subject` when it is the claim's
    subject; `several` when more than one thing differs. Shares of the claim's words: `uncovered`
    may be said nowhere, `weak` in doubtful words only, `said` nowhere where something differs.
    `unvouched` is asked on top for support without a figure in common.
    """

    support: float
    figure: float
    sense: float
    name: float
    subject: float
    several: float
    uncovered: float
    weak: float
    said: float
    unvouched: float


SAME_LANGUAGE = Thresholds(0.66, 0.64, 0.70, 0.80, 0.88, 0.85, 0.0, 1.0, 0.34, 0.0)
ACROSS = Thresholds(0.62, 0.55, 0.66, 0.74, 0.82, 0.80, 0.30, 0.25, 0.5, 0.20)

# E5's cosines of unrelated sentences of one field lie near the first, of paraphrases the second.
_SIMILARITY_FLOOR, _SIMILARITY_CEILING = 0.82, 0.91
_COVERAGE_WEIGHT = 0.65
_ANCHOR, _MOST_ANCHORS = 0.06, 3
# The share of the claim's words that figures in common may vouch for.
_VOUCHED = 0.25
# The coverage without which nothing gainsays: the sentence speaks of something else. Each of
# two figures in common lowers it.
_SAID, _SAID_LESS = 0.61, 0.06
_ENOUGH = 3

_CONFLICTS = {
    Kind.NUMBER: Ground.NUMBER,
    Kind.UNIT: Ground.UNIT,
    Kind.COUNTED: Ground.COUNTED,
    Kind.DATE: Ground.DATE,
    Kind.NAME: Ground.NAME,
}


def judge(claim: Statement, source: Statement, context: Context, similarity: float) -> Judgement:
    """What `source`, in its context, says of `claim`; `similarity` is the cosine of the two."""
    across = claim.language != source.language
    return decide(measure(claim, source, context, similarity), ACROSS if across else SAME_LANGUAGE)


def sameness(signals: Signals) -> float:
    """How surely the sentence speaks of the claim's fact: 0 not at all, 1 and above certainly.

    Words and whole-sentence similarity, and a little for each specific in common.
    """
    span = _SIMILARITY_CEILING - _SIMILARITY_FLOOR
    near = min(max((signals.similarity - _SIMILARITY_FLOOR) / span, 0.0), 1.0)
    score = _COVERAGE_WEIGHT * signals.coverage + (1 - _COVERAGE_WEIGHT) * near
    anchors = signals.count(State.BORNE_OUT) + signals.count(State.LOOSELY)
    return score + _ANCHOR * min(anchors, _MOST_ANCHORS)


def decide(signals: Signals, thresholds: Thresholds) -> Judgement:  # noqa: PLR0911
    """The judgement that the signals call for."""
    strength = sameness(signals)
    missing = _first(signals, State.MISSING)
    conflicts = list(_conflicts(signals))
    if conflicts:
        asked = max(_asked(conflict, thresholds) for conflict in conflicts)
        if len({conflict.ground for conflict in conflicts}) > 1:
            asked = max(asked, thresholds.several)
        floor = _SAID - _SAID_LESS * min(_vouched(signals), 2)
        said = signals.coverage >= floor and _covered(signals, thresholds.said)
        # Two or three words are too few to tell that only the name differs.
        if conflicts[0].ground is Ground.NAME and signals.words < _ENOUGH:
            said = False
        if strength >= asked and missing is None and said:
            first = conflicts[0]
            return Judgement(
                Verdict.CONTRADICTED, strength, first.ground, first.claimed, first.given
            )
        return Judgement(Verdict.NOT_FOUND, strength, Ground.UNRELATED)
    surely = _covered(signals, thresholds.uncovered) and _sure(signals, thresholds.weak)
    asked = thresholds.support + (0.0 if _vouched(signals) else thresholds.unvouched)
    surely = surely and (_vouched(signals) > 0 or not signals.unsaid_verb)
    if strength < asked or not surely:
        return Judgement(Verdict.NOT_FOUND, strength, Ground.UNRELATED)
    if missing is not None:
        return Judgement(Verdict.NOT_FOUND, strength, Ground.MISSING, missing.claimed)
    if signals.words + len(signals.findings) < _ENOUGH:
        return Judgement(Verdict.NOT_FOUND, strength, Ground.UNRELATED)
    stronger = _first(signals, State.STRONGER)
    if stronger is not None:
        return Judgement(
            Verdict.NOT_FOUND, strength, Ground.STRONGER, stronger.claimed, stronger.given
        )
    loose = _first(signals, State.LOOSELY)
    if loose is not None:
        return Judgement(Verdict.SUPPORTED, strength, Ground.LOOSE, loose.claimed, loose.given)
    return Judgement(Verdict.SUPPORTED, strength, Ground.SAME)


def _first(signals: Signals, state: State) -> Finding | None:
    return next((finding for finding in signals.findings if finding.state is state), None)


def _covered(signals: Signals, share: float) -> bool:
    """Whether no more than a share of the claim's words is said nowhere.

    A figure or date in common vouches for one word.
    """
    allowed = max(share * signals.words, min(_vouched(signals), _VOUCHED * signals.words))
    return signals.uncovered <= allowed


def _sure(signals: Signals, share: float) -> bool:
    """Whether no more than a share of the claim's words is said in doubtful words only."""
    return signals.weak <= max(share * signals.words, _vouched(signals))


def _vouched(signals: Signals) -> int:
    return sum(
        finding.state in {State.BORNE_OUT, State.LOOSELY} and finding.kind is not Kind.NAME
        for finding in signals.findings
    )


@dataclass(frozen=True, slots=True)
class _Conflict:
    ground: Ground
    claimed: str = ""
    given: str = ""
    leading: bool = False


def _conflicts(signals: Signals) -> Iterator[_Conflict]:
    """What gainsays the claim, the surest ground first."""
    found = [finding for finding in signals.findings if finding.state is State.CONFLICT]
    for finding in sorted(found, key=lambda finding: finding.kind is Kind.NAME):
        yield _Conflict(_CONFLICTS[finding.kind], finding.claimed, finding.given, finding.leading)
    for opposition in signals.oppositions:
        ground = Ground.EXCLUSIVE if opposition.exclusive else Ground.OPPOSITE
        yield _Conflict(ground, opposition.claim, opposition.source)
    if signals.negation or signals.set_aside:
        yield _Conflict(Ground.NEGATION)
    if signals.stage_gap and signals.claim_stage is Stage.DONE:
        yield _Conflict(Ground.STAGE)


def _asked(conflict: _Conflict, thresholds: Thresholds) -> float:
    """The strength asked for to call a conflict a contradiction."""
    if conflict.ground is Ground.NAME:
        return thresholds.subject if conflict.leading else thresholds.name
    if conflict.ground in {Ground.NUMBER, Ground.UNIT, Ground.COUNTED, Ground.DATE}:
        return thresholds.figure
    return thresholds.sense
