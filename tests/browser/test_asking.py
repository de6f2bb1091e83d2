"""Questions and answers."""

import time
from dataclasses import replace

from playwright.sync_api import expect

from assistant.events import (
    AnswerCompleted,
    Queued,
    StatementWritten,
    TextDelta,
    WritingStarted,
)
from assistant.models import Answer, Statement
from tests.browser.reader import answered, ask, asked_and_answered, choose, folded
from tests.scripted import BERTH, abstention_of, answer_of, report_of

HELD = report_of()
OTHER = report_of(report_id="anvers-2023", title="Mission à Anvers", city="Anvers")
CORRIDOR = "• Un corridor d’innovation relie les universités au port."
CITIZENS = "• La participation citoyenne renforce l’acceptabilité sociale."
QUESTION = "Qu’a-t-on appris sur les navires à quai ?"


def script(question: str) -> Answer:
    if "maire" in question:
        return abstention_of(question, (HELD, BERTH))
    return answer_of(question, (HELD, BERTH), (HELD, CORRIDOR), (HELD, CITIZENS))


def test_an_answer_in_french(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    reply = asked_and_answered(page, QUESTION)
    expect(reply).to_contain_text("Voici ce que dit le rapport")
    expect(reply).to_contain_text(BERTH)
    assert reply.locator("a.cite").all_inner_texts() == ["[1]", "[2]", "[3]"]
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#welcome")).to_be_hidden()


def test_an_answer_in_english_says_that_the_quotes_are_french(scripted, open_page):
    url, _ = scripted([HELD], script)
    reply = asked_and_answered(open_page(url), "What was learned about ships at berth?")
    expect(reply).to_contain_text("Here is what the mission report")
    expect(reply).to_contain_text("The quotes are in French")
    assert reply.locator("[lang=fr]").first.inner_text() == BERTH


def test_an_answer_comes_piece_by_piece(scripted, open_page):
    url, _ = scripted([HELD], script, 0.5)
    page = open_page(url)
    ask(page, QUESTION)
    expect(page.locator("#chat .searching")).to_be_visible()
    seen = set()
    while page.locator("#question .submit-button").count() == 0:
        seen.add(page.locator("#chat .statement").count())
        time.sleep(0.05)
    assert {0, 1, 2} <= seen
    expect(page.locator("#chat .statement")).to_have_count(3)


def test_a_language_models_words_come_as_they_are_written(scripted, open_page):
    written = replace(
        script(QUESTION),
        statements=(Statement("Les navires sont branchés.", (HELD.citation(BERTH),)),),
        writer="mistral-small",
    )
    pieces = ["Les ", "navires ", "sont ", "branchés."]
    events = [
        Queued(2),
        WritingStarted("mistral-small"),
        *(TextDelta(piece) for piece in pieces),
        StatementWritten(written.statements[0]),
        AnswerCompleted(written),
    ]
    # Playwright looks once a second: each state must last longer.
    url, _ = scripted([HELD], lambda _: events, 1.5)
    page = open_page(url)
    ask(page, QUESTION)
    expect(page.locator("#chat .searching")).to_contain_text("rang 2 de la file")
    expect(page.locator("#chat .statement")).to_contain_text("Les navires")
    assert "branchés" not in page.locator("#chat .statement").inner_text()
    reply = answered(page)
    assert reply.locator("a.cite").all_inner_texts() == ["[1]"]
    expect(reply).to_contain_text("Rédigé par le modèle de langue mistral-small")


def test_stopping_keeps_what_has_come_and_cancels_the_rest(scripted, open_page):
    url, assistant = scripted([HELD], script, 1.0)
    page = open_page(url)
    ask(page, QUESTION)
    page.locator("#chat .statement").first.wait_for()
    page.locator("#question .stop-button").click()
    expect(page.locator("#chat .bot-row")).to_contain_text("Réponse arrêtée à votre demande.")
    expect(page.locator("#question .submit-button")).to_be_visible()
    page.wait_for_timeout(2500)
    assert page.locator("#chat .statement").count() < 3
    assert assistant.cancelled == 1
    reply = asked_and_answered(page, "Et les universités ?", 2)
    expect(reply.locator(".statement")).to_have_count(3)


def test_a_follow_up_knows_the_conversation_and_a_new_one_does_not(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    asked_and_answered(page, QUESTION)
    asked_and_answered(page, "Et en 2023 ?", 2)
    assert [role for role, _ in assistant.asked[1][1]] == ["user", "assistant"]
    page.locator("#new").click()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#chat")).to_have_count(0)
    asked_and_answered(page, QUESTION)
    assert assistant.asked[2][1] == []


def test_a_new_conversation_cuts_a_running_answer_off(scripted, open_page):
    url, assistant = scripted([HELD], script, 1.0)
    page = open_page(url)
    ask(page, QUESTION)
    page.locator("#chat .statement").first.wait_for()
    page.locator("#new").click()
    expect(page.locator("#welcome")).to_be_visible()
    page.wait_for_timeout(2500)
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#question .submit-button")).to_be_visible()
    assert assistant.cancelled == 1
    asked_and_answered(page, QUESTION)
    assert assistant.asked[1][1] == []


def test_an_example_is_asked_by_a_click(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    page.locator("#examples button", has_text="appris à Rotterdam").click()
    answered(page)
    assert folded(assistant.asked[0][0]) == "Qu’a-t-on appris à Rotterdam ?"
    expect(page.locator("#chat .question")).to_contain_text("Rotterdam")


def test_an_abstention_is_plainly_one_and_offers_something_to_read(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    reply = asked_and_answered(page, "Qui est le maire ?")
    expect(reply.locator(".abstention")).to_contain_text(
        "Les rapports ne répondent pas à cette question."
    )
    expect(reply).to_contain_text("Mission à Rotterdam")
    expect(reply).to_contain_text("À lire peut-être — ne répond pas à la question")
    assert reply.locator("a.cite").count() == 0
    reply.locator(".nearest a").click()
    expect(page.locator("#source .kicker")).to_contain_text("ne répond pas à la question")
    assert page.locator("#source mark").inner_text() == BERTH


def test_what_cannot_be_asked_is_told_and_kept(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    page.press("#question textarea", "Enter")
    expect(page.locator("#notice")).to_contain_text("La question est vide.")
    ask(page, "?" * 10_000)
    expect(page.locator("#notice")).to_contain_text("10\u00a0000")
    assert len(page.input_value("#question textarea")) == 10_000
    assert not assistant.asked
    asked_and_answered(page, QUESTION)
    expect(page.locator("#notice .notice")).to_have_count(0)


def test_a_failure_is_told_without_a_trace_of_the_machine(scripted, open_page):
    url, _ = scripted([HELD], lambda _: RuntimeError("/secret/path"))
    page = open_page(url)
    reply = asked_and_answered(page, QUESTION)
    expect(reply.locator(".failure")).to_contain_text("Un problème inattendu")
    assert "secret" not in page.content()
    assert "Traceback" not in page.content()
    assert page.input_value("#question textarea") == QUESTION


def test_shift_enter_makes_a_line_and_enter_asks(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    page.click("#question textarea")
    page.keyboard.type("Un")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("deux")
    page.keyboard.press("Enter")
    answered(page)
    assert assistant.asked[0][0] == "Un\ndeux"


def test_filters_limit_the_search_and_are_said(scripted, open_page):
    url, assistant = scripted([HELD, OTHER], script)
    page = open_page(url)
    choose(page, "mission", "Anvers (2024)")
    choose(page, "pillar", "Québec apprend")
    asked_and_answered(page, QUESTION)
    scope = assistant.asked[0][2]
    assert scope.report_ids == {"anvers-2023"}
    assert [str(pillar) for pillar in scope.pillars] == ["apprend"]
    expect(page.locator("#chat .question .scope")).to_have_text("Anvers (2024) · Québec apprend")
    choose(page, "mission", "Toutes les missions")
    choose(page, "year", "2024")
    asked_and_answered(page, QUESTION, 2)
    assert assistant.asked[1][2].report_ids == frozenset()
    assert assistant.asked[1][2].years == {2024}


def test_an_empty_library_says_how_to_fill_it(scripted, open_page):
    url, _ = scripted([], script)
    page = open_page(url)
    expect(page.locator("#welcome")).to_contain_text("La bibliothèque est vide")
    expect(page.locator("#welcome")).to_contain_text("escale add")
    assert page.locator("#examples button:visible").count() == 0
    ask(page, QUESTION)
    expect(page.locator("#notice")).to_contain_text("Aucun rapport n’a encore été ajouté.")


def test_two_readers_do_not_see_each_other(scripted, open_page):
    url, assistant = scripted([HELD], script)
    first, second = open_page(url), open_page(url)
    asked_and_answered(first, QUESTION)
    expect(second.locator("#welcome")).to_be_visible()
    asked_and_answered(second, "Et la participation ?")
    assert [asked[1] for asked in assistant.asked] == [[], []]
