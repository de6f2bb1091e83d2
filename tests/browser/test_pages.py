"""From a citation to the very page: the bundled report as a PDF, in the real page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant import Assistant
from ingest import Library
from tests.browser.conftest import served
from tests.browser.paper import NAME, real_report_as_pdf
from tests.browser.reader import asked_and_answered, focus_of, switch_to
from ui.web.sources import Reference
from vectorstore.models import Passage, Report, Span

Shown = tuple[str, Assistant]
WORDS = "électrification des terminaux"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    data = tmp_path_factory.mktemp("paper")
    with Assistant.open(data / "library") as assistant, Library.open(data / "library") as library:
        result = library.add(real_report_as_pdf(data))
        assert result.status == "added", result.message
        with served(assistant) as url:
            yield url, assistant


def report_in(assistant: Assistant) -> Report:
    return assistant.index.store.reports()[0]


def sentences(assistant: Assistant) -> Iterator[tuple[Passage, Span]]:
    for passage in assistant.index.store.passages(report_in(assistant).id):
        for sentence in passage.sentences:
            yield passage, sentence


def with_words(assistant: Assistant, words: str) -> tuple[Passage, Span]:
    return next(found for found in sentences(assistant) if words in found[0].slice(found[1]))


def over_two_pages(assistant: Assistant) -> tuple[Passage, Span]:
    return next(
        (passage, span)
        for passage, span in sentences(assistant)
        if passage.page_at(span.start) != passage.page_at(span.end - 1)
    )


def opened(open_page, shown: Shown, found: tuple[Passage, Span], **options: object) -> Page:
    passage, span = found
    page = open_page(f"{shown[0]}/{Reference(passage.id, span.start, span.end).link}", **options)
    page.locator("#viewer[data-state=shown]").wait_for()
    return page


def test_a_citation_opens_its_page_with_the_quote_highlighted(shown, open_page):
    page = open_page(shown[0])
    reply = asked_and_answered(page, "Qu’a-t-on appris sur l’électrification des terminaux ?")
    reply.locator(".statement", has_text=WORDS).locator("a.cite").first.click()
    page.locator("#viewer[data-state=shown]").wait_for()
    expect(page.get_by_role("tab", name="Page")).to_have_attribute("aria-selected", "true")
    number = with_words(shown[1], WORDS)[0].page_at(with_words(shown[1], WORDS)[1].start)
    expect(page.locator("#viewer-place")).to_have_text(f"p. {number} sur 5")
    for mark in page.locator("#viewer .mark").all():
        expect(mark).to_be_in_viewport()
    assert page.locator("#viewer-image").evaluate("e => e.naturalWidth") == 1240
    alt = page.locator("#viewer-image").get_attribute("alt")
    assert alt == f"Page {number} sur 5 du rapport, où la citation est surlignée"


def test_the_highlight_lies_on_the_ink_of_the_quote(shown, open_page):
    """Where the marks are, the page has ink; beside the first line's mark it has none or others."""
    page = opened(open_page, shown, with_words(shown[1], WORDS))
    inks = page.evaluate(
        """() => {
            const image = document.querySelector("#viewer-image");
            const canvas = document.createElement("canvas");
            canvas.width = image.naturalWidth;
            canvas.height = image.naturalHeight;
            const pen = canvas.getContext("2d");
            pen.drawImage(image, 0, 0);
            const sheet = document.querySelector("#viewer-sheet").getBoundingClientRect();
            return [...document.querySelectorAll("#viewer .mark")].map(mark => {
                const box = mark.getBoundingClientRect();
                const scale = image.naturalWidth / sheet.width;
                const data = pen.getImageData(
                    (box.left - sheet.left) * scale, (box.top - sheet.top) * scale,
                    box.width * scale, box.height * scale).data;
                let dark = 0;
                for (let i = 0; i < data.length; i += 4) if (data[i] < 128) dark += 1;
                return dark / (data.length / 4);
            });
        }"""
    )
    assert inks
    assert all(0.04 < ink < 0.5 for ink in inks), inks


def test_pages_turn_and_lead_back_to_the_quote(shown, open_page):
    page = opened(open_page, shown, with_words(shown[1], WORDS))
    number = int(page.locator("#viewer-place").inner_text().split()[1])
    page.get_by_role("button", name="Page suivante").click()
    expect(page.locator("#viewer-place")).to_have_text(f"p. {number + 1} sur 5")
    page.locator("#viewer[data-state=shown]").wait_for()
    expect(page.locator("#viewer .mark")).to_have_count(0)
    page.get_by_role("button", name=f"Revenir à la citation, p. {number}").click()
    expect(page.locator("#viewer-place")).to_have_text(f"p. {number} sur 5")
    expect(page.locator("#viewer .mark").first).to_be_in_viewport()
    expect(page.locator("#viewer-frame")).to_be_focused()


def test_a_quote_over_two_pages_is_highlighted_on_both(shown, open_page):
    passage, span = over_two_pages(shown[1])
    first = passage.page_at(span.start)
    page = opened(open_page, shown, (passage, span))
    expect(page.locator("#viewer-place")).to_have_text(f"p. {first} sur 5")
    assert page.locator("#viewer .mark").count() >= 1
    page.get_by_role("button", name=f"La citation continue à la p. {first + 1}").click()
    expect(page.locator("#viewer-place")).to_have_text(f"p. {first + 1} sur 5")
    expect(page.locator("#viewer .mark").first).to_be_in_viewport()
    page.get_by_role("button", name=f"La citation commence à la p. {first}").click()
    expect(page.locator("#viewer .mark").first).to_be_in_viewport()


