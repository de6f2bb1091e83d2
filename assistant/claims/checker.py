"""The speech check: claims of a draft, each judged against the current reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.citations import cite
from assistant.claims import reasons
from assistant.claims.checkable import is_checkable
from assistant.claims.confidence import confidence
from assistant.claims.evidence import (
    Candidate,
    candidates,
    neighbours,
    quoted,
    told_elsewhere,
)
from assistant.claims.library import Library
from assistant.claims.names import missing_words
from assistant.claims.references import Whole, begins_elsewhere, made_whole
from assistant.claims.splitting import claim_spans
from assistant.claims.statement import Source, Statement, read_statements
from assistant.claims.verdict import WIDENED, Ruling, rule, rule_widened
from assistant.models import CheckResult, Citation, Claim, Language, Verdict
from vectorstore.index import Index
from vectorstore.models import Scope, Span
from vectorstore.text.language import detect_language

Progress = Callable[[int, int], None]
Rule = Callable[[Statement, Sequence[Candidate], Mapping[Source, Statement], Library], Ruling]

_PASSAGES = 8
_SENTENCES = 6
# Texts that the model reads between two reports of progress.
_BATCH = 64
# What is shown beside a claim that wasn't found, if anything comes near.
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class _Task:
    """A claim to judge: its place in the draft, the text that stands for it, what was found.

    `near` are sentences of the missions that the draft was speaking of when it came to the
    claim, `found` those of all reports in scope.
    """

    span: Span
    source: Source
    near: tuple[Candidate, ...]
    found: tuple[Candidate, ...]


def check(
    text: str,
    index: Index,
    *,
    scope: Scope | None = None,
    language: Language | None = None,
    progress: Progress | None = None,
) -> CheckResult:
    """The claims of `text` and their verdicts, from the reports within `scope`.

    Reasons are in `language`, by default the text's. `progress(done, total)` counts each claim
    twice, searched and judged; what it raises ends the check. Without a claim the result is
    empty. Citations are spans of current passages. No language model is asked.
    """
    spoken = detect_language(text)
    language = language or spoken
    spans = claim_spans(text, spoken)
    desk = _Desk(index, scope or Scope(), spoken)

    def told(searched: int, judged: int) -> None:
        if progress is not None and spans:
            progress(searched + judged, 2 * len(spans))

    tasks = desk.search(text, spans, lambda done: told(done, 0))
    rulings = desk.judge(tasks, lambda share: told(len(spans), int(share * len(spans))))
    return CheckResult(
        language, tuple(_claim(text, span, rulings.get(span), language) for span in spans)
    )


class _Desk:
    """One check: the reports, what of them is in scope, and the language of the draft."""

    def __init__(self, index: Index, scope: Scope, language: Language) -> None:
        self._index = index
        self._scope = scope
        self._language = language
        self._library = Library(index)
        self._statements: dict[Source, Statement] = {}

    def search(self, text: str, spans: Sequence[Span], told: Callable[[int], None]) -> list[_Task]:
        """What the reports have on each claim that can be checked."""
        tasks = []
        missions: frozenset[str] = frozenset()
        wholes = made_whole(text, spans, self._language)
        for done, (span, whole) in enumerate(zip(spans, wholes, strict=True), 1):
            own = self._library.missions_in(whole.text)
            if own or begins_elsewhere(whole.text):
                missions = own
            if _can_be_checked(text, span, self._language, alone=len(spans) == 1):
                near = self._near(whole, missions) if missions and not own else ()
                found = self._found(whole, self._scope)
                source = Source(whole.text, self._language, None, self._library.places)
                tasks.append(_Task(span, source, near, found))
            told(done)
        return tasks

    def _near(self, whole: Whole, missions: frozenset[str]) -> tuple[Candidate, ...]:
        if self._scope.report_ids:
            missions &= self._scope.report_ids
        if not missions:
            return ()
        return self._found(whole, replace(self._scope, report_ids=missions))

    def _found(self, whole: Whole, scope: Scope) -> tuple[Candidate, ...]:
        longest = self._index.store.settings.max_query_characters
        query = whole.query[-longest:]
        # A reranker judges answers to questions; a claim is none.
        hits = self._index.search(query, k=_PASSAGES, scope=scope, language=self._language, read=0)
        return tuple(candidates(whole.text, hits, self._language, _SENTENCES))

    def judge(self, tasks: Sequence[_Task], told: Callable[[float], None]) -> dict[Span, Ruling]:
        """The ruling on each task; the model reads all sentences of a round in a row."""
        self._read(tasks, self._alone, told)
        rulings = {task.span: self._ruling(task, rule) for task in tasks}
        open_tasks = [task for task in tasks if rulings[task.span].verdict is Verdict.NOT_FOUND]
        self._read(open_tasks, self._with_neighbours, lambda _: told(1.0))
        for task in open_tasks:
            widened = self._ruling(task, rule_widened)
            if widened.verdict is not Verdict.NOT_FOUND:
                rulings[task.span] = widened
        return rulings

    def _ruling(self, task: _Task, ruled: Rule) -> Ruling:
        """From the missions spoken of; from the others only what the claim itself names."""
        claim = self._statements[task.source]
        if not task.near:
            return ruled(claim, task.found, self._statements, self._library)
        near = ruled(claim, task.near, self._statements, self._library)
        spoken_of = told_elsewhere(task.near)
        if near.verdict is not Verdict.NOT_FOUND or not any(
            missing_words(name, spoken_of) for name in claim.names
        ):
            return near
        anywhere = ruled(claim, task.found, self._statements, self._library)
        return near if anywhere.verdict is Verdict.NOT_FOUND else anywhere

    def _alone(self, candidate: Candidate) -> list[Source]:
        return [candidate.source(candidate.span, self._library.places)]

    def _with_neighbours(self, candidate: Candidate) -> list[Source]:
        pairs = neighbours(candidate)
        return [candidate.source(span, self._library.places) for pair in pairs for span in pair]

    def _read(
        self,
        tasks: Sequence[_Task],
        wanted: Callable[[Candidate], list[Source]],
        told: Callable[[float], None],
    ) -> None:
        limit = WIDENED if wanted == self._with_neighbours else _SENTENCES
        sources: dict[Source, None] = {task.source: None for task in tasks}
        for task in tasks:
            for candidate in (*task.near[:limit], *task.found[:limit]):
                sources |= dict.fromkeys(wanted(candidate))
        unread = [source for source in sources if source not in self._statements]
        for start in range(0, len(unread), _BATCH):
            batch = unread[start : start + _BATCH]
            read = read_statements(batch, self._index.store.model)
            self._statements |= zip(batch, read, strict=True)
            told(min(start + _BATCH, len(unread)) / len(unread))


def _can_be_checked(text: str, span: Span, language: Language, *, alone: bool) -> bool:
    ending = text[span.end : span.end + 4].lstrip(' \u00a0\u202f»”"')
    return is_checkable(span.of(text), language, question=ending.startswith("?"), alone=alone)


def _claim(text: str, span: Span, ruling: Ruling | None, language: Language) -> Claim:
    if ruling is None:
        reason = reasons.not_checkable(language)
        return Claim(span.of(text), span.start, span.end, False, None, 1.0, reason)
    return Claim(
        text=span.of(text),
        start=span.start,
        end=span.end,
        checkable=True,
        verdict=ruling.verdict,
        confidence=confidence(ruling),
        reason=reasons.reason(ruling, language),
        evidence=_evidence(ruling),
    )


def _evidence(ruling: Ruling) -> tuple[Citation, ...]:
    """The quotes behind a ruling, the newest report first."""
    found = [finding for finding in (ruling.decisive, ruling.against) if finding]
    if ruling.verdict is Verdict.NOT_FOUND:
        found = [finding for finding in found if finding.judgement.strength >= _NEAR]
    found.sort(key=lambda finding: finding.told_on, reverse=True)
    return tuple(
        cite(finding.candidate.passage, quoted(finding.candidate.passage, finding.span))
        for finding in found
    )
