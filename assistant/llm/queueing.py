"""Whose turn it is at the language model: first come, first served, and no line without an end."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress
from types import TracebackType
from typing import Self

from assistant.llm.faults import ModelFault
from assistant.models import Notice


class Queue:
    """Lets `slots` callers in at once and `waiting` more stand in line.

    Callers may live in any thread and any event loop; none holds a thread while it waits.
    """

    def __init__(self, slots: int, waiting: int) -> None:
        self._slots = slots
        self._waiting = waiting
        self._inside = 0
        self._line: deque[Turn] = deque()
        self._lock = threading.Lock()

    def join(self) -> "Turn":
        """A place in the line; to be used as a context manager, which leaves it.

        Raises:
            ModelFault: the line is full.
        """
        turn = Turn(self)
        with self._lock:
            if self._inside < self._slots:
                self._inside += 1
                turn.has_come = True
            elif len(self._line) < self._waiting:
                self._line.append(turn)
            else:
                raise ModelFault(Notice.BUSY, f"{len(self._line)} wait already")
        return turn

    def join_if_free(self) -> "Turn | None":
        """A turn that has come, or None where there is a line."""
        with self._lock:
            if self._inside >= self._slots:
                return None
            self._inside += 1
        turn = Turn(self)
        turn.has_come = True
        return turn

    def position(self, turn: "Turn") -> int:
        """How many turns it is until this one, from 1; 0 once it has come."""
        with self._lock:
            return 0 if turn.has_come else self._line.index(turn) + 1

    def leave(self, turn: "Turn") -> None:
        """Give the place up, inside or in the line; the next one moves up."""
        with self._lock:
            if turn.has_come:
                self._inside -= 1
            else:
                self._line.remove(turn)
            moved = list(self._line)
            while self._line and self._inside < self._slots:
                self._line.popleft().has_come = True
                self._inside += 1
        for other in moved:
            other.moved()


class Turn:
    """One caller's place. Made in the event loop in which it waits."""

    def __init__(self, queue: Queue) -> None:
        self.has_come = False
        self._queue = queue
        self._loop = asyncio.get_running_loop()
        self._has_moved = asyncio.Event()

    async def positions(self, seconds: float) -> AsyncGenerator[int, None]:
        """The place in the line, from 1, whenever it changes; ends when the turn has come.

        Raises:
            ModelFault: it didn't come within `seconds`.
        """
        deadline = self._loop.time() + seconds
        told = 0
        while True:
            self._has_moved.clear()
            position = self._queue.position(self)
            if position == 0:
                return
            if position != told:
                told = position
                yield position
            try:
                async with asyncio.timeout_at(deadline):
                    await self._has_moved.wait()
            except TimeoutError:
                raise ModelFault(Notice.BUSY, f"no turn within {seconds:.0f} s") from None

    def moved(self) -> None:
        """Tell, from any thread, that the line has moved."""
        # A loop that has ended took with it whoever waited there.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._has_moved.set)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._queue.leave(self)
