"""Memory that holds nothing, for what writes its buffers to disk without clearing them.

hnswlib, under Chroma, saves room for elements that it doesn't have yet as `malloc` gave it: with
what the process kept there before, words of a purged report among them (seen in
`data_level0.bin`). glibc can be told to clear what it gives out.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

_M_PERTURB: Final = -6  # <malloc.h>: what is given out is filled with the complement
_ZEROS: Final = 0xFF
_OFF: Final = 0

_lock = threading.Lock()
_inside = 0


@contextmanager
def clean_memory() -> Iterator[None]:
    """What is allocated inside is zeroed first. Where the C library isn't glibc, nothing is."""
    _enter(1)
    try:
        yield
    finally:
        _enter(-1)


def release_freed_memory() -> None:
    """Give what was freed back to the system, so that no block grows into it."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def _enter(step: int) -> None:
    global _inside  # noqa: PLW0603  (one allocator a process)
    library = _glibc()
    if library is None:
        return
    with _lock:
        _inside += step
        library.mallopt(_M_PERTURB, _ZEROS if _inside else _OFF)


@lru_cache(maxsize=1)
def _glibc() -> Any:  # noqa: ANN401  (ctypes)
    try:
        library = ctypes.CDLL(None)
        _ = library.gnu_get_libc_version, library.mallopt, library.malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return library
