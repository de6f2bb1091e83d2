"""What can be wrong with an evaluation."""

from vectorstore.errors import EscaleError


class InvalidEvaluationSet(EscaleError):
    """A file isn't a set of questions."""

    code = "invalid-evaluation-set"
    text = "{file}, line {line}: not a question of an evaluation set: {reason}."


class EmptyEvaluationSet(EscaleError):
    """A set holds no question, or none of the part asked for."""

    code = "empty-evaluation-set"
    text = "{file} holds no question of the part asked for. Choose another set or another --split."


class UnknownGoldReport(EscaleError):
    """A set names a report that the library doesn't hold."""

    code = "unknown-gold-report"
    text = (
        "Question {question} expects the report “{report}”, which isn't in the library. "
        "Add it, or name its folder with --reports."
    )


class GoldQuoteNotFound(EscaleError):
    """A set quotes words that the report doesn't hold."""

    code = "gold-quote-not-found"
    text = "Question {question} quotes words that the report “{report}” doesn't hold: “{quote}”."


class InvalidRun(EscaleError):
    """A file isn't the result of an evaluation."""

    code = "invalid-evaluation-run"
    text = "{file} isn't a result that `escale eval --output` wrote: {reason}."


class RunsNotComparable(EscaleError):
    """Two runs share no question."""

    code = "runs-not-comparable"
    text = "The two results share no question: they come from different sets."


class EvaluationPackageMissing(EscaleError):
    """A package of the extra `eval` isn't installed."""

    code = "evaluation-package-missing"
    text = 'The package {package} isn\'t installed. Install it with: pip install "escale[eval]".'
