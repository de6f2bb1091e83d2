"""What every page of the library is made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import URL

from ingest.audited import AuditedLibrary
from ingest.jobs import Job, Jobs
from ui.messages import Messages
from ui.web.access.cookies import language_of
from ui.web.access.rendering import page
from ui.web.access.visitor import visitor_of
from ui.web.library import wording
from vectorstore.errors import EscaleError, UnknownReport, UnknownVersion
from vectorstore.models import Report, ReportMetadata

if TYPE_CHECKING:
    from vectorstore.store import Store

TEMPLATES: Final = Path(__file__).parent / "templates"

# What the access pages may load, and the page's own script.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_GONE: Final = (
    "unknown-upload",
    "unknown-job",
    "version-gone",
    UnknownReport.code,
    UnknownVersion.code,
)


@dataclass(frozen=True, slots=True)
class Written:
    """Facts as a template writes them, in one language."""

    messages: Messages

    def places(self, metadata: ReportMetadata) -> str:
        """The destinations."""
        return wording.places(metadata.destinations)

    def days(self, metadata: ReportMetadata) -> str:
        """The days or the year of a mission."""
        return wording.mission_days(metadata, self.messages)

    def moment(self, when: datetime | None) -> str:
        """A moment."""
        return wording.moment(when, self.messages)

    def day(self, when: datetime) -> str:
        """The day of a moment, in the server's own time."""
        return wording.day(when.astimezone().date(), self.messages)

    def language(self, code: str) -> str:
        """A language's name."""
        return wording.language(code, self.messages)

    def size(self, count: int) -> str:
        """A size in bytes."""
        return wording.size(count, self.messages)

    def step(self, job: Job) -> str:
        """How far a job has come."""
        messages, step = self.messages, job.progress
        if job.is_cancelling:
            return messages("library-cancelling")
        if step is None:
            return messages(f"job-state-{job.state}")
        if step.stage == "reading":
            if step.total <= 1:
                return messages("library-step-opening")
            return messages("library-step-reading", done=step.done, total=step.total)
        if step.stage == "embedding":
            return messages("library-step-embedding", done=step.done, total=step.total)
        return messages("library-step-storing")

    def outcome(self, job: Job) -> str:
        """What came of a job."""
        messages, outcome = self.messages, job.outcome
        if outcome is None:
            return ""
        if outcome.error is not None:
            return messages.error(outcome.error)
        if outcome.status in ("duplicate", "unchanged") and job.task.upload:
            return messages("library-skipped", report_id=outcome.report_id)
        told = [messages(f"library-ended-{outcome.status}")]
        told += [messages(f"warning-{code}") for code in outcome.warnings]
        return " ".join(told)

    def error(self, error: EscaleError) -> str:
        """What an error says."""
        return self.messages.error(error)


class Desk:
    """What the library's routes share."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self.store: Store = jobs.store

    def library(self, request: Request) -> AuditedLibrary:
        """The library, for the one who makes the request."""
        visitor = visitor_of(request)
        return self.jobs.library(visitor.name, visitor.address)

    def page(
        self, request: Request, template: str, status: int = HTTPStatus.OK, **context: object
    ) -> Response:
        """A page of the library."""
        written = Written(messages_of(request))
        response = page(
            request,
            f"library/{template}",
            status,
            w=written,
            done=_done(request, written.messages),
            bin_count=len(self.store.removed_reports()),
            job_count=self.jobs.queue.active(),
            **context,
        )
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    def refused(self, request: Request, error: EscaleError) -> Response:
        """A page that says what is wrong."""
        text = messages_of(request).error(error)
        return self.page(request, "refused.html", status_of(error), text=text)

    def report(self, report_id: str) -> Report:
        """A report in the library or in the bin.

        Raises:
            UnknownReport: there is none of this id.
        """
        for report in (*self.store.reports(), *self.store.removed_reports()):
            if report.id == report_id:
                return report
        raise UnknownReport(report_id=report_id)


def status_of(error: EscaleError) -> int:
    """404 for what isn't there, 422 for what can't be done."""
    return HTTPStatus.NOT_FOUND if error.code in _GONE else HTTPStatus.UNPROCESSABLE_ENTITY


def messages_of(request: Request) -> Messages:
    """The language of who makes the request."""
    return Messages(language_of(request))


def back_to(request: Request, path: str, **told: str) -> Response:
    """To another page of the library, which says what was done."""
    url = URL(request.scope.get("root_path", "") + path).include_query_params(**told)
    return RedirectResponse(str(url), HTTPStatus.SEE_OTHER)


_DONE: Final = frozenset(
    {
        "edited",
        "removed",
        "restored",
        "version",
        "purged",
        "reread",
        "unchanged",
        "queued",
        "cancelled",
        "discarded",
        "nothing",
    }
)


def _done(request: Request, messages: Messages) -> str:
    """What the page before this one did, of the few things that it can be."""
    query: Mapping[str, str] = request.query_params
    done = query.get("done", "")
    return messages(f"library-done-{done}", name=query.get("name", "")) if done in _DONE else ""
