"""Reads web pages: what a person would read of them, without menus, scripts and page feet."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.document import BlockKind, Document
from ingest.encodings import decode
from ingest.errors import NoText
from ingest.flow import FlowText, is_layout, names_columns
from ingest.glyphs import as_superscript, flowing
from ingest.settings import IngestSettings
from vectorstore.models import ReportMetadata

_SKIPPED = {
    "script", "style", "noscript", "template", "nav", "head", "iframe", "svg", "canvas", "object",
    "button", "select", "option", "input", "textarea", "form", "audio", "video", "map", "dialog",
}  # fmt: skip
_SKIPPED_ROLES = {"navigation", "banner", "contentinfo", "search", "menu", "alert", "dialog"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul",
    "caption",
}  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NOTES = re.compile(r"(?:^|\s)(?:foot|end)?notes?(?:$|[\s_-])", re.IGNORECASE)
_MARKER_ONLY = re.compile(r"\s*(?:•|\d+\.)\s*")
_NOTE_MARK = re.compile(r"[\[(]?(\d{1,3})[\])]?")
_BACK_LINK = re.compile(r"backref|backlink|reversefootnote")
_DEEPEST = 150


class HtmlReader:
    """Reads HTML, however it is encoded and however badly it is nested."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.NoText: the page has no text of its own.
        """
        return document_of_html(decode(path.read_bytes()), path)


def document_of_html(source: str, path: Path) -> Document:
    """The document in an HTML text; `path` is the file that an error names.

    Raises:
        NoText: the page has no text of its own.
    """
    from lxml import etree
    from lxml import html as lxml_html

    encoded = source.encode("utf-8", "replace")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(encoded, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise NoText(path) from error
    title = flowing("".join(root.xpath("//head/title//text()")[:1]))
    walk = _Walk(_single_title(root))
    walk.block(_main(root), 0)
    walk.end_paragraph()
    return walk.flow.document(path, ReportMetadata(title=title))


def _main(root: Any) -> Any:  # noqa: ANN401  (lxml is not typed)
    """The element that holds what the page is about."""
    for path in ("//main", "//*[@role='main']", "//article"):
        found = [element for element in root.xpath(path) if not _is_hidden(element)]
        if len(found) == 1:
            whole = len(" ".join(root.itertext()))
            if len(" ".join(found[0].itertext())) > 0.25 * whole:
                return found[0]
    body = root.find("body")
    return root if body is None else body


def _single_title(root: Any) -> int:  # noqa: ANN401
    """1 when the page has one `h1`, which is its title; 0 when `h1` is a heading like others."""
    return 1 if len(root.xpath("//h1")) == 1 else 0


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _SKIPPED_ROLES
        or _HIDDEN.search(element.get("style") or "") is not None
    )


class _Walk:
    """A walk over the page that writes its blocks."""

    def __init__(self, title_levels: int) -> None:
        self.flow = FlowText()
        self._title_levels = title_levels
        self._inline: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._lists = 0
        self._notes = False

    def end_paragraph(self) -> None:
        """Writes what was gathered as one block."""
        text = "".join(self._inline)
        if _MARKER_ONLY.fullmatch(text) and self._kind in (BlockKind.ITEM, BlockKind.FOOTNOTE):
            return  # the item's text comes in a block of its own
        self._inline = []
        if text.strip():
            self.flow.add(self._kind, text, self._level)
            if self._kind in (BlockKind.ITEM, BlockKind.FOOTNOTE):
                # A second paragraph of an item has no bullet of its own.
                self._kind = BlockKind.PARAGRAPH if not self._notes else self._kind
                self._level = 0

    def block(self, element: Any, depth: int) -> None:  # noqa: ANN401
        """Walks over a block's text and children."""
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, depth + 1)
            self._text(child.tail)

    def _child(self, element: Any, depth: int) -> None:  # noqa: ANN401
        tag = element.tag.lower()
        if tag in _SKIPPED or _is_hidden(element) or depth > _DEEPEST:
            return
        if tag == "br":
            self._text("\n")
        elif tag not in _BLOCKS:
            self._inline_element(element, tag, depth)
        elif tag == "footer" and depth < 3:
            return
        else:
            self.end_paragraph()
            self._block_element(element, tag, depth)
            self.end_paragraph()

    def _inline_element(self, element: Any, tag: str, depth: int) -> None:  # noqa: ANN401
        if tag == "sup":
            raised = "".join(element.itertext())
            mark = _NOTE_MARK.fullmatch(raised.strip())
            self._text(as_superscript(mark[1]) if mark else raised)
        elif tag == "a" and _BACK_LINK.search(
            f"{element.get('class') or ''} {element.get('role') or ''}"
        ):
            return
        else:
            self.block(element, depth)

    def _block_element(self, element: Any, tag: str, depth: int) -> None:  # noqa: ANN401
        outer = (self._kind, self._level, self._notes)
        heading = _HEADING.fullmatch(tag)
        if heading:
            level = int(heading[1]) - self._title_levels
            kind = BlockKind.HEADING if level else BlockKind.TITLE
            self._kind, self._level = kind, level
            self.block(element, depth)
            self.end_paragraph()
        elif tag == "table":
            self._table(element, depth)
        elif tag in ("ul", "ol"):
            self._list(element, tag, depth)
        else:
            self._notes = self._notes or self._holds_notes(element)
            if self._notes:
                self._kind, self._level = BlockKind.FOOTNOTE, 0
            self.block(element, depth)
            self.end_paragraph()
        self._kind, self._level, self._notes = outer

    @staticmethod
    def _holds_notes(element: Any) -> bool:  # noqa: ANN401
        named = f"{element.get('class') or ''} {element.get('role') or ''}"
        return element.tag in ("section", "aside", "div") and _NOTES.search(named) is not None

    def _list(self, element: Any, tag: str, depth: int) -> None:  # noqa: ANN401
        self._lists += 1
        number = int(element.get("start") or 1) if (element.get("start") or "1").isdigit() else 1
        for child in element:
            if not isinstance(child.tag, str) or _is_hidden(child):
                continue
            if child.tag == "li":
                self._kind = BlockKind.FOOTNOTE if self._notes else BlockKind.ITEM
                self._level = 0 if self._notes else self._lists
                self._text(f"{number}. " if tag == "ol" else "• ")
                number += 1
                self.block(child, depth)
                self.end_paragraph()
                self._inline = []
            else:
                self._child(child, depth + 1)
        self._lists -= 1

    def _table(self, element: Any, depth: int) -> None:  # noqa: ANN401
        rows = [row for row in element.iter("tr") if _table_of(row) is element]
        texts = [list(_cells(row)) for row in rows]
        for caption in element.iterchildren("caption"):
            self.flow.add(BlockKind.PARAGRAPH, "".join(caption.itertext()))
        nested = any(cell.find(".//table") is not None for cell in element.iter("td"))
        if nested or is_layout(texts):
            for row in rows:
                for cell in row:
                    if isinstance(cell.tag, str):
                        self.block(cell, depth + 1)
                        self.end_paragraph()
            return
        first = [cell.tag for cell in rows[0] if isinstance(cell.tag, str)]
        in_head = rows[0].getparent() is not None and rows[0].getparent().tag == "thead"
        marked = in_head or all(tag == "th" for tag in first)
        self.flow.add_table(texts, header=marked or names_columns(texts))

    def _text(self, text: str | None) -> None:
        if text:
            self._inline.append(text)


def _table_of(row: Any) -> Any:  # noqa: ANN401
    return next(row.iterancestors("table"), None)


def _cells(row: Any) -> Iterator[str]:  # noqa: ANN401
    """The texts of a row's cells; a cell over two columns counts twice, empty the second time."""
    for cell in row:
        if cell.tag in ("td", "th"):
            inline = not any(
                child.tag in _BLOCKS or child.tag == "br" for child in cell.iterdescendants()
            )
            yield ("" if inline else " ").join(_shown_texts(cell))
            span = cell.get("colspan") or "1"
            yield from [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)


def _shown_texts(cell: Any) -> Iterator[str]:  # noqa: ANN401
    for text in cell.xpath(".//text()"):
        element = text.getparent()
        raised = element is not None and element.tag == "sup" and text.is_text
        yield as_superscript(text) if raised and text.strip().isdigit() else str(text)
