"""Ways for several threads to use one embedding model at once.

The weights can be shared by threads. A Rust tokenizer can't: it changes its own padding state
while it encodes. So each kind of work has a tokenizer of its own, and questions never wait for
the passages of a report that is being added.
"""

import copy
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Result = TypeVar("Result")

# How much the thread behind gives way: about a tenth of a core where others want all of it.
_NICENESS: Final = 10


class Lane:
    """The model under a lock of its own, with a tokenizer of its own."""

    def __init__(self, model: "SentenceTransformer") -> None:
        self.model = with_own_tokenizer(model)
        self.lock = threading.Lock()


class Background:
    """One thread that works when others don't want the processor."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: ThreadPoolExecutor | None = None

    def run(self, work: Callable[[], Result]) -> Result:
        """Do `work` there and wait for it."""
        with self._lock:
            if self._thread is None:
                self._thread = ThreadPoolExecutor(
                    max_workers=1, thread_name_prefix="embedding", initializer=_give_way
                )
            thread = self._thread
        return thread.submit(work).result()


def with_own_tokenizer(model: "SentenceTransformer") -> "SentenceTransformer":
    """The same model, sharing the weights, with a copy of the tokenizer."""
    twin = copy.copy(model)
    twin._modules = dict(model._modules)
    first = copy.copy(model[0])
    first._modules = dict(first._modules)
    first.processor = copy.deepcopy(first.processor)
    twin._modules[next(iter(twin._modules))] = first
    return twin


def _give_way() -> None:
    """Lower this thread's priority; on Linux it is a thread's own, elsewhere the process's."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        lowered = os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS
        os.setpriority(os.PRIO_PROCESS, thread, min(lowered, 19))
