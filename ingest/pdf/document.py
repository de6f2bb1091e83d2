"""Pages' contents → the document: furniture off, columns, tables, blocks, headings, text."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import BlockKind, Document
from ingest.layout import Layout, PageSize, page_spans
from ingest.pdf.alignment import aligned_tables
from ingest.pdf.assembly import TextBuilder
from ingest.pdf.columns import reading_order
from ingest.pdf.elements import Line, PageContent
from ingest.pdf.footnotes import take_footnotes
from ingest.pdf.furniture import remove_furniture
from ingest.pdf.grids import ruled_tables
from ingest.pdf.headings import heading_levels
from ingest.pdf.hyphens import Vocabulary
from ingest.pdf.paragraphs import Group, breaks_off, continues, groups
from ingest.pdf.styles import body_style
from ingest.pdf.tables import Element, Table, cell_text
from vectorstore.models import ReportMetadata


def build_document(
    pages: Sequence[PageContent], metadata: ReportMetadata, warnings: tuple[str, ...] = ()
) -> tuple[Document, Layout]:
    """The document that the pages make, and where its words stand."""
    remove_furniture(pages)
    regions = [_regions(page) for page in pages]
    flat = [[e for e in region if isinstance(e, Line)] for each in regions for region in each]
    style = body_style(flat)
    blocks: list[Group] = []
    notes: dict[int, list[list[Line]]] = {}
    for page, page_regions in zip(pages, regions, strict=True):
        page_notes = take_footnotes(page_regions, style.size, page.height)
        for region in page_regions:
            blocks += groups(region, style)
        if page_notes and blocks:
            notes.setdefault(len(blocks) - 1, []).extend(page_notes)
    builder = TextBuilder(Vocabulary(line.text for page in pages for line in page.lines))
    _write(builder, _joined(blocks, heading_levels(blocks, style), notes))
    text = builder.text
    layout = Layout(
        pages=tuple(PageSize(page.width, page.height) for page in pages),
        boxes=tuple(builder.boxes),
    )
    spans = page_spans(builder.boxes, len(text))
    return Document(text, tuple(builder.blocks), spans, metadata, warnings), layout


_MOST_BETWEEN = 8  # blocks of a side note in the middle of a paragraph


@dataclass(slots=True)
class _Written:
    """A block as it will be written: `level` is that of a heading (0 for the title), or None."""

    group: Group
    level: int | None
    notes: list[list[Line]]


def _regions(page: PageContent) -> list[list[Element]]:
    tables, lines = ruled_tables(page.lines, page.rules)
    elements: list[Element] = [*tables, *lines]
    return [aligned_tables(region) for region in reading_order(elements)]


def _joined(
    blocks: Sequence[Group], levels: dict[int, int], notes: dict[int, list[list[Line]]]
) -> list[_Written]:
    """The blocks with those that run over a column or page made one, notes after them."""
    written: list[_Written] = []
    pending: list[list[Line]] = []
    for index, block in enumerate(blocks):
        level = levels.get(index)
        begun = _begun(written, block, level)
        if begun is not None:
            begun.group.lines.extend(block.lines)
            begun.group.column = block.column
        else:
            if written:
                written[-1].notes.extend(pending)
                pending = []
            written.append(_Written(block, level, []))
        pending += notes.get(index, [])
    if written:
        written[-1].notes.extend(pending)
    return written


def _begun(written: Sequence[_Written], block: Group, level: int | None) -> _Written | None:
    """The block that another runs on from: the last, or one before a side note or a table."""
    if not written:
        return None
    last = written[-1]
    if level is not None or last.level is not None:
        return last if level == last.level == 0 else None
    if not block.opens_region:
        return None
    if continues(last.group, block):
        return last
    return _broken_off(written, block)


def _broken_off(written: Sequence[_Written], block: Group) -> _Written | None:
    """The block before a side note that breaks off where `block` begins."""
    for earlier in reversed(written[-_MOST_BETWEEN:-1]):
        if earlier.level is not None:
            return None
        if breaks_off(earlier.group, block):
            return earlier
    return None


def _write(builder: TextBuilder, blocks: Sequence[_Written]) -> None:
    indents: list[float] = []
    previous: Table | None = None
    for block in blocks:
        group = block.group
        if group.table is not None:
            builder.add_table(group.table, _names(previous, group.table))
            previous = group.table
        elif block.level is not None:
            kind = BlockKind.HEADING if block.level else BlockKind.TITLE
            builder.add_block(kind, group.lines, block.level)
        elif group.marker is not None:
            indents = [x for x in indents if x < group.marker - 4] + [group.marker]
            builder.add_block(BlockKind.ITEM, group.lines, len(indents))
        else:
            builder.add_block(BlockKind.PARAGRAPH, group.lines)
        if group.marker is None or block.level is not None:
            indents = []
        if group.table is None:
            previous = None
        for note in block.notes:
            builder.add_block(BlockKind.FOOTNOTE, note)


def _names(previous: Table | None, table: Table) -> list[str]:
    """The column names of the table that this one goes on from, on the page before."""
    if previous is None or table.header or not previous.header:
        return []
    if previous.page == table.page or previous.columns != table.columns:
        return []
    return [cell_text(cell) for cell in previous.rows[0]]
