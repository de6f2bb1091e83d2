"""The speech check behind the page: progress, stopping, verdicts as HTML, what can be refused."""

import asyncio
import html
import re
import time
from dataclasses import replace

import pytest

from assistant.models import CheckResult
from tests.scripted import HeldReport, ScriptedAssistant, answer_of, report_of
from ui.messages import Messages
from ui.settings import UiSettings
from ui.web.checked import CheckedTexts
from ui.web.checks import CheckProgress, asked_to_check, checking
from ui.web.filters import Filters
from ui.web.speech import SpeechCheck, SpeechView, Stage, checked_text
from ui.web.verdicts import CheckedText, checked_html, findings_html, progress_html, tally
from vectorstore.models import Scope

HELD = report_of()
DRAFT = "Bonsoir à tous\n\n+ Un fait appuyé\n- Un fait contredit\n? Un fait introuvable"
BAIT = "+ <script>alert(1)</script> **gras** [lien](http://evil.example) ![x](y) $$z$$ \x00 \u202e"


def assistant_of(held: HeldReport = HELD, pause: float = 0.0) -> ScriptedAssistant:
    return ScriptedAssistant([held], answer_of, pause)


def checked_of(text: str, held: HeldReport = HELD) -> CheckedText:
    assistant = assistant_of(held)
    return checked_text(text, assistant.check(text), assistant)  # type: ignore[arg-type]


def views(
    draft: str, assistant: ScriptedAssistant, filters: Filters | None = None
) -> list[SpeechView]:
    async def run() -> list[SpeechView]:
        speech = SpeechCheck(assistant, UiSettings())  # type: ignore[arg-type]
        return [view async for view in speech.check(draft, filters or Filters(), "fr")]

    return asyncio.run(run())


COMMANDS = [
    ("vérifier : Le port a 41 postes.", "Le port a 41 postes.", "fr"),
    ("Vérifie ceci :\nUne phrase. Une autre.", "Une phrase. Une autre.", "fr"),
    ("VERIFIER: a", "a", "fr"),
    ("vérifiez\u00a0: a", "a", "fr"),
    ("check: the port has 41 berths", "the port has 41 berths", "en"),
    ("Fact-check : it opened", "it opened", "en"),
    ("verify this: it opened", "it opened", "en"),
]


@pytest.mark.parametrize(("question", "text", "language"), COMMANDS)
def test_a_question_can_ask_for_a_check(question: str, text: str, language: str) -> None:
    request = asked_to_check(question)
    assert request is not None
    assert (request.text, request.language) == (text, language)


@pytest.mark.parametrize(
    "question",
    ["vérifier :", "check:   ", "Comment vérifier un discours ?", "Peut-on vérifier : oui ?", ""],
)
def test_any_other_question_is_a_question(question: str) -> None:
    assert asked_to_check(question) is None


def test_a_check_goes_through_its_stages() -> None:
    shown = views(DRAFT, assistant_of(pause=0.12))
    stages = [view.stage for view in shown]
    assert stages == [Stage.CHECKING] * (len(shown) - 1) + [Stage.CHECKED]
    shares = [view.progress.done / view.progress.total for view in shown if view.progress]
    assert shares == sorted(shares)
    assert len(set(shares)) >= 3
    assert shown[-1].checked is not None
    assert shown[-1].checked.text == DRAFT
    assert shown[-1].checked.missions == {HELD.report.id: "Rotterdam (2024)"}


def test_the_mission_chosen_reaches_the_check() -> None:
    assistant = assistant_of()
    shown = views(DRAFT, assistant, Filters(mission=HELD.report.id))
    assert assistant.checked[0][1] == Scope.of(reports=[HELD.report.id])
    assert assistant.checked[0][2] == "fr"
    assert shown[-1].checked is not None
    assert shown[-1].checked.scope == "Rotterdam (2024)"


@pytest.mark.parametrize(
    ("draft", "words"),
    [("", "Collez"), ("  \n … ", "Collez"), ("a" * 60_001, "60\u00a0001"), ("boum", "inattendu")],
)
def test_what_cannot_be_checked_is_told(draft: str, words: str) -> None:
    last = views(draft, assistant_of())[-1]
    assert last.stage is Stage.EDITING
    assert words in last.notice
    assert "secret" not in last.notice


def test_without_reports_or_mission_it_says_what_to_do() -> None:
    empty = ScriptedAssistant([], answer_of)
    assert "escale add" in views(DRAFT, empty)[-1].notice
    assert "filtre" in views(DRAFT, assistant_of(), Filters(mission="oslo-2031"))[-1].notice


