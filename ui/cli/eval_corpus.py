"""The reports an evaluation is asked over: indexed as they ship, once, in a folder of their own.

A corpus is kept in the user's cache folder under a digest of all that decides what is stored: the
files, the settings of reading and embedding, and the code that reads and stores. So tuning the
search or the answers asks the same corpus again, and changing what is stored makes a new one.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ui.cli.failures import WrongUse
from ui.cli.rooms import set_up_logs
from ui.cli.shell import Shell
from vectorstore.configuration import RoomSettings
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from assistant import Assistant
    from vectorstore.store import Store

Progress = Callable[[int, int], None]

_METADATA = ".meta.toml"
# Code that reads the index and writes none of it, and folders of such code.
_ONLY_SEARCHES = frozenset(
    {"search.py", "index.py", "retriever.py", "glossary.py", "reranking", "accounts"}
)


class EvaluationReportRefused(EscaleError):
    """A report of an evaluation's corpus can't be read."""

    code = "evaluation-report-refused"
    text = "The report {file} of the evaluation can't be added: {reason}"


class _Corpus(Protocol):
    """What is put into the data folder, and the files and rooms that decide it."""

    files: Sequence[Path]
    rooms: Sequence[str]

    def fill(self, folder: Path, progress: Progress) -> None: ...


class ReportCorpus:
    """Report files, added through the library."""

    def __init__(self, paths: Iterable[Path], shell: Shell) -> None:
        self.files: Sequence[Path] = list(_files(paths, shell))
        self.rooms: Sequence[str] = ("ingest", "vectorstore")

    def fill(self, folder: Path, progress: Progress) -> None:
        """Add the reports to the data folder.

        Raises:
            EvaluationReportRefused: one of them can't be read.
        """
        from ingest import Library

        reports = [file for file in self.files if not file.name.endswith(_METADATA)]
        with Library.open(folder) as library:
            for done, file in enumerate(reports, start=1):
                added = library.add(file)
                if added.status == "refused":
                    raise EvaluationReportRefused(file=str(file), reason=added.message)
                progress(done, len(reports))


class PassageCorpus:
    """The passages of a passage set, stored as they are given."""

    def __init__(self, folder: Path) -> None:
        from assistant.evaluation.passage_sets import PASSAGES

        self._folder = folder
        self.files: Sequence[Path] = [folder / PASSAGES]
        self.rooms: Sequence[str] = ("vectorstore",)

    def fill(self, folder: Path, progress: Progress) -> None:
        """Store the passages in the data folder."""
        from assistant.evaluation.passage_sets import publish_passage_set
        from vectorstore.store import Store

        with Store.open(folder) as store:
            publish_passage_set(self._folder, store, progress)


@contextmanager
def opened_corpus(shell: Shell, corpus: _Corpus, cache: Path | None) -> Iterator["Assistant"]:
    """The assistant over a corpus, which is indexed first when the cache doesn't hold it.

    Raises:
        vectorstore.errors.EscaleError: the cache, a file, the settings or the model can't be used.
    """
    set_up_logs(shell)
    folder = prepared_corpus(shell, corpus, cache or default_cache())
    with shell.waiting(shell.messages("shell-opening")):
        from assistant import Assistant

        held = _opened_store(folder)
    with held, Assistant.open(folder) as assistant:
        yield assistant


def prepared_corpus(shell: Shell, corpus: _Corpus, cache: Path) -> Path:
    """The data folder of a corpus, complete."""
    folder = cache / _digest(corpus)
    if folder.is_dir():
        return folder
    unfinished = folder.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    with shell.progress(shell.messages("eval-indexing")) as bar, _opened_store(unfinished):
        corpus.fill(unfinished, bar)
    unfinished.rename(folder)
    return folder


def default_cache() -> Path:
    """Where corpora are kept between evaluations."""
    from platformdirs import user_cache_path

    return user_cache_path("escale") / "evaluation"


def _opened_store(folder: Path) -> "Store":
    """The folder's store, its model beside all corpora: every other opening joins this one."""
    from vectorstore.settings import VectorstoreSettings
    from vectorstore.store import Store

    settings = VectorstoreSettings.load()
    if settings.models_folder is None:
        settings = settings.model_copy(update={"models_folder": folder.parent / "models"})
    return Store.open(folder, settings)


def _files(paths: Iterable[Path], shell: Shell) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    yield file
        elif path.is_file():
            yield path
            metadata = path.with_name(path.stem + _METADATA)
            if metadata.is_file():
                yield metadata
        else:
            raise WrongUse(shell.messages("shell-no-such-file", path=str(path)))


def _digest(corpus: _Corpus) -> str:
    """A digest of all that decides what a corpus's data folder holds."""
    digest = hashlib.sha256()
    for file in corpus.files:
        digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    for room in corpus.rooms:
        digest.update(_stored_by(_SETTINGS[room]()))
        for source in sorted((Path(__file__).parents[2] / room).rglob("*.py")):
            if _ONLY_SEARCHES.isdisjoint(source.parts):
                digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _ingest_settings() -> RoomSettings:
    from ingest.settings import IngestSettings

    return IngestSettings.load()


def _vectorstore_settings() -> RoomSettings:
    from vectorstore.settings import VectorstoreSettings

    return VectorstoreSettings.load()


_SETTINGS: Mapping[str, Callable[[], RoomSettings]] = {
    "ingest": _ingest_settings,
    "vectorstore": _vectorstore_settings,
}


def _stored_by(settings: RoomSettings) -> bytes:
    only_searched = {"candidates", "dense_weight", "dense_weight_across_languages", "reranker"}
    values = settings.model_dump(mode="json", exclude=only_searched)
    return json.dumps(values, sort_keys=True).encode()
