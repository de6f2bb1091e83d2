"""Uploaded drafts: read, refused in the reader's language, and gone at once."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from fastapi.testclient import TestClient

from tests.scripted import ScriptedAssistant, answer_of, report_of
from ui.settings import UiSettings
from ui.web.app import create_app

TEXT = "La mission a réuni 300 participants.\n\nElle a coûté 3,5 G$."


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads are written for a moment."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def client(scratch: Path) -> Iterator[TestClient]:
    settings = UiSettings(max_draft_megabytes=1, max_draft_characters=1000)
    app = create_app(ScriptedAssistant([report_of()], answer_of), settings)  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def docx_of(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_of(text: str) -> bytes:
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    target = BytesIO()
    SimpleDocTemplate(target).build([Paragraph(text)])
    return target.getvalue()


def odt_of(text: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        parts.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
            'office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
            f"<office:text><text:p>{text}</text:p></office:text></office:body>"
            "</office:document-content>",
        )
    return target.getvalue()


READ = [
    ("discours.txt", TEXT.encode(), TEXT),
    ("Windows.txt", "Été à Québec, 45 %".encode("cp1252"), "Été à Québec, 45 %"),
    ("utf16.txt", "\ufeffÉté".encode("utf-16-le"), "Été"),
    ("discours.md", b"# Titre\n\n**Gras** et [lien](x)", "# Titre\n\n**Gras** et [lien](x)"),
    ("discours.docx", docx_of("Bonsoir à tous.", "Merci."), "Bonsoir à tous."),
    ("discours.pdf", pdf_of("Une entente de 3,5 millions."), "Une entente de 3,5 millions."),
    ("discours.odt", odt_of("Le quai est électrifié."), "Le quai est électrifié."),
    ("un PDF sans son nom", pdf_of("Une entente."), "Une entente."),
]


@pytest.mark.parametrize(("name", "content", "text"), READ, ids=[name for name, *_ in READ])
def test_a_draft_is_read_and_nothing_is_left(
    client: TestClient, scratch: Path, name: str, content: bytes, text: str
) -> None:
    answer = client.post("/draft", params={"name": name}, content=content)
    assert answer.status_code == 200, answer.text
    assert text in answer.json()["text"]
    assert answer.headers["cache-control"] == "no-store"
    assert list(scratch.glob("escale-draft-*")) == []


REFUSED = [
    ("vide.txt", b"", "Il n’y a pas de texte"),
    ("blanc.txt", b"  \n\n", "Il n’y a pas de texte"),
    ("../../etc/passwd", b"\x00\x01\x02\x03" * 50, "«\u00a0../../etc/passwd\u00a0»"),
    ("photo.docx", b"PK\x03\x04" + b"\x00" * 200, "n’est pas d’un type"),
    ("abîmé.pdf", b"%PDF-1.7\n%%EOF", "«\u00a0abîmé.pdf\u00a0»"),
    ("long.txt", b"mot " * 300, "1\u00a0200 caractères"),
    ("<script>.bin", b"\x7fELF" + b"\x00" * 99, "«\u00a0<script>.bin\u00a0»"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_what_cannot_be_read_is_refused_by_its_own_name(
    client: TestClient, scratch: Path, name: str, content: bytes, words: str
) -> None:
    answer = client.post("/draft", params={"name": name}, content=content)
    assert answer.status_code == 422
    assert words in answer.json()["message"]
    assert str(scratch) not in answer.text
    assert list(scratch.glob("escale-draft-*")) == []
    english = client.post("/draft", params={"name": name, "language": "en"}, content=content)
    assert english.json()["message"] != answer.json()["message"]


def test_a_large_file_is_refused_before_it_is_read(client: TestClient, scratch: Path) -> None:
    assert client.post("/draft?name=x", content=b"x" * (2**20 + 1)).status_code == 413
    assert client.post("/draft?name=x", content=iter([b"x"])).status_code == 411
    assert list(scratch.glob("escale-draft-*")) == []


def test_a_download_needs_its_token(client: TestClient) -> None:
    for path in ("/check/x/pdf", "/check/../secret/pdf", "/check//pdf"):
        assert client.get(path).status_code == 404
