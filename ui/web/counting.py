"""Counting how the page is used, which must never be in the way of using it."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.models import Answer
    from vectorstore.accounts.usage import Usage

_log = logging.getLogger(__name__)


class Counter:
    """Counts answers and checks; without a `usage` it counts nothing."""

    def __init__(self, usage: "Usage | None" = None) -> None:
        self._usage = usage

    async def answered(self, question: str, answer: "Answer") -> None:
        """A question has its answer, or the assistant abstained."""
        if self._usage is not None:
            asked = partial(self._usage.asked, question, answer.language)
            await _counted(partial(asked, abstained=answer.abstained))

    async def checked(self) -> None:
        """A text has its verdicts."""
        if self._usage is not None:
            await _counted(self._usage.checked)


async def _counted(count: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(count)
    except Exception:  # noqa: BLE001  (logged; an answer that can't be counted is still one)
        _log.exception("the use of the page could not be counted")
