"""The store: one data folder, shared by every face that this process opens on it."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from sqlalchemy import Connection

from vectorstore import catalogue, publication, stored_vectors
from vectorstore.consistency import Problem, problems
from vectorstore.database import disk_full_told, open_database
from vectorstore.embedding.model import (
    EmbeddingModel,
    ModelIdentity,
    Progress,
    Vectors,
    load_model,
)
from vectorstore.embedding.passages import PassageText, embed
from vectorstore.errors import InvalidSetting, ModelMismatch, UnknownPassage
from vectorstore.folder import DataFolder
from vectorstore.glossary import Glossary
from vectorstore.mirror import VectorMirror
from vectorstore.models import Passage, Report, Scope, Section, Span, VersionContent
from vectorstore.settings import VectorstoreSettings

_log = logging.getLogger(__name__)

_REINDEX_BATCH = 64


class Store:
    """Reports, passages and vectors of one data folder.

    Opening the same folder again in this process gives the same store; it closes with the last
    `close`. Reading is safe from any thread; writing takes its turn.
    """

    _open: ClassVar[dict[Path, Self]] = {}
    _open_lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def open(cls, data_dir: str | Path, settings: VectorstoreSettings | None = None) -> Self:
        """The store of `data_dir`, made when it is missing.

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
                store = cls(path, settings or VectorstoreSettings.load())
                cls._open[path] = store
            elif settings is not None and settings != store.settings:
                raise InvalidSetting(
                    source=str(path),
                    setting="[vectorstore]",
                    reason="the folder is open in this process with other settings",
                )
            store._users += 1
            return store

    def __init__(self, path: Path, settings: VectorstoreSettings) -> None:
        self.settings = settings
        self.folder = DataFolder(path)
        self._users = 0
        self._write_lock = threading.RLock()
        self._model_lock = threading.Lock()
        self._model: EmbeddingModel | None = None
        try:
            self.glossary = Glossary(self.folder.glossaries)
            with disk_full_told(path):
                self._engine = open_database(self.folder.catalogue)
            with self.reading() as connection:
                self.folder.sweep_sources(catalogue.known_versions(connection))
        except BaseException:
            self.folder.release()
            raise
        self._vectors = VectorMirror(
            self._engine, self.folder.chroma, settings.chroma_url, self._active_identity
        )

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

    # Reading

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the catalogue, whatever is written meanwhile."""
        with self._engine.connect() as connection:
            yield connection

    def reports(self) -> list[Report]:
        """All reports, newest mission first."""
        with self.reading() as connection:
            return catalogue.read_reports(connection)

    def report(self, report_id: str) -> Report:
        """One report.

        Raises:
            UnknownReport: there is no such report.
        """
        with self.reading() as connection:
            return catalogue.read_report(connection, report_id)

    def report_of_version(self, version: str) -> str | None:
        """The id of the report whose current version has these bytes, or None."""
        with self.reading() as connection:
            return catalogue.report_of_version(connection, version)

    def passages(self, report_id: str) -> list[Passage]:
        """The passages of a report's current version, in order.

        Raises:
            UnknownReport: there is no such report.
        """
        with self.reading() as connection:
            catalogue.read_report(connection, report_id)
            row_ids = catalogue.report_passage_ids(connection, report_id)
            return catalogue.read_passages(connection, row_ids)

    def passage(self, passage_id: str) -> Passage:
        """One passage of a current version.

        Raises:
            UnknownPassage: there is no such passage.
        """
        with self.reading() as connection:
            row_ids = catalogue.passage_row_ids(connection, [passage_id], Scope())
            if not row_ids:
                raise UnknownPassage(passage_id=passage_id)
            return catalogue.read_passages(connection, list(row_ids.values()))[0]

    def sections(self, report_id: str) -> list[Section]:
        """The sections of a report's current version, in order."""
        with self.reading() as connection:
            return catalogue.read_sections(connection, report_id)

    def version_text(self, version: str) -> str:
        """The whole text of a version, which all offsets refer to.

        Raises:
            UnknownPassage: no report has this version.
        """
        with self.reading() as connection:
            return catalogue.version_text(connection, version)

    def verbatim(self, version: str, span: Span) -> str | None:
        """The characters of a version's text that `span` covers; None for an unknown version."""
        with self.reading() as connection:
            return catalogue.verbatim(connection, version, span)

    def source_path(self, version: str) -> Path:
        """The original file of a version."""
        return self.folder.source(version)

    @property
    def is_pristine(self) -> bool:
        """Whether the folder never held a report; one that was emptied isn't."""
        with self.reading() as connection:
            return stored_vectors.active_model(connection) is None

    # Models

    @property
    def model(self) -> EmbeddingModel:
        """The model that the index answers by, loaded at first use (some seconds).

        Raises:
            ModelUnavailable: it can't be loaded.
            ModelMismatch: the index's model is no longer what its name stands for.
        """
        with self._model_lock:
            if self._model is None:
                self._model = self._load_active_model()
            return self._model

    @property
    def _models_folder(self) -> Path:
        return self.settings.models_folder or self.folder.models

    def _load_active_model(self) -> EmbeddingModel:
        with self.reading() as connection:
            active = stored_vectors.active_model(connection)
        if active is None or active.name == self.settings.embedding_model:
            model = load_model(self.settings, self._models_folder)
        else:
            _log.warning(
                "the index was made with %s and answers by it; the settings name %s",
                active.name,
                self.settings.embedding_model,
            )
            settings = self.settings.model_copy(
                update={
                    "embedding_model": active.name,
                    "query_prompt": active.query_prompt,
                    "passage_prompt": active.passage_prompt,
                }
            )
            model = load_model(settings, self._models_folder)
        if active is not None and model.identity != active:
            raise ModelMismatch(
                index_model=_described(active), configured_model=_described(model.identity)
            )
        return model

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """Ids of the passages nearest to a query's vector; some may no longer be current."""
        return self._vectors.nearest(vector, count)

    def check(self) -> list[Problem]:
        """All that doesn't agree in the data folder; empty when it is whole."""
        with self._write_lock, self.reading() as connection:
            model = stored_vectors.active_model(connection)
            indexed = self._vectors.ids() if model is not None else set()
            return list(problems(connection, self.folder, model, indexed))

    def _active_identity(self) -> ModelIdentity:
        """The identity of the model that the index answers by, loaded only before the first."""
        with self.reading() as connection:
            active = stored_vectors.active_model(connection)
        return active or self.model.identity

    # Writing

    def publish(
        self,
        report_id: str,
        content: VersionContent,
        *,
        source: Path,
        progress: Progress | None = None,
    ) -> Report:
        """Make `content` the current version of a report, new or known.

        Everything is embedded first; vectors written before the one transaction are invisible
        until it flips the current version. A failure anywhere leaves the old version answering.
        `progress(done, total)` counts embedded texts; what it raises cancels.

        Raises:
            DiskFull: there was no room; nothing changed.
            ModelMismatch: the settings name another model than the index's.
        """
        self._refuse_two_models()
        texts = [
            PassageText(
                content.sections[draft.section].heading_path,
                draft.span.of(content.text),
                tuple(sentence.of(content.text) for sentence in draft.sentences),
            )
            for draft in content.passages
        ]
        vectors, sentence_vectors = embed(texts, self.model, progress)
        uids = [
            publication.passage_uid(report_id, content.version, ordinal)
            for ordinal in range(len(content.passages))
        ]
        with self._write_lock, disk_full_told(self.folder.path):
            self.folder.keep_source(source, content.version)
            self._vectors.upsert(uids, vectors)
            with self._engine.begin() as connection:
                publication.write_model(connection, self.model.identity, active=True)
                superseded = publication.write_version(
                    connection, report_id, content, self.model.identity, vectors, sentence_vectors
                )
            self._vectors.delete(superseded)
            return self.report(report_id)

    def remove(self, report_id: str) -> None:
        """Remove a report, its versions and its originals.

        Raises:
            UnknownReport: there is no such report.
        """
        with self._write_lock, disk_full_told(self.folder.path):
            with self._engine.begin() as connection:
                uids = publication.delete_report(connection, report_id)
                known = catalogue.known_versions(connection)
            self._vectors.delete(uids)
            self.folder.sweep_sources(known)

    def reindex(self, progress: Progress | None = None) -> ModelIdentity:
        """Move the index to the configured model; the old one answers until all is embedded.

        Stopped half-way, it goes on from there the next time. With the model unchanged, it only
        rebuilds the vector index.

        Raises:
            ModelUnavailable: the configured model can't be loaded.
        """
        target = load_model(self.settings, self._models_folder)
        with self._write_lock, disk_full_told(self.folder.path):
            with self._engine.begin() as connection:
                publication.write_model(connection, target.identity, active=False)
                waiting = stored_vectors.rows_without_vectors(connection, target.identity)
            for start in range(0, len(waiting), _REINDEX_BATCH):
                self._embed_rows(target, waiting[start : start + _REINDEX_BATCH])
                if progress is not None:
                    progress(min(start + _REINDEX_BATCH, len(waiting)), len(waiting))
            with self._engine.begin() as connection:
                publication.activate_model(connection, target.identity)
            self._model = target
            self._vectors.rebuild()
        return target.identity

    def _embed_rows(self, model: EmbeddingModel, row_ids: Sequence[int]) -> None:
        with self.reading() as connection:
            passages = catalogue.read_passages(connection, row_ids)
        texts = [
            PassageText(
                passage.section.heading_path,
                passage.text,
                tuple(passage.slice(sentence) for sentence in passage.sentences),
            )
            for passage in passages
        ]
        vectors, sentence_vectors = embed(texts, model)
        with self._engine.begin() as connection:
            for row_id, vector, of_sentences in zip(
                row_ids, vectors, sentence_vectors, strict=True
            ):
                publication.write_embedding(
                    connection, model.identity, row_id, vector, of_sentences
                )

    def _refuse_two_models(self) -> None:
        with self.reading() as connection:
            active = stored_vectors.active_model(connection)
        if active is not None and active.name != self.settings.embedding_model:
            raise ModelMismatch(
                index_model=active.name, configured_model=self.settings.embedding_model
            )


def _described(model: ModelIdentity) -> str:
    return f"{model.name} ({model.fingerprint[:12]})"
