"""How far the adding of a file has come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "embedding", "storing"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` pages read, texts embedded, or reports stored; they begin at 0."""

    stage: Stage
    done: int
    total: int


Reporter = Callable[[Progress], None]
"""Called with each step, in the thread that adds; what it raises cancels the adding."""


def silent(step: Progress) -> None:
    """Tells nobody."""
