"""The administration of accounts."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from ui.messages import Messages
from ui.web.access.cookies import language_of
from ui.web.access.origin import root_of
from ui.web.access.rendering import page
from ui.web.access.visitor import visitor_of
from vectorstore.accounts.errors import UnknownUser
from vectorstore.accounts.models import Role
from vectorstore.accounts.users import LONGEST_NAME
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from ui.web.access.access import Access

_DONE: Final = ("added", "role", "password", "suspended", "removed")


def routes(access: "Access") -> APIRouter:
    """`/admin/users`, and `add`, `role`, `password`, `suspend` and `remove` below it."""
    router = APIRouter(prefix="/admin/users")

    @router.get("")
    def users(request: Request, done: str = "", name: str = "") -> Response:
        """All accounts, with what can be done to each."""
        told = ""
        if done in _DONE:
            messages = Messages(language_of(request))
            told = messages(f"admin-done-{done}", name=name[:LONGEST_NAME])
        return _users_page(request, access, told=told)

    @router.post("/add")
    async def add(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        role: Annotated[Role, Form()] = Role.READER,
    ) -> Response:
        """A new local account."""
        by = visitor_of(request).name

        def change() -> None:
            access.users.add(name, password, role, by=by)

        return await _changed(request, access, "added", name, change)

    @router.post("/role")
    async def role(
        request: Request, name: Annotated[str, Form()], role: Annotated[Role, Form()]
    ) -> Response:
        """Another role; it holds at the account's next request."""
        by = visitor_of(request).name

        def change() -> None:
            access.users.set_role(name, role, by=by)

        return await _changed(request, access, "role", name, change)

    @router.post("/password")
    async def password(
        request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()] = ""
    ) -> Response:
        """Another password; the account's sessions end."""
        by = visitor_of(request).name

        def change() -> None:
            access.users.set_password(name, password, by=by)

        return await _changed(request, access, "password", name, change)

    @router.post("/suspend")
    async def suspend(request: Request, name: Annotated[str, Form()]) -> Response:
        """No way in any more, until another password is set."""
        by = visitor_of(request).name

        def change() -> None:
            access.users.suspend(name, by=by)

        return await _changed(request, access, "suspended", name, change)

    @router.post("/remove")
    async def remove(request: Request, name: Annotated[str, Form()]) -> Response:
        """Delete an account."""
        by = visitor_of(request).name

        def change() -> None:
            access.users.remove(name, by=by)

        return await _changed(request, access, "removed", name, change)

    return router


async def _changed(
    request: Request, access: "Access", done: str, name: str, change: Callable[[], None]
) -> Response:
    """Back at the accounts once the change is made, or with what is wrong with it."""
    try:
        await to_thread.run_sync(change, limiter=access.hashing)
    except EscaleError as error:
        told = Messages(language_of(request)).error(error)
        is_gone = isinstance(error, UnknownUser)
        status = HTTPStatus.NOT_FOUND if is_gone else HTTPStatus.UNPROCESSABLE_ENTITY
        typed = name[:LONGEST_NAME] if done == "added" else ""
        return await to_thread.run_sync(
            lambda: _users_page(request, access, problem=told, typed=typed, status=status)
        )
    query = urlencode({"done": done, "name": name.strip()[:LONGEST_NAME]})
    address = f"{root_of(request)}/admin/users?{query}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _users_page(
    request: Request,
    access: "Access",
    *,
    told: str = "",
    problem: str = "",
    typed: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    return page(
        request,
        "admin/users.html",
        status,
        users=access.users.all(),
        roles=list(Role),
        told=told,
        problem=problem,
        typed=typed,
    )
