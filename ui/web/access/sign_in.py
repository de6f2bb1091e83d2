"""Signing in with a password, and signing out."""

import math
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from ui.messages import Messages
from ui.web.access.cookies import drop_session, keep_session, language_of, session_cookie
from ui.web.access.origin import root_of
from ui.web.access.rendering import page
from ui.web.access.visitor import visitor_of
from vectorstore.accounts.models import Action
from vectorstore.accounts.users import LONGEST_NAME, folded

if TYPE_CHECKING:
    from ui.web.access.access import Access
    from ui.web.access.sign_on import SignOn

HOME = "/"


def routes(access: "Access", sign_on: "SignOn | None") -> APIRouter:
    """`/sign-in`, `/sign-out` and `/signed-out`."""
    router = APIRouter()

    @router.get("/sign-in")
    def form(request: Request, next: str = HOME) -> Response:  # noqa: A002
        """The form; somebody who is signed in goes on at once."""
        if visitor_of(request).user is not None:
            return gone_on(request, next)
        return sign_in_page(request, access, sign_on, next=next)

    @router.post("/sign-in")
    async def sign_in(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = HOME,  # noqa: A002
    ) -> Response:
        """Start a session, or say why not."""
        tried = await to_thread.run_sync(
            lambda: _try(request, access, name, password), limiter=access.hashing
        )
        if isinstance(tried, str):
            return gone_on(request, next, access, tried)
        messages = Messages(language_of(request))
        told = _told(tried, messages)
        status = HTTPStatus.TOO_MANY_REQUESTS if tried else HTTPStatus.UNPROCESSABLE_ENTITY
        told_page = sign_in_page(
            request, access, sign_on, next=next, name=name, problem=told, status=status
        )
        if tried:
            told_page.headers["Retry-After"] = str(math.ceil(tried.total_seconds()))
        return told_page

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        """End the session."""
        token = request.cookies.get(session_cookie(request, access.settings))
        if token:
            access.sessions.end(token, address=visitor_of(request).address)
        path = f"{root_of(request)}/signed-out"
        response = RedirectResponse(path, HTTPStatus.SEE_OTHER)
        drop_session(response, request, access.settings)
        return response

    @router.get("/signed-out")
    async def signed_out(request: Request) -> Response:
        """What is shown afterwards: where to sign in again, and out of the single sign-on."""
        elsewhere = await sign_on.end_address(request) if sign_on is not None else None
        return page(request, "signed_out.html", elsewhere=elsewhere)

    return router


def sign_in_page(
    request: Request,
    access: "Access",
    sign_on: "SignOn | None",
    *,
    next: str = HOME,  # noqa: A002
    name: str = "",
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """The sign-in page with what was typed, and the problem beside it."""
    users = access.users.all()
    return page(
        request,
        "sign_in.html",
        status,
        next=safe_path(next),
        name=name[:LONGEST_NAME],
        problem=problem,
        has_sign_on=sign_on is not None,
        has_passwords=sign_on is None or any(user.issuer is None for user in users),
        needs_setup=sign_on is None and not access.users.has_admin(),
    )


def gone_on(
    request: Request, path: str, access: "Access | None" = None, token: str = ""
) -> Response:
    """To the page that was asked for; with a token, as somebody who has just signed in."""
    address = root_of(request) + safe_path(path)
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    if access is not None and token:
        keep_session(response, request, access.settings, token, access.sessions.longest)
    return response


def safe_path(path: str) -> str:
    """The path where it is one of this server; else the home page."""
    parts = urlsplit(path)
    is_ours = (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and not (parts.scheme or parts.netloc)
        and path.isprintable()
        and "\\" not in path
    )
    return path if is_ours else HOME


def _try(request: Request, access: "Access", name: str, password: str) -> str | timedelta:
    """The token of a new session; how long to wait; zero for a wrong name or password."""
    name, address = name.strip()[: LONGEST_NAME * 2], visitor_of(request).address
    wait = access.attempts.wait(name, address)
    if wait:
        return wait
    user = access.users.verify(name, password) if len(name) <= LONGEST_NAME else None
    if user is None:
        access.audit.record("", Action.SIGN_IN_FAILED, folded(name), "password", address)
        return timedelta()
    return access.sessions.start(user, how="password", address=address)


def _told(wait: timedelta, messages: Messages) -> str:
    if wait:
        return messages("sign-in-wait", minutes=math.ceil(wait.total_seconds() / 60))
    return messages("sign-in-wrong")
