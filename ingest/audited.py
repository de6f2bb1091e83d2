"""The library as somebody works in it: what they do is written down in the audit."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ingest.library import Library
from ingest.progress import Reporter
from ingest.results import AddResult, Preview
from ingest.settings import IngestSettings
from vectorstore.accounts import audit
from vectorstore.accounts.models import Action
from vectorstore.description import MetadataField
from vectorstore.models import Passage, Report, ReportMetadata, Section, Version
from vectorstore.synced import SyncedFile

if TYPE_CHECKING:
    from vectorstore.store import Store

Metadata = ReportMetadata | Mapping[str, Any]


class AuditedLibrary:
    """The faces of `Library`, for one person; each action that changes something is recorded.

    The methods raise and return what those of `Library` do.
    """

    @classmethod
    def open(cls, data_dir: str | Path, who: str, settings: IngestSettings | None = None) -> Self:
        """The library of `data_dir`; `who` works in it. Raises as `Library.open`."""
        from vectorstore.store import Store

        return cls(Store.open(data_dir), who, settings=settings or IngestSettings.load())

    def __init__(
        self, store: "Store", who: str, address: str = "", *, settings: IngestSettings | None = None
    ) -> None:
        self._store = store
        self._library = Library(store, settings or IngestSettings.load())
        self._who = who
        self._address = address

    def close(self) -> None:
        """Leave the library. Call once for each `open`, and not where a store was given."""
        self._library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_pristine(self) -> bool:
        """Whether the folder never held a report."""
        return self._store.is_pristine

    def prepare(self) -> None:
        """Load the embedding model, which adding does by itself; raises `ModelUnavailable`."""
        self._store.prepare()

    # Looking

    def reports(self) -> list[Report]:
        """All reports, newest mission first."""
        return self._library.reports()

    def removed_reports(self) -> list[Report]:
        """The reports in the bin, newest mission first."""
        return self._library.removed_reports()

    def outdated(self) -> list[Report]:
        """The reports that an older reader read."""
        return self._library.outdated()

    def report(self, report_id: str) -> Report:
        """A report in the library; raises `UnknownReport`."""
        return self._store.report(report_id)

    def sections(self, report_id: str) -> list[Section]:
        """The outline of a report in the library; raises `UnknownReport`."""
        return self._store.sections(report_id)

    def passages(self, report_id: str) -> list[Passage]:
        """The passages of a report in the library; raises `UnknownReport`."""
        return self._library.passages(report_id)

    def versions(self, report_id: str) -> list[Version]:
        """All versions of a report, the latest first; raises `UnknownReport`."""
        return self._library.versions(report_id)

    def original(self, version: str) -> Path:
        """The original file of a version."""
        return self._library.original(version)

    def preview(
        self,
        path: str | Path,
        *,
        metadata: Metadata | None = None,
        report_id: str | None = None,
        name: str = "",
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Preview:
        """What `add` would make of a file; raises `FileRefused`."""
        return self._library.preview(
            path,
            metadata=metadata,
            report_id=report_id,
            name=name,
            progress=progress,
            cancelled=cancelled,
        )

    # Governing

    def add(  # noqa: PLR0913  (as that of `Library`)
        self,
        path: str | Path,
        *,
        metadata: Metadata | None = None,
        report_id: str | None = None,
        name: str = "",
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
        keep_both: bool = False,
        as_new: bool = False,
    ) -> AddResult:
        """Add a file, or make it the new version of the report that it is of."""
        result = self._library.add(
            path,
            metadata=metadata,
            report_id=report_id,
            name=name,
            progress=progress,
            cancelled=cancelled,
            keep_both=keep_both,
            as_new=as_new,
            added_by=self._who,
        )
        self.record_added(result)
        return result

    def replace(
        self,
        report_id: str,
        path: str | Path,
        *,
        metadata: Metadata | None = None,
        name: str = "",
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddResult:
        """Make a file the new version of a report."""
        result = self._library.replace(
            report_id,
            path,
            metadata=metadata,
            name=name,
            progress=progress,
            cancelled=cancelled,
            added_by=self._who,
        )
        self.record_added(result)
        return result

    def reread(
        self,
        report_id: str,
        *,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddResult:
        """Read the original of a report again."""
        result = self._library.reread(report_id, progress=progress, cancelled=cancelled)
        if result.status == "replaced":
            self._record(Action.REPORT_REREAD, result.report_id, result.version)
        return result

    def edit(
        self,
        report_id: str,
        metadata: Metadata | None = None,
        *,
        reset: Iterable[MetadataField | str] = (),
    ) -> Report:
        """Set fields of a report's metadata by hand."""
        again = list(reset)
        report = self._library.edit(report_id, metadata, reset=again)
        self._record(Action.REPORT_EDITED, report_id, _fields(metadata, again))
        return report

    def remove(self, report_id: str) -> None:
        """Move a report to the bin."""
        titles = {report.id: report.title for report in self.reports()}
        self._library.remove(report_id)
        if report_id in titles:
            self._record(Action.REPORT_REMOVED, report_id, titles[report_id])

    def restore(self, report_id: str, version: str | None = None) -> Report:
        """Bring a report back from the bin, or make an older version of it current again."""
        before = {report.id: report.version for report in self.reports()}
        report = self._library.restore(report_id, version)
        if before.get(report_id) != report.version:
            self._record(Action.REPORT_RESTORED, report_id, report.version)
        return report

    def purge(self, report_id: str) -> None:
        """Delete a report for good."""
        # First: a purge that is killed is finished at the next start, by nobody.
        self._library.versions(report_id)
        self._record(Action.REPORT_PURGED, report_id)
        self._library.purge(report_id)

    def purge_expired(self) -> list[str]:
        """Purge what was in the bin for too long."""
        purged = self._library.purge_expired()
        for report_id in purged:
            self._record(Action.REPORT_PURGED, report_id, "expired")
        return purged

    def reindex(self, progress: Callable[[int, int], None] | None = None) -> str:
        """Move the index to the configured model; returns the model's name."""
        name = self._store.reindex(progress).name
        self._record(Action.INDEX_REBUILT, name)
        return name

    # Following folders; what it changes is recorded by the methods above.

    def synced(self, folder: str) -> list[SyncedFile]:
        """The files of a folder that were synced."""
        return self._library.synced(folder)

    def record_synced(self, folder: str, file: SyncedFile) -> None:
        """Record that a file of a folder was synced."""
        self._library.record_synced(folder, file)

    def forget_synced(self, folder: str, path: str) -> None:
        """Forget a file of a folder; its report stays."""
        self._library.forget_synced(folder, path)

    def record_added(self, result: AddResult) -> None:
        """Write down what became of a file, where it changed something."""
        if result.status == "added":
            title = self._store.report(result.report_id).title
            self._record(Action.REPORT_ADDED, result.report_id, title)
        elif result.status == "replaced":
            self._record(Action.REPORT_REPLACED, result.report_id, result.version)

    def _record(self, action: Action, target: str, detail: str = "") -> None:
        with self._store.writing() as connection:
            audit.record(connection, self._who, action, target, detail, self._address)


def _fields(metadata: Metadata | None, again: Iterable[MetadataField | str]) -> str:
    """The names of the fields that somebody set, and of those they reset."""
    if isinstance(metadata, ReportMetadata):
        metadata = {
            name: None for name in ReportMetadata.__dataclass_fields__ if getattr(metadata, name)
        }
    return ", ".join([*(metadata or {}), *(f"{name} (reset)" for name in again)])
