"""Opening the other rooms for a command: logs set up, the wait shown, everything closed after."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ui.cli.shell import Shell

if TYPE_CHECKING:
    from assistant import Assistant
    from ingest import AddResult, Preview
    from ingest.audited import AuditedLibrary
    from ingest.jobs.queue import JobQueue
    from ingest.progress import Reporter
    from ui.cli.remote import (
        RemoteAssistant,
        RemoteIndex,
        RemoteJobs,
        RemoteLibrary,
    )
    from vectorstore import Index
    from vectorstore.accounts.models import Action, AuditEntry, Role, User
    from vectorstore.description import MetadataField
    from vectorstore.models import Passage, Report, ReportMetadata, Section, Version
    from vectorstore.store import Store
    from vectorstore.synced import SyncedFile

_ROOMS = ("assistant", "ingest", "ui", "vectorstore")


@contextmanager
def opened_assistant(shell: Shell) -> Iterator["Assistant"]:
    """The assistant over the data folder.

    Raises:
        vectorstore.errors.EscaleError: the folder, the settings or the model can't be used.
    """
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        from assistant import Assistant

        assistant = Assistant.open(shell.data)
    with assistant:
        yield assistant


class LibraryFace(Protocol):
    """The library as commands work in it: in this process, or through the running server.

    What each method does, returns and raises is said in `ingest.library.Library`. What changes
    something is in the audit, under the name of the shell's user.
    """

    # ruff: noqa: D102
    @property
    def is_pristine(self) -> bool: ...
    def prepare(self) -> None: ...
    def reports(self) -> list["Report"]: ...
    def removed_reports(self) -> list["Report"]: ...
    def outdated(self) -> list["Report"]: ...
    def report(self, report_id: str) -> "Report": ...
    def sections(self, report_id: str) -> list["Section"]: ...
    def passages(self, report_id: str) -> list["Passage"]: ...
    def versions(self, report_id: str) -> list["Version"]: ...
    def original(self, version: str) -> Path: ...
    def preview(
        self,
        path: str | Path,
        *,
        metadata: "ReportMetadata | Mapping[str, Any] | None" = None,
        report_id: str | None = None,
        progress: "Reporter | None" = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "Preview": ...
    def add(
        self,
        path: str | Path,
        *,
        metadata: "ReportMetadata | Mapping[str, Any] | None" = None,
        report_id: str | None = None,
        progress: "Reporter | None" = None,
        cancelled: Callable[[], bool] | None = None,
        keep_both: bool = False,
        as_new: bool = False,
    ) -> "AddResult": ...
    def replace(
        self,
        report_id: str,
        path: str | Path,
        *,
        metadata: "ReportMetadata | Mapping[str, Any] | None" = None,
        progress: "Reporter | None" = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "AddResult": ...
    def reread(
        self,
        report_id: str,
        *,
        progress: "Reporter | None" = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "AddResult": ...
    def edit(
        self,
        report_id: str,
        metadata: "ReportMetadata | Mapping[str, Any] | None" = None,
        *,
        reset: "Iterable[MetadataField | str]" = (),
    ) -> "Report": ...
    def remove(self, report_id: str) -> None: ...
    def restore(self, report_id: str, version: str | None = None) -> "Report": ...
    def purge(self, report_id: str) -> None: ...
    def purge_expired(self) -> list[str]: ...
    def synced(self, folder: str) -> "list[SyncedFile]": ...
    def record_synced(self, folder: str, file: "SyncedFile") -> None: ...
    def forget_synced(self, folder: str, path: str) -> None: ...
    def reindex(self, progress: Callable[[int, int], None] | None = None) -> str: ...


@contextmanager
def opened_library(shell: Shell) -> Iterator[LibraryFace]:
    """The library, here or through the server that holds the folder.

    Raises:
        DataFolderInUse: another process holds it that isn't a server, or one of another user.
        ServerOfAnotherVersion, ServerUnreachable: the server can't be worked through.
        vectorstore.errors.EscaleError: as `opened_assistant`.
    """
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        library = _library(shell)
    with closing(library):
        yield library


@contextmanager
def reached_assistant(shell: Shell) -> Iterator["Assistant | RemoteAssistant"]:
    """The assistant, here or through the server; raises as `opened_library`."""
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        assistant = _assistant(shell)
    with closing(assistant):
        yield assistant


@contextmanager
def reached_index(shell: Shell) -> Iterator["Index | RemoteIndex"]:
    """The index, here or through the server; raises as `opened_library`."""
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        index = _index(shell)
    with closing(index):
        yield index


@contextmanager
def reached_jobs(shell: Shell) -> Iterator["JobQueue | RemoteJobs"]:
    """The queue of jobs, here or through the server; raises as `opened_assistant`."""
    set_up_logs(shell)
    from ingest.jobs.queue import JobQueue
    from ingest.settings import IngestSettings
    from vectorstore.errors import DataFolderInUse
    from vectorstore.store import Store

    try:
        store = Store.open(shell.data)
    except DataFolderInUse as held:
        from ui.cli.remote import RemoteJobs, connected

        with closing(connected(shell.data, held)) as server:
            yield RemoteJobs(server)
        return
    with store:
        yield JobQueue(store, IngestSettings.load().max_waiting_jobs)


@contextmanager
def reached_accounts(shell: Shell) -> Iterator["AccountsFace"]:
    """The accounts and the audit, here or through the server; raises as `opened_assistant`."""
    set_up_logs(shell)
    from vectorstore.accounts.audit import shell_user
    from vectorstore.accounts.governing import Accounts
    from vectorstore.errors import DataFolderInUse
    from vectorstore.store import Store

    try:
        store = Store.open(shell.data)
    except DataFolderInUse as held:
        from ui.cli.remote import RemoteAccounts, connected

        with closing(connected(shell.data, held)) as server:
            yield RemoteAccounts(server)
        return
    with store:
        yield Accounts(store, shell_user())


def _assistant(shell: Shell) -> "Assistant | RemoteAssistant":
    from assistant import Assistant
    from vectorstore.errors import DataFolderInUse

    try:
        return Assistant.open(shell.data)
    except DataFolderInUse as held:
        from ui.cli.remote import RemoteAssistant, connected

        return RemoteAssistant(connected(shell.data, held), shell.data)


def _index(shell: Shell) -> "Index | RemoteIndex":
    from vectorstore import Index
    from vectorstore.errors import DataFolderInUse

    try:
        return Index.open(shell.data)
    except DataFolderInUse as held:
        from ui.cli.remote import RemoteIndex, connected

        return RemoteIndex(connected(shell.data, held), shell.data)


def _library(shell: Shell) -> "AuditedLibrary | RemoteLibrary":
    from ingest.audited import AuditedLibrary
    from vectorstore.accounts.audit import shell_user
    from vectorstore.errors import DataFolderInUse

    try:
        return AuditedLibrary.open(shell.data, shell_user())
    except DataFolderInUse as held:
        from ui.cli.remote import RemoteLibrary, connected

        return RemoteLibrary(connected(shell.data, held), shell.data)


@contextmanager
def opened_store(shell: Shell) -> Iterator["Store"]:
    """The store of the data folder, without loading the model; raises as `opened_assistant`."""
    set_up_logs(shell)
    from vectorstore.store import Store

    with Store.open(shell.data) as store:
        yield store


class AccountsFace(Protocol):
    """The accounts and the audit, here or through the server: `vectorstore.accounts.governing`."""

    def users(self) -> list["User"]: ...
    def add_user(self, name: str, password: str, role: "Role") -> "User": ...
    def set_user_role(self, name: str, role: "Role") -> "User": ...
    def set_user_password(self, name: str, password: str) -> None: ...
    def suspend_user(self, name: str) -> None: ...
    def remove_user(self, name: str) -> None: ...
    def audit_entries(
        self, words: str = "", action: "Action | None" = None, limit: int | None = None
    ) -> list["AuditEntry"]: ...
    def export_audit(
        self, words: str = "", action: "Action | None" = None
    ) -> list["AuditEntry"]: ...


class Preparable(Protocol):
    """What may have to write its embedding model to disk before the first report."""

    @property
    def is_pristine(self) -> bool: ...
    def prepare(self) -> None: ...


def prepare_model(shell: Shell, library: Preparable) -> None:
    """Load the model before the first report ever, when it may have to be written to disk first.

    Raises:
        ModelUnavailable: it can't be loaded.
    """
    if library.is_pristine:
        with shell.waiting(shell.messages("shell-preparing-model")):
            library.prepare()


def set_up_logs(shell: Shell) -> None:
    """Logs go to standard error, as the settings say; with `--debug`, all of ours."""
    from rich.logging import RichHandler

    from vectorstore.settings import VectorstoreSettings

    level = "debug" if shell.debug else VectorstoreSettings.load().log_level
    handler = RichHandler(console=shell.err, show_path=shell.debug, markup=False)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], format="%(message)s", force=True)
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level.upper())
