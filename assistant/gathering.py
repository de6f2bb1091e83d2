"""From a question to its evidence: scope, search, sentences ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Candidate, WeightedNotion, candidates, weighted_notions
from assistant.places import names_of_place
from assistant.question import Kind, Question
from assistant.scoping import merged, scope_words
from vectorstore.index import Index
from vectorstore.models import Hit, Report, Scope

# A comparison of more reports than this is a search like any other.
_COMPARED_REPORTS = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reports hold for a question; `candidates` come best first."""

    question: Question
    notions: tuple[WeightedNotion, ...]
    candidates: tuple[Candidate, ...]


def gather(
    question: Question, scope: Scope, reports: Sequence[Report], index: Index, passages: int
) -> Evidence:
    """The evidence for a question from `passages` passages of `reports`, those within `scope`."""
    hits = _hits(question, scope, reports, index, passages)
    notions = weighted_notions(question, index)
    return Evidence(question, notions, tuple(candidates(question, hits, notions)))


def scope_of(question: Question, asked: Scope, index: Index) -> Scope:
    """The scope asked for, narrowed by the question's own words, but never to nothing."""
    glossary = index.store.glossary
    read = scope_words(
        question.text, index.reports(), lambda place: names_of_place(place, glossary)
    )
    scope = merged(asked, read)
    return scope if scope == asked or index.reports(scope) else asked


def names_of_destinations(index: Index) -> set[str]:
    """All names, in both languages, of all places that a mission went to."""
    return {
        name
        for report in index.reports()
        for place in report.metadata.destinations
        for known in (place.city, place.country)
        if known
        for name in names_of_place(known, index.store.glossary)
    }


def _hits(
    question: Question, scope: Scope, reports: Sequence[Report], index: Index, passages: int
) -> list[Hit]:
    """The passages to take evidence from; for a comparison, of each report alike."""

    def found(within: Scope, k: int) -> list[Hit]:
        return index.search(question.text, k=k, scope=within, language=question.language)

    if question.kind is not Kind.COMPARISON or not 1 < len(reports) <= _COMPARED_REPORTS:
        return found(scope, passages)
    return [
        hit
        for report in reports
        for hit in found(replace(scope, report_ids=frozenset([report.id])), passages // 2)
    ]
