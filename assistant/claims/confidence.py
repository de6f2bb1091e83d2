"""How surely a verdict holds: its share of right verdicts at this strength, on our own sets."""

import math

from assistant.claims.verdict import Ruling
from assistant.models import Verdict

# Logistic curves (intercept, slope) of being right against strength; docs/evaluation-speech.md.
_CURVES = {
    Verdict.SUPPORTED: (-1.0, 4.5),
    Verdict.CONTRADICTED: (-1.5, 4.5),
    Verdict.NOT_FOUND: (3.5, -3.0),
}


def confidence(ruling: Ruling) -> float:
    """The probability that a verdict is right, in [0, 1]."""
    strength = ruling.decisive.judgement.strength if ruling.decisive else 0.0
    intercept, slope = _CURVES[ruling.verdict]
    return round(1 / (1 + math.exp(-(intercept + slope * strength))), 3)
