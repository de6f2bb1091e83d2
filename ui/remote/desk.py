"""The server's side: answers the shell on a socket of its own."""

import asyncio
import inspect
import json
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from ingest.jobs import Jobs
from ingest.jobs.errors import JobFailed
from ingest.progress import Progress
from ingest.results import AddResult
from ui.remote.address import listening
from ui.remote.calls import (
    ACCOUNTS,
    ASSISTANT,
    INDEX,
    JOBS,
    RESULTS,
    TAKE_FILES,
    TELL_COUNTS,
    TELL_STEPS,
    argument_type,
    result_type,
)
from vectorstore.accounts.audit import SHELL
from vectorstore.accounts.governing import Accounts
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from assistant import Assistant

_STOP_SECONDS: Final = 5.0
_ALIVE_SECONDS: Final = 1.0

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The shell has left, so what it asked for ends."""


@contextmanager
def answering_the_shell(assistant: "Assistant", jobs: Jobs) -> Iterator[None]:
    """Answer the shell, in a thread; without Unix sockets, it is told that the folder is held."""
    import socket

    if not hasattr(socket, "AF_UNIX"):
        yield
        return
    with listening(jobs.store.folder.path) as (listener, address):
        app = shell_app(assistant, jobs, address.token)
        config = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, args=([listener],), name="shell-desk", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(_STOP_SECONDS)


def shell_app(assistant: "Assistant", jobs: Jobs, token: str) -> FastAPI:
    """`POST /upload` takes a file in, `POST /call/<method>` does something with it, or without.

    Every request carries the token, and the name of the system's user.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    def may(request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return compare_digest(given.encode(), f"Bearer {token}".encode())

    @app.post("/upload")
    async def upload(request: Request, name: str) -> Response:
        """Take in a file, for the call that follows."""
        if not may(request):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        try:
            with jobs.incoming.receive(_who(request), name) as (taken, arriving):
                async for piece in request.stream():
                    await to_thread.run_sync(arriving.write, piece)
        except EscaleError as error:
            return JSONResponse(_told(error))
        return JSONResponse({"upload": taken})

    @app.post("/call/{method}")
    async def call(request: Request, method: str) -> Response:
        """Do something, and tell how it goes, line by line."""
        if not may(request):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        if method not in RESULTS:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        sent = await request.json()
        arguments = {
            name: argument_type(name).validate_python(value) for name, value in sent.items()
        }
        lines = _Call(assistant, jobs, method, _who(request)).lines(arguments)
        return StreamingResponse(lines, media_type="application/x-ndjson")

    return app


class _Call:
    """One call, done in a thread while its progress is told."""

    def __init__(self, assistant: "Assistant", jobs: Jobs, method: str, who: str) -> None:
        self._assistant = assistant
        self._jobs = jobs
        self._method = method
        self._who = who
        self._left = threading.Event()
        self._steps: asyncio.Queue[list[Any]] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()

    async def lines(self, arguments: dict[str, Any]) -> AsyncIterator[str]:
        """The lines of the answer; who stops listening ends what is done."""
        done = asyncio.create_task(asyncio.to_thread(self._answer, arguments))
        try:
            while not done.done():
                step = asyncio.create_task(self._steps.get())
                await asyncio.wait(
                    {done, step}, timeout=_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if step.done():
                    yield json.dumps({"progress": step.result()}) + "\n"
                else:
                    step.cancel()
                    # So that it is noticed when the shell has left.
                    yield "\n"
            yield await done
        finally:
            self._left.set()

    def _answer(self, arguments: dict[str, Any]) -> str:
        """The last line."""
        try:
            result = self._done(arguments)
            return f'{{"result": {result_type(self._method).dump_json(result).decode()}}}\n'
        except EscaleError as error:
            return json.dumps(_told(error)) + "\n"
        except Stopped:
            return "\n"
        except Exception as error:  # noqa: BLE001  (logged; the shell is told)
            _log.exception("a call of the shell failed: %s", self._method)
            failed = JobFailed(name=self._method, kind=type(error).__name__)
            return json.dumps(_told(failed)) + "\n"

    def _done(self, arguments: dict[str, Any]) -> object:
        method = self._bound()
        if self._method in TELL_STEPS:
            arguments |= {"progress": self._step, "cancelled": self._left.is_set}
        if self._method in TELL_COUNTS:
            arguments["progress"] = self._count
        if self._method not in TAKE_FILES:
            return _whole(method(**arguments) if inspect.ismethod(method) else method)
        upload = self._jobs.incoming.find(arguments.pop("upload"), self._who)
        try:
            path = self._jobs.incoming.path(upload)
            return _whole(method(path=path, name=upload.name, **arguments))  # type: ignore[operator]
        finally:
            self._jobs.incoming.discard(upload)

    def _bound(self) -> object:
        """The method, or the property's value."""
        owner: Any
        if self._method in ASSISTANT:
            owner = self._assistant
        elif self._method in INDEX:
            owner = self._assistant.index
        elif self._method in JOBS:
            owner = self._jobs.queue
        elif self._method in ACCOUNTS:
            owner = Accounts(self._jobs.store, self._who)
        else:
            owner = self._jobs.library(self._who)
        found: object = getattr(owner, self._method)
        return found

    def _step(self, step: Progress) -> None:
        self._tell([step.stage, step.done, step.total])

    def _count(self, done: int, total: int) -> None:
        if self._left.is_set():
            raise Stopped
        self._tell([done, total])

    def _tell(self, step: list[Any]) -> None:
        self._loop.call_soon_threadsafe(self._steps.put_nowait, step)


def _whole(result: object) -> object:
    """The result; the error of a refused file, which isn't part of its JSON, is raised."""
    if isinstance(result, AddResult) and result.error is not None:
        raise result.error
    return result


def _who(request: Request) -> str:
    """The shell's user; no account has a colon in its name."""
    return SHELL + request.headers.get("x-escale-user", "?").removeprefix(SHELL)


def _told(error: EscaleError) -> dict[str, Any]:
    return {"error": {"code": error.code, "params": error.params}}
