"""The kinds of servers that carry a language model, each behind llama-index's class for it."""

import ipaddress
import ssl
from collections.abc import AsyncIterator, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM

OLLAMA_URL = "http://127.0.0.1:11434"

# Sampling nearly always the likeliest word: an answer that keeps to its sources isn't inventive.
_TEMPERATURE = 0.1
# What the OpenAI library tells of its user besides the key.
_ACCOUNT_HEADERS = ("openai-organization", "openai-project")


@dataclass(frozen=True, slots=True)
class Server:
    """A model on a server; `context_tokens` is how much of question and answer it takes."""

    model: str
    url: str
    key: SecretStr
    context_tokens: int
    connect_seconds: float


class Connector(Protocol):
    """How one kind of server is reached."""

    def load(self) -> None:
        """Load the libraries, which takes seconds: never within an event loop."""

    def connected(self, server: Server, max_tokens: int) -> AbstractAsyncContextManager["LLM"]:
        """The model over a connection of its own, closed at the end."""

    def finish_reason(self, raw: Any) -> str | None:  # noqa: ANN401  (the server's own JSON)
        """Why the model stopped, where a piece of its answer says so: "stop" is well."""


class OpenAILike:
    """llama.cpp, vLLM, LM Studio, and the services that speak like OpenAI's."""

    def load(self) -> None:
        """Load the libraries."""
        import llama_index.llms.openai_like  # noqa: F401
        import openai  # noqa: F401

    @asynccontextmanager
    async def connected(self, server: Server, max_tokens: int) -> AsyncIterator["LLM"]:
        """The model over a connection of its own, closed at the end."""
        import httpx
        from llama_index.llms.openai_like import OpenAILike as Model
        from openai import AsyncOpenAI

        async with httpx.AsyncClient(**_options(server)) as http:
            client = AsyncOpenAI(
                # The key is in the connection: what the libraries hold, they may print.
                api_key="-",
                base_url=server.url,
                timeout=http.timeout,
                max_retries=0,
                http_client=http,
            )
            yield Model(
                model=server.model,
                api_base=server.url,
                api_key="-",
                is_chat_model=True,
                context_window=server.context_tokens,
                max_tokens=max_tokens,
                temperature=_TEMPERATURE,
                max_retries=0,
                async_openai_client=client,
            )

    def finish_reason(self, raw: Any) -> str | None:  # noqa: ANN401
        """The finish reason of the first choice."""
        return raw.choices[0].finish_reason if raw.choices else None


class Ollama:
    """Ollama's own interface, which takes the size of the context with the question."""

    def load(self) -> None:
        """Load the libraries."""
        import llama_index.llms.ollama  # noqa: F401

    @asynccontextmanager
    async def connected(self, server: Server, max_tokens: int) -> AsyncIterator["LLM"]:
        """The model over a connection of its own, closed at the end."""
        from llama_index.llms.ollama import Ollama as Model
        from ollama import AsyncClient

        async with AsyncClient(host=server.url, **_options(server)) as client:
            yield Model(
                model=server.model,
                base_url=server.url,
                context_window=server.context_tokens,
                temperature=_TEMPERATURE,
                additional_kwargs={"num_predict": max_tokens},
                thinking=False,
                async_client=client,
            )

    def finish_reason(self, raw: Any) -> str | None:  # noqa: ANN401
        """Ollama's reason for being done; older ones give none."""
        return (raw.get("done_reason") or "stop") if raw.get("done") else None


CONNECTORS: dict[str, Connector] = {"openai-like": OpenAILike(), "ollama": Ollama()}


def is_loopback(url: str) -> bool:
    """Whether an address is of this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _options(server: Server) -> dict[str, Any]:
    """How a client of httpx is to behave."""
    import httpx

    return {
        # What the libraries count as reading includes thinking: the caller keeps its own time.
        "timeout": httpx.Timeout(None, connect=server.connect_seconds),
        "verify": _certificates(),
        # A proxy of the environment doesn't know this machine's loopback.
        "trust_env": not is_loopback(server.url),
        # Another host must get neither the question nor the key.
        "follow_redirects": False,
        "auth": _authentication(server.key),
    }


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _authentication(key: SecretStr) -> "httpx.Auth":
    import httpx

    class KeyAlone(httpx.Auth):
        """Sends our key or none, whatever the libraries found in the environment."""

        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
            for name in ("authorization", *_ACCOUNT_HEADERS):
                request.headers.pop(name, None)
            if key.get_secret_value():
                request.headers["authorization"] = f"Bearer {key.get_secret_value()}"
            yield request

    return KeyAlone()
