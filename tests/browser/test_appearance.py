"""Any screen, light and dark, for eyes and for ears."""

import pytest
from playwright.sync_api import expect

from assistant.models import Answer
from tests.browser.reader import asked_and_answered
from tests.scripted import BERTH, answer_of, report_of

HELD = report_of()
QUESTION = "Qu’a-t-on appris sur les navires à quai ?"
SIZES = [(320, 568), (390, 844), (768, 1024), (1280, 860), (1920, 1080)]


def script(question: str) -> Answer:
    return answer_of(question, (HELD, BERTH))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off(scripted, open_page, width, height):
    url, _ = scripted([HELD], script)
    page = open_page(url, width=width, height=height)
    for step in range(3):
        if step == 1:
            asked_and_answered(page, QUESTION)
        if step == 2:
            page.locator("a.cite").first.click()
            expect(page.locator("#source mark")).to_be_visible()
            page.wait_for_timeout(400)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator("#question").bounding_box()
        assert box["y"] + box["height"] <= height
        if step == 1:
            expect(page.locator("#chat .statement")).to_be_in_viewport()
            expect(page.locator("#chat .question")).to_be_in_viewport()


def test_a_phone_shows_the_filters_when_asked_for(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, width=390, height=844)
    expect(page.locator("#mission input")).to_be_hidden()
    toggle = page.get_by_role("button", name="Filtres")
    toggle.click()
    expect(page.locator("#mission input")).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.click()
    expect(page.locator("#mission input")).to_be_hidden()


def luminance(colour: str) -> float:
    """Relative luminance of `rgb(r, g, b)` (WCAG 2.2)."""
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


PAIRS = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("quiet", "ground"),
    ("quiet", "surface"),
    ("quiet", "tint"),
    ("quiet", "caution-tint"),
    ("accent", "ground"),
    ("accent", "tint"),
    ("accent", "caution-tint"),
    ("on-accent", "accent"),
    ("caution", "caution-tint"),
    ("caution", "surface"),
    ("on-mark", "mark"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrasts_with_what_it_stands_on(scripted, open_page, scheme):
    url, _ = scripted([HELD], script)
    page = open_page(url, color_scheme=scheme)
    is_dark = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.5
    assert is_dark == (scheme == "dark")
    for text, ground in PAIRS:
        colours = page.evaluate(
            """names => names.map(name => {
                const probe = document.body.appendChild(document.createElement("i"));
                probe.style.color = `var(--escale-${name})`;
                const colour = getComputedStyle(probe).color;
                probe.remove();
                return colour;
            })""",
            [text, ground],
        )
        lighter, darker = sorted(map(luminance, colours), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (scheme, text, ground)


def test_nothing_moves_for_who_wants_no_motion(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, reduced_motion="reduce")
    asked_and_answered(page, QUESTION).locator("a.cite").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0


def test_every_control_has_a_name(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    asked_and_answered(page, QUESTION).locator("a.cite").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, a, input, textarea, select")]
            .filter(e => e.checkVisibility())
            .filter(e => !(e.innerText?.trim() || e.getAttribute("aria-label") || e.title
                || e.labels?.[0]?.innerText.trim() || e.labels?.[0]?.textContent.trim()))
            .map(e => e.outerHTML)"""
    )
    assert nameless == []
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-label", "Conversation")
    assert page.locator("#chat [aria-label*='<']").count() == 0
    assert page.locator("h1").count() == 1


def test_nothing_of_gradio_is_on_show(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    asked_and_answered(page, QUESTION)
    assert page.locator("footer:visible").count() == 0
    assert "gradio" not in page.inner_text("body").lower()
    assert page.locator("#chat .icon-button:visible").count() == 0
