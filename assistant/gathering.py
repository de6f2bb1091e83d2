"""From a question to its evidence: scope, search, sentences ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Candidate, WeightedNotion, candidates, weighted_notions
from assistant.places import names_of_place, without_places
from assistant.question import Kind, Question
from assistant.scoping import lessened, merged, scope_words, without_sides
from vectorstore.index import Index
from vectorstore.models import Hit, Report, Scope
from vectorstore.reranking.ranking import SENTENCES
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import content_words

# A comparison of more reports than this asks which of them there is something to compare in: so
# many, at most, of the best passages.
_COMPARED_REPORTS = 6
_LIKELY_REPORTS, _LOOKED_AT = 6, 30
# Sentences of each that are read with the question.
_LEAST_READ = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reports hold for a question; `candidates` come best first.

    `asked` is the question in full, `question` what was searched within the scope; `places` are
    the folded names of all missions' destinations.
    """

    asked: Question
    question: Question
    places: frozenset[str]
    notions: tuple[WeightedNotion, ...]
    candidates: tuple[Candidate, ...]


def gather(
    question: Question, scope: Scope, reports: Sequence[Report], index: Index, passages: int
) -> Evidence:
    """The evidence for a question from `passages` passages of `reports`, those within `scope`."""
    searched = _unscoped(question, scope, index)
    hits = _hits(searched, scope, reports, index, passages)
    notions = weighted_notions(searched, index)
    places = frozenset(map(fold, names_of_destinations(index)))
    found = tuple(candidates(searched, hits, notions))
    return Evidence(question, searched, places, notions, found)


def _unscoped(question: Question, scope: Scope, index: Index) -> Question:
    """The question without what `scope` sees to, nor the words that only ask to compare.

    « Rotterdam » of « les pêcheurs de Rotterdam » would otherwise lead to the sentences that
    repeat the name, all passages being about it. A question about nothing else stays as it is.
    """
    glossary = index.store.glossary
    names = {name for place in scope.destinations for name in names_of_place(place, glossary)}
    text = without_places(question.text, names)
    if question.kind is Kind.COMPARISON:
        text = without_sides(text, scope.years)
    words = tuple(dict.fromkeys(content_words(text, question.language)))
    return replace(question, text=text, words=words) if words else question


def scope_of(question: Question, asked: Scope, index: Index, unread: Scope | None = None) -> Scope:
    """The scope asked for, narrowed by the question's own words, but never to nothing.

    The values in `unread` are not taken from the question's words.
    """
    glossary = index.store.glossary
    read = scope_words(
        question.text, index.reports(), lambda place: names_of_place(place, glossary)
    )
    scope = merged(asked, lessened(read, unread or Scope()))
    return scope if scope == asked or index.reports(scope) else asked


def comparing(question: Question, scope: Scope, reports: Sequence[Report]) -> Question:
    """The question, as a comparison where it sets several places or years side by side."""
    sides = max(len(scope.destinations), len(scope.years))
    if question.kind is Kind.SUMMARY or sides < 2 or not 1 < len(reports) <= _COMPARED_REPORTS:
        return question
    return replace(question, kind=Kind.COMPARISON)


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

    def found(within: Scope, k: int, read: int) -> list[Hit]:
        return index.search(question.text, k=k, scope=within, language=question.language, read=read)

    if question.kind is not Kind.COMPARISON or len(reports) < 2:
        return found(scope, passages, SENTENCES)
    ids = [report.id for report in reports]
    if len(ids) > _COMPARED_REPORTS:
        # « Quelles villes… » : those that speak of it most.
        likely = found(scope, _LOOKED_AT, 0)
        ids = list(dict.fromkeys(hit.report.id for hit in likely))[:_LIKELY_REPORTS]
    read = max(_LEAST_READ, 2 * SENTENCES // len(ids))
    return [
        hit
        for report_id in ids
        for hit in found(replace(scope, report_ids=frozenset([report_id])), passages // 2, read)
    ]
