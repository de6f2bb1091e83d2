"""What the library answers: what became of a file, and what would."""

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from ingest.errors import FileRefused
from vectorstore.likeness import LookAlike
from vectorstore.models import ReportMetadata, Section

Status = Literal["added", "replaced", "unchanged", "duplicate", "refused"]


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of a file.

    `report_id` is the report that now has the file, or had it before ("unchanged", "duplicate");
    it is empty when the file was refused. `message` says in English what happened; `error` is
    what was wrong with a refused file, for a translation. `warnings` are codes of
    `ui/locales/*`. `look_alikes` are the reports for which the file is a duplicate, the likest
    first; those of an added one are on the same mission, and it may be a version of theirs.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"arbitrary_types_allowed": True}

    report_id: str
    version: str
    status: Status
    message: str
    warnings: tuple[str, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    error: Annotated[FileRefused | None, Field(exclude=True)] = field(
        default=None, repr=False, compare=False
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, and what adding it would do; nothing is stored yet.

    `report_id` is the id that it would get; `replaces` is the report of that id whose new version
    it would be, empty for a new report. `recognised_pages` were read by text recognition. What to
    do about each look-alike is in `LookAlike.choices`.
    """

    version: str
    source_name: str
    media_type: str
    report_id: str
    replaces: str
    metadata: ReportMetadata
    sections: tuple[Section, ...]
    first_passages: tuple[str, ...]
    passage_count: int
    page_count: int | None
    recognised_pages: tuple[int, ...]
    warnings: tuple[str, ...]
    look_alikes: tuple[LookAlike, ...]
