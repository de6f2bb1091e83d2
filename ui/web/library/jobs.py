"""The list of jobs, and cancelling them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ingest.jobs import Job
from ingest.jobs.errors import UnknownJob
from ui.web.access.visitor import Visitor, visitor_of
from ui.web.library.showing import Desk, back_to
from vectorstore.accounts.models import Role
from vectorstore.errors import EscaleError


def routes(desk: Desk) -> APIRouter:
    """`/library/jobs` and `/library/jobs/<id>/cancel`."""
    router = APIRouter()

    @router.get("/library/jobs")
    def jobs(request: Request) -> Response:
        """All jobs, the latest first; one's own can be cancelled."""
        visitor = visitor_of(request)
        shown = [job for job in desk.jobs.queue.jobs() if not _is_private(job, visitor)]
        cancellable = {job.id for job in shown if not job.is_over and may_cancel(job, visitor)}
        return desk.page(request, "jobs.html", jobs=shown, cancellable=cancellable)

    @router.post("/library/jobs/{job_id}/cancel")
    def cancel(request: Request, job_id: int) -> Response:
        """Cancel a job."""
        try:
            job = desk.jobs.queue.job(job_id)
            if not may_cancel(job, visitor_of(request)):
                raise UnknownJob(job=str(job_id))
            desk.jobs.queue.cancel(job_id)
        except EscaleError as error:
            return desk.refused(request, error)
        return back_to(request, "/library/jobs", done="cancelled")

    return router


def may_cancel(job: Job, visitor: Visitor) -> bool:
    """Whether a job is one's own; who administers may cancel all."""
    return job.who == visitor.name or visitor.may(Role.ADMIN)


def _is_private(job: Job, visitor: Visitor) -> bool:
    """Whether a job only reads somebody else's upload, which nobody decided to add yet."""
    return job.task.kind == "read" and job.who != visitor.name
