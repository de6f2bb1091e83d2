"""From a citation to the very words of the report, and back."""

import pytest
from playwright.sync_api import Page, expect

from assistant.models import Answer
from tests.browser.reader import ask, asked_and_answered, focus_of, switch_to
from tests.scripted import BERTH, TEXT, answer_of, report_of

HELD = report_of()
CORRIDOR = "• Un corridor d’innovation relie les universités au port."
QUESTION = "Qu’a-t-on appris sur les navires à quai ?"
NARROW = {"width": 390, "height": 844}


def script(question: str) -> Answer:
    return answer_of(question, (HELD, BERTH), (HELD, CORRIDOR))


@pytest.fixture
def page(scripted, open_page) -> Page:
    url, _ = scripted([HELD], script)
    page = open_page(url)
    asked_and_answered(page, QUESTION)
    return page


def mark_of(page: Page) -> str:
    marks = page.locator("#source mark")
    expect(marks).to_have_count(1)
    return str(marks.evaluate("element => element.textContent"))


def test_a_click_opens_the_source_with_the_quote_marked(page):
    page.locator("a.cite").first.click()
    panel = page.locator("#source")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading", name="Mission à Rotterdam")).to_be_visible()
    expect(panel).to_contain_text("Rotterdam, Pays-Bas")
    expect(panel.locator(".chip.apprend")).to_have_text("Québec apprend")
    assert mark_of(page) == BERTH
    around = panel.locator(".passage").evaluate("element => element.textContent")
    assert "Durant trois jours" in around
    assert around.strip() in TEXT
    expect(panel.locator("mark")).to_be_in_viewport()


def test_each_citation_opens_its_own_quote(page):
    page.locator("a.cite").nth(1).click()
    assert mark_of(page) == CORRIDOR
    page.locator("a.cite").nth(0).click()
    expect(page.locator("#source mark")).to_have_text(BERTH)
    expect(page.locator("a.cite").first).to_have_class("cite is-open")


def test_the_page_is_not_covered_where_there_is_room(page):
    page.locator("a.cite").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    page.wait_for_timeout(400)
    panel, box = page.locator("#source").bounding_box(), page.locator("#question").bounding_box()
    assert box["x"] + box["width"] <= panel["x"]
    ask(page, "Et les universités ?")
    expect(page.locator("#chat .bot-row")).to_have_count(2)
    expect(page.locator("#source")).to_be_visible()


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_closing_gives_the_focus_back_to_the_citation(page, way):
    page.locator("a.cite").nth(1).click()
    expect(page.locator("#source-title")).to_be_focused()
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Fermer la source").click()
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator("a.cite").nth(1)).to_be_focused()


def test_the_keyboard_alone_is_enough(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#chat .sources").wait_for()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if "cite" in focus_of(page):
            break
    expect(page.locator("a.cite").last).to_be_focused()
    outline = page.locator("a.cite").last.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    assert mark_of(page) == CORRIDOR
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("a.cite").last).to_be_focused()


def test_everything_can_be_reached_by_tab(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(() => { const e = document.activeElement;"
                " return e.closest('#language, #new, #examples, #mission, #year, #pillar,"
                " #question')?.id; })()"
            )
        )
    assert {"language", "new", "examples", "mission", "year", "pillar", "question"} <= set(reached)


def test_on_a_phone_the_source_covers_the_page_and_holds_the_focus(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, has_touch=True, **NARROW)
    asked_and_answered(page, QUESTION)
    page.locator("a.cite").first.tap()
    assert mark_of(page) == BERTH
    page.wait_for_timeout(400)
    box = page.locator("#source").bounding_box()
    assert box["width"] == NARROW["width"]
    assert box["height"] > NARROW["height"] * 0.8
    for _ in range(6):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body ||"
            " !!document.activeElement.closest('#source')"
        )
        assert inside
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator("a.cite").first).to_be_focused()


def test_beside_the_panel_of_a_phone_is_a_way_out(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, has_touch=True, **NARROW)
    asked_and_answered(page, QUESTION)
    page.locator("a.cite").first.tap()
    expect(page.locator("#source mark")).to_be_visible()
    page.wait_for_timeout(400)
    page.touchscreen.tap(195, 20)
    expect(page.locator("#source")).to_be_hidden()


def test_the_quote_and_a_link_to_it_can_be_copied(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, permissions=["clipboard-read", "clipboard-write"])
    asked_and_answered(page, QUESTION).locator("a.cite").first.click()
    page.get_by_role("button", name="Copier la citation").click()
    page.get_by_role("button", name="Copié").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"«\u00a0{BERTH}\u00a0» — Mission à Rotterdam")
    page.get_by_role("button", name="Copier le lien").click()
    page.get_by_role("button", name="Copié").last.wait_for()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('http'))")
    link = page.evaluate("navigator.clipboard.readText()")
    other = open_page(link)
    assert mark_of(other) == BERTH


def test_the_answer_can_be_copied_with_its_sources(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, permissions=["clipboard-read", "clipboard-write"])
    asked_and_answered(page, QUESTION)
    page.get_by_role("button", name="Copier la réponse").click()
    page.get_by_role("button", name="Copié").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert BERTH in copied
    assert "[1]" in copied
    assert "1, 2 Rotterdam (2024) — Québec APPREND" in copied


def test_the_panel_speaks_the_pages_language(page):
    page.locator("a.cite").first.click()
    expect(page.locator("#source .kicker")).to_have_text("Source citée")
    switch_to(page, "English")
    expect(page.locator("#source .kicker")).to_have_text("Cited source")
    expect(page.get_by_role("button", name="Close the source")).to_be_visible()
    assert mark_of(page) == BERTH


def test_a_source_that_is_gone_says_so(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url, expected="404")
    asked_and_answered(page, QUESTION)
    held = assistant.index.store.held
    passages = held[0].passages
    object.__setattr__(held[0], "passages", ())
    with page.expect_response(lambda response: "/source?" in response.url) as answer:
        page.locator("a.cite").first.click()
    object.__setattr__(held[0], "passages", passages)
    assert answer.value.status == 404
    expect(page.locator("#source h2")).to_have_text("Source introuvable")
