"""The library, the assistant and the jobs, through the server that holds the data folder."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import httpx

from ingest.errors import FileRefused, MissingFile, ReadingCancelled, UnreadableFile
from ingest.given_metadata import SIDE_FILE_ENDING, GivenMetadata
from ingest.jobs.models import Job, revived
from ingest.progress import Progress, Reporter
from ingest.results import AddResult, Preview
from ui.remote.address import Address, ServerUnreachable, address_of
from ui.remote.calls import argument_type, result_type
from vectorstore.accounts.audit import shell_user
from vectorstore.accounts.models import Action, AuditEntry, Role, User
from vectorstore.errors import DataFolderInUse
from vectorstore.models import Hit, Passage, Report, ReportMetadata, Scope, Section, Version

if TYPE_CHECKING:
    from assistant.models import Answer, CheckResult
    from vectorstore.description import MetadataField
    from vectorstore.synced import SyncedFile

_CONNECT_SECONDS: Final = 5.0
_PIECE: Final = 2**20
Metadata = ReportMetadata | Mapping[str, Any]


class Server:
    """The running server, by its socket."""

    def __init__(self, folder: Path, address: Address) -> None:
        self._folder = folder
        # Work may take an hour; the server tells every second that it is there.
        timeout = httpx.Timeout(60, connect=_CONNECT_SECONDS, write=None)
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(uds=address.socket),
            base_url="http://escale",
            timeout=timeout,
            headers={
                "Authorization": f"Bearer {address.token}",
                "X-Escale-User": quote(shell_user(), safe=":@ "),
            },
        )

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def call(
        self,
        method: str,
        *,
        on_step: Callable[[list[Any]], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        subject: Path | str = "",
        **arguments: object,
    ) -> Any:  # noqa: ANN401  (what `ui.remote.calls` says of the method)
        """What a method returns, or raises; `subject` is what a cancelled one was about.

        Raises:
            ReadingCancelled: `cancelled()` said True.
            ServerUnreachable: the server doesn't answer, or ended.
        """
        sent = {
            name: argument_type(name).dump_python(value, mode="json")
            for name, value in arguments.items()
        }
        last: dict[str, Any] = {}
        with self._answering(), self._client.stream("POST", f"/call/{method}", json=sent) as answer:
            self._check(answer)
            for line in answer.iter_lines():
                if cancelled is not None and cancelled():
                    raise ReadingCancelled(subject)
                last = json.loads(line) if line.strip() else {}
                if "progress" in last and on_step is not None:
                    on_step(last["progress"])
        if "error" in last:
            raise revived(last["error"]["code"], last["error"]["params"])
        if "result" not in last:
            raise self._unreachable("it ended")
        return result_type(method).validate_python(last["result"])

    def upload(self, file: Path) -> str:
        """Hand a file over; returns its id there.

        Raises:
            FileRefused: it can't be read.
        """
        try:
            with file.open("rb") as opened, self._answering():
                pieces = iter(lambda: opened.read(_PIECE), b"")
                name = file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                answer = self._client.post("/upload", params={"name": name}, content=pieces)
        except FileNotFoundError as error:
            raise MissingFile(file, folder=str(file.absolute().parent)) from error
        except OSError as error:
            raise UnreadableFile(file, reason=error.strerror or str(error)) from error
        self._check(answer)
        told = answer.json()
        if "error" in told:
            raise revived(told["error"]["code"], told["error"]["params"])
        return str(told["upload"])

    def _check(self, answer: httpx.Response) -> None:
        if not answer.is_success:
            raise self._unreachable(f"HTTP {answer.status_code}")

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except httpx.HTTPError as error:
            raise self._unreachable(str(error) or type(error).__name__) from error

    def _unreachable(self, reason: str) -> ServerUnreachable:
        return ServerUnreachable(folder=str(self._folder), reason=reason)


def connected(folder: Path, held: DataFolderInUse) -> Server:
    """The server that holds a folder.

    Raises:
        DataFolderInUse: `held`, where no server of this user is the holder.
        ServerOfAnotherVersion: it is of another version.
    """
    address = address_of(folder)
    if address is None:
        raise held
    return Server(folder, address)


class RemoteLibrary:
    """`ui.cli.rooms.LibraryFace` through the server; see `ingest.library.Library`."""

    # ruff: noqa: D102
    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self._folder = folder

    def close(self) -> None:
        self._server.close()

    @property
    def is_pristine(self) -> bool:
        return bool(self._server.call("is_pristine"))

    def prepare(self) -> None:
        self._server.call("prepare")

    def reports(self) -> list[Report]:
        return self._server.call("reports")  # type: ignore[no-any-return]

    def removed_reports(self) -> list[Report]:
        return self._server.call("removed_reports")  # type: ignore[no-any-return]

    def outdated(self) -> list[Report]:
        return self._server.call("outdated")  # type: ignore[no-any-return]

    def report(self, report_id: str) -> Report:
        return self._server.call("report", report_id=report_id)  # type: ignore[no-any-return]

    def sections(self, report_id: str) -> list[Section]:
        return self._server.call("sections", report_id=report_id)  # type: ignore[no-any-return]

    def passages(self, report_id: str) -> list[Passage]:
        return self._server.call("passages", report_id=report_id)  # type: ignore[no-any-return]

    def versions(self, report_id: str) -> list[Version]:
        return self._server.call("versions", report_id=report_id)  # type: ignore[no-any-return]

    def original(self, version: str) -> Path:
        return self._folder / "sources" / version

    def preview(
        self,
        path: str | Path,
        *,
        metadata: Metadata | None = None,
        report_id: str | None = None,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Preview:
        return self._with_file(  # type: ignore[no-any-return]
            "preview", Path(path), metadata, progress, cancelled, report_id=report_id
        )

    def add(
        self,
        path: str | Path,
        *,
        metadata: Metadata | None = None,
        report_id: str | None = None,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
        **choices: bool,
    ) -> AddResult:
        return self._added(
            "add", Path(path), metadata, progress, cancelled, report_id=report_id, **choices
        )

    def replace(
        self,
        report_id: str,
        path: str | Path,
        *,
        metadata: Metadata | None = None,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddResult:
        return self._added(
            "replace", Path(path), metadata, progress, cancelled, report_id=report_id
        )

    def reread(
        self,
        report_id: str,
        *,
        progress: Reporter | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddResult:
        return _refusal_as_result(
            lambda: self._server.call(
                "reread",
                on_step=_steps(progress),
                cancelled=cancelled,
                subject=report_id,
                report_id=report_id,
            )
        )

    def edit(
        self,
        report_id: str,
        metadata: Metadata | None = None,
        *,
        reset: "Iterable[MetadataField | str]" = (),
    ) -> Report:
        return self._server.call(  # type: ignore[no-any-return]
            "edit", report_id=report_id, metadata=_mapping(metadata), reset=[*map(str, reset)]
        )

    def remove(self, report_id: str) -> None:
        self._server.call("remove", report_id=report_id)

    def restore(self, report_id: str, version: str | None = None) -> Report:
        return self._server.call(  # type: ignore[no-any-return]
            "restore", report_id=report_id, version=version
        )

    def purge(self, report_id: str) -> None:
        self._server.call("purge", report_id=report_id)

    def purge_expired(self) -> list[str]:
        return self._server.call("purge_expired")  # type: ignore[no-any-return]

    def synced(self, folder: str) -> "list[SyncedFile]":
        return self._server.call("synced", folder=folder)  # type: ignore[no-any-return]

    def record_synced(self, folder: str, file: "SyncedFile") -> None:
        self._server.call("record_synced", folder=folder, file=file)

    def forget_synced(self, folder: str, path: str) -> None:
        self._server.call("forget_synced", folder=folder, path=path)

    def reindex(self, progress: Callable[[int, int], None] | None = None) -> str:
        return str(self._server.call("reindex", on_step=_counts(progress)))

    def _added(
        self,
        method: str,
        file: Path,
        metadata: Metadata | None,
        progress: Reporter | None,
        cancelled: Callable[[], bool] | None,
        **arguments: object,
    ) -> AddResult:
        return _refusal_as_result(
            lambda: self._with_file(method, file, metadata, progress, cancelled, **arguments)
        )

    def _with_file(
        self,
        method: str,
        file: Path,
        metadata: Metadata | None,
        progress: Reporter | None,
        cancelled: Callable[[], bool] | None,
        **arguments: object,
    ) -> Any:  # noqa: ANN401
        """Hand a file over with what its side file says, and call what takes it."""
        given = _mapping(metadata) or {}
        if not file.name.endswith(SIDE_FILE_ENDING):
            beside = GivenMetadata.beside(file).model_dump(mode="json", exclude_none=True)
            given = beside | given
        upload = self._server.upload(file)
        return self._server.call(
            method,
            on_step=_steps(progress),
            cancelled=cancelled,
            subject=file,
            upload=upload,
            metadata=given or None,
            **arguments,
        )


class RemoteIndex:
    """The index through the server; `store` lists the reports."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self.store = RemoteLibrary(server, folder)

    def close(self) -> None:
        self._server.close()

    def search(self, query: str, *, k: int = 10, scope: Scope | None = None) -> list[Hit]:
        return self._server.call("search", query=query, k=k, scope=scope)  # type: ignore[no-any-return]


