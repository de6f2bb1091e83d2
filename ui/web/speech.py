"""What happens when somebody has a speech checked: the tab's behaviour without its looks."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.models import CheckResult
from ui.messages import Language, Messages
from ui.settings import UiSettings
from ui.web.checks import CheckProgress, checking
from ui.web.counting import Counter
from ui.web.drafts import checked_draft
from ui.web.filters import Filters
from ui.web.labels import mission_names
from ui.web.pace import paced
from ui.web.verdicts import CheckedText
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from assistant import Assistant

_log = logging.getLogger(__name__)


class Stage(StrEnum):
    """What the tab shows: the text to edit, the check going on, or the verdicts."""

    EDITING = "editing"
    CHECKING = "checking"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class SpeechView:
    """What the tab shows; `notice` is what is said beside the text, empty for nothing."""

    stage: Stage = Stage.EDITING
    progress: CheckProgress | None = None
    checked: CheckedText | None = None
    notice: str = ""


class SpeechCheck:
    """The speech checks of all users with one assistant. Holds no state of theirs."""

    def __init__(
        self, assistant: "Assistant", settings: UiSettings, counter: Counter | None = None
    ) -> None:
        self._assistant = assistant
        self._counter = counter or Counter()
        self._settings = settings

    async def check(
        self, draft: str, filters: Filters, language: Language
    ) -> AsyncIterator[SpeechView]:
        """The tab as the check goes on; never raises. Reasons are in `language`, the page's."""
        messages = Messages(language)
        try:
            text = checked_draft(draft, self._settings)
            scope = await asyncio.to_thread(self._scope_words, filters, messages)
            yield SpeechView(Stage.CHECKING, CheckProgress(0, 1))
            events = checking(self._assistant, text, filters.scope, language)
            async with aclosing(paced(events)) as batches:
                async for batch in batches:
                    last = batch[-1]
                    if isinstance(last, CheckProgress):
                        yield SpeechView(Stage.CHECKING, last)
                        continue
                    checked = await asyncio.to_thread(
                        checked_text, text, last, self._assistant, scope
                    )
                    yield SpeechView(Stage.CHECKED, checked=checked)
                    await self._counter.checked()
        except EscaleError as error:
            yield SpeechView(notice=messages.error(error))
        except NothingToSearch as error:
            yield SpeechView(notice=str(error))
        except Exception:  # noqa: BLE001  (logged; the user is told, and the page goes on)
            _log.exception("the speech could not be checked")
            yield SpeechView(notice=messages("page-check-failed"))

    def _scope_words(self, filters: Filters, messages: Messages) -> str:
        """To what the search will be limited, in words.

        Raises:
            NothingToSearch: there is no report, or none that the filters leave.
        """
        reports = self._assistant.index.store.reports()
        if not reports:
            raise NothingToSearch(messages("page-empty-library"))
        if filters.mission and all(report.id != filters.mission for report in reports):
            raise NothingToSearch(messages("page-empty-scope"))
        return filters.described(reports, messages)


class NothingToSearch(Exception):
    """There is no report to check against; the text tells the user why."""


def checked_text(
    text: str, result: CheckResult, assistant: "Assistant", scope: str = ""
) -> CheckedText:
    """A result with the names of the missions that it cites."""
    cited = {citation.report_id for claim in result.claims for citation in claim.evidence}
    messages = Messages(result.language)
    missions = mission_names(assistant.index.store, sorted(cited), messages)
    return CheckedText(text, result, missions, scope)
