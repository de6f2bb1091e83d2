"""The public face of the room: search over the current versions of all reports."""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from vectorstore import catalogue, lexical, stored_vectors
from vectorstore.glossary import Notion
from vectorstore.models import Hit, Report, Scope
from vectorstore.reranking.opening import open_reranker
from vectorstore.reranking.ranking import SENTENCES, reranked
from vectorstore.reranking.reranker import Reranker
from vectorstore.search import search
from vectorstore.settings import NO_RERANKER, VectorstoreSettings
from vectorstore.store import Store
from vectorstore.text.tokens import Language

# Passages that the reranker chooses its sentences from.
_READ_PASSAGES = 10


class Index:
    """Searches one data folder. A context manager; safe to share by threads."""

    @classmethod
    def open(cls, data_dir: str | Path, settings: VectorstoreSettings | None = None) -> Self:
        """The index over `data_dir`.

        Raises:
            DataFolderInUse: another process holds the folder.
            DataFolderTooNew: a newer version of Escale wrote it.
            DataFolderUnusable: it can't be read or written.
        """
        return cls(Store.open(data_dir, settings))

    def __init__(self, store: Store) -> None:
        self.store = store
        self._closed = False
        self._reranker: Reranker | None = None
        self._reranker_lock = threading.Lock()
        self._reranks = store.settings.reranker != NO_RERANKER

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        scope: Scope | None = None,
        language: Language | None = None,
        read: int = SENTENCES,
    ) -> list[Hit]:
        """The `k` best passages within `scope`, best first; the language is detected if None.

        The reranker, where there is one, reads the `read` likeliest sentences; 0 for none.

        Raises:
            EmptyQuery: the query holds no word.
            QueryTooLong: it has more characters than the settings allow.
        """
        scope = scope or Scope()
        reranker = self._opened_reranker() if read else None
        if reranker is None:
            return search(self.store, query, k, scope, language)
        hits = search(self.store, query, max(k, _READ_PASSAGES), scope, language)
        return reranked(query, hits, reranker, read)[:k]

    def _opened_reranker(self) -> Reranker | None:
        """The settings' reranker, loaded at first use; None where there is none."""
        with self._reranker_lock:
            if self._reranker is None and self._reranks:
                self._reranker = open_reranker(self.store.settings, self.store.model)
                self._reranks = self._reranker is not None
            return self._reranker

    def reports(self, scope: Scope | None = None) -> list[Report]:
        """The reports that a search within `scope` looks at, newest mission first."""
        with self.store.reading() as connection:
            ids = catalogue.scope_report_ids(connection, scope) if scope else None
            return catalogue.read_reports(connection, ids)

    def sentence_similarities(
        self, text: str, passage_ids: Sequence[str]
    ) -> dict[str, tuple[float, ...]]:
        """The cosines of `text`, as a query, with each sentence of the passages that are current.

        They are aligned with `Passage.sentences`.
        """
        model = self.store.model
        vector = model.embed_query(text)
        with self.store.reading() as connection:
            row_ids = catalogue.passage_row_ids(connection, passage_ids, Scope())
            vectors = stored_vectors.read_sentence_vectors(
                connection, model.identity, list(row_ids.values())
            )
        return {
            uid: tuple((vectors[row_id] @ vector).tolist())
            for uid, row_id in row_ids.items()
            if row_id in vectors
        }

    def notions(self, query: str, language: Language) -> tuple[Notion, ...]:
        """What `query` names, each with the glossary's other words for it."""
        return self.store.glossary.notions(query, language)

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """How rare stems (`vectorstore.text.tokens`) are: near 0 in every passage, 1 in none."""
        with self.store.reading() as connection:
            return lexical.rarity(connection, stems)

    def close(self) -> None:
        """Leave the data folder; calling again does nothing."""
        if not self._closed:
            self._closed = True
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
