"""The bundled report, the real index, the real answers, in the real page."""

from collections.abc import Iterator
from importlib.resources import as_file, files

import pytest
from playwright.sync_api import expect

from assistant import Assistant
from ingest import Library
from tests.browser.conftest import served
from tests.browser.reader import asked_and_answered, folded, switch_to

BERTH = "l’électrification des terminaux et navires à quai"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    data = tmp_path_factory.mktemp("library")
    with Assistant.open(data) as opened, Library.open(data) as library:
        with as_file(files("ingest") / "samples") as folder:
            result = library.add(folder / "mission-new-york-aivp-2025.txt")
        assert result.status == "added"
        yield opened


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    with served(assistant) as where:
        yield where


@pytest.mark.parametrize(
    "question",
    [
        "Qu'est-ce que Québec a appris sur l'alimentation à quai ?",
        "what did Québec learn about shore power?",
    ],
)
def test_shore_power_leads_to_its_sentence(question, url, assistant, open_page):
    page = open_page(url)
    reply = asked_and_answered(page, question)
    statement = reply.locator(".statement", has_text=BERTH)
    expect(statement).to_have_count(1)
    statement.locator("a.cite").click()
    mark = page.locator("#source mark")
    expect(mark).to_be_visible()
    quote = mark.evaluate("element => element.textContent")
    assert BERTH in folded(quote)
    report = assistant.index.store.reports()[0]
    assert quote in assistant.index.store.version_text(report.version)
    expect(page.locator("#source .chip.apprend")).to_be_visible()


def test_every_quote_shown_stands_in_the_report(url, assistant, open_page):
    page = open_page(url)
    reply = asked_and_answered(page, "Quels étaient les objectifs de la mission ?")
    text = assistant.index.store.version_text(assistant.index.store.reports()[0].version)
    markers = reply.locator("a.cite")
    assert markers.count() >= 5
    assert reply.locator("li.statement").count() == markers.count()
    for number in range(markers.count()):
        markers.nth(number).click()
        expect(markers.nth(number)).to_have_class("cite is-open")
        page.locator("#source-body:not([aria-busy])").wait_for()
        quote = page.locator("#source mark").evaluate("element => element.textContent")
        assert quote in text
        shown = reply.locator(".statement span").nth(number).inner_text()
        assert folded(shown) in folded(quote)


@pytest.mark.parametrize("language", ["Français", "English"])
def test_every_question_proposed_is_answered(language, url, open_page):
    page = open_page(url)
    switch_to(page, language)
    expect(page.locator("#language label.selected")).to_have_text(language)
    page.wait_for_timeout(1000)
    examples = page.locator("#examples button:visible").all_inner_texts()
    assert len(examples) == 4
    for count, question in enumerate(examples, start=1):
        reply = asked_and_answered(page, question, count)
        assert reply.locator("a.cite").count() > 0, question


def test_what_the_report_does_not_know_is_not_answered(url, open_page):
    page = open_page(url)
    reply = asked_and_answered(page, "Quelle est la recette de la tarte au sucre ?")
    expect(reply.locator(".abstention")).to_contain_text("Les rapports ne répondent pas")


def test_a_question_through_the_page_is_quick(url, open_page):
    """Generous, for a loaded machine; the benchmark of the answer itself is in tests/bench."""
    page = open_page(url)
    asked_and_answered(page, "Qui a participé à la conférence ?")
    started = page.evaluate("performance.now()")
    asked_and_answered(page, "Combien de participants à la conférence ?", 2)
    assert page.evaluate("performance.now()") - started < 5000
