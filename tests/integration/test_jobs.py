"""The queue of long work: its states, its uploads, and that a killed process loses none of it."""

import multiprocessing
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import repeat
from pathlib import Path

import pytest

from ingest.given_metadata import GivenMetadata
from ingest.jobs import Job, JobKind, Jobs, JobState, Task, Upload
from ingest.jobs.errors import (
    QueueFull,
    TooManyUploads,
    UnknownJob,
    UnknownUpload,
    UploadsTooLarge,
    UploadTooLarge,
)
from ingest.jobs.incoming import FOLDER, shown_name
from ingest.settings import IngestSettings
from tests.builders import OSLO
from tests.conftest import REPOSITORY
from tests.tiny_model import write_tiny_model
from vectorstore.accounts.audit import Audit
from vectorstore.accounts.models import Action
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

REPORT = OSLO.format(quays=12)
LONGER = REPORT + "\n\n".join(
    f"La mesure numéro {number} a coûté {number} M$ au port d’Oslo." for number in range(400)
)
OTHER = REPORT.replace("Oslo", "Bergen").replace("Norvège", "Suède")
MEGABYTE = 2**20


@pytest.fixture
def store(data_dir: Path, tiny_settings: VectorstoreSettings) -> Iterator[Store]:
    with Store.open(data_dir, tiny_settings) as opened:
        yield opened
        assert opened.check() == []


@pytest.fixture
def jobs(store: Store) -> Iterator[Jobs]:
    made = Jobs(store)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def idle(store: Store) -> Jobs:
    """A queue that nobody works on."""
    return Jobs(store, IngestSettings(max_waiting_jobs=3, max_uploads=2, incoming_megabytes=1))


def receive(jobs: Jobs, text: str | bytes, name: str = "oslo.txt", owner: str = "anne") -> Upload:
    with jobs.incoming.receive(owner, name) as (upload, arriving):
        arriving.write(text.encode() if isinstance(text, str) else text)
    return jobs.incoming.find(upload, owner)


def ended(jobs: Jobs, job: Job, seconds: float = 60) -> Job:
    end = time.monotonic() + seconds
    while not (found := jobs.queue.job(job.id)).is_over:
        assert time.monotonic() < end, found
        jobs.queue.wait(0.2, jobs.queue.revision)
    return found


def give(jobs: Jobs, kind: JobKind, upload: Upload | None = None, report_id: str = "") -> Job:
    name = upload.name if upload else report_id
    task = Task(kind, name, report_id, upload.id if upload else "")
    return jobs.queue.submit(task, "anne", "127.0.0.1")


