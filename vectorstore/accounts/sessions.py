"""Who is signed in. A session's token is random and known to one browser; a digest is kept."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, or_, select, update

from vectorstore.accounts import audit
from vectorstore.accounts.models import Action, Role, User
from vectorstore.accounts.schema import SessionRow, UserRow
from vectorstore.accounts.users import folded

if TYPE_CHECKING:
    from vectorstore.store import Store

# Writing at every request would make readers of a busy page wait for writers.
_SEEN_AGAIN: Final = timedelta(minutes=5)


class Sessions:
    """The sessions of one data folder; each ends `idle` after its last use, or `longest` in all."""

    def __init__(self, store: "Store", *, idle: timedelta, longest: timedelta) -> None:
        self._store = store
        self._idle = idle
        self._longest = longest

    @property
    def longest(self) -> timedelta:
        """How long a session can last in all."""
        return self._longest

    def start(self, user: User, *, how: str = "", address: str = "") -> str:
        """Sign a user in; returns the token. Sessions that are over are swept away.

        The audit tells `how`, "password" or the issuer of a single sign-on, and from what address.
        """
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        with self._store.writing() as connection:
            connection.execute(
                delete(SessionRow).where(
                    or_(
                        SessionRow.created_at < now - self._longest,
                        SessionRow.seen_at < now - self._idle,
                    )
                )
            )
            connection.execute(
                insert(SessionRow).values(
                    token_digest=_digest(token), user_id=user.id, created_at=now, seen_at=now
                )
            )
            connection.execute(
                update(UserRow).where(UserRow.id == user.id).values(signed_in_at=now)
            )
            who = user.name
            audit.record(connection, who, Action.SIGNED_IN, folded(who), how, address)
        return token

    def user_of(self, token: str) -> User | None:
        """Who is signed in by this token, with the role they have now; None when nobody is."""
        now = datetime.now(UTC)
        statement = (
            select(UserRow.__table__, SessionRow.created_at.label("began_at"), SessionRow.seen_at)
            .join(SessionRow, SessionRow.user_id == UserRow.id)
            .where(
                SessionRow.token_digest == _digest(token),
                SessionRow.created_at >= now - self._longest,
                SessionRow.seen_at >= now - self._idle,
            )
        )
        with self._store.reading() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        if abs(now - row.seen_at) > _SEEN_AGAIN:
            with self._store.writing() as connection:
                connection.execute(
                    update(SessionRow)
                    .where(SessionRow.token_digest == _digest(token))
                    .values(seen_at=now)
                )
        role = Role(row.role)
        return User(row.id, row.name, role, row.issuer, row.created_at, row.signed_in_at)

    def end(self, token: str, *, address: str = "") -> None:
        """Sign out; a token of nobody is passed over."""
        mine = SessionRow.token_digest == _digest(token)
        of_session = select(UserRow.name).join(SessionRow, SessionRow.user_id == UserRow.id)
        with self._store.writing() as connection:
            name = connection.execute(of_session.where(mine)).scalar_one_or_none()
            if name is not None:
                connection.execute(delete(SessionRow).where(mine))
                audit.record(connection, name, Action.SIGNED_OUT, folded(name), address=address)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
