"""The store: one data folder, shared by every face that this process opens on it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from sqlalchemy import Connection

from vectorstore import (
    catalogue,
    history,
    look_alikes,
    mending,
    publication,
    reindexing,
    stored_vectors,
)
from vectorstore.active_model import ActiveModel
from vectorstore.consistency import Problem, ProblemKind, problems
from vectorstore.database import disk_full_told, open_database, writer
from vectorstore.description import Description
from vectorstore.embedding.model import EmbeddingModel, ModelIdentity, Progress, Vectors
from vectorstore.embedding.passages import PassageText, embed
from vectorstore.errors import InvalidSetting, UnknownVersion, VectorIndexUnusable
from vectorstore.folder import DataFolder
from vectorstore.glossary import Glossary
from vectorstore.mirror import VectorMirror
from vectorstore.models import Report, VersionContent
from vectorstore.publication import Embedded
from vectorstore.purging import Purge
from vectorstore.reader import CatalogueReader
from vectorstore.repair import Repair
from vectorstore.settings import VectorstoreSettings


class Store(CatalogueReader):
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

    @property
    def model(self) -> EmbeddingModel:
        """The model that the index answers by, loaded at first use (some seconds).

        Raises:
            ModelUnavailable: it can't be loaded.
            ModelMismatch: the index's model is no longer what its name stands for.
        """
        return self._active.loaded()

    def prepare(self) -> None:
        """Load the model; raises as `model`."""
        self._active.loaded()

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """Ids of the passages nearest to a query's vector; some may no longer be current."""
        return self._vectors.nearest(vector, count)

    def check(self) -> list[Problem]:
        """All that doesn't agree in the data folder; empty when it is whole.

        The vector index is brought up to date first, as by any use of it; not so in a store that
        was opened without `tidy`, which tells what the next use would have mended.
        """
        with self._write_lock, self.reading() as connection:
            model = stored_vectors.active_model(connection)
            of_index = []
            if model is not None:
                if self._is_tidy:
                    self._vectors.ready()
                of_index = list(self._vectors.disagreements())
            return list(problems(connection, self.folder, model, of_index))

    def mend(self) -> list[Problem]:
        """Mend what can be mended from the catalogue; returns what is left.

        Raises:
            DiskFull: there was no room.
            ModelUnavailable: vectors are missing, and their model can't be loaded.
        """
        with self._write_lock, disk_full_told(self.folder.path):
            found = {problem.kind for problem in self.check()}
            repair = Repair(self._engine, self._active, self._vectors, self.settings)
            for kind in ProblemKind:
                if kind not in found:
                    continue
                if kind is ProblemKind.STRAY:
                    self.tidy()
                elif repair.mend(kind):
                    self.reindex()
                # What was wrong may have hidden, or caused, something else.
                found |= {problem.kind for problem in self.check()}
            return self.check()

    def count_passages(self, report_id: str) -> None:
        """Write down anew how many passages the current version has, once it is known whole."""
        with self._write_lock, self.writing() as connection:
            mending.count_passages(connection, report_id)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes the catalogue; another writer waits until it ends.

        Raises:
            DiskFull: there was no room; nothing changed.
        """
        with disk_full_told(self.folder.path), writer(self._engine).begin() as connection:
            yield connection

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

    def keep_original(self, source: Path, version: str) -> None:
        """Put the original of a known version back, where it was lost or has other bytes.

        Raises:
            DiskFull: there was no room; nothing changed.
            SourceChanged: the file isn't that version's.
            UnknownVersion: no report has such a version.
        """
        with self._write_lock, self.reading() as connection:
            if version not in catalogue.known_versions(connection):
                raise UnknownVersion(report_id="", version=version)
            self.folder.keep_source(source, version)

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

    def purge(self, report_id: str) -> None:
        """Delete a report for good, in the bin or not: text, vectors, originals, all versions.

        When it returns no byte of the report's text is left in the folder's catalogue, vector
        index and originals. It rewrites the whole catalogue, which takes a while in a large one.

        Raises:
            DiskFull: there was no room to rewrite the catalogue; the report is gone all the same.
            PurgeUnfinished: traces are left in files that somebody else reads.
            UnknownReport: there is no such report.
        """
        self._purge_all([report_id])

    def purge_expired(self) -> list[str]:
        """Purge what was in the bin for longer than `bin_days`; returns the ids. For each day.

        Raises:
            DiskFull, PurgeUnfinished: as `purge`.
        """
        limit = datetime.now(UTC) - timedelta(days=self.settings.bin_days)
        with self._write_lock:
            with self.reading() as connection:
                expired = history.removed_before(connection, limit)
            if expired:
                self._purge_all(expired)
        return expired

    def _purge_all(self, report_ids: list[str]) -> None:
        with self._write_lock, disk_full_told(self.folder.path):
            with self.writing() as connection:
                for report_id in report_ids:
                    history.delete_report(connection, report_id)
            self._purge.finish()

    def tidy(self) -> None:
        """Finish what a killed process left, and empty the bin of what is too old."""
        with self._write_lock:
            with disk_full_told(self.folder.path):
                self._purge.finish()
            self.purge_expired()
            with self.reading() as connection:
                self.folder.sweep(catalogue.known_versions(connection))
                unsigned = look_alikes.without_signature(connection)
            if unsigned:
                with self.writing() as connection:
                    look_alikes.sign(connection, unsigned)

    def reindex(self, progress: Progress | None = None) -> ModelIdentity:
        """Move the index to the configured model; the old one answers until all is embedded.

        Stopped half-way, it goes on from there the next time. With the model unchanged, it only
        rebuilds the vector index.

        Raises:
            ModelUnavailable: the configured model can't be loaded.
        """
        target = self._active.configured()
        with self._write_lock, disk_full_told(self.folder.path):
            reindexing.embed_missing(writer(self._engine), target, progress)
            with self.writing() as connection:
                publication.activate_model(connection, target.identity)
            self._active.use(target)
            self._vectors.rebuild()
        return target.identity


def _texts(content: VersionContent) -> list[PassageText]:
    return [
        PassageText(
            content.sections[draft.section].heading_path,
            draft.span.of(content.text),
            tuple(sentence.of(content.text) for sentence in draft.sentences),
        )
        for draft in content.passages
    ]
