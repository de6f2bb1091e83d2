"""The bin: reports removed, restored, and deleted for good."""

from http import HTTPStatus

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response

from ingest.jobs import JobKind, Task
from ui.web.library.showing import Desk, back_to, messages_of
from ui.web.library.waiting import awaited, told
from vectorstore.errors import EscaleError
from vectorstore.text.normalise import fold


def routes(desk: Desk) -> APIRouter:
    """`/library/bin`, and removing, restoring and purging a report."""
    router = APIRouter()

    @router.get("/library/bin")
    def removed(request: Request) -> Response:
        """The reports that can be restored, or purged."""
        reports = desk.library(request).removed_reports()
        reports.sort(key=lambda report: report.removed_at or report.added_at, reverse=True)
        return desk.page(request, "bin.html", reports=reports, days=desk.store.settings.bin_days)

    @router.post("/library/reports/{report_id}/remove")
    def remove(request: Request, report_id: str) -> Response:
        """Move a report to the bin."""
        try:
            title = desk.report(report_id).title
            desk.library(request).remove(report_id)
        except EscaleError as error:
            return desk.refused(request, error)
        return back_to(request, "/library/bin", done="removed", name=title)

    @router.post("/library/reports/{report_id}/restore")
    async def restore(request: Request, report_id: str) -> Response:
        """Bring a report back from the bin, or make a version current again."""
        version = (await request.form()).get("version")
        return await to_thread.run_sync(
            _restored, request, desk, report_id, version if isinstance(version, str) else None
        )

    @router.get("/library/reports/{report_id}/purge")
    def before_purge(request: Request, report_id: str) -> Response:
        """What purging removes, and where to confirm it."""
        try:
            return _purge_page(request, desk, report_id)
        except EscaleError as error:
            return desk.refused(request, error)

    @router.post("/library/reports/{report_id}/purge")
    async def purge(request: Request, report_id: str) -> Response:
        """Delete a report for good, once its title was typed."""
        typed = (await request.form()).get("title")
        return await to_thread.run_sync(_purged, request, desk, report_id, str(typed or ""))

    return router


def _restored(request: Request, desk: Desk, report_id: str, version: str | None) -> Response:
    try:
        report = desk.library(request).restore(report_id, version or None)
    except EscaleError as error:
        return desk.refused(request, error)
    done = "version" if version else "restored"
    return back_to(request, f"/library/reports/{report_id}", done=done, name=report.title)


def _purge_page(
    request: Request, desk: Desk, report_id: str, problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    return desk.page(
        request,
        "purge.html",
        status,
        report=desk.report(report_id),
        versions=desk.store.versions(report_id),
        problem=problem,
    )


def _purged(request: Request, desk: Desk, report_id: str, typed: str) -> Response:
    try:
        report = desk.report(report_id)
        if _plain(typed) != _plain(report.title):
            text = messages_of(request)("library-purge-mistyped")
            return _purge_page(request, desk, report_id, text, HTTPStatus.UNPROCESSABLE_ENTITY)
        job = awaited(desk, request, Task(JobKind.PURGE, report.title, report_id))
    except EscaleError as error:
        return desk.refused(request, error)
    return told(request, desk, job, "/library/bin", "purged", report.title)


def _plain(title: str) -> str:
    """A title as somebody may type it: without accents, case and kinds of quotes."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(title)).split())
