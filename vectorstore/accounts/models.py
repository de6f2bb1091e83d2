"""What travels of accounts, audit and usage."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each role may do what those before it may."""

    READER = "reader"
    STAFF = "staff"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Whether who has this role may do what `other` may."""
        roles = list(Role)
        return roles.index(self) >= roles.index(other)


@dataclass(frozen=True, slots=True)
class User:
    """An account; `issuer` is the address of the single sign-on it comes from, if any.

    One that `is_suspended` can't sign in until it is given a password.
    """

    id: int
    name: str
    role: Role
    issuer: str | None
    created_at: datetime
    signed_in_at: datetime | None
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What a single sign-on says of somebody; `role` is None where it says nothing of it."""

    issuer: str
    subject: str
    name: str
    role: Role | None


class Action(StrEnum):
    """What the audit records; the comment says what `target` and `detail` are."""

    SIGNED_IN = "signed-in"  # the user; "password" or the issuer
    SIGNED_OUT = "signed-out"  # the user
    SIGN_IN_FAILED = "sign-in-failed"  # the name tried; why
    USER_ADDED = "user-added"  # the user; the role
    USER_SUSPENDED = "user-suspended"  # the user
    USER_REMOVED = "user-removed"  # the user; the role they had
    ROLE_CHANGED = "role-changed"  # the user; "reader → staff"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105  # the user
    REPORT_ADDED = "report-added"  # the report's id; its title
    REPORT_REPLACED = "report-replaced"  # the report's id; its version
    REPORT_REREAD = "report-reread"  # the report's id; its version
    REPORT_EDITED = "report-edited"  # the report's id; the fields
    REPORT_REMOVED = "report-removed"  # the report's id; its title
    REPORT_RESTORED = "report-restored"  # the report's id; the version
    REPORT_PURGED = "report-purged"  # the report's id
    INDEX_REBUILT = "index-rebuilt"  # the model
    BACKUP_MADE = "backup-made"  # the file
    BACKUP_RESTORED = "backup-restored"  # the file
    AUDIT_EXPORTED = "audit-exported"  # how many entries


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when; `address` is empty for what was done in the shell."""

    id: int
    at: datetime
    who: str
    action: str
    target: str
    detail: str
    address: str


class Measure(StrEnum):
    """What is counted per day."""

    QUESTIONS = "questions"
    ABSTENTIONS = "abstentions"
    CHECKS = "checks"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True)
class DailyCount:
    """How often something happened on one day."""

    day: date
    measure: Measure
    count: int


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question that was stored."""

    at: datetime
    text: str
    language: str
    abstained: bool


class Rating(StrEnum):
    """What somebody thought of an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A rating with its comment; `question` only where questions are stored."""

    at: datetime
    rating: Rating
    comment: str
    question: str | None
