"""What the assistant hands out: answers, citations, verdicts. All immutable, all JSON-able."""

from dataclasses import dataclass, field
from enum import StrEnum

from vectorstore.models import Scope
from vectorstore.text.tokens import Language

__all__ = [
    "Answer",
    "CheckResult",
    "Citation",
    "Claim",
    "Language",
    "Notice",
    "Statement",
    "Verdict",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands.

    `quote` is exactly `version_text[start:end]` of the version named. `page` is the page on which
    the quote begins, None for formats without pages. `section` is the heading path, joined by
    " › ".
    """

    report_id: str
    version: str
    passage_id: str
    quote: str
    start: int
    end: int
    page: int | None
    section: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations that carry it.

    `verified` is False only for a language model's sentence that no passage bears out, where the
    settings keep those: it has no citation, and is to be shown as unverified.
    """

    text: str
    citations: tuple[Citation, ...]
    verified: bool = True


class Notice(StrEnum):
    """Why the reports' own sentences answer though a language model was to write.

    What a user is told is the message `notice-<value>`.
    """

    UNREACHABLE = "llm-unreachable"
    REFUSED = "llm-refused"
    SLOW = "llm-slow"
    BUSY = "llm-busy"
    EMPTY = "llm-empty"
    CUT_OFF = "llm-cut-off"
    TOO_LONG = "llm-too-long"
    UNVERIFIED = "llm-unverified"
    NO_ANSWER = "llm-no-answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, or an abstention.

    `sufficiency` in [0, 1] says how well the evidence answers the question; below the threshold
    the assistant abstains: `statements` is then empty and `nearest` holds passages that may be
    worth reading but don't answer. `scope` is what was searched: the scope asked for, narrowed by
    the question's own words (« à Rotterdam », « la dernière mission »); `searched` names the titles
    of its reports. `writer` is "extractive" or the name of the language model that wrote.
    `quote_languages` are the languages of the cited reports. `verified_share` in [0, 1] is the
    share of a language model's sentences that the reports bear out, None where none wrote; where
    too few were, or the model failed, the writer is "extractive" and `notice` says why.
    """

    question: str
    language: Language
    abstained: bool
    statements: tuple[Statement, ...]
    nearest: tuple[Citation, ...]
    sufficiency: float
    writer: str
    scope: Scope = field(default_factory=Scope)
    searched: tuple[str, ...] = ()
    quote_languages: tuple[str, ...] = ()
    verified_share: float | None = None
    notice: Notice | None = None


class Verdict(StrEnum):
    """What the reports say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a checked text and its verdict.

    `start` and `end` are offsets in the checked text: `checked[start:end] == text`. A claim that
    isn't checkable (a greeting, an opinion, a promise) has no verdict.
    """

    text: str
    start: int
    end: int
    checkable: bool
    verdict: Verdict | None
    confidence: float
    reason: str
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All claims of a checked text, in order."""

    language: Language
    claims: tuple[Claim, ...] = field(default=())
