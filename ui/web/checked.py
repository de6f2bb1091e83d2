"""Checked texts that can be downloaded: in memory, under names nobody can guess, not for long."""

import secrets
import threading
import time
from collections import OrderedDict

from ui.web.verdicts import CheckedText

_MOST = 200
_SECONDS = 4 * 3600


class CheckedTexts:
    """The texts whose verdicts are on somebody's screen."""

    def __init__(self, most: int = _MOST, seconds: float = _SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._lock = threading.Lock()
        self._texts: OrderedDict[str, tuple[float, CheckedText]] = OrderedDict()

    def keep(self, checked: CheckedText) -> str:
        """The token under which the text is found until it is forgotten."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._sweep()
            self._texts[token] = (time.monotonic(), checked)
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)
        return token

    def find(self, token: str) -> CheckedText | None:
        """The text, None once it is forgotten."""
        with self._lock:
            self._sweep()
            kept = self._texts.get(token)
        return kept[1] if kept else None

    def forget(self, token: str) -> None:
        """Lets the text of a token go; one that is gone already is no error."""
        with self._lock:
            self._texts.pop(token, None)

    def _sweep(self) -> None:
        oldest = time.monotonic() - self._seconds
        while self._texts and next(iter(self._texts.values()))[0] < oldest:
            self._texts.popitem(last=False)
