"""What can be wrong with an account."""

from typing import ClassVar

from vectorstore.errors import EscaleError


class UnknownUser(EscaleError):
    """Nobody has this name."""

    code: ClassVar[str] = "unknown-user"
    text: ClassVar[str] = "There is no user “{name}”. `escale users list` shows the names."


class NameTaken(EscaleError):
    """Somebody else has this name."""

    code: ClassVar[str] = "name-taken"
    text: ClassVar[str] = "There is already a user “{name}”. Choose another name."


class InvalidName(EscaleError):
    """A user's name has characters that it can't have, or too many."""

    code: ClassVar[str] = "invalid-name"
    text: ClassVar[str] = (
        "“{name}” can't be a user's name: use 2 to {limit} letters, digits and the signs . _ @ + -."
    )


class PasswordTooShort(EscaleError):
    """A new password is too short."""

    code: ClassVar[str] = "password-too-short"
    text: ClassVar[str] = (
        "The password is too short: it needs at least {limit} characters. A few words make a good "
        "one."
    )


class PasswordTooLong(EscaleError):
    """A new password is too long."""

    code: ClassVar[str] = "password-too-long"
    text: ClassVar[str] = "The password is too long: at most {limit} characters."


class PasswordIsName(EscaleError):
    """A new password is hardly more than the user's name."""

    code: ClassVar[str] = "password-is-name"
    text: ClassVar[str] = "The password is too close to the user's name. Choose another one."


class LastAdmin(EscaleError):
    """Nobody could govern the accounts any more."""

    code: ClassVar[str] = "last-admin"
    text: ClassVar[str] = (
        "“{name}” is the only administrator. Make somebody else one first: "
        "`escale users role NAME admin`."
    )


class NoPassword(EscaleError):
    """The account signs in elsewhere."""

    code: ClassVar[str] = "no-password"
    text: ClassVar[str] = (
        "“{name}” signs in with the organization's account ({issuer}) and has no password here."
    )
