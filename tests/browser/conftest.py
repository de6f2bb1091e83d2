"""The real page, served by the real server, in headless Chromium.

A missing Chromium is a failure, not a skip: `ESCALE_CHROMIUM` names it where it isn't at
/usr/bin/chromium.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.scripted import HeldReport, Script, ScriptedAssistant
from ui.settings import UiSettings
from ui.web.app import create_app
from ui.web.server import PageServer, address, listening_socket

if TYPE_CHECKING:
    from assistant import Assistant

CHROMIUM = os.environ.get("ESCALE_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
READY_SECONDS = 120

Serve = Callable[["Assistant | ScriptedAssistant"], str]
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@contextmanager
def served(assistant: "Assistant | ScriptedAssistant") -> Iterator[str]:
    """The address at which the page over an assistant is served, in a thread of its own."""
    # Port 0, which isn't a setting: the system picks a free one.
    settings = UiSettings().model_copy(update={"port": 0})
    with listening_socket(settings) as listener:
        url = address(settings.model_copy(update={"port": listener.getsockname()[1]}))
        app = create_app(assistant, settings)  # type: ignore[arg-type]
        server = PageServer(app)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            wait_until_ready(url)
            yield url
        finally:
            server.should_exit = True
            thread.join(10)


def wait_until_ready(url: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{url} wasn't ready after {READY_SECONDS} s")


# Not for the session: while Playwright runs, no other test can run an event loop in this thread.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Witness:
    """What a context's pages asked for and complained about."""

    def __init__(self, context: BrowserContext, url: str, expected: str) -> None:
        self.own = urlparse(url).netloc
        self.expected = expected
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda said: self._hear(said.type, said.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("dialog", self._dismiss)

    def _hear(self, kind: str, text: str) -> None:
        is_complaint = kind == "error" or "Content Security Policy" in text
        if is_complaint and not (self.expected and self.expected in text):
            self.complaints.append(text)

    def _dismiss(self, dialog: object) -> None:
        self.complaints.append(f"a dialog: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined]

    @property
    def outside(self) -> list[str]:
        return [
            request
            for request in self.requests
            if urlparse(request).scheme not in {"data", "blob"}
            and urlparse(request).netloc != self.own
        ]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens a page as another user would each time; afterwards nothing must be amiss.

    No request to another host, no error on the console but the one that is `expected`, no breach
    of the content policy.
    """
    contexts: list[tuple[BrowserContext, Witness]] = []

    def opened(
        url: str, *, width: int = 1280, height: int = 860, expected: str = "", **options: object
    ) -> Page:
        options = {"locale": "fr-CA", "viewport": {"width": width, "height": height}} | options
        context = chromium.new_context(**options)
        contexts.append((context, Witness(context, url, expected)))
        page = context.new_page()
        page.set_default_timeout(20_000)
        # The user's language comes with the first answer of the server.
        with page.expect_response(lambda response: "run/predict" in response.url):
            page.goto(url)
        page.wait_for_selector("#question textarea")
        return page

    yield opened
    for context, witness in contexts:
        context.close()
        assert witness.requests
        assert witness.outside == []
        assert witness.complaints == []


@pytest.fixture
def scripted(
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., tuple[str, ScriptedAssistant]]]:
    """Serves an assistant that says what the test tells it to say: (address, assistant)."""
    running: list[object] = []

    def serve(
        held: list[HeldReport], script: Script, pause: float = 0.0
    ) -> tuple[str, ScriptedAssistant]:
        assistant = ScriptedAssistant(held, script, pause)
        manager = served(assistant)
        running.append(manager)
        return manager.__enter__(), assistant

    yield serve
    for manager in running:
        manager.__exit__(None, None, None)  # type: ignore[attr-defined]
