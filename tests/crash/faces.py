"""The two faces through which a folder is worked on while it is killed: the store, the library."""

from pathlib import Path
from typing import Protocol

from ingest.library import Library
from tests.builders import content, source_of
from tests.crash.actions import Action, Held, chosen_title, secret
from vectorstore.description import Description, MetadataField
from vectorstore.models import Report, ReportMetadata, VersionContent
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store


class Face(Protocol):
    """Does the steps."""

    store: Store

    def perform(self, action: Action) -> None:
        """Do a step; returning acknowledges it."""

    def can_publish(self, held: Held) -> bool:
        """Whether another version of a report can be added now."""

    def close(self) -> None:
        """Leave the folder."""


def version_of(report: str, number: int, life: int) -> VersionContent:
    """Small contents, each of its own size; the first is the same file in every report."""
    owner = "tous" if number == 0 else secret(report, life)
    return content(
        {
            f"Section {part}": [
                f"Le budget {number}-{part}-{line} de {owner} est de {number * 100 + line} M$. "
                f"La phrase {line} suit."
                for line in range(1 + number * 3)
            ]
            for part in range(1 + number)
        },
        title=f"Titre {number} de {owner}",
    )


class StoreFace:
    """Steps of the store itself, with vectors and originals, without reading files."""

    def __init__(self, data: Path, model: Path, folder: Path) -> None:
        self.store = Store.open(data, VectorstoreSettings(embedding_model=str(model)))
        self._folder = folder

    def close(self) -> None:
        self.store.close()

    def can_publish(self, held: Held) -> bool:
        return True

    def perform(self, action: Action) -> None:
        store, report = self.store, action.report
        match action.kind:
            case "publish" | "reread":
                if action.kind == "publish":
                    made = version_of(report, action.number, action.life)
                else:
                    made = next(
                        made
                        for made in (version_of(report, n, action.life) for n in range(4))
                        if made.version == store.report(report).version
                    )
                store.publish(
                    report,
                    made,
                    source=source_of(made, self._folder),
                    description=self._description(report, made),
                )
            case "restore":
                store.restore(report, version_of(report, action.number, action.life).version)
            case "return":
                store.restore(report)
            case "remove":
                store.remove(report)
            case "purge":
                store.purge(report)
            case "describe":
                title = chosen_title(report, action.number, action.life)
                edited = frozenset({MetadataField.TITLE})
                store.describe(report, Description(ReportMetadata(title=title), edited))
            case "reindex":
                store.reindex()

    def _description(self, report: str, made: VersionContent) -> Description:
        """What the version says, under the title set by hand."""
        for held in (*self.store.reports(), *self.store.removed_reports()):
            if held.id == report:
                return _kept(held).over(made.metadata)
        return Description(made.metadata)


def _kept(report: Report) -> Description:
    return Description(report.metadata, frozenset(MetadataField(name) for name in report.edited))


class LibraryFace:
    """Steps of the library, as the page and the shell do them: files read and cut for real."""

    def __init__(self, data: Path, model: Path, folder: Path, reader_revision: int) -> None:
        import ingest.reading

        # Each process reads as if by a newer reader, so that reading again changes something.
        ingest.reading.READER_REVISION = reader_revision
        self.store = Store.open(data, VectorstoreSettings(embedding_model=str(model)))
        from ingest.settings import IngestSettings

        self._library = Library(self.store, IngestSettings())
        self._folder = folder

    def close(self) -> None:
        self._library.close()

    def can_publish(self, held: Held) -> bool:
        """A report in the bin isn't replaced."""
        return not held.removed

    def perform(self, action: Action) -> None:
        library, report = self._library, action.report
        match action.kind:
            case "publish":
                file = file_of(self._folder, report, action.number, action.life)
                result = library.add(file, report_id=report, keep_both=True)
                assert result.status in ("added", "replaced", "unchanged"), result
            case "restore":
                file = file_of(self._folder, report, action.number, action.life)
                library.restore(report, sha256_of(file))
            case "return":
                library.restore(report)
            case "reread":
                assert library.reread(report).status in ("replaced", "unchanged")
            case "remove":
                library.remove(report)
            case "purge":
                library.purge(report)
            case "describe":
                title = chosen_title(report, action.number, action.life)
                library.edit(report, {"title": title})
            case "reindex":
                self.store.reindex()


def file_of(folder: Path, report: str, number: int, life: int) -> Path:
    """A text file of a report; each number has other words and another length."""
    name = secret(report, life)
    paragraphs = "\n\n".join(
        f"Le budget {number}-{line} de {name} est de {number * 100 + line} M$. "
        f"La ville {line} en parle depuis l’an {1900 + line}. " * (1 + number)
        for line in range(2 + number * 2)
    )
    file = folder / f"{report}-{number}-{life}.txt"
    if not file.exists():
        text = (
            f"Rapport {number} de {name}\n\nObjectifs\n\n{paragraphs}\n\nQuébec apprend\n\n"
            f"Le port numéro {number} de {name} a 20 quais.\n"
        )
        file.write_text(text, encoding="utf-8")
    return file


def sha256_of(file: Path) -> str:
    """The name of the version that a file is."""
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()
