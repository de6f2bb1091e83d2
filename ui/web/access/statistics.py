"""What the administration page draws: counts of each day, and what takes room on the disk."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.accounts.models import DailyCount, Measure

if TYPE_CHECKING:
    from vectorstore.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Day:
    """One bar: its height is in percent of the highest of its plot."""

    day: date
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class Series:
    """One plot: a bar for each day, also of those on which nothing happened."""

    measure: Measure
    days: tuple[Day, ...]

    @property
    def total(self) -> int:
        """The sum over all days."""
        return sum(day.count for day in self.days)

    @property
    def highest(self) -> int:
        """The count of the busiest day."""
        return max((day.count for day in self.days), default=0)


@dataclass(frozen=True, slots=True)
class Room:
    """What a part of the data folder takes, in bytes, and in percent of the whole."""

    part: str
    size: int
    share: float


def series_of(counts: Iterable[DailyCount], last: date, days: int) -> list[Series]:
    """The plots of the `days` days that end with `last`, one for each measure."""
    counted = {(count.measure, count.day): count.count for count in counts}
    every = [last - timedelta(days=days - 1 - back) for back in range(days)]
    return [Series(measure, tuple(_bars(counted, measure, every))) for measure in Measure]


def _bars(
    counted: dict[tuple[Measure, date], int], measure: Measure, days: list[date]
) -> Iterator[Day]:
    found = [counted.get((measure, day), 0) for day in days]
    highest = max([*found, 1])
    for day, count in zip(days, found, strict=True):
        yield Day(day, count, round(100 * count / highest, 1))


def rooms_of(folder: "DataFolder") -> list[Room]:
    """What takes room in the data folder, the largest first."""
    parts = {"sources": "originals", "chroma": "vectors", "models": "models"}
    sizes = dict.fromkeys(["catalogue", *parts.values(), "rest"], 0)
    for found in folder.path.rglob("*"):
        top = found.relative_to(folder.path).parts[0]
        is_catalogue = top.startswith(folder.catalogue.name)
        part = "catalogue" if is_catalogue else parts.get(top, "rest")
        sizes[part] += _size(found)
    whole = max(sum(sizes.values()), 1)
    rooms = [Room(part, size, round(100 * size / whole, 1)) for part, size in sizes.items()]
    return sorted(rooms, key=lambda room: -room.size)


def free_bytes(folder: "DataFolder") -> int:
    """The room that is left on the data folder's disk."""
    return shutil.disk_usage(folder.path).free


def _size(path: Path) -> int:
    """A file may go while the folder is read."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0
