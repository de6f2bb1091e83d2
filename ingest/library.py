"""The library: reports added from files, replaced, edited, removed, restored, purged, listed."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self
from weakref import WeakKeyDictionary

from ingest.adding import Adding, RecentReadings, Request
from ingest.editing import edited
from ingest.errors import FileRefused, SideFile
from ingest.folders import report_files
from ingest.given_metadata import SIDE_FILE_ENDING, GivenMetadata
from ingest.pages import FOLDER, PageViews
from ingest.progress import Reporter, silent
from ingest.reading import READER_REVISION
from ingest.rereading import reread
from ingest.results import AddResult, Preview, Status
from ingest.settings import IngestSettings
from vectorstore.description import MetadataField
from vectorstore.models import Passage, Report, ReportMetadata, Version

if TYPE_CHECKING:
    from vectorstore.store import Store
    from vectorstore.synced import SyncedFile

__all__ = ["AddResult", "Library", "Preview", "Status", "report_files"]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all libraries on one store share.

    Two threads that add the same file must not both find it missing.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    recent: RecentReadings = field(default_factory=RecentReadings)


class Library:
    """The reports of one data folder, as those who feed it see them."""

    _of_stores: ClassVar["WeakKeyDictionary[Store, _Shared]"] = WeakKeyDictionary()
    _of_stores_lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def open(cls, data_dir: str | Path, settings: IngestSettings | None = None) -> Self:
        """The library of `data_dir`, made when it is missing.

        Raises:
            DataFolderInUse: another process holds the folder.
            DataFolderTooNew: a newer version of Escale wrote it.
            DataFolderUnusable: it can't be read or written.
            InvalidSetting: a setting has a wrong name or value.
        """
        from vectorstore.store import Store

        chosen = settings or IngestSettings.load()
        return cls(Store.open(data_dir), chosen)

    def __init__(self, store: "Store", settings: IngestSettings) -> None:
        self.settings = settings
        self._store = store
        self._views = PageViews(store.folder.path / FOLDER, settings)
        with self._of_stores_lock:
            self._shared = self._of_stores.setdefault(store, _Shared())
        self._adding = Adding(store, settings, self._views, self._shared.recent)
        self._sweep_views()

    def close(self) -> None:
        """Leave the library. Call once for each `open`."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # Looking

    def reports(self) -> list[Report]:
        """All reports, newest mission first."""
        return self._store.reports()

    def removed_reports(self) -> list[Report]:
        """The reports in the bin, newest mission first."""
        return self._store.removed_reports()

    def passages(self, report_id: str) -> list[Passage]:
        """The passages of a report, in order.

        Raises:
            UnknownReport: there is no such report.
        """
        return self._store.passages(report_id)

    def versions(self, report_id: str) -> list[Version]:
        """All versions of a report, in the library or the bin, the latest first.

        Raises:
            UnknownReport: there is no such report.
        """
        return self._store.versions(report_id)

    def original(self, version: str) -> Path:
        """The original file of a version, named by its SHA-256; `Version` has its own name."""
        return self._store.source_path(version)

    def preview(
        self,
        path: str | Path,
        *,
        metadata: ReportMetadata | Mapping[str, Any] | None = None,
        report_id: str | None = None,
        name: str = "",
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Preview:
        """What `add` would make of the file at `path`; it isn't read again when it is added next.

        Raises:
            FileRefused: something is wrong with the file.
        """
        file = Path(path)
        try:
            given = _given(file, metadata, report_id, name)
            request = Request(file, given, progress or silent, cancelled, name=name)
            return self._adding.preview(request)
        except FileRefused as error:
            raise (error.called(Path(name)) if name else error) from error

    # Adding

    def add(  # noqa: PLR0913  (each says one thing of the file)
        self,
        path: str | Path,
        *,
        metadata: ReportMetadata | Mapping[str, Any] | None = None,
        report_id: str | None = None,
        name: str = "",
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
        keep_both: bool = False,
        as_new: bool = False,
        added_by: str | None = None,
    ) -> AddResult:
        """Add the file at `path`, or make it the new version of the report that it is of.

        `name` is what its user calls it, where it lies under another name here.

        `metadata` overrides what a side file says (`ingest.given_metadata`), which overrides what
        the text says; fields not given keep what was read. What is given is held to be set by
        hand, as by `edit`. A mapping has the fields of `ReportMetadata`, and `id`:
        `{"title": …, "destinations": [{"city": …, "country": …}], "start_date": "2025-10-28"}`.

        The report is the one named by `report_id` or an `id` in the metadata; else its id is made
        of destination and year, or of the file's name. A report of that id is replaced only when
        it was named, or came from a file of the same name; otherwise the new one's id gets a
        number.

        A file that is there already is "unchanged", or "duplicate" under another name; with other
        metadata given it is "replaced". The file of a report in the bin brings that back:
        "added". A new report whose text is (nearly) that of another is a "duplicate" too, unless
        `keep_both`: `look_alikes` then tells of which. With `as_new` the file never becomes a
        version of a report that is there.

        Nothing changes unless the status is "added" or "replaced". What is wrong with the file
        makes the status "refused"; what is wrong with anything else is raised.

        Raises:
            DiskFull: there was no room; the old version answers on.
            ModelMismatch: the settings name another embedding model than the index's.
            ModelUnavailable: the embedding model can't be loaded.
        """
        file = Path(path)
        try:
            given = _given(file, metadata, report_id, name)
            request = Request(
                file, given, progress or silent, cancelled, keep_both, added_by, name, as_new
            )
            with self._shared.lock:
                result = self._adding.add(request)
        except FileRefused as refusal:
            error = refusal.called(Path(name)) if name else refusal
            return AddResult("", "", "refused", str(error), error=error)
        if result.status in ("added", "replaced"):
            self._sweep_views()
        return result

    def replace(
        self,
        report_id: str,
        path: str | Path,
        *,
        metadata: ReportMetadata | Mapping[str, Any] | None = None,
        name: str = "",
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
        added_by: str | None = None,
    ) -> AddResult:
        """Make the file at `path` the new version of a report; the old one stays restorable.

        Fields set by hand stay, unless `metadata` or a side file sets them anew.

        Raises:
            UnknownReport: there is no such report in the library.
            DiskFull, ModelMismatch, ModelUnavailable: as `add`.
        """
        self._store.report(report_id)
        return self.add(
            path,
            metadata=metadata,
            report_id=report_id,
            name=name,
            progress=progress,
            cancelled=cancelled,
            added_by=added_by,
        )

    def reread(
        self,
        report_id: str,
        *,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddResult:
        """Read the original of a report's current version again, by the reader as it is now.

        "unchanged" when that makes no difference, else "replaced"; the version stays the same.

        Raises:
            UnknownReport: there is no such report in the library.
            DiskFull, ModelMismatch, ModelUnavailable: as `add`.
        """
        report = self._store.report(report_id)
        try:
            with self._shared.lock:
                return reread(
                    self._store,
                    self._adding,
                    report,
                    self.settings,
                    progress=progress or silent,
                    cancelled=cancelled,
                )
        except FileRefused as error:
            return AddResult("", "", "refused", str(error), error=error)

    def outdated(self) -> list[Report]:
        """The reports that an older reader read: `reread` may read them better."""
        return [report for report in self.reports() if report.reader_revision < READER_REVISION]

    # Governing

    def edit(
        self,
        report_id: str,
        metadata: ReportMetadata | Mapping[str, Any] | None = None,
        *,
        reset: Iterable[MetadataField | str] = (),
    ) -> Report:
        """Set fields of a report's metadata by hand; new versions and readings don't change them.

        A mapping has the fields of `ReportMetadata`; None empties one. The fields `reset` become
        what the file says again. Days and year are one field, `dates`.

        Raises:
            InvalidMetadata: a field has a wrong name or value.
            UnknownReport: there is no such report in the library.
        """
        read = next(version for version in self.versions(report_id) if version.is_current)
        description = edited(self._store.report(report_id), read.metadata, metadata, reset)
        return self._store.describe(report_id, description)

    def remove(self, report_id: str) -> None:
        """Move a report to the bin; one that is there already stays there.

        Raises:
            UnknownReport: there is no such report.
        """
        self._store.remove(report_id)
        self._sweep_views()

    def restore(self, report_id: str, version: str | None = None) -> Report:
        """Bring a report back from the bin, or make an older version of it current again.

        Without `version`, a report that is in the library stays as it is.

        Raises:
            DiskFull: there was no room; nothing changed.
            UnknownReport: there is no such report.
            UnknownVersion: it has no such version.
        """
        return self._store.restore(report_id, version)

    def purge(self, report_id: str) -> None:
        """Delete a report for good: text, vectors, originals and page images of all versions.

        Raises:
            DiskFull, PurgeUnfinished: the report is gone, but not yet all traces in files.
            UnknownReport: there is no such report.
        """
        try:
            self._store.purge(report_id)
        finally:
            self._shared.recent.forget()
            self._sweep_views()

    def purge_expired(self) -> list[str]:
        """Purge what was in the bin for longer than `bin_days`; returns the ids. For each day.

        Raises:
            DiskFull, PurgeUnfinished: as `purge`.
        """
        try:
            return self._store.purge_expired()
        finally:
            self._sweep_views()

    # Following folders (`ingest.syncing`)

    def synced(self, folder: str) -> "list[SyncedFile]":
        """The files of a folder that were synced."""
        from vectorstore import synced

        with self._store.reading() as connection:
            return synced.read(connection, folder)

    def record_synced(self, folder: str, file: "SyncedFile") -> None:
        """Record that a file of a folder was synced."""
        from vectorstore import synced

        with self._store.writing() as connection:
            synced.write(connection, folder, file)

    def forget_synced(self, folder: str, path: str) -> None:
        """Forget a file of a folder; its report stays."""
        from vectorstore import synced

        with self._store.writing() as connection:
            synced.forget(connection, folder, path)

    def _sweep_views(self) -> None:
        self._views.sweep({report.version for report in self.reports()})


def _given(
    file: Path,
    metadata: ReportMetadata | Mapping[str, Any] | None,
    report_id: str | None,
    name: str,
) -> GivenMetadata:
    """What is said about a file: the id, then the metadata, then its side file.

    Raises:
        InvalidMetadata: a field has a wrong name or value.
        SideFile: the file is one.
    """
    if (name or file.name).endswith(SIDE_FILE_ENDING):
        raise SideFile(file)
    named = GivenMetadata.of({"id": report_id} if report_id else None, file)
    given = named.over(GivenMetadata.of(metadata, file))
    return given if name else given.over(GivenMetadata.beside(file))
