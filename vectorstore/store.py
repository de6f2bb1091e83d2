"""The store: one data folder, shared by every face that this process opens on it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from vectorstore import (
    catalogue,
    history,
    publication,
    stored_vectors,
)
from vectorstore.active_model import ActiveModel
from vectorstore.database import disk_full_told, open_database
from vectorstore.description import Description
from vectorstore.embedding.model import Progress, Vectors
from vectorstore.embedding.passages import PassageText, embed
from vectorstore.errors import InvalidSetting, VectorIndexUnusable
from vectorstore.folder import DataFolder
from vectorstore.glossary import Glossary
from vectorstore.mirror import VectorMirror
from vectorstore.models import Report, VersionContent
from vectorstore.publication import Embedded
from vectorstore.purging import Purge
from vectorstore.settings import VectorstoreSettings
from vectorstore.upkeep import KeptStore


class Store(KeptStore):
    """Reports, passages and vectors of one data folder.

    Opening the same folder again in this process gives the same store; it closes with the last
    `close`. Reading is safe from any thread; writing takes its turn.
    """

    _open: ClassVar[dict[Path, Self]] = {}
    _open_lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def open(
        cls,
        data_dir: str | Path,
        settings: VectorstoreSettings | None = None,
        *,
        tidy: bool = True,
    ) -> Self:
        """The store of `data_dir`, made when it is missing.

        What a killed process left unfinished is finished; what was in the bin for longer than
        `bin_days` is purged. Not so without `tidy`, for those who look at the folder as it is.

        Raises:
            DataFolderInUse: another process holds the folder.
            DataFolderTooNew: a newer version of Escale wrote it.
            DataFolderUnusable: it can't be read or written.
            InvalidSetting: this process has it open with other settings.
        """
        path = Path(data_dir).resolve()
        with cls._open_lock:
            store = cls._open.get(path)
            if store is None:
                store = cls(path, settings or VectorstoreSettings.load(), tidy=tidy)
                cls._open[path] = store
            elif settings is not None and settings != store.settings:
                raise InvalidSetting(
                    source=str(path),
                    setting="[vectorstore]",
                    reason="the folder is open in this process with other settings",
                )
            store._users += 1
            return store

    def __init__(self, path: Path, settings: VectorstoreSettings, *, tidy: bool = True) -> None:
        self.settings = settings
        self.folder = DataFolder(path)
        self._users = 0
        self._write_lock = threading.RLock()
        try:
            self.glossary = Glossary(self.folder.glossaries)
            with disk_full_told(path):
                self._engine = open_database(self.folder.catalogue)
            self._active = ActiveModel(self._engine, settings, self.folder.models)
            self._vectors = VectorMirror(
                self._engine, self.folder.chroma, settings.chroma_url, self._active.identity
            )
            self._purge = Purge(self._engine, self.folder, self._vectors)
            self._is_tidy = tidy
            if tidy:
                self.tidy()
        except BaseException:
            self.folder.release()
            raise

    def close(self) -> None:
        """Leave the store; the last to leave frees the data folder. Call once for each `open`."""
        with self._open_lock:
            self._users -= 1
            if self._users:
                return
            del self._open[self.folder.path]
        self._vectors.close()
        self._engine.dispose()
        self.folder.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """Ids of the passages nearest to a query's vector; some may no longer be current."""
        return self._vectors.nearest(vector, count)

    def publish(
        self,
        report_id: str,
        content: VersionContent,
        *,
        source: Path,
        progress: Progress | None = None,
        description: Description | None = None,
        added_by: str | None = None,
    ) -> Report:
        """Make `content` the current version of a report, new or known.

        Everything is embedded first; vectors written before the one transaction are invisible
        until it flips the current version. A failure anywhere leaves the old version answering.
        `progress(done, total)` counts embedded texts; what it raises cancels. `description` is
        what is known of the report, where it isn't what the file says.

        Raises:
            DiskFull: there was no room; nothing changed.
            ModelMismatch: the settings name another model than the index's.
        """
        self._active.refuse_another()
        vectors, sentence_vectors = embed(_texts(content), self.model, progress)
        embedded = Embedded(self.model.identity, vectors, sentence_vectors)
        with self._write_lock, disk_full_told(self.folder.path), self._kept(source, content):
            with self.reading() as connection:
                reading = publication.next_reading(connection, report_id, content.version)
            uids = [
                publication.passage_uid(report_id, content.version, ordinal, reading)
                for ordinal in range(len(content.passages))
            ]
            with self._visible(uids, vectors), self.writing() as connection:
                publication.write_model(connection, embedded.model, active=True)
                superseded = publication.write_version(
                    connection,
                    report_id,
                    content,
                    description or Description(content.metadata),
                    embedded,
                    added_by,
                )
            self._vectors.delete(superseded)
            return self.report(report_id)

    @contextmanager
    def _kept(self, source: Path, content: VersionContent) -> Iterator[None]:
        """The original in the folder, unless what follows fails."""
        self.folder.keep_source(source, content.version)
        try:
            yield
        except BaseException:
            with self.reading() as connection:
                if content.version not in catalogue.known_versions(connection):
                    self.folder.source(content.version).unlink(missing_ok=True)
            raise

    @contextmanager
    def _visible(self, uids: list[str], vectors: Vectors) -> Iterator[None]:
        """Vectors in the index, unless what makes their passages current fails."""
        self._vectors.upsert(uids, vectors)
        try:
            yield
        except BaseException:
            with suppress(VectorIndexUnusable, OSError):
                self._vectors.delete(uids)
            raise

    def restore(self, report_id: str, version: str | None = None) -> Report:
        """Make an older version current again, or bring a report back from the bin.

        Nothing is read or embedded anew. Fields set by hand stay; the others become what the
        version's file says. Without `version` a report in the bin comes back as it was, and one
        that isn't stays as it is.

        Raises:
            DiskFull: there was no room; nothing changed.
            UnknownReport: there is no such report.
            UnknownVersion: it has no such version.
        """
        with self._write_lock, disk_full_told(self.folder.path):
            with self.reading() as connection:
                row_id = history.version_row_id(connection, report_id, version)
                if history.is_current(connection, report_id, row_id):
                    return catalogue.read_report(connection, report_id)
                uids = history.passages_of(connection, row_id)
                description = history.description_for(connection, report_id, row_id)
                held, vectors = stored_vectors.read_vectors(
                    connection, self._active.identity(), list(uids)
                )
            held_uids = [uids[held_row] for held_row in held]
            with self._visible(held_uids, vectors), self.writing() as connection:
                superseded = history.make_current(connection, report_id, row_id, description)
            self._vectors.delete(superseded)
            return self.report(report_id)

    def describe(self, report_id: str, description: Description) -> Report:
        """Change what is known of a report; nothing is read or embedded anew.

        Raises:
            DiskFull: there was no room; nothing changed.
            UnknownReport: there is no such report in the library.
        """
        with self._write_lock, self.writing() as connection:
            catalogue.read_report(connection, report_id)
            history.describe(connection, report_id, description)
        return self.report(report_id)

    def remove(self, report_id: str) -> None:
        """Move a report to the bin: nothing finds it any more, `restore` brings it back.

        A report that is in the bin stays there.

        Raises:
            DiskFull: there was no room; nothing changed.
            UnknownReport: there is no such report.
        """
        with self._write_lock:
            with self.writing() as connection:
                uids = history.move_to_bin(connection, report_id)
            self._vectors.delete(uids)


def _texts(content: VersionContent) -> list[PassageText]:
    return [
        PassageText(
            content.sections[draft.section].heading_path,
            draft.span.of(content.text),
            tuple(sentence.of(content.text) for sentence in draft.sentences),
        )
        for draft in content.passages
    ]
