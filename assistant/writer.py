"""The extractive writer: an answer made of the reports' own sentences, nothing else."""

from collections.abc import Iterable, Sequence
from itertools import islice

from assistant.citations import cite
from assistant.evidence import Candidate
from assistant.models import Statement
from assistant.question import Kind, Question
from assistant.settings import AssistantSettings
from vectorstore.models import Passage, Span
from vectorstore.text.normalise import fold_spaces
from vectorstore.text.tokens import content_stems

NAME = "extractive"

# How far behind the best sentence another may be and still be worth saying, in the units of its
# score (log odds): on our sets, two or three quotes an answer.
_MARGIN = 3.5
# Share of the shorter sentence's stems beyond which two say the same.
_REPETITION = 0.8
# Of each report compared: so many where few are, and as many as an answer has room for elsewhere.
_MOST_PER_COMPARED_REPORT, _LEAST_PER_COMPARED_REPORT = 3, 2


def write(
    question: Question, candidates: Sequence[Candidate], settings: AssistantSettings
) -> list[Statement]:
    """The statements that answer the question, each with its citation; best first.

    `candidates` come best first and hold at least one. A list is in the reports' own order; a
    comparison quotes each report named.
    """
    match question.kind:
        case Kind.COMPARISON:
            chosen = _in_reading_order(_of_each_report(candidates, settings.max_list_items))
        case Kind.LIST:
            limit = max(settings.max_statements, settings.max_list_items // 2)
            chosen = _in_reading_order(_without_repetitions(_worthy(candidates))[:limit])
        case _:
            chosen = _without_repetitions(_worthy(candidates))[: settings.max_statements]
    return [statement(item.hit.passage, item.span) for item in chosen]


def statement(passage: Passage, span: Span) -> Statement:
    """A statement that is a quote."""
    return Statement(text=fold_spaces(passage.slice(span)), citations=(cite(passage, span),))


def _worthy(candidates: Sequence[Candidate], margin: float = _MARGIN) -> list[Candidate]:
    return [item for item in candidates if item.score >= candidates[0].score - margin]


def _of_each_report(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """The best sentences of each report, as many reports as fit."""
    reports: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        reports.setdefault(candidate.hit.report.id, []).append(candidate)
    room = limit // max(1, len(reports))
    count = min(max(room, _LEAST_PER_COMPARED_REPORT), _MOST_PER_COMPARED_REPORT)
    chosen: list[Candidate] = []
    for own in islice(reports.values(), limit // count):
        # Each side must have its say, though the other's sentences fit the question better.
        chosen += _without_repetitions(_worthy(own, 2 * _MARGIN))[:count]
    return chosen


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
