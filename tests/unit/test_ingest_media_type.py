import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encodings import decode, detect_encoding
from ingest.media_type import MediaType, detect_media_type

TEXT = "Aperçu des retombées : l’électrification – « Blue Highways » coûte 3,5 G$, cœur du projet."


def zipped(*names: str, mimetype: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        if mimetype is not None:
            container.writestr("mimetype", mimetype)
        for name in names:
            container.writestr(name, "<x/>")
    return buffer.getvalue()


CONTENTS = {
    "plain text": (TEXT.encode(), MediaType.TEXT),
    "one word": (b"Bonjour", MediaType.TEXT),
    "a few NULs in a text": (b"Bonjour tout le monde. " * 20 + b"\0", MediaType.TEXT),
    "text in UTF-16 with a mark": (TEXT.encode("utf-16"), MediaType.TEXT),
    "text in UTF-16 without one": (TEXT.encode("utf-16-be"), MediaType.TEXT),
    "a text that begins as a bitmap does": (b"BMO, Banque de Montr\xe9al", MediaType.TEXT),
    "a text that speaks of PDF headers": (b"The header is %PDF-1.7", MediaType.TEXT),
    "page of HTML": (b"<!DOCTYPE html><title>x</title>", MediaType.HTML),
    "XHTML": (b'<?xml version="1.0"?>\n<html xmlns="x"/>', MediaType.HTML),
    "piece of HTML": (b"<p>a</p><p>b</p><ul><li>c</li></ul>", MediaType.HTML),
    "Markdown": (b"# Mission\n\nUn **grand** port.", MediaType.MARKDOWN),
    "text with one Markdown sign": (b"Un **grand** port.", MediaType.TEXT),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", MediaType.PDF),
    "PDF after junk": (b"\0\0junk\0\xff%PDF-1.7\n%\xe2\xe3", MediaType.PDF),
    "Word": (zipped("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
    "PowerPoint": (zipped("ppt/presentation.xml"), MediaType.PPTX),
    "ODT": (zipped("content.xml", mimetype=MediaType.ODT), MediaType.ODT),
    "EPUB": (zipped("x.html", mimetype="application/epub+zip"), "application/epub+zip"),
    "other zip": (zipped("x.txt"), "application/zip"),
    "cut zip": (zipped("word/document.xml")[:40], "application/zip"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 30, MediaType.PNG),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/msword"),
    "RTF": (b"{\\rtf1\\ansi x}", "application/rtf"),
    "noise": (bytes(range(256)) * 4, "application/octet-stream"),
}


@pytest.mark.parametrize(("content", "expected"), CONTENTS.values(), ids=CONTENTS.keys())
def test_type_is_told_by_content(tmp_path: Path, content: bytes, expected: str):
    file = tmp_path / "rapport.jpg"
    file.write_bytes(content)
    assert detect_media_type(file) == expected


def test_name_parts_markdown_from_text(tmp_path: Path):
    file = tmp_path / "rapport.md"
    file.write_text("Un simple paragraphe.")
    assert detect_media_type(file) == MediaType.MARKDOWN


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_type_and_decode(tmp_path_factory, data: bytes):
    file = tmp_path_factory.mktemp("any") / "file"
    file.write_bytes(data)
    assert "/" in detect_media_type(file)
    assert isinstance(decode(data), str)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_of_french_files(encoding: str):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "mac_roman", "cp1252", "cp850"])
@pytest.mark.parametrize("text", ["Été à Québec", "le coût déjà prévu", "Île d'Orléans, forêt"])
def test_encodings_without_a_mark(encoding: str, text: str):
    assert decode(text.encode(encoding)) == text


def test_damaged_utf8_stays_utf8():
    damaged = "Québec, été, forêt, coût, déjà".encode() + b"\xff fin"
    assert detect_encoding(damaged) == "utf-8"
    assert decode(damaged) == "Québec, été, forêt, coût, déjà\ufffd fin"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf8_comes_back_whole(text: str):
    encoded = text.encode()
    # A text of NULs aside, only a mark at its start is eaten.
    assert decode(encoded) == text.removeprefix("\ufeff")
