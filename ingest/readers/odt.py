"""Reads OpenDocument text files (LibreOffice Writer)."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.archive import check_archive
from ingest.document import BlockKind, Document
from ingest.errors import DamagedFile
from ingest.flow import FlowText, is_layout, names_columns
from ingest.glyphs import as_superscript
from ingest.settings import IngestSettings
from ingest.styleless import Paragraph, promote_headings
from vectorstore.models import ReportMetadata

_NS = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "text", "table", "style", "drawing", "meta")
}
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DEEPEST = 80


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


_DROPPED = {
    _tag("text:tracked-changes"), _tag("office:annotation"), _tag("text:sequence-decls"),
    _tag("office:forms"), _tag("text:bookmark"), _tag("office:annotation-end"),
}  # fmt: skip


class OdtReader:
    """Reads OpenDocument text."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.DamagedFile: the file isn't an OpenDocument text that can be read.
            ingest.errors.TooLargeUnpacked: the file unpacks to more than it may.
            ingest.errors.NoText: the file holds no word.
        """
        check_archive(path, self._settings.reading_megabytes // 4)
        content, styles, meta = (_part(path, name) for name in _PARTS)
        body = None if content is None else content.find(".//" + _tag("office:text"))
        if content is None or body is None:
            raise DamagedFile(path)
        walk = _Walk(dict(_looks(styles)) | dict(_looks(content)))
        walk.children(body, 0)
        flow = FlowText()
        for paragraph in promote_headings(walk.paragraphs):
            if paragraph.rows:
                flow.add_table(paragraph.rows, header=paragraph.header)
            else:
                flow.add(paragraph.kind, paragraph.text, paragraph.level)
        title = "" if meta is None else (meta.findtext(".//" + _DC_TITLE) or "").strip()
        return flow.document(path, ReportMetadata(title=title))


_PARTS = ("content.xml", "styles.xml", "meta.xml")


def _part(path: Path, name: str) -> Any:  # noqa: ANN401  (lxml is not typed)
    """The root of one part of the file, or None when there is no such part."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(path) as archive:
            return etree.fromstring(archive.read(name), parser)
    except KeyError:
        return None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, OSError, EOFError) as error:
        raise DamagedFile(path) from error


def _looks(root: Any) -> Iterator[tuple[str, tuple[str, bool, float, bool]]]:  # noqa: ANN401
    """Each style's parent, weight, size in points, and whether it raises text."""
    if root is None:
        return
    for style in root.iter(_tag("style:style")):
        properties = style.find(_tag("style:text-properties"))
        values = {} if properties is None else properties.attrib
        size = values.get(f"{{{_FO}}}font-size", "")
        yield (
            style.get(_tag("style:name"), ""),
            (
                style.get(_tag("style:parent-style-name"), ""),
                values.get(f"{{{_FO}}}font-weight", "") in ("bold", "700", "800", "900"),
                float(size[:-2]) if size.endswith("pt") and size[:-2].isdigit() else 0.0,
                values.get(_tag("style:text-position"), "").startswith("super"),
            ),
        )


