"""All routes of the library's pages."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, HTTPException, Request

from ingest.jobs import Jobs
from ui.web.access.visitor import visitor_of
from ui.web.library import bin as removed
from ui.web.library import jobs as job_list
from ui.web.library import reports, uploads
from ui.web.library.showing import Desk
from vectorstore.accounts.models import Role


def routes(jobs: Jobs) -> APIRouter:
    """`/library` and everything below it, for staff only."""
    desk, router = Desk(jobs), APIRouter(dependencies=[Depends(_refuse_others)])
    for part in (reports, removed, uploads, job_list):
        router.include_router(part.routes(desk))
    return router


def _refuse_others(request: Request) -> None:
    """The guard has refused them already; an application without one must not let them in."""
    visitor = visitor_of(request)
    if visitor.user is None or not visitor.may(Role.STAFF):
        raise HTTPException(HTTPStatus.NOT_FOUND)
