"""Which role each route asks for. A route that isn't here is closed to everybody.

A new route is one line here and one in the table of `tests/unit/test_access_routes.py`, which goes
through every route of the application.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vectorstore.accounts.models import Role

_GET: Final = frozenset({"GET", "HEAD"})
_POST: Final = frozenset({"POST"})


@dataclass(frozen=True, slots=True)
class Rule:
    """The routes that `path` matches as a whole; `role` is None where everybody may."""

    path: re.Pattern[str]
    role: Role | None
    methods: frozenset[str] = _GET


def _rules(
    role: Role | None, paths: Iterable[str], methods: frozenset[str] = _GET
) -> tuple[Rule, ...]:
    return tuple(Rule(re.compile(path), role, methods) for path in paths)


RULES: Final[tuple[Rule, ...]] = (
    # What is needed to sign in, and says nothing of reports or people.
    *_rules(
        None,
        [
            r"/healthz",
            r"/sign-in",
            r"/sign-in/provider/(?:start|back)",
            r"/signed-out",
            r"/setup/[\w-]+",
            r"/page/[\w.-]+",
            r"/favicon\.ico",
            r"/robots\.txt",
        ],
    ),
    *_rules(None, [r"/sign-in", r"/sign-out", r"/setup/[\w-]+"], _POST),
    # To ask and to check.
    *_rules(
        Role.READER,
        [
            r"/",
            r"/account",
            r"/account/me",
            r"/source(?:/pages)?",
            r"/page-image/\w+/\d+",
            r"/original/\w+",
            r"/check/[\w-]+/\w+",
            r"/config/?",
            r"/theme\.css",
            r"/manifest\.json",
            r"/(?:assets|static)/.+",
            r"/gradio_api/(?:queue/data|heartbeat/\w+|startup-events)/?",
        ],
    ),
    *_rules(
        Role.READER,
        [
            r"/account/password",
            r"/draft",
            r"/feedback",
            r"/gradio_api/(?:queue/join|run/predict|cancel|reset)/?",
        ],
        _POST,
    ),
    # To feed the library.
    *_rules(
        Role.STAFF,
        [
            r"/library(?:/(?:bin|jobs))?",
            r"/library/reports/[\w.-]+(?:/purge)?",
            r"/library/reports/[\w.-]+/original/\w+",
        ],
    ),
    *_rules(
        Role.STAFF,
        [
            r"/library/reread",
            r"/library/uploads(?:/(?:confirm|clear))?",
            r"/library/uploads/[\w-]+/(?:confirm|discard)",
            r"/library/jobs/\d+/cancel",
            r"/library/reports/[\w.-]+/(?:edit|replace|reread|remove|restore|purge)",
        ],
        _POST,
    ),
    # To govern.
    *_rules(Role.ADMIN, [r"/admin(?:/(?:users|audit|audit\.csv|answers|health))?"]),
    *_rules(Role.ADMIN, [r"/admin/users/(?:add|role|password|suspend|remove)"], _POST),
)


def rule_of(method: str, path: str) -> Rule | None:
    """The rule of a request; None where nobody may make it."""
    for rule in RULES:
        if method in rule.methods and rule.path.fullmatch(path):
            return rule
    return None
