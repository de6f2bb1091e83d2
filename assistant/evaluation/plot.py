"""Pictures of a run: how each type of question fares, and what the threshold trades."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.errors import EvaluationPackageMissing
from assistant.evaluation.measures import Measure, MeasureName, measures_by_type
from assistant.evaluation.outcomes import Outcome, Run
from assistant.evaluation.sets import QuestionType

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Labels = Callable[[str], str]

EXTENSIONS = (".png", ".svg", ".pdf")

_INCHES = (11.0, 5.0)
# Colours that colour-blind readers tell apart (Okabe and Ito).
_SEARCH, _ANSWER, _ABSTENTION = "#56B4E9", "#0072B2", "#D55E00"


def plot(run: Run, file: Path, labels: Labels) -> None:
    """Draw a run; the file's extension, one of `EXTENSIONS`, says how.

    `labels` gives the words for the keys `type-<type>`, `measure-<measure>`, `measure-abstained`,
    `measure-threshold`, with `_` written `-`.

    Raises:
        EvaluationPackageMissing: matplotlib isn't installed.
        OSError: the file can't be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise EvaluationPackageMissing(package="matplotlib") from error
    figure = Figure(figsize=_INCHES, layout="constrained")
    by_type, by_threshold = figure.subplots(1, 2, width_ratios=(3, 2))
    _draw_types(by_type, run.outcomes, labels)
    _draw_thresholds(by_threshold, run.outcomes, labels)
    figure.suptitle(f"{run.set_name} ({run.split}, n = {len(run.outcomes)})")
    figure.savefig(file, dpi=150)


def _draw_types(axes: "Axes", outcomes: Sequence[Outcome], labels: Labels) -> None:
    """Two bars a type: search and answer; unanswerable questions have one, for abstaining."""
    groups = measures_by_type(outcomes)
    bars = (
        (MeasureName.RECALL_5, _SEARCH, -0.2, labels("measure-recall-at-5")),
        (MeasureName.ANSWER_FOUND, _ANSWER, 0.2, labels("measure-answer-found")),
    )
    for name, colour, shift, label in bars:
        found = [
            (place, value)
            for place, figures in enumerate(groups.values())
            if (value := _value(figures, name)) is not None
        ]
        axes.barh(
            [place + shift for place, _ in found],
            [value for _, value in found],
            height=0.4,
            color=colour,
            label=label,
        )
    if QuestionType.UNANSWERABLE in groups:
        place = list(groups).index(QuestionType.UNANSWERABLE)
        value = _value(groups[QuestionType.UNANSWERABLE], MeasureName.ABSTENTION_RECALL)
        axes.barh([place], [value or 0.0], color=_ABSTENTION, label=labels("measure-abstained"))
    counts = {kind: sum(outcome.type is kind for outcome in outcomes) for kind in groups}
    ticks = [f"{labels(f'type-{kind}'.replace('_', '-'))} ({counts[kind]})" for kind in groups]
    axes.set_yticks(range(len(groups)), ticks)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    _legend_below(axes)


def _draw_thresholds(axes: "Axes", outcomes: Sequence[Outcome], labels: Labels) -> None:
    """Precision and recall of abstaining below each threshold of sufficiency."""
    from sklearn.metrics import precision_recall_curve

    judged = [(item, item.answered) for item in outcomes if item.answered is not None]
    unanswerable = [not item.is_answerable for item, _ in judged]
    axes.set_xlabel(labels("measure-threshold"))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    if not any(unanswerable) or all(unanswerable):
        return
    insufficiency = [1 - answered.sufficiency for _, answered in judged]
    precision, recall, thresholds = precision_recall_curve(unanswerable, insufficiency)
    at = 1 - thresholds
    axes.plot(at, precision[:-1], color=_ANSWER, label=labels("measure-abstention-precision"))
    axes.plot(at, recall[:-1], color=_ABSTENTION, label=labels("measure-abstention-recall"))
    _legend_below(axes)


def _legend_below(axes: "Axes") -> None:
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, fontsize="small")


def _value(figures: Sequence[Measure], name: MeasureName) -> float | None:
    return next(measure.value for measure in figures if measure.name is name)
