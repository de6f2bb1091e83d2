"""The tab that checks speeches, as somebody uses it minutes before speaking."""

import re
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from assistant import Assistant
from ingest import Library
from tests.browser.conftest import served
from tests.browser.paper import real_report_as_pdf
from tests.browser.reader import answered, ask, asked_and_answered, choose, switch_to
from tests.browser.test_hostile_text import BAIT
from tests.scripted import BERTH, answer_of, report_of

HELD = report_of()
OTHER = report_of(report_id="anvers-2023", title="Mission à Anvers", city="Anvers")
DRAFT = "Bonsoir à tous\n\n+ Un fait appuyé\n- Un fait contredit\n? Un fait introuvable\n+ Un autre"


def script(question: str) -> object:
    return answer_of(question, (HELD, BERTH))


def open_tab(page: Page) -> None:
    page.get_by_role("tab", name=re.compile("Vérifier un discours|Check a speech")).click()
    page.locator("#draft textarea").wait_for()


def check(page: Page, draft: str) -> None:
    """Have a draft checked, to the end."""
    page.fill("#draft textarea", draft)
    page.locator("#check").click()
    page.locator("#verdicts .speech").wait_for()


@pytest.fixture
def tab(scripted, open_page) -> Page:
    url, _ = scripted([HELD, OTHER], script)
    page = open_page(url)
    open_tab(page)
    return page


def finding(page: Page):
    return page.locator("#verdicts .finding:visible")


def test_the_draft_is_shown_with_its_claims_and_their_verdicts(tab):
    check(tab, DRAFT)
    counts = tab.locator("#verdicts a.count").all_text_contents()
    assert counts == ["✓2 appuyées", "✗1 contredite", "?1 introuvable", "–1 non vérifiable"]
    assert tab.locator("#verdicts a.claim").count() == 5
    assert finding(tab).count() == 0
    shown = tab.locator("#verdicts .speech").evaluate(
        """speech => {
            const copy = speech.cloneNode(true);
            for (const ours of copy.querySelectorAll(".finding, .sign, .unseen")) ours.remove();
            for (const line of copy.querySelectorAll("br")) line.replaceWith("\\n");
            return copy.textContent;
        }"""
    )
    assert shown == DRAFT


def test_verdicts_are_told_by_more_than_their_colour(tab):
    check(tab, DRAFT)
    looks = tab.locator("#verdicts a.claim").evaluate_all(
        "all => all.map(e => [e.className.split(' ')[1],"
        " getComputedStyle(e).textDecorationStyle, e.querySelector('.sign').textContent,"
        " e.querySelector('.unseen').textContent.trim()])"
    )
    by_kind = {kind: tuple(look) for kind, *look in looks}
    assert by_kind == {
        "unchecked": ("dotted", "–", "(Non vérifiable)"),
        "supported": ("solid", "✓", "(Appuyée)"),
        "contradicted": ("wavy", "✗", "(Contredite)"),
        "not_found": ("dashed", "?", "(Introuvable)"),
    }


def test_a_claim_opens_its_finding_and_the_finding_its_source(tab):
    check(tab, DRAFT)
    claim = tab.locator("a.claim.contradicted")
    expect(claim).to_have_attribute("aria-expanded", "false")
    claim.click()
    expect(claim).to_have_attribute("aria-expanded", "true")
    expect(finding(tab)).to_contain_text("Contredite")
    expect(finding(tab)).to_contain_text("Raison (fr)")
    expect(finding(tab)).to_contain_text(BERTH)
    tab.locator("a.claim.not_found").click()
    expect(finding(tab)).to_have_count(1)
    expect(finding(tab)).to_contain_text("Introuvable")
    tab.locator("a.claim.supported").first.click()
    finding(tab).locator("a.cite").click()
    expect(tab.locator("#source mark")).to_have_text(BERTH)
    expect(tab.locator("#source h2")).to_have_text("Mission à Rotterdam")


