"""Passwords: which ones are accepted, and how they are kept.

Argon2id with the parameters that argon2-cffi recommends (RFC 9106, section 4, low memory); a
password is hashed anew at the next sign-in once the recommendation changes.
"""

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vectorstore.accounts.errors import PasswordIsName, PasswordTooLong, PasswordTooShort

SHORTEST: Final = 12
LONGEST: Final = 256

_hasher = PasswordHasher()


def check_password(password: str, name: str) -> None:
    """Refuse a new password that is easily guessed.

    Length is what counts; of the words of a password only the user's own name is excluded
    (NIST SP 800-63B, section 3.1.1.2).

    Raises:
        PasswordTooShort, PasswordTooLong, PasswordIsName: as they say.
    """
    plain = _composed(password)
    if len(plain) < SHORTEST:
        raise PasswordTooShort(limit=SHORTEST)
    if len(plain) > LONGEST:
        raise PasswordTooLong(limit=LONGEST)
    left = plain.casefold().replace(_composed(name).casefold(), "")
    if len(left) < SHORTEST // 2 or len(set(left)) == 1:
        raise PasswordIsName


def hashed(password: str) -> str:
    """The hash to keep of a password."""
    return _hasher.hash(_composed(password))


def verified(password: str, password_hash: str | None) -> bool:
    """Whether the hash is that of the password; takes as long where there is no hash."""
    if len(password) > LONGEST:
        password, password_hash = "", None
    try:
        is_right = _hasher.verify(password_hash or _nobody(), _composed(password))
    except (VerificationError, InvalidHashError):
        return False
    return is_right and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _nobody() -> str:
    """A hash for the name of nobody, so that names can't be told by the time."""
    return _hasher.hash("nobody")


def _composed(text: str) -> str:
    """One form of the characters that keyboards compose differently (RFC 8265, section 4.2)."""
    return unicodedata.normalize("NFC", text)
