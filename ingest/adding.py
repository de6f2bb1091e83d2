"""Adding one file: known or new, a version or a report of its own, or like another."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import (
    FileChanged,
    ReadingCancelled,
    ReportExists,
    ReportInBin,
    printable_name,
)
from ingest.given_metadata import GivenMetadata
from ingest.naming import same_name, target_id
from ingest.pages import PageViews
from ingest.progress import Progress, Reporter, silent
from ingest.reading import ReadFile, fingerprint, read_version
from ingest.results import AddResult, Preview, Status
from ingest.settings import IngestSettings
from vectorstore.description import Description, MetadataField
from vectorstore.errors import SourceChanged
from vectorstore.likeness import LookAlike, LookAlikeKind
from vectorstore.models import Report, ReportMetadata, ReportState

if TYPE_CHECKING:
    from vectorstore.store import Store

_KEPT_READINGS = 3
_FIRST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be added, and what was said about it.

    `name` is what its user calls it, where that isn't the name under which it lies here; it is
    never opened. `as_new` lets it become a report of its own only, never another's version.
    """

    file: Path
    given: GivenMetadata
    progress: Reporter = silent
    cancelled: Callable[[], bool] | None = None
    keep_both: bool = False
    added_by: str | None = None
    name: str = ""
    as_new: bool = False

    @property
    def label(self) -> Path:
        """The file's name for its user: for messages, for its type, never to be opened."""
        return Path(self.name) if self.name else self.file


