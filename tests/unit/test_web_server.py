"""Listening: at a free port, not at a taken one, with words for each failure."""

import socket
import threading
from collections.abc import Iterator

import httpx
import pytest

from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.messages import Messages
from ui.settings import UiSettings
from ui.web.server import AddressUnusable, PortTaken, address, listening_socket, serve
from vectorstore.errors import InvalidSetting


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_taken_port_is_told_before_anything_is_built(taken_port: int) -> None:
    settings = UiSettings(port=taken_port)
    with pytest.raises(PortTaken) as caught:
        serve(None, settings)  # type: ignore[arg-type]
    assert str(taken_port) in Messages("fr").error(caught.value)
    assert "--port" in str(caught.value)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.7"])
def test_an_address_that_is_not_ours_is_told(host: str) -> None:
    with pytest.raises(AddressUnusable) as caught:
        listening_socket(UiSettings(host=host, port=7860))
    assert host in Messages("en").error(caught.value)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:7860"),
        ("0.0.0.0", "http://127.0.0.1:7860"),
        ("::1", "http://[::1]:7860"),
        ("localhost", "http://localhost:7860"),
    ],
)
def test_the_address_opens_in_a_browser(host: str, shown: str) -> None:
    assert address(UiSettings(host=host)) == shown


@pytest.mark.parametrize("port", [0, 65_536, "high"])
def test_a_wrong_port_is_refused(port: object) -> None:
    with pytest.raises(InvalidSetting):
        UiSettings.load(port=port)


def test_the_page_answers_once_it_says_it_is_ready() -> None:
    held = report_of()
    assistant = ScriptedAssistant([held], lambda q: answer_of(q, (held, BERTH)))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings = UiSettings(port=probe.getsockname()[1])
    ready = threading.Event()
    told: list[str] = []

    def on_ready(where: str) -> None:
        told.append(where)
        ready.set()

    # A daemon: the server ends with the process, as it would on a terminal.
    threading.Thread(
        target=serve,
        args=(assistant, settings, on_ready),
        daemon=True,
    ).start()
    assert ready.wait(60)
    assert told == [address(settings)]
    assert httpx.get(f"{told[0]}/healthz").status_code in {200, 503}
    with pytest.raises(PortTaken):
        listening_socket(settings)
