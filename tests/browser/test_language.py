"""French unless the reader chooses otherwise; the whole page, the conversation kept."""

import pytest
from playwright.sync_api import Page, expect

from assistant.models import Answer
from tests.browser.reader import ask, asked_and_answered, switch_to
from tests.scripted import BERTH, answer_of, report_of

HELD = report_of()
QUESTION = "Qu’a-t-on appris sur les navires à quai ?"
FRENCH = ["Nouvelle conversation", "Que voulez-vous savoir", "Demander", "Cette conversation"]
ENGLISH = ["New conversation", "What would you like", "Ask", "This conversation"]


def script(question: str) -> Answer:
    return answer_of(question, (HELD, BERTH))


def words_of(page: Page) -> str:
    """All that is written on the page, with placeholders and values of fields."""
    return str(
        page.evaluate(
            "[document.body.innerText, ...[...document.querySelectorAll('input, textarea')]"
            ".flatMap(e => [e.placeholder, e.value, e.getAttribute('aria-label')])].join('\\n')"
        )
    )


@pytest.mark.parametrize("locale", ["fr-CA", "en-US", "de-DE"])
def test_the_page_is_french_whatever_the_browser(scripted, open_page, locale):
    url, _ = scripted([HELD], script)
    page = open_page(url, locale=locale)
    assert page.get_attribute("html", "lang") == "fr"
    assert page.title() == "Escale — les rapports de mission"
    for words in FRENCH:
        assert words in words_of(page)


def test_the_switch_changes_every_word_and_keeps_the_conversation(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    switch_to(page, "English")
    expect(page.locator("#new")).to_have_text("New conversation")
    expect(page.locator("#question textarea")).to_have_attribute(
        "placeholder", "Ask your question…"
    )
    expect(page.locator("#mission input")).to_have_value("All missions")
    expect(page.locator("#examples button").first).to_have_text("What was learned in Rotterdam?")
    assert page.get_attribute("html", "lang") == "en"
    assert page.title() == "Escale — mission reports"
    for words in ENGLISH:
        assert words in words_of(page)
    for words in FRENCH:
        assert words not in words_of(page)
    asked_and_answered(page, QUESTION)
    switch_to(page, "Français")
    expect(page.locator("#new")).to_have_text("Nouvelle conversation")
    expect(page.locator("#chat .statement")).to_contain_text(BERTH)
    asked_and_answered(page, "Et ensuite ?", 2)
    assert len(assistant.asked[1][1]) == 2


def test_the_answer_follows_the_question_not_the_page(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    switch_to(page, "English")
    expect(page.locator("#new")).to_have_text("New conversation")
    expect(asked_and_answered(page, QUESTION)).to_contain_text("Voici ce que dit")


def test_what_is_not_an_answer_follows_the_page(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    switch_to(page, "English")
    expect(page.locator("#new")).to_have_text("New conversation")
    ask(page, "")
    expect(page.locator("#notice")).to_contain_text("The question is empty.")
    ask(page, "é" * 10_000)
    expect(page.locator("#notice")).to_contain_text("10,000 characters")


def test_the_choice_is_remembered(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    switch_to(page, "English")
    expect(page.locator("#new")).to_have_text("New conversation")
    page.reload()
    expect(page.locator("#new")).to_have_text("New conversation")
    expect(page.locator("#language input[value=en]")).to_be_checked()
    assert page.get_attribute("html", "lang") == "en"


def test_filters_keep_their_values_in_the_other_language(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    page.locator("#pillar input").click()
    page.get_by_role("option", name="Québec apprend").click()
    switch_to(page, "English")
    expect(page.locator("#pillar input")).to_have_value("Québec learns")
    asked_and_answered(page, "What was learned?")
    assert [str(pillar) for pillar in assistant.asked[0][2].pillars] == ["apprend"]
