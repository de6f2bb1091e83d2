"""Checking a text while somebody watches: progress as it goes, an end when they leave."""

import asyncio
import re
import threading
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.models import CheckResult, Language
from vectorstore.models import Scope

if TYPE_CHECKING:
    from assistant import Assistant

# « Vérifier : … », "check: …", as one writes it in a hurry.
_COMMAND = re.compile(
    r"\s*(?:(?P<fr>v[ée]rifi(?:er|ez|es|e|ons)|v[ée]rif)|(?P<en>check|verify|fact[- ]?check))"
    r"(?:\s+(?:ceci|cela|ça|que|this|that))?\s*[:：]\s*(?P<text>.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far a check has come."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What somebody asks to be checked, in the language of the asking."""

    text: str
    language: Language


def asked_to_check(question: str) -> CheckRequest | None:
    """The text that « vérifier : … » asks to check; None for any other question."""
    found = _COMMAND.fullmatch(question)
    if found is None or not found["text"].strip():
        return None
    return CheckRequest(found["text"].strip(), "fr" if found["fr"] else "en")


class _Left(Exception):
    """Nobody waits for the check any more."""


async def checking(
    assistant: "Assistant", text: str, scope: Scope, language: Language
) -> AsyncGenerator[CheckProgress | CheckResult, None]:
    """The progress of a check of `text`, then its result. Leaving the iteration ends the check.

    Raises:
        EscaleError: the text can't be checked.
    """
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[CheckProgress | CheckResult] = asyncio.Queue()
    left = threading.Event()

    def told(done: int, total: int) -> None:
        if left.is_set():
            raise _Left
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            loop.call_soon_threadsafe(news.put_nowait, CheckProgress(done, total))

    def work() -> CheckResult:
        return assistant.check(text, scope=scope, language=language, progress=told)

    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        async for progress in _until(running, news):
            yield progress
        yield await running
    finally:
        left.set()
        # What the thread raises on its way out concerns nobody.
        running.add_done_callback(lambda done: done.cancelled() or done.exception())


async def _until(
    running: "asyncio.Future[CheckResult]",
    news: "asyncio.Queue[CheckProgress | CheckResult]",
) -> AsyncIterator[CheckProgress | CheckResult]:
    """What comes in `news` until `running` is done."""
    while not running.done():
        waiting = asyncio.ensure_future(news.get())
        try:
            both: list[asyncio.Future[Any]] = [waiting, running]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not waiting.done():
                waiting.cancel()
        if waiting.done() and not waiting.cancelled():
            yield waiting.result()
