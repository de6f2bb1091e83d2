"""What happens when the user asks or stops: the page's behaviour without its looks."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.messages import Language, Messages
from ui.web.checks import CheckProgress, CheckRequest, asked_to_check, checking
from ui.web.conversation import Conversation, Reply, Status, Turn, history, with_last_reply
from ui.web.counting import Counter
from ui.web.filters import Filters
from ui.web.labels import mission_names
from ui.web.pace import paced
from ui.web.scope_chips import joined, taken_away
from ui.web.speech import checked_text
from vectorstore.errors import EscaleError, UnknownReport
from vectorstore.models import Scope
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

    def __init__(self, assistant: "Assistant", counter: Counter | None = None) -> None:
        self._assistant = assistant
        self._counter = counter or Counter()

    @property
    def _store(self) -> "Store":
        return self._assistant.index.store

    async def ask(
        self,
        question: str,
        conversation: Conversation,
        filters: Filters,
        language: Language,
        unread: Scope | None = None,
    ) -> AsyncIterator[View]:
        """The page after each piece of the answer; never raises.

        A question that can't be asked stays in its box, with a notice that says why. `language` is
        the page's: what isn't the answer is said in it. « vérifier : … » has the rest checked.
        What is in `unread` of the question's own words doesn't limit the search.
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
        turn = Turn(question.strip(), reply, scope_words, filters, unread or Scope())
        asked = (*conversation, turn)
        yield View(asked, draft="", is_answering=True)
        try:
            async with aclosing(self._replies(turn, conversation)) as replies:
                async for reply in replies:
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

    async def widen(
        self, widened: str, conversation: Conversation, language: Language
    ) -> AsyncIterator[View]:
        """The last question asked again, without the part of its scope that `widened` names.

        Nothing happens where the last question has no such part.
        """
        last = conversation[-1] if conversation else None
        taken = taken_away(widened, last.read) if last is not None else Scope()
        if last is None or last.reply.is_running or taken.is_everything:
            return
        unread = joined(last.unread, taken)
        earlier = conversation[:-1]
        async for view in self.ask(last.question, earlier, last.filters, language, unread):
            yield replace(view, draft=None)

    def _replies(self, turn: Turn, conversation: Conversation) -> AsyncGenerator[Reply, None]:
        request = asked_to_check(turn.question)
        return self._checked_reply(turn, request) if request else self._answer(turn, conversation)

    async def _answer(self, turn: Turn, conversation: Conversation) -> AsyncGenerator[Reply, None]:
        """The reply to a question, piece by piece."""
        reply = turn.reply
        stream = self._assistant.stream(
            turn.question,
            history=history(conversation),
            scope=turn.filters.scope,
            unread=turn.unread,
        )
        async with aclosing(paced(stream)) as batches:
            async for batch in batches:
                for event in batch:
                    reply = reply.after(event)
                reply = await asyncio.to_thread(self._with_missions, reply)
                yield reply
        if reply.answer is not None:
            await self._counter.answered(turn.question, reply.answer)

    async def _checked_reply(
        self, turn: Turn, request: CheckRequest
    ) -> AsyncGenerator[Reply, None]:
        """The verdicts on what a question asks to check."""
        reply = replace(turn.reply, language=request.language)
        scope = turn.filters.scope
        events = checking(self._assistant, request.text, scope, request.language)
        async with aclosing(paced(events)) as batches:
            async for batch in batches:
                result = batch[-1]
                if isinstance(result, CheckProgress):
                    continue
                checked = await asyncio.to_thread(
                    checked_text, request.text, result, self._assistant
                )
                yield replace(reply, status=Status.COMPLETE, checked=checked)
                await self._counter.checked()

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
        missing = [named for named in reply.named_reports if named not in reply.missions]
        if not missing:
            return reply
        names = mission_names(self._store, missing, Messages(reply.language))
        return replace(reply, missions={**reply.missions, **names})


class NothingInScope(Exception):
    """There is nothing to search; the text tells the user why."""