class _Walk:
    """A walk over the document's body that gathers its paragraphs and tables."""

    def __init__(self, looks: dict[str, tuple[str, bool, float, bool]]) -> None:
        self.paragraphs: list[Paragraph] = []
        self._looks = looks
        self._notes: list[str] = []
        self._boxes: list[Any] = []

    def children(self, element: Any, depth: int, lists: int = 0) -> None:  # noqa: ANN401
        """Walks over block-level elements; sections and frames are looked into."""
        if depth > _DEEPEST:
            return
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _DROPPED:
                continue
            if tag == _tag("text:h"):
                level = child.get(_tag("text:outline-level")) or "1"
                self._paragraph(child, BlockKind.HEADING, int(level) if level.isdigit() else 1)
            elif tag == _tag("text:p"):
                title = self._named(child, "Title")
                self._paragraph(child, BlockKind.TITLE if title else BlockKind.PARAGRAPH, 0)
            elif tag == _tag("text:list"):
                self._list(child, depth, lists + 1)
            elif tag == _tag("table:table"):
                self._table(child, depth)
            else:
                self.children(child, depth + 1, lists)

    def _list(self, element: Any, depth: int, lists: int) -> None:  # noqa: ANN401
        for item in element:
            first = True
            for child in item:
                if child.tag == _tag("text:list"):
                    if depth < _DEEPEST:
                        self._list(child, depth + 1, lists + 1)
                elif child.tag == _tag("text:p"):
                    kind = BlockKind.ITEM if first else BlockKind.PARAGRAPH
                    self._paragraph(child, kind, lists if first else 0, "• " if first else "")
                    first = False
                elif child.tag == _tag("text:h"):
                    level = child.get(_tag("text:outline-level")) or "1"
                    self._paragraph(child, BlockKind.HEADING, int(level) if level.isdigit() else 1)

    def _paragraph(
        self,
        element: Any,  # noqa: ANN401
        kind: BlockKind,
        level: int,
        marker: str = "",
    ) -> None:
        text = "".join(self._text(element, 0))
        if text.strip():
            bold, size = self._weight(element)
            self.paragraphs.append(Paragraph(kind, marker + text, level, bold=bold, size=size))
        self._after()

    def _after(self) -> None:
        """Writes the notes and text boxes that were met inside a paragraph."""
        notes, self._notes = self._notes, []
        for note in notes:
            self.paragraphs.append(Paragraph(BlockKind.FOOTNOTE, note))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.children(box, _DEEPEST - 10)

    def _text(self, element: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str) and depth < _DEEPEST:
                yield from self._inline(child, depth + 1)
            yield child.tail or ""

    def _inline(self, child: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
        tag = child.tag
        if tag == _tag("text:s"):
            count = child.get(_tag("text:c")) or "1"
            yield " " * (min(int(count), 100) if count.isdigit() else 1)
        elif tag in (_tag("text:tab"), _tag("text:line-break")):
            yield " "
        elif tag == _tag("text:note"):
            mark = child.findtext(_tag("text:note-citation")) or ""
            body = child.find(_tag("text:note-body"))
            yield as_superscript(mark)
            if body is not None:
                parts = ("".join(self._text(each, depth)).strip() for each in body)
                self._notes.append(f"{mark}. {' '.join(parts)}")
        elif tag == _tag("drawing:text-box"):
            self._boxes.append(child)
        elif tag not in _DROPPED:
            text = "".join(self._text(child, depth))
            raised = self._looks.get(child.get(_tag("text:style-name"), ""), ("", False, 0, False))
            yield as_superscript(text) if raised[3] and text.strip().isdigit() else text

    def _named(self, element: Any, name: str) -> bool:  # noqa: ANN401
        """Whether a paragraph's style is, or is made from, a style of this name."""
        return name in self._chain(element.get(_tag("text:style-name"), ""))

    def _chain(self, style: str) -> list[str]:
        chain: list[str] = []
        while style and style not in chain:
            chain.append(style)
            style = self._looks.get(style, ("", False, 0.0, False))[0]
        return chain

    def _weight(self, element: Any) -> tuple[bool, float]:  # noqa: ANN401
        """Whether all of a paragraph is bold, and its size in points."""
        bold, size = self._look_of(element.get(_tag("text:style-name"), ""))
        spans = list(element.iter(_tag("text:span")))
        inside = "".join("".join(span.itertext()) for span in spans)
        if spans and len(inside.strip()) >= 0.9 * len("".join(element.itertext()).strip()):
            looks = [self._look_of(span.get(_tag("text:style-name"), "")) for span in spans]
            bold = bold or all(each[0] for each in looks)
            size = max(size, *(each[1] for each in looks))
        return bold, size

    def _look_of(self, style: str) -> tuple[bool, float]:
        looks = [self._looks[name] for name in self._chain(style) if name in self._looks]
        sizes = [look[2] for look in looks if look[2]]
        return any(look[1] for look in looks[:2]), sizes[0] if sizes else 0.0

    def _table(self, element: Any, depth: int) -> None:  # noqa: ANN401
        rows = [row for row in element.iter(_tag("table:table-row")) if _table_of(row) is element]
        cells = [[cell for cell in row if cell.tag == _tag("table:table-cell")] for row in rows]
        texts = [[self._cell_text(cell) for cell in row] for row in cells]
        nested = next(element.iterdescendants(_tag("table:table")), None) is not None
        if nested or is_layout(texts):
            self._notes = []
            for cell in (cell for row in cells for cell in row):
                self.children(cell, depth + 1)
            return
        marked = element.find(_tag("table:table-header-rows")) is not None
        header = marked or self._bold_row(cells) or names_columns(texts)
        self.paragraphs.append(Paragraph(BlockKind.TABLE_ROW, rows=texts, header=header))
        self._after()

    def _bold_row(self, cells: list[list[Any]]) -> bool:
        def bold(row: list[Any]) -> bool:
            paragraphs = [p for cell in row for p in cell.iter(_tag("text:p"))]
            return bool(paragraphs) and all(self._weight(p)[0] for p in paragraphs)

        return len(cells) > 1 and bold(cells[0]) and not all(bold(row) for row in cells[1:])

    def _cell_text(self, cell: Any) -> str:  # noqa: ANN401
        parts = ("".join(self._text(p, 0)).strip() for p in cell.iter(_tag("text:p")))
        return " ".join(part for part in parts if part)


def _table_of(row: Any) -> Any:  # noqa: ANN401
    return next(row.iterancestors(_tag("table:table")), None)
