"""Serving the page."""

import asyncio
import errno
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

import uvicorn

from ui.settings import UiSettings
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant
    from ingest.jobs import Jobs
    from ui.web.access.access import Access

_BACKLOG = 128
_GRACE_SECONDS = 3


class PortTaken(EscaleError):
    """Another program listens on the port."""

    code: ClassVar[str] = "port-taken"
    text: ClassVar[str] = (
        "Port {port} of {host} is taken by another program. "
        "Stop that program, or name another port with --port."
    )


class AddressUnusable(EscaleError):
    """The page can't be served at this address."""

    code: ClassVar[str] = "address-unusable"
    text: ClassVar[str] = (
        "The page can't be served at {host}, port {port}: {reason}. "
        "Name another address with --host or another port with --port."
    )


def serve(
    assistant: "Assistant",
    settings: UiSettings,
    on_ready: Callable[[str], None] | None = None,
    jobs: "Jobs | None" = None,
    access: "Access | None" = None,
) -> None:
    """Serve the page until the process is told to stop.

    `on_ready` is given the page's address once it can be opened; the rest is for `create_app`.

    Raises:
        SignInRequired, SignOnIncomplete: the settings would let anybody in.
        PortTaken: another program listens on the port.
        AddressUnusable: the machine has no such address, or doesn't let us use the port.
    """
    # First, for it fails at once where building the application takes seconds.
    with listening_socket(settings) as listener:
        from ui.web.app import create_app

        def ready() -> None:
            if on_ready is not None:
                on_ready(address(settings))

        with _ending_tidily():
            app = create_app(assistant, settings, jobs, access)
            PageServer(app, ready, settings.trusted_proxies).run(sockets=[listener])


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Let SIGTERM end the process as Ctrl+C does, with everything closed on the way."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Uvicorn stops at the signal, and then raises it again for who had it before.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class PageServer(uvicorn.Server):
    """Says when it is ready; ends soon although open pages keep connections open."""

    def __init__(
        self,
        app: "FastAPI",
        on_ready: Callable[[], None] = lambda: None,
        trusted_proxies: Sequence[str] = (),
    ) -> None:
        config = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            # Anybody else could write whose address it is that signs in.
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=list(trusted_proxies),
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        super().__init__(config)
        self._on_ready = on_ready
        self._stopping: asyncio.Event = app.state.stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the open pages go, then stop."""
        self._stopping.set()
        await super().shutdown(sockets)


def address(settings: UiSettings) -> str:
    """The address at which the page opens in a browser of this machine."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (compared, not bound)
    host = everywhere.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def listening_socket(settings: UiSettings) -> socket.socket:
    """A socket that listens at the settings' address; raises as `serve`."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unusable(settings, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host=settings.host, port=str(settings.port)) from error
        raise _unusable(settings, error) from error
    return listener


def _unusable(settings: UiSettings, error: OSError) -> AddressUnusable:
    return AddressUnusable(
        host=settings.host, port=str(settings.port), reason=error.strerror or str(error)
    )
