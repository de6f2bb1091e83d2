"""The one-time link by which the first administrator's account is made."""

import secrets
import time
from collections.abc import Callable
from hmac import compare_digest
from typing import Final

LIFETIME_SECONDS: Final = 24 * 3600


class SetupLink:
    """A secret that opens the set-up page until it is used, or too old. It is kept in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._secret: str | None = None
        self._end = 0.0

    def new(self) -> str:
        """A new secret; the one before no longer opens anything."""
        self._secret = secrets.token_urlsafe(24)
        self._end = self._clock() + LIFETIME_SECONDS
        return self._secret

    def opens(self, secret: str) -> bool:
        """Whether this is the secret, unused and not too old."""
        if self._secret is None or self._clock() >= self._end:
            return False
        return compare_digest(secret.encode("utf-8", "replace"), self._secret.encode())

    def used(self) -> None:
        """From now on it opens nothing."""
        self._secret = None
