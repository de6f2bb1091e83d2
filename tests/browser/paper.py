"""The bundled report on paper: rendered to a PDF of small pages."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.document import BlockKind
from ingest.media_type import MediaType
from ingest.sandbox import read_file
from ingest.settings import IngestSettings

NAME = "Rapport « New York » – été.pdf"


def real_report_as_pdf(folder: Path) -> Path:
    """The PDF of the bundled report, under a name that isn't easy to hand on."""
    with as_file(files("ingest") / "samples") as samples:
        text = samples / "mission-new-york-aivp-2025.txt"
        document = read_file(text, MediaType.TEXT, IngestSettings()).document
    path = folder / NAME
    render(((block.kind, block.span.of(document.text)) for block in document.blocks), path)
    return path


def render(blocks: Iterator[tuple[BlockKind, str]], path: Path) -> None:
    """Blocks one below the other on A5 pages, so that sentences run over page breaks."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = {
        BlockKind.TITLE: ParagraphStyle("t", fontName="Helvetica-Bold", fontSize=16, leading=20),
        BlockKind.HEADING: ParagraphStyle(
            "h", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=8, spaceAfter=4
        ),
        BlockKind.ITEM: ParagraphStyle(
            "i", fontName="Helvetica", fontSize=10, leading=13, leftIndent=10, spaceAfter=5
        ),
    }
    plain = ParagraphStyle(
        "p", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7, allowWidows=1
    )
    story = [
        Paragraph(escape(" ".join(text.split())), styles.get(kind, plain)) for kind, text in blocks
    ]
    SimpleDocTemplate(str(path), pagesize=A5, title="Mission").build(story)
