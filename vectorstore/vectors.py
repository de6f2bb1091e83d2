"""The vector index: Chroma, keyed by passage id. It can be lost at any time; nothing else is.

Chroma is used for nearest neighbours only: its filters are slow, its documents and metadata stay
empty, and nothing in it is believed without the catalogue.
"""

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from vectorstore.clean_memory import clean_memory
from vectorstore.embedding.model import ModelIdentity, Vectors

_log = logging.getLogger(__name__)

# Chroma's `get` fails beyond about 40,000 ids.
_GET_LIMIT = 10_000


class VectorIndexBroken(Exception):
    """The index can't be read or written; it has to be rebuilt from the catalogue."""


class VectorIndex:
    """Nearest neighbours among the passages' vectors of one model."""

    def __init__(self, folder: Path, model: ModelIdentity, url: str | None = None) -> None:
        """Open the collection of `model`, made when it is missing.

        Raises:
            VectorIndexBroken: the files, or the server at `url`, can't be used.
        """
        self._folder = folder
        self._name = f"passages-{model.key}"
        self._url = url
        self._open()

    def count(self) -> int:
        """How many vectors the index holds."""
        with _guarded():
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """The ids of all vectors."""
        found: set[str] = set()
        with _guarded():
            for offset in range(0, self._collection.count(), _GET_LIMIT):
                page = self._collection.get(limit=_GET_LIMIT, offset=offset, include=[])
                found.update(page["ids"])
        return found

    def vectors(self) -> Iterator[tuple[list[str], Vectors]]:
        """All vectors with their ids, page by page; of shape (ids, dimension)."""
        with _guarded():
            for offset in range(0, self._collection.count(), _GET_LIMIT):
                page = self._collection.get(limit=_GET_LIMIT, offset=offset, include=["embeddings"])
                yield list(page["ids"]), np.asarray(page["embeddings"], dtype=np.float32)

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, of shape (ids, dimension), or replace those under the same ids."""
        with _guarded(), clean_memory():
            size = self._client.get_max_batch_size()
            for start in range(0, len(ids), size):
                self._collection.upsert(
                    ids=list(ids[start : start + size]), embeddings=vectors[start : start + size]
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are passed over."""
        with _guarded():
            size = self._client.get_max_batch_size()
            for start in range(0, len(ids), size):
                self._collection.delete(ids=list(ids[start : start + size]))

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """The ids of the `count` nearest vectors, nearest first."""
        with _guarded():
            available = self._collection.count()
            if not available:
                return []
            found = self._collection.query(
                query_embeddings=[vector], n_results=min(count, available), include=[]
            )
            return [str(uid) for uid in found["ids"][0]]

    def close(self) -> None:
        """Let go of the files."""
        with _guarded():
            self._client.close()

    def _open(self) -> None:
        with _guarded(), clean_memory():
            self._client = _client(self._folder, self._url)
            self._collection = self._client.get_or_create_collection(
                self._name,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": 256}},
            )
            self._collection.count()


def discard_local_index(folder: Path) -> None:
    """Delete a local index that can't even be opened."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
    shutil.rmtree(folder, ignore_errors=True)


def _client(folder: Path, url: str | None) -> Any:  # noqa: ANN401  (no Chroma type leaves here)
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        return chromadb.PersistentClient(str(folder), settings=settings)
    server = urlsplit(url)
    return chromadb.HttpClient(
        host=server.hostname or "127.0.0.1",
        port=server.port or 8000,
        ssl=server.scheme == "https",
        settings=settings,
    )


@contextmanager
def _guarded() -> Iterator[None]:
    """Whatever Chroma raises becomes `VectorIndexBroken`; its Rust panics aren't Exceptions."""
    try:
        yield
    except BaseException as error:
        panicked = type(error).__name__ == "PanicException"
        if not panicked and not isinstance(error, Exception):
            raise
        raise VectorIndexBroken(str(error)) from error
