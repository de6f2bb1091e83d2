"""Events at a pace that a page can follow."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from math import ceil
from typing import Final, TypeVar

T = TypeVar("T")

# Twelve updates a second: smooth to the eye, light for browser and network.
INTERVAL: Final = 1 / 12
# A burst is spread over this many updates at most, so that it is never much behind.
_SPREAD: Final = 4


async def paced(
    events: AsyncIterator[T], interval: float = INTERVAL
) -> AsyncGenerator[list[T], None]:
    """The events in batches, in order, at most one batch each `interval` seconds.

    The first comes at once. When more events wait than can be shown one by one, batches grow.
    Leaving the iteration closes `events`; what it raises comes after all that it gave.
    """
    waiting: deque[T] = deque()
    news = asyncio.Event()

    async def listen() -> None:
        try:
            async for event in events:
                waiting.append(event)
                news.set()
        finally:
            news.set()

    listener = asyncio.create_task(listen())
    try:
        while waiting or not listener.done():
            if not waiting:
                news.clear()
                await news.wait()
                continue
            count = ceil(len(waiting) / _SPREAD)
            yield [waiting.popleft() for _ in range(count)]
            await asyncio.sleep(interval if waiting or not listener.done() else 0)
        await listener
    finally:
        # Waiting doesn't raise: an error has been raised above, or nobody is left to hear it.
        listener.cancel()
        await asyncio.wait([listener])
