"""The library: reports added from files, replaced, removed, listed."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self
from weakref import WeakKeyDictionary

from pydantic import Field

from ingest.errors import FileChanged, FileRefused, SideFile, printable_name
from ingest.given_metadata import SIDE_FILE_ENDING, GivenMetadata
from ingest.pages import FOLDER, PageViews
from ingest.progress import Progress, Reporter, silent
from ingest.reading import fingerprint, read_version
from ingest.settings import IngestSettings
from vectorstore.models import Passage, Report, ReportMetadata, VersionContent
from vectorstore.text.normalise import fold

if TYPE_CHECKING:
    from vectorstore.store import Store

Status = Literal["added", "replaced", "unchanged", "duplicate", "refused"]

_LONGEST_ID = 60
_MOST_CITIES = 2  # in an id


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of a file.

    `report_id` is the report that now has the file, or had it before ("unchanged", "duplicate");
    it is empty when the file was refused. `message` says in English what happened; `error` is
    what was wrong with a refused file, for a translation. `warnings` are codes of
    `ui/locales/*/errors.ftl`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"arbitrary_types_allowed": True}

    report_id: str
    version: str
    status: Status
    message: str
    warnings: tuple[str, ...] = ()
    error: Annotated[FileRefused | None, Field(exclude=True)] = field(
        default=None, repr=False, compare=False
    )


class Library:
    """The reports of one data folder, as those who feed it see them."""

    # Two threads that add the same file must not both find it missing.
    _adding: ClassVar["WeakKeyDictionary[Store, threading.Lock]"] = WeakKeyDictionary()
    _adding_lock: ClassVar[threading.Lock] = threading.Lock()

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
        with self._adding_lock:
            self._lock = self._adding.setdefault(store, threading.Lock())

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

    def reports(self) -> list[Report]:
        """All reports, newest mission first."""
        return self._store.reports()

    def passages(self, report_id: str) -> list[Passage]:
        """The passages of a report, in order.

        Raises:
            UnknownReport: there is no such report.
        """
        return self._store.passages(report_id)

    def removed_reports(self) -> list[Report]:
        """The reports in the bin, newest mission first."""
        return self._store.removed_reports()

    def remove(self, report_id: str) -> None:
        """Move a report to the bin; one that is there already stays there.

        Raises:
            UnknownReport: there is no such report.
        """
        self._store.remove(report_id)
        self._sweep_views()

    def purge(self, report_id: str) -> None:
        """Delete a report for good: text, vectors, originals and page images of all versions.

        Raises:
            DiskFull, PurgeUnfinished: the report is gone, but not yet all traces in files.
            UnknownReport: there is no such report.
        """
        self._store.purge(report_id)
        self._sweep_views()

    def add(
        self,
        path: str | Path,
        *,
        metadata: ReportMetadata | Mapping[str, Any] | None = None,
        report_id: str | None = None,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddResult:
        """Add the file at `path`, or make it the new version of the report that it is of.

        `metadata` overrides what a side file says (`ingest.given_metadata`), which overrides what
        the text says; fields not given keep what was read. A mapping has the fields of
        `ReportMetadata`, and `id`: `{"title": …, "destinations": [{"city": …, "country": …}],
        "start_date": "2025-10-28"}`.

        The report is the one named by `report_id` or an `id` in the metadata; else its id is made
        of destination and year, or of the file's name. A report of that id is replaced only when
        it was named, or came from a file of the same name; otherwise the new one's id gets a
        number. A file that is there already is "unchanged", or "duplicate" under another name; the
        same file with other metadata given is "replaced".

        Nothing changes unless the status is "added" or "replaced". What is wrong with the file
        makes the status "refused"; what is wrong with anything else is raised.

        Raises:
            DiskFull: there was no room; the old version answers on.
            ModelMismatch: the settings name another embedding model than the index's.
            ModelUnavailable: the embedding model can't be loaded.
        """
        file = Path(path)
        try:
            if file.name.endswith(SIDE_FILE_ENDING):
                raise SideFile(file)
            named = GivenMetadata.of({"id": report_id} if report_id else None, file)
            given = named.over(GivenMetadata.of(metadata, file)).over(GivenMetadata.beside(file))
            with self._lock:
                return self._add(file, given, progress or silent, cancelled)
        except FileRefused as error:
            return AddResult("", "", "refused", str(error), error=error)

    def _add(
        self,
        file: Path,
        given: GivenMetadata,
        progress: Reporter,
        cancelled: Callable[[], bool] | None,
    ) -> AddResult:
        version = fingerprint(file, self.settings)
        holder = self._holder(version)
        if holder is not None:
            known = self._known(holder, file, given)
            if known is not None:
                return known
        content, warnings = read_version(
            file,
            version,
            self.settings,
            progress=progress,
            cancelled=cancelled,
            keep=lambda reading: self._views.remember(version, reading),
        )
        read = holder.metadata if holder is not None else content.metadata
        content = replace(content, metadata=given.applied_to(read, file))
        target = holder.id if holder is not None else self._target(content, file, given)
        is_new = all(report.id != target for report in self.reports())
        report = self._publish(target, content, file, progress)
        message = f"{len(content.passages)} passages, report “{report.id}”"
        return AddResult(report.id, version, "added" if is_new else "replaced", message, warnings)

    def _holder(self, version: str) -> Report | None:
        report_id = self._store.report_of_version(version)
        return self._store.report(report_id) if report_id else None

    def _known(self, holder: Report, file: Path, given: GivenMetadata) -> AddResult | None:
        """What to answer when a report has the very bytes; None when its metadata is to change."""
        is_other = given.id != holder.id if given.id else not _same_name(holder, file)
        if is_other:
            message = f"the same file is already in the library, as report “{holder.id}”"
            return AddResult(holder.id, holder.version, "duplicate", message)
        if given.applied_to(holder.metadata, file) != holder.metadata:
            return None
        message = f"already in the library, as report “{holder.id}”"
        return AddResult(holder.id, holder.version, "unchanged", message)

    def _target(self, content: VersionContent, file: Path, given: GivenMetadata) -> str:
        """The id of the report that a file with new bytes becomes a version of."""
        if given.id:
            return given.id
        wanted = _id_of(content.metadata) or slug(file.stem) or "rapport"
        taken = {report.id: report for report in self.reports()}
        family = re.compile(rf"{re.escape(wanted)}(?:-\d+)?")
        for report in taken.values():
            if family.fullmatch(report.id) and _same_name(report, file):
                return report.id
        number, free = 2, wanted
        while free in taken:
            number, free = number + 1, f"{wanted}-{number}"
        return free

    def _publish(
        self, report_id: str, content: VersionContent, file: Path, progress: Reporter
    ) -> Report:
        def embedded(done: int, total: int) -> None:
            progress(Progress("embedding", done, total))
            if done == total:
                progress(Progress("storing", 0, 1))

        if fingerprint(file, self.settings) != content.version:
            raise FileChanged(file)
        report = self._store.publish(report_id, content, source=file, progress=embedded)
        progress(Progress("storing", 1, 1))
        self._sweep_views()
        return report

    def _sweep_views(self) -> None:
        self._views.sweep({report.version for report in self.reports()})


def report_files(folder: Path, *, recursive: bool = False) -> list[Path]:
    """The files in a folder that may be reports, in the order of their names.

    Hidden files and folders, and side files of metadata, are left out.
    """
    found = folder.rglob("*") if recursive else folder.iterdir()
    return sorted(path for path in found if path.is_file() and not _is_hidden(path, folder))


def _is_hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(part.startswith((".", "~$")) for part in parts) or path.name.endswith(
        SIDE_FILE_ENDING
    )


def slug(text: str) -> str:
    """A text as part of an id: its letters and digits, folded, joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(text)))[:_LONGEST_ID].strip("-")


def _id_of(metadata: ReportMetadata) -> str:
    """The id of a report of known destination and year, empty for others."""
    if not metadata.destinations or metadata.year is None:
        return ""
    places: Iterable[str] = (place.city or place.country for place in metadata.destinations)
    names = slug("-".join(list(places)[:_MOST_CITIES]))
    return f"{names}-{metadata.year}" if names else ""


def _same_name(report: Report, file: Path) -> bool:
    """Whether a report came from a file of this name; a Mac writes « é » as two characters."""
    names = (report.source_name, printable_name(file))
    return len({unicodedata.normalize("NFC", name) for name in names}) == 1
