"""The shell through the running server: the same results, and no way in for anybody else."""

import io
import json
import os
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from ingest.errors import FileRefused
from ingest.jobs import JobKind, Jobs, Task
from ingest.progress import Progress
from tests.builders import OSLO
from ui.cli import run
from ui.cli.remote import RemoteAssistant, RemoteIndex, RemoteJobs, RemoteLibrary, Server
from ui.remote.address import (
    Address,
    ServerOfAnotherVersion,
    ServerUnreachable,
    address_of,
    listening,
)
from ui.remote.desk import answering_the_shell
from vectorstore.accounts.audit import Audit, shell_user
from vectorstore.accounts.models import Action
from vectorstore.errors import UnknownReport
from vectorstore.models import ReportMetadata, Scope
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

REPORT = OSLO.format(quays=12)
LONGER = REPORT + "\n\n".join(
    f"La mesure numéro {number} a coûté {number} M$ au port d’Oslo." for number in range(600)
)


@pytest.fixture
def store(data_dir: Path, tiny_settings: VectorstoreSettings) -> Iterator[Store]:
    with Store.open(data_dir, tiny_settings) as opened:
        yield opened
        assert opened.check() == []


@pytest.fixture
def address(store: Store, data_dir: Path) -> Iterator[Address]:
    jobs = Jobs(store)
    with Assistant.open(data_dir) as assistant, answering_the_shell(assistant, jobs):
        found = address_of(data_dir)
        assert found is not None
        yield found


@pytest.fixture
def server(address: Address, data_dir: Path) -> Iterator[Server]:
    made = Server(data_dir, address)
    yield made
    made.close()


@pytest.fixture
def library(server: Server, data_dir: Path) -> RemoteLibrary:
    return RemoteLibrary(server, data_dir)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "Mission d’été à Oslo.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_the_whole_life_of_a_report(
    library: RemoteLibrary, store: Store, report: Path, tmp_path: Path
) -> None:
    assert library.is_pristine
    library.prepare()
    steps: list[Progress] = []
    assert library.preview(report).report_id == "oslo-2024"
    added = library.add(report, progress=steps.append)
    assert (added.status, added.report_id) == ("added", "oslo-2024")
    assert {step.stage for step in steps} >= {"embedding", "storing"}
    assert library.add(report).status == "unchanged"
    [held] = library.reports()
    assert held == store.report("oslo-2024")
    assert held.source_name == report.name
    assert held.added_by == shell_user()
    assert library.passages("oslo-2024") == store.passages("oslo-2024")
    assert library.sections("oslo-2024") == store.sections("oslo-2024")
    assert library.original(held.version).read_text("utf-8") == REPORT

    new = tmp_path / "deux.txt"
    new.write_text(OSLO.format(quays=13), encoding="utf-8")
    assert library.replace("oslo-2024", new).status == "replaced"
    assert len(library.versions("oslo-2024")) == 2
    assert library.reread("oslo-2024").status == "unchanged"
    edited = library.edit("oslo-2024", ReportMetadata(title="Les quais"), reset=["dates"])
    assert (edited.title, edited.edited) == ("Les quais", ("title",))
    assert library.edit("oslo-2024", {"title": None}).title == "oslo-2024"
    assert library.restore("oslo-2024", held.version).version == held.version
    library.remove("oslo-2024")
    assert [one.id for one in library.removed_reports()] == ["oslo-2024"]
    assert library.restore("oslo-2024").id == "oslo-2024"
    library.purge("oslo-2024")
    assert library.reports() == library.removed_reports() == library.purge_expired() == []
    assert library.reindex()
    who = {entry.who for entry in Audit(store).entries()}
    assert who == {shell_user()}
    done = [entry.action for entry in reversed(Audit(store).entries())]
    assert done == [
        Action.REPORT_ADDED,
        Action.REPORT_REPLACED,
        Action.REPORT_EDITED,
        Action.REPORT_EDITED,
        Action.REPORT_RESTORED,
        Action.REPORT_REMOVED,
        Action.REPORT_RESTORED,
        Action.REPORT_PURGED,
        Action.INDEX_REBUILT,
    ]
    assert list((store.folder.path / "incoming").iterdir()) == []


def test_questions(server: Server, library: RemoteLibrary, report: Path, data_dir: Path) -> None:
    library.add(report)
    assistant = RemoteAssistant(server, data_dir)
    answer = assistant.ask("Combien de quais ?", scope=Scope.of(reports=["oslo-2024"]))
    assert answer.language == "fr"
    assert assistant.check("Le port a branché 12 quais sur 20.").claims
    [*hits] = RemoteIndex(server, data_dir).search("traversiers", k=3, scope=Scope())
    assert hits[0].report.id == "oslo-2024"


