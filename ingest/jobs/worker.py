"""The threads that do jobs: one reads uploads for their previews, one changes the library."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ingest.audited import AuditedLibrary
from ingest.jobs.errors import JobFailed
from ingest.jobs.incoming import Incoming
from ingest.jobs.models import Job, JobKind, JobState, Outcome
from ingest.jobs.queue import JobQueue
from ingest.jobs.work import Cancelled, Work
from ingest.settings import IngestSettings
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from vectorstore.store import Store

# Somebody waits before a preview, while a batch may take an hour.
_LANES: Final = (
    frozenset({JobKind.READ}),
    frozenset(JobKind) - {JobKind.READ},
)
_LOOK_SECONDS: Final = 5.0
_DAY_SECONDS: Final = 24 * 3600.0
_STOP_SECONDS: Final = 20.0
_ITSELF: Final = "escale"

_log = logging.getLogger(__name__)


class Jobs:
    """The queue of a data folder, the uploads that wait, and the threads that do the work."""

    def __init__(self, store: "Store", settings: IngestSettings | None = None) -> None:
        self.store = store
        self.settings = settings or IngestSettings.load()
        self.queue = JobQueue(store, self.settings.max_waiting_jobs)
        self.incoming = Incoming(store, self.settings)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def library(self, who: str, address: str = "") -> AuditedLibrary:
        """The library, for one person; needn't be closed."""
        return AuditedLibrary(self.store, who, address, settings=self.settings)

    @contextmanager
    def running(self) -> Iterator[None]:
        """The work goes on inside of the block."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def start(self) -> None:
        """Go on with what the last process left, then do what comes."""
        self.queue.recover()
        self._tidy()
        self._stopping.clear()
        for lane in _LANES:
            thread = threading.Thread(target=self._work, args=(lane,), daemon=True)
            thread.name = "jobs-" + min(lane)
            thread.start()
            self._threads.append(thread)
        keeper = threading.Thread(target=self._keep_tidy, name="jobs-keeper", daemon=True)
        keeper.start()
        self._threads.append(keeper)

    def stop(self) -> None:
        """Stop at the next step of what is running; it begins again at the next start."""
        self._stopping.set()
        self.queue.wake()
        end = time.monotonic() + _STOP_SECONDS
        for thread in self._threads:
            thread.join(max(end - time.monotonic(), 0))
        self._threads.clear()

    def _work(self, lane: frozenset[JobKind]) -> None:
        while not self._stopping.is_set():
            seen = self.queue.revision
            try:
                job = self.queue.next(lane)
                if job is not None:
                    self._do(job)
            except Exception:  # noqa: BLE001  (logged; the thread must live on)
                # The catalogue can't be written: the next look may find it better.
                _log.exception("a job could not be taken or finished")
                self._stopping.wait(_LOOK_SECONDS)
            else:
                if job is None:
                    self.queue.wait(_LOOK_SECONDS, seen)

    def _do(self, job: Job) -> None:
        def cancelled() -> bool:
            return self._stopping.is_set() or self.queue.is_cancelling(job.id)

        work = Work(
            job,
            self.library(job.who, job.address),
            self.incoming,
            lambda step: self.queue.report(job.id, step),
            cancelled,
        )
        try:
            state, outcome = work.done()
        except Cancelled:
            if not self.queue.is_cancelling(job.id):
                self.queue.put_back(job)
                return
            state, outcome = JobState.CANCELLED, Outcome("cancelled")
        except EscaleError as error:
            _log.warning("job %d failed: %s", job.id, error)
            state, outcome = JobState.FAILED, Outcome.of_error("failed", error)
        except Exception as error:  # noqa: BLE001  (logged, and told to who gave the job)
            _log.exception("job %d failed", job.id)
            failed = JobFailed(name=job.task.name, kind=type(error).__name__)
            state, outcome = JobState.FAILED, Outcome.of_error("failed", failed)
        self.queue.finish(job, state, outcome)
        self._drop_decided(job.task.upload)

    def _keep_tidy(self) -> None:
        while not self._stopping.wait(_DAY_SECONDS):
            self._attempt(self._tidy)
            self._attempt(self._purge_expired)

    def _drop_decided(self, *uploads: str) -> None:
        """Delete the files of uploads of which nothing more will come."""
        for upload, job in self.queue.of_uploads(uploads).items():
            is_read = job.task.kind is JobKind.READ and job.state is JobState.DONE
            if upload and job.is_over and not is_read:
                self.incoming.drop_files(upload)

    def _tidy(self) -> None:
        self.incoming.sweep()
        self._drop_decided(*self.incoming.ids())
        self.queue.sweep()

    def _purge_expired(self) -> None:
        self.library(_ITSELF).purge_expired()

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # noqa: BLE001  (logged; tomorrow is another day)
            _log.exception("the daily tidying failed")
