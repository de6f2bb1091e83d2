"""The extractive writer: an answer made of the reports' own sentences, nothing else."""

from collections.abc import Iterable, Sequence

from assistant.citations import cite
from assistant.evidence import Candidate
from assistant.models import Statement
from assistant.question import Kind, Question
from assistant.settings import AssistantSettings
from vectorstore.text.normalise import fold_spaces
from vectorstore.text.tokens import content_stems

NAME = "extractive"

# How far behind the best sentence another may be and still be worth saying.
_MARGIN = 2.5
_LIST_MARGIN = 3.5
# Share of the shorter sentence's stems beyond which two say the same.
_REPETITION = 0.8


def write(
    question: Question, candidates: Sequence[Candidate], settings: AssistantSettings
) -> list[Statement]:
    """The statements that answer the question, each with its citation; best report first.

    `candidates` come best first and hold at least one.
    """
    is_list = question.kind is Kind.LIST
    limit = settings.max_list_items if is_list else settings.max_statements
    margin = _LIST_MARGIN if is_list else _MARGIN
    worthy = [item for item in candidates if item.score >= candidates[0].score - margin]
    chosen = _without_repetitions(worthy)[:limit]
    return [_statement(candidate) for candidate in _in_reading_order(chosen)]


def _without_repetitions(candidates: Iterable[Candidate]) -> list[Candidate]:
    kept: list[tuple[Candidate, frozenset[str]]] = []
    for candidate in candidates:
        stems = frozenset(content_stems(candidate.quote, "fr"))
        if stems and not any(_repeat(stems, other) for _, other in kept):
            kept.append((candidate, stems))
    return [candidate for candidate, _ in kept]


def _repeat(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _REPETITION * min(len(one), len(other))


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Reports in the order of their best sentence; within a report, the report's order."""
    reports = list(dict.fromkeys(candidate.hit.report.id for candidate in chosen))
    return sorted(chosen, key=lambda item: (reports.index(item.hit.report.id), item.span.start))


def _statement(candidate: Candidate) -> Statement:
    return Statement(
        text=fold_spaces(candidate.quote),
        citations=(cite(candidate.hit.passage, candidate.span),),
    )
