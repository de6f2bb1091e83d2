"""Who makes a request."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import HTTPConnection

from vectorstore.accounts.models import Role, User

_KEY: Final = "escale.visitor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with the rights of `role`, None for no right at all.

    `user` is None while they aren't signed in; `address` is that of their machine.
    """

    role: Role | None = None
    user: User | None = None
    address: str = ""

    @property
    def name(self) -> str:
        """The user's name, for the audit; empty while they aren't signed in."""
        return self.user.name if self.user is not None else ""

    def may(self, role: Role) -> bool:
        """Whether they may do what `role` may."""
        return self.role is not None and self.role.includes(role)


def visitor_of(request: HTTPConnection) -> Visitor:
    """Who makes the request: in a route of FastAPI, or in a handler of Gradio (`request.request`).

    Without the guard nobody has any right.
    """
    visitor = request.scope.get(_KEY)
    return visitor if isinstance(visitor, Visitor) else Visitor()


def introduce(scope: MutableMapping[str, Any], visitor: Visitor) -> None:
    """Let `visitor_of` find the visitor."""
    scope[_KEY] = visitor