def test_the_keyboard_alone_is_enough(tab):
    check(tab, DRAFT)
    tab.locator("#verdicts a.export").last.focus()
    tab.keyboard.press("Tab")
    expect(tab.locator("a.claim").first).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(finding(tab)).to_contain_text("Appuyée")
    tab.keyboard.press("Tab")
    expect(finding(tab).locator("a.cite")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#source mark")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(finding(tab).locator("a.cite")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(finding(tab)).to_have_count(0)
    expect(tab.locator("a.claim.supported").first).to_be_focused()
    tab.keyboard.press(" ")
    expect(finding(tab)).to_have_count(1)


def test_the_summary_leads_from_claim_to_claim(tab):
    check(tab, DRAFT)
    count = tab.locator("a.count.supported")
    supported = tab.locator("a.claim.supported")
    for place in (0, 1, 0):
        count.click()
        expect(supported.nth(place)).to_have_class(re.compile("is-open"))
        expect(supported.nth(place)).to_be_focused()
        expect(finding(tab)).to_have_count(1)


def test_progress_is_shown_and_a_check_can_be_stopped(scripted, open_page):
    url, assistant = scripted([HELD], script, 0.4)
    page = open_page(url)
    open_tab(page)
    long = "\n".join(["+ Un fait"] * 30)
    page.fill("#draft textarea", long)
    page.locator("#check").click()
    bar = page.locator("#speech-progress progress")
    bar.wait_for()
    page.wait_for_function("document.querySelector('#speech-progress progress').value > 6")
    expect(page.locator("#speech-progress")).to_contain_text("Vérification en cours")
    page.locator("#check-stop").click()
    expect(page.locator("#speech-notice")).to_contain_text("arrêtée à votre demande")
    expect(page.locator("#draft textarea")).to_have_value(long)
    page.wait_for_timeout(1500)
    assert assistant.check_ends == 1
    expect(page.locator("#verdicts .speech")).to_have_count(0)


def test_the_text_can_be_edited_and_checked_again(tab):
    check(tab, DRAFT)
    tab.get_by_role("button", name="Modifier le texte").click()
    expect(tab.locator("#draft textarea")).to_have_value(DRAFT)
    check(tab, "+ Un seul fait")
    expect(tab.locator("a.claim")).to_have_count(1)


def test_what_cannot_be_checked_is_told_and_kept(tab):
    tab.locator("#check").click()
    expect(tab.locator("#speech-notice")).to_contain_text("Il n’y a pas de texte à vérifier")
    tab.fill("#draft textarea", "a" * 60_001)
    tab.locator("#check").click()
    expect(tab.locator("#speech-notice")).to_contain_text("60\u00a0001 caractères")
    assert len(tab.input_value("#draft textarea")) == 60_001
    tab.fill("#draft textarea", "boum")
    tab.locator("#check").click()
    expect(tab.locator("#speech-notice")).to_contain_text("problème inattendu")
    assert "secret" not in tab.content()


def test_a_mission_limits_the_check(scripted, open_page):
    url, assistant = scripted([HELD, OTHER], script)
    page = open_page(url)
    open_tab(page)
    choose(page, "speech-mission", "Anvers (2024)")
    check(page, DRAFT)
    assert assistant.checked[0][1].report_ids == {"anvers-2023"}
    expect(page.locator("#verdicts .hint").first).to_contain_text("Vérifié dans : Anvers (2024)")


def docx_of(text: str) -> bytes:
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("discours.txt", DRAFT.encode()), ("Été « 2025 ».docx", docx_of(DRAFT))],
)
def test_a_file_becomes_the_text(tab, name, content):
    with tab.expect_file_chooser() as chooser:
        tab.get_by_role("button", name="Téléverser un fichier").click()
    chooser.value.set_files({"name": name, "mimeType": "", "buffer": content})
    expect(tab.locator("#draft-told")).to_contain_text("a été lu")
    expect(tab.locator("#draft textarea")).to_be_focused()
    assert "- Un fait contredit" in tab.input_value("#draft textarea")
    tab.locator("#check").click()
    expect(tab.locator("a.claim.contradicted")).to_have_count(1)


def test_a_file_that_cannot_be_read_says_why(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url, expected="42")
    open_tab(page)
    page.fill("#draft textarea", "déjà là")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Téléverser un fichier").click()
    bad = {"name": "photo.docx", "mimeType": "", "buffer": b"PK\x03\x04" + b"\0" * 99}
    chooser.value.set_files(bad)
    expect(page.locator("#draft-told")).to_contain_text("photo.docx")
    expect(page.locator("#draft-told")).to_have_class("is-problem")
    expect(page.locator("#draft textarea")).to_have_value("déjà là")


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    path = download.value.path()
    return download.value.suggested_filename, path.read_bytes()


def test_the_verdicts_can_be_taken_along(tab):
    check(tab, DRAFT)
    name, word = downloaded(tab, "Texte annoté (Word)")
    assert name == "verification-du-discours.docx"
    assert len(list(Document(BytesIO(word)).comments)) == 5
    name, pdf = downloaded(tab, "Note (PDF)")
    assert name.endswith(".pdf")
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Contredites par les rapports" in text
    name, markdown = downloaded(tab, "Note (Markdown)")
    assert name.endswith(".md")
    assert BERTH in markdown.decode()


def test_a_checked_text_is_gone_once_it_is_edited(scripted, open_page):
    url, _ = scripted([HELD], script)
    page = open_page(url)
    open_tab(page)
    check(page, DRAFT)
    link = page.locator("a.export").first.get_attribute("href")
    assert page.request.get(f"{url}/{link}").ok
    page.get_by_role("button", name="Modifier le texte").click()
    expect(page.locator("#draft textarea")).to_be_visible()
    gone = page.request.get(f"{url}/{link}")
    assert gone.status == 404
    assert "n’est plus disponible" in gone.text()


