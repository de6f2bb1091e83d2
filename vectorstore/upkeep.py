"""What keeps a store whole: purging, checking, mending, moving to another model."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from vectorstore.database import disk_full_told, writer
from vectorstore.embedding.model import EmbeddingModel, ModelIdentity, Progress
from vectorstore.errors import UnknownVersion
from vectorstore.mirror import VectorMirror
from vectorstore.purging import Purge
from vectorstore.reader import CatalogueReader
from vectorstore.repair import Repair
from vectorstore.settings import VectorstoreSettings


class KeptStore(CatalogueReader):
    """A store's catalogue, vectors, originals and model, and what keeps them in agreement.

    `Store` opens and closes it, and adds what changes its reports.
    """

    settings: VectorstoreSettings
    _write_lock: threading.RLock
    _active: ActiveModel
    _vectors: VectorMirror
    _purge: Purge
    _is_tidy: bool

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

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes the catalogue; another writer waits until it ends.

        Raises:
            DiskFull: there was no room; nothing changed.
        """
        with disk_full_told(self.folder.path), writer(self._engine).begin() as connection:
            yield connection

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
