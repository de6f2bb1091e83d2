"""Reads PowerPoint files: each slide is a page, its title a heading."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.archive import check_archive
from ingest.document import BlockKind, Document
from ingest.errors import DamagedFile
from ingest.flow import FlowText, names_columns
from ingest.settings import IngestSettings
from vectorstore.models import ReportMetadata

_DEEPEST = 20


class PptxReader:
    """Reads Office Open XML presentations; hidden slides and speakers' notes aren't shown."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.DamagedFile: the file isn't a presentation that can be read.
            ingest.errors.TooLargeUnpacked: the file unpacks to more than it may.
            ingest.errors.NoText: the slides hold no word.
        """
        import pptx
        from lxml import etree
        from pptx.exc import PackageNotFoundError, PythonPptxError

        check_archive(path, self._settings.reading_megabytes // 4)
        flow = FlowText()
        try:
            presentation = pptx.Presentation(str(path))
            for number, slide in enumerate(presentation.slides, 1):
                if slide.element.get("show") != "0":
                    flow.begin_page(number)
                    _slide(flow, slide, first=number == 1)
            title = (presentation.core_properties.title or "").strip()
        except (
            PackageNotFoundError, PythonPptxError, KeyError, IndexError, ValueError,
            AttributeError, TypeError, etree.XMLSyntaxError,
        ) as error:  # fmt: skip
            raise DamagedFile(path) from error
        return flow.document(path, ReportMetadata(title=title))


def _slide(flow: FlowText, slide: Any, *, first: bool) -> None:  # noqa: ANN401
    title = slide.shapes.title
    if title is not None and title.has_text_frame and title.text_frame.text.strip():
        kind = BlockKind.TITLE if first else BlockKind.HEADING
        flow.add(kind, title.text_frame.text, 0 if first else 1)
    shapes = [
        s for s in _shapes(slide.shapes, 0) if title is None or s.element is not title.element
    ]
    for shape in sorted(shapes, key=_place):
        if getattr(shape, "has_table", False) and shape.has_table:
            _table(flow, shape.table)
        elif shape.has_text_frame and not _is_furniture(shape):
            _text(flow, shape)


def _shapes(shapes: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401
    """The shapes of a slide, groups opened."""
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _place(shape: Any) -> tuple[int, int]:  # noqa: ANN401
    """Where a shape stands: rows of a tenth of an inch, then from left to right."""
    return (shape.top or 0) // 91_440, shape.left or 0


def _is_furniture(shape: Any) -> bool:  # noqa: ANN401
    """Whether a shape is the slide's number, date or foot."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    return shape.is_placeholder and shape.placeholder_format.type in (
        PP_PLACEHOLDER.SLIDE_NUMBER,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.HEADER,
    )


def _text(flow: FlowText, shape: Any) -> None:  # noqa: ANN401
    """A text shape: the paragraphs of a body placeholder are items, as it shows bullets."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    kind = shape.placeholder_format.type if shape.is_placeholder else None
    bullets = kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
    paragraphs = [p for p in shape.text_frame.paragraphs if p.text.strip()]
    for paragraph in paragraphs:
        text = paragraph.text.replace("\v", " ")
        if (bullets and len(paragraphs) > 1) or paragraph.level or _has_bullet(paragraph):
            flow.add(BlockKind.ITEM, f"• {text}", paragraph.level + 1)
        else:
            flow.add(BlockKind.PARAGRAPH, text)


def _has_bullet(paragraph: Any) -> bool:  # noqa: ANN401
    from pptx.oxml.ns import qn

    properties = paragraph._p.pPr
    if properties is None:
        return False
    return any(properties.find(qn(f"a:{name}")) is not None for name in ("buChar", "buAutoNum"))


def _table(flow: FlowText, table: Any) -> None:  # noqa: ANN401
    rows = [[cell.text.replace("\v", " ") for cell in row.cells] for row in table.rows]
    flow.add_table(rows, header=bool(table.first_row) or names_columns(rows))
