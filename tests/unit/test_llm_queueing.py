"""The line before the language model."""

import asyncio
import threading

import pytest

from assistant.llm.faults import ModelFault
from assistant.llm.queueing import Queue
from assistant.models import Notice


async def served(queue: Queue, name: int, log: list[tuple[str, int]], hold: float = 0.0) -> None:
    with queue.join() as turn:
        async for position in turn.positions(30):
            log.append((f"{name} waits", position))
        log.append((f"{name} enters", 0))
        await asyncio.sleep(hold)
    log.append((f"{name} leaves", 0))


def test_first_come_first_served() -> None:
    async def run() -> list[tuple[str, int]]:
        queue, log = Queue(1, 10), []
        await asyncio.gather(*(served(queue, name, log, 0.01) for name in range(4)))
        return log

    log = asyncio.run(run())
    entered = [what for what, _ in log if what.endswith("enters")]
    assert entered == [f"{name} enters" for name in range(4)]
    assert [position for what, position in log if what == "3 waits"] == [3, 2, 1]


def test_no_more_are_inside_than_there_are_slots() -> None:
    inside, most = 0, 0

    async def one(queue: Queue) -> None:
        nonlocal inside, most
        with queue.join() as turn:
            async for _ in turn.positions(30):
                pass
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    async def run() -> None:
        queue = Queue(3, 100)
        await asyncio.gather(*(one(queue) for _ in range(50)))

    asyncio.run(run())
    assert most == 3


def test_a_full_line_turns_away() -> None:
    async def run() -> None:
        queue = Queue(1, 1)
        with queue.join(), queue.join():
            with pytest.raises(ModelFault) as caught:
                queue.join()
            assert caught.value.notice is Notice.BUSY
            assert queue.join_if_free() is None
        with queue.join_if_free() or pytest.fail("the line is empty"):
            pass

    asyncio.run(run())


def test_waiting_has_an_end() -> None:
    async def run() -> None:
        queue = Queue(1, 1)
        with queue.join(), queue.join() as second, pytest.raises(ModelFault):
            async for _ in second.positions(0.05):
                pass

    asyncio.run(run())


def test_who_gives_up_makes_room() -> None:
    async def run() -> list[tuple[str, int]]:
        queue, log = Queue(1, 10), []
        tasks = [asyncio.create_task(served(queue, name, log, 0.05)) for name in range(3)]
        await asyncio.sleep(0.01)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return log

    log = asyncio.run(run())
    assert ("1 enters", 0) not in log
    assert ("2 waits", 1) in log
    assert ("2 enters", 0) in log


def test_threads_with_loops_of_their_own_share_the_line() -> None:
    queue, log = Queue(2, 100), []
    threads = [
        threading.Thread(target=lambda name=name: asyncio.run(served(queue, name, log, 0.002)))
        for name in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sum(what.endswith("leaves") for what, _ in log) == 20
    with_room = asyncio.run(_joins(queue))
    assert with_room


async def _joins(queue: Queue) -> bool:
    with queue.join() as first, queue.join() as second:
        return first.has_come and second.has_come
