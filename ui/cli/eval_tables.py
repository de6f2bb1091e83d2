"""How the figures of an evaluation look in a terminal."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from assistant.evaluation import Comparison, EvaluationQuestion, Measure, Run
from assistant.evaluation import measures as measures_of
from assistant.evaluation.measures import MeasureName, measures_by_type
from assistant.evaluation.outcomes import Outcome
from ui.cli.shell import Shell
from ui.cli.text import on_one_line, styled
from ui.messages import Messages

_NOTHING = "–"
_OF_TYPES = (
    MeasureName.RECALL_1,
    MeasureName.RECALL_5,
    MeasureName.ANSWER_FOUND,
    MeasureName.CITATION_PRECISION,
    MeasureName.DECISION_RIGHT,
)


def show_measures(shell: Shell, run: Run) -> None:
    """Every figure: over all questions, the French ones, the English ones."""
    messages = shell.messages
    columns = {
        messages("eval-all"): run.outcomes,
        messages("language-fr"): _in_language(run, "fr"),
        messages("language-en"): _in_language(run, "en"),
    }
    table = _table(f"{run.set_name} · {run.split}", messages("eval-measure"))
    for title, outcomes in columns.items():
        table.add_column(f"{title} ({len(outcomes)})", justify="right")
    rows = [measures_of(outcomes) for outcomes in columns.values()]
    for figures in zip(*rows, strict=True):
        if any(figure.value is not None for figure in figures):
            name = styled(_label(figures[0].name, messages))
            table.add_row(name, *(_value(figure, messages) for figure in figures))
    shell.out.print(table)


def show_types(shell: Shell, run: Run) -> None:
    """The main figures of each type of question."""
    messages = shell.messages
    table = _table("", messages("eval-type"))
    table.add_column("n", justify="right")
    for name in _OF_TYPES:
        table.add_column(_label(name, messages), justify="right")
    for kind, figures in measures_by_type(run.outcomes).items():
        count = sum(outcome.type is kind for outcome in run.outcomes)
        by_name = {figure.name: figure for figure in figures}
        table.add_row(
            messages(f"type-{kind}".replace("_", "-")),
            str(count),
            *(_value(by_name[name], messages) for name in _OF_TYPES),
        )
    shell.out.print(table)


def show_comparison(shell: Shell, first: str, second: str, compared: Iterable[Comparison]) -> None:
    """Each measure in both runs, the difference and its bounds."""
    messages = shell.messages
    table = _table("", messages("eval-measure"))
    for title in ("n", first, second, messages("eval-difference"), messages("eval-interval")):
        table.add_column(title, justify="right")
    for item in compared:
        table.add_row(
            styled(_label(item.name, messages)),
            str(item.count),
            _percent(item.first, messages),
            _percent(item.second, messages),
            _percent(item.difference, messages, sign=True),
            f"{_percent(item.low, messages, sign=True)} … "
            f"{_percent(item.high, messages, sign=True)}",
            style="bold" if item.is_significant else "",
        )
    shell.out.print(table)


def show_failures(shell: Shell, run: Run, asked: Sequence[EvaluationQuestion]) -> None:
    """Each question that wasn't answered as expected: what was cited, what was expected."""
    questions = {question.id: question for question in asked}
    for outcome in run.outcomes:
        if _failed(outcome):
            _show_failure(shell, outcome, questions[outcome.id])


def _failed(outcome: Outcome) -> bool:
    if outcome.answered is None:
        return outcome.retrieved is not None and None in outcome.retrieved.ranks
    if not outcome.is_answerable:
        return not outcome.answered.abstained
    return not outcome.answered.in_gold_report or (
        outcome.answered.covered < outcome.answered.expected
    )


def _show_failure(shell: Shell, outcome: Outcome, question: EvaluationQuestion) -> None:
    messages = shell.messages
    head = styled(f"{outcome.id} [{outcome.type}, {outcome.language}] ", "bold cyan")
    head.append_text(styled(question.question, "bold"))
    shell.out.print(head, soft_wrap=True)
    for role, text in question.history:
        shell.out.print(styled(f"  {role}: {text}", "dim"), soft_wrap=True)
    for gold in question.gold:
        for quote in gold.quotes:
            shell.out.print(
                styled(f"  = {gold.report}: {on_one_line(quote)}", "green"), soft_wrap=True
            )
    if question.near_miss is not None:
        shell.out.print(styled(f"  = {question.near_miss}", "green"), soft_wrap=True)
    if outcome.retrieved is not None:
        ranks = ", ".join(str(rank or _NOTHING) for rank in outcome.retrieved.ranks)
        shell.out.print(styled(f"  # {messages('eval-ranks')} {ranks}", "dim"), soft_wrap=True)
    if outcome.answered is None:
        return
    sufficiency = f"{outcome.answered.sufficiency:.2f}"
    decision = "eval-abstained" if outcome.answered.abstained else "eval-answered"
    shell.out.print(
        styled(f"  # {messages(decision, sufficiency=sufficiency)}", "dim"), soft_wrap=True
    )
    for cited in outcome.answered.citations:
        mark = "+" if cited.supports else "-"
        line = f"  {mark} {cited.report}: {on_one_line(cited.quote)}"
        shell.out.print(styled(line, "" if cited.supports else "red"), soft_wrap=True)


def _table(title: str, first: str) -> Table:
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    table.add_column(first)
    return table


def _in_language(run: Run, language: str) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in run.outcomes if outcome.language == language)


def _label(name: MeasureName, messages: Messages) -> str:
    return messages(f"measure-{name}".replace("_", "-"))


def _value(measure: Measure, messages: Messages) -> str:
    if measure.value is None:
        return _NOTHING
    if measure.name.is_duration:
        return messages("eval-milliseconds", value=round(measure.value))
    return _percent(measure.value, messages, sign=measure.name is MeasureName.FOLLOWUP_GAP)


def _percent(share: float, messages: Messages, *, sign: bool = False) -> str:
    number = f"{share * 100:{'+' if sign else ''}.1f}"
    return messages("eval-percent", number=_decimal(number, messages))


def _decimal(number: str, messages: Messages) -> str:
    return number.replace(".", ",").replace("-", "−") if messages.language == "fr" else number
