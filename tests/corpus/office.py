"""Reports written as Word, OpenDocument and PowerPoint files."""

import re
import zipfile
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from tests.corpus.content import TrueReport

_MARK = re.compile(r"\[\^(\d+)\]")


def as_docx(report: TrueReport, path: Path, *, styled: bool = True) -> None:
    """Writes a Word file; without styles its headings are bold and large by hand."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = report.running_head
    section.footer.paragraphs[0].text = report.running_foot
    for kind, group in groupby(report.elements, key=lambda element: element.kind):
        elements = list(group)
        if kind == "row":
            table = document.add_table(rows=1, cols=len(elements[0].header), style="Table Grid")
            for cell, text in zip(table.rows[0].cells, elements[0].header, strict=True):
                cell.paragraphs[0].add_run(text).bold = True
            for element in elements:
                for cell, text in zip(table.add_row().cells, element.cells, strict=True):
                    cell.text = text
            continue
        for element in elements:
            if kind in ("title", "heading") and styled:
                document.add_heading(element.text, element.level)
            elif kind in ("title", "heading"):
                run = document.add_paragraph().add_run(element.text)
                run.bold, run.font.size = True, Pt(20 - 3 * element.level)
            elif kind in ("item", "numbered"):
                style = "List Bullet" if kind == "item" else "List Number"
                document.add_paragraph(element.text, style=style)
            else:
                paragraph = document.add_paragraph()
                position = 0
                for mark in _MARK.finditer(element.text):
                    paragraph.add_run(element.text[position : mark.start()])
                    paragraph.add_run(mark[1]).font.superscript = True
                    position = mark.end()
                paragraph.add_run(element.text[position:])
    document.core_properties.title = report.title
    document.save(str(path))


_ODT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    + " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
        )
    )
    + "><office:body><office:text>"
)


_ODT_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def as_odt(report: TrueReport, path: Path) -> None:
    """Writes an OpenDocument text with real footnotes."""

    def inline(text: str) -> str:
        def note(found: re.Match[str]) -> str:
            number = found[1]
            body = escape(report.notes[int(number) - 1])
            return (
                f'<text:note text:note-class="footnote"><text:note-citation>{number}'
                f"</text:note-citation><text:note-body><text:p>{body}</text:p></text:note-body>"
                "</text:note>"
            )

        return _MARK.sub(note, escape(text))

    parts = [_ODT_HEAD]
    for kind, group in groupby(report.elements, key=lambda element: element.kind):
        elements = list(group)
        if kind == "title":
            parts.append(f'<text:p text:style-name="Title">{inline(elements[0].text)}</text:p>')
        elif kind == "heading":
            parts += [
                f'<text:h text:outline-level="{e.level}">{inline(e.text)}</text:h>'
                for e in elements
            ]
        elif kind in ("item", "numbered"):
            items = (f"<text:p>{inline(e.text)}</text:p>" for e in elements)
            parts.append(
                "<text:list>"
                + "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
                + "</text:list>"
            )
        elif kind == "row":
            columns = len(elements[0].header)
            rows = [f'<table:table-column table:number-columns-repeated="{columns}"/>']
            rows.append(f"<table:table-header-rows>{_odt_row(elements[0].header)}")
            rows.append("</table:table-header-rows>")
            rows += [_odt_row(element.cells) for element in elements]
            parts.append(f"<table:table>{''.join(rows)}</table:table>")
        else:
            parts += [f"<text:p>{inline(element.text)}</text:p>" for element in elements]
    parts.append("</office:text></office:body></office:document-content>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "".join(parts))
        archive.writestr("META-INF/manifest.xml", _ODT_MANIFEST)


def _odt_row(cells: tuple[str, ...]) -> str:
    inner = "".join(
        f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


def as_pptx(report: TrueReport, path: Path) -> None:
    """Writes a presentation: a slide for each heading, its text as bullets, tables apart."""
    import pptx
    from pptx.util import Inches

    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = report.title
    frame = None
    for kind, group in groupby(report.elements[1:], key=lambda element: element.kind):
        elements = list(group)
        if kind == "row":
            slide = presentation.slides.add_slide(presentation.slide_layouts[6])
            header = elements[0].header
            shape = slide.shapes.add_table(
                len(elements) + 1, len(header), Inches(1), Inches(1), Inches(8), Inches(3)
            )
            for row, cells in enumerate([header, *(e.cells for e in elements)]):
                for column, text in enumerate(cells):
                    shape.table.cell(row, column).text = text
            frame = None
            continue
        for element in elements:
            if kind == "heading":
                slide = presentation.slides.add_slide(presentation.slide_layouts[1])
                slide.shapes.title.text = element.text
                frame = slide.placeholders[1].text_frame
                frame.text = ""
            else:
                if frame is None:
                    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
                    slide.shapes.title.text = "Suite"
                    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(4))
                    frame = box.text_frame
                frame.add_paragraph().text = _MARK.sub("", element.text)
    presentation.save(str(path))