class RecentReadings:
    """The last files that were read, so that what was previewed isn't read again to be added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], ReadFile] = OrderedDict()

    def find(self, version: str, file: Path) -> ReadFile | None:
        """What was read of these bytes, under the name that they have now."""
        with self._lock:
            known = self._kept.get((version, file.suffix))
        if known is None:
            return None
        content = replace(known.content, source_name=printable_name(file))
        return ReadFile(content, known.reading)

    def keep(self, read: ReadFile, file: Path) -> None:
        """Remember what was read, and forget the oldest."""
        with self._lock:
            self._kept[read.content.version, file.suffix] = read
            while len(self._kept) > _KEPT_READINGS:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._kept.clear()


class Adding:
    """Adds files to a store; the caller sees to it that one is added at a time."""

    def __init__(
        self, store: "Store", settings: IngestSettings, views: PageViews, recent: RecentReadings
    ) -> None:
        self._store = store
        self._settings = settings
        self._views = views
        self._recent = recent

    def add(self, request: Request) -> AddResult:
        """Add the file, or say why it isn't.

        Raises:
            FileRefused: something is wrong with the file or what was said about it.
        """
        version = fingerprint(request.file, self._settings)
        for alike in self._store.same_bytes(version):
            known = self._known(request, alike)
            if known is not None:
                return known
        read = self._read(request, version)
        target = self._target(request, read)
        held = next((report for report in self._store.reports() if report.id == target), None)
        if held is not None and request.as_new:
            raise ReportExists(request.label, report_id=target)
        same_mission: tuple[LookAlike, ...] = ()
        if held is None and not request.keep_both:
            alike_texts = self._store.same_text(read.content.text)
            if alike_texts:
                return _like(alike_texts, version)
            metadata = request.given.applied_to(read.content.metadata, request.label)
            same_mission = tuple(self._store.same_mission(metadata))
        report = self.publish(request, read, target, held)
        message = f"{len(read.content.passages)} passages, report “{report.id}”"
        status: Status = "added" if held is None else "replaced"
        return AddResult(report.id, version, status, message, read.warnings, same_mission)

    def preview(self, request: Request) -> Preview:
        """What adding the file would do.

        Raises:
            FileRefused: as `add`.
        """
        version = fingerprint(request.file, self._settings)
        read = self._read(request, version)
        content = read.content
        metadata = request.given.applied_to(content.metadata, request.label)
        target = self._target(request, read)
        held = {report.id for report in self._store.reports()}
        found: dict[str, LookAlike] = {}
        for alike in (
            *self._store.same_bytes(version),
            *self._store.same_text(content.text),
            *self._store.same_mission(metadata),
        ):
            found.setdefault(alike.report.id, alike)
        return Preview(
            version=version,
            source_name=content.source_name,
            media_type=content.media_type,
            report_id=target,
            replaces=target if target in held else "",
            metadata=metadata,
            sections=content.sections,
            first_passages=tuple(
                draft.span.of(content.text) for draft in content.passages[:_FIRST_PASSAGES]
            ),
            passage_count=len(content.passages),
            page_count=max((page.page for page in content.pages), default=None),
            recognised_pages=read.recognised_pages,
            warnings=read.warnings,
            look_alikes=tuple(found.values()),
        )

    def publish(self, request: Request, read: ReadFile, target: str, held: Report | None) -> Report:
        """Make what was read the current version of the report `target`, which may be new.

        Raises:
            FileChanged: the file was written to since it was read.
            ReadingCancelled: the user cancelled.
        """

        def embedded(done: int, total: int) -> None:
            if request.cancelled is not None and request.cancelled():
                raise ReadingCancelled(request.file)
            request.progress(Progress("embedding", done, total))
            if done == total:
                request.progress(Progress("storing", 0, 1))

        content = read.content
        try:
            report = self._store.publish(
                target,
                content,
                source=request.file,
                progress=embedded,
                description=described(request, content.metadata, held),
                added_by=request.added_by,
            )
        except SourceChanged as error:
            raise FileChanged(request.file) from error
        self._views.remember(content.version, read.reading)
        request.progress(Progress("storing", 1, 1))
        return report

    def _read(self, request: Request, version: str) -> ReadFile:
        known = self._recent.find(version, request.label)
        if known is not None:
            return known
        read = read_version(
            request.file,
            version,
            self._settings,
            progress=request.progress,
            cancelled=request.cancelled,
        )
        if fingerprint(request.file, self._settings) != version:
            raise FileChanged(request.file)
        content = replace(read.content, source_name=printable_name(request.label))
        read = ReadFile(content, read.reading)
        self._recent.keep(read, request.label)
        return read

    def _target(self, request: Request, read: ReadFile) -> str:
        """The id of the report that the file becomes a version of, known or new."""
        removed = {report.id for report in self._store.removed_reports()}
        if request.given.id:
            if request.given.id in removed:
                raise ReportInBin(request.label, report_id=request.given.id)
            return request.given.id
        reports = self._store.reports()
        metadata = request.given.applied_to(read.content.metadata, request.label)
        taken = removed | {report.id for report in reports}
        return target_id(metadata, request.label, [] if request.as_new else reports, taken)

    def _known(self, request: Request, alike: LookAlike) -> AddResult | None:
        """What becomes of a file whose bytes a report has; None when it is added all the same."""
        report, named = alike.report, request.given.id
        if report.state is ReportState.REMOVED:
            if alike.is_superseded or named not in (None, report.id):
                return None
            return self._brought_back(request, alike, "added", "back from the bin")
        if request.as_new:
            is_other = True
        elif named:
            is_other = named != report.id
        else:
            is_other = not same_name(report.source_name, request.label)
        if not alike.is_superseded:
            return _like([alike], alike.version) if is_other else self._unchanged(request, report)
        if not is_other:
            return self._brought_back(request, alike, "replaced", "an earlier version again")
        return None if request.keep_both else _like([alike], alike.version)

    def _brought_back(
        self, request: Request, alike: LookAlike, status: Status, how: str
    ) -> AddResult:
        report = self._store.restore(alike.report.id, alike.version)
        self._describe(request, report)
        message = f"{how}, report “{report.id}”"
        return AddResult(report.id, alike.version, status, message)

    def _unchanged(self, request: Request, report: Report) -> AddResult:
        try:
            self._store.keep_original(request.file, report.version)
        except SourceChanged as error:
            raise FileChanged(request.file) from error
        if self._describe(request, report):
            message = f"new metadata, report “{report.id}”"
            return AddResult(report.id, report.version, "replaced", message)
        message = f"already in the library, as report “{report.id}”"
        return AddResult(report.id, report.version, "unchanged", message)

    def _describe(self, request: Request, report: Report) -> bool:
        """Write what was said about a file that is there; False where it says nothing new."""
        description = described(request, report.metadata, report)
        if description.metadata == report.metadata:
            return False
        self._store.describe(report.id, description)
        return True


def described(request: Request, read: ReportMetadata, held: Report | None) -> Description:
    """What is known of a report: what is said now, then what was set by hand, then what is read."""
    known = Description(read)
    if held is not None:
        edited = frozenset(MetadataField(name) for name in held.edited)
        known = Description(held.metadata, edited).over(read)
    metadata = request.given.applied_to(known.metadata, request.label)
    return Description(metadata, known.edited | request.given.fields)


def _like(alikes: list[LookAlike], version: str) -> AddResult:
    first = alikes[0]
    report_id = first.report.id
    what = {
        LookAlikeKind.SAME_BYTES: "the same file is already in the library",
        LookAlikeKind.SAME_TEXT: "the same text is already in the library",
        LookAlikeKind.NEAR_TEXT: f"{first.likeness:.0%} of the text is already in the library",
    }[first.kind]
    where = f"as {'an earlier version of ' if first.is_superseded else ''}report “{report_id}”"
    how = (
        ""
        if first.kind is LookAlikeKind.SAME_BYTES and not first.is_superseded
        else (f"; replace it (report_id={report_id!r}), or keep both (keep_both=True)")
    )
    return AddResult(
        report_id, version, "duplicate", f"{what}, {where}{how}", look_alikes=tuple(alikes)
    )
