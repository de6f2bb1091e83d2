"""Following a folder: what is new in it, changed, renamed or gone becomes so in the library.

A file is recognised by its path in the folder and the SHA-256 of its bytes, so that one that was
renamed stays the same report. Only reports that came from the folder by syncing are ever touched;
what staff decided about them since (removed, purged) stands.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Protocol

from pydantic import Field

from ingest.errors import FileRefused
from ingest.folders import report_files
from ingest.given_metadata import side_file
from ingest.progress import Reporter
from ingest.reading import fingerprint
from ingest.results import AddResult
from ingest.settings import IngestSettings
from vectorstore.errors import EscaleError
from vectorstore.models import Report
from vectorstore.synced import SyncedFile


class FolderMissing(EscaleError):
    """The folder to be followed isn't there."""

    code = "sync-folder-missing"
    text = "There is no folder {folder}. Nothing was changed."


class FolderEmptied(EscaleError):
    """The folder held reports and holds no file any more: perhaps a share that isn't mounted."""

    code = "sync-folder-emptied"
    text = (
        "{folder} holds no file any more, though {count} reports came from it. Nothing was "
        "changed. If they are all to go into the bin, say so: --allow-empty."
    )


class Change(StrEnum):
    """What a file of the folder is, compared with the last sync."""

    NEW = "new"
    CHANGED = "changed"
    RENAMED = "renamed"
    GONE = "gone"
    UNCHANGED = "unchanged"
    LEFT = "left"  # its report was removed or purged by hand
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SyncStep:
    """What is to be done about one file, or was.

    `was` is the path that a renamed file had. `result` is what became of the file, None before
    the step and where nothing was read; `error` is what was wrong with a refused file.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"arbitrary_types_allowed": True}

    change: Change
    path: str
    report_id: str = ""
    was: str = ""
    version: str = ""
    side_file: str = ""
    result: AddResult | None = None
    error: Annotated[EscaleError | None, Field(exclude=True)] = field(
        default=None, repr=False, compare=False
    )


class SyncedLibrary(Protocol):
    """What of a library is needed to make it follow a folder."""

    # ruff: noqa: D102
    def reports(self) -> list[Report]: ...
    def synced(self, folder: str) -> list[SyncedFile]: ...
    def record_synced(self, folder: str, file: SyncedFile) -> None: ...
    def forget_synced(self, folder: str, path: str) -> None: ...
    def add(
        self,
        path: str | Path,
        *,
        progress: Reporter | None = None,
        as_new: bool = False,
    ) -> AddResult: ...
    def replace(
        self, report_id: str, path: str | Path, *, progress: Reporter | None = None
    ) -> AddResult: ...
    def remove(self, report_id: str) -> None: ...


_ORDER: Final = tuple(Change)


def _unwatched(_step: SyncStep) -> AbstractContextManager[Reporter | None]:
    return nullcontext()


class FolderSync:
    """Makes a library follow one folder."""

    def __init__(self, library: SyncedLibrary, folder: Path, settings: IngestSettings) -> None:
        """Raises `FolderMissing`."""
        if not folder.is_dir():
            raise FolderMissing(folder=str(folder))
        self._library = library
        self._folder = folder.resolve()
        self._name = str(self._folder)
        self._settings = settings

    def plan(self, *, allow_empty: bool = False) -> list[SyncStep]:
        """What has to be done, for each file; nothing is changed.

        Raises:
            FolderEmptied: no file is left, and `allow_empty` doesn't say that this is meant.
        """
        known = {file.path: file for file in self._library.synced(self._name)}
        here = [self._look(file) for file in report_files(self._folder, recursive=True)]
        if known and not here and not allow_empty:
            raise FolderEmptied(folder=self._name, count=len(known))
        in_library = {report.id for report in self._library.reports()}
        return sorted(
            _steps(here, known, in_library),
            key=lambda step: (_ORDER.index(step.change), step.path),
        )

    def carry_out(
        self,
        steps: Iterable[SyncStep],
        watch: Callable[[SyncStep], AbstractContextManager[Reporter | None]] = _unwatched,
    ) -> list[SyncStep]:
        """Do the steps of a plan; returns them with what became of each.

        Each step that changes something is done inside of what `watch` makes of it, which gives
        the one whom its progress is told. Stopped half-way, the next sync goes on from there.
        """
        pending = list(steps)
        gone = {step.report_id: step for step in pending if step.change is Change.GONE}
        done: list[SyncStep] = []
        for step in pending:
            match step.change:
                case Change.NEW:
                    with watch(step) as progress:
                        done.append(self._add(step, gone, progress))
                case Change.CHANGED | Change.RENAMED:
                    with watch(step) as progress:
                        done.append(self._replace(step, progress))
                case Change.GONE if step.report_id in gone:
                    done.append(self._remove(step))
                case Change.GONE:  # moved and changed at once: another step has its report
                    self._library.forget_synced(self._name, step.path)
                case _:
                    done.append(step)
        return done

    def _look(self, file: Path) -> SyncStep:
        path = file.relative_to(self._folder).as_posix()
        try:
            beside = side_file(file)
            side = fingerprint(beside, self._settings) if beside.is_file() else ""
            return SyncStep(
                Change.NEW, path, version=fingerprint(file, self._settings), side_file=side
            )
        except FileRefused as error:
            return SyncStep(Change.REFUSED, path, error=error)

    def _add(
        self, step: SyncStep, gone: dict[str, SyncStep], progress: Reporter | None
    ) -> SyncStep:
        library, file = self._library, self._folder / step.path
        before = {file.path: file for file in library.synced(self._name)}.get(step.path)
        was_pending = before is not None and before.is_pending and before.version == step.version
        library.record_synced(
            self._name, SyncedFile(step.path, step.version, step.side_file, is_pending=True)
        )
        result = library.add(file, progress=progress, as_new=True)
        moved = gone.get(result.report_id) if result.status == "duplicate" else None
        if moved is not None:
            result = library.replace(moved.report_id, file, progress=progress)
            del gone[moved.report_id]
        came_from_here = result.status in ("added", "replaced") or moved is not None
        if came_from_here or (was_pending and self._is_current(result.report_id, step.version)):
            self._record(step, result.report_id)
        else:
            library.forget_synced(self._name, step.path)
        return replace(step, report_id=result.report_id, result=result, error=result.error)

    def _replace(self, step: SyncStep, progress: Reporter | None) -> SyncStep:
        result: AddResult | None = None
        if self._says_something_new(step):
            file = self._folder / step.path
            result = self._library.replace(step.report_id, file, progress=progress)
        if result is None or result.status in ("added", "replaced", "unchanged"):
            self._record(step, step.report_id)
            if step.was:
                self._library.forget_synced(self._name, step.was)
        return replace(step, result=result, error=result.error if result else None)

    def _says_something_new(self, step: SyncStep) -> bool:
        """Whether the file has other bytes than before, or another side file.

        Where staff replaced the report by hand, a file that didn't change must not undo that.
        """
        before = {file.path: file for file in self._library.synced(self._name)}.get(
            step.was or step.path
        )
        if before is None or before.version != step.version:
            return True
        return before.side_file != step.side_file and self._is_current(step.report_id, step.version)

    def _is_current(self, report_id: str, version: str) -> bool:
        return (report_id, version) in {
            (report.id, report.version) for report in self._library.reports()
        }

    def _remove(self, step: SyncStep) -> SyncStep:
        if step.report_id in {report.id for report in self._library.reports()}:
            self._library.remove(step.report_id)
        self._library.forget_synced(self._name, step.path)
        return step

    def _record(self, step: SyncStep, report_id: str) -> None:
        file = SyncedFile(step.path, step.version, step.side_file, report_id)
        self._library.record_synced(self._name, file)


def _steps(
    here: Sequence[SyncStep], known: dict[str, SyncedFile], in_library: set[str]
) -> list[SyncStep]:
    """The files as they are against the files as they were."""
    steps = []
    paths = {step.path for step in here}
    missing = {
        file.version: file
        for file in known.values()
        if file.path not in paths and not file.is_pending
    }
    for step in here:
        before = known.get(step.path)
        if before is not None and before.is_pending:
            before = None
        if step.change is Change.REFUSED:
            steps.append(replace(step, report_id=(before.report_id or "") if before else ""))
        elif before is not None:
            steps.append(_compared(step, before, in_library))
        elif step.version in missing:
            moved = missing.pop(step.version)
            compared = _compared(step, replace(moved, version=""), in_library)
            change = Change.RENAMED if compared.change is Change.CHANGED else compared.change
            steps.append(replace(compared, change=change, was=moved.path))
        else:
            steps.append(step)
    return [*steps, *(_gone(file) for file in known.values() if _is_gone(file, paths, steps))]


def _compared(step: SyncStep, before: SyncedFile, in_library: set[str]) -> SyncStep:
    """A file that was synced before, under this path or another."""
    report_id = before.report_id or ""
    if report_id not in in_library:
        return replace(step, change=Change.LEFT, report_id=report_id)
    same = (before.version, before.side_file) == (step.version, step.side_file)
    return replace(step, change=Change.UNCHANGED if same else Change.CHANGED, report_id=report_id)


def _is_gone(file: SyncedFile, paths: set[str], steps: Iterable[SyncStep]) -> bool:
    return file.path not in paths and file.path not in {step.was for step in steps}


def _gone(file: SyncedFile) -> SyncStep:
    return SyncStep(Change.GONE, file.path, report_id=file.report_id or "")
