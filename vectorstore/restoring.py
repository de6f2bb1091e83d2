"""Restoring a backup: a data folder becomes what it was, and what it held is put aside."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from vectorstore.backup import (
    ASIDE,
    BACKUP_JSON,
    CATALOGUE,
    MANIFEST,
    REVISION,
    STAGING,
    Backup,
    copy_member,
    is_backup,
    settle,
)
from vectorstore.database import disk_full_told
from vectorstore.embedding.model import Progress
from vectorstore.errors import BackupDamaged, DataFolderNotEmpty, NotABackup
from vectorstore.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored, and the folder where the data before it were put."""

    backup: Backup
    kept_aside: Path | None


def restore(
    file: Path, data: Path, *, force: bool = False, progress: Progress | None = None
) -> Restored:
    """Make the folder `data` what it was when a backup was written.

    Everything is unpacked and verified before anything is changed. A folder that holds reports is
    only overwritten by `force`; what it held is put aside, never deleted.

    Raises:
        BackupDamaged: the backup isn't what was written; nothing was changed.
        DataFolderInUse: a process works on the folder.
        DataFolderNotEmpty: it holds data, and `force` isn't given.
        DiskFull: there is no room for it; nothing was changed.
        NotABackup: the file is something else.
    """
    if not is_backup(file):
        raise NotABackup(file=str(file))
    folder = DataFolder(data.resolve())
    try:
        if folder.catalogue.exists() and not force:
            raise DataFolderNotEmpty(folder=str(folder.path), file=str(file))
        with disk_full_told(folder.path), _staging(folder.path) as staging:
            backup = _unpack(file, staging, progress)
            aside = _put_aside(folder.path) if folder.catalogue.exists() else None
            _move_in(staging, folder.path)
    finally:
        folder.release()
    return Restored(backup, aside)


def _unpack(file: Path, staging: Path, progress: Progress | None) -> Backup:
    with zipfile.ZipFile(file) as archive:
        try:
            backup = BACKUP_JSON.validate_json(archive.read(MANIFEST))
        except (ValidationError, zipfile.BadZipFile) as error:
            raise BackupDamaged(file=str(file), member=MANIFEST) from error
        if backup.revision > REVISION:
            raise NotABackup(file=str(file))
        for number, member in enumerate(backup.members):
            parts = PurePosixPath(member.name).parts
            if not parts or parts[0] in ("/", "\\") or ".." in parts or ":" in member.name:
                raise BackupDamaged(file=str(file), member=member.name)
            target = staging.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_member(archive, member, target)
            if progress is not None:
                progress(number + 1, len(backup.members))
    if not (staging / CATALOGUE).is_file():
        raise BackupDamaged(file=str(file), member=CATALOGUE)
    return backup


def _put_aside(data: Path) -> Path:
    """Move what the folder holds next to it; into it, where that isn't possible."""
    name = f"{ASIDE}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    entries = [
        entry
        for entry in data.iterdir()
        if entry.name not in ("escale.lock", "escale.holder", "models")
        and not entry.name.startswith((ASIDE, STAGING))
    ]
    # The catalogue leaves last and comes in last: until then the folder is as it was, or empty.
    entries.sort(key=lambda entry: entry.name.startswith(CATALOGUE))
    aside = data.parent / f"{data.name}.{name}"
    try:
        aside.mkdir()
        entries[0].rename(aside / entries[0].name)
        entries = entries[1:]
    except OSError:  # a folder of another file system, as in a container
        shutil.rmtree(aside, ignore_errors=True)
        aside = data / name
        aside.mkdir()
    for entry in entries:
        entry.rename(aside / entry.name)
    return aside


def _move_in(staging: Path, data: Path) -> None:
    entries = sorted(staging.iterdir(), key=lambda entry: entry.name == CATALOGUE)
    for entry in entries:
        target = data / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.rename(target)
    settle(data)


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    for left in data.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=STAGING) as folder:
        yield Path(folder)
