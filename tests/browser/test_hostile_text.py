"""A report, or a question, that tries to be more than text."""

import pytest
from playwright.sync_api import expect

from tests.browser.reader import asked_and_answered, folded
from tests.scripted import abstention_of, answer_of, report_of

BAIT = " ".join(
    [
        "<img src=http://evil.example/a.png onerror=\"document.title='pwned'\">",
        "<script>document.title='pwned'</script>",
        "![image](http://evil.example/b.png) [lien](javascript:alert(1)) <http://evil.example/>",
        "<form action=http://evil.example><input></form> <iframe src=//evil.example></iframe>",
        "**gras** _italique_ `code` ~~barré~~ # titre",
        "$$x^2$$ \\(y\\) $z$ 5 $ et 6 $ %%%LATEX_BLOCK_0%%%",
        "{{constructor}} ${1+1} </p></div></li></mark><h1>Titre</h1>",
        "<svg onload=alert(1)> <a href=http://evil.example>x</a> &lt;b&gt; &amp;amp;",
    ]
)
FOREIGN = ":is(img, script, form, input, iframe, svg, strong, em, code, del, h1, math, .katex)"


@pytest.fixture
def hostile():
    return report_of(f"Titre\n\n{BAIT} Fin.", title=BAIT, city=BAIT, heading=BAIT, pillar=None)


def test_an_answer_shows_it_to_the_letter(hostile, scripted, open_page):
    url, _ = scripted([hostile], lambda q: answer_of(q, (hostile, BAIT)))
    page = open_page(url)
    reply = asked_and_answered(page, BAIT)
    assert folded(reply.locator(".statement span").first.inner_text()) == BAIT
    assert folded(page.locator("#chat .question").inner_text()) == BAIT
    assert page.locator(f"#chat .md {FOREIGN}").count() == 0
    assert page.locator("#chat a:not([href^='#source?'])").count() == 0
    assert page.title() != "pwned"


def test_the_panel_shows_it_to_the_letter(hostile, scripted, open_page):
    url, _ = scripted([hostile], lambda q: answer_of(q, (hostile, BAIT)))
    page = open_page(url)
    asked_and_answered(page, "Alors ?").locator("a.cite").first.click()
    expect(page.locator("#source mark")).to_have_text(BAIT, use_inner_text=False)
    assert folded(page.locator("#source h2").inner_text()) == BAIT
    assert page.locator(f":is(#source-head, #source-text) {FOREIGN}").count() == 0
    assert page.title() != "pwned"


def test_the_rest_of_the_page_shows_it_to_the_letter(hostile, scripted, open_page):
    url, _ = scripted([hostile], lambda q: abstention_of(q, (hostile, BAIT)))
    page = open_page(url)
    page.locator("#mission input").click()
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    assert page.locator(f"#welcome .md {FOREIGN}").count() == 0
    reply = asked_and_answered(page, "Alors ?")
    expect(reply.locator(".abstention")).to_contain_text("<script>")
    assert page.locator(f"#chat .md {FOREIGN}").count() == 0
    assert page.title() != "pwned"


@pytest.mark.parametrize(
    "line", ["# titre", "- item", "1. item", "> citation", "| a | b |", "    x"]
)
def test_a_question_is_no_markdown(line, hostile, scripted, open_page):
    question = f"Que dire ?\n\n{line}\n\n```mermaid\ngraph TD\n```"
    url, _ = scripted([hostile], lambda q: abstention_of(q, (hostile, BAIT)))
    page = open_page(url)
    asked_and_answered(page, question)
    shown = page.locator("#chat .question")
    assert shown.inner_text().split("\n") == [
        part.strip() for part in question.split("\n") if part.strip()
    ]
