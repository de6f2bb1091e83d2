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
