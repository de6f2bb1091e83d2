"""An assistant that says what a test tells it to say, over a library held in memory."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from assistant.citations import cite
from assistant.events import AnswerCompleted, AnswerEvent, SearchStarted, StatementWritten
from assistant.models import Answer, CheckResult, Citation, Claim, Language, Statement, Verdict
from vectorstore.accounts import schema as _accounts  # noqa: F401  (its tables)
from vectorstore.errors import UnknownPassage, UnknownReport
from vectorstore.models import (
    Destination,
    Passage,
    Pillar,
    Report,
    ReportMetadata,
    Scope,
    Section,
    Span,
)
from vectorstore.schema import Base
from vectorstore.settings import VectorstoreSettings
from vectorstore.text.language import detect_language
from vectorstore.text.sentences import sentence_spans

BERTH = "L’électrification des terminaux et des navires à quai est un levier incontournable."
TEXT = f"""\
Québec APPREND

Durant trois jours, les sessions ont montré comment les villes portuaires se transforment. \
{BERTH} Le projet du terminal représente un investissement de 3,5 G$.

• Un corridor d’innovation relie les universités au port.
• La participation citoyenne renforce l’acceptabilité sociale.
"""


def report_of(
    text: str = TEXT,
    *,
    report_id: str = "rotterdam-2024",
    title: str = "Mission à Rotterdam",
    city: str = "Rotterdam",
    heading: str = "Québec APPREND",
    pillar: Pillar | None = Pillar.APPREND,
) -> "HeldReport":
    """A report of one section and one passage."""
    version = f"{abs(hash((report_id, text))):064x}"
    section = Section((heading,), pillar, Span(0, len(text)))
    start = text.index("\n\n") + 2 if "\n\n" in text else 0
    body = text[start:].rstrip()
    passage = Passage(
        id=f"{report_id}:{version[:12]}:0000",
        report_id=report_id,
        version=version,
        ordinal=0,
        text=body,
        start=start,
        end=start + len(body),
        section=section,
        pages=(),
        sentences=sentence_spans(body, start),
    )
    metadata = ReportMetadata(
        title=title,
        destinations=(Destination(city, "Pays-Bas"),) if city else (),
        start_date=date(2024, 5, 13),
        end_date=date(2024, 5, 16),
        language="fr",
    )
    report = Report(
        id=report_id,
        metadata=metadata,
        version=version,
        source_name=f"{report_id}.txt",
        media_type="text/plain",
        page_count=None,
        passage_count=1,
        added_at=datetime(2024, 6, 1, tzinfo=UTC),
    )
    return HeldReport(report, text, (section,), (passage,))


@dataclass(frozen=True)
class HeldReport:
    report: Report
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]

    def citation(self, quote: str) -> Citation:
        """The citation of the first place where `quote` stands."""
        start = self.text.index(quote)
        return cite(self.passages[0], Span(start, start + len(quote)))


@dataclass(frozen=True)
class HeldFolder:
    """A data folder that holds nothing: what would be kept in it is never asked for."""

    path: Path = Path(gettempdir()) / "escale-without-data"


def _empty_catalogue() -> Engine:
    """A catalogue in memory: for accounts and counts, which are real."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    return engine


@dataclass
class HeldStore:
    """The part of `vectorstore.store.Store` that the page uses."""

    held: list[HeldReport]
    settings: VectorstoreSettings = field(default_factory=VectorstoreSettings)
    folder: HeldFolder = field(default_factory=HeldFolder)

    engine: Engine = field(default_factory=_empty_catalogue)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            yield connection

    reading = writing

    def report_of_version(self, version: str) -> str | None:
        found = (held.report.id for held in self.held if held.report.version == version)
        return next(found, None)

    def source_path(self, version: str) -> Path:
        return self.folder.path / "sources" / version

    def reports(self) -> list[Report]:
        return [held.report for held in self.held]

    def report(self, report_id: str) -> Report:
        return self._held(report_id).report

    def sections(self, report_id: str) -> list[Section]:
        return list(self._held(report_id).sections)

    def passage(self, passage_id: str) -> Passage:
        for held in self.held:
            for passage in held.passages:
                if passage.id == passage_id:
                    return passage
        raise UnknownPassage(passage_id=passage_id)

    def version_text(self, version: str) -> str:
        return next(held.text for held in self.held if held.report.version == version)

    def _held(self, report_id: str) -> HeldReport:
        for held in self.held:
            if held.report.id == report_id:
                return held
        raise UnknownReport(report_id=report_id)


