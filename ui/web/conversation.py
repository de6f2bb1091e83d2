"""A conversation as the page keeps it: in memory, for as long as the page is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.events import (
    AnswerCompleted,
    AnswerEvent,
    Queued,
    SearchStarted,
    StatementWritten,
    TextDelta,
    WriterFellBack,
    WritingStarted,
)
from assistant.models import Answer, Language, Statement
from assistant.scoping import lessened
from assistant.writer import NAME as EXTRACTIVE
from ui.web.filters import Filters
from ui.web.verdicts import CheckedText
from vectorstore.models import Scope

# What the assistant needs of the past to understand "and in 2023?".
_HISTORY_TURNS = 10


class Status(StrEnum):
    """How far a reply has come."""

    SEARCHING = "searching"
    QUEUED = "queued"
    WRITING = "writing"
    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known so far of the answer to a question.

    `missions` names the reports cited, by their ids; `error` is what to tell the user when the
    reply failed. Where a language model writes, `writer` is its name, `position` the place in its
    queue, and `coming` the beginning of the next statement. `checked` is there where the question
    was to check something. Until the question's language is known, `language` is the page's.
    """

    language: Language
    status: Status = Status.SEARCHING
    statements: tuple[Statement, ...] = ()
    writer: str = ""
    position: int = 0
    coming: str = ""
    answer: Answer | None = None
    checked: CheckedText | None = None
    missions: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def is_running(self) -> bool:
        """Whether more of it is to come."""
        return self.status in {Status.SEARCHING, Status.QUEUED, Status.WRITING}

    @property
    def named_reports(self) -> tuple[str, ...]:
        """The ids of all reports that are cited, proposed for reading, or all that was searched."""
        nearest = self.answer.nearest if self.answer else ()
        searched = sorted(self.answer.scope.report_ids) if self.answer else ()
        cited = [cited for statement in self.statements for cited in statement.citations]
        ids = (citation.report_id for citation in (*cited, *nearest))
        return tuple(dict.fromkeys((*ids, *searched)))

    def after(self, event: AnswerEvent) -> "Reply":
        """The reply once `event` has come."""
        reply = self
        match event:
            case SearchStarted():
                reply = replace(self, language=event.language)
            case Queued():
                reply = replace(self, status=Status.QUEUED, position=event.position)
            case WritingStarted():
                reply = replace(self, status=Status.WRITING, writer=event.writer)
            case TextDelta():
                reply = replace(self, coming=self.coming + event.text)
            case StatementWritten():
                statements = (*self.statements, event.statement)
                reply = replace(self, status=Status.WRITING, statements=statements, coming="")
            case WriterFellBack():
                reply = replace(self, status=Status.SEARCHING, statements=(), coming="", writer="")
            case AnswerCompleted():
                reply = self._completed(event.answer)
        return reply

    def _completed(self, answer: Answer) -> "Reply":
        return replace(
            self,
            language=answer.language,
            status=Status.COMPLETE,
            statements=answer.statements,
            writer="" if answer.writer == EXTRACTIVE else answer.writer,
            coming="",
            answer=answer,
        )

    def stopped(self) -> "Reply":
        """The reply as the user cut it off; a finished one stays as it is."""
        return replace(self, status=Status.STOPPED) if self.is_running else self

    def failed(self, error: str) -> "Reply":
        """The reply that an error ended; `error` is told to the user."""
        return replace(self, status=Status.FAILED, error=error)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its reply.

    `filters` are those that it was asked under, `scope` says them in words. `unread` is what of
    the question's own words was not to limit the search.
    """

    question: str
    reply: Reply
    scope: str = ""
    filters: Filters = field(default_factory=Filters)
    unread: Scope = field(default_factory=Scope)

    @property
    def read(self) -> Scope:
        """What of the scope was read from the question's own words."""
        answer = self.reply.answer
        return lessened(answer.scope, self.filters.scope) if answer is not None else Scope()


Conversation = tuple[Turn, ...]


def history(conversation: Conversation) -> list[tuple[str, str]]:
    """The last turns as (role, text), oldest first; a failed one is left out."""
    said = [turn for turn in conversation if turn.reply.status is not Status.FAILED]
    pairs: list[tuple[str, str]] = []
    for turn in said[-_HISTORY_TURNS:]:
        pairs.append(("user", turn.question))
        answer = _said(turn.reply)
        if answer:
            pairs.append(("assistant", answer))
    return pairs


def _said(reply: Reply) -> str:
    if reply.checked is not None:
        return " ".join(claim.reason for claim in reply.checked.result.claims if claim.checkable)
    return " ".join(statement.text for statement in reply.statements)


def with_last_reply(conversation: Conversation, reply: Reply) -> Conversation:
    """The conversation with another reply to its last question."""
    return (*conversation[:-1], replace(conversation[-1], reply=reply))