def test_a_hostile_draft_stays_text(scripted, open_page):
    hostile = report_of(f"Titre\n\n{BERTH} Fin.", title=BAIT, city=BAIT, heading=BAIT, pillar=None)
    url, _ = scripted([hostile], script)
    page = open_page(url)
    open_tab(page)
    check(page, f"+ {BAIT}\n\n# titre\n- item {BAIT}\n    code\n```\nx\n```")
    expect(page.locator("a.claim.supported")).to_contain_text("<script>")
    foreign = "img, script, form, input, iframe, svg, strong, em, code, del, h1, math, pre, .katex"
    assert page.locator(f"#verdicts :is({foreign})").count() == 0
    outside = "a:not([href^='#']):not([href^='check/'])"
    assert page.locator(f"#verdicts {outside}").count() == 0
    page.locator("a.claim.supported").click()
    finding(page).locator("a.cite").click()
    expect(page.locator("#source mark")).to_be_visible()
    assert page.title() != "pwned"


def test_the_tab_speaks_the_pages_language(tab):
    check(tab, DRAFT)
    switch_to(tab, "English")
    expect(tab.get_by_role("tab", name="Check a speech")).to_be_visible()
    expect(tab.get_by_role("button", name="Edit the text")).to_be_visible()
    tab.get_by_role("button", name="Edit the text").click()
    expect(tab.locator("#draft textarea")).to_have_value(DRAFT)
    check(tab, "+ A fact")
    expect(tab.locator("a.count.supported")).to_contain_text("1 supported")
    tab.locator("a.claim").click()
    expect(finding(tab)).to_contain_text("Raison (en)")


def test_both_tabs_keep_what_they_hold(tab):
    check(tab, DRAFT)
    tab.get_by_role("tab", name="Poser une question").click()
    asked_and_answered(tab, "Alors ?")
    open_tab_again = tab.get_by_role("tab", name="Vérifier un discours")
    open_tab_again.click()
    expect(tab.locator("a.claim")).to_have_count(5)
    tab.get_by_role("tab", name="Poser une question").click()
    expect(tab.locator("#chat .statement")).to_have_count(1)


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (1280, 800)])
def test_nothing_is_cut_off(scripted, open_page, width, height):
    url, _ = scripted([HELD], script)
    page = open_page(url, width=width, height=height)
    open_tab(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check(page, f"{DRAFT}\n+ {'unmottrèslong' * 30}")
    page.locator("a.claim.contradicted").click()
    expect(finding(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_chat_checks_one_sentence(scripted, open_page):
    url, assistant = scripted([HELD], script)
    page = open_page(url)
    ask(page, "vérifier : - Le quai est neuf.")
    reply = answered(page)
    expect(reply.locator(".finding.contradicted")).to_contain_text("Contredite")
    expect(reply.locator(".finding")).to_contain_text("« - Le quai est neuf. »")
    reply.locator("a.cite").click()
    expect(page.locator("#source mark")).to_have_text(BERTH)
    assert assistant.asked == []
    assert assistant.checked[0][0] == "- Le quai est neuf."


def test_a_chip_of_the_scope_is_taken_away(scripted, open_page):
    from dataclasses import replace

    from vectorstore.models import Scope

    read = Scope.of(destinations=["Rotterdam"], years=[2024])
    url, assistant = scripted(
        [HELD],
        lambda question: replace(
            answer_of(question, (HELD, BERTH)),
            scope=read if assistant.unread[-1].is_everything else Scope(),
        ),
    )
    page = open_page(url)
    reply = asked_and_answered(page, "Qu’a-t-on appris à Rotterdam en 2024 ?")
    assert reply.locator(".scope-chips .chip").count() == 2
    page.fill("#question textarea", "Et ensuite")
    reply.locator(".chip", has_text="Rotterdam").click()
    expect(page.locator(".scope-chips")).to_contain_text("Recherche élargie, sans Rotterdam")
    assert assistant.unread[-1] == Scope.of(destinations=["Rotterdam"])
    expect(page.locator("#chat .bot-row")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value("Et ensuite")


# The real report, the real check.


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("speech")
    with Assistant.open(data / "library") as assistant, Library.open(data / "library") as library:
        assert library.add(real_report_as_pdf(data)).status == "added"
        with served(assistant) as url:
            yield url


def test_a_speech_against_the_real_report(real, open_page):
    page = open_page(real)
    open_tab(page)
    check(
        page,
        "Mesdames et messieurs, bonsoir. La conférence a réuni plus de 300 participants. "
        "Le projet du Brooklyn Marine Terminal est soutenu par un plan d’investissement de 5 G$. "
        "La délégation a visité une usine de chocolat à Bruges.",
    )
    expect(page.locator("a.claim.supported")).to_contain_text("300 participants")
    expect(page.locator("a.claim.contradicted")).to_contain_text("5 G$")
    expect(page.locator("a.claim.not_found")).to_contain_text("chocolat")
    page.locator("a.claim.contradicted").click()
    expect(finding(page)).to_contain_text("3,5 G$")
    finding(page).locator("a.cite").first.click()
    page.locator("#viewer[data-state=shown]").wait_for()
    expect(page.locator("#viewer .mark").first).to_be_in_viewport()
