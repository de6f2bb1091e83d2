"""The gate of the application: every request passes it, and what no rule opens stays closed."""

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.messages import Messages
from ui.web.access.cookies import language_of, session_cookie
from ui.web.access.origin import is_cross_site, is_known_host, network_of, root_of
from ui.web.access.rendering import refusal
from ui.web.access.rules import Rule, rule_of
from ui.web.access.visitor import Visitor, introduce
from vectorstore.accounts.models import Role

if TYPE_CHECKING:
    from ui.web.access.access import Access

_SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """ASGI middleware: tells who makes a request, and refuses what they may not ask for."""

    def __init__(self, app: ASGIApp, access: "Access") -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        refused = self._refused_unseen(request)
        if refused is None:
            path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
            rule = rule_of(request.method, path)
            if rule is None:
                refused = PlainTextResponse("Not found", HTTPStatus.NOT_FOUND)
            else:
                visitor = await self._visitor(request)
                introduce(scope, visitor)
                refused = _refused(request, rule, visitor, path)
        await (refused or self._app)(scope, receive, send)

    def _refused_unseen(self, request: Request) -> Response | None:
        """What is refused whoever asks."""
        headers = request.headers
        if not is_known_host(headers, self._access.settings):
            return PlainTextResponse(
                "This server isn't known by that name; see [ui] public_url.",
                HTTPStatus.MISDIRECTED_REQUEST,
            )
        if request.method not in _SAFE and is_cross_site(headers, self._access.settings):
            return PlainTextResponse("Sent by another site.", HTTPStatus.FORBIDDEN)
        return None

    async def _visitor(self, request: Request) -> Visitor:
        settings = self._access.settings
        token = request.cookies.get(session_cookie(request, settings))
        user = None
        if token:
            user = await to_thread.run_sync(self._access.sessions.user_of, token)
        address = network_of(request.client.host) if request.client else ""
        if user is not None:
            return Visitor(user.role, user, address)
        return Visitor(Role.READER if settings.sign_in == "none" else None, None, address)


def _refused(request: Request, rule: Rule, visitor: Visitor, path: str) -> Response | None:
    if rule.role is None or visitor.may(rule.role):
        return None
    messages = Messages(language_of(request))
    if visitor.user is not None:
        if _shows_pages(request):
            return refusal(
                request, messages("access-forbidden", role=messages(f"role-{rule.role}"))
            )
        return JSONResponse({"message": messages("access-no-right")}, HTTPStatus.FORBIDDEN)
    if _shows_pages(request):
        asked = path + (f"?{request.url.query}" if request.url.query else "")
        address = f"{root_of(request)}/sign-in?{urlencode({'next': asked})}"
        return RedirectResponse(address, HTTPStatus.SEE_OTHER)
    return JSONResponse({"message": messages("access-sign-in-again")}, HTTPStatus.UNAUTHORIZED)


def _shows_pages(request: HTTPConnection) -> bool:
    """Whether somebody looks at what is answered, rather than a script."""
    headers: Headers = request.headers
    is_document = headers.get("sec-fetch-dest", "document") == "document"
    return is_document and "text/html" in headers.get("accept", "")