def test_what_a_side_file_says(library: RemoteLibrary, report: Path) -> None:
    report.with_suffix(".meta.toml").write_text('title = "À côté"\n', encoding="utf-8")
    library.add(report)
    assert library.report("oslo-2024").title == "À côté"


def test_errors_are_those_of_the_library(library: RemoteLibrary, tmp_path: Path) -> None:
    with pytest.raises(UnknownReport, match="nulle-part"):
        library.report("nulle-part")
    bad = tmp_path / "image.pdf"
    bad.write_bytes(b"\x00\x01\x02\xff" * 400)
    refused = library.add(bad)
    assert refused.status == "refused"
    assert isinstance(refused.error, FileRefused)
    assert refused.error.params["file"] == "image.pdf"
    missing = library.add(tmp_path / "absent.pdf")
    assert missing.error is not None
    assert missing.error.code == "missing-file"


def test_cancelling(library: RemoteLibrary, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(LONGER, encoding="utf-8")
    began = threading.Event()
    result = library.add(file, progress=lambda step: began.set(), cancelled=began.is_set)
    assert result.error is not None
    assert result.error.code == "reading-cancelled"
    time.sleep(2)
    assert store.reports() == []


def test_jobs(server: Server, store: Store) -> None:
    given = Jobs(store).queue.submit(Task(JobKind.REINDEX, "l’index"), "anne")
    remote = RemoteJobs(server)
    assert remote.jobs() == [given]
    assert remote.cancel(given.id).state == "cancelled"


def test_nobody_else_gets_in(address: Address, data_dir: Path) -> None:
    for file in (data_dir / "escale.server", Path(address.socket)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    transport = httpx.HTTPTransport(uds=address.socket)
    with httpx.Client(transport=transport, base_url="http://escale") as client:
        for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": "Bearer éà".encode()}):
            for path in ("/call/reports", "/upload?name=a"):
                assert client.post(path, headers=headers, json={}).status_code == 403
        assert client.get("/openapi.json").status_code == 404
        own = {"Authorization": f"Bearer {address.token}"}
        for method in ("close", "_store", "__init__", "submit", "finish", "library"):
            assert client.post(f"/call/{method}", headers=own, json={}).status_code == 404


def test_the_token_is_new_each_time_and_gone_afterwards(tmp_path: Path) -> None:
    tokens = set()
    for _ in range(2):
        with listening(tmp_path) as (_, address):
            tokens.add(address.token)
            assert address_of(tmp_path) == address
        assert address_of(tmp_path) is None
        assert list(tmp_path.iterdir()) == []
    assert len(tokens) == 2


def test_a_long_path_gets_a_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 100)
    folder.mkdir()
    with listening(folder) as (_, address):
        place = Path(address.socket).parent
        assert place != folder
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(address.socket)
    assert not place.exists()


def test_another_version_and_a_dead_socket(address: Address, data_dir: Path) -> None:
    file = data_dir / "escale.server"
    told = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(told | {"version": "0.0.1"}), encoding="utf-8")
    with pytest.raises(ServerOfAnotherVersion, match=r"0\.0\.1"):
        address_of(data_dir)
    dead = Server(data_dir, Address(str(data_dir / "nobody.sock"), "x", "y"))
    with pytest.raises(ServerUnreachable):
        dead.call("reports")


def test_the_commands_through_a_server(
    data_dir: Path, report: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two processes: one serves, the other is the shell."""
    import subprocess
    import sys

    from tests.tiny_model import write_tiny_model

    monkeypatch.setenv("ESCALE_VECTORSTORE_EMBEDDING_MODEL", str(write_tiny_model(tmp_path / "m")))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "--data", str(data_dir), "serve", "--no-sample"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen([*command, "--port", str(port)], env=environment)
    try:
        end = time.monotonic() + 120
        while address_of(data_dir) is None:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)

        def shell(*arguments: str) -> tuple[int, str]:
            out = io.StringIO()
            with redirect_stdout(out), redirect_stderr(io.StringIO()) as err:
                code = run(["--data", str(data_dir), *arguments])
            return code, out.getvalue() + err.getvalue()

        code, told = shell("add", str(report), "--json")
        assert code == 0, told
        assert json.loads(told)[0]["status"] == "added"
        assert json.loads(shell("list", "--json")[1])[0]["id"] == "oslo-2024"
        assert "Oslo" in shell("show", "oslo-2024")[1]
        assert shell("search", "traversiers", "--json")[0] == 0
        assert shell("jobs", "--json")[1].strip() == "[]"
        assert shell("remove", "oslo-2024", "--yes")[0] == 0
        assert json.loads(shell("list", "--json")[1]) == []
        public = httpx.post(f"http://127.0.0.1:{port}/call/reports", json={})
        assert public.status_code in (403, 404)
    finally:
        process.terminate()
        assert process.wait(30) in (0, -15)
    assert address_of(data_dir) is None
