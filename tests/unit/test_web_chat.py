"""What the page does when the user asks and stops, whatever the assistant does."""

import asyncio
from collections.abc import Callable

import pytest

from assistant.models import Answer
from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.web.chat import Chat, View
from ui.web.conversation import Conversation, Reply, Status, Turn, history
from ui.web.filters import Filters
from vectorstore.errors import ModelUnavailable
from vectorstore.models import Pillar

HELD = report_of()
CORRIDOR = "• Un corridor d’innovation relie les universités au port."
QUESTION = "Qu’a-t-on appris ?"


def script(question: str) -> Answer:
    return answer_of(question, (HELD, BERTH), (HELD, CORRIDOR))


def assistant_that(
    answers: Callable[[str], Answer | Exception] = script, **kwargs: float
) -> ScriptedAssistant:
    return ScriptedAssistant([HELD], answers, **kwargs)


def views(
    assistant: ScriptedAssistant,
    question: str,
    conversation: Conversation = (),
    filters: Filters | None = None,
) -> list[View]:
    async def run() -> list[View]:
        chat = Chat(assistant)  # type: ignore[arg-type]
        asked = chat.ask(question, conversation, filters or Filters(), "fr")
        return [view async for view in asked]

    return asyncio.run(run())


def test_an_answer_grows_and_is_complete_at_the_end() -> None:
    shown = views(assistant_that(pause=0.1), QUESTION)
    counts = [len(view.conversation[-1].reply.statements) for view in shown]
    assert counts == sorted(counts)
    assert {0, 1, 2} <= set(counts)
    assert [view.is_answering for view in shown] == [True] * (len(shown) - 1) + [False]
    last = shown[-1].conversation[-1].reply
    assert last.status is Status.COMPLETE
    assert last.missions == {HELD.report.id: "Rotterdam (2024)"}
    assert shown[0].draft == ""
    assert all(view.draft is None for view in shown[1:])


@pytest.mark.parametrize(
    ("question", "words"),
    [("", "vide"), ("   \n ", "vide"), ("?!…", "vide"), ("x" * 10_000, "10\u00a0000")],
)
def test_what_cannot_be_asked_stays_in_its_box(question: str, words: str) -> None:
    assistant = assistant_that()
    (view,) = views(assistant, question)
    assert words in view.notice
    assert view.draft is None
    assert view.conversation == ()
    assert not assistant.asked


def test_an_empty_library_says_what_to_do() -> None:
    (view,) = views(ScriptedAssistant([], script), QUESTION)
    assert "escale add" in view.notice


def test_filters_that_leave_nothing_are_told() -> None:
    for filters in (Filters(year="1999"), Filters(mission="oslo-2031")):
        (view,) = views(assistant_that(), QUESTION, filters=filters)
        assert "filtre" in view.notice


def test_a_forged_filter_is_told_too() -> None:
    (view,) = views(assistant_that(), QUESTION, filters=Filters(pillar="secret"))
    assert "filtre" in view.notice


def test_filters_reach_the_assistant_and_the_turn() -> None:
    assistant = assistant_that()
    filters = Filters(mission=HELD.report.id, pillar="apprend")
    shown = views(assistant, QUESTION, filters=filters)
    assert assistant.asked[0][2].pillars == {Pillar.APPREND}
    assert shown[-1].conversation[-1].scope == "Rotterdam (2024) · Québec apprend"


def test_the_conversation_reaches_the_assistant() -> None:
    assistant = assistant_that()
    first = views(assistant, QUESTION)[-1].conversation
    views(assistant, "Et en 2023 ?", first)
    _, said, _ = assistant.asked[1]
    assert [role for role, _ in said] == ["user", "assistant"]
    assert said[0][1] == QUESTION
    assert BERTH in said[1][1]


def test_a_failed_turn_is_no_history_and_history_is_bounded() -> None:
    failed = Turn("a", Reply("fr").failed("x"))
    turns = tuple(Turn(str(number), Reply("fr")) for number in range(50))
    assert history((failed,)) == []
    assert [text for _, text in history(turns)] == [str(number) for number in range(40, 50)]


def test_a_known_error_is_told_in_the_pages_language() -> None:
    error = ModelUnavailable(model="e5", reason="absent")
    view = views(assistant_that(lambda _: error), QUESTION)[-1]
    reply = view.conversation[-1].reply
    assert reply.status is Status.FAILED
    assert "ne peut pas être chargé" in reply.error
    assert not view.is_answering


def test_an_unknown_error_is_logged_and_told_without_its_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    view = views(assistant_that(lambda _: RuntimeError("secret detail")), QUESTION)[-1]
    assert "inattendu" in view.conversation[-1].reply.error
    assert "secret" not in view.conversation[-1].reply.error
    assert view.draft == QUESTION
    assert "secret detail" in caplog.text


def test_leaving_cancels_the_assistant() -> None:
    assistant = assistant_that(pause=5)

    async def run() -> None:
        asked = Chat(assistant).ask(QUESTION, (), Filters(), "fr")  # type: ignore[arg-type]
        async for view in asked:
            if len(view.conversation) and assistant.asked:
                break
        await asked.aclose()  # type: ignore[attr-defined]

    asyncio.run(run())
    assert assistant.cancelled == 1


def test_stopping_keeps_what_was_said() -> None:
    chat = Chat(assistant_that())  # type: ignore[arg-type]
    running = Turn(QUESTION, Reply("fr", Status.WRITING, script(QUESTION).statements))
    stopped = chat.stop((running,)).conversation[-1].reply
    assert stopped.status is Status.STOPPED
    assert len(stopped.statements) == 2
    done = Turn(QUESTION, Reply("fr", Status.COMPLETE))
    assert chat.stop((done,)).conversation == (done,)
    assert chat.stop(()).conversation == ()
