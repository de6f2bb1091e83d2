"""Does everything in the data folder agree? The catalogue with itself, its index, its originals."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, text

from vectorstore import catalogue
from vectorstore.embedding.model import ModelIdentity
from vectorstore.folder import DataFolder
from vectorstore.stored_vectors import BYTES_PER_VALUE


class ProblemKind(StrEnum):
    """What can be wrong with a data folder."""

    DATABASE = "database"
    FULL_TEXT = "full-text"
    SPAN = "span"
    EMBEDDING = "embedding"
    VECTOR_INDEX = "vector-index"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Problem:
    """One disagreement: its kind and what it was found on."""

    kind: ProblemKind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


def problems(
    connection: Connection, folder: DataFolder, model: ModelIdentity | None, indexed: set[str]
) -> Iterator[Problem]:
    """All disagreements; none when the folder is whole. `indexed` are the vector index's ids."""
    yield from _database(connection)
    yield from _full_text(connection)
    yield from _spans(connection)
    if model is not None:
        yield from _embeddings(connection, model)
    yield from _vector_index(connection, indexed)
    yield from _sources(connection, folder)


def _database(connection: Connection) -> Iterator[Problem]:
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Problem(ProblemKind.DATABASE, row[0])
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem(ProblemKind.DATABASE, f"{row[0]} row {row[1]} refers to a missing {row[2]}")


_CURRENT = "SELECT p.id FROM passages p JOIN reports r ON r.current_version_id = p.version_id"


def _full_text(connection: Connection) -> Iterator[Problem]:
    missing = f"{_CURRENT} WHERE p.id NOT IN (SELECT rowid FROM passages_fts)"  # noqa: S608
    for row in connection.execute(text(missing)):
        yield Problem(ProblemKind.FULL_TEXT, f"passage row {row.id} has no full-text row")
    stray = f"SELECT rowid AS id FROM passages_fts WHERE rowid NOT IN ({_CURRENT})"  # noqa: S608
    for row in connection.execute(text(stray)):
        yield Problem(ProblemKind.FULL_TEXT, f"full-text row {row.id} has no current passage")


def _spans(connection: Connection) -> Iterator[Problem]:
    statement = text(
        "SELECT p.uid FROM passages p JOIN versions v ON v.id = p.version_id "
        'WHERE substr(v.text, p.start + 1, p."end" - p.start) != p.text'
    )
    for row in connection.execute(statement):
        yield Problem(ProblemKind.SPAN, f"passage {row.uid} isn't its version's text")


def _embeddings(connection: Connection, model: ModelIdentity) -> Iterator[Problem]:
    statement = text(
        f"SELECT p.uid FROM ({_CURRENT}) AS current JOIN passages p ON p.id = current.id "  # noqa: S608
        "LEFT JOIN embeddings e ON e.passage_id = p.id AND e.model_key = :key "
        "WHERE e.passage_id IS NULL OR length(e.vector) != :size "
        "OR length(e.sentence_vectors) != :size * json_array_length(p.sentences) / 2"
    )
    size = model.dimension * BYTES_PER_VALUE
    for row in connection.execute(statement, {"key": model.key, "size": size}):
        yield Problem(ProblemKind.EMBEDDING, f"passage {row.uid} has no whole embedding")


def _vector_index(connection: Connection, indexed: set[str]) -> Iterator[Problem]:
    current = catalogue.current_passage_uids(connection).keys()
    for uid in sorted(current - indexed):
        yield Problem(ProblemKind.VECTOR_INDEX, f"passage {uid} isn't in the vector index")
    for uid in sorted(indexed - current):
        yield Problem(ProblemKind.VECTOR_INDEX, f"{uid} is in the vector index and not current")


def _sources(connection: Connection, folder: DataFolder) -> Iterator[Problem]:
    for version in sorted(catalogue.known_versions(connection)):
        file = folder.source(version)
        if not file.is_file():
            yield Problem(ProblemKind.SOURCE, f"the original {version} is missing")
            continue
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != version:
                yield Problem(ProblemKind.SOURCE, f"the original {version} has other bytes")
