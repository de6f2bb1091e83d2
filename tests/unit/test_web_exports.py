"""What a checked text is taken along in: Word with comments, a note in PDF and in Markdown."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from markdown_it import MarkdownIt

from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.web.exports import EXPORTS
from ui.web.exports.note import note_of
from ui.web.exports.word import annotated
from ui.web.speech import checked_text
from ui.web.verdicts import CheckedText

HELD = report_of()
DRAFT = "\n".join(
    [
        "Bonsoir à tous\n",
        "+ L’œuvre coûte 3,5\u00a0G$",
        "- « Déjà » 45\u202f% à Gênes",
        "? Un Łódź lointain",
    ]
)
BAIT = (
    '+ <img src="http://evil.example/a.png"/> <b>gras</b> **x** [y](http://evil.example) \x07 &amp;'
)


def checked_of(text: str, scope: str = "") -> CheckedText:
    assistant = ScriptedAssistant([HELD], answer_of)
    return checked_text(text, assistant.check(text, language="fr"), assistant, scope)  # type: ignore[arg-type]


def pdf_of(checked: CheckedText) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(EXPORTS["pdf"].make(checked))


def text_of(pdf: pypdfium2.PdfDocument) -> str:
    pages = (page.get_textpage().get_text_range() for page in pdf)
    return " ".join("\n".join(pages).split())


def test_the_note_says_first_what_is_to_be_mended() -> None:
    note = note_of(checked_of(DRAFT, "Rotterdam (2024)"))
    assert [group.kind for group in note.groups] == ["contradicted", "not_found", "supported"]
    assert note.tally == "1 appuyée, 1 contredite, 1 introuvable, 1 non vérifiable"
    assert "Rotterdam (2024)" in note.scope
    (item,) = note.groups[0].items
    assert item.quotes[0].text == BERTH
    assert "Rotterdam (2024) — Québec APPREND" in item.quotes[0].place


def test_the_word_file_has_the_draft_and_a_comment_on_each_claim() -> None:
    document = Document(BytesIO(annotated(checked_of(DRAFT))))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert DRAFT.split("\n") == lines[-len(DRAFT.split("\n")) :]
    comments = list(document.comments)
    assert [comment.paragraphs[0].text for comment in comments] == [
        "– Non vérifiable",
        "✓ Appuyée",
        "✗ Contredite",
        "? Introuvable",
    ]
    assert any(BERTH in paragraph.text for paragraph in comments[2].paragraphs)
    assert {comment.author for comment in comments} == {"Escale"}
    looks = {
        (str(shading[0]), str(run.underline))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if (shading := run._element.xpath("w:rPr/w:shd/@w:fill"))
    }
    assert len(looks) == len({shading for shading, _ in looks}) == 4
    assert len({underline for _, underline in looks}) == 4


def test_a_claim_over_two_lines_has_one_comment() -> None:
    checked = checked_of("+ première ligne\nseconde")
    (first, _) = checked.result.claims
    whole = replace(first, text=checked.text, end=len(checked.text))
    checked = replace(checked, result=replace(checked.result, claims=(whole,)))
    document = Document(BytesIO(annotated(checked)))
    assert len(list(document.comments)) == 1
    assert [p.text for p in document.paragraphs][-2:] == ["+ première ligne", "seconde"]


def test_the_pdf_is_one_page_with_its_fonts_and_accents() -> None:
    pdf = pdf_of(checked_of(DRAFT))
    assert len(pdf) == 1
    text = text_of(pdf)
    assert "L’œuvre coûte 3,5 G$" in text
    assert "« Déjà » 45 % à Gênes" in text
    assert "Łódź" in text
    assert "électrification des terminaux" in text
    assert "✗ Contredites par les rapports" in text
    assert b"/FontFile2" in EXPORTS["pdf"].make(checked_of(DRAFT))
    assert b"/Helvetica" not in EXPORTS["pdf"].make(checked_of(DRAFT))


def test_a_long_note_grows_smaller_then_longer() -> None:
    assert len(pdf_of(checked_of("\n".join(["- un fait"] * 14)))) == 1
    many = pdf_of(checked_of("\n".join(["- un fait"] * 120)))
    assert len(many) > 1
    assert text_of(many).count("un fait") == 120


def test_what_the_font_cannot_draw_is_marked() -> None:
    assert "\ufffd" in text_of(pdf_of(checked_of("+ 港 à quai")))


def test_the_markdown_is_read_as_it_was_written() -> None:
    markdown = EXPORTS["md"].make(checked_of(DRAFT)).decode()
    rendered = MarkdownIt("commonmark").render(markdown)
    assert rendered.count("<h2>") == 3
    assert "L’œuvre coûte 3,5\u00a0G$" in rendered
    assert BERTH in rendered


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_a_hostile_draft_stays_text(kind: str) -> None:
    content = EXPORTS[kind].make(checked_of(f"{BAIT}\n- {BAIT}", BAIT))
    if kind == "md":
        rendered = MarkdownIt("gfm-like", {"linkify": False}).render(content.decode())
        for markup in ("<img", "<b>", "<a ", "\x07"):
            assert markup not in rendered
        assert "&lt;img" in rendered
    elif kind == "pdf":
        text = text_of(pypdfium2.PdfDocument(content))
        assert "<b>gras</b> **x** [y](http://evil.example)" in text
    else:
        with ZipFile(BytesIO(content)) as parts:
            assert "evil.example" not in parts.read("word/_rels/document.xml.rels").decode()
        document = Document(BytesIO(content))
        assert BAIT.replace("\x07", "") in [paragraph.text for paragraph in document.paragraphs]
