"""The public face of the room: questions in, cited answers out."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import writer
from assistant.citations import cite, holds
from assistant.conversation import History, readings
from assistant.draft import Draft, Source, chosen
from assistant.events import AnswerCompleted, AnswerEvent, SearchStarted, StatementWritten
from assistant.evidence import Candidate, report_language
from assistant.gathering import comparing, gather, names_of_destinations, scope_of
from assistant.llm.opening import open_model
from assistant.models import Answer, CheckResult, Citation, Language, Statement
from assistant.overview import asks_for_whole, main_points
from assistant.question import Question, understand
from assistant.settings import AssistantSettings
from assistant.sufficiency import sufficiency
from vectorstore.index import Index
from vectorstore.models import Report, Scope, Span
from vectorstore.search import check_query
from vectorstore.text.language import detect_language

# A question for the whole of more missions than this is a search like any other.
_WHOLE_REPORTS = 3


class Assistant:
    """Answers over one data folder. A context manager; safe to share by threads."""

    @classmethod
    def open(cls, data_dir: str | Path, settings: AssistantSettings | None = None) -> Self:
        """The assistant over `data_dir`.

        Raises:
            DataFolderInUse: another process holds the folder.
            DataFolderTooNew: a newer version of Escale wrote it.
            DataFolderUnusable: it can't be read or written.
            InvalidSetting: the language model's server has no address.
        """
        settings = settings or AssistantSettings.load()
        return cls(Index.open(data_dir), settings)

    def __init__(self, index: Index, settings: AssistantSettings) -> None:
        self.index = index
        self.settings = settings
        self._model = open_model(index, settings)

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        scope: Scope | None = None,
        language: Language | None = None,
        unread: Scope | None = None,
    ) -> Answer:
        """Answer a question from the reports within `scope`, or abstain.

        `history` holds the conversation so far as (role, text), oldest first. The answer is in
        `language`, by default the question's. What the question's own words say of missions
        narrows the scope (`Answer.scope`), but for the values in `unread`.

        Raises:
            EmptyQuery: the question holds no word.
            QueryTooLong: it has more characters than the settings allow.
        """
        check_query(question, self.index.store.settings)
        if self._model is None:
            read = self._readings(question, history)
            return self._draft(question, read, scope, language, unread).answer
        events = self.stream(
            question, history=history, scope=scope, language=language, unread=unread
        )
        return _completed(events)

    async def stream(
        self,
        question: str,
        *,
        history: History = (),
        scope: Scope | None = None,
        language: Language | None = None,
        unread: Scope | None = None,
    ) -> AsyncGenerator[AnswerEvent, None]:
        """The same as `ask`, event by event. Leaving the iteration cancels.

        Raises:
            EmptyQuery: the question holds no word.
            QueryTooLong: it has more characters than the settings allow.
        """
        check_query(question, self.index.store.settings)
        spoken = understand(question, language).language
        yield SearchStarted(spoken)
        whole = None
        if self._model is not None:
            whole = await self._model.condenser.standalone(question, history, spoken)
        if whole is None:
            read = await asyncio.to_thread(self._readings, question, history)
        else:
            read = (whole,)
        draft = await asyncio.to_thread(self._draft, question, read, scope, language, unread)
        if self._model is not None and draft.sources:
            async with aclosing(self._model.writer.write(draft)) as events:
                async for event in events:
                    yield event
            return
        for statement in draft.answer.statements:
            yield StatementWritten(statement)
        yield AnswerCompleted(draft.answer)

    def check(
        self,
        text: str,
        *,
        scope: Scope | None = None,
        language: Language | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> CheckResult:
        """Judge each claim of `text` against the reports within `scope`.

        Reasons are in `language`, by default the text's. `progress(done, total)` is called as the
        check goes on; what it raises ends the check.
        """
        from assistant.claims.checker import check

        return check(text, self.index, scope=scope, language=language, progress=progress)

    def close(self) -> None:
        """Leave the data folder; calling again does nothing."""
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _readings(self, question: str, history: History) -> tuple[str, ...]:
        """What the question may mean in its conversation, by rules."""
        if not history:
            return (question,)
        return readings(question, history, names_of_destinations(self.index))

    def _draft(
        self,
        asked: str,
        read: Sequence[str],
        scope: Scope | None,
        language: Language | None,
        unread: Scope | None,
    ) -> Draft:
        """The answer to the first reading that has one, or the abstention from the first."""
        drafts = (self._draft_of(asked, whole, scope, language, unread) for whole in read)
        first = next(drafts)
        if not first.answer.abstained:
            return first
        return next((draft for draft in drafts if not draft.answer.abstained), first)

    def _draft_of(
        self,
        asked: str,
        whole: str,
        scope: Scope | None,
        language: Language | None,
        unread: Scope | None,
    ) -> Draft:
        """The answer in the reports' own sentences; `whole` is what was asked, standing alone."""
        question = understand(whole, language or detect_language(asked), asked_as=asked)
        scope = scope_of(question, scope or Scope(), self.index, unread)
        reports = self.index.reports(scope)
        if len(reports) <= _WHOLE_REPORTS and asks_for_whole(question, reports):
            draft = self._main_points(asked, question, scope, reports)
            if not draft.answer.abstained:
                return draft
        question = comparing(question, scope, reports)
        evidence = gather(question, scope, reports, self.index, self.settings.passages)
        found = evidence.candidates
        score = sufficiency(evidence, self.index.store.model) if found else 0.0
        statements: list[Statement] = []
        if score >= self.settings.sufficiency_threshold:
            statements = self._verified(writer.write(question, found, self.settings))
        nearest = () if statements else self._nearest(found)
        answer = _answer(asked, question, scope, reports, statements, nearest, score)
        sources = (Source(item.hit.passage, item.hit.report) for item in found)
        return Draft(question, answer, chosen(answer, sources, self.settings.llm_passages))

    def _main_points(
        self, asked: str, question: Question, scope: Scope, reports: Sequence[Report]
    ) -> Draft:
        """An answer made of the main points of a section or of a mission."""
        limit = self.settings.max_list_items
        points = main_points(question, reports, scope, self.index.store, limit)
        statements = self._verified([writer.statement(*point) for point in points])
        answer = _answer(asked, question, scope, reports, statements, (), float(bool(statements)))
        by_id = {report.id: report for report in reports}
        sources = (Source(passage, by_id[passage.report_id]) for passage, _ in points)
        return Draft(question, answer, chosen(answer, sources, limit))

    def _verified(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements of which every citation holds in the stored text."""
        store = self.index.store
        return [
            statement
            for statement in statements
            if all(holds(citation, store) for citation in statement.citations)
        ]

    def _nearest(self, found: Sequence[Candidate]) -> tuple[Citation, ...]:
        """The passages worth reading when nothing answers, the best sentence's first."""
        hits = {candidate.hit.passage.id: candidate.hit for candidate in found}
        nearest = list(hits.values())[: self.settings.nearest]
        return tuple(cite(hit.passage, Span(hit.passage.start, hit.passage.end)) for hit in nearest)


def _answer(
    asked: str,
    question: Question,
    scope: Scope,
    reports: Sequence[Report],
    statements: Sequence[Statement],
    nearest: tuple[Citation, ...],
    score: float,
) -> Answer:
    cited = {citation.report_id for item in statements for citation in item.citations}
    return Answer(
        question=asked,
        language=question.language,
        abstained=not statements,
        statements=tuple(statements),
        nearest=nearest,
        sufficiency=score,
        writer=writer.NAME,
        scope=scope,
        searched=tuple(report.title for report in reports),
        quote_languages=tuple(
            sorted({report_language(report) for report in reports if report.id in cited})
        ),
    )


def _completed(events: AsyncGenerator[AnswerEvent, None]) -> Answer:
    """The answer at the end of a stream, for callers that wait; also within an event loop."""

    async def last() -> Answer:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, AnswerCompleted):
                    return event.answer
        raise AssertionError("a stream ends with its answer")

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(last())
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, last()).result()
