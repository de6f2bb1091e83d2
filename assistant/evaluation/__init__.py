"""Measuring the assistant on sets of questions with known answers.

`load_set` reads questions, `evaluate` asks them and says what came of each, `measures` makes the
figures, `compare` tells whether two runs differ by more than chance. `escale eval` is the shell's
face of it; `docs/evaluation.md` defines every measure.
"""

from assistant.evaluation.comparison import Comparison, compare
from assistant.evaluation.measures import Measure, measures, measures_by_type
from assistant.evaluation.outcomes import Outcome, Run, load_run, save_run
from assistant.evaluation.running import evaluate
from assistant.evaluation.sets import EvaluationQuestion, Gold, load_set

__all__ = [
    "Comparison",
    "EvaluationQuestion",
    "Gold",
    "Measure",
    "Outcome",
    "Run",
    "compare",
    "evaluate",
    "load_run",
    "load_set",
    "measures",
    "measures_by_type",
    "save_run",
]
