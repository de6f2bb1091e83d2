"""How often signing in failed lately. Read from the audit: a restart forgives nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Select, func, select

from vectorstore.accounts.models import Action
from vectorstore.accounts.schema import AuditRow
from vectorstore.accounts.users import folded

if TYPE_CHECKING:
    from vectorstore.store import Store

WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures within `WINDOW` are borne, of one name and from one address."""

    of_name: int = 10
    from_address: int = 30


class Attempts:
    """Who has to wait before they may try to sign in again."""

    def __init__(self, store: "Store", limits: Limits | None = None) -> None:
        self._store = store
        self._limits = limits or Limits()

    def wait(self, name: str, address: str) -> timedelta:
        """How long nobody may sign in as `name`, or from `address`; zero when they may."""
        now = datetime.now(UTC)
        with self._store.reading() as connection:
            of_name = _failures_of_name(connection, folded(name), now)
            from_address = _failures_from(connection, address, now)
        waits = [
            _left(of_name, self._limits.of_name, now),
            _left(from_address, self._limits.from_address, now),
        ]
        return max(waits)


def _failures_of_name(connection: Connection, name: str, now: datetime) -> list[datetime]:
    """The failures within the window since the name's last success, latest first."""
    success = select(func.coalesce(func.max(AuditRow.id), 0)).where(
        AuditRow.action == Action.SIGNED_IN.value,
        AuditRow.at > now - WINDOW,
        AuditRow.target == name,
    )
    failures = _failures(now).where(
        AuditRow.target == name, AuditRow.id > success.scalar_subquery()
    )
    return list(connection.execute(failures).scalars())


def _failures_from(connection: Connection, address: str, now: datetime) -> list[datetime]:
    """Those from an address; no success forgives them, for anybody may have an account."""
    failures = _failures(now).where(AuditRow.address == address)
    return list(connection.execute(failures).scalars())


def _failures(now: datetime) -> Select[datetime]:
    return (
        select(AuditRow.at)
        .where(AuditRow.action == Action.SIGN_IN_FAILED.value, AuditRow.at > now - WINDOW)
        .order_by(AuditRow.id.desc())
    )


def _left(failures: list[datetime], limit: int, now: datetime) -> timedelta:
    """Until only `limit - 1` failures are within the window."""
    if len(failures) < limit:
        return timedelta()
    return max(failures[limit - 1] + WINDOW - now, timedelta())
