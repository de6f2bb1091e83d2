"""Events reach the page in order, none lost, none in a flood."""

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.web.pace import paced


async def source(
    count: int, pause: float = 0.0, error: Exception | None = None
) -> AsyncIterator[int]:
    for number in range(count):
        yield number
        if pause:
            await asyncio.sleep(pause)
    if error:
        raise error


async def gathered(events: AsyncIterator[int], interval: float) -> list[list[int]]:
    return [batch async for batch in paced(events, interval)]


@given(st.integers(0, 300))
@settings(deadline=None, max_examples=30)
def test_all_events_come_in_order(count: int) -> None:
    batches = asyncio.run(gathered(source(count), 0.0))
    assert [event for batch in batches for event in batch] == list(range(count))
    assert all(batches)


def test_a_flood_is_spread_over_few_updates() -> None:
    batches = asyncio.run(gathered(source(600), 0.001))
    assert len(batches) < 40


def test_updates_keep_their_distance() -> None:
    async def times() -> list[float]:
        return [time.perf_counter() async for _ in paced(source(8, 0.005), 0.05)]

    moments = asyncio.run(times())
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) > 0.045


def test_the_first_event_comes_at_once() -> None:
    async def first() -> float:
        start = time.perf_counter()
        async for _ in paced(source(2, 0.5), 5.0):
            return time.perf_counter() - start
        raise AssertionError

    assert asyncio.run(first()) < 0.4


def test_an_error_comes_after_what_was_said_before_it() -> None:
    seen: list[int] = []

    async def run() -> None:
        async for batch in paced(source(3, error=OSError("gone")), 0.001):
            seen.extend(batch)

    with pytest.raises(OSError, match="gone"):
        asyncio.run(run())
    assert seen == [0, 1, 2]


def test_leaving_closes_the_source() -> None:
    closed = asyncio.Event()

    async def endless() -> AsyncIterator[int]:
        try:
            while True:
                yield 1
                await asyncio.sleep(0.001)
        finally:
            closed.set()

    async def run() -> None:
        batches = paced(endless(), 0.001)
        async for _ in batches:
            break
        await batches.aclose()
        assert closed.is_set()

    asyncio.run(run())
