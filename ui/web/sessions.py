"""What a user wrote is forgotten once the page is closed.

An open page keeps one connection to `/gradio_api/heartbeat/<session>`. Gradio itself keeps what
belongs to a session for an hour after that has ended; here it goes after a grace, long enough for
a phone that was put away for a moment, and stays when the page comes back in time.
"""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from gradio.routes import App

GRACE_SECONDS: Final = 600.0
_HEARTBEAT: Final = re.compile(r"/gradio_api/heartbeat/(\w+)/?")
_log = logging.getLogger(__name__)


class ForgetClosedPages:
    """ASGI middleware: counts each session's open pages, and lets go what the last one leaves."""

    def __init__(
        self, app: ASGIApp, gradio: "Callable[[], App]", grace: float = GRACE_SECONDS
    ) -> None:
        self._app = app
        self._gradio = gradio
        self._grace = grace
        self._open: Counter[str] = Counter()
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found = None
        if scope["type"] == "http":
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            found = _HEARTBEAT.fullmatch(path)
        if found is None:
            await self._app(scope, receive, send)
            return
        session = found[1]
        self._opened(session)
        try:
            await self._app(scope, receive, send)
        finally:
            self._closed(session)

    def _opened(self, session: str) -> None:
        self._open[session] += 1
        waiting = self._waiting.pop(session, None)
        if waiting is not None:
            waiting.cancel()
            self._welcome_back(session)

    def _closed(self, session: str) -> None:
        self._open[session] -= 1
        if self._open[session] > 0:
            return
        del self._open[session]
        loop = asyncio.get_running_loop()
        self._waiting[session] = loop.call_later(self._grace, self._forget, session)

    def _welcome_back(self, session: str) -> None:
        """Gradio doesn't see a page return, and would let its session end."""
        held = self._gradio().state_holder.session_data.get(session)
        if held is not None:
            held.is_closed = False

    def _forget(self, session: str) -> None:
        self._waiting.pop(session, None)
        holder = self._gradio().state_holder
        try:
            holder.delete_state(session)
        except Exception:  # noqa: BLE001  (logged; the session goes all the same)
            _log.exception("a closed page's session could not be cleaned up")
        holder.session_data.pop(session, None)
        holder.time_last_used.pop(session, None)