@dataclass
class HeldIndex:
    store: HeldStore

    def search(self, query: str, *, k: int = 10) -> list[object]:
        return []

    def reports(self, scope: Scope) -> list[Report]:
        return [
            report
            for report in self.store.reports()
            if (not scope.report_ids or report.id in scope.report_ids)
            and (not scope.years or report.metadata.year in scope.years)
        ]


Script = Callable[[str], Answer | Exception | list[AnswerEvent]]


class ScriptedAssistant:
    """Answers as `script` says, one statement each `pause` seconds; remembers what it was asked."""

    def __init__(self, held: Sequence[HeldReport], script: Script, pause: float = 0.0) -> None:
        self.index = HeldIndex(HeldStore(list(held)))
        self.asked: list[tuple[str, list[tuple[str, str]], Scope]] = []
        self.unread: list[Scope | None] = []
        self.checked: list[tuple[str, Scope | None, Language | None]] = []
        self.cancelled = 0
        self.check_ends = 0
        self._script = script
        self._pause = pause

    async def stream(
        self,
        question: str,
        *,
        history: Sequence[tuple[str, str]] = (),
        scope: Scope,
        unread: Scope | None = None,
    ) -> AsyncIterator[AnswerEvent]:
        self.asked.append((question, list(history), scope))
        self.unread.append(unread)
        try:
            yield SearchStarted(detect_language(question))
            answer = self._script(question)
            await asyncio.sleep(self._pause)
            if isinstance(answer, Exception):
                raise answer
            for event in answer if isinstance(answer, list) else events_of(answer):
                yield event
                await asyncio.sleep(self._pause)
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise

    def check(
        self,
        text: str,
        *,
        scope: Scope | None = None,
        language: Language | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> CheckResult:
        """Judges each line by its first character: `+` supported, `-` contradicted, `?` not found.

        A line that begins otherwise isn't checkable. Each takes `pause` seconds.
        """
        self.checked.append((text, scope, language))
        language = language or detect_language(text)
        lines = list(re.finditer(r"[^\n]+", text))
        try:
            for done in range(len(lines)):
                time.sleep(self._pause)
                if progress is not None:
                    progress(done + 1, len(lines))
        finally:
            self.check_ends += 1
        if "boum" in text:
            raise RuntimeError("/secret/path")
        held = self.index.store.held[0]
        claims = (judged(line[0], line.start(), held, language) for line in lines)
        return CheckResult(language, tuple(claims))


def judged(line: str, start: int, held: HeldReport, language: Language) -> Claim:
    """A line of a checked text with the verdict that its first character asks for."""
    verdicts = {"+": Verdict.SUPPORTED, "-": Verdict.CONTRADICTED, "?": Verdict.NOT_FOUND}
    verdict = verdicts.get(line[0])
    return Claim(
        text=line,
        start=start,
        end=start + len(line),
        checkable=verdict is not None,
        verdict=verdict,
        confidence=0.9,
        reason=f"Raison ({language}) : {verdict}.",
        evidence=(held.citation(BERTH),) if verdict in {"supported", "contradicted"} else (),
    )


def events_of(answer: Answer) -> list[AnswerEvent]:
    """The events by which the reports' own sentences come."""
    written = [StatementWritten(statement) for statement in answer.statements]
    return [*written, AnswerCompleted(answer)]


def answer_of(question: str, *quotes: tuple[HeldReport, str]) -> Answer:
    """An answer that says each quote as a statement of its own."""
    return Answer(
        question=question,
        language=detect_language(question),
        abstained=False,
        statements=tuple(
            Statement(" ".join(quote.split()), (held.citation(quote),)) for held, quote in quotes
        ),
        nearest=(),
        sufficiency=0.9,
        writer="extractive",
        searched=tuple(dict.fromkeys(held.report.title for held, _ in quotes)),
        quote_languages=("fr",),
    )


def abstention_of(question: str, *nearest: tuple[HeldReport, str]) -> Answer:
    """An abstention that proposes the quotes for reading."""
    return Answer(
        question=question,
        language=detect_language(question),
        abstained=True,
        statements=(),
        nearest=tuple(held.citation(quote) for held, quote in nearest),
        sufficiency=0.1,
        writer="extractive",
        searched=tuple(dict.fromkeys(held.report.title for held, _ in nearest)),
    )
