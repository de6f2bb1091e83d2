"""An OpenAI-compatible server, and Ollama's, that do what a test tells them to; on loopback."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

WORD_PAUSE = 0.005


@dataclass(frozen=True)
class Script:
    """What the server does with one request.

    It waits `delay` seconds, then streams `pieces`, one each `pause` seconds, and after them stalls
    for `stall` seconds, drops the connection (`drop`), or says `finish`. `endless` repeats the
    pieces for ever. A `status` other than 200 is answered at once, a `raw` body as it stands.
    """

    pieces: tuple[str, ...] = ()
    delay: float = 0.0
    pause: float = WORD_PAUSE
    stall: float = 0.0
    drop: bool = False
    endless: bool = False
    finish: str | None = "stop"
    status: int = 200
    raw: str | None = None
    redirect: str | None = None


def words(text: str, **how: Any) -> Script:
    """A script that writes `text` word by word."""
    return Script(pieces=tuple(part + " " for part in text.split(" ")), **how)


def characters(text: str, **how: Any) -> Script:
    """A script that writes `text` character by character."""
    return Script(pieces=tuple(text), **how)


Reaction = Callable[[dict[str, Any]], Script]


@dataclass
class Seen:
    """One request as the server saw it, and what became of it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    arrived: float = field(default_factory=time.monotonic)
    sent: int = 0
    ended: float | None = None
    cancelled: bool = False

    @property
    def prompt(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body["messages"])


class ScriptedServer:
    """Runs in a thread of its own. `react` may be set at any time; `seen` tells what came."""

    def __init__(self, react: Reaction | Script) -> None:
        self.react = react
        self.seen: list[Seen] = []
        self.most_at_once = 0
        self._active = 0
        routes = [
            Route("/v1/chat/completions", self._openai, methods=["POST"]),
            Route("/api/chat", self._ollama, methods=["POST"]),
            Route("/v1/models", self._models),
            Route("/api/tags", self._tags),
        ]
        self._socket = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    @property
    def active(self) -> int:
        """Answers being written right now."""
        return self._active

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            assert time.monotonic() < deadline, "the scripted server didn't start"
            time.sleep(0.01)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(timeout=5)

    async def _openai(self, request: Request) -> Response:
        return await self._answer(request, _openai_chunk, "data: [DONE]\n\n", "text/event-stream")

    async def _ollama(self, request: Request) -> Response:
        return await self._answer(request, _ollama_chunk, "", "application/x-ndjson")

    async def _models(self, request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "scripted", "object": "model"}]})

    async def _tags(self, request: Request) -> Response:
        return JSONResponse({"models": [{"name": "scripted", "model": "scripted"}]})

    async def _answer(
        self, request: Request, chunk: Callable[..., str], end: str, media_type: str
    ) -> Response:
        seen = Seen(request.url.path, dict(request.headers), await request.json())
        self.seen.append(seen)
        script = self.react if isinstance(self.react, Script) else self.react(seen.body)
        if script.redirect is not None:
            return RedirectResponse(script.redirect, status_code=307)
        if script.status != 200:
            said = seen.headers.get("authorization", "")
            return JSONResponse({"error": {"message": f"no: {said}"}}, status_code=script.status)
        if script.raw is not None:
            return Response(script.raw, media_type=media_type)
        return StreamingResponse(self._stream(seen, script, chunk, end), media_type=media_type)

    async def _stream(
        self, seen: Seen, script: Script, chunk: Callable[..., str], end: str
    ) -> AsyncIterator[str]:
        self._active += 1
        self.most_at_once = max(self.most_at_once, self._active)
        try:
            await asyncio.sleep(script.delay)
            while True:
                for piece in script.pieces:
                    yield chunk(piece)
                    seen.sent += 1
                    await asyncio.sleep(script.pause)
                if not script.endless:
                    break
            await asyncio.sleep(script.stall)
            if script.drop:
                raise ConnectionResetError
            if script.finish is not None:
                yield chunk("", script.finish)
            yield end
        except asyncio.CancelledError:
            seen.cancelled = True
            raise
        finally:
            self._active -= 1
            seen.ended = time.monotonic()


def _openai_chunk(text: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    return f"data: {json.dumps({**body, 'choices': [choice]})}\n\n"


def _ollama_chunk(text: str, finish: str | None = None) -> str:
    body = {
        "model": "scripted",
        "created_at": "2026-01-01T00:00:00Z",
        "message": {"role": "assistant", "content": text},
        "done": finish is not None,
    }
    return json.dumps({**body, **({"done_reason": finish} if finish else {})}) + "\n"


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> float:
    """Seconds until `condition` held.

    Raises:
        TimeoutError: it didn't.
    """
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > seconds:
            raise TimeoutError
        await asyncio.sleep(0.01)
    return time.monotonic() - begin
