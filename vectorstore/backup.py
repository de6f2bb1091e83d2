"""Backups: one file that holds all of a data folder that can't be made again.

A backup is a ZIP file: a snapshot of the catalogue (SQLite's online backup, one moment of it,
whoever writes meanwhile), the originals, and whatever else stands in the folder, but not the
vector index, the page images and the embedding model, which are made again. `manifest.json`, the
last member, lists the SHA-256 of every other. A backup appears whole or not at all.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from vectorstore.database import disk_full_told
from vectorstore.embedding.model import Progress
from vectorstore.errors import (
    BackupDamaged,
    BackupInDataFolder,
    DataFolderUnusable,
    NoDataFolder,
    NotABackup,
)

_FORMAT: Final = "escale-backup"
REVISION: Final = 1
MANIFEST: Final = "manifest.json"
CATALOGUE: Final = "catalogue.sqlite"
_SOURCES: Final = "sources"
# Made again where it is missing, or of this moment only.
_LEFT_OUT: Final = frozenset(
    {"chroma", "pages", "models", CATALOGUE, _SOURCES}
    | {f"{CATALOGUE}{ending}" for ending in ("-wal", "-shm", "-journal")}
)
# The lock, who holds it, and where a running server is reached.
_OF_PROCESSES: Final = "escale."
ASIDE: Final = "before-restore-"
STAGING: Final = ".restoring-"
_TRIES: Final = 5
_PIECE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    created_at: datetime
    reports: int
    members: tuple[Member, ...]
    format: str = _FORMAT
    revision: int = REVISION


BACKUP_JSON: Final = TypeAdapter(Backup)


class _OriginalGone(Exception):
    """An original was purged after the snapshot was taken."""


def back_up(data: Path, file: Path, progress: Progress | None = None) -> Backup:
    """Write a backup of the folder `data` to `file`, in place of an older backup there.

    The folder needn't be free: a server may be working on it.

    Raises:
        BackupInDataFolder: the backup would become a part of what it backs up.
        DataFolderUnusable: the catalogue can't be read.
        DiskFull: there is no room for it; an older backup is still there.
        NoDataFolder: there is none at `data`.
        NotABackup: `file` is something else, which isn't overwritten.
    """
    data, file = data.resolve(), file.absolute()
    if not (data / CATALOGUE).is_file():
        raise NoDataFolder(folder=str(data))
    if file.resolve().is_relative_to(data):
        raise BackupInDataFolder(file=str(file), folder=str(data))
    if file.exists() and not is_backup(file):
        raise NotABackup(file=str(file))
    with disk_full_told(file.parent), _scratch(file) as scratch:
        for attempt in range(_TRIES):
            try:
                made = _write(data, scratch, progress)
                break
            except _OriginalGone:
                if attempt == _TRIES - 1:
                    raise
        _verify(scratch, made)
        scratch.replace(file)
        settle(file.parent)
    return made


def is_backup(file: Path) -> bool:
    """Whether a file is a backup, by its content."""
    try:
        with zipfile.ZipFile(file) as archive:
            content: Any = json.loads(archive.read(MANIFEST))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error):
        return False
    return isinstance(content, dict) and content.get("format") == _FORMAT


def _write(data: Path, scratch: Path, progress: Progress | None) -> Backup:
    with tempfile.TemporaryDirectory(dir=scratch.parent, prefix=f"{scratch.name}-") as folder:
        snapshot = Path(folder) / CATALOGUE
        reports, versions = _snapshot(data, snapshot)
        files = [(snapshot, CATALOGUE)]
        files += [(data / _SOURCES / sha, f"{_SOURCES}/{sha}") for sha in versions]
        files += [(path, path.relative_to(data).as_posix()) for path in _others(data)]
        members = []
        with zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for number, (path, name) in enumerate(files):
                member = _pack(archive, path, name)
                if member is not None:
                    members.append(member)
                if progress is not None:
                    progress(number + 1, len(files))
            made = Backup(datetime.now(UTC), reports, tuple(members))
            archive.writestr(MANIFEST, BACKUP_JSON.dump_json(made, indent=1))
    return made


def _snapshot(data: Path, target: Path) -> tuple[int, list[str]]:
    """Copy one moment of the catalogue; returns how many reports it holds, and its versions."""
    try:
        with (
            closing(sqlite3.connect(data / CATALOGUE, timeout=60)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            [[found]] = copy.execute("PRAGMA quick_check(1)").fetchall()
            if found != "ok":
                raise DataFolderUnusable(folder=str(data), reason=found)
            [[reports]] = copy.execute("SELECT count(*) FROM reports").fetchall()
            rows = copy.execute("SELECT DISTINCT sha256 FROM versions ORDER BY sha256")
            return reports, [sha for (sha,) in rows]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise OSError(28, "no space left") from error
        raise DataFolderUnusable(folder=str(data), reason=str(error)) from error


def _others(data: Path) -> Iterator[Path]:
    """The files of the folder that are neither catalogue nor originals, and not made again."""
    for entry in sorted(data.iterdir()):
        if entry.name in _LEFT_OUT or entry.name.startswith((ASIDE, STAGING, _OF_PROCESSES)):
            continue
        if entry.is_symlink():
            continue
        if entry.is_file():
            yield entry
        elif entry.is_dir():
            yield from sorted(path for path in entry.rglob("*") if path.is_file())


def _pack(archive: zipfile.ZipFile, path: Path, name: str) -> Member | None:
    """Put a file into the archive; None for one that is gone since it was listed.

    Raises:
        _OriginalGone: it was an original.
    """
    digest, size = hashlib.sha256(), 0
    try:
        source = path.open("rb")
    except FileNotFoundError as error:
        if name.startswith(f"{_SOURCES}/"):
            _refuse_purged(path, error)
        return None
    with source, archive.open(name, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return Member(name, digest.hexdigest(), size)


def _refuse_purged(path: Path, error: OSError) -> None:
    """Tell an original that was purged since the snapshot from one that was lost long ago.

    Raises:
        _OriginalGone: it was purged; the snapshot still holds its text.
    """
    catalogue = path.parent.parent / CATALOGUE
    with closing(sqlite3.connect(catalogue, timeout=60)) as connection:
        known = connection.execute("SELECT 1 FROM versions WHERE sha256 = ?", [path.name])
        if known.fetchone() is None:
            raise _OriginalGone(path.name) from error


def _verify(file: Path, made: Backup) -> None:
    """Read a backup again; raises `BackupDamaged`."""
    with zipfile.ZipFile(file) as archive:
        for member in made.members:
            copy_member(archive, member, None)


def copy_member(archive: zipfile.ZipFile, member: Member, target: Path | None) -> None:
    """Read a member, and write it to `target`; raises `BackupDamaged` when it isn't whole."""
    file = str(archive.filename)
    digest = hashlib.sha256()
    try:
        with archive.open(member.name) as source, _sink(target) as sink:
            while piece := source.read(_PIECE):
                digest.update(piece)
                sink.write(piece)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as error:
        raise BackupDamaged(file=file, member=member.name) from error
    if digest.hexdigest() != member.sha256:
        raise BackupDamaged(file=file, member=member.name)


@contextmanager
def _sink(target: Path | None) -> Iterator[Any]:
    with (target or Path(os.devnull)).open("wb") as sink:
        yield sink
        if target is not None:
            sink.flush()
            os.fsync(sink.fileno())


@contextmanager
def _scratch(file: Path) -> Iterator[Path]:
    """A file next to `file` that only its owner can read, gone afterwards unless it was moved."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(handle)
    scratch = Path(name)
    try:
        yield scratch
    finally:
        scratch.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """See to it that a folder's new names are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