def test_leaving_ends_the_check() -> None:
    assistant = assistant_of(pause=0.2)

    async def run() -> float:
        events = checking(assistant, "\n".join(["+ a"] * 50), Scope(), "fr")  # type: ignore[arg-type]
        async for event in events:
            if isinstance(event, CheckProgress):
                break
        started = time.monotonic()
        await events.aclose()
        while not assistant.check_ends and time.monotonic() < started + 5:
            await asyncio.sleep(0.02)
        return time.monotonic() - started

    assert asyncio.run(run()) < 1.5


def test_the_loop_goes_on_while_a_check_runs() -> None:
    assistant = assistant_of(pause=0.3)

    async def run() -> int:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.02)
                ticks += 1

        ticking = asyncio.create_task(tick())
        async for _ in checking(assistant, DRAFT, Scope(), "fr"):  # type: ignore[arg-type]
            pass
        ticking.cancel()
        return ticks

    assert asyncio.run(run()) > 20


def test_the_draft_is_shown_as_it_was_written_with_its_claims() -> None:
    shown = checked_html(checked_of(DRAFT), "token")
    kinds = re.findall(r'<a class="claim (\w+)"', shown)
    assert kinds == ["unchecked", "supported", "contradicted", "not_found"]
    counts = re.findall(r'class="count (\w+)".*?</span>([^<]*)</a>', shown)
    assert [(kind, html.unescape(text)) for kind, text in counts] == [
        ("supported", "1 appuyée"),
        ("contradicted", "1 contredite"),
        ("not_found", "1 introuvable"),
        ("unchecked", "1 non vérifiable"),
    ]
    assert shown.count(" hidden>") == 4
    for sign in "✓✗?–":
        assert f">{sign}</span>" in shown
    assert 'href="check/token/pdf"' in shown


def test_what_ends_a_claim_stands_before_its_finding() -> None:
    text = "+ Un fait ! Et + b."
    checked = checked_of(text)
    (claim,) = checked.result.claims
    short = replace(claim, text="+ Un fait", end=9)
    checked = replace(checked, result=replace(checked.result, claims=(short,)))
    shown = html.unescape(checked_html(checked, "t"))
    assert '</a> !<div class="finding' in shown
    assert shown.endswith("</div> Et + b.</div>")


def test_every_kind_is_counted_and_plurals_agree() -> None:
    checked = checked_of("\n".join(["+ a"] * 8 + ["- b"] * 2 + ["? c"] * 3 + ["d"] * 4))
    assert list(tally(checked.result).values()) == [8, 2, 3, 4]
    shown = html.unescape(re.sub(r"<[^>]*>", "", checked_html(checked, "t")))
    assert re.search(r"8 appuyées\W+2 contredites\W+3 introuvables\W+4 non vérifiables", shown)


def test_nothing_of_a_draft_becomes_markup() -> None:
    hostile = report_of(title=BAIT, city=BAIT, heading=BAIT, pillar=None)
    checked = checked_of(f"{BAIT}\n{BAIT}", hostile)
    for shown in (checked_html(checked, "t"), "\n\n".join(findings_html(checked))):
        elements = set(re.findall(r"</?([a-z0-9]+)", shown))
        assert elements <= {"a", "p", "span", "div", "br", "ul", "li"}
        assert "http://" not in shown
        assert "**" not in shown
        assert "\x00" not in shown
        assert "\u202e" not in shown
        assert all("\n" not in block for block in shown.split("\n\n"))


def test_a_text_without_claims_says_so() -> None:
    nothing = CheckedText("…", CheckResult("en"), {})
    assert "No claim to check" in html.unescape(checked_html(nothing, "t"))
    assert "No claim to check" in html.unescape("".join(findings_html(nothing)))


def test_progress_is_a_share() -> None:
    messages = Messages("fr")
    assert 'value="25" max="100"' in progress_html(1, 4, messages)
    assert 'value="0" max="100"' in progress_html(0, 0, messages)


def test_checked_texts_are_found_by_their_token_until_forgotten() -> None:
    texts = CheckedTexts(most=2, seconds=0.2)
    checked = checked_of(DRAFT)
    first, second, third = (texts.keep(checked) for _ in range(3))
    assert len({first, second, third}) == 3
    assert len(first) >= 32
    assert texts.find(first) is None
    assert texts.find(second) is checked
    texts.forget(second)
    texts.forget("never kept")
    assert texts.find(second) is None
    time.sleep(0.25)
    assert texts.find(third) is None
