"""The chips over an answer: what was read from the question, and how it is taken away."""

import asyncio
import html
import re
from dataclasses import replace

from assistant.models import Answer
from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.messages import Messages
from ui.web.chat import Chat, View
from ui.web.conversation import Conversation
from ui.web.filters import Filters
from ui.web.scope_chips import joined, taken_away
from vectorstore.models import Scope

HELD = report_of()
QUESTION = "Qu’a-t-on appris à Rotterdam en 2024 ?"
READ = Scope.of(destinations=["Rotterdam"], years=[2024])


class Reading(ScriptedAssistant):
    """Reads the same scope from every question, but for what isn't to be read."""

    def __init__(self, read: Scope) -> None:
        super().__init__([HELD], self._answer)
        self._read = read

    def _answer(self, question: str) -> Answer:
        unread = self.unread[-1] or Scope()
        left = Scope(
            report_ids=self._read.report_ids - unread.report_ids,
            years=self._read.years - unread.years,
            destinations=self._read.destinations - unread.destinations,
        )
        asked = self.asked[-1][2]
        return replace(answer_of(question, (HELD, BERTH)), scope=joined(left, asked))


def asked(chat: Chat, filters: Filters | None = None, question: str = QUESTION) -> Conversation:
    async def run() -> View:
        last = View(())
        async for view in chat.ask(question, (), filters or Filters(), "fr"):
            last = view
        return last

    return asyncio.run(run()).conversation


def widened(chat: Chat, query: str, conversation: Conversation) -> list[View]:
    async def run() -> list[View]:
        return [view async for view in chat.widen(query, conversation, "fr")]

    return asyncio.run(run())


def chips_of(conversation: Conversation, *, removable: bool = True) -> list[str]:
    from ui.web.render import reply_html

    shown = reply_html(conversation[-1], can_widen=removable)
    return re.findall(r'class="chip"[^>]*>([^<]*)<', html.unescape(shown))


def test_what_was_read_is_shown_and_what_was_set_is_not() -> None:
    assert chips_of(asked(Chat(Reading(READ)))) == ["Rotterdam", "2024"]  # type: ignore[arg-type]
    chat = Chat(Reading(READ))  # type: ignore[arg-type]
    assert chips_of(asked(chat, Filters(year="2024"))) == ["Rotterdam"]


def test_a_mission_is_called_by_its_name() -> None:
    chat = Chat(Reading(Scope.of(reports=[HELD.report.id])))  # type: ignore[arg-type]
    assert chips_of(asked(chat)) == ["Rotterdam (2024)"]


def test_taking_a_chip_away_asks_again_without_it() -> None:
    assistant = Reading(READ)
    chat = Chat(assistant)  # type: ignore[arg-type]
    first = asked(chat)
    second = widened(chat, "place=Rotterdam", first)[-1].conversation
    assert len(second) == 1
    assert assistant.unread[-1] == Scope.of(destinations=["Rotterdam"])
    assert assistant.asked[-1][0] == QUESTION
    assert assistant.asked[-1][1] == []
    assert chips_of(second) == ["2024"]
    third = widened(chat, "year=2024", second)[-1].conversation
    assert assistant.unread[-1] == READ
    assert chips_of(third) == []
    from ui.web.render import reply_html

    told = html.unescape(reply_html(third[-1]))
    assert Messages("fr")("page-scope-widened", names="Rotterdam, 2024") in told


def test_the_users_text_in_the_box_is_left_alone() -> None:
    chat = Chat(Reading(READ))  # type: ignore[arg-type]
    assert {view.draft for view in widened(chat, "place=Rotterdam", asked(chat))} == {None}


def test_what_was_not_read_cannot_be_taken_away() -> None:
    assistant = Reading(READ)
    chat = Chat(assistant)  # type: ignore[arg-type]
    conversation = asked(chat)
    for query in ("", "place=Oslo", "year=x", "pillar=secret", "&&&", "place=rotterdam" * 99):
        assert widened(chat, query, conversation) == []
    assert widened(chat, "place=Rotterdam", ()) == []
    assert len(assistant.asked) == 1


def test_older_answers_keep_their_chips_without_a_way_to_remove_them() -> None:
    from ui.web.render import reply_html

    conversation = asked(Chat(Reading(READ)))  # type: ignore[arg-type]
    assert "#widen" in html.unescape(reply_html(conversation[-1], can_widen=True))
    assert "#widen" not in html.unescape(reply_html(conversation[-1]))


def test_parts_are_taken_by_kind_and_value() -> None:
    assert taken_away("place=Rotterdam&year=2031", READ) == Scope.of(destinations=["Rotterdam"])
    assert taken_away("report=Rotterdam", READ) == Scope()


def test_a_check_in_the_chat_is_answered_with_its_verdict() -> None:
    assistant = ScriptedAssistant([HELD], answer_of)
    chat = Chat(assistant)  # type: ignore[arg-type]
    conversation = asked(chat, Filters(mission=HELD.report.id), "vérifier : - Le quai est neuf.")
    assert assistant.checked == [("- Le quai est neuf.", Scope.of(reports=[HELD.report.id]), "fr")]
    assert assistant.asked == []
    from ui.web.conversation import history
    from ui.web.render import reply_html

    shown = html.unescape(reply_html(conversation[-1]))
    assert 'class="finding contradicted"' in shown
    assert "Contredite" in shown
    assert 'class="cite"' in shown
    assert history(conversation)[1][0] == "assistant"
