"""Who is signed in. A session's token is random and known to one browser; a digest is kept."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, or_, select, update

from vectorstore.accounts.models import Role, User
from vectorstore.accounts.schema import SessionRow, UserRow

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

    def start(self, user: User) -> str:
        """Sign a user in; returns the token. Sessions that are over are swept away."""
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

    def end(self, token: str) -> None:
        """Sign out; a token of nobody is passed over."""
        with self._store.writing() as connection:
            connection.execute(delete(SessionRow).where(SessionRow.token_digest == _digest(token)))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
