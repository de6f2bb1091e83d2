"""The checks behind `escale doctor`: each looks at one thing and says what to do about it."""

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ui.messages import Messages
from vectorstore.errors import DataFolderInUse, DataFolderUnusable, EscaleError

if TYPE_CHECKING:
    from vectorstore.consistency import Problem, ProblemKind
    from vectorstore.store import Store

_PYTHONS: Final = ((3, 11), (3, 13))
_GIGABYTE: Final = 1_000_000_000
# Below the first a large batch may not fit; below the second SQLite itself soon fails.
_LITTLE_ROOM: Final = 2 * _GIGABYTE
_NO_ROOM: Final = _GIGABYTE // 5
_TRIAL_QUESTION: Final = "Qui a participé à la mission ?"


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do, and is empty where all is well."""

    check: str
    level: Level
    subject: str
    detail: str
    advice: str = ""


Check = Callable[[Path, Messages], Iterator[Finding]]


def examine(data: Path, messages: Messages) -> list[Finding]:
    """All findings, in the order of the checks. An error in a check is a finding."""
    from sqlalchemy.exc import DatabaseError

    findings: list[Finding] = []
    for check in _CHECKS:
        name = check.__name__.lstrip("_").replace("_", "-")
        try:
            findings.extend(check(data, messages))
        except EscaleError as error:
            findings.append(_finding(name, Level.FAILURE, messages, messages.error(error)))
        except (OSError, ImportError, sqlite3.Error, DatabaseError) as error:
            findings.append(_finding(name, Level.FAILURE, messages, str(error)))
    return findings


def repair(data: Path) -> "list[Problem]":
    """Mend what can be mended in the data folder; returns what was wrong with it.

    Raises:
        vectorstore.errors.EscaleError: the folder can't be opened, or there is no room.
    """
    from sqlalchemy.exc import DatabaseError

    from ingest.mending import mend, problems
    from ingest.settings import IngestSettings
    from vectorstore.store import Store

    if not data.exists():
        return []
    settings = IngestSettings.load()
    try:
        with Store.open(data, tidy=False) as store:
            found = problems(store, settings)
            if found:
                mend(store, settings)
            return found
    except DatabaseError as error:
        raise DataFolderUnusable(folder=str(data), reason=str(error.orig)) from error


def _finding(
    check: str, level: Level, messages: Messages, detail: str, advice: str = ""
) -> Finding:
    return Finding(check, level, messages(f"doctor-{check}"), detail, advice)


def _python(_data: Path, messages: Messages) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    oldest, newest = (".".join(map(str, bound)) for bound in _PYTHONS)
    if _PYTHONS[0] <= sys.version_info[:2] <= _PYTHONS[1]:
        yield _finding("python", Level.OK, messages, version)
    else:
        advice = messages("doctor-python-advice", oldest=oldest, newest=newest)
        yield _finding("python", Level.FAILURE, messages, version, advice)


def _sqlite(_data: Path, messages: Messages) -> Iterator[Finding]:
    with sqlite3.connect(":memory:") as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text, tokenize='unicode61')")
        except sqlite3.OperationalError as error:
            advice = messages("doctor-sqlite-advice")
            yield _finding("sqlite", Level.FAILURE, messages, str(error), advice)
        else:
            yield _finding("sqlite", Level.OK, messages, f"{sqlite3.sqlite_version}, FTS5")


def _chroma(_data: Path, messages: Messages) -> Iterator[Finding]:
    import chromadb

    yield _finding("chroma", Level.OK, messages, chromadb.__version__)


def _settings(_data: Path, messages: Messages) -> Iterator[Finding]:
    from ui.cli.settings import all_settings
    from vectorstore.configuration import config_file

    for room in all_settings():
        room.load()
    file = config_file()
    detail = str(file) if file else messages("doctor-settings-default")
    yield _finding("settings", Level.OK, messages, detail)


def _data_folder(data: Path, messages: Messages) -> Iterator[Finding]:
    """The folder, and in it the index and the model."""
    if not data.exists():
        detail = messages("doctor-data-folder-missing", folder=str(data))
        advice = messages("doctor-data-folder-missing-advice")
        yield _finding("data-folder", Level.WARNING, messages, detail, advice)
        return
    from vectorstore.store import Store

    try:
        store = Store.open(data, tidy=False)
    except DataFolderInUse as error:
        detail = messages.error(error)
        advice = messages("doctor-in-use-advice")
        yield _finding("data-folder", Level.WARNING, messages, detail, advice)
        return
    with store:
        reports = len(store.reports())
        detail = messages("doctor-data-folder-holds", folder=str(data), reports=reports)
        yield _finding("data-folder", Level.OK, messages, detail)
        yield from _model(store, messages)
        yield from _index(store, messages)


def _model(store: "Store", messages: Messages) -> Iterator[Finding]:
    """The model that the index answers by, loaded and asked."""
    try:
        model = store.model
    except EscaleError as error:
        yield _finding("model", Level.FAILURE, messages, messages.error(error))
        return
    model.embed_query(_TRIAL_QUESTION)  # the first one warms up
    begin = time.perf_counter()
    model.embed_query(_TRIAL_QUESTION)
    detail = messages(
        "doctor-model-works",
        model=model.identity.name,
        dimension=model.identity.dimension,
        milliseconds=round((time.perf_counter() - begin) * 1000),
    )
    yield _finding("model", Level.OK, messages, detail)


def _index(store: "Store", messages: Messages) -> Iterator[Finding]:
    """The catalogue, the full text, the vectors and the originals against each other."""
    from ingest.mending import problems
    from ingest.settings import IngestSettings

    kinds: dict[ProblemKind, list[str]] = {}
    for problem in problems(store, IngestSettings.load()):
        kinds.setdefault(problem.kind, []).append(problem.detail)
    for kind, details in kinds.items():
        told = messages(f"doctor-problem-{kind}", detail=details[0])
        if len(details) > 1:
            told += f" ({messages('doctor-more-problems', count=len(details) - 1)})"
        yield _finding("index", Level.FAILURE, messages, told, messages(f"doctor-mend-{kind}"))
    if not kinds:
        yield _finding("index", Level.OK, messages, messages("doctor-index-agrees"))


def _disk(data: Path, messages: Messages) -> Iterator[Finding]:
    existing = next(folder for folder in (data, *data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    detail = messages("doctor-disk-free", gigabytes=round(free / _GIGABYTE, 1))
    if free >= _LITTLE_ROOM:
        yield _finding("disk", Level.OK, messages, detail)
    else:
        level = Level.WARNING if free >= _NO_ROOM else Level.FAILURE
        yield _finding("disk", level, messages, detail, messages("doctor-disk-advice"))


def _ocr(_data: Path, messages: Messages) -> Iterator[Finding]:
    from ingest.ocr.tesseract import install_command, languages
    from ingest.settings import IngestSettings

    wanted = IngestSettings.load().ocr_languages
    found = languages(wanted)
    advice = messages("doctor-ocr-advice", command=install_command())
    missing = sorted(set(wanted.split("+")) - set(found.split("+")))
    if not found:
        detail = messages("doctor-ocr-missing")
        yield _finding("ocr", Level.WARNING, messages, detail, advice)
    elif missing:
        detail = messages("doctor-ocr-languages", languages=", ".join(missing))
        yield _finding("ocr", Level.WARNING, messages, detail, advice)
    else:
        yield _finding("ocr", Level.OK, messages, f"Tesseract ({found})")


def _port(_data: Path, messages: Messages) -> Iterator[Finding]:
    from ui.settings import UiSettings
    from ui.web.server import PortTaken, address, listening_socket

    settings = UiSettings.load()
    try:
        listening_socket(settings).close()
    except PortTaken as error:
        advice = messages("doctor-port-advice")
        yield _finding("port", Level.WARNING, messages, messages.error(error), advice)
    else:
        detail = messages("doctor-port-free", address=address(settings))
        yield _finding("port", Level.OK, messages, detail)


_CHECKS: Final[tuple[Check, ...]] = (
    _python,
    _sqlite,
    _chroma,
    _settings,
    _disk,
    _data_folder,
    _ocr,
    _port,
)
