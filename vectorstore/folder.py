"""The data folder: what stands where in it, and the lock that gives it one owner."""

import errno
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import DataFolderInUse, DataFolderUnusable, DiskFull, SourceChanged
from vectorstore.glossary import BUNDLED

_SCRATCH = ".writing-"
_OURS = re.compile(rf"[0-9a-f]{{64}}|{re.escape(_SCRATCH)}.*")


class DataFolder:
    """A data folder held by this process until `release`.

    The operating system frees the lock when the process ends, however it ends.
    """

    def __init__(self, path: Path) -> None:
        """Create the folder where it is missing, and lock it.

        Raises:
            DataFolderInUse: another process holds it.
            DataFolderUnusable: it can't be created or written.
        """
        self.path = path
        try:
            self.sources.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(path / "escale.lock", thread_local=False)
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise DataFolderInUse(folder=str(path), holder=self._holder()) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise DataFolderUnusable(folder=str(path), reason=reason) from error
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
        holder = {"pid": os.getpid(), "command": command}
        self._holder_file.write_text(json.dumps(holder), encoding="utf-8")

    @property
    def catalogue(self) -> Path:
        """The SQLite file that holds the truth."""
        return self.path / "catalogue.sqlite"

    @property
    def chroma(self) -> Path:
        """The vector index; it can be deleted at any time."""
        return self.path / "chroma"

    @property
    def models(self) -> Path:
        """Where the embedded model is written."""
        return self.path / "models"

    @property
    def sources(self) -> Path:
        """The original files, each named by its SHA-256."""
        return self.path / "sources"

    @property
    def glossaries(self) -> list[Path]:
        """The bundled glossary, and the one that staff keep in the folder, where there is one."""
        own = self.path / "glossary.toml"
        return [BUNDLED, own] if own.is_file() else [BUNDLED]

    def source(self, version: str) -> Path:
        """The original file of a version."""
        return self.sources / version

    def keep_source(self, file: Path, version: str) -> None:
        """Copy an original into the folder; it appears whole or not at all.

        One that is there already stays, unless its bytes are no longer those of the version.

        Raises:
            DiskFull: there is no room for it.
            SourceChanged: its bytes aren't those of the version.
        """
        if self.source(version).is_file() and _sha256(self.source(version)) == version:
            return
        handle, scratch = tempfile.mkstemp(dir=self.sources, prefix=_SCRATCH)
        os.close(handle)
        try:
            shutil.copyfile(file, scratch)
            _settle(Path(scratch), version, file)
            Path(scratch).replace(self.source(version))
        except BaseException as error:
            Path(scratch).unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(folder=str(self.path)) from error
            raise

    def strays(self, known: set[str]) -> list[Path]:
        """What Escale wrote among the originals and isn't one of the `known` versions.

        A killed process leaves half-written copies, and originals of versions that it never got
        to write into the catalogue.
        """
        return sorted(
            file
            for file in self.sources.iterdir()
            if _OURS.fullmatch(file.name) and file.name not in known
        )

    def sweep(self, known: set[str]) -> None:
        """Delete the strays: they may hold the text of a report that is purged."""
        for file in self.strays(known):
            file.unlink(missing_ok=True)

    def release(self) -> None:
        """Give the folder free for another process."""
        with suppress(FileNotFoundError):
            self._holder_file.unlink()
        self._lock.release()

    @property
    def _holder_file(self) -> Path:
        return self.path / "escale.holder"

    def _holder(self) -> str:
        try:
            holder = json.loads(self._holder_file.read_text(encoding="utf-8"))
            return f"process {holder['pid']} ({holder['command']})"
        except (OSError, ValueError, KeyError):
            return "another process"


def _settle(copy: Path, version: str, file: Path) -> None:
    """See to it that a copy is on the disk, and is what it should be."""
    with copy.open("rb+") as copied:
        os.fsync(copied.fileno())
    if _sha256(copy) != version:
        raise SourceChanged(file=file.name)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
