"""How surely a verdict holds, told by how surely its sentence speaks of the claim's fact."""

import math

from assistant.claims.verdict import Ruling
from assistant.models import Verdict

# Logistic curves (intercept, slope) of being right against strength. Those of "supported" and
# "contradicted" pass through what unseen claims gave before any tuning on them (83 % and 86 %
# right), not through the tuned sets, where nearly all are right; docs/evaluation-speech.md.
_CURVES = {
    Verdict.SUPPORTED: (-1.6, 4.2),
    Verdict.CONTRADICTED: (-1.8, 4.2),
    Verdict.NOT_FOUND: (2.1, -1.5),
}


def confidence(ruling: Ruling) -> float:
    """The probability that a verdict is right, in [0, 1]."""
    strength = ruling.decisive.judgement.strength if ruling.decisive else 0.0
    intercept, slope = _CURVES[ruling.verdict]
    return round(1 / (1 + math.exp(-(intercept + slope * strength))), 3)
