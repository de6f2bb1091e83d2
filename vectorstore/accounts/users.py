"""The accounts of a data folder. Whatever changes them is in the audit, in the same transaction."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from vectorstore.accounts import audit
from vectorstore.accounts.errors import InvalidName, LastAdmin, NameTaken, NoPassword, UnknownUser
from vectorstore.accounts.models import Action, Identity, Role, User
from vectorstore.accounts.passwords import check_password, hashed, is_outdated, verified
from vectorstore.accounts.schema import SessionRow, UserRow

if TYPE_CHECKING:
    from vectorstore.store import Store

LONGEST_NAME: Final = 80

_NAME = re.compile(r"[\w.@+-]{2,}")
_NOT_IN_NAME = re.compile(r"[^\w.@+-]+")
_UserRow = Row[Any]


class Users:
    """The accounts; `by` is who changes one, a user's name or `audit.shell_user()`."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self) -> list[User]:
        """All accounts, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(_users().order_by(UserRow.folded_name))
            return [_user(row) for row in rows]

    def find(self, name: str) -> User:
        """The account of this name.

        Raises:
            UnknownUser: there is none.
        """
        with self._store.reading() as connection:
            return _user(_row(connection, name))

    def has_admin(self) -> bool:
        """Whether somebody can govern the accounts."""
        with self._store.reading() as connection:
            return _admins(connection) > 0

    def add(
        self, name: str, password: str, role: Role, *, by: str, only_first: bool = False
    ) -> User:
        """A new local account. With `only_first`, nothing once there is an administrator.

        Raises:
            InvalidName, NameTaken: it can't have this name.
            PasswordTooShort, PasswordTooLong, PasswordIsName: it can't have this password.
            LastAdmin: `only_first`, and there is an administrator.
        """
        name = _checked_name(name)
        check_password(password, name)
        password_hash = hashed(password)
        with self._store.writing() as connection:
            if only_first and _admins(connection):
                raise LastAdmin(name=name)
            if _by_folded_name(connection, name) is not None:
                raise NameTaken(name=name)
            _insert(connection, name, role, password_hash=password_hash)
            audit.record(connection, by, Action.USER_ADDED, name, role)
        return self.find(name)

    def set_role(self, name: str, role: Role, *, by: str) -> User:
        """Give an account another role.

        Raises:
            UnknownUser: there is no such account.
            LastAdmin: it is the only administrator.
        """
        with self._store.writing() as connection:
            user = _user(_row(connection, name))
            if user.role is not role:
                _change_role(connection, user, role, by)
        return self.find(name)

    def remove(self, name: str, *, by: str) -> None:
        """Delete an account and end its sessions.

        Raises:
            UnknownUser: there is no such account.
            LastAdmin: it is the only administrator.
        """
        with self._store.writing() as connection:
            user = _user(_row(connection, name))
            _keep_an_admin(connection, user)
            connection.execute(delete(UserRow).where(UserRow.id == user.id))
            audit.record(connection, by, Action.USER_REMOVED, user.name, user.role)

    def suspend(self, name: str, *, by: str) -> None:
        """Take a local account's password away and end its sessions; a new password reopens it.

        Raises:
            UnknownUser: there is no such account.
            NoPassword: it signs in elsewhere, where it is to be suspended.
            LastAdmin: it is the only administrator.
        """
        with self._store.writing() as connection:
            user = _local(_row(connection, name))
            if user.is_suspended:
                return
            _keep_an_admin(connection, user)
            connection.execute(
                update(UserRow).where(UserRow.id == user.id).values(password_hash=None)
            )
            connection.execute(delete(SessionRow).where(SessionRow.user_id == user.id))
            audit.record(connection, by, Action.USER_SUSPENDED, user.name)

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """Give a local account another password, and end all of its sessions.

        Raises:
            UnknownUser: there is no such account.
            NoPassword: it signs in elsewhere.
            PasswordTooShort, PasswordTooLong, PasswordIsName: it can't have this password.
        """
        check_password(password, name)
        password_hash = hashed(password)
        with self._store.writing() as connection:
            user = _local(_row(connection, name))
            connection.execute(
                update(UserRow).where(UserRow.id == user.id).values(password_hash=password_hash)
            )
            connection.execute(delete(SessionRow).where(SessionRow.user_id == user.id))
            audit.record(connection, by, Action.PASSWORD_CHANGED, user.name)

    def verify(self, name: str, password: str) -> User | None:
        """The local account of this name and password; takes as long for the name of nobody."""
        with self._store.reading() as connection:
            row = _by_folded_name(connection, name)
        password_hash: str | None = row.password_hash if row is not None else None
        if not verified(password, password_hash) or row is None:
            return None
        if password_hash is not None and is_outdated(password_hash):
            with self._store.writing() as connection:
                connection.execute(
                    update(UserRow)
                    .where(UserRow.id == row.id, UserRow.password_hash == password_hash)
                    .values(password_hash=hashed(password))
                )
        return _user(row)

    def signed_on(self, identity: Identity, default: Role | None) -> User | None:
        """The account of somebody whom a single sign-on vouches for, made at their first visit.

        A role that the single sign-on tells is followed at each visit, except that the last
        administrator stays one. Without one a new account gets `default`; where that is None,
        too, there is no account for them.
        """
        with self._store.writing() as connection:
            row = connection.execute(
                _users().where(
                    UserRow.issuer == identity.issuer, UserRow.subject == identity.subject
                )
            ).one_or_none()
            if row is None:
                return _first_visit(connection, identity, default)
            user = _user(row)
            if identity.role is None and default is None:
                return None
            if identity.role is not None and identity.role is not user.role:
                try:
                    _change_role(connection, user, identity.role, identity.issuer)
                except LastAdmin:
                    return user
                return _user(_row(connection, user.name))
            return user


def _first_visit(connection: Connection, identity: Identity, default: Role | None) -> User | None:
    role = identity.role or default
    if role is None:
        return None
    name = _free_name(connection, identity)
    _insert(connection, name, role, issuer=identity.issuer, subject=identity.subject)
    audit.record(connection, identity.issuer, Action.USER_ADDED, name, role)
    return _user(_row(connection, name))


def _free_name(connection: Connection, identity: Identity) -> str:
    """The name by which the single sign-on calls them, numbered where somebody has it."""
    plain = _NOT_IN_NAME.sub(".", _composed(identity.name)).strip(".")[: LONGEST_NAME - 5]
    name = plain if _NAME.fullmatch(plain) else "user"
    number = 1
    while _by_folded_name(connection, name) is not None:
        number += 1
        name = f"{plain}-{number}"
    return name


def _insert(
    connection: Connection,
    name: str,
    role: Role,
    *,
    password_hash: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
) -> None:
    connection.execute(
        insert(UserRow).values(
            name=name,
            folded_name=folded(name),
            role=role.value,
            password_hash=password_hash,
            issuer=issuer,
            subject=subject,
            created_at=datetime.now(UTC),
        )
    )


def _change_role(connection: Connection, user: User, role: Role, by: str) -> None:
    _keep_an_admin(connection, user)
    connection.execute(update(UserRow).where(UserRow.id == user.id).values(role=role.value))
    audit.record(connection, by, Action.ROLE_CHANGED, user.name, f"{user.role} → {role}")


def _keep_an_admin(connection: Connection, user: User) -> None:
    is_admin = user.role is Role.ADMIN and not user.is_suspended
    if is_admin and _admins(connection) == 1:
        raise LastAdmin(name=user.name)


def _admins(connection: Connection) -> int:
    """How many administrators can sign in."""
    statement = (
        select(func.count())
        .select_from(UserRow)
        .where(
            UserRow.role == Role.ADMIN.value,
            or_(UserRow.password_hash.is_not(None), UserRow.issuer.is_not(None)),
        )
    )
    return int(connection.execute(statement).scalar_one())


def _checked_name(name: str) -> str:
    name = _composed(name)
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise InvalidName(name=name[:LONGEST_NAME], limit=LONGEST_NAME)
    return name


def _row(connection: Connection, name: str) -> _UserRow:
    row = _by_folded_name(connection, name)
    if row is None:
        raise UnknownUser(name=name[:LONGEST_NAME])
    return row


def _by_folded_name(connection: Connection, name: str) -> _UserRow | None:
    statement = _users().where(UserRow.folded_name == folded(name))
    return connection.execute(statement).one_or_none()


def _users() -> Select[*tuple[Any, ...]]:
    return select(UserRow.__table__)


def _user(row: _UserRow) -> User:
    return User(
        row.id,
        row.name,
        Role(row.role),
        row.issuer,
        row.created_at,
        row.signed_in_at,
        is_suspended=row.issuer is None and row.password_hash is None,
    )


def _local(row: _UserRow) -> User:
    user = _user(row)
    if user.issuer is not None:
        raise NoPassword(name=user.name, issuer=user.issuer)
    return user


def _composed(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def folded(name: str) -> str:
    """The name as names are compared."""
    return _composed(name).casefold()
