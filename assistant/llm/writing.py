"""The language model as a writer: fluent statements, each with the quotes that bear it out.

A reader sees no word that wasn't verified: a statement is shown once it is, and what no passage
bears out is struck. Whatever goes wrong, the reports' own sentences answer.
"""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from assistant.draft import Draft
from assistant.events import (
    AnswerCompleted,
    AnswerEvent,
    Queued,
    StatementWritten,
    TextDelta,
    WriterFellBack,
    WritingStarted,
)
from assistant.evidence import report_language
from assistant.llm.clients import LanguageModel
from assistant.llm.faults import ModelFault
from assistant.llm.markers import AnswerParser
from assistant.llm.progress import AnswerInProgress
from assistant.llm.prompting import Request, answer_request
from assistant.llm.queueing import Queue
from assistant.llm.verification import Verifier
from assistant.models import Answer, Notice, Statement
from assistant.settings import AssistantSettings
from vectorstore.index import Index

_log = logging.getLogger(__name__)

# An answer takes at most this part of the context: the passages need the rest.
_ANSWER_PART = 3
# No sentence is so long, in characters.
_LONGEST_STATEMENT = 1500
_PIECE = re.compile(r"(?:\S+\s*){1,3}")


class ModelWriter:
    """Writes answers by a language model. Safe to share by threads and event loops."""

    def __init__(
        self, index: Index, model: LanguageModel, queue: Queue, settings: AssistantSettings
    ) -> None:
        self._index = index
        self._model = model
        self._queue = queue
        self._settings = settings
        self._answer_tokens = min(
            settings.llm_answer_tokens, settings.llm_context_tokens // _ANSWER_PART
        )

    async def write(self, draft: Draft) -> AsyncGenerator[AnswerEvent, None]:
        """The events of an answer from the draft's sources; never raises for the model's faults.

        Leaving the iteration, or cancelling its task, stops the model.
        """
        request = answer_request(
            draft.question.text,
            draft.sources,
            draft.question.language,
            context_tokens=self._settings.llm_context_tokens,
            answer_tokens=self._answer_tokens,
        )
        progress = AnswerInProgress(
            Verifier(self._index, request.sources, draft.question.language),
            draft.question.language,
            request.rules,
            keeps_unverified=self._settings.llm_unverified == "mark",
        )
        try:
            async with aclosing(self._in_turn(request, progress)) as events:
                async for event in events:
                    yield event
            progress.check(self._settings.llm_verified_share)
        except ModelFault as fault:
            _log.warning("%s: %s; the reports' own sentences answer", self._model.name, fault)
            yield WriterFellBack(fault.notice)
            for statement in draft.answer.statements:
                yield StatementWritten(statement)
            yield AnswerCompleted(
                replace(draft.answer, notice=fault.notice, verified_share=progress.share)
            )
        else:
            yield AnswerCompleted(self._completed(draft, progress))

    async def _in_turn(
        self, request: Request, progress: AnswerInProgress
    ) -> AsyncGenerator[AnswerEvent, None]:
        """The events of waiting and writing, up to the last statement."""
        with self._queue.join() as turn:
            async with aclosing(turn.positions(self._settings.llm_queue_seconds)) as positions:
                async for position in positions:
                    yield Queued(position)
            yield WritingStarted(self._model.name)
            async with aclosing(self._statements(request, progress)) as statements:
                async for statement in statements:
                    for piece in _PIECE.findall(statement.text):
                        yield TextDelta(piece)
                    yield StatementWritten(statement)

    async def _statements(
        self, request: Request, progress: AnswerInProgress
    ) -> AsyncGenerator[Statement, None]:
        """The statements to be shown, each when the model has finished it."""
        parser = AnswerParser(len(request.sources))
        stream = self._model.stream(request.messages, max_tokens=self._answer_tokens)
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                for written in parser.feed(piece):
                    # In a thread: the embedding model takes part.
                    statement = await asyncio.to_thread(progress.add, written)
                    if statement is not None:
                        yield statement
                if parser.waiting > _LONGEST_STATEMENT:
                    raise ModelFault(Notice.TOO_LONG, "a sentence without an end")
        for written in parser.close():
            statement = await asyncio.to_thread(progress.add, written)
            if statement is not None and not parser.is_cut_off:
                yield statement
        if parser.is_cut_off:
            raise ModelFault(Notice.CUT_OFF, "it stopped within a sentence")

    def _completed(self, draft: Draft, progress: AnswerInProgress) -> Answer:
        languages = {source.report.id: report_language(source.report) for source in draft.sources}
        cited = (each.report_id for item in progress.statements for each in item.citations)
        return replace(
            draft.answer,
            statements=tuple(progress.statements),
            writer=self._model.name,
            verified_share=progress.share,
            quote_languages=tuple(sorted({languages[report_id] for report_id in cited})),
        )
