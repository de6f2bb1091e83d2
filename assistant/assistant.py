"""The public face of the room: questions in, cited answers out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import writer
from assistant.citations import cite, holds
from assistant.conversation import History, standalone
from assistant.events import AnswerCompleted, AnswerEvent, SearchStarted, StatementWritten
from assistant.evidence import Candidate, candidates, report_language, weighted_notions
from assistant.models import Answer, CheckResult, Citation, Language, Statement
from assistant.places import names_of_place
from assistant.question import Question, understand
from assistant.scoping import merged, scope_words
from assistant.settings import AssistantSettings
from assistant.sufficiency import features, sufficiency
from vectorstore.index import Index
from vectorstore.models import Hit, Scope, Span
from vectorstore.search import check_query
from vectorstore.text.language import detect_language


class Assistant:
    """Answers over one data folder. A context manager; safe to share by threads."""

    @classmethod
    def open(cls, data_dir: str | Path, settings: AssistantSettings | None = None) -> Self:
        """The assistant over `data_dir`.

        Raises:
            DataFolderInUse: another process holds the folder.
            DataFolderTooNew: a newer version of Escale wrote it.
            DataFolderUnusable: it can't be read or written.
        """
        settings = settings or AssistantSettings.load()
        return cls(Index.open(data_dir), settings)

    def __init__(self, index: Index, settings: AssistantSettings) -> None:
        self.index = index
        self.settings = settings

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        scope: Scope | None = None,
        language: Language | None = None,
    ) -> Answer:
        """Answer a question from the reports within `scope`, or abstain.

        `history` holds the conversation so far as (role, text), oldest first. The answer is in
        `language`, by default the question's.

        Raises:
            EmptyQuery: the question holds no word.
            QueryTooLong: it has more characters than the settings allow.
        """
        check_query(question, self.index.store.settings)
        understood = self._understood(question, history, language)
        return self._answer(question, understood, self._scope(understood, scope or Scope()))

    async def stream(
        self,
        question: str,
        *,
        history: History = (),
        scope: Scope | None = None,
        language: Language | None = None,
    ) -> AsyncIterator[AnswerEvent]:
        """The same as `ask`, event by event. Leaving the iteration cancels.

        Raises:
            EmptyQuery: the question holds no word.
            QueryTooLong: it has more characters than the settings allow.
        """
        check_query(question, self.index.store.settings)
        yield SearchStarted(understand(question, language).language)
        answer = await asyncio.to_thread(
            self.ask, question, history=history, scope=scope, language=language
        )
        for statement in answer.statements:
            yield StatementWritten(statement)
        yield AnswerCompleted(answer)

    def check(self, text: str, *, scope: Scope | None = None) -> CheckResult:
        """Judge each claim of `text` against the reports within `scope`."""
        from assistant.claims.checker import check

        return check(text, self.index, scope=scope)

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

    def _understood(self, question: str, history: History, language: Language | None) -> Question:
        whole = standalone(question, history, self._places()) if history else question
        return understand(whole, language or detect_language(question), asked_as=question)

    def _places(self) -> set[str]:
        """All names of all places that a mission went to."""
        return {
            name
            for report in self.index.reports()
            for place in report.metadata.destinations
            for known in (place.city, place.country)
            if known
            for name in self._names_of(known)
        }

    def _names_of(self, place: str) -> tuple[str, ...]:
        return names_of_place(place, self.index.store.glossary)

    def _scope(self, question: Question, asked: Scope) -> Scope:
        """The scope asked for, narrowed by the question's own words, never to nothing."""
        read = scope_words(question.text, self.index.reports(), self._names_of)
        scope = merged(asked, read)
        return scope if scope == asked or self.index.reports(scope) else asked

    def _answer(self, asked: str, question: Question, scope: Scope) -> Answer:
        hits = self.index.search(
            question.text, k=self.settings.passages, scope=scope, language=question.language
        )
        notions = weighted_notions(question, self.index)
        found = candidates(question, hits, notions)
        score = sufficiency(features(question, found, notions)) if found else 0.0
        statements: list[Statement] = []
        if score >= self.settings.sufficiency_threshold:
            statements = self._verified(writer.write(question, found, self.settings))
        return Answer(
            question=asked,
            language=question.language,
            abstained=not statements,
            statements=tuple(statements),
            nearest=() if statements else self._nearest(found),
            sufficiency=score,
            writer=writer.NAME,
            scope=scope,
            searched=self._searched(scope),
            quote_languages=_languages(hits, statements),
        )

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

    def _searched(self, scope: Scope) -> tuple[str, ...]:
        return tuple(report.title for report in self.index.reports(scope))


def _languages(hits: Sequence[Hit], statements: Sequence[Statement]) -> tuple[str, ...]:
    cited = {citation.report_id for item in statements for citation in item.citations}
    return tuple(sorted({report_language(hit) for hit in hits if hit.report.id in cited}))