def files(store: Store) -> list[Path]:
    """The files of uploads; those of a job that has just ended are about to go."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        found = [
            Path(folder, name)
            for folder, _, names in os.walk(store.folder.path / FOLDER)
            for name in names
        ]
        if not found:
            break
        time.sleep(0.05)
    return found


def audited(store: Store) -> list[tuple[str, str, str]]:
    entries = Audit(store).entries()
    return [(entry.who, entry.action, entry.target) for entry in reversed(entries)]


class TestUploads:
    def test_read_then_added_then_nothing_is_left_of_the_upload(
        self, jobs: Jobs, store: Store
    ) -> None:
        upload = receive(jobs, REPORT, "Oslo 2024.txt")
        assert (store.folder.path / FOLDER).stat().st_mode & 0o777 == 0o700
        assert jobs.incoming.path(upload).parent.stat().st_mode & 0o777 == 0o700
        read = ended(jobs, give(jobs, JobKind.READ, upload))
        assert read.state is JobState.DONE
        preview = jobs.incoming.preview(upload)
        assert preview is not None
        assert (preview.report_id, preview.source_name) == ("oslo-2024", "Oslo 2024.txt")
        assert store.reports() == []
        added = ended(jobs, give(jobs, JobKind.ADD, upload))
        assert added.outcome is not None
        assert (added.outcome.status, added.outcome.report_id) == ("added", "oslo-2024")
        [report] = store.reports()
        assert (report.source_name, report.added_by) == ("Oslo 2024.txt", "anne")
        assert files(store) == []
        assert audited(store) == [("anne", Action.REPORT_ADDED, "oslo-2024")]

    def test_what_is_there_already_is_skipped_when_it_is_read(
        self, jobs: Jobs, store: Store
    ) -> None:
        ended(jobs, give(jobs, JobKind.ADD, receive(jobs, REPORT)))
        again = ended(jobs, give(jobs, JobKind.READ, receive(jobs, REPORT, "copie.txt")))
        assert again.outcome is not None
        assert (again.outcome.status, again.outcome.report_id) == ("duplicate", "oslo-2024")
        assert files(store) == []

    def test_metadata_given_with_the_confirmation(self, jobs: Jobs, store: Store) -> None:
        upload = receive(jobs, REPORT)
        task = Task(
            JobKind.ADD,
            upload.name,
            upload=upload.id,
            metadata=GivenMetadata(title="Les quais d’Oslo"),
            emptied=("destinations",),
        )
        job = ended(jobs, jobs.queue.submit(task, "anne"))
        [report] = store.reports()
        assert (report.title, report.metadata.destinations) == ("Les quais d’Oslo", ())
        assert set(report.edited) == {"title", "destinations"}
        assert job.task.metadata is None

    def test_a_refused_file_is_told_by_its_users_name(self, jobs: Jobs, store: Store) -> None:
        upload = receive(jobs, b"\x00\x01\x02\xff" * 400, "photo « à voir ».pdf")
        job = ended(jobs, give(jobs, JobKind.READ, upload))
        assert job.state is JobState.REFUSED
        assert job.outcome is not None
        assert job.outcome.error is not None
        assert job.outcome.error.params["file"] == "photo « à voir ».pdf"
        assert "content" not in job.outcome.message
        assert files(store) == []

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\system.ini", "system.ini"),
            ("C:\\Users\\anne\\rapport.pdf", "rapport.pdf"),
            ('l’été "chaud"\r\nSet-Cookie: a=b.pdf', 'l’été "chaud"��Set-Cookie: a=b.pdf'),
            ("", "?"),
            ("..", ".."),
            ("a\0b.txt", "a�b.txt"),
            ("x" * 300 + ".pdf", "x" * 195 + "…" + ".pdf"),
        ],
    )
    def test_no_name_becomes_a_path(self, jobs: Jobs, store: Store, name: str, shown: str) -> None:
        assert shown_name(name) == shown
        upload = receive(jobs, REPORT, name)
        assert jobs.incoming.path(upload).parent.parent == store.folder.path / FOLDER
        job = ended(jobs, give(jobs, JobKind.ADD, upload))
        assert job.state is JobState.DONE, job.outcome
        [report] = store.reports()
        assert report.source_name == shown

    def test_limits_hold_while_the_file_arrives(self, idle: Jobs, store: Store) -> None:
        with pytest.raises(UploadsTooLarge), idle.incoming.receive("anne", "a") as (_, arriving):
            arriving.write(b"x" * (MEGABYTE + 1))
        large = Jobs(store, IngestSettings(max_file_megabytes=1))
        half = b"x" * (MEGABYTE // 2)
        with pytest.raises(UploadTooLarge), large.incoming.receive("anne", "a") as (_, arriving):
            deque(map(arriving.write, repeat(half)), maxlen=0)
        assert arriving.size == MEGABYTE + MEGABYTE // 2
        receive(idle, "a")
        receive(idle, "b")
        with pytest.raises(TooManyUploads):
            receive(idle, "c")
        receive(idle, "c", owner="bernard")
        assert [len(idle.incoming.all(owner)) for owner in ("anne", "bernard")] == [2, 1]

    def test_an_upload_is_its_owners(self, idle: Jobs) -> None:
        upload = receive(idle, "a")
        with pytest.raises(UnknownUpload):
            idle.incoming.find(upload.id, "bernard")
        with pytest.raises(UnknownUpload):
            idle.incoming.find("../" + upload.id, "anne")
        assert idle.incoming.all("bernard") == []

    def test_orphans_are_swept_at_the_start(self, idle: Jobs, store: Store) -> None:
        kept = receive(idle, "a")
        orphan = store.folder.path / FOLDER / "orphan"
        orphan.mkdir()
        (orphan / "content").write_text("half", encoding="utf-8")
        idle.start()
        idle.stop()
        assert not orphan.exists()
        assert idle.incoming.path(kept).exists()


class TestQueue:
    def test_it_is_bounded(self, idle: Jobs) -> None:
        for _ in range(3):
            give(idle, JobKind.REINDEX)
        with pytest.raises(QueueFull):
            give(idle, JobKind.REINDEX)
        with pytest.raises(UnknownJob):
            idle.queue.job(99)

    def test_a_waiting_job_is_cancelled_at_once(self, idle: Jobs, store: Store) -> None:
        job = give(idle, JobKind.ADD, receive(idle, REPORT))
        assert idle.queue.cancel(job.id).state is JobState.CANCELLED
        idle.start()
        idle.stop()
        assert store.reports() == []
        assert files(store) == []

    def test_a_running_job_is_cancelled_between_two_steps(self, jobs: Jobs, store: Store) -> None:
        job = give(jobs, JobKind.ADD, receive(jobs, LONGER))
        seen = set()
        while not (now := jobs.queue.job(job.id)).is_over:
            if now.progress is not None:
                seen.add(now.progress.stage)
                jobs.queue.cancel(job.id)
            jobs.queue.wait(0.05, jobs.queue.revision)
        assert seen
        assert now.state is JobState.CANCELLED
        assert store.reports() == []
        assert files(store) == []
        other = ended(jobs, give(jobs, JobKind.ADD, receive(jobs, OTHER, "bergen.txt")))
        assert other.state is JobState.DONE

    def test_a_stopped_server_begins_again_where_it_was(self, jobs: Jobs, store: Store) -> None:
        job = give(jobs, JobKind.ADD, receive(jobs, LONGER))
        while jobs.queue.job(job.id).progress is None:
            jobs.queue.wait(0.05, jobs.queue.revision)
        jobs.stop()
        stopped = jobs.queue.job(job.id)
        assert stopped.state in (JobState.WAITING, JobState.DONE)
        again = Jobs(store)
        again.start()
        assert ended(again, job).state is JobState.DONE
        again.stop()
        assert [report.id for report in store.reports()] == ["oslo-2024"]

    def test_a_job_that_ends_the_server_is_given_up(self, idle: Jobs) -> None:
        job = give(idle, JobKind.REINDEX)
        for _ in range(3):
            assert idle.queue.next(JobKind) is not None
            idle.queue.recover()
        given_up = idle.queue.job(job.id)
        assert given_up.state is JobState.FAILED
        assert given_up.outcome is not None
        assert given_up.outcome.code == "job-given-up"

    def test_a_failure_is_told_and_the_next_job_is_done(self, jobs: Jobs) -> None:
        failed = ended(jobs, give(jobs, JobKind.REREAD, report_id="nulle-part"))
        assert failed.state is JobState.FAILED
        assert failed.outcome is not None
        assert failed.outcome.code == "unknown-report"
        assert ended(jobs, give(jobs, JobKind.ADD, receive(jobs, REPORT))).state is JobState.DONE

    def test_replacing_rereading_purging(self, jobs: Jobs, store: Store) -> None:
        ended(jobs, give(jobs, JobKind.ADD, receive(jobs, REPORT)))
        new = receive(jobs, OSLO.format(quays=13), "autre nom.txt")
        replaced = ended(jobs, give(jobs, JobKind.REPLACE, new, "oslo-2024"))
        assert replaced.outcome is not None
        assert replaced.outcome.status == "replaced"
        assert len(store.versions("oslo-2024")) == 2
        reread = ended(jobs, give(jobs, JobKind.REREAD, report_id="oslo-2024"))
        assert reread.outcome is not None
        assert reread.outcome.status == "unchanged"
        assert ended(jobs, give(jobs, JobKind.PURGE, report_id="oslo-2024")).state is JobState.DONE
        assert store.reports() == []
        assert [job.task.kind for job in jobs.queue.jobs()] == [JobKind.PURGE]
        assert [action for _, action, _ in audited(store)] == [
            Action.REPORT_ADDED,
            Action.REPORT_REPLACED,
            Action.REPORT_PURGED,
        ]

    def test_a_preview_does_not_wait_for_a_batch(self, jobs: Jobs) -> None:
        batch = give(jobs, JobKind.ADD, receive(jobs, LONGER))
        read = ended(jobs, give(jobs, JobKind.READ, receive(jobs, OTHER, "bergen.txt")))
        assert read.state is JobState.DONE
        ended(jobs, batch)

    def test_finished_jobs_are_swept_after_a_while(
        self, idle: Jobs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ended_job = give(idle, JobKind.REINDEX)
        idle.queue.cancel(ended_job.id)
        waiting = give(idle, JobKind.REINDEX)
        monkeypatch.setattr("ingest.jobs.queue._KEPT_DAYS", -1)
        idle.queue.sweep()
        assert [job.id for job in idle.queue.jobs()] == [waiting.id]


def _work_until_killed(data: Path, settings: VectorstoreSettings) -> None:
    with Store.open(data, settings) as store:
        Jobs(store).start()
        threading.Event().wait()


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.5, 1.0])
def test_jobs_survive_kill_9(
    data_dir: Path, tiny_settings: VectorstoreSettings, seconds: float
) -> None:
    """Three jobs wait; their process is killed while one runs; the next process does them all."""
    texts = {"oslo.txt": LONGER, "bergen.txt": OTHER, "kiel.txt": OTHER.replace("Bergen", "Kiel")}
    with Store.open(data_dir, tiny_settings) as store:
        idle = Jobs(store)
        given = [
            give(idle, JobKind.ADD, receive(idle, text, name)).id for name, text in texts.items()
        ]
    process = multiprocessing.get_context("spawn").Process(
        target=_work_until_killed, args=(data_dir, tiny_settings), daemon=True
    )
    process.start()
    _until_running(data_dir / "catalogue.sqlite")
    time.sleep(seconds)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with Store.open(data_dir, tiny_settings) as store:
        jobs = Jobs(store)
        jobs.start()
        for job_id in given:
            job = ended(jobs, jobs.queue.job(job_id))
            assert job.state is JobState.DONE
            assert job.outcome is not None
            assert job.outcome.status == "added"
        jobs.stop()
        assert len(store.reports()) == 3
        assert store.check() == []
        assert files(store) == []
        added = [target for _, action, target in audited(store) if action == Action.REPORT_ADDED]
        assert set(added) == {report.id for report in store.reports()}


@pytest.mark.slow
def test_the_server_itself_is_killed(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`escale serve` is killed while it adds a report, and started again: the report is added."""
    model = str(write_tiny_model(tmp_path / "model"))
    monkeypatch.setenv("ESCALE_VECTORSTORE_EMBEDDING_MODEL", model)
    with Store.open(data_dir) as store:
        idle = Jobs(store)
        job = give(idle, JobKind.ADD, receive(idle, LONGER))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--data", str(data_dir), "serve", "--no-sample", "--port", str(port)]
    command = [sys.executable, "-m", "ui.cli", *arguments]
    killed = subprocess.Popen(command, cwd=REPOSITORY)
    _until_running(data_dir / "catalogue.sqlite")
    killed.kill()
    killed.wait()
    again = subprocess.Popen(command, cwd=REPOSITORY)
    try:
        end = time.monotonic() + 120
        while _state(data_dir / "catalogue.sqlite", job.id) != "done":
            assert again.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        again.terminate()
        again.wait(30)
    with Store.open(data_dir) as store:
        assert [report.id for report in store.reports()] == ["oslo-2024"]
        assert store.check() == []
        assert files(store) == []
        found = Jobs(store).queue.job(job.id)
        assert found.outcome is not None
        assert found.outcome.status == "added"


def _state(catalogue: Path, job_id: int) -> str:
    with closing(sqlite3.connect(catalogue)) as connection:
        row = connection.execute("SELECT state FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return str(row[0])


def _until_running(catalogue: Path) -> None:

    end = time.monotonic() + 120
    while time.monotonic() < end:
        with closing(sqlite3.connect(catalogue)) as connection:
            if connection.execute("SELECT 1 FROM jobs WHERE attempts > 0").fetchone():
                return
        time.sleep(0.02)
    raise TimeoutError("no job was begun")
