"""The queue of jobs, in the catalogue: what a restart must not forget."""

import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from ingest.jobs.errors import JobGivenUp, QueueFull, UnknownJob
from ingest.jobs.models import FINAL, Job, JobKind, JobState, Outcome, Task
from ingest.jobs.schema import JobRow
from ingest.progress import Progress

if TYPE_CHECKING:
    from vectorstore.store import Store

MOST_ATTEMPTS: Final = 3
"""So often a job is begun when the server ends while it runs."""

_KEPT_DAYS: Final = 30
_MOST_KEPT: Final = 2000
_TASK: Final = TypeAdapter(Task)
_OUTCOME: Final = TypeAdapter(Outcome)
_WAITING, _RUNNING = JobState.WAITING.value, JobState.RUNNING.value


class JobQueue:
    """The jobs of one data folder. May be used from any thread."""

    def __init__(self, store: "Store", max_waiting: int) -> None:
        self._store = store
        self._max_waiting = max_waiting
        self._changed = threading.Condition()
        self._revision = 0
        self._progress: dict[int, Progress] = {}
        self._cancelling: set[int] = set()

    # For those who give work

    def submit(self, task: Task, who: str, address: str = "") -> Job:
        """Add a task to the end of the queue.

        Raises:
            QueueFull: too many wait already.
        """
        with self._store.writing() as connection:
            waiting = connection.execute(
                select(func.count()).select_from(JobRow).where(JobRow.state == _WAITING)
            ).scalar_one()
            if waiting >= self._max_waiting:
                raise QueueFull(limit=self._max_waiting)
            made = connection.execute(
                insert(JobRow).values(
                    kind=task.kind.value,
                    state=_WAITING,
                    who=who,
                    address=address,
                    task=_TASK.dump_python(task, mode="json"),
                    upload=task.upload,
                    report_id=task.report_id,
                    created_at=datetime.now(UTC),
                    attempts=0,
                    is_cancelling=False,
                )
            )
            job_id = int(made.lastrowid)
        self.wake()
        return self.job(job_id)

    def cancel(self, job_id: int) -> Job:
        """Cancel a job: at once where it waits, at its next step where it runs.

        One that is over stays as it is.

        Raises:
            UnknownJob: there is no such job.
        """
        with self._store.writing() as connection:
            job = _job(_row(connection, job_id))
            if job.state is JobState.WAITING:
                _end(connection, job, JobState.CANCELLED, Outcome("cancelled"))
            elif job.state is JobState.RUNNING:
                connection.execute(
                    update(JobRow).where(JobRow.id == job_id).values(is_cancelling=True)
                )
                self._cancelling.add(job_id)
        self.wake()
        return self.job(job_id)

    def job(self, job_id: int) -> Job:
        """One job.

        Raises:
            UnknownJob: there is no such job.
        """
        with self._store.reading() as connection:
            return self._with_progress(_job(_row(connection, job_id)))

    def jobs(self, limit: int = 200) -> list[Job]:
        """The latest jobs, the last first; readings for a preview are left out once they end."""
        is_shown = or_(JobRow.kind != JobKind.READ.value, JobRow.state.in_((_WAITING, _RUNNING)))
        return self._all(_jobs().where(is_shown).order_by(JobRow.id.desc()).limit(limit))

    def of_uploads(self, uploads: Collection[str]) -> dict[str, Job]:
        """The last job of each upload, by the upload's id."""
        found = self._all(_jobs().where(JobRow.upload.in_(uploads)).order_by(JobRow.id))
        return {job.task.upload: job for job in found}

    def active(self) -> int:
        """How many jobs wait or run, readings for a preview apart."""
        statement = select(func.count()).select_from(JobRow)
        statement = statement.where(
            JobRow.state.in_((_WAITING, _RUNNING)), JobRow.kind != JobKind.READ.value
        )
        with self._store.reading() as connection:
            return int(connection.execute(statement).scalar_one())

    @property
    def revision(self) -> int:
        """Grows with each change, a progress too."""
        return self._revision

    def wait(self, seconds: float, seen: int) -> None:
        """Until there is another revision than the one `seen`, or the time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self._revision != seen, seconds)

    def wake(self) -> None:
        """Let all who wait look again."""
        with self._changed:
            self._revision += 1
            self._changed.notify_all()

    # For those who do it

    def next(self, kinds: Iterable[JobKind]) -> Job | None:
        """The job of these kinds that has waited longest, which from now on is running."""
        wanted = [kind.value for kind in kinds]
        waiting = _jobs().where(JobRow.state == _WAITING, JobRow.kind.in_(wanted))
        waiting = waiting.order_by(JobRow.id).limit(1)
        if not self._all(waiting):  # looked at without holding up those who write
            return None
        with self._store.writing() as connection:
            row = connection.execute(waiting).one_or_none()
            if row is None:
                return None
            connection.execute(
                update(JobRow)
                .where(JobRow.id == row.id)
                .values(state=_RUNNING, started_at=datetime.now(UTC), attempts=row.attempts + 1)
            )
        self.wake()
        return self.job(row.id)

    def report(self, job_id: int, progress: Progress) -> None:
        """Tell how far a running job has come; a restart begins it anew, so this isn't kept."""
        self._progress[job_id] = progress
        self.wake()

    def is_cancelling(self, job_id: int) -> bool:
        """Whether somebody wants the running job to stop."""
        return job_id in self._cancelling

    def finish(self, job: Job, state: JobState, outcome: Outcome) -> None:
        """Write down what came of a job that was running."""
        with self._store.writing() as connection:
            if job.task.kind is JobKind.PURGE and state is JobState.DONE:
                same_report = JobRow.report_id == job.task.report_id
                connection.execute(delete(JobRow).where(same_report, JobRow.state.in_(_FINAL)))
            _end(connection, job, state, outcome)
        self._forget(job.id)

    def put_back(self, job: Job) -> None:
        """Let a job that was running wait again, as if it had not begun."""
        with self._store.writing() as connection:
            values = {"state": _WAITING, "attempts": job.attempts - 1, "started_at": None}
            connection.execute(update(JobRow).where(JobRow.id == job.id).values(values))
        self._forget(job.id)

    def recover(self) -> None:
        """After a start: let what was running when the last process ended wait for another try.

        Add, replace, reread and purge change nothing when they were done already.
        """
        with self._store.writing() as connection:
            for row in connection.execute(_jobs().where(JobRow.state == _RUNNING)).all():
                job = _job(row)
                if job.is_cancelling:
                    _end(connection, job, JobState.CANCELLED, Outcome("cancelled"))
                elif job.attempts >= MOST_ATTEMPTS:
                    error = JobGivenUp(name=job.task.name, times=job.attempts)
                    _end(connection, job, JobState.FAILED, Outcome.of_error("failed", error))
                else:
                    again = update(JobRow).where(JobRow.id == job.id)
                    connection.execute(again.values(state=_WAITING, started_at=None))

    def sweep(self) -> None:
        """Forget jobs that ended long ago, and the oldest where there are too many."""
        limit = datetime.now(UTC) - timedelta(days=_KEPT_DAYS)
        with self._store.writing() as connection:
            newest = select(JobRow.id).order_by(JobRow.id.desc()).limit(_MOST_KEPT)
            is_old = or_(JobRow.finished_at < limit, JobRow.id.not_in(newest))
            connection.execute(delete(JobRow).where(JobRow.state.in_(_FINAL), is_old))

    def _all(self, statement: Select[Any]) -> list[Job]:
        with self._store.reading() as connection:
            return [self._with_progress(_job(row)) for row in connection.execute(statement)]

    def _with_progress(self, job: Job) -> Job:
        return replace(job, progress=self._progress.get(job.id))

    def _forget(self, job_id: int) -> None:
        self._cancelling.discard(job_id)
        with suppress(KeyError):
            del self._progress[job_id]
        self.wake()


_FINAL: Final = [state.value for state in FINAL]


def _jobs() -> Select[Any]:
    return select(JobRow.__table__)


def _row(connection: Connection, job_id: int) -> Row[Any]:
    row = connection.execute(_jobs().where(JobRow.id == job_id)).one_or_none()
    if row is None:
        raise UnknownJob(job=str(job_id))
    return row


def _end(connection: Connection, job: Job, state: JobState, outcome: Outcome) -> None:
    # What was said of the report is in the report now, or was for nothing.
    task = replace(job.task, metadata=None)
    connection.execute(
        update(JobRow)
        .where(JobRow.id == job.id)
        .values(
            state=state.value,
            outcome=_OUTCOME.dump_python(outcome, mode="json"),
            task=_TASK.dump_python(task, mode="json"),
            report_id=outcome.report_id or job.task.report_id,
            finished_at=datetime.now(UTC),
        )
    )


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        task=_TASK.validate_python(row.task),
        state=JobState(row.state),
        who=row.who,
        address=row.address,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        attempts=row.attempts,
        is_cancelling=row.is_cancelling,
        outcome=_OUTCOME.validate_python(row.outcome) if row.outcome is not None else None,
    )
