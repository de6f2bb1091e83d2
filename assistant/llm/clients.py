"""A language model as the writer sees it: messages in, text out, in time or not at all."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, TypeVar, cast

from pydantic import SecretStr

from assistant.llm.faults import ModelFault, fault_of
from assistant.llm.servers import CONNECTORS, OLLAMA_URL, Connector, Server
from assistant.models import Notice
from assistant.settings import AssistantSettings
from vectorstore.errors import InvalidSetting

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage, ChatResponse

_log = logging.getLogger(__name__)

KEY_VARIABLE = "ESCALE_LLM_API_KEY"

# No tokenizer has words this long on average: a server that sends more doesn't count.
_CHARACTERS_PER_TOKEN = 8
_RETRY_PAUSE = 0.5  # seconds

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model: its rules, or what the user asks."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that an answer may take: to its first word, between two, and as a whole."""

    first_token: float
    stall: float
    total: float


class LanguageModel:
    """One model on one server. Safe to share by threads and event loops: holds no connection.

    Each request has a connection of its own. Closing it frees the server at once, however the
    request ends; closing the generators of llama-index alone doesn't.
    """

    @classmethod
    def of(cls, settings: AssistantSettings) -> Self:
        """The model that the settings name. Nothing is asked of its server yet.

        Raises:
            InvalidSetting: an OpenAI-like server has no address.
        """
        kind, _, name = settings.llm.partition(":")
        url = settings.llm_base_url or (OLLAMA_URL if kind == "ollama" else "")
        if not url:
            raise InvalidSetting(
                source=settings.llm,
                setting="[assistant] llm_base_url",
                reason="it needs the server's address, such as http://127.0.0.1:8080/v1",
            )
        server = Server(
            model=name,
            url=url.rstrip("/"),
            key=SecretStr(os.environ.get(KEY_VARIABLE, "")),
            context_tokens=settings.llm_context_tokens,
            connect_seconds=settings.llm_connect_seconds,
        )
        patience = Patience(
            settings.llm_first_token_seconds,
            settings.llm_stall_seconds,
            settings.llm_total_seconds,
        )
        CONNECTORS[kind].load()
        return cls(CONNECTORS[kind], server, patience)

    def __init__(self, connector: Connector, server: Server, patience: Patience) -> None:
        self._connector = connector
        self._server = server
        self._patience = patience

    @property
    def name(self) -> str:
        """The model's name on its server."""
        return self._server.model

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int
    ) -> AsyncGenerator[str, None]:
        """What the model writes, piece by piece.

        Leaving the iteration, or cancelling its task, ends the server's work. What failed before
        the first word is tried once more, where that may help.

        Raises:
            ModelFault: the server can't be reached, refuses, is slow, or stops before the end.
        """
        begun = False
        for is_last in (False, True):
            try:
                async with aclosing(self._attempt(messages, max_tokens)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
            except ModelFault as fault:
                if begun or is_last or not fault.is_passing:
                    raise
                await asyncio.sleep(_RETRY_PAUSE)
            else:
                return

    async def _attempt(
        self, messages: Sequence[Message], max_tokens: int
    ) -> AsyncGenerator[str, None]:
        finish: str | None = None
        written = 0
        responses = self._responses(messages, max_tokens)
        async with aclosing(responses):
            async for response in responses:
                finish = self._connector.finish_reason(response.raw) or finish
                piece = response.delta or ""
                written += len(piece)
                if written > max_tokens * _CHARACTERS_PER_TOKEN:
                    raise ModelFault(Notice.TOO_LONG, f"over {written} characters")
                if piece:
                    yield piece
        if finish not in (None, "stop"):
            raise ModelFault(Notice.CUT_OFF, "it stopped before the end")

    async def _responses(
        self, messages: Sequence[Message], max_tokens: int
    ) -> AsyncGenerator["ChatResponse", None]:
        """What llama-index makes of the server's stream, each piece in its time.

        Raises:
            ModelFault: for whatever the libraries raise.
        """
        deadline = asyncio.get_running_loop().time() + self._patience.total
        seconds = self._patience.first_token
        begun = False
        try:
            async with self._connector.connected(self._server, max_tokens) as llm:
                request = llm.astream_chat(_chat_messages(messages))
                responses = cast(
                    "AsyncGenerator[ChatResponse, None]", await _within(seconds, deadline, request)
                )
                async with aclosing(responses):
                    while response := await _within(seconds, deadline, anext(responses, None)):
                        begun, seconds = True, self._patience.stall
                        yield response
        except Exception as error:  # noqa: BLE001  (libraries choke on garbage in any way)
            fault = fault_of(error, begun=begun)
            _log.debug("%s: %s", self.name, fault.detail)
            raise fault from None


async def _within(seconds: float, deadline: float, awaited: Awaitable[T]) -> T:
    """What is awaited, no later than `seconds` from now and `deadline` on the loop's clock.

    Raises:
        TimeoutError: it didn't come.
    """
    async with asyncio.timeout_at(min(asyncio.get_running_loop().time() + seconds, deadline)):
        return await awaited


def _chat_messages(messages: Sequence[Message]) -> list["ChatMessage"]:
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=message.content) for message in messages]
