"""Sets of questions with known answers: JSON Lines, one question a line."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.evaluation.errors import EmptyEvaluationSet, InvalidEvaluationSet
from vectorstore.text.tokens import Language

Role = Literal["user", "assistant"]
Split = Literal["dev", "test"]
T = TypeVar("T")


class QuestionType(StrEnum):
    """What a question asks for."""

    FACT = "fact"
    NUMBER = "number"
    DATE = "date"
    WHO = "who"
    LIST = "list"
    WHY_HOW = "why_how"
    YES_NO = "yes_no"
    COMPARISON = "comparison"
    FOLLOWUP = "followup"
    SUMMARY = "summary"
    UNANSWERABLE = "unanswerable"


class NearMiss(StrEnum):
    """Why an unanswerable question seems answerable."""

    WRONG_FACT = "wrong_fact"
    WRONG_MISSION = "wrong_mission"
    ENTITY_SWAPPED = "entity_swapped"
    OTHER_CITY = "other_city"
    GENERAL_KNOWLEDGE = "general_knowledge"


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a report answers.

    `report` is a report's id or the name of its file without extension; `quotes` are passages of
    its text, verbatim but for white space and typography; `page` is the page of the first quote,
    where the format has pages.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    report: str
    quotes: tuple[str, ...]
    page: int | None = None

    def __post_init__(self) -> None:
        if not self.quotes or not all(quote.strip() for quote in self.quotes):
            raise ValueError("gold without a quote")


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question, where its answer stands, and how it may be worded.

    A quote answers when it contains one of `answers`. A question without gold is unanswerable,
    and `near_miss` says what makes it tempting. `twin` names the question that asks the same as a
    follow-up, in full. The halves of a set (`split`) keep tuning apart from judging.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    question: str
    language: Language
    type: QuestionType
    split: Split = "test"
    history: tuple[tuple[Role, str], ...] = ()
    gold: tuple[Gold, ...] = ()
    answers: tuple[str, ...] = ()
    near_miss: NearMiss | None = None
    twin: str = ""

    def __post_init__(self) -> None:
        if not self.question.strip():
            raise ValueError("an empty question")
        if (self.type is QuestionType.UNANSWERABLE) == bool(self.gold):
            raise ValueError("a question has gold, or is unanswerable: one of the two")
        if bool(self.gold) != bool(self.answers):
            raise ValueError("gold and answers go together")

    @property
    def is_answerable(self) -> bool:
        """Whether the reports answer it."""
        return bool(self.gold)


_QUESTION = TypeAdapter(EvaluationQuestion)


def load_set(file: Path, split: Split | None = None) -> tuple[EvaluationQuestion, ...]:
    """The questions of a set, or of one half of it, in the file's order.

    Raises:
        OSError: the file can't be read.
        InvalidEvaluationSet: a line isn't a question, or two have the same id.
        EmptyEvaluationSet: there is no question in that half.
    """
    questions = tuple(_questions(file))
    chosen = tuple(item for item in questions if split is None or item.split == split)
    if not chosen:
        raise EmptyEvaluationSet(file=str(file))
    return chosen


def sample(items: Sequence[T], count: int | None, seed: int = 0) -> tuple[T, ...]:
    """`count` items at random, always the same for one seed, in their own order; all for None."""
    if count is None or count >= len(items):
        return tuple(items)
    chosen = random.Random(seed).sample(range(len(items)), count)  # noqa: S311  (no secret)
    return tuple(items[index] for index in sorted(chosen))


def _questions(file: Path) -> Iterator[EvaluationQuestion]:
    ids: set[str] = set()
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            question = _QUESTION.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            reason = f"{where}: {first['msg']}" if where else first["msg"]
            raise InvalidEvaluationSet(file=str(file), line=number, reason=reason) from error
        if question.id in ids:
            reason = f"the id {question.id} is used twice"
            raise InvalidEvaluationSet(file=str(file), line=number, reason=reason)
        ids.add(question.id)
        yield question


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InvalidEvaluationSet(file=str(file), line=0, reason=str(error)) from error
