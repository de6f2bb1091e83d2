"""The catalogue's database: connections, pragmas, migrations."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError, OperationalError

from vectorstore.errors import DataFolderTooNew, DataFolderUnusable, DiskFull

MIGRATIONS = Path(__file__).parent / "migrations"
# The newest migration. Naming it here spares the import of Alembic at every start.
HEAD = "0005"
_WRITER = "escale_writer"


def open_database(file: Path) -> Engine:
    """An engine on the catalogue, migrated to the newest schema.

    Raises:
        DataFolderTooNew: a newer version of Escale wrote the catalogue.
        DataFolderUnusable: the file isn't a catalogue, or can't be read.
    """
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    try:
        _migrate(engine, file)
    except DatabaseError as error:
        engine.dispose()
        raise DataFolderUnusable(folder=str(file), reason=str(error.orig)) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _configure(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
    # The driver's own idea of transactions leaves DDL and SELECT outside of them.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # The longest that one writer waits for another: while a purge rewrites the whole file.
        "busy_timeout=60000",
        "cache_size=-65536",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A reader that turns writer fails at once when another wrote since: writers say so first.
    is_writer = connection.get_execution_options().get(_WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


def writer(engine: Engine) -> Engine:
    """The same database, for transactions that write: they wait for each other."""
    return engine.execution_options(**{_WRITER: True})


def _migrate(engine: Engine, file: Path) -> None:
    with engine.connect() as connection:
        found = _revision(connection)
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise DataFolderTooNew(folder=str(file.parent), found=found)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found


@contextmanager
def disk_full_told(folder: Path) -> Iterator[None]:
    """Turns the ways in which SQLite and the system say "no space left" into `DiskFull`."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        told = error.orig if isinstance(error, OperationalError) else error
        code = getattr(told, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_FULL or "disk is full" in str(told):
            raise DiskFull(folder=str(folder)) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder=str(folder)) from error
        raise
