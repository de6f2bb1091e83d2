"""Uploads: taken in, read for a preview, confirmed or discarded; each is its user's alone."""

from collections.abc import Mapping
from http import HTTPStatus

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.requests import ClientDisconnect

from ingest.jobs import JobKind, Task
from ui.web.access.visitor import visitor_of
from ui.web.library import form as metadata_form
from ui.web.library.cards import Card, cards, task_of
from ui.web.library.receiving import Received, receive
from ui.web.library.reports import table_page
from ui.web.library.showing import Desk, back_to, messages_of, status_of
from vectorstore.errors import EscaleError


def routes(desk: Desk) -> APIRouter:
    """`/library/uploads…` and `/library/reports/<id>/replace`."""
    router = APIRouter()

    @router.post("/library/uploads")
    async def upload(request: Request) -> Response:
        """Take in files that may be new reports."""
        return await _received(request, desk)

    @router.post("/library/reports/{report_id}/replace")
    async def replace(request: Request, report_id: str) -> Response:
        """Take in a file that is a new version of a report."""
        try:
            await to_thread.run_sync(desk.store.report, report_id)
        except EscaleError as error:
            return desk.refused(request, error)
        return await _received(request, desk, report_id)

    @router.post("/library/uploads/confirm")
    def confirm_simple(request: Request) -> Response:
        """Add all that was read and has nothing that should be looked at."""
        try:
            for card in _mine(request, desk):
                if card.is_simple:
                    _decide(request, desk, card, {})
        except EscaleError as error:
            return desk.refused(request, error)
        return back_to(request, "/library")

    @router.post("/library/uploads/clear")
    def clear(request: Request) -> Response:
        """Forget the uploads that are over."""
        for card in _mine(request, desk):
            if card.is_over:
                desk.jobs.incoming.discard(card.upload)
        return back_to(request, "/library")

    @router.post("/library/uploads/{upload}/confirm")
    async def confirm(request: Request, upload: str) -> Response:
        """Add a file as was chosen, with what was changed in the form."""
        sent = await request.form()
        values = {name: value for name, value in sent.items() if isinstance(value, str)}
        return await to_thread.run_sync(_confirmed, request, desk, upload, values)

    @router.post("/library/uploads/{upload}/discard")
    def discard(request: Request, upload: str) -> Response:
        """Stop what is done with an upload, and forget it."""
        try:
            found = desk.jobs.incoming.find(upload, visitor_of(request).name)
            job = desk.jobs.queue.of_uploads([found.id]).get(found.id)
            if job is not None and not job.is_over:
                desk.jobs.queue.cancel(job.id)
            else:
                desk.jobs.incoming.discard(found)
        except EscaleError as error:
            return _failed(request, desk, error)
        return back_to(request, "/library")

    return router


async def _received(request: Request, desk: Desk, replaces: str = "") -> Response:
    owner = visitor_of(request).name
    try:
        received = await receive(request, desk.jobs.incoming, owner, replaces)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)  # nobody hears it
    await to_thread.run_sync(_queue, request, desk, received)
    messages = messages_of(request)
    refusals = [messages.error(error) for error in received.refusals]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusals else HTTPStatus.OK
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"uploads": received.uploads, "refusals": refusals}, status)
    if refusals:
        return await to_thread.run_sync(table_page, request, desk, refusals, status)
    return back_to(request, "/library")


def _queue(request: Request, desk: Desk, received: Received) -> None:
    """Have what arrived read; what no job can be made for is forgotten."""
    visitor = visitor_of(request)
    for upload in received.uploads:
        found = desk.jobs.incoming.find(upload, visitor.name)
        try:
            task = Task(JobKind.READ, found.name, found.replaces, upload)
            desk.jobs.queue.submit(task, visitor.name, visitor.address)
        except EscaleError as error:
            desk.jobs.incoming.discard(found)
            received.refusals.append(error)


def _confirmed(request: Request, desk: Desk, upload: str, values: Mapping[str, str]) -> Response:
    try:
        desk.jobs.incoming.find(upload, visitor_of(request).name)
        card = next(card for card in _mine(request, desk) if card.upload.id == upload)
        _decide(request, desk, card, values)
    except EscaleError as error:
        return _failed(request, desk, error)
    return back_to(request, "/library")


def _decide(request: Request, desk: Desk, card: Card, values: Mapping[str, str]) -> None:
    """Give the job that adds a file; raises as `task_of`, or `QueueFull`."""
    visitor = visitor_of(request)
    metadata = card.preview.metadata if card.preview else None
    changes = (
        metadata_form.changes(values, metadata)
        if metadata is not None
        else metadata_form.Changes({}, ())
    )
    chosen = values.get("choice") or (card.options[0].value if card.options else "")
    reports = (*desk.store.reports(), *desk.store.removed_reports())
    task = task_of(card, chosen, changes, [report.id for report in reports])
    desk.jobs.queue.submit(task, visitor.name, visitor.address)


def _mine(request: Request, desk: Desk) -> list[Card]:
    reports = desk.store.reports()
    return cards(desk.jobs, visitor_of(request).name, reports, messages_of(request))


def _failed(request: Request, desk: Desk, error: EscaleError) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": messages_of(request).error(error)}, status_of(error))
    return desk.refused(request, error)
