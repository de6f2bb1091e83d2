"""The ids of reports, and which report a new file is a version of."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from ingest.errors import printable_name
from vectorstore.models import Report, ReportMetadata
from vectorstore.text.normalise import fold

_LONGEST_ID = 60
_MOST_CITIES = 2  # in an id


def target_id(
    metadata: ReportMetadata, file: Path, reports: Iterable[Report], taken: Collection[str]
) -> str:
    """The id of the report that a file is a version of: one of `reports`, or a new one.

    It is made of destination and year, or of the file's name. A report of that id, numbered or
    not, is meant only when it came from a file of the same name; ids in `taken` are of others.
    """
    wanted = _id_of(metadata) or slug(file.stem) or "rapport"
    family = re.compile(rf"{re.escape(wanted)}(?:-\d+)?")
    for report in reports:
        if family.fullmatch(report.id) and same_name(report.source_name, file):
            return report.id
    number, free = 2, wanted
    while free in taken:
        number, free = number + 1, f"{wanted}-{number}"
    return free


def slug(text: str) -> str:
    """A text as part of an id: its letters and digits, folded, joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(text)))[:_LONGEST_ID].strip("-")


def same_name(source_name: str, file: Path) -> bool:
    """Whether a version came from a file of this name; a Mac writes « é » as two characters."""
    names = (source_name, printable_name(file))
    return len({unicodedata.normalize("NFC", name) for name in names}) == 1


def _id_of(metadata: ReportMetadata) -> str:
    """The id of a report of known destination and year, empty for others."""
    if not metadata.destinations or metadata.year is None:
        return ""
    places: Iterable[str] = (place.city or place.country for place in metadata.destinations)
    names = slug("-".join(list(places)[:_MOST_CITIES]))
    return f"{names}-{metadata.year}" if names else ""
