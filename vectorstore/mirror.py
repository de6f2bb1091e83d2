"""The vector index as a mirror of the catalogue: checked when opened, rebuilt when broken."""

import errno
import logging
import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection, Engine

from vectorstore import catalogue, stored_vectors
from vectorstore.embedding.model import ModelIdentity, Vectors
from vectorstore.errors import VectorIndexUnusable
from vectorstore.models import Scope
from vectorstore.vectors import VectorIndex, VectorIndexBroken, discard_local_index

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_SELF_QUERIES = 5
_TWIN = 0.999
_LITTLE_ROOM = 4 * 2**20  # bytes


class VectorMirror:
    """Holds a vector per current passage; opens at first use."""

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        url: str | None,
        model: Callable[[], ModelIdentity],
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._url = url
        self._model = model
        self._lock = threading.RLock()
        self._index: VectorIndex | None = None

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """Ids of the `count` nearest passages, nearest first.

        Where the index can't be made again, as on a full disk, the catalogue's own vectors answer.
        """
        try:
            return self._mending(lambda index: index.nearest(vector, count))
        except (VectorIndexUnusable, OSError) as error:
            _log.error("searching without the vector index, which is slower: %s", error)
            return self._nearest_in_catalogue(vector, count)

    def _nearest_in_catalogue(self, vector: Vectors, count: int) -> list[str]:
        with self._engine.connect() as connection:
            current = {row: uid for uid, row in catalogue.current_passage_uids(connection).items()}
            row_ids, vectors = stored_vectors.read_vectors(connection, self._model(), list(current))
        order = np.argsort(-(vectors @ vector), kind="stable")[:count]
        return [current[row_ids[place]] for place in order]

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace vectors, of shape (ids, dimension)."""
        self._mending(lambda index: index.upsert(ids, vectors))

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are passed over."""
        self._mending(lambda index: index.delete(ids))

    def ids(self) -> set[str]:
        """The ids of all vectors held."""
        return self._mending(lambda index: index.ids())

    def ready(self) -> None:
        """Open the index and bring it to agree with the catalogue, as its first use does."""
        self._mending(lambda index: index.count())

    def disagreements(self) -> Iterator[str]:
        """What of the index isn't as the catalogue has it; nothing is mended."""
        with self._lock:
            opened = self._index
            if opened is None and self._url is None and not self._folder.exists():
                with self._engine.connect() as connection:
                    if catalogue.current_passage_uids(connection):
                        yield "there is no vector index"
                return
            try:
                index = opened or VectorIndex(self._folder, self._model(), self._url)
                with self._engine.connect() as connection:
                    yield from self._compared(index, connection)
                if opened is None:
                    index.close()
            except VectorIndexBroken as error:
                yield f"it can't be read: {error}"

    def _compared(self, index: VectorIndex, connection: Connection) -> Iterator[str]:
        current = catalogue.current_passage_uids(connection)
        held: set[str] = set()
        for uids, vectors in index.vectors():
            held.update(uids)
            known = {current[uid]: uid for uid in uids if uid in current}
            row_ids, stored = stored_vectors.read_vectors(connection, self._model(), list(known))
            places = {uid: place for place, uid in enumerate(uids)}
            indexed = vectors[[places[known[row_id]] for row_id in row_ids]]
            for row_id, likeness in zip(row_ids, (indexed * stored).sum(axis=1), strict=True):
                if not likeness > _TWIN:
                    yield f"the vector of passage {known[row_id]} is another"
        for uid in sorted(current.keys() - held):
            yield f"passage {uid} isn't in the vector index"
        for uid in sorted(held - current.keys()):
            yield f"{uid} is in the vector index and not current"
        if held == current.keys():
            try:
                self._query_itself(index, connection, current)
            except VectorIndexBroken as error:
                yield str(error)

    def rebuild(self) -> None:
        """Throw the index away and make it again from the catalogue."""
        with self._lock:
            self.close()
            if self._url is None:
                discard_local_index(self._folder)
            self._index = self._opened()

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        with self._lock:
            if self._index is not None:
                try:
                    self._index.close()
                except VectorIndexBroken as error:
                    _log.debug("closing the broken vector index failed: %s", error)
                self._index = None

    def _mending(self, work: Callable[[VectorIndex], Result]) -> Result:
        """Do `work`; when the index turns out broken, rebuild it and do it again.

        Raises:
            OSError: there is no room for it.
            VectorIndexUnusable: it is broken again.
        """
        try:
            return work(self._ready())
        except VectorIndexBroken as error:
            _log.warning("the vector index is broken (%s); rebuilding it", error)
        try:
            self.rebuild()
            return work(self._ready())
        except VectorIndexBroken as error:
            # Chroma seldom says that it is the disk.
            if self._url is None and shutil.disk_usage(self._folder.parent).free < _LITTLE_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
            where = self._url or str(self._folder)
            raise VectorIndexUnusable(index=where, reason=str(error)) from error

    def _ready(self) -> VectorIndex:
        index = self._index
        if index is not None:
            return index
        with self._lock:
            if self._index is None:
                try:
                    self._index = self._opened()
                except VectorIndexBroken as error:
                    _log.warning("the vector index is broken (%s); rebuilding it", error)
                    discard_local_index(self._folder)
                    self._index = self._opened()
            return self._index

    def _opened(self) -> VectorIndex:
        index = VectorIndex(self._folder, self._model(), self._url)
        with self._engine.connect() as connection:
            self._agree(index, connection)
        return index

    def _agree(self, index: VectorIndex, connection: Connection) -> None:
        """Bring the index to hold just the current passages, then ask it for some of them.

        Raises:
            VectorIndexBroken: it doesn't find what it holds.
        """
        current = catalogue.current_passage_uids(connection)
        held = index.ids()
        index.delete(sorted(held - current.keys()))
        missing = {current[uid]: uid for uid in sorted(current.keys() - held)}
        row_ids, vectors = stored_vectors.read_vectors(connection, self._model(), list(missing))
        index.upsert([missing[row_id] for row_id in row_ids], vectors)
        self._query_itself(index, connection, current)

    def _query_itself(
        self, index: VectorIndex, connection: Connection, current: dict[str, int]
    ) -> None:
        """Ask the index for some passages by their own vectors; raises `VectorIndexBroken`."""
        sample = random.Random(0).sample(sorted(current), min(_SELF_QUERIES, len(current)))  # noqa: S311
        for uid in sample:
            _, vectors = stored_vectors.read_vectors(connection, self._model(), [current[uid]])
            if not len(vectors):
                continue
            found = index.nearest(vectors[0], 10)
            if uid not in found and not self._are_twins(connection, found, vectors[0]):
                raise VectorIndexBroken(f"passage {uid} is not its own neighbour")

    def _are_twins(self, connection: Connection, uids: list[str], vector: Vectors) -> bool:
        """Whether all of `uids` are as near to `vector` as itself: texts that repeat."""
        row_ids = catalogue.passage_row_ids(connection, uids, Scope())
        _, vectors = stored_vectors.read_vectors(connection, self._model(), list(row_ids.values()))
        return len(vectors) > 0 and bool((vectors @ vector > _TWIN).all())
