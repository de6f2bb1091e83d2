"""What a streamed answer is made of, in the order in which it comes."""

from dataclasses import dataclass

from assistant.models import Answer, Language, Statement


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """The question was understood; the reports are being searched."""

    language: Language


@dataclass(frozen=True, slots=True)
class StatementWritten:
    """One more statement, its citations verified."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class AnswerCompleted:
    """The last event: the whole answer, equal to what `Assistant.ask` returns."""

    answer: Answer


AnswerEvent = SearchStarted | StatementWritten | AnswerCompleted
