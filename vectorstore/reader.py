"""Reading a data folder's catalogue: what a store shows of its reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from vectorstore import catalogue, history, look_alikes, stored_vectors
from vectorstore.errors import UnknownPassage
from vectorstore.folder import DataFolder
from vectorstore.likeness import LookAlike
from vectorstore.models import (
    Passage,
    Report,
    ReportMetadata,
    ReportState,
    Scope,
    Section,
    Span,
    Version,
    VersionContent,
)


class CatalogueReader:
    """The reports, versions and passages of one data folder; safe to use from any thread."""

    folder: DataFolder
    _engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the catalogue, whatever is written meanwhile."""
        with self._engine.connect() as connection:
            yield connection

    def reports(self) -> list[Report]:
        """All reports in the library, newest mission first."""
        with self.reading() as connection:
            return catalogue.read_reports(connection)

    def removed_reports(self) -> list[Report]:
        """The reports in the bin, newest mission first."""
        with self.reading() as connection:
            return catalogue.read_reports(connection, state=ReportState.REMOVED)

    def report(self, report_id: str) -> Report:
        """One report in the library.

        Raises:
            UnknownReport: there is no such report, or it is in the bin.
        """
        with self.reading() as connection:
            return catalogue.read_report(connection, report_id)

    def report_of_version(self, version: str) -> str | None:
        """The id of the report whose current version has these bytes, or None."""
        with self.reading() as connection:
            return catalogue.report_of_version(connection, version)

    def versions(self, report_id: str) -> list[Version]:
        """All versions of a report, in the library or the bin, the latest first.

        Raises:
            UnknownReport: there is no such report.
        """
        with self.reading() as connection:
            return history.read_versions(connection, report_id)

    def holds(self, report_id: str, content: VersionContent) -> bool:
        """Whether a report's current version is just this, read by the same reader."""
        with self.reading() as connection:
            report = catalogue.read_report(connection, report_id)
            row_ids = catalogue.report_passage_ids(connection, report_id)
            passages = catalogue.read_passages(connection, row_ids)
            return (
                report.version == content.version
                and report.reader_revision == content.reader_revision
                and catalogue.version_text(connection, report.version) == content.text
                and catalogue.read_sections(connection, report_id) == list(content.sections)
                and [(Span(held.start, held.end), held.sentences) for held in passages]
                == [(draft.span, draft.sentences) for draft in content.passages]
            )

    def same_bytes(self, version: str) -> list[LookAlike]:
        """The reports, in the library or the bin, that have a version of these bytes."""
        with self.reading() as connection:
            return look_alikes.same_bytes(connection, version)

    def same_text(self, text: str) -> list[LookAlike]:
        """The reports in the library that have a version of the same or nearly the same text."""
        with self.reading() as connection:
            return look_alikes.same_text(connection, text)

    def same_mission(self, metadata: ReportMetadata) -> list[LookAlike]:
        """The reports in the library on a mission to one of the same places at the same time."""
        with self.reading() as connection:
            return look_alikes.same_mission(connection, metadata)

    def passages(self, report_id: str) -> list[Passage]:
        """The passages of a report's current version, in order.

        Raises:
            UnknownReport: there is no such report.
        """
        with self.reading() as connection:
            catalogue.read_report(connection, report_id)
            row_ids = catalogue.report_passage_ids(connection, report_id)
            return catalogue.read_passages(connection, row_ids)

    def passage(self, passage_id: str) -> Passage:
        """One passage of a current version.

        Raises:
            UnknownPassage: there is no such passage.
        """
        with self.reading() as connection:
            row_ids = catalogue.passage_row_ids(connection, [passage_id], Scope())
            if not row_ids:
                raise UnknownPassage(passage_id=passage_id)
            return catalogue.read_passages(connection, list(row_ids.values()))[0]

    def sections(self, report_id: str) -> list[Section]:
        """The sections of a report's current version, in order."""
        with self.reading() as connection:
            return catalogue.read_sections(connection, report_id)

    def version_text(self, version: str) -> str:
        """The whole text of a version, current or not, which all its offsets refer to.

        Raises:
            UnknownPassage: no report in the library has this version.
        """
        with self.reading() as connection:
            return catalogue.version_text(connection, version)

    def verbatim(self, version: str, span: Span) -> str | None:
        """The characters of a version's text that `span` covers; None for an unknown version."""
        with self.reading() as connection:
            return catalogue.verbatim(connection, version, span)

    def source_path(self, version: str) -> Path:
        """The original file of a version."""
        return self.folder.source(version)

    @property
    def is_pristine(self) -> bool:
        """Whether the folder never held a report; one that was emptied isn't."""
        with self.reading() as connection:
            return stored_vectors.active_model(connection) is None
