"""The note as a PDF, on one page where it fits, its fonts embedded."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from ui.messages import Messages
from ui.web.exports.note import Item, Note, note_of
from ui.web.verdicts import CheckedText

_FONTS: Final = Path(__file__).parent / "fonts"
_FONT: Final = "EscaleSans"
_FACES: Final = {
    _FONT: "DejaVuSansCondensed.ttf",
    f"{_FONT}-Bold": "DejaVuSansCondensed-Bold.ttf",
    f"{_FONT}-Italic": "DejaVuSansCondensed-Oblique.ttf",
}
# Points; the first at which the note fits on one page is taken, else the last.
_SIZES: Final = (10.0, 9.0, 8.0)
_MARGIN: Final = 48.0
_INK, _QUIET = "#1b282e", "#55646b"
_COLOURS: Final = {"supported": "#1a6b3c", "contradicted": "#a3261b", "not_found": "#7a4f00"}
# ReportLab breaks lines at any white space but this one.
_SPACES: Final = str.maketrans({"\u202f": "\u00a0", "\u2007": "\u00a0", "\t": " "})


def as_pdf(checked: CheckedText) -> bytes:
    """The note of a checked text, on letter paper."""
    _register_fonts()
    note = note_of(checked)
    for size in _SIZES:
        content, pages = _rendered(note, checked.messages, size)
        if pages == 1:
            break
    return content


def _rendered(note: Note, messages: Messages, size: float) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import LETTER
    from reportlab.platypus import SimpleDocTemplate

    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=LETTER,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=note.title,
        author="Escale",
        lang=messages.language,
        initialFontName=_FONT,
    )
    document.build(_story(note, messages, size), onFirstPage=_foot, onLaterPages=_foot)
    return target.getvalue(), document.page


def _story(note: Note, messages: Messages, size: float) -> list[Any]:
    from reportlab.platypus import HRFlowable

    def line(
        text: str, *, face: str = _FONT, colour: str = _INK, scale: float = 1.0, **more: float
    ) -> Any:  # noqa: ANN401
        return _paragraph(text, face, colour, size * scale, more)

    story = [
        line(note.title, face=f"{_FONT}-Bold", scale=1.7, spaceAfter=size * 0.4),
        line(note.made_on, colour=_QUIET, scale=0.9),
        line(note.tally, face=f"{_FONT}-Bold", spaceBefore=size * 0.4),
    ]
    if note.scope:
        story.append(line(note.scope, colour=_QUIET))
    for group in note.groups:
        colour = _COLOURS[group.kind]
        story.append(HRFlowable(width="100%", thickness=0.6, color=colour, spaceBefore=size))
        story.append(
            line(group.heading, face=f"{_FONT}-Bold", colour=colour, scale=1.15, keepWithNext=1)
        )
        for item in group.items:
            story += _item(item, messages, line)
    story.append(
        line(note.caution, face=f"{_FONT}-Italic", colour=_QUIET, scale=0.85, spaceBefore=size)
    )
    return story


def _item(item: Item, messages: Messages, line: Any) -> list[Any]:  # noqa: ANN401
    claim = messages("quoted", text=item.claim)
    lines = [line(claim, face=f"{_FONT}-Bold", scale=0.95, spaceBefore=4, keepWithNext=1)]
    if item.reason:
        lines.append(line(item.reason, scale=0.95))
    for quote in item.quotes:
        text = f"{messages('quoted', text=quote.text)} — {quote.place}"
        lines.append(line(text, colour=_QUIET, scale=0.9, leftIndent=12, spaceBefore=1))
    return lines


def _paragraph(text: str, face: str, colour: str, size: float, more: dict[str, float]) -> Any:  # noqa: ANN401
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line", fontName=face, fontSize=size, leading=size * 1.32, textColor=colour, **more
    )
    # ReportLab reads its own markup, which could name files and addresses.
    return Paragraph(escape(_shown(text, face)), style)


def _foot(canvas: Any, document: Any) -> None:  # noqa: ANN401
    canvas.setFont(_FONT, 7.5)
    canvas.setFillColor(_QUIET)
    canvas.drawRightString(document.pagesize[0] - _MARGIN, _MARGIN / 2, f"Escale · {document.page}")


def _shown(text: str, face: str) -> str:
    """The text with U+FFFD for what the font can't draw."""
    known = _characters(face)
    return "".join(
        character if ord(character) in known else "\ufffd" for character in text.translate(_SPACES)
    )


@cache
def _register_fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FACES.items():
        registerFont(TTFont(name, str(_FONTS / file)))


@cache
def _characters(face: str) -> frozenset[int]:
    from reportlab.pdfbase.pdfmetrics import getFont

    return frozenset(getFont(face).face.charToGlyph)
