"""What came of each question, and of a whole run. Plain data that JSON keeps."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.evaluation.errors import InvalidRun
from assistant.evaluation.sets import QuestionType
from vectorstore.text.tokens import Language


@dataclass(frozen=True, slots=True)
class Retrieved:
    """How search alone did: the rank of each gold passage, from 1, None beyond the last hit."""

    ranks: tuple[int | None, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of an answer.

    `verbatim`: the quote is, to the letter, the version's text at its offsets. `supports`: it
    comes from a gold report and either overlaps a gold quote or contains the answer. `page_right`
    is None where the gold's page isn't known.
    """

    report: str
    quote: str
    verbatim: bool
    supports: bool
    page_right: bool | None


@dataclass(frozen=True, slots=True)
class Answered:
    """How the assistant did.

    `answer_found`: a cited quote contains the answer; `in_gold_report`: one of a gold report does.
    `covered` of `expected` gold reports are cited by a quote that supports. `verified_share` is the
    share of a language model's sentences that held, None where none wrote; `fell_back` tells
    whether the reports' own sentences answered in its stead.
    """

    abstained: bool
    sufficiency: float
    citations: tuple[Cited, ...]
    answer_found: bool
    in_gold_report: bool
    covered: int
    expected: int
    seconds: float
    verified_share: float | None = None
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    `retrieved` is None for unanswerable questions and for those that only a conversation explains;
    `answered` is None when only search was measured.
    """

    id: str
    question: str
    language: Language
    type: QuestionType
    twin: str
    retrieved: Retrieved | None
    answered: Answered | None

    @property
    def is_answerable(self) -> bool:
        """Whether the reports answer the question."""
        return self.type is not QuestionType.UNANSWERABLE


@dataclass(frozen=True, slots=True)
class Environment:
    """What a run depends on besides the questions. Settings are those that differ from default."""

    escale: str
    python: str
    processors: int
    embedding_model: str
    model_fingerprint: str
    reports: int
    passages: int
    settings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation of one set."""

    set_name: str
    split: str
    created_at: datetime
    environment: Environment
    outcomes: tuple[Outcome, ...]


_RUN = TypeAdapter(Run)


def save_run(run: Run, file: Path) -> None:
    """Write a run as JSON."""
    file.write_bytes(_RUN.dump_json(run, indent=1))


def load_run(file: Path) -> Run:
    """Read a run that `save_run` wrote.

    Raises:
        OSError: the file can't be read.
        InvalidRun: it isn't a run.
    """
    try:
        return _RUN.validate_json(file.read_bytes())
    except ValidationError as error:
        raise InvalidRun(file=str(file), reason=error.errors()[0]["msg"]) from error
