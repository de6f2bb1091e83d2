"""What is known of a report once somebody has edited it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.given_metadata import GivenMetadata
from vectorstore.description import Description, MetadataField, attributes
from vectorstore.models import Report, ReportMetadata


def edited(
    report: Report,
    read: ReportMetadata,
    metadata: ReportMetadata | Mapping[str, Any] | None,
    reset: Iterable[MetadataField | str],
) -> Description:
    """The report's metadata with the fields of `metadata` in place of its own.

    The fields of `reset` first become what was read. None in a mapping empties a field.

    Raises:
        InvalidMetadata: a field has a wrong name or value.
    """
    label = Path(report.id)
    again = frozenset(MetadataField(name) for name in reset)
    fields = frozenset(MetadataField(name) for name in report.edited) - again
    as_read = {name: getattr(read, name) for name in attributes(again)}
    given, emptied = GivenMetadata.of(metadata, label), GivenMetadata.emptied(metadata)
    known = given.applied_to(replace(report.metadata, **as_read), label)
    return Description(replace(known, **emptied.values), fields | given.fields | emptied.fields)
