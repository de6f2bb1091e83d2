"""Word, OpenDocument, PowerPoint, web and Markdown files are read back against their true text."""

import zipfile
from pathlib import Path

import docx
import pytest

from ingest.document import BlockKind, Document
from ingest.errors import DamagedFile, EncryptedFile, NoText, TooLargeUnpacked
from ingest.media_type import MediaType, detect_media_type
from ingest.readers import reader_for
from ingest.settings import IngestSettings
from tests.corpus.content import mission_report
from tests.corpus.html import LAYOUTS, page
from tests.corpus.measure import measure
from tests.corpus.office import as_docx, as_odt, as_pptx

SETTINGS = IngestSettings()


def read(path: Path) -> Document:
    return reader_for(detect_media_type(path), path, SETTINGS).read(path)


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


@pytest.mark.parametrize("seed", range(300, 304))
@pytest.mark.parametrize("form", ["styled.docx", "plain.docx", "report.odt", "report.html"])
def test_text_and_structure(tmp_path: Path, form: str, seed: int) -> None:
    report = mission_report(seed)
    path = tmp_path / form
    if form.endswith(".docx"):
        as_docx(report, path, styled=form.startswith("styled"))
    elif form.endswith(".odt"):
        as_odt(report, path)
    else:
        path.write_text(page(report, LAYOUTS[seed % len(LAYOUTS)]), "utf-8")
    reading = measure(read(path), report)
    assert reading.words >= 0.995
    assert reading.quotes == 1, reading.missing_quotes
    assert reading.headings == 1, (reading.missing_headings, reading.extra_headings)
    assert reading.furniture == 0
    if form != "plain.docx":
        assert reading.levels == 1
    if form.endswith(".odt"):
        assert reading.notes == 1


def test_slides_are_pages_and_titles_headings(tmp_path: Path) -> None:
    report = mission_report(310)
    as_pptx(report, tmp_path / "deck.pptx")
    document = read(tmp_path / "deck.pptx")
    reading = measure(document, report)
    assert reading.words >= 0.995
    assert reading.quotes == 1
    assert not reading.missing_headings
    pages = [part.page for part in document.pages]
    assert pages == list(range(1, len(pages) + 1))


def test_table_rows_carry_their_columns_names(tmp_path: Path) -> None:
    path = tmp_path / "table.html"
    path.write_text(
        "<!doctype html><table><tr><th>Poste<th>Montant<tr><td>Transport<td>4 250 $"
        "<tr><td>Repas<td>835 $</table>",
        "utf-8",
    )
    assert texts(read(path), BlockKind.TABLE_ROW) == [
        "Poste — Montant",
        "Poste : Transport — Montant : 4 250 $",
        "Poste : Repas — Montant : 835 $",
    ]


def test_what_a_web_page_does_not_say_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        """<html><head><title>T</title><script>alert(1)</script></head><body>
        <nav>Menu</nav><header role="banner">Site</header><main><h1>Titre</h1>
        <p>Voi<b>ci</b> le&nbsp;texte<sup>1</sup>.</p><p hidden>caché</p>
        <ul><li>un<ul><li>deux</ul></ul><ol start="3"><li><p>trois</p></ol>
        <section class="footnotes"><ol><li><p>Note. <a class="footnote-backref">↩</a></p></ol>
        </section></main><footer>Pied</footer></body></html>""",
        "utf-8",
    )
    document = read(path)
    assert document.text == ("Titre\n\nVoici le\u00a0texte¹.\n\n• un\n• deux\n3. trois\n\n1. Note.")
    assert document.metadata.title == "T"
    assert [block.level for block in document.blocks if block.kind is BlockKind.ITEM] == [1, 2, 1]


def test_markdown_reads_like_its_page(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        "---\nauthor: x\n---\n# Mission\n\nUn *texte*[^a].\n\n## Québec rayonne\n\n- point\n\n"
        "[^a]: La note.\n",
        "utf-8",
    )
    document = read(path)
    assert texts(document, BlockKind.TITLE) == ["Mission"]
    assert texts(document, BlockKind.HEADING) == ["Québec rayonne"]
    assert texts(document, BlockKind.PARAGRAPH) == ["Un texte¹."]
    assert texts(document, BlockKind.FOOTNOTE) == ["1. La note."]


def test_word_shows_what_word_shows(tmp_path: Path) -> None:
    """Numbers of lists, no deleted text, no field codes, content controls looked into."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.add_paragraph("premier", style="List Number")
    document.add_paragraph("second", style="List Number")
    space = nsdecls("w")
    body = document.element.body
    last = body[-1]
    for xml in (
        f"<w:p {space}><w:r><w:t>Avant</w:t></w:r><w:del><w:r><w:delText> biffé</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t> ajouté</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText>"
        "</w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>fin</w:t></w:r></w:p>",
        f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>Dans un contrôle</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
    ):
        last.addprevious(parse_xml(xml))
    document.save(str(tmp_path / "a.docx"))
    read_back = read(tmp_path / "a.docx")
    assert read_back.text == "1. premier\n2. second\n\nAvant ajouté-fin\n\nDans un contrôle"


def _bomb(path: Path, part: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, b" " * 300 * 2**20)


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.docx", "word/document.xml"), ("a.pptx", "ppt/presentation.xml")],
)
def test_a_zip_bomb_is_refused(tmp_path: Path, name: str, part: str) -> None:
    _bomb(tmp_path / name, part)
    with pytest.raises(TooLargeUnpacked):
        reader_for(
            MediaType.DOCX if name.endswith("docx") else MediaType.PPTX,
            tmp_path / name,
            SETTINGS.model_copy(update={"reading_megabytes": 1024}),
        ).read(tmp_path / name)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    lol = "".join(
        f'<!ENTITY l{index} "{f"&l{index - 1};" * 10 if index else "lol"}">' for index in range(12)
    )
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        "<text:p>avant &l11; &f; après</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", xml)
    try:
        document = read(path)
    except (DamagedFile, NoText):
        return
    assert "root:" not in document.text
    assert document.text.count("lol") < 20


@pytest.mark.parametrize("form", ["a.docx", "a.odt", "a.pptx"])
def test_damaged_office_files_are_refused(tmp_path: Path, form: str) -> None:
    report = mission_report(1)
    path = tmp_path / form
    {"a.docx": as_docx, "a.odt": as_odt, "a.pptx": as_pptx}[form](report, path)
    media_type = detect_media_type(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises((DamagedFile, EncryptedFile)):
        reader_for(media_type, path, SETTINGS).read(path)
