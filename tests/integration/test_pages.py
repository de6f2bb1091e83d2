"""Page images with highlights: of PDF, scans and office files; kept, and made again when lost."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import DamagedFile
from ingest.media_type import MediaType
from ingest.pages import WIDTH, PageViews
from ingest.settings import IngestSettings
from tests.corpus.content import TrueReport, mission_report
from tests.corpus.measure import measure
from tests.corpus.office import as_docx
from tests.corpus.pdf import by_reportlab
from tests.corpus.scan import scan

REPORT = mission_report(11, sections=3, footnotes=False)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    by_reportlab(REPORT, path)
    return path


@pytest.fixture
def views(tmp_path: Path) -> PageViews:
    return PageViews.open(tmp_path / "data", IngestSettings())


def _marked_share(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """The share of a rectangle's pixels that are yellow: all that isn't ink."""
    left, top, width, height = box
    area = image.convert("RGB").crop(
        (
            round(left * image.width) + 1,
            round(top * image.height) + 1,
            round((left + width) * image.width) - 1,
            round((top + height) * image.height) - 1,
        )
    )
    pixels = list(area.get_flattened_data())
    return sum(red - blue > 50 for red, _, blue in pixels) / len(pixels)


def test_a_quote_is_highlighted_on_its_page(views: PageViews, pdf: Path) -> None:
    sentence = REPORT.sentences[-1]
    (mark,) = views.highlights("v", pdf, MediaType.PDF, sentence, 10**6)
    assert mark.page == views.page_count("v", pdf, MediaType.PDF)
    marked = Image.open(views.image("v", pdf, MediaType.PDF, mark.page, mark.rectangles))
    plain = Image.open(views.image("v", pdf, MediaType.PDF, mark.page))
    assert marked.format == "WEBP"
    assert marked.width == plain.width == WIDTH
    for box in mark.rectangles:
        place = (box.left, box.top, box.width, box.height)
        assert _marked_share(marked, place) > 0.5
        assert _marked_share(plain, place) < 0.05


def test_of_two_places_the_nearest_is_taken(views: PageViews, pdf: Path) -> None:
    text = "Port-Clair"
    first = views.highlights("v", pdf, MediaType.PDF, text, 0)
    last = views.highlights("v", pdf, MediaType.PDF, text, 10**6)
    assert first[0].page == 1
    assert last != first


def test_a_quote_that_is_not_there_has_no_rectangle(views: PageViews, pdf: Path) -> None:
    assert views.highlights("v", pdf, MediaType.PDF, "absent de ce rapport", 0) == ()
    assert views.highlights("v", pdf, MediaType.PDF, "", 0) == ()
    assert views.highlights("v", pdf, MediaType.TEXT, "Port-Clair", 0) == ()


def test_images_are_kept_and_made_again(views: PageViews, pdf: Path, tmp_path: Path) -> None:
    first = views.image("v", pdf, MediaType.PDF, 1)
    made = first.stat().st_mtime_ns
    assert views.image("v", pdf, MediaType.PDF, 1).stat().st_mtime_ns == made
    shutil.rmtree(tmp_path / "data" / "pages")
    assert views.image("v", pdf, MediaType.PDF, 1).exists()
    views.sweep({"w"})
    assert not first.exists()


def test_a_page_that_is_not_there_is_refused(views: PageViews, pdf: Path) -> None:
    with pytest.raises(DamagedFile):
        views.image("v", pdf, MediaType.PDF, 99)


@pytest.mark.slow
def test_a_word_file_shows_pages_with_libreoffice(views: PageViews, tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    as_docx(REPORT, path)
    if not views.shows_pages(MediaType.DOCX):
        assert views.highlights("d", path, MediaType.DOCX, REPORT.sentences[0], 0) == ()
        return
    (mark,) = views.highlights("d", path, MediaType.DOCX, REPORT.sentences[0], 0)
    assert views.image("d", path, MediaType.DOCX, mark.page, mark.rectangles).exists()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "angle"), [("scan.pdf", 0.9), ("scan.tiff", -1.4)])
def test_a_scan_is_read_and_highlighted(
    views: PageViews, pdf: Path, tmp_path: Path, name: str, angle: float
) -> None:
    from ingest.sandbox import read_file

    path = tmp_path / name
    scan(pdf, path, dpi=200, angle=angle)
    media_type = MediaType.PDF if name.endswith("pdf") else MediaType.TIFF
    reading = read_file(path, media_type, IngestSettings())
    assert reading.document.warnings == ("ocr-pages",)
    result = measure(reading.document, REPORT)
    assert result.words >= 0.96
    assert result.headings >= 0.95
    views.remember("s", reading)
    page = _page_of(REPORT, reading.document.text)
    (mark, *_) = views.highlights("s", path, media_type, page, 0)
    image = Image.open(views.image("s", path, media_type, mark.page, mark.rectangles))
    box = mark.rectangles[0]
    assert _marked_share(image, (box.left, box.top, box.width, box.height)) > 0.4


def _page_of(report: TrueReport, text: str) -> str:
    """A sentence that was recognised without a slip."""
    return next(sentence for sentence in report.sentences if sentence in text)
