"""Reports rendered to PDF by three different programs: Chromium, WeasyPrint, ReportLab."""

import functools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.corpus.content import TrueReport
from tests.corpus.html import Layout, page


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium; the system's, where there is one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        system = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
        yield browser
        browser.close()


def by_chromium(browser: Any, report: TrueReport, layout: Layout, path: Path) -> None:
    """Renders a report as Chromium prints it; it has no footnotes."""
    tab = browser.new_page()
    tab.set_content(page(report, layout))
    tab.pdf(path=path, prefer_css_page_size=True)
    tab.close()


def by_weasyprint(report: TrueReport, layout: Layout, path: Path) -> None:
    """Renders a report with its footnotes at the foot of each page."""
    from weasyprint import HTML

    HTML(string=page(report, layout)).write_pdf(path)


def by_reportlab(report: TrueReport, path: Path, *, columns: int = 1) -> None:
    """Renders a report in one of the standard fonts, with a head and a foot on each page."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        ListFlowable,
        ListItem,
        PageTemplate,
        Paragraph,
        Table,
    )

    text = ParagraphStyle("text", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7)
    heads = {
        0: ParagraphStyle("h0", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=12),
        1: ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceAfter=6,
                          spaceBefore=8, keepWithNext=1),
        2: ParagraphStyle("h2", fontName="Helvetica-Bold", fontSize=11, leading=14, spaceAfter=4,
                          spaceBefore=4, keepWithNext=1),
    }  # fmt: skip
    story: list[Any] = []
    for kind, group in groupby(report.elements, key=lambda element: element.kind):
        elements = list(group)
        if kind in ("title", "heading"):
            story += [Paragraph(element.text, heads[element.level]) for element in elements]
        elif kind == "paragraph":
            story += [Paragraph(_superscript(element.text), text) for element in elements]
        elif kind == "row":
            cells = [list(elements[0].header)] + [list(element.cells) for element in elements]
            story.append(
                Table(
                    [[Paragraph(cell, text) for cell in row] for row in cells],
                    style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
                )
            )
        else:
            items = [ListItem(Paragraph(element.text, text)) for element in elements]
            bullet = "1" if kind == "numbered" else "bullet"
            story.append(ListFlowable(items, bulletType=bullet, leftIndent=16))

    width, height = LETTER
    inner = width - 4 * cm
    each = (inner - (columns - 1) * 0.8 * cm) / columns
    frames = [
        Frame(2 * cm + index * (each + 0.8 * cm), 2 * cm, each, height - 4.4 * cm, 0, 0, 0, 0)
        for index in range(columns)
    ]

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(2 * cm, height - 1.3 * cm, report.running_head)
        canvas.drawCentredString(width / 2, 1.1 * cm, f"- {document.page} -")
        canvas.drawString(2 * cm, 1.1 * cm, report.running_foot)

    template = BaseDocTemplate(str(path), pagesize=LETTER, title=report.title)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    template.build(story)


def _superscript(text: str) -> str:
    import re

    return re.sub(r"\[\^(\d+)\]", r"<super>\1</super>", text)


@functools.cache
def has_chromium() -> bool:
    """Whether Chromium can render test files here."""
    return shutil.which("chromium") is not None
