"""The draft as a Word file: each claim highlighted, with its verdict in a comment."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from assistant.models import Claim, Verdict
from ui.web.exports.note import heading_of, note_of, quotes_of
from ui.web.html import visible
from ui.web.verdicts import UNCHECKED, CheckedText, kind_of

_AUTHOR: Final = "Escale"
_REGIONAL: Final = {"fr": "fr-CA", "en": "en-CA"}
_COLOURS: Final = {
    Verdict.SUPPORTED: "BRIGHT_GREEN",
    Verdict.CONTRADICTED: "PINK",
    Verdict.NOT_FOUND: "YELLOW",
    UNCHECKED: "GRAY_25",
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of the draft on one line, with the claim that it is of."""

    text: str
    claim: Claim | None


def annotated(checked: CheckedText) -> bytes:
    """The draft with a real Word comment on every claim."""
    from docx import Document

    document = Document()
    _speak(document, _REGIONAL[checked.result.language])
    note = note_of(checked)
    document.core_properties.title = note.title
    document.core_properties.author = _AUTHOR
    document.add_heading(note.title, level=1)
    for about in filter(None, (note.made_on, note.tally, note.scope)):
        document.add_paragraph(about)
    document.add_paragraph(note.caution, style="Intense Quote")
    runs: dict[Claim, list[Any]] = {}
    for line in _lines(checked):
        paragraph = document.add_paragraph()
        for piece in line:
            run = paragraph.add_run(piece.text)
            if piece.claim is not None:
                _highlight(run, kind_of(piece.claim))
                runs.setdefault(piece.claim, []).append(run)
    for claim, marked in runs.items():
        _comment(document, marked, claim, checked)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _lines(checked: CheckedText) -> Iterator[list[_Piece]]:
    """The draft line by line; a claim over several lines has a piece on each."""
    line: list[_Piece] = []
    for piece in _pieces(checked):
        first, *others = visible(piece.text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if first:
            line.append(_Piece(first, piece.claim))
        for other in others:
            yield line
            line = [_Piece(other, piece.claim)] if other else []
    yield line


def _pieces(checked: CheckedText) -> Iterator[_Piece]:
    written = 0
    for claim in checked.result.claims:
        yield _Piece(checked.text[written : claim.start], None)
        yield _Piece(checked.text[claim.start : claim.end], claim)
        written = claim.end
    yield _Piece(checked.text[written:], None)


def _highlight(run: Any, kind: str) -> None:  # noqa: ANN401
    from docx.enum.text import WD_COLOR_INDEX

    run.font.highlight_color = getattr(WD_COLOR_INDEX, _COLOURS[kind])


def _comment(document: Any, runs: list[Any], claim: Claim, checked: CheckedText) -> None:  # noqa: ANN401
    messages = checked.messages
    comment = document.add_comment(
        [runs[0], runs[-1]],
        text=heading_of(kind_of(claim), messages),
        author=_AUTHOR,
        initials=_AUTHOR[0],
    )
    if claim.reason:
        comment.add_paragraph(visible(claim.reason))
    for quote in quotes_of(claim, checked):
        comment.add_paragraph(f"{messages('quoted', text=quote.text)} — {quote.place}")


def _speak(document: Any, language: str) -> None:  # noqa: ANN401
    """What the spelling is checked in."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    properties = document.styles["Normal"].element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)
