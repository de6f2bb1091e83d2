"""The gold of a question, found in the library: reports, spans, passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from assistant.evaluation.errors import GoldQuoteNotFound, UnknownGoldReport
from assistant.evaluation.matching import SearchableText
from assistant.evaluation.sets import EvaluationQuestion
from assistant.models import Citation
from vectorstore.models import Hit, Passage, Report, Span
from vectorstore.store import Store

# A quote that shares less of the shorter of the two with the gold says something else.
_LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class LocatedGold:
    """A gold report with its quotes' spans in the current version, and the page expected."""

    report_id: str
    version: str
    spans: tuple[Span, ...]
    page: int | None

    def is_cited_by(self, citation: Citation) -> bool:
        """Whether a citation and one of the quotes share at least half of the shorter."""
        if citation.version != self.version:
            return False
        cited = Span(citation.start, citation.end)
        return any(_shared(cited, span) >= _LEAST_OVERLAP for span in self.spans)


class GoldFinder:
    """Finds gold in one library; knows reports by id and by the name of their file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        reports = store.reports()
        self._reports: Mapping[str, Report] = {
            **{PurePath(report.source_name).stem: report for report in reports},
            **{report.id: report for report in reports},
        }
        self._texts: dict[str, SearchableText] = {}
        self._passages: dict[str, list[Passage]] = {}

    def locate(self, question: EvaluationQuestion) -> tuple[LocatedGold, ...]:
        """The gold of `question`, empty when it is unanswerable.

        Raises:
            UnknownGoldReport: the library doesn't hold a report that it names.
            GoldQuoteNotFound: a report doesn't hold a quote.
        """
        located = []
        for gold in question.gold:
            report = self._reports.get(gold.report)
            if report is None:
                raise UnknownGoldReport(question=question.id, report=gold.report)
            spans = []
            for quote in gold.quotes:
                span = self._text(report).find(quote)
                if span is None:
                    raise GoldQuoteNotFound(
                        question=question.id, report=gold.report, quote=quote[:80]
                    )
                spans.append(span)
            located.append(LocatedGold(report.id, report.version, tuple(spans), gold.page))
        return tuple(located)

    def ranks(self, gold: Sequence[LocatedGold], hits: Sequence[Hit]) -> tuple[int | None, ...]:
        """The rank, from 1, at which each gold passage is found; None where it isn't.

        A gold passage is a stored passage that holds most of a gold quote; quotes that share one
        count once. A hit finds it by overlapping one of its quotes, so that it counts whichever
        way a text is cut; a hit finds one gold passage at the most.
        """
        wanted = self._gold_passages(gold)
        ranks: dict[str, int] = {}
        for rank, hit in enumerate(hits, start=1):
            found = next(
                (
                    identity
                    for identity, spans in wanted.items()
                    if identity not in ranks and _overlaps(hit.passage, spans)
                ),
                None,
            )
            if found is not None:
                ranks[found] = rank
        return tuple(ranks.get(identity) for identity in wanted)

    def _gold_passages(
        self, gold: Sequence[LocatedGold]
    ) -> dict[str, tuple[tuple[str, Span], ...]]:
        """Gold passages' ids with the quotes (version, span) that make each of them gold."""
        wanted: dict[str, tuple[tuple[str, Span], ...]] = {}
        for item in gold:
            for span in item.spans:
                home = max(
                    self._passages_of(item.report_id), key=lambda passage: _common(passage, span)
                )
                wanted[home.id] = (*wanted.get(home.id, ()), (item.version, span))
        return wanted

    def _text(self, report: Report) -> SearchableText:
        if report.version not in self._texts:
            text = self._store.version_text(report.version)
            self._texts[report.version] = SearchableText(text)
        return self._texts[report.version]

    def _passages_of(self, report_id: str) -> list[Passage]:
        if report_id not in self._passages:
            self._passages[report_id] = self._store.passages(report_id)
        return self._passages[report_id]


def _overlaps(passage: Passage, quotes: Sequence[tuple[str, Span]]) -> bool:
    place = Span(passage.start, passage.end)
    return any(passage.version == version and place.overlaps(span) for version, span in quotes)


def _common(passage: Passage, span: Span) -> int:
    return max(0, min(passage.end, span.end) - max(passage.start, span.start))


def _shared(one: Span, other: Span) -> float:
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / min(len(one), len(other))
