"""A disk that is full at each kind of write: told as that, nothing changed, the old answers on.

`python -m tests.crash.full_disk FOLDER` does the same on a small file system that really is full.
"""

import errno
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, event

from tests.builders import content, source_of
from vectorstore.description import Description
from vectorstore.errors import DiskFull
from vectorstore.index import Index
from vectorstore.models import ReportMetadata, VersionContent
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store
from vectorstore.vectors import VectorIndex, VectorIndexBroken

FIRST = content({"Oslo": ["Le budget est de 40 M$."]}, title="Première")
SECOND = content({"Oslo": ["Le budget est de 55 M$."]}, title="Seconde")
LONG = content({"Oslo": [f"Le montant {n} est de {n} M$." * 30 for n in range(80)]}, title="Longue")


@pytest.fixture
def store(data_dir: Path, tmp_path: Path, tiny_settings: VectorstoreSettings) -> Store:
    opened = Store.open(data_dir, tiny_settings)
    for made in (FIRST, SECOND):
        opened.publish("oslo", made, source=source_of(made, tmp_path))
    return opened


def publish(made: VersionContent) -> Callable[[Store, Path], object]:
    return lambda store, folder: store.publish("oslo", made, source=source_of(made, folder))


def sqlite_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself says so: its file mustn't grow any more."""
    with store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    engine = store._engine

    def undo(_: Store) -> None:
        event.remove(engine, "begin", limit)
        engine.dispose()  # the limit stays with its connections

    event.listen(engine, "begin", limit)
    monkeypatch.setattr(Store, "undo", undo, raising=False)


def originals_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)


def chroma_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: VectorIndex, *_: object) -> None:
        raise VectorIndexBroken("Error in compaction: Failed to apply logs")

    monkeypatch.setattr(VectorIndex, "upsert", full)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))


def rewriting_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("vectorstore.purging.Purge._cut_log", full)


WRITES = {
    "passages": (sqlite_full, publish(LONG)),
    "a description": (
        sqlite_full,
        lambda store, _: store.describe("oslo", Description(ReportMetadata(title="x" * 90_000))),
    ),
    "an original": (originals_full, publish(LONG)),
    "vectors": (chroma_full, publish(LONG)),
    "vectors of an older version": (
        chroma_full,
        lambda store, _: store.restore("oslo", FIRST.version),
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_changes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fill, write = WRITES[name]
    fill(store, monkeypatch)
    before = store.report("oslo")
    with store:
        with pytest.raises(DiskFull):
            write(store, tmp_path)
        assert store.report("oslo") == before
        [found] = {hit.passage.text for hit in Index(store).search("budget", k=9)}
        assert "55 M$" in found
        if hasattr(store, "undo"):
            store.undo()
        monkeypatch.undo()
        assert store.check() == []
        assert [file.name for file in store.folder.sources.iterdir() if "." in file.name] == []
        write(store, tmp_path)
        assert store.check() == []


def test_a_purge_is_finished_once_there_is_room(
    store: Store,
    data_dir: Path,
    tiny_settings: VectorstoreSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with store:
        rewriting_full(store, monkeypatch)
        with pytest.raises(DiskFull):
            store.purge("oslo")
        assert store.reports() == []
    monkeypatch.undo()
    with Store.open(data_dir, tiny_settings) as again:
        assert again.check() == []
    files = [file for file in data_dir.rglob("*") if file.is_file()]
    assert [file for file in files if b"55 M$" in file.read_bytes()] == []


def test_questions_are_answered_without_the_vector_index(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is lost, and there is no room to make it again."""
    with store:
        other = content({"Lima": ["Le réseau compte douze succursales."]}, title="Lima")
        store.publish("lima", other, source=source_of(other, tmp_path))
        vector = store.model.embed_query("budget")
        expected = store.nearest(vector, 5)
        before = [hit.passage.text for hit in Index(store).search("budget", k=9)]

        def lost(self: VectorIndex, *_: object) -> None:
            raise VectorIndexBroken("database disk image is malformed")

        monkeypatch.setattr(VectorIndex, "nearest", lost)
        chroma_full(store, monkeypatch)
        assert store.nearest(vector, 5) == expected
        assert [hit.passage.text for hit in Index(store).search("budget", k=9)] == before
