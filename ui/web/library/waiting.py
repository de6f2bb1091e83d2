"""Pages that wait for their job for a moment, and tell what came of it."""

from typing import Final

from fastapi import Request
from fastapi.responses import Response

from ingest.jobs import Job, JobState, Task
from ui.web.access.visitor import visitor_of
from ui.web.library.showing import Desk, back_to

# So long a page waits before it says that the job goes on.
_PATIENCE_SECONDS: Final = 8.0
_STEP_SECONDS: Final = 0.5


def awaited(desk: Desk, request: Request, task: Task) -> Job:
    """A job that was given, once it is over or took too long to wait for."""
    visitor, queue = visitor_of(request), desk.jobs.queue
    job = queue.submit(task, visitor.name, visitor.address)
    for _ in range(int(_PATIENCE_SECONDS / _STEP_SECONDS)):
        seen = queue.revision
        job = queue.job(job.id)
        if job.is_over:
            break
        queue.wait(_STEP_SECONDS, seen)
    return job


def told(request: Request, desk: Desk, job: Job, path: str, done: str, name: str) -> Response:
    """Back to a page with what came of a job, or to the jobs while it goes on."""
    if not job.is_over:
        return back_to(request, "/library/jobs", done="queued")
    if job.state is JobState.DONE:
        is_same = job.outcome is not None and job.outcome.status == "unchanged"
        return back_to(request, path, done="unchanged" if is_same else done, name=name)
    if job.outcome is not None and job.outcome.error is not None:
        return desk.refused(request, job.outcome.error)
    return back_to(request, "/library/jobs", done="cancelled")
