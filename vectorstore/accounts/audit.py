"""The audit: who did what, when. It only grows; the database refuses anything else."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Row, func, insert, or_, select

from vectorstore.accounts.models import Action, AuditEntry
from vectorstore.accounts.schema import AuditRow

if TYPE_CHECKING:
    from vectorstore.store import Store

SHELL: Final = "shell:"

# What is typed into a form reaches the audit, which nobody can clean.
_LONGEST: Final = 300
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# A spreadsheet would take a cell that begins so for a formula (OWASP, CSV Injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Audit:
    """The audit of one data folder."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def record(
        self,
        who: str,
        action: Action,
        target: str = "",
        detail: str = "",
        address: str = "",
    ) -> None:
        """Write down that `who` did `action` to `target`.

        `who` is a user's name, or `shell_user()`.
        """
        with self._store.writing() as connection:
            record(connection, who, action, target, detail, address)

    def entries(
        self,
        *,
        since: datetime | None = None,
        before_id: int | None = None,
        limit: int | None = None,
        action: Action | None = None,
        words: str = "",
    ) -> list[AuditEntry]:
        """The entries, the latest first; `before_id` and `limit` turn pages.

        With `words`, those in whose user, target, detail or address the words stand.
        """
        statement = select(AuditRow.__table__).order_by(AuditRow.id.desc())
        if since is not None:
            statement = statement.where(AuditRow.at >= since)
        if before_id is not None:
            statement = statement.where(AuditRow.id < before_id)
        if action is not None:
            statement = statement.where(AuditRow.action == action.value)
        if words:
            told = (AuditRow.who, AuditRow.target, AuditRow.detail, AuditRow.address)
            statement = statement.where(
                or_(*(column.icontains(words, autoescape=True) for column in told))
            )
        if limit is not None:
            statement = statement.limit(limit)
        with self._store.reading() as connection:
            return [_entry(row) for row in connection.execute(statement)]

    def count(self) -> int:
        """How many entries there are."""
        with self._store.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(AuditRow)).scalar_one())


def record(
    connection: Connection,
    who: str,
    action: Action,
    target: str = "",
    detail: str = "",
    address: str = "",
) -> None:
    """The same inside a transaction, so that what is done is never without its entry."""
    connection.execute(
        insert(AuditRow).values(
            at=datetime.now(UTC),
            who=_one_line(who),
            action=action.value,
            target=_one_line(target),
            detail=_one_line(detail),
            address=_one_line(address),
        )
    )


def shell_user() -> str:
    """Who works in the shell: `shell:` and the system's name of them; no account has a colon."""
    try:
        return SHELL + getuser()
    except (KeyError, OSError):
        return SHELL + "?"


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The entries as lines of CSV, with a head, for a spreadsheet that must not run them."""
    yield _line(["id", "at", "who", "action", "target", "detail", "address"])
    for entry in entries:
        at = entry.at.isoformat(timespec="seconds")
        told = [entry.who, entry.action, entry.target, entry.detail, entry.address]
        yield _line([str(entry.id), at, *told])


def _line(cells: list[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return file.getvalue()


def _entry(row: Row[tuple[object, ...]]) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.who, row.action, row.target, row.detail, row.address)


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()[:_LONGEST]
