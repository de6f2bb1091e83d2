"""The form in which staff change what is known of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ingest.given_metadata import GivenMetadata
from ui.web.library import wording
from vectorstore.description import ATTRIBUTES, MetadataField
from vectorstore.models import ReportMetadata

_LINES: Final = ("destinations", "participants")
_DAYS: Final = ("start_date", "end_date")
FIELDS: Final = (
    "title",
    "destinations",
    "start_date",
    "end_date",
    "year",
    "published_on",
    "language",
    "participants",
)


def filled(metadata: ReportMetadata) -> dict[str, str]:
    """What stands in the form's fields before anybody changes them."""
    return {
        "title": metadata.title,
        "destinations": "\n".join(wording.place(place) for place in metadata.destinations),
        "start_date": _iso(metadata.start_date),
        "end_date": _iso(metadata.end_date),
        "year": str(metadata.year or ""),
        "published_on": _iso(metadata.published_on),
        "language": metadata.language,
        "participants": "\n".join(wording.person(person) for person in metadata.participants),
    }


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody changed: fields with values, and fields that they emptied."""

    values: dict[str, Any]
    emptied: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the form came back as it was."""
        return not (self.values or self.emptied)

    @property
    def mapping(self) -> dict[str, Any]:
        """For `Library.edit`."""
        return self.values | dict.fromkeys(self.emptied)

    def given(self, name: str) -> GivenMetadata | None:
        """For `Library.add`, of the file called `name`.

        Raises:
            InvalidMetadata: a field has a value that it can't have.
        """
        return GivenMetadata.of(self.values, Path(name)) if self.values else None


def changes(form: Mapping[str, str], metadata: ReportMetadata) -> Changes:
    """What a form that came back says otherwise than `metadata`; fields it lacks say nothing."""
    before = filled(metadata)
    changed = {
        name: _plain(form[name])
        for name in FIELDS
        if name in form and _plain(form[name]) != _plain(before[name])
    }
    # The days are seen together: one that was changed doesn't push the other out.
    if changed.keys() & set(_DAYS):
        changed |= {name: _plain(form[name]) for name in _DAYS if _plain(form.get(name, ""))}
    # The year goes with the first day, unless it was changed too.
    if changed.get("start_date") and "year" not in changed:
        changed["year"] = changed["start_date"][:4]
    emptied = tuple(name for name, text in changed.items() if not text)
    values = {name: _value(name, text) for name, text in changed.items() if text}
    return Changes(values, emptied)


def fields_of(name: MetadataField) -> tuple[str, ...]:
    """The form's fields that are one field of the metadata."""
    return ATTRIBUTES[name]


def _plain(text: str) -> str:
    """Text as browsers send it back: lines end otherwise."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _value(name: str, text: str) -> object:
    if name not in _LINES:
        return text
    first, second = ("city", "country") if name == "destinations" else ("name", "role")
    pairs = (line.partition(",") for line in text.split("\n"))
    return [{first: before.strip(), second: after.strip()} for before, _, after in pairs]


def _iso(when: date | None) -> str:
    return when.isoformat() if when else ""