class RemoteAssistant:
    """The assistant through the server."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self.index = RemoteIndex(server, folder)

    def close(self) -> None:
        self._server.close()

    def ask(self, question: str, *, scope: Scope | None = None) -> "Answer":
        return self._server.call("ask", question=question, scope=scope)  # type: ignore[no-any-return]

    def check(self, text: str, *, scope: Scope | None = None) -> "CheckResult":
        return self._server.call("check", text=text, scope=scope)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class RemoteJobs:
    """The queue of jobs through the server."""

    server: Server

    def jobs(self, limit: int = 200) -> list[Job]:
        return self.server.call("jobs", limit=limit)  # type: ignore[no-any-return]

    def cancel(self, job_id: int) -> Job:
        return self.server.call("cancel", job_id=job_id)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class RemoteAccounts:
    """The accounts and the audit through the server."""

    server: Server

    def users(self) -> list[User]:
        return self.server.call("users")  # type: ignore[no-any-return]

    def add_user(self, name: str, password: str, role: Role) -> User:
        return self.server.call(  # type: ignore[no-any-return]
            "add_user", name=name, password=password, role=role
        )

    def set_user_role(self, name: str, role: Role) -> User:
        return self.server.call("set_user_role", name=name, role=role)  # type: ignore[no-any-return]

    def set_user_password(self, name: str, password: str) -> None:
        self.server.call("set_user_password", name=name, password=password)

    def suspend_user(self, name: str) -> None:
        self.server.call("suspend_user", name=name)

    def remove_user(self, name: str) -> None:
        self.server.call("remove_user", name=name)

    def audit_entries(
        self, words: str = "", action: Action | None = None, limit: int | None = None
    ) -> list[AuditEntry]:
        return self.server.call(  # type: ignore[no-any-return]
            "audit_entries", words=words, action=action, limit=limit
        )

    def export_audit(self, words: str = "", action: Action | None = None) -> list[AuditEntry]:
        return self.server.call(  # type: ignore[no-any-return]
            "export_audit", words=words, action=action
        )


def _refusal_as_result(work: Callable[[], AddResult]) -> AddResult:
    """What is wrong with a file is a result, as in `Library.add`."""
    try:
        return work()
    except FileRefused as error:
        return AddResult("", "", "refused", str(error), error=error)


def _steps(progress: Reporter | None) -> Callable[[list[Any]], None] | None:
    return None if progress is None else lambda step: progress(Progress(*step))


def _counts(progress: Callable[[int, int], None] | None) -> Callable[[list[Any]], None] | None:
    return None if progress is None else lambda step: progress(*step)


def _mapping(metadata: Metadata | None) -> dict[str, Any] | None:
    """Metadata as JSON; fields of a `ReportMetadata` that are empty say nothing."""
    if not isinstance(metadata, ReportMetadata):
        return None if metadata is None else _json(dict(metadata))
    told = _json(metadata)
    return {name: value for name, value in told.items() if value}


def _json(value: object) -> dict[str, Any]:
    from pydantic import TypeAdapter

    made: dict[str, Any] = TypeAdapter(Any).dump_python(value, mode="json")
    return made
