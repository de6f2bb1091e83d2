"""One's own account, and the first administrator's."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from ui.messages import Language, Messages
from ui.web.access.cookies import keep_session, language_of
from ui.web.access.origin import root_of
from ui.web.access.rendering import page, refusal
from ui.web.access.sign_in import gone_on
from ui.web.access.visitor import visitor_of
from vectorstore.accounts.errors import InvalidName, LastAdmin, NameTaken
from vectorstore.accounts.models import Action, Role, User
from vectorstore.accounts.users import LONGEST_NAME, folded
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from ui.web.access.access import Access

_SETUP = "setup"


def routes(access: "Access") -> APIRouter:
    """`/account`, `/account/me`, `/account/password` and `/setup/<secret>`."""
    router = APIRouter()

    @router.get("/account")
    def account(request: Request) -> Response:
        """Who one is here; where a password is changed."""
        if visitor_of(request).user is None:
            path = f"{root_of(request)}/sign-in?next=/account"
            return RedirectResponse(path, HTTPStatus.SEE_OTHER)
        return _account_page(request)

    @router.get("/account/me")
    def me(request: Request, language: Language = "fr") -> Response:
        """What the head of the page says of the visitor, and where that leads."""
        return JSONResponse(_me(request, Messages(language)), headers={"Cache-Control": "no-store"})

    @router.post("/account/password")
    async def password(
        request: Request,
        current: Annotated[str, Form()] = "",
        new: Annotated[str, Form()] = "",
        again: Annotated[str, Form()] = "",
    ) -> Response:
        """Change one's own password; every other session of the account ends."""
        user = visitor_of(request).user
        if user is None or user.issuer is not None:
            return refusal(request, Messages(language_of(request))("access-no-right"))
        changed = await to_thread.run_sync(
            lambda: _change(request, access, user, current, new, again), limiter=access.hashing
        )
        if isinstance(changed, dict):
            return _account_page(request, changed, HTTPStatus.UNPROCESSABLE_ENTITY)
        response = _account_page(request, is_changed=True)
        keep_session(response, request, access.settings, changed, access.sessions.longest)
        return response

    @router.get("/setup/{secret}")
    def first(request: Request, secret: str) -> Response:
        """The form of the first administrator's account."""
        if not access.setup.opens(secret):
            return _link_closed(request)
        return page(request, "setup.html", secret=secret, name="", problems={})

    @router.post("/setup/{secret}")
    async def make_first(
        request: Request,
        secret: str,
        name: Annotated[str, Form()] = "",
        new: Annotated[str, Form()] = "",
        again: Annotated[str, Form()] = "",
    ) -> Response:
        """Make the account, and sign in with it."""
        if not access.setup.opens(secret):
            return _link_closed(request)
        made = await to_thread.run_sync(
            lambda: _make_first(request, access, name, new, again), limiter=access.hashing
        )
        if made is None:
            return _link_closed(request)
        if isinstance(made, dict):
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            shown = name[:LONGEST_NAME]
            return page(request, "setup.html", status, secret=secret, name=shown, problems=made)
        return gone_on(request, "/account", access, made)

    return router


Problems = dict[str, str]


def _change(
    request: Request, access: "Access", user: User, current: str, new: str, again: str
) -> str | Problems:
    """The token of the session that takes the place of all others, or what is wrong, by field."""
    messages, address = Messages(language_of(request)), visitor_of(request).address
    if access.attempts.wait(user.name, address):
        return {"current": messages("account-wait")}
    if access.users.verify(user.name, current) is None:
        name = folded(user.name)
        access.audit.record(user.name, Action.SIGN_IN_FAILED, name, "password", address)
        return {"current": messages("account-current-wrong")}
    if new != again:
        return {"again": messages("password-differs")}
    try:
        access.users.set_password(user.name, new, by=user.name)
    except EscaleError as error:
        return {"new": messages.error(error)}
    return access.sessions.start(user, how="password", address=address)


def _make_first(
    request: Request, access: "Access", name: str, new: str, again: str
) -> str | Problems | None:
    """The token of the administrator's session, what is wrong, or None when there is one."""
    messages = Messages(language_of(request))
    if new != again:
        return {"again": messages("password-differs")}
    try:
        user = access.users.add(name, new, Role.ADMIN, by=_SETUP, only_first=True)
    except LastAdmin:
        access.setup.used()
        return None
    except (InvalidName, NameTaken) as error:
        return {"name": messages.error(error)}
    except EscaleError as error:
        return {"new": messages.error(error)}
    access.setup.used()
    return access.sessions.start(user, how=_SETUP, address=visitor_of(request).address)


def _account_page(
    request: Request,
    problems: Problems | None = None,
    status: int = HTTPStatus.OK,
    *,
    is_changed: bool = False,
) -> Response:
    return page(request, "account.html", status, problems=problems or {}, is_changed=is_changed)


def _link_closed(request: Request) -> Response:
    text = Messages(language_of(request))("setup-closed")
    return refusal(request, text, HTTPStatus.NOT_FOUND)


def _me(request: Request, messages: Messages) -> dict[str, object]:
    visitor = visitor_of(request)
    if visitor.user is None:
        links = [{"label": messages("account-sign-in"), "href": "sign-in"}]
        return {"name": "", "role": "", "links": links}
    links = [{"label": visitor.name, "href": "account"}]
    if visitor.may(Role.ADMIN):
        links.insert(0, {"label": messages("admin-title"), "href": "admin"})
    if visitor.may(Role.STAFF):
        links.insert(0, {"label": messages("access-library"), "href": "library"})
    return {"name": visitor.name, "role": visitor.user.role, "links": links}
