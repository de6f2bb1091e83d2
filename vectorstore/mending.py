"""Mending a data folder: what disagrees is made again from what is known to be true.

The original's text is the truth of passages, the catalogue that of the full text and the vectors.
What the catalogue itself has lost can only be read again from the original (`ingest`), or come
back from a backup.
"""

import logging

from sqlalchemy import Connection, text

from vectorstore import likeness, stored_vectors
from vectorstore.consistency import is_whole
from vectorstore.embedding.model import ModelIdentity
from vectorstore.full_text import index_version

_log = logging.getLogger(__name__)

_FULL_TEXT = "passages_fts"


def mend_database(connection: Connection) -> None:
    """Make SQLite's own indices again, and delete rows that belong to nothing any more."""
    connection.exec_driver_sql("REINDEX")
    while rows := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        for table, row_id, parent, _ in rows:
            _log.warning("deleting %s row %s, which belongs to a lost %s", table, row_id, parent)
            if table == "reports":
                _forget_lost_versions(connection, row_id)
            else:
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", (row_id,))  # noqa: S608


def _forget_lost_versions(connection: Connection, row_id: int) -> None:
    for column in ("current_version_id", "removed_version_id"):
        connection.exec_driver_sql(
            f"UPDATE reports SET {column} = NULL WHERE rowid = ? "  # noqa: S608
            f"AND {column} NOT IN (SELECT id FROM versions)",
            (row_id,),
        )


def mend_reports(connection: Connection) -> None:
    """Let each report show one version of its own: the one it shows, else the one that it had
    when it was removed, else its latest; a report without any version goes.
    """
    for column in ("current_version_id", "removed_version_id"):
        connection.exec_driver_sql(
            f"UPDATE reports SET {column} = NULL WHERE {column} NOT IN "  # noqa: S608
            "(SELECT v.id FROM versions v WHERE v.report_id = reports.id)"
        )
    for statement in (
        "UPDATE reports SET removed_version_id = NULL, removed_at = NULL "
        "WHERE current_version_id IS NOT NULL",
        "DELETE FROM reports WHERE id NOT IN (SELECT report_id FROM versions)",
        # In the bin without a day: it gets its days from now on.
        "UPDATE reports SET removed_at = strftime('%Y-%m-%d %H:%M:%f000', 'now') "
        "WHERE removed_version_id IS NOT NULL AND removed_at IS NULL",
        "UPDATE reports SET removed_at = NULL, current_version_id = (SELECT v.id FROM versions v "
        "WHERE v.report_id = reports.id ORDER BY v.added_at DESC, v.id DESC LIMIT 1) "
        "WHERE current_version_id IS NULL AND removed_version_id IS NULL",
    ):
        connection.exec_driver_sql(statement)


def mend_spans(connection: Connection) -> None:
    """Cut passages from their version's text again, where that is known to be what was read."""
    wrong = text(
        'SELECT p.id, v.text, v.text_digest, p.start, p."end" FROM passages p '
        "JOIN versions v ON v.id = p.version_id "
        'WHERE substr(v.text, p.start + 1, p."end" - p.start) != p.text'
    )
    for row in connection.execute(wrong).all():
        if likeness.text_digest(likeness.words_of(row.text)) == row.text_digest:
            connection.execute(
                text("UPDATE passages SET text = :text WHERE id = :id"),
                {"text": row.text[row.start : row.end], "id": row.id},
            )


def count_passages(connection: Connection, report_id: str) -> None:
    """Write down how many passages a report's current version has."""
    connection.execute(
        text(
            "UPDATE versions SET passage_count = "
            "(SELECT count(*) FROM passages p WHERE p.version_id = versions.id) "
            "WHERE id = (SELECT current_version_id FROM reports WHERE id = :report_id)"
        ),
        {"report_id": report_id},
    )


def forget_half_moves(connection: Connection, kept: str | None) -> None:
    """Delete the vectors of models that the index was to be moved to, but for the model `kept`."""
    connection.execute(
        text("DELETE FROM models WHERE NOT is_active AND key IS NOT :kept"), {"kept": kept}
    )


def forget_broken_vectors(connection: Connection, model: ModelIdentity) -> None:
    """Delete stored vectors that aren't whole, so that they are made again."""
    rows = connection.execute(
        text(
            "SELECT e.passage_id, e.vector, e.sentence_vectors, "
            "json_array_length(p.sentences) / 2 AS sentences FROM embeddings e "
            "JOIN passages p ON p.id = e.passage_id WHERE e.model_key = :key"
        ),
        {"key": model.key},
    ).all()
    size = model.dimension * stored_vectors.BYTES_PER_VALUE
    for row in rows:
        if not is_whole(row.vector, row.sentence_vectors, row.sentences, size):
            connection.execute(
                text("DELETE FROM embeddings WHERE model_key = :key AND passage_id = :id"),
                {"key": model.key, "id": row.passage_id},
            )


def rebuild_full_text(connection: Connection) -> None:
    """Throw the full text away and write it again from the current passages."""
    made = "SELECT name, sql FROM sqlite_master WHERE name IN (:terms, :table)"
    names = {"terms": "passages_terms", "table": _FULL_TEXT}
    tables = {row.name: row.sql for row in connection.execute(text(made), names)}
    for name in ("passages_terms", _FULL_TEXT):
        connection.exec_driver_sql(f"DROP TABLE {name}")
    for name in (_FULL_TEXT, "passages_terms"):
        connection.exec_driver_sql(tables[name])
    shown = "SELECT id, current_version_id AS version FROM reports WHERE current_version_id > 0"
    for report in connection.execute(text(shown)).all():
        index_version(connection, report.id, report.version)
