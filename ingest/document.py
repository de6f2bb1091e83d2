"""What a reader makes of a file: text in reading order, cut into typed blocks.

A reader only says what each block *is*. Sections, pillars and passages are made of the blocks by
`ingest.structure` and `ingest.passages`, the same way for every format.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from vectorstore.models import PageSpan, ReportMetadata, Span


class BlockKind(StrEnum):
    """What a block of text is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row or footnote: one span of the document's text.

    `level` is the depth of a heading (1 is outermost) or of a list item (1 is outermost);
    0 for the other kinds.
    """

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text. Blocks are in reading order and don't overlap.

    `pages` is empty for formats without pages; otherwise its spans cover every block. A
    paragraph that runs over a page break has characters in two page spans. `metadata` holds only
    what the format itself declares (an HTML title, say). `warnings` are codes of
    `ui/locales/*/errors.ftl` that staff should see, such as "ocr-pages"; `recognised_pages` are
    the pages that were read by text recognition, in order.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageSpan, ...] = ()
    metadata: ReportMetadata = field(default_factory=ReportMetadata)
    warnings: tuple[str, ...] = ()
    recognised_pages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        position = 0
        for block in self.blocks:
            if block.span.start < position or block.span.end > len(self.text):
                raise ValueError(f"{block} is out of order or outside the text")
            position = block.span.end


class Reader(Protocol):
    """Reads one family of media types."""

    def read(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            ingest.errors.UnreadableFile: the file isn't what its type says, or holds no text.
        """
        ...
