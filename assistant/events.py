"""What a streamed answer is made of, in the order in which it comes."""

from dataclasses import dataclass

from assistant.models import Answer, Language, Notice, Statement


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """The question was understood; the reports are being searched."""

    language: Language


@dataclass(frozen=True, slots=True)
class Queued:
    """The language model is busy; `position` counts from 1, for the next whose turn it is."""

    position: int


@dataclass(frozen=True, slots=True)
class WritingStarted:
    """It is this answer's turn, and the language model named begins."""

    writer: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A few more words of the statement that is to come, already verified: a line of plain text.

    Only a language model's statements come in pieces; joined, they are the next statement's text.
    """

    text: str


@dataclass(frozen=True, slots=True)
class StatementWritten:
    """One more statement, its citations verified. It takes the place of the pieces before it."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class WriterFellBack:
    """The language model failed: forget what it wrote; the reports' own sentences follow."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class AnswerCompleted:
    """The last event: the whole answer, equal to what `Assistant.ask` returns."""

    answer: Answer


AnswerEvent = (
    SearchStarted
    | Queued
    | WritingStarted
    | TextDelta
    | StatementWritten
    | WriterFellBack
    | AnswerCompleted
)
