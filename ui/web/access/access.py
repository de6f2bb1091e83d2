"""What the access pages share: the accounts, the settings, the one-time link."""

from datetime import timedelta
from typing import TYPE_CHECKING

from anyio import CapacityLimiter

from ui.settings import UiSettings
from ui.web.access.setup_link import SetupLink
from vectorstore.accounts.attempts import Attempts
from vectorstore.accounts.audit import Audit
from vectorstore.accounts.sessions import Sessions
from vectorstore.accounts.usage import Usage
from vectorstore.accounts.users import Users

if TYPE_CHECKING:
    from vectorstore.store import Store

# A password's hash takes 64 MB and some 50 ms.
_HASHED_AT_ONCE = 2


class Access:
    """The accounts behind one application."""

    def __init__(self, store: "Store", settings: UiSettings) -> None:
        self.store = store
        self.settings = settings
        self.users = Users(store)
        self.audit = Audit(store)
        self.attempts = Attempts(store)
        self.sessions = Sessions(
            store,
            idle=timedelta(hours=settings.session_idle_hours),
            longest=timedelta(days=settings.session_days),
        )
        self.usage = Usage(
            store,
            stores_questions=settings.store_questions,
            kept=timedelta(days=settings.question_days),
        )
        self.setup = SetupLink()
        self.hashing = CapacityLimiter(_HASHED_AT_ONCE)

    def begin_setup(self) -> str | None:
        """The path of the page that makes the first administrator; None where there is one."""
        return None if self.users.has_admin() else f"/setup/{self.setup.new()}"
