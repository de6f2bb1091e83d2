"""What travels between the rooms: reports, versions, passages, scopes and hits.

Everything here is immutable. Offsets are Unicode code points in a version's text, `start`
inclusive and `end` exclusive; pages count from 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Pillar(StrEnum):
    """What part of a mission report a section belongs to (French *axe*)."""

    OBJECTIFS = "objectifs"
    RAYONNE = "rayonne"
    APPREND = "apprend"
    ATTIRE = "attire"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty half-open range of characters.

    Raises:
        ValueError: the range is empty, reversed or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The characters of a version's text that stand on one page."""

    page: int
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    `heading_path` runs from the outermost heading to the section's own; it is empty for text
    before the first heading. `span` covers the heading and its own text, not its sub-sections.
    """

    heading_path: tuple[str, ...]
    pillar: Pillar | None
    span: Span

    @property
    def heading(self) -> str:
        """The section's own heading, empty when it has none."""
        return self.heading_path[-1] if self.heading_path else ""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that a mission went to; the country is empty when the report doesn't name it."""

    city: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part in a mission; the role is empty when the report doesn't give it."""

    name: str
    role: str = ""


class Confidence(StrEnum):
    """How plainly a text says something of itself."""

    HIGH = "high"
    """In so many words: its title, a labelled line."""
    LOW = "low"
    """In passing: a sentence, or where a line stands. Worth a look."""


@dataclass(frozen=True, slots=True)
class ReportMetadata:
    """What is known of a report besides its text. What isn't known is empty, never guessed.

    `year` is the year of the mission; where `start_date` is known it is that date's year.
    `confidence` is of what was read from the text, by the fields' names in
    `vectorstore.description.MetadataField`; fields that weren't read have none.
    """

    title: str = ""
    destinations: tuple[Destination, ...] = ()
    start_date: date | None = None
    end_date: date | None = None
    year: int | None = None
    published_on: date | None = None
    language: str = ""
    participants: tuple[Participant, ...] = ()
    confidence: Mapping[str, Confidence] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValueError("a mission can't end before it starts")
        if self.start_date is not None and self.year is None:
            object.__setattr__(self, "year", self.start_date.year)


class ReportState(StrEnum):
    """Where a report is: in the library, or in the bin, from which it can be restored."""

    AVAILABLE = "available"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Report:
    """A published mission report, as its current version stands in the library.

    `edited` names the fields of its metadata that somebody set by hand, `reader_revision` the
    state of the reader that read it (0 where it isn't known), `removed_at` when it was put into
    the bin.
    """

    id: str
    metadata: ReportMetadata
    version: str
    source_name: str
    media_type: str
    page_count: int | None
    passage_count: int
    added_at: datetime
    added_by: str | None = None
    edited: tuple[str, ...] = ()
    reader_revision: int = 0
    state: ReportState = ReportState.AVAILABLE
    removed_at: datetime | None = None

    @property
    def title(self) -> str:
        """The title, or the report's id when it has none."""
        return self.metadata.title or self.id


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage as cut from a version's text, before it has an id.

    `sentences` are in reading order, don't overlap, and lie inside `span`; offsets are those of
    the version's text. `section` is the index of the passage's section in the version.
    """

    span: Span
    section: int
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        position = self.span.start
        for sentence in self.sentences:
            if sentence.start < position or sentence.end > self.span.end:
                raise ValueError(f"{sentence} is out of order or outside {self.span}")
            position = sentence.end


@dataclass(frozen=True, slots=True)
class VersionContent:
    """All that was read from one file: what an ingestion hands to the store.

    `version` is the SHA-256 of the file's bytes, in hexadecimal. `metadata` is what the file says
    of itself. `pages` is empty for formats without pages. Every passage lies inside its section's
    span. `reader_revision` grows whenever the same file would be read otherwise than before.
    """

    version: str
    source_name: str
    media_type: str
    text: str
    metadata: ReportMetadata
    pages: tuple[PageSpan, ...]
    sections: tuple[Section, ...]
    passages: tuple[PassageDraft, ...]
    reader_revision: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a report's file. Only the current one answers; the others can be restored."""

    report_id: str
    version: str
    source_name: str
    media_type: str
    metadata: ReportMetadata
    page_count: int | None
    passage_count: int
    added_at: datetime
    added_by: str | None
    reader_revision: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: `text == version_text[start:end]`, always.

    `pages` holds the parts of the passage's pages that it stands on, in the version's offsets;
    it is empty for formats without pages.
    """

    id: str
    report_id: str
    version: str
    ordinal: int
    text: str
    start: int
    end: int
    section: Section
    pages: tuple[PageSpan, ...]
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text):
            raise ValueError(f"passage {self.id}: its span and its text differ in length")

    @property
    def page(self) -> int | None:
        """The page on which the passage begins."""
        return self.page_at(self.start)

    def page_at(self, offset: int) -> int | None:
        """The page that holds the character at `offset` of the version's text."""
        for part in self.pages:
            if part.span.start <= offset < part.span.end:
                return part.page
        return None

    def slice(self, span: Span) -> str:
        """The verbatim text of a span given in the version's offsets.

        Raises:
            ValueError: the span isn't inside the passage.
        """
        if not (self.start <= span.start and span.end <= self.end):
            raise ValueError(f"{span} isn't inside passage {self.id}")
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the library a search looks at; an empty field doesn't restrict.

    Fields are joined by *and*, the values of one field by *or*. Destinations match cities and
    countries, without regard to case and accents.
    """

    report_ids: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    destinations: frozenset[str] = frozenset()
    pillars: frozenset[Pillar] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        reports: Iterable[str] = (),
        years: Iterable[int] = (),
        destinations: Iterable[str] = (),
        pillars: Iterable[Pillar | str] = (),
    ) -> "Scope":
        """A scope from any iterables.

        Raises:
            ValueError: a pillar has an unknown name.
        """
        return cls(
            frozenset(reports),
            frozenset(years),
            frozenset(destinations),
            frozenset(Pillar(pillar) for pillar in pillars),
        )

    @property
    def is_everything(self) -> bool:
        """Whether the scope restricts nothing."""
        return self == Scope()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by a search.

    `score` is the fused score in [0, 1], comparable within one search only; `dense` is the cosine
    similarity of query and passage; `lexical` is the BM25 score (higher is better, 0 when no
    term matches). `sentence_similarities` are cosines of query and sentence, aligned with
    `passage.sentences`; so are `answers`, the reranker's log odds that a sentence answers the
    query, where it read the sentence. `score` is in [0, 2] where a reranker adds to it.
    """

    passage: Passage
    report: Report
    score: float
    dense: float
    lexical: float
    sentence_similarities: tuple[float, ...] = field(default=(), repr=False)
    answers: tuple[float | None, ...] = field(default=(), repr=False)
