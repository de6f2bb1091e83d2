"""The draft as a Word file: each claim marked as on the page, with its verdict in a comment."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from assistant.models import Claim, Verdict
from ui.web.exports.note import heading_of, note_of, quotes_of
from ui.web.html import visible
from ui.web.verdicts import SIGNS, UNCHECKED, CheckedText, kind_of, name_of, tally

_AUTHOR: Final = "Escale"
_REGIONAL: Final = {"fr": "fr-CA", "en": "en-CA"}
# (shading, line, its colour): Word's own highlighters are garish, and have no line.
_LOOKS: Final[dict[str, tuple[str, str, str]]] = {
    Verdict.SUPPORTED: ("E3F2E8", "single", "1A6B3C"),
    Verdict.CONTRADICTED: ("FBE7E4", "wave", "A3261B"),
    Verdict.NOT_FOUND: ("FBF0D6", "dash", "7A4F00"),
    UNCHECKED: ("ECEEED", "dotted", "55646B"),
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
    document.add_paragraph(note.made_on)
    _legend(document, checked)
    for about in filter(None, (note.scope, note.caution)):
        document.add_paragraph().add_run(about).italic = True
    runs: dict[Claim, list[Any]] = {}
    for line in _lines(checked):
        paragraph = document.add_paragraph()
        for piece in line:
            run = paragraph.add_run(piece.text)
            if piece.claim is not None:
                _mark(run, kind_of(piece.claim))
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


def _legend(document: Any, checked: CheckedText) -> None:  # noqa: ANN401
    """The tally, each kind marked as its claims are."""
    paragraph, messages = document.add_paragraph(), checked.messages
    for kind, count in tally(checked.result).items():
        told = messages(f"page-count-{name_of(kind)}", count=count)
        _mark(paragraph.add_run(f"{SIGNS[kind]} {told}"), kind)
        paragraph.add_run("   ")


def _mark(run: Any, kind: str) -> None:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    shading, line, colour = _LOOKS[kind]
    # In this order, which the schema asks for.
    for name, values in (
        ("w:u", {"w:val": line, "w:color": colour}),
        ("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": shading}),
    ):
        element = OxmlElement(name)
        for key, value in values.items():
            element.set(qn(key), value)
        run._element.get_or_add_rPr().append(element)


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
