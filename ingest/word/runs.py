"""The text of a Word paragraph: what is shown, without deleted text, field codes and comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from ingest.glyphs import as_superscript

_DROPPED = {
    qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), qn("w:pPr"), qn("w:rPr"),
    qn("w:commentReference"), qn("w:drawing"), qn("w:pict"), qn("w:object"),
}  # fmt: skip
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FIXED = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "",
}


@dataclass(slots=True)
class ParagraphText:
    """A paragraph's text; the ids of its notes, whose numbers stand in the text; its weight.

    `bold` is the share of characters that are bold, `size` the largest size of a run in half
    points, 0 where no run sets one.
    """

    parts: list[str] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)
    bold: float = 0.0
    size: int = 0

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return "".join(self.parts)


@dataclass(slots=True)
class NoteCounter:
    """Numbers the notes of a document in the order of their marks."""

    footnotes: int = 0
    endnotes: int = 0

    def next(self, kind: str) -> int:
        """The number of the next "footnotes" or "endnotes" mark."""
        number: int = getattr(self, kind) + 1
        setattr(self, kind, number)
        return number


def paragraph_text(paragraph: Any, counter: NoteCounter) -> ParagraphText:  # noqa: ANN401
    """What a `w:p` element shows."""
    result = ParagraphText()
    bold = 0
    for run in _runs(paragraph):
        properties = run.find(qn("w:rPr"))
        if _is_on(properties, "w:vanish"):
            continue
        text = _run_text(run, counter, result)
        if _value(properties, "w:vertAlign") == "superscript" and text.strip().isdigit():
            text = as_superscript(text)
        if _is_on(properties, "w:b"):
            bold += len(text.strip())
        size = _value(properties, "w:sz")
        if text.strip() and size.isdigit():
            result.size = max(result.size, int(size))
        result.parts.append(text)
    letters = len(result.text.replace(" ", ""))
    result.bold = bold / letters if letters else 0.0
    return result


def text_boxes(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401
    """The `w:txbxContent` elements anchored in a paragraph, each once."""
    for box in paragraph.iter(qn("w:txbxContent")):
        ancestors = {ancestor.tag for ancestor in box.iterancestors()}
        if _ALTERNATIVE not in ancestors or _CHOICE in ancestors:
            yield box


def _runs(element: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in element:
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in _DROPPED and isinstance(child.tag, str):
            yield from _runs(child)


def _run_text(run: Any, counter: NoteCounter, result: ParagraphText) -> str:  # noqa: ANN401
    parts: list[str] = []
    for child in run:
        tag = child.tag
        if tag == qn("w:t"):
            parts.append(child.text or "")
        elif tag in _FIXED:
            parts.append(_FIXED[tag])
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            kind = "footnotes" if tag == qn("w:footnoteReference") else "endnotes"
            number = counter.next(kind)
            result.notes.append((f"{kind}:{child.get(qn('w:id'))}", number))
            parts.append(as_superscript(str(number)))
    return "".join(parts)


def _value(properties: Any, name: str) -> str:  # noqa: ANN401
    found = None if properties is None else properties.find(qn(name))
    return "" if found is None else (found.get(qn("w:val")) or "")


def _is_on(properties: Any, name: str) -> bool:  # noqa: ANN401
    found = None if properties is None else properties.find(qn(name))
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")