def test_the_keyboard_turns_zooms_and_closes(shown, open_page):
    page = opened(open_page, shown, with_words(shown[1], WORDS))
    frame = page.locator("#viewer-frame")
    place = page.locator("#viewer-place")
    number = int(place.inner_text().split()[1])
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text(f"p. {number + 1} sur 5")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"p. {number} sur 5")
    page.locator("#viewer[data-state=shown]").wait_for()
    width = page.locator("#viewer-sheet").evaluate("e => e.offsetWidth")
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator("#viewer-fit")).to_have_text("150\u00a0%")
    assert page.locator("#viewer-sheet").evaluate("e => e.offsetWidth") > 1.4 * width
    frame.evaluate("e => { e.scrollLeft = 0; }")
    page.keyboard.press("ArrowRight")  # moves the magnified page, and doesn't turn it
    expect(place).to_have_text(f"p. {number} sur 5")
    page.wait_for_function("document.querySelector('#viewer-frame').scrollLeft > 0")
    page.keyboard.press("0")
    expect(page.locator("#viewer-fit")).to_have_text("100\u00a0%")
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()


def test_the_text_stands_beside_the_page(shown, open_page):
    found = with_words(shown[1], WORDS)
    page = opened(open_page, shown, found)
    expect(page.locator("#source mark")).to_be_hidden()
    page.get_by_role("tab", name="Page").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Texte")).to_be_focused()
    expect(page.locator("#source mark")).to_be_in_viewport()
    quote = page.locator("#source mark").evaluate("e => e.textContent")
    assert quote == found[0].slice(found[1])
    expect(page.locator("#viewer")).to_be_hidden()
    switch_to(page, "English")
    expect(page.get_by_role("tab", name="Text")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Page").click()
    expect(page.locator("#viewer-place")).to_contain_text("of 5")


def test_the_original_opens_at_the_page(shown, open_page):
    passage, span = with_words(shown[1], WORDS)
    page = opened(open_page, shown, (passage, span))
    link = page.get_by_role("link", name="Ouvrir l’original")
    href = link.get_attribute("href")
    assert href.endswith(f"#page={passage.page_at(span.start)}")
    answer = page.request.get(f"{shown[0]}/{href}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; filename")
    assert answer.body() == shown[1].index.store.source_path(passage.version).read_bytes()
    assert report_in(shown[1]).source_name == NAME


def test_a_page_that_cannot_be_drawn_is_told_and_tried_again(shown, open_page):
    page = open_page(shown[0], expected="404")
    page.route(
        "**/page-image/**",
        lambda route: route.fulfill(status=404, json={"message": "Le fichier est endommagé."}),
    )
    passage, span = with_words(shown[1], WORDS)
    page.evaluate("link => { location.hash = link; }", Reference(passage.id, *_ends(span)).link)
    expect(page.get_by_role("status").filter(has_text="endommagé")).to_be_visible()
    page.unroute("**/page-image/**")
    page.get_by_role("button", name="Réessayer").click()
    page.locator("#viewer[data-state=shown]").wait_for()


def test_without_a_connection_the_page_says_so(shown, open_page):
    page = open_page(shown[0], expected="net::ERR_FAILED")
    page.route("**/source/pages*", lambda route: route.abort())
    passage, span = with_words(shown[1], WORDS)
    page.evaluate("link => { location.hash = link; }", Reference(passage.id, *_ends(span)).link)
    expect(page.locator("#viewer-told")).to_contain_text("Vérifiez votre connexion")
    expect(page.get_by_role("button", name="Page suivante")).to_be_disabled()


def test_on_a_phone_the_page_fills_the_sheet_and_holds_the_focus(shown, open_page):
    found = with_words(shown[1], WORDS)
    page = opened(open_page, shown, found, width=390, height=844, has_touch=True)
    assert page.locator("#source").bounding_box()["height"] > 0.9 * 844
    assert page.locator("#viewer-frame").bounding_box()["height"] > 0.5 * 844
    expect(page.locator("#viewer .mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    seen = set()
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.add(focus_of(page))
        assert page.evaluate(
            "document.activeElement === document.body ||"
            " !!document.activeElement.closest('#source')"
        )
    assert {"viewer-next", "viewer-larger", "viewer-frame", "source-close"} <= seen


def test_the_event_loop_goes_on_while_a_page_is_drawn(shown, open_page, monkeypatch):
    import threading

    from ingest.pages import PageViews

    release, asked = threading.Event(), threading.Event()
    image = PageViews.image

    def slow(self: PageViews, *arguments: object) -> object:
        asked.set()
        release.wait(30)
        return image(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(PageViews, "image", slow)
    page = open_page(shown[0])
    passage, span = with_words(shown[1], WORDS)
    page.evaluate("link => { location.hash = link; }", Reference(passage.id, *_ends(span)).link)
    expect(page.locator("#viewer[data-state=loading]")).to_be_visible()
    expect(page.locator("#viewer-told")).to_have_text("Chargement de la page…")
    assert asked.wait(10)
    asked_and_answered(page, "Qui a participé à la conférence ?")
    release.set()
    page.locator("#viewer[data-state=shown]").wait_for()


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
