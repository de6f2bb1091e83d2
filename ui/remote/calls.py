"""What the shell can ask of the running server: names, arguments, results.

Arguments and results travel as JSON. A result comes as lines: progress, as often as there is any,
then one line with the result or the error.
"""

from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from assistant.models import Answer, CheckResult
from ingest.jobs.models import Job
from ingest.results import AddResult, Preview
from vectorstore.accounts.models import Action, AuditEntry, Role, User
from vectorstore.models import Hit, Passage, Report, Scope, Section, Version
from vectorstore.synced import SyncedFile

LIBRARY: Final[dict[str, Any]] = {
    "is_pristine": bool,
    "prepare": None,
    "reports": list[Report],
    "removed_reports": list[Report],
    "outdated": list[Report],
    "report": Report,
    "sections": list[Section],
    "passages": list[Passage],
    "versions": list[Version],
    "preview": Preview,
    "add": AddResult,
    "replace": AddResult,
    "reread": AddResult,
    "edit": Report,
    "remove": None,
    "restore": Report,
    "purge": None,
    "purge_expired": list[str],
    "reindex": str,
    "synced": list[SyncedFile],
    "record_synced": None,
    "forget_synced": None,
}
"""Methods of `AuditedLibrary`, and what they return."""

ASSISTANT: Final[dict[str, Any]] = {"ask": Answer, "check": CheckResult}
"""Methods of `Assistant`."""

INDEX: Final[dict[str, Any]] = {"search": list[Hit]}
"""Methods of `Index`."""

JOBS: Final[dict[str, Any]] = {"jobs": list[Job], "cancel": Job}
"""Methods of `JobQueue`."""

ACCOUNTS: Final[dict[str, Any]] = {
    "users": list[User],
    "add_user": User,
    "set_user_role": User,
    "set_user_password": None,
    "suspend_user": None,
    "remove_user": None,
    "audit_entries": list[AuditEntry],
    "export_audit": list[AuditEntry],
}
"""Methods of `Accounts`."""

RESULTS: Final = LIBRARY | ASSISTANT | INDEX | JOBS | ACCOUNTS

TAKE_FILES: Final = frozenset({"preview", "add", "replace"})
TELL_STEPS: Final = frozenset({"preview", "add", "replace", "reread"})
"""Methods with `progress(Progress)` and `cancelled()`."""
TELL_COUNTS: Final = frozenset({"reindex", "check"})
"""Methods with `progress(done, total)`."""

# Those that JSON alone doesn't give back; `metadata` stays a mapping, in which null says something.
_ARGUMENTS: Final[dict[str, Any]] = {
    "scope": Scope | None,
    "file": SyncedFile,
    "role": Role,
    "action": Action | None,
}


@cache
def result_type(method: str) -> TypeAdapter[Any]:
    """Writes and reads the results of a method."""
    return TypeAdapter(RESULTS[method])


@cache
def argument_type(name: str) -> TypeAdapter[Any]:
    """Writes and reads the arguments of a name."""
    return TypeAdapter(_ARGUMENTS.get(name, Any))
