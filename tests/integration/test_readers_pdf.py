"""PDF files rendered by three programs are read back, and measured against their true text.

The floors are those that the product promises; see `docs/` for the figures reached.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.layout import Layout as Places
from ingest.locating import locate
from ingest.pdf.reading import read_pdf
from ingest.settings import IngestSettings
from tests.corpus.content import TrueReport, mission_report
from tests.corpus.html import LAYOUTS, Layout
from tests.corpus.measure import measure, squash
from tests.corpus.pdf import by_chromium, by_reportlab, by_weasyprint, chromium
from tests.corpus.rectangles import characters_inside, share_in_order

SETTINGS = IngestSettings()
WORDS, QUOTES, HEADINGS, PAGES = 0.99, 0.98, 0.95, 0.99


@dataclass(frozen=True)
class Rendered:
    """A rendered report. WeasyPrint alone makes footnotes."""

    path: Path
    report: TrueReport
    has_notes: bool = False


NAMES = [
    *(f"{program}-{layout.name}" for program in ("chromium", "weasyprint") for layout in LAYOUTS),
    "reportlab-1",
    "reportlab-2",
]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    folder = tmp_path_factory.mktemp("rendered")
    made: dict[str, Rendered] = {}
    with chromium() as browser:
        for seed, layout in enumerate(LAYOUTS):
            made |= _in_layout(browser, seed, layout, folder)
    for columns in (1, 2):
        report = mission_report(200 + columns)
        path = folder / f"reportlab-{columns}.pdf"
        by_reportlab(report, path, columns=columns)
        made[path.stem] = Rendered(path, report)
    return made


def _in_layout(browser: object, seed: int, layout: Layout, folder: Path) -> dict[str, Rendered]:
    plain = mission_report(seed, sections=4 + seed % 3)
    noted = mission_report(100 + seed, sections=4 + seed % 3)
    first, second = folder / f"chromium-{layout.name}.pdf", folder / f"weasyprint-{layout.name}.pdf"
    by_chromium(browser, plain, layout, first)
    by_weasyprint(noted, replace(layout, notes=True), second)
    return {
        first.stem: Rendered(first, plain),
        second.stem: Rendered(second, noted, has_notes=True),
    }


@pytest.mark.parametrize("name", NAMES)
def test_text_reads_like_the_page(rendered: dict[str, Rendered], name: str) -> None:
    case = rendered[name]
    document, _ = read_pdf(case.path, SETTINGS)
    reading = measure(document, case.report)
    assert reading.words >= WORDS
    assert reading.quotes >= QUOTES, reading.missing_quotes
    assert reading.headings >= HEADINGS, (reading.missing_headings, reading.extra_headings)
    assert reading.levels >= HEADINGS
    assert reading.furniture == 0
    if case.has_notes:
        # WeasyPrint itself loses a note now and then.
        assert reading.notes >= 0.75


@pytest.mark.parametrize("name", NAMES)
def test_rectangles_cover_the_quote_and_nothing_else(
    rendered: dict[str, Rendered], name: str
) -> None:
    case = rendered[name]
    document, places = read_pdf(case.path, SETTINGS)
    whole, covered, beside = 0, 0.0, 0.0
    for sentence in case.report.sentences:
        quote = squash(sentence)
        shown = "".join(
            characters_inside(case.path, highlight.page, highlight.rectangles)
            for highlight in locate(document.text, places, sentence, 0)
        )
        found = squash(shown)
        same = share_in_order(quote, found)
        covered += same
        beside += max(len(found) - same * len(quote), 0) / max(len(found), 1)
        whole += same > 0.98
    count = len(case.report.sentences)
    assert whole / count >= PAGES
    assert covered / count >= 0.99
    assert beside / count <= 0.05


@pytest.mark.parametrize("name", NAMES)
def test_spans_and_pages_hold_together(rendered: dict[str, Rendered], name: str) -> None:
    document, places = read_pdf(rendered[name].path, SETTINGS)
    _check_pages(document.text, places)
    assert document.pages[0].span.start == 0
    assert document.pages[-1].span.end == len(document.text)
    for one, other in zip(document.pages, document.pages[1:], strict=False):
        assert one.span.end == other.span.start
        assert one.page != other.page
    assert {part.page for part in document.pages} <= set(range(1, len(places.pages) + 1))


def _check_pages(text: str, places: Places) -> None:
    position = 0
    for box in places.boxes:
        assert position <= box.start < box.end <= len(text)
        assert not text[box.start : box.end].isspace()
        position = box.end
        page = places.pages[box.page - 1]
        assert -1 <= box.x0 <= box.x1 <= page.width + 1
        assert -5 <= box.top <= box.bottom <= page.height + 5


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("rotated_back", [True, False])
def test_pages_on_their_side(tmp_path: Path, quarters: int, rotated_back: bool) -> None:
    """Content drawn sideways, on a page that is shown turned back or not."""
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    report = mission_report(7, sections=1, footnotes=False)
    path = tmp_path / "turned.pdf"
    canvas = Canvas(str(path), pagesize=(792, 612) if quarters % 2 else (612, 792))
    canvas.rotate(-90 * quarters)
    canvas.translate(*{1: (-612, 0), 2: (-612, -792), 3: (0, -792)}[quarters])
    canvas.setFont("Helvetica", 9)
    for row, sentence in enumerate(report.sentences):
        canvas.drawString(40, 740 - 14 * row, sentence[:100])
    canvas.showPage()
    canvas.save()
    if rotated_back:
        with pypdfium2.PdfDocument(path) as pdf:
            pdf[0].set_rotation(90 * (4 - quarters) % 360)
            pdf.save(tmp_path / "back.pdf")
        path = tmp_path / "back.pdf"
    document, places = read_pdf(path, SETTINGS)
    for sentence in report.sentences:
        assert sentence[:100].strip() in document.text
    (mark,) = locate(document.text, places, report.sentences[0][:100], 0)
    shown = squash(characters_inside(path, 1, mark.rectangles)) if not rotated_back else None
    if shown is not None:
        assert sorted(shown) == sorted(squash(report.sentences[0][:100]))
    assert all(0 <= box.left < 1 and 0 <= box.top < 1 for box in mark.rectangles)
