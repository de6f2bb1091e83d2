"""What type a file is, by its content. Its name only parts Markdown from other plain text."""

import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from ingest.encodings import decode

_HEAD = 64 * 1024
_PDF_HEADER_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1: readers accept it that far in
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_UNKNOWN = "application/octet-stream"

_HTML = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype html|html|head|body)\b", re.S | re.I
)
_HTML_TAGS = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|table|span|section|article)>", re.I)
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.M),
    re.compile(r"^```", re.M),
    re.compile(r"\*\*[^\s*][^*\n]*\*\*"),
    re.compile(r"\[[^\]\n]+\]\([^)\s]+\)"),
    re.compile(r"^\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.M),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS_IN_TEXT = 0.02


class MediaType(StrEnum):
    """The types that readers are made for."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = _OFFICE + "wordprocessingml.document"
    PPTX = _OFFICE + "presentationml.presentation"
    ODT = _ODF + "text"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    WEBP = "image/webp"
    BMP = "image/bmp"
    GIF = "image/gif"


# The part that each Office file has, and no other.
_OFFICE_PARTS = {
    "word/document.xml": MediaType.DOCX.value,
    "ppt/presentation.xml": MediaType.PPTX.value,
    "xl/workbook.xml": _OFFICE + "spreadsheetml.sheet",
}
_ALIASES = {"image/x-ms-bmp": MediaType.BMP.value}


def detect_media_type(path: Path) -> str:
    """The media type of the file at `path`, of `MediaType` or any other.

    "application/octet-stream" when nothing tells.

    Raises:
        OSError: the file can't be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"PK"):
        return _zipped_type(path)
    if head.startswith(b"{\\rtf"):
        return "application/rtf"
    text = decode(head)
    if _is_text(text):
        return _text_type(text, path)
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return MediaType.PDF
    return _binary_type(head)


def _zipped_type(path: Path) -> str:
    """The type of a zip container, by the names of its parts or by its ODF declaration."""
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            if "mimetype" in names:
                with container.open("mimetype") as declared:
                    return declared.read(100).decode("ascii", "replace").strip()
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        EOFError,
    ):
        return "application/zip"
    for part, media_type in _OFFICE_PARTS.items():
        if part in names:
            return media_type
    return "application/zip"


def _is_text(text: str) -> bool:
    return bool(text) and len(_CONTROL.findall(text)) <= _CONTROLS_IN_TEXT * len(text)


def _text_type(text: str, path: Path) -> str:
    if _HTML.match(text) or len(_HTML_TAGS.findall(text)) >= 3:
        return MediaType.HTML
    if path.suffix.lower() in (".md", ".markdown"):
        return MediaType.MARKDOWN
    if sum(bool(sign.search(text)) for sign in _MARKDOWN_SIGNS) >= 2:
        return MediaType.MARKDOWN
    return MediaType.TEXT


def _binary_type(head: bytes) -> str:
    import puremagic

    try:
        guessed = puremagic.from_string(head, mime=True) or _UNKNOWN
    except (puremagic.PureError, ValueError):
        return _UNKNOWN
    return _ALIASES.get(guessed, guessed)
