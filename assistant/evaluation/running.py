"""Asking the questions of a set and judging what comes back."""

import os
import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from time import perf_counter

from assistant.assistant import Assistant
from assistant.citations import holds
from assistant.evaluation.gold import GoldFinder, LocatedGold
from assistant.evaluation.matching import contains_answer
from assistant.evaluation.outcomes import Answered, Cited, Environment, Outcome, Retrieved, Run
from assistant.evaluation.sets import EvaluationQuestion
from assistant.models import Answer, Citation
from vectorstore.configuration import RoomSettings

# How deep the retrieval measures look.
DEPTH = 10

Progress = Callable[[int, int], None]


def evaluate(
    assistant: Assistant,
    questions: Sequence[EvaluationQuestion],
    *,
    set_name: str,
    split: str = "all",
    answers: bool = True,
    progress: Progress | None = None,
) -> Run:
    """Ask each question once; with `answers=False` only search is measured.

    The first question is asked once more beforehand, so that no time counts the loading of the
    model.

    Raises:
        UnknownGoldReport, GoldQuoteNotFound: the set doesn't fit the library.
    """
    finder = GoldFinder(assistant.index.store)
    golds = [finder.locate(question) for question in questions]
    _outcome(assistant, finder, questions[0], golds[0], answers=answers)
    outcomes = []
    for done, (question, gold) in enumerate(zip(questions, golds, strict=True), start=1):
        outcomes.append(_outcome(assistant, finder, question, gold, answers=answers))
        if progress is not None:
            progress(done, len(questions))
    return Run(set_name, split, datetime.now(UTC), _environment(assistant), tuple(outcomes))


def _outcome(
    assistant: Assistant,
    finder: GoldFinder,
    question: EvaluationQuestion,
    gold: Sequence[LocatedGold],
    *,
    answers: bool,
) -> Outcome:
    stands_alone = question.is_answerable and not question.history
    return Outcome(
        id=question.id,
        question=question.question,
        language=question.language,
        type=question.type,
        twin=question.twin,
        retrieved=_retrieved(assistant, finder, question, gold) if stands_alone else None,
        answered=_answered(assistant, question, gold) if answers else None,
    )


def _retrieved(
    assistant: Assistant,
    finder: GoldFinder,
    question: EvaluationQuestion,
    gold: Sequence[LocatedGold],
) -> Retrieved:
    started = perf_counter()
    hits = assistant.index.search(question.question, k=DEPTH)
    seconds = perf_counter() - started
    return Retrieved(finder.ranks(gold, hits), seconds)


def _answered(
    assistant: Assistant, question: EvaluationQuestion, gold: Sequence[LocatedGold]
) -> Answered:
    started = perf_counter()
    answer = assistant.ask(question.question, history=question.history)
    seconds = perf_counter() - started
    return judge(answer, question, gold, assistant, seconds)


def judge(
    answer: Answer,
    question: EvaluationQuestion,
    gold: Sequence[LocatedGold],
    assistant: Assistant,
    seconds: float,
) -> Answered:
    """An answer against what was expected."""
    citations = tuple(
        dict.fromkeys(item for statement in answer.statements for item in statement.citations)
    )
    answering = [item for item in citations if contains_answer(item.quote, question.answers)]
    gold_reports = {item.report_id for item in gold}
    cited = tuple(
        Cited(
            report=item.report_id,
            quote=item.quote,
            verbatim=holds(item, assistant.index.store),
            supports=_supports(item, question, gold),
            page_right=_page_right(item, gold),
        )
        for item in citations
    )
    return Answered(
        abstained=answer.abstained,
        sufficiency=answer.sufficiency,
        citations=cited,
        answer_found=bool(answering),
        in_gold_report=any(item.report_id in gold_reports for item in answering),
        covered=len({item.report for item in cited if item.supports}),
        expected=len(gold_reports),
        seconds=seconds,
        verified_share=answer.verified_share,
        fell_back=answer.notice is not None,
    )


def _supports(
    citation: Citation, question: EvaluationQuestion, gold: Sequence[LocatedGold]
) -> bool:
    return any(
        citation.report_id == item.report_id
        and (item.is_cited_by(citation) or contains_answer(citation.quote, question.answers))
        for item in gold
    )


def _page_right(citation: Citation, gold: Sequence[LocatedGold]) -> bool | None:
    for item in gold:
        if item.page is not None and item.is_cited_by(citation):
            return citation.page == item.page
    return None


def _environment(assistant: Assistant) -> Environment:
    store = assistant.index.store
    reports = store.reports()
    return Environment(
        escale=version("escale"),
        python=platform.python_version(),
        processors=os.cpu_count() or 1,
        embedding_model=store.model.identity.name,
        model_fingerprint=store.model.identity.fingerprint,
        reports=len(reports),
        passages=sum(report.passage_count for report in reports),
        settings={**_changed(store.settings), **_changed(assistant.settings)},
    )


def _changed(settings: RoomSettings) -> dict[str, str]:
    fields = type(settings).model_fields
    return {
        f"[{settings.table}] {name}": str(value)
        for name, value in settings.model_dump(mode="json").items()
        if value != fields[name].default and not name.endswith("_folder")
    }
