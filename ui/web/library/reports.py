"""The reports: the table, one report, its metadata, its originals."""

from http import HTTPStatus
from typing import Final

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from ingest.jobs import JobKind, Task
from ingest.media_type import MediaType
from ingest.reading import READER_REVISION
from ui.web.access.visitor import visitor_of
from ui.web.library import cards as card_views
from ui.web.library import form as metadata_form
from ui.web.library.listing import Column, Wanted, listed
from ui.web.library.showing import Desk, back_to, messages_of
from ui.web.library.waiting import awaited, told
from ui.web.viewer import VersionGone
from vectorstore.description import MetadataField
from vectorstore.errors import EscaleError
from vectorstore.models import Report, ReportState

# An original is handed out as bytes that a browser can neither show nor run.
_INERT_POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


def routes(desk: Desk) -> APIRouter:
    """`/library`, `/library/reread`, `/library/reports/<id>` and what changes it."""
    router = APIRouter()

    @router.get("/library")
    def library(request: Request) -> Response:
        """The table of reports, the uploads, and where to drop more."""
        return table_page(request, desk)

    @router.post("/library/reread")
    def reread_all(request: Request) -> Response:
        """Read again what an older reader read."""
        visitor = visitor_of(request)
        try:
            for report in desk.library(request).outdated():
                task = Task(JobKind.REREAD, report.title, report.id)
                desk.jobs.queue.submit(task, visitor.name, visitor.address)
        except EscaleError as error:
            return desk.refused(request, error)
        return back_to(request, "/library/jobs", done="queued")

    @router.get("/library/reports/{report_id}")
    def one(request: Request, report_id: str) -> Response:
        """One report."""
        try:
            return report_page(request, desk, desk.report(report_id))
        except EscaleError as error:
            return desk.refused(request, error)

    @router.post("/library/reports/{report_id}/edit")
    async def edit(request: Request, report_id: str) -> Response:
        """Change what is known of a report."""
        sent = await request.form()
        values = {name: value for name, value in sent.items() if isinstance(value, str)}
        return await to_thread.run_sync(_edited, request, desk, report_id, values)

    @router.post("/library/reports/{report_id}/reread")
    def reread(request: Request, report_id: str) -> Response:
        """Read a report's original again, as a job."""
        try:
            report = desk.store.report(report_id)
            job = awaited(desk, request, Task(JobKind.REREAD, report.title, report_id))
        except EscaleError as error:
            return desk.refused(request, error)
        return told(request, desk, job, f"/library/reports/{report_id}", "reread", report.title)

    @router.get("/library/reports/{report_id}/original/{version}")
    def original(request: Request, report_id: str, version: str) -> Response:
        """The file of any version of a report, in the bin too."""
        try:
            versions = desk.library(request).versions(report_id)
            found = next((one for one in versions if one.version == version), None)
            if found is None:
                raise VersionGone
        except EscaleError as error:
            return desk.refused(request, error)
        is_pdf = found.media_type == MediaType.PDF
        return FileResponse(
            desk.store.source_path(version),
            media_type=found.media_type if is_pdf else "application/octet-stream",
            filename=found.source_name,
            headers={"Content-Security-Policy": _INERT_POLICY, "Cache-Control": "no-store"},
        )

    return router


def table_page(
    request: Request, desk: Desk, refusals: list[str] | None = None, status: int = HTTPStatus.OK
) -> Response:
    """The library's first page; `refusals` say why files weren't taken."""
    messages, query = messages_of(request), request.query_params
    library = desk.library(request)
    reports = library.reports()
    wanted = Wanted(
        words=query.get("q", "")[:200],
        column=Column(query["sort"]) if query.get("sort") in set(Column) else Column.DATES,
        is_descending=query.get("order", "desc") != "asc",
        page=int(page) if (page := query.get("page", "")).isdecimal() and len(page) < 6 else 1,
    )
    mine = card_views.cards(desk.jobs, visitor_of(request).name, reports, messages)
    return desk.page(
        request,
        "reports.html",
        status,
        wanted=wanted,
        listing=listed(reports, wanted, messages),
        columns=list(Column),
        cards=mine,
        forms={
            card.upload.id: metadata_form.filled(card.preview.metadata)
            for card in mine
            if card.preview
        },
        outdated=len(library.outdated()),
        reader_revision=READER_REVISION,
        refusals=refusals or [],
        limit=desk.jobs.settings.max_file_megabytes,
        titles={report.id: report.title for report in reports},
    )


def report_page(
    request: Request, desk: Desk, report: Report, problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    """One report, with the problem of what was just tried."""
    is_removed = report.state is ReportState.REMOVED
    return desk.page(
        request,
        "report.html",
        status,
        report=report,
        versions=desk.store.versions(report.id),
        sections=[] if is_removed else desk.store.sections(report.id),
        form=metadata_form.filled(report.metadata),
        fields=list(MetadataField),
        is_outdated=any(old.id == report.id for old in desk.library(request).outdated()),
        is_removed=is_removed,
        problem=problem,
        limit=desk.jobs.settings.max_file_megabytes,
    )


def _edited(request: Request, desk: Desk, report_id: str, values: dict[str, str]) -> Response:
    try:
        report = desk.store.report(report_id)
        changes = metadata_form.changes(values, report.metadata)
        reset = [field for field in MetadataField if field == values.get("reset")]
        if changes.is_nothing and not reset:
            return back_to(request, f"/library/reports/{report_id}", done="nothing")
        desk.library(request).edit(report_id, changes.mapping, reset=reset)
    except EscaleError as error:
        if error.code == "invalid-metadata":
            text = messages_of(request).error(error)
            return report_page(request, desk, report, text, HTTPStatus.UNPROCESSABLE_ENTITY)
        return desk.refused(request, error)
    return back_to(request, f"/library/reports/{report_id}", done="edited")
