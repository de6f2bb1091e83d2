"""Metadata that somebody gave: as an argument, or in a side file next to the report.

A side file has the report's name with the ending `.meta.toml` in place of its own
(`rotterdam-2023.pdf` and `rotterdam-2023.meta.toml`). Every line is optional:

    id = "rotterdam-2023"
    title = "Mission à Rotterdam"
    start_date = 2023-05-08
    end_date = 2023-05-12
    year = 2023                      # where the days aren't known
    published_on = 2023-09-01
    language = "fr"

    [[destinations]]
    city = "Rotterdam"
    country = "Pays-Bas"

    [[participants]]
    name = "Anaïs Côté"
    role = "mairesse suppléante"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ingest.errors import InvalidMetadata
from vectorstore.description import ATTRIBUTES, MetadataField
from vectorstore.models import Destination, Participant, ReportMetadata

SIDE_FILE_ENDING = ".meta.toml"

_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
_Name = Annotated[_Line, StringConstraints(min_length=1)]


def side_file(report: Path) -> Path:
    """The side file next to a report, whether it is there or not."""
    return report.with_name(report.stem + SIDE_FILE_ENDING)


class _Place(BaseModel):
    """A destination; a country may stand alone."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    city: _Line = ""
    country: _Line = ""


class _Person(BaseModel):
    """A participant."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    name: _Name
    role: _Line = ""


@dataclass(frozen=True, slots=True)
class Emptied:
    """Fields that somebody emptied: the values by attribute, and what is thereby edited."""

    values: dict[str, Any]
    fields: frozenset[MetadataField]


class GivenMetadata(BaseModel):
    """Fields of a report's metadata that override what was read; those not set don't."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^\w[\w.-]{0,99}$")] | None = None
    title: _Line | None = None
    destinations: tuple[_Place, ...] | None = None
    start_date: date | None = None
    end_date: date | None = None
    year: Annotated[int, Field(ge=1800, le=2200)] | None = None
    published_on: date | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    participants: tuple[_Person, ...] | None = None

    @classmethod
    def of(cls, metadata: ReportMetadata | Mapping[str, Any] | None, file: Path) -> Self:
        """The fields of a mapping, or those of a `ReportMetadata` that aren't empty.

        Raises:
            InvalidMetadata: a field has a wrong name or value; `file` is the file that it is of.
        """
        if isinstance(metadata, ReportMetadata):
            metadata = {name: value for name, value in asdict(metadata).items() if value}
        try:
            return cls.model_validate(dict(metadata or {}))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InvalidMetadata(file, field=field, reason=first["msg"]) from error

    @staticmethod
    def emptied(metadata: ReportMetadata | Mapping[str, Any] | None) -> Emptied:
        """The fields of a mapping that are None, with the values of a report without them."""
        if metadata is None or isinstance(metadata, ReportMetadata):
            return Emptied({}, frozenset())
        nothing = ReportMetadata()
        names = [name for names in ATTRIBUTES.values() for name in names]
        values = {
            name: getattr(nothing, name) for name in names if metadata.get(name, name) is None
        }
        fields = (field for field, own in ATTRIBUTES.items() if values.keys() & set(own))
        return Emptied(values, frozenset(fields))

    @classmethod
    def beside(cls, path: Path) -> Self:
        """The fields in the side file next to the report at `path`; none where there is no file.

        Raises:
            InvalidMetadata: the side file can't be read, or a field has a wrong name or value.
        """
        file = side_file(path)
        try:
            fields = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            raise InvalidMetadata(file, field="(file)", reason=str(error)) from error
        return cls.of(fields, file)

    def over(self, other: Self) -> Self:
        """These fields, and those of `other` that aren't given here."""
        return other.model_copy(update=self._given())

    @property
    def fields(self) -> frozenset[MetadataField]:
        """The fields that are given, as they are edited."""
        given = self._given()
        return frozenset(
            field for field, names in ATTRIBUTES.items() if any(name in given for name in names)
        )

    def applied_to(self, read: ReportMetadata, file: Path) -> ReportMetadata:
        """What was read, with the given fields in place of its own.

        Days that were read give way to a year or a day given that they contradict.

        Raises:
            InvalidMetadata: the mission would end before it starts.
        """
        fields = self._given()
        fields.pop("id", None)
        if self.destinations is not None:
            fields["destinations"] = tuple(
                Destination(p.city, p.country) for p in self.destinations
            )
        if self.participants is not None:
            fields["participants"] = tuple(Participant(p.name, p.role) for p in self.participants)
        try:
            return replace(read, **(self._days(read) | fields))
        except ValueError as error:
            raise InvalidMetadata(file, field="end_date", reason=str(error)) from error

    def _days(self, read: ReportMetadata) -> dict[str, Any]:
        """The days and the year that were read, where what is given doesn't contradict them."""
        start, end, year = read.start_date, read.end_date, read.year
        if self.start_date is not None and self.start_date != start:
            end, year = None, None
        if self.end_date is not None and start is not None and self.end_date < start:
            start, year = None, None
        if self.year is not None and self.year != year:
            start, end = None, None
        return {"start_date": start, "end_date": end, "year": year}

    def _given(self) -> dict[str, Any]:
        """The fields that are given, by name."""
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in values if value is not None}
