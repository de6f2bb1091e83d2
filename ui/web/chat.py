"""What happens when the user asks or stops: the page's behaviour without its looks."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.events import AnswerEvent
from ui.messages import Language, Messages
from ui.web.conversation import Conversation, Reply, Turn, history, with_last_reply
from ui.web.filters import Filters
from ui.web.labels import mission_name
from ui.web.pace import paced
from vectorstore.errors import EscaleError, UnknownReport
from vectorstore.search import check_query

if TYPE_CHECKING:
    from assistant import Assistant
    from vectorstore.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows.

    `draft` is the text of the question box, None where it is left as the user has it; `notice` is
    what is said beside the box, empty for nothing.
    """

    conversation: Conversation
    draft: str | None = None
    notice: str = ""
    is_answering: bool = False


class Chat:
    """The conversations of all users with one assistant. Holds no state of theirs."""

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant

    @property
    def _store(self) -> "Store":
        return self._assistant.index.store

    async def ask(
        self, question: str, conversation: Conversation, filters: Filters, language: Language
    ) -> AsyncIterator[View]:
        """The page after each piece of the answer; never raises.

        A question that can't be asked stays in its box, with a notice that says why. `language` is
        the page's: what isn't the answer is said in it.
        """
        messages = Messages(language)
        try:
            scope_words = await asyncio.to_thread(self._checked, question, filters, messages)
        except EscaleError as error:
            yield View(conversation, notice=messages.error(error))
            return
        except NothingInScope as error:
            yield View(conversation, notice=str(error))
            return
        reply = Reply(language)
        asked = (*conversation, Turn(question.strip(), reply, scope_words))
        yield View(asked, draft="", is_answering=True)
        try:
            async with aclosing(self._events(question, conversation, filters)) as events:
                async for batch in events:
                    for event in batch:
                        reply = reply.after(event)
                    reply = await asyncio.to_thread(self._with_missions, reply)
                    asked = with_last_reply(asked, reply)
                    yield View(asked, is_answering=reply.is_running)
        except EscaleError as error:
            yield View(with_last_reply(asked, reply.failed(messages.error(error))))
        except Exception:  # noqa: BLE001  (logged; the user is told, and the page goes on)
            _log.exception("the question could not be answered")
            failed = reply.failed(messages("page-failed"))
            yield View(with_last_reply(asked, failed), draft=question)

    def stop(self, conversation: Conversation) -> View:
        """The page once the user has cut the answer off."""
        if not conversation:
            return View(conversation)
        return View(with_last_reply(conversation, conversation[-1].reply.stopped()))

    def _events(
        self, question: str, conversation: Conversation, filters: Filters
    ) -> AsyncGenerator[list[AnswerEvent], None]:
        return paced(
            self._assistant.stream(question, history=history(conversation), scope=filters.scope)
        )

    def _checked(self, question: str, filters: Filters, messages: Messages) -> str:
        """To what the search will be limited, in words.

        Raises:
            EscaleError: the question is empty or too long.
            NothingInScope: there is nothing to search.
        """
        check_query(question, self._store.settings)
        reports = self._store.reports()
        if not reports:
            raise NothingInScope(messages("page-empty-library"))
        try:
            found = self._assistant.index.reports(filters.scope)
        except (UnknownReport, ValueError):
            found = []
        if not found:
            raise NothingInScope(messages("page-empty-scope"))
        return filters.described(reports, messages)

    def _with_missions(self, reply: Reply) -> Reply:
        """The reply with the names of the reports it cites, in its language."""
        missing = [cited for cited in reply.cited_reports if cited not in reply.missions]
        if not missing:
            return reply
        messages = Messages(reply.language)
        return replace(reply, missions={**reply.missions, **self._names(missing, messages)})

    def _names(self, report_ids: Sequence[str], messages: Messages) -> dict[str, str]:
        names = {}
        for report_id in report_ids:
            try:
                names[report_id] = mission_name(self._store.report(report_id), messages)
            except UnknownReport:
                # Removed since it was searched: its id is the only name left.
                names[report_id] = report_id
        return names


class NothingInScope(Exception):
    """There is nothing to search; the text tells the user why."""
