"""Does everything in the data folder agree? The catalogue with itself, its index, its originals."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from vectorstore import catalogue, likeness
from vectorstore.database import writer
from vectorstore.embedding.model import ModelIdentity
from vectorstore.folder import DataFolder
from vectorstore.full_text import rows_of
from vectorstore.stored_vectors import BYTES_PER_VALUE, from_blob

# Stored as float16: a unit vector's length is off by less than this.
_LENGTH_TOLERANCE = 0.01


class ProblemKind(StrEnum):
    """What can be wrong with a data folder; in the order in which it is mended."""

    DATABASE = "database"
    STRAY = "stray"
    REPORT = "report"
    TEXT = "text"
    SPAN = "span"
    REINDEXING = "reindexing"
    EMBEDDING = "embedding"
    FULL_TEXT = "full-text"
    VECTOR_INDEX = "vector-index"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Problem:
    """One disagreement: its kind, what it was found on, and in which report, where it is in one."""

    kind: ProblemKind
    detail: str
    report_id: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


def problems(
    connection: Connection,
    folder: DataFolder,
    model: ModelIdentity | None,
    index_problems: Iterable[str],
) -> Iterator[Problem]:
    """All disagreements; none when the folder is whole. Those of the vector index are given."""
    checks: tuple[Callable[[], Iterator[Problem]], ...] = (
        lambda: _database(connection),
        lambda: _strays(connection, folder),
        lambda: _reports(connection),
        lambda: _texts(connection),
        lambda: _spans(connection),
        lambda: _reindexing(connection),
        lambda: _embeddings(connection, model),
        lambda: _full_text(connection),
        lambda: (Problem(ProblemKind.VECTOR_INDEX, detail) for detail in index_problems),
        lambda: _sources(connection, folder),
    )
    for check in checks:
        try:
            yield from check()
        except DatabaseError as error:
            yield Problem(ProblemKind.DATABASE, str(error.orig))


def _database(connection: Connection) -> Iterator[Problem]:
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Problem(ProblemKind.DATABASE, row[0])
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem(ProblemKind.DATABASE, f"{row[0]} row {row[1]} refers to a missing {row[2]}")


def _strays(connection: Connection, folder: DataFolder) -> Iterator[Problem]:
    for file in folder.strays(catalogue.known_versions(connection)):
        yield Problem(ProblemKind.STRAY, f"{file.name} is no original of a version")
    for row in connection.execute(text("SELECT version FROM purges ORDER BY version")):
        yield Problem(ProblemKind.STRAY, f"the purge of {row.version} wasn't finished")


def _reports(connection: Connection) -> Iterator[Problem]:
    """A report shows one version of its own, or remembers one in the bin."""
    statement = text(
        "SELECT r.id FROM reports r "
        "LEFT JOIN versions c ON c.id = r.current_version_id AND c.report_id = r.id "
        "LEFT JOIN versions b ON b.id = r.removed_version_id AND b.report_id = r.id "
        "WHERE (c.id IS NULL) = (b.id IS NULL) OR (b.id IS NULL) != (r.removed_at IS NULL)"
        " OR (r.current_version_id IS NOT NULL AND c.id IS NULL)"
        " OR (r.removed_version_id IS NOT NULL AND b.id IS NULL) ORDER BY r.id"
    )
    for row in connection.execute(statement):
        yield Problem(ProblemKind.REPORT, f"report {row.id} doesn't show one version", row.id)
    counted = text(
        "SELECT v.report_id, v.sha256 FROM versions v WHERE v.passage_count != "
        "(SELECT count(*) FROM passages p WHERE p.version_id = v.id)"
    )
    for row in connection.execute(counted):
        detail = f"version {row.sha256} lacks passages"
        yield Problem(ProblemKind.TEXT, detail, row.report_id)


def _texts(connection: Connection) -> Iterator[Problem]:
    statement = text("SELECT report_id, sha256, text, text_digest FROM versions ORDER BY id")
    for row in connection.execute(statement):
        if row.text_digest and likeness.text_digest(likeness.words_of(row.text)) != row.text_digest:
            detail = f"the text of version {row.sha256} isn't what was read"
            yield Problem(ProblemKind.TEXT, detail, row.report_id)


def _spans(connection: Connection) -> Iterator[Problem]:
    statement = text(
        "SELECT p.uid, v.report_id FROM passages p JOIN versions v ON v.id = p.version_id "
        'WHERE substr(v.text, p.start + 1, p."end" - p.start) != p.text'
    )
    for row in connection.execute(statement):
        detail = f"passage {row.uid} isn't its version's text"
        yield Problem(ProblemKind.SPAN, detail, row.report_id)


def _reindexing(connection: Connection) -> Iterator[Problem]:
    for row in connection.execute(text("SELECT name FROM models WHERE NOT is_active")):
        yield Problem(ProblemKind.REINDEXING, f"the move to {row.name} wasn't finished")


def _embeddings(connection: Connection, model: ModelIdentity | None) -> Iterator[Problem]:
    """Every passage, of any version, has a vector of length 1, and so has each sentence."""
    if model is None:
        return
    statement = text(
        "SELECT p.uid, v.report_id, e.vector, e.sentence_vectors, "
        "json_array_length(p.sentences) / 2 AS sentences "
        "FROM passages p JOIN versions v ON v.id = p.version_id "
        "LEFT JOIN embeddings e ON e.passage_id = p.id AND e.model_key = :key ORDER BY p.id"
    )
    size = model.dimension * BYTES_PER_VALUE
    for row in connection.execute(statement, {"key": model.key}):
        if not is_whole(row.vector, row.sentence_vectors, row.sentences, size):
            detail = f"passage {row.uid} has no whole embedding"
            yield Problem(ProblemKind.EMBEDDING, detail, row.report_id)


def is_whole(
    vector: bytes | None, sentence_vectors: bytes | None, sentences: int, size: int
) -> bool:
    """Whether a passage's stored vectors are there, of `size` bytes each, and of length 1."""
    if vector is None or sentence_vectors is None:
        return False
    if len(vector) != size or len(sentence_vectors) != size * sentences:
        return False
    lengths = np.linalg.norm(from_blob(vector + sentence_vectors, size // BYTES_PER_VALUE), axis=1)
    return bool((np.abs(lengths - 1) < _LENGTH_TOLERANCE).all())


def _full_text(connection: Connection) -> Iterator[Problem]:
    """The rows are those that the current passages would get now, and no others."""
    held = {
        row.rowid: (row.stems, row.headings, row.surface)
        for row in connection.execute(
            text("SELECT rowid, stems, headings, surface FROM passages_fts")
        )
    }
    shown = text(
        "SELECT id, current_version_id AS version FROM reports "
        "WHERE current_version_id IS NOT NULL ORDER BY id"
    )
    for report in connection.execute(shown).all():
        for row in rows_of(connection, report.id, report.version):
            found = held.pop(row.row_id, None)
            if found is None:
                detail = f"passage row {row.row_id} has no full-text row"
                yield Problem(ProblemKind.FULL_TEXT, detail, report.id)
            elif found != (row.stems, row.headings, row.surface):
                detail = f"full-text row {row.row_id} isn't its passage's"
                yield Problem(ProblemKind.FULL_TEXT, detail, report.id)
    for row_id in sorted(held):
        yield Problem(ProblemKind.FULL_TEXT, f"full-text row {row_id} has no current passage")
    yield from _full_text_index(connection)


def _full_text_index(connection: Connection) -> Iterator[Problem]:
    """FTS5's own check: do its index and its rows agree? It is asked by an insertion."""
    try:
        with writer(connection.engine).begin() as asking:
            asking.exec_driver_sql(
                "INSERT INTO passages_fts(passages_fts) VALUES ('integrity-check')"
            )
    except DatabaseError as error:
        yield Problem(ProblemKind.FULL_TEXT, str(error.orig))


def _sources(connection: Connection, folder: DataFolder) -> Iterator[Problem]:
    statement = text("SELECT DISTINCT sha256, report_id FROM versions ORDER BY sha256")
    for row in connection.execute(statement):
        file = folder.source(row.sha256)
        if not file.is_file():
            detail = f"the original {row.sha256} is missing"
            yield Problem(ProblemKind.SOURCE, detail, row.report_id)
            continue
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != row.sha256:
                detail = f"the original {row.sha256} has other bytes"
                yield Problem(ProblemKind.SOURCE, detail, row.report_id)
