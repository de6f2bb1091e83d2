"""Reading a report's original again, by the reader as it is now."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.adding import Adding, Request, described
from ingest.errors import MissingFile
from ingest.given_metadata import GivenMetadata
from ingest.progress import Reporter
from ingest.reading import read_version
from ingest.results import AddResult
from ingest.settings import IngestSettings
from vectorstore.models import Report

if TYPE_CHECKING:
    from vectorstore.store import Store


def reread(
    store: "Store",
    adding: Adding,
    report: Report,
    settings: IngestSettings,
    *,
    progress: Reporter,
    cancelled: Callable[[], bool] | None,
) -> AddResult:
    """Read the original of a report's current version again; the version stays the same.

    Raises:
        FileRefused: the original is missing, or can't be read any more.
    """
    source = store.source_path(report.version)
    if not source.is_file():
        raise MissingFile(report.source_name, folder=str(source.parent))
    with _named(source, report.source_name) as file:
        read = read_version(file, report.version, settings, progress=progress, cancelled=cancelled)
        read = replace(read, content=replace(read.content, source_name=report.source_name))
        request = Request(file, GivenMetadata(), progress, cancelled)
        description = described(request, read.content.metadata, report)
        if description.metadata == report.metadata and store.holds(report.id, read.content):
            message = "read again without a difference"
            return AddResult(report.id, report.version, "unchanged", message)
        adding.publish(request, read, report.id, report)
    message = f"read again: {len(read.content.passages)} passages"
    return AddResult(report.id, report.version, "replaced", message, read.warnings)


@contextmanager
def _named(source: Path, name: str) -> Iterator[Path]:
    """An original under its own name, which errors tell and a reader goes by."""
    with tempfile.TemporaryDirectory(prefix="escale-") as folder:
        named = Path(folder) / name
        try:
            named.symlink_to(source.absolute())
        except (OSError, ValueError):  # a name that this system doesn't allow
            named = Path(folder) / f"original{Path(name).suffix}"
            named.symlink_to(source.absolute())
        yield named
