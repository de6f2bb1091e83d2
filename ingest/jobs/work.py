"""Doing one job: what it does to the library, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ingest.audited import AuditedLibrary
from ingest.errors import FileRefused
from ingest.jobs.errors import UnknownUpload
from ingest.jobs.incoming import Incoming
from ingest.jobs.models import Job, JobKind, JobState, Outcome, Task
from ingest.progress import Progress, Reporter
from ingest.results import AddResult
from vectorstore.errors import UnknownReport
from vectorstore.likeness import LookAlikeKind

Ended = tuple[JobState, Outcome]

CANCELLED_CODE = "reading-cancelled"


class Cancelled(Exception):
    """Somebody cancelled the job, or the server stops."""


@dataclass(frozen=True, slots=True)
class Work:
    """One job being done for the one who gave it."""

    job: Job
    library: AuditedLibrary
    incoming: Incoming
    progress: Reporter
    cancelled: Callable[[], bool]

    def done(self) -> Ended:
        """Do it.

        Raises:
            Cancelled: before anything changed.
            EscaleError: the data folder, the model or the settings don't let it be done.
        """
        task = self.job.task
        try:
            match task.kind:
                case JobKind.READ:
                    return self._read(task)
                case JobKind.ADD | JobKind.REPLACE:
                    return self._add(task)
                case JobKind.REREAD:
                    return self._ended(
                        self.library.reread(
                            task.report_id, progress=self.progress, cancelled=self.cancelled
                        )
                    )
                case JobKind.PURGE:
                    return self._purge(task)
                case JobKind.REINDEX:
                    name = self.library.reindex(self._embedded)
                    return JobState.DONE, Outcome("reindexed", message=name)
        except FileRefused as error:
            return self._refused(error)

    def _read(self, task: Task) -> Ended:
        upload = self.incoming.find(task.upload, None)
        preview = self.library.preview(
            self.incoming.path(upload),
            name=upload.name,
            report_id=upload.replaces or None,
            progress=self.progress,
            cancelled=self.cancelled,
        )
        known = next(
            (
                alike.report
                for alike in preview.look_alikes
                if alike.kind is LookAlikeKind.SAME_BYTES and alike.choices == ("cancel",)
            ),
            None,
        )
        if known is not None:  # skipped, without asking anybody
            self.incoming.drop_files(upload.id)
            return JobState.DONE, Outcome("duplicate", known.id, preview.version)
        self.incoming.keep_preview(upload, preview)
        return JobState.DONE, Outcome("read", version=preview.version)

    def _add(self, task: Task) -> Ended:
        upload = self.incoming.find(task.upload, None)
        path = self.incoming.path(upload)
        if not path.exists():
            raise UnknownUpload
        what: dict[str, Any] = {
            "metadata": task.metadata.model_dump(exclude_none=True) if task.metadata else None,
            "name": upload.name,
            "progress": self.progress,
            "cancelled": self.cancelled,
        }
        if task.kind is JobKind.REPLACE:
            result = self.library.replace(task.report_id, path, **what)
        else:
            report_id = task.report_id or None
            result = self.library.add(path, report_id=report_id, keep_both=task.keep_both, **what)
        if result.status == "unchanged" and self.job.attempts > 1:
            # An earlier attempt did it, and its process ended before that was written down.
            is_replaced = task.kind is JobKind.REPLACE
            result = replace(result, status="replaced" if is_replaced else "added")
            self.library.record_added(result)
        if task.emptied and result.status in ("added", "replaced"):
            self.library.edit(result.report_id, dict.fromkeys(task.emptied))
        return self._ended(result)

    def _purge(self, task: Task) -> Ended:
        try:
            self.library.purge(task.report_id)
        except UnknownReport:
            if self.job.attempts == 1:
                raise
        return JobState.DONE, Outcome("purged", task.report_id)

    def _ended(self, result: AddResult) -> Ended:
        if result.error is not None:
            return self._refused(result.error)
        return JobState.DONE, Outcome(
            result.status,
            result.report_id,
            result.version,
            result.message,
            result.warnings,
            result.look_alikes,
        )

    def _refused(self, error: FileRefused) -> Ended:
        if error.code == CANCELLED_CODE:
            raise Cancelled from error
        return JobState.REFUSED, Outcome.of_error("refused", error)

    def _embedded(self, done: int, total: int) -> None:
        if self.cancelled():
            raise Cancelled
        self.progress(Progress("embedding", done, total))
