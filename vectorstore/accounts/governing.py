"""The accounts and the audit as the shell governs them, under the name of one user."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vectorstore.accounts.audit import Audit
from vectorstore.accounts.models import Action, AuditEntry, Role, User
from vectorstore.accounts.users import Users

if TYPE_CHECKING:
    from vectorstore.store import Store


@dataclass(frozen=True)
class Accounts:
    """What each method does and raises is said in `Users`; `who` is in the audit."""

    store: "Store"
    who: str

    def users(self) -> list[User]:
        """All accounts, by name."""
        return Users(self.store).all()

    def add_user(self, name: str, password: str, role: Role) -> User:
        """A new local account."""
        return Users(self.store).add(name, password, role, by=self.who)

    def set_user_role(self, name: str, role: Role) -> User:
        """Another role."""
        return Users(self.store).set_role(name, role, by=self.who)

    def set_user_password(self, name: str, password: str) -> None:
        """Another password; the account's sessions end."""
        Users(self.store).set_password(name, password, by=self.who)

    def suspend_user(self, name: str) -> None:
        """No way in until the account is given another password."""
        Users(self.store).suspend(name, by=self.who)

    def remove_user(self, name: str) -> None:
        """Delete an account."""
        Users(self.store).remove(name, by=self.who)

    def audit_entries(
        self, words: str = "", action: Action | None = None, limit: int | None = None
    ) -> list[AuditEntry]:
        """The entries, the latest first."""
        return Audit(self.store).entries(words=words, action=action, limit=limit)

    def export_audit(self, words: str = "", action: Action | None = None) -> list[AuditEntry]:
        """All entries to be taken away, which the audit tells, too."""
        entries = self.audit_entries(words, action)
        Audit(self.store).record(self.who, Action.AUDIT_EXPORTED, detail=str(len(entries)))
        return entries
