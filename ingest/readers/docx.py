"""Reads Word files: headings by style, lists with their numbers, tables, notes, text boxes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.archive import check_archive
from ingest.document import BlockKind, Document
from ingest.errors import DamagedFile
from ingest.flow import FlowText, is_layout, names_columns
from ingest.settings import IngestSettings
from ingest.styleless import Paragraph, promote_headings
from vectorstore.models import ReportMetadata

_HEADING_STYLE = re.compile(r"(?:heading|titre)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLES = {"title", "titre"}
_DEEPEST = 40


class DocxReader:
    """Reads Office Open XML text documents."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.DamagedFile: the file isn't a Word document that can be read.
            ingest.errors.TooLargeUnpacked: the file unpacks to more than it may.
            ingest.errors.NoText: the file holds no word.
        """
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from lxml import etree

        check_archive(path, self._settings.reading_megabytes // 4)
        try:
            document = docx.Document(str(path))
            walk = _Walk(document)
            walk.children(document.element.body, 0)
            walk.flush_notes()
            title = (document.core_properties.title or "").strip()
        except (
            PackageNotFoundError, KeyError, IndexError, ValueError, AttributeError, TypeError,
            etree.XMLSyntaxError,
        ) as error:  # fmt: skip
            raise DamagedFile(path) from error
        flow = FlowText()
        for paragraph in promote_headings(walk.paragraphs):
            if paragraph.rows:
                flow.add_table(paragraph.rows, header=paragraph.header)
            else:
                flow.add(paragraph.kind, paragraph.text, paragraph.level)
        return flow.document(path, ReportMetadata(title=title))


class _Walk:
    """A walk over the document's body that gathers its paragraphs and tables."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401  (python-docx is not typed)
        from ingest.word.numbering import Numbering
        from ingest.word.runs import NoteCounter

        self.paragraphs: list[Paragraph] = []
        self._document = document
        self._numbering = Numbering.of(document)
        self._counter = NoteCounter()
        self._notes = dict(_notes(document))
        self._pending: list[tuple[str, int]] = []
        self._styles = {style.style_id: style for style in document.styles}

    def children(self, element: Any, depth: int) -> None:  # noqa: ANN401
        """Walks over block-level elements; content controls are looked into."""
        from docx.oxml.ns import qn

        for child in element:
            if child.tag == qn("w:p"):
                self._paragraph(child, depth)
            elif child.tag == qn("w:tbl"):
                self._table(child, depth)
            elif isinstance(child.tag, str) and depth < _DEEPEST and child.tag in (
                qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"),
            ):  # fmt: skip
                self.children(child, depth + 1)

    def flush_notes(self) -> None:
        """Writes the notes whose marks have come."""
        from ingest.word.runs import paragraph_text

        pending, self._pending = self._pending, []
        for identity, number in pending:
            texts = [paragraph_text(p, self._counter).text for p in self._notes.get(identity, ())]
            text = f"{number}. {' '.join(part.strip() for part in texts)}"
            self.paragraphs.append(Paragraph(BlockKind.FOOTNOTE, text))

    def _paragraph(self, element: Any, depth: int) -> None:  # noqa: ANN401
        from ingest.word.runs import paragraph_text, text_boxes

        content = paragraph_text(element, self._counter)
        kind, level, marker = self._kind(element)
        text = content.text
        if text.strip():
            shown = f"{marker} {text}" if marker else text
            self.paragraphs.append(
                Paragraph(kind, shown, level, bold=content.bold > 0.9, size=content.size / 2)
            )
        self._pending += content.notes
        self.flush_notes()
        if depth < _DEEPEST:
            for box in text_boxes(element):
                self.children(box, depth + 1)

    def _kind(self, element: Any) -> tuple[BlockKind, int, str]:  # noqa: ANN401
        """A paragraph's kind, its level, and the bullet or number that Word shows before it."""
        from docx.oxml.ns import qn

        properties = element.find(qn("w:pPr"))
        style = self._styles.get(_attribute(properties, "w:pStyle"))
        chain = list(_style_chain(style))
        numbered = self._list_of(properties, chain)
        marker = ""
        if numbered is not None:
            marker = self._numbering.marker(*numbered)
        outline = self._outline(properties, chain)
        if outline is not None:
            return BlockKind.HEADING, outline, "" if marker == "•" else marker
        if style is not None and (style.name or "").lower() in _TITLE_STYLES:
            return BlockKind.TITLE, 0, ""
        if numbered is not None:
            return BlockKind.ITEM, numbered[1] + 1, marker
        return BlockKind.PARAGRAPH, 0, ""

    @staticmethod
    def _outline(properties: Any, chain: list[Any]) -> int | None:  # noqa: ANN401
        """The level of a heading from 1, or None."""
        from docx.oxml.ns import qn

        own = _attribute(properties, "w:outlineLvl")
        if own.isdigit():
            return int(own) + 1 if int(own) < 9 else None
        for style in chain:
            found = _HEADING_STYLE.fullmatch((style.name or "").strip())
            if found:
                return int(found[1])
            level = _attribute(style.element.find(qn("w:pPr")), "w:outlineLvl")
            if level.isdigit():
                return int(level) + 1 if int(level) < 9 else None
        return None

    @staticmethod
    def _list_of(properties: Any, chain: list[Any]) -> tuple[str, int] | None:  # noqa: ANN401
        """The list that a paragraph belongs to, and its depth from 0."""
        from docx.oxml.ns import qn

        for holder in (properties, *(style.element.find(qn("w:pPr")) for style in chain)):
            numbers = None if holder is None else holder.find(qn("w:numPr"))
            if numbers is not None:
                identity = _attribute(numbers, "w:numId")
                depth = _attribute(numbers, "w:ilvl")
                if identity == "0":
                    return None
                return identity, min(int(depth), 8) if depth.isdigit() else 0
        return None

    def _table(self, element: Any, depth: int) -> None:  # noqa: ANN401
        from docx.oxml.ns import qn

        rows = [_cells(row) for row in element.iterchildren(qn("w:tr"))]
        texts = [[self._cell_text(cell) for cell in row] for row in rows]
        nested = any(next(cell.iter(qn("w:tbl")), None) is not None for row in rows for cell in row)
        if nested or is_layout(texts):
            seen: set[int] = set()
            for cell in (cell for row in rows for cell in row):
                if depth < _DEEPEST and id(cell) not in seen:
                    seen.add(id(cell))
                    self.children(cell, depth + 1)
            return
        marked = element.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        header = marked or self._bold_row(rows) or names_columns(texts)
        self.paragraphs.append(Paragraph(BlockKind.TABLE_ROW, rows=texts, header=header))
        self.flush_notes()

    def _cell_text(self, cell: Any) -> str:  # noqa: ANN401
        from docx.oxml.ns import qn

        from ingest.word.runs import paragraph_text

        parts = []
        for paragraph in cell.iter(qn("w:p")):
            content = paragraph_text(paragraph, self._counter)
            self._pending += content.notes
            parts.append(content.text.strip())
        return " ".join(part for part in parts if part)

    @staticmethod
    def _bold_row(rows: list[list[Any]]) -> bool:
        """Whether the first row stands out by its weight."""
        from docx.oxml.ns import qn

        from ingest.word.runs import NoteCounter, paragraph_text

        def bold(row: list[Any]) -> bool:
            contents = [paragraph_text(p, NoteCounter()) for c in row for p in c.iter(qn("w:p"))]
            filled = [content for content in contents if content.text.strip()]
            return bool(filled) and all(content.bold > 0.9 for content in filled)

        return len(rows) > 1 and bold(rows[0]) and not all(bold(row) for row in rows[1:])


def _cells(row: Any) -> list[Any]:  # noqa: ANN401
    """A row's cells, a cell over two columns twice; python-docx's own grid fails on odd tables."""
    from docx.oxml.ns import qn

    cells: list[Any] = []
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            cells.append(cell)
    return cells


def _attribute(element: Any, name: str) -> str:  # noqa: ANN401
    from docx.oxml.ns import qn

    found = None if element is None else element.find(qn(name))
    return "" if found is None else (found.get(qn("w:val")) or "")


def _style_chain(style: Any) -> Iterator[Any]:  # noqa: ANN401
    """A style and those that it is based on."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = getattr(style, "base_style", None)


def _notes(document: Any) -> Iterator[tuple[str, list[Any]]]:  # noqa: ANN401
    """The paragraphs of each footnote and endnote, by "footnotes:ID"."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import parse_xml

    for kind in ("footnotes", "endnotes"):
        for relation in document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                root = parse_xml(relation.target_part.blob)
                for note in root:
                    identity = note.get(qn("w:id"))
                    yield f"{kind}:{identity}", list(note.iter(qn("w:p")))
