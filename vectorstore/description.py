"""What is known of a report, and which of it somebody set by hand: that holds, whatever is read."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter

from vectorstore.models import ReportMetadata


class MetadataField(StrEnum):
    """What can be set by hand. The days of a mission and its year are one thing."""

    TITLE = "title"
    DESTINATIONS = "destinations"
    DATES = "dates"
    PUBLISHED_ON = "published_on"
    LANGUAGE = "language"
    PARTICIPANTS = "participants"


ATTRIBUTES: Final[dict[MetadataField, tuple[str, ...]]] = {
    field: (field.value,) for field in MetadataField
} | {MetadataField.DATES: ("start_date", "end_date", "year")}
"""The attributes of `ReportMetadata` that a field stands for."""

_JSON: Final = TypeAdapter(ReportMetadata)


@dataclass(frozen=True, slots=True)
class Description:
    """A report's metadata; the `edited` fields of it were set by hand."""

    metadata: ReportMetadata
    edited: frozenset[MetadataField] = frozenset()

    def over(self, read: ReportMetadata) -> "Description":
        """What a file says of itself, with the edited fields in place of its own."""
        kept = {name: getattr(self.metadata, name) for name in attributes(self.edited)}
        return Description(replace(read, **kept), self.edited)


def attributes(fields: frozenset[MetadataField]) -> list[str]:
    """The names of the attributes of `ReportMetadata` that `fields` stand for."""
    return [name for field in sorted(fields) for name in ATTRIBUTES[field]]


def to_json(metadata: ReportMetadata) -> dict[str, Any]:
    """Metadata as a JSON object, to be stored."""
    stored: dict[str, Any] = _JSON.dump_python(metadata, mode="json")
    return stored


def from_json(stored: dict[str, Any]) -> ReportMetadata:
    """Metadata that `to_json` made an object of."""
    return _JSON.validate_python(stored)
