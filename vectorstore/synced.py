"""Which report each file of a mirrored folder became, so that the folder can be followed."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from vectorstore.schema import SyncedFileRow


@dataclass(frozen=True, slots=True)
class SyncedFile:
    """A file of a mirrored folder, as it was when it was last synced.

    `path` is relative to the folder, with `/` between its parts. `version` and `side_file` are
    the SHA-256 of the file and of its side file of metadata (empty where there is none).
    `report_id` is the report that the file was added as: None where that was purged since, and
    while the adding `is_pending`.
    """

    path: str
    version: str
    side_file: str = ""
    report_id: str | None = None
    is_pending: bool = False


def read(connection: Connection, folder: str) -> list[SyncedFile]:
    """The files of a folder that were synced, by path."""
    rows = connection.execute(
        select(SyncedFileRow.__table__)
        .where(SyncedFileRow.folder == folder)
        .order_by(SyncedFileRow.path)
    )
    return [
        SyncedFile(row.path, row.version, row.side_file, row.report_id, row.is_pending)
        for row in rows
    ]


def write(connection: Connection, folder: str, file: SyncedFile) -> None:
    """Record a file, in place of what was recorded under its path."""
    forget(connection, folder, file.path)
    connection.execute(insert(SyncedFileRow).values(folder=folder, **asdict(file)))


def forget(connection: Connection, folder: str, path: str) -> None:
    """Delete what was recorded under a path."""
    connection.execute(
        delete(SyncedFileRow).where(SyncedFileRow.folder == folder, SyncedFileRow.path == path)
    )
