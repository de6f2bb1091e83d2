"""Purging: no byte of a deleted report's text stays in any file of the data folder.

What SQLite deletes stays in free pages, in the leftovers of rebalanced ones, in the segments of
the full text until they are merged, and in the write-ahead log; what Chroma deletes stays in its
files. So the full text is merged, the catalogue rewritten by VACUUM and the log cut off, and the
vector index made anew. A note in the same transaction as the deletion lets a process that was
killed in between be finished by the next.
"""

import sqlite3
import time
from contextlib import closing

from sqlalchemy import Engine, select

from vectorstore import catalogue
from vectorstore.clean_memory import release_freed_memory
from vectorstore.errors import PurgeUnfinished
from vectorstore.folder import DataFolder
from vectorstore.mirror import VectorMirror
from vectorstore.schema import PurgeRow

_PATIENCE = 30.0  # seconds that readers get to end what they read


class Purge:
    """Finishes the purges that the catalogue notes."""

    def __init__(self, engine: Engine, folder: DataFolder, vectors: VectorMirror) -> None:
        self._engine = engine
        self._folder = folder
        self._vectors = vectors

    def finish(self) -> None:
        """Wipe what deleted reports left; nothing to do where none is noted.

        Raises:
            PurgeUnfinished: somebody still reads an old state; the note stays.
        """
        with self._engine.connect() as connection:
            noted = set(connection.execute(select(PurgeRow.version)).scalars())
            known = catalogue.known_versions(connection)
        if not noted:
            return
        self._folder.sweep(known)
        release_freed_memory()
        self._vectors.rebuild()
        with closing(sqlite3.connect(self._folder.catalogue, isolation_level=None)) as raw:
            raw.execute("PRAGMA busy_timeout=60000")
            raw.execute("PRAGMA secure_delete=ON")
            raw.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")
            raw.execute("VACUUM")
            self._cut_log(raw)
            raw.executemany("DELETE FROM purges WHERE version = ?", [(sha,) for sha in noted])
            self._cut_log(raw)

    def _cut_log(self, raw: sqlite3.Connection) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            [is_blocked, *_] = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not is_blocked:
                return
            if time.monotonic() > until:
                folder = str(self._folder.path)
                raise PurgeUnfinished(folder=folder, reason="the catalogue is being read")
            time.sleep(0.05)
