"""A closed page's conversation goes; a page that comes back keeps its own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from ui.web.sessions import ForgetClosedPages

GRACE = 0.1


@dataclass
class Session:
    is_closed: bool = False


@dataclass
class Holder:
    session_data: dict[str, Session] = field(default_factory=dict)
    time_last_used: dict[str, int] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    def delete_state(self, session: str) -> None:
        self.deleted.append(session)


@dataclass
class Gradio:
    state_holder: Holder = field(default_factory=Holder)


class Pages:
    """Pages that are open until they are closed."""

    def __init__(self) -> None:
        self.gradio = Gradio()
        self.gradio.state_holder.session_data = {"a": Session(), "b": Session()}
        self.middleware = ForgetClosedPages(self._serve, lambda: self.gradio, GRACE)  # type: ignore[arg-type, return-value]
        self._closing: list[asyncio.Event] = []

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        if "heartbeat" in scope["path"]:
            await scope["closing"].wait()

    def open(self, session: str) -> Callable[[], Awaitable[None]]:
        closing = asyncio.Event()
        path = f"/gradio_api/heartbeat/{session}"
        scope = {"type": "http", "path": path, "closing": closing}
        task = asyncio.create_task(self.middleware(scope, None, None))  # type: ignore[arg-type]

        async def close() -> None:
            closing.set()
            await task

        return close

    @property
    def kept(self) -> set[str]:
        return set(self.gradio.state_holder.session_data)


def test_a_closed_page_is_forgotten_and_another_is_not() -> None:
    async def run() -> None:
        pages = Pages()
        close, stay = pages.open("a"), pages.open("b")
        await asyncio.sleep(0)
        await close()
        assert pages.kept == {"a", "b"}
        await asyncio.sleep(3 * GRACE)
        assert pages.kept == {"b"}
        assert pages.gradio.state_holder.deleted == ["a"]
        await stay()

    asyncio.run(run())


def test_a_page_that_returns_in_time_keeps_its_conversation() -> None:
    async def run() -> None:
        pages = Pages()
        close = pages.open("a")
        await asyncio.sleep(0)
        await close()
        pages.gradio.state_holder.session_data["a"].is_closed = True
        again = pages.open("a")
        await asyncio.sleep(3 * GRACE)
        assert "a" in pages.kept
        assert not pages.gradio.state_holder.session_data["a"].is_closed
        await again()

    asyncio.run(run())


def test_one_of_two_connections_may_end() -> None:
    async def run() -> None:
        pages = Pages()
        first, second = pages.open("a"), pages.open("a")
        await asyncio.sleep(0)
        await first()
        await asyncio.sleep(3 * GRACE)
        assert "a" in pages.kept
        await second()

    asyncio.run(run())
