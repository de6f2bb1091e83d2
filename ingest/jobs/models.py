"""What travels of jobs and uploads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from ingest.errors import FileRefused
from ingest.given_metadata import GivenMetadata
from ingest.progress import Progress
from vectorstore.errors import EscaleError
from vectorstore.likeness import LookAlike


class JobKind(StrEnum):
    """What a job does."""

    READ = "read"  # an upload, for its preview
    ADD = "add"
    REPLACE = "replace"
    REREAD = "reread"
    PURGE = "purge"
    REINDEX = "reindex"


class JobState(StrEnum):
    """How far a job has come; the last four are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # something is wrong with the file
    FAILED = "failed"  # something is wrong with anything else
    CANCELLED = "cancelled"


FINAL: Final = frozenset(
    {JobState.DONE, JobState.REFUSED, JobState.FAILED, JobState.CANCELLED},
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done.

    `name` is what people know it by: the file's name or the report's title. `upload` is the id of
    the file that it needs. `emptied` are fields of the metadata that are to be empty.
    """

    kind: JobKind
    name: str = ""
    report_id: str = ""
    upload: str = ""
    metadata: GivenMetadata | None = None
    emptied: tuple[str, ...] = ()
    keep_both: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job.

    `status` is that of `ingest.results.AddResult`, or "read", "purged", "reindexed", "cancelled",
    "failed". `code` and `params` are those of an `EscaleError`; without one, `code` is empty.
    """

    status: str
    report_id: str = ""
    version: str = ""
    message: str = ""
    warnings: tuple[str, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    code: str = ""
    params: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of_error(cls, status: str, error: EscaleError) -> "Outcome":
        """The outcome of a job that ended by an error."""
        return cls(status, message=str(error), code=error.code, params=tuple(error.params.items()))

    @property
    def error(self) -> EscaleError | None:
        """The error as it was raised, for a translation."""
        return revived(self.code, dict(self.params)) if self.code else None


@dataclass(frozen=True, slots=True)
class Job:
    """A task in the queue; `who` gave it. `progress` is None unless it is running here."""

    id: int
    task: Task
    state: JobState
    who: str
    address: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int = 0
    is_cancelling: bool = False
    outcome: Outcome | None = None
    progress: Progress | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in FINAL


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody uploaded; it belongs to them alone.

    `replaces` is the report that it is meant to be a new version of, empty where that isn't said.
    """

    id: str
    owner: str
    name: str
    size: int
    replaces: str
    created_at: datetime


def revived(code: str, params: dict[str, str | int]) -> EscaleError:
    """An error of this code and these parameters, of its own class where that is known here."""
    kinds = [EscaleError]
    for kind in kinds:
        if kind.code == code:
            error = kind.__new__(kind)
            EscaleError.__init__(error, **params)
            if isinstance(error, FileRefused):
                error.file = Path(str(params.get("file", "")))
            return error
        kinds.extend(kind.__subclasses__())
    unknown = EscaleError(**params)
    unknown.code = code  # type: ignore[misc]  # ours has no such class: a newer version's
    return unknown
