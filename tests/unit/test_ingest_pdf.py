"""The rules of PDF reading, one by one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ingest.glyphs import flowing, visible
from ingest.layout import Layout, PageSize, WordBox, line_boxes, page_spans
from ingest.locating import locate
from ingest.ocr.page import Turn
from ingest.ocr.skew import skew
from ingest.pdf.elements import Line, PageContent, Word
from ingest.pdf.furniture import remove_furniture
from ingest.pdf.hyphens import Vocabulary
from ingest.pdf.legibility import is_garbled
from vectorstore.models import Span


@pytest.mark.parametrize(
    ("left", "right", "keeps"),
    [
        ("développe-", "ment", False),
        ("collabora‐", "tion", False),
        ("porte-", "parole", True),
        ("Saint-", "Laurent", True),
        ("Saint-Lau-", "rent", False),
        ("a-t-", "il", True),
        ("2024-", "2025", True),
        ("Plu-", "sieurs", False),
        ("rayonne\u00ad", "ment", False),
        ("c’est-", "à-dire", True),
        ("PORTU-", "AIRE", False),
        ("vice-", "président", True),
        ("interterrito-", "riale", False),
        ("l’électri-", "fication", False),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, keeps: bool) -> None:
    assert Vocabulary(()).keeps_hyphen(left, right) is keeps


def test_the_document_decides_about_its_own_words() -> None:
    words = Vocabulary(["le porteparole et le multi-usage"])
    assert not words.keeps_hyphen("porte-", "parole")
    assert words.keeps_hyphen("multi-", "usage")


def test_what_cannot_be_seen_is_gone() -> None:
    assert visible("ef\ufb01cace\u200b\x07") == "efficace"
    assert visible("e\u0301te\u0301") == "été"
    assert flowing("  un\n deux\u00a0: trois\u00ad ") == "un deux\u00a0: trois"


@given(st.text())
def test_flowing_text_has_no_break_and_no_control(text: str) -> None:
    result = flowing(text)
    assert result == result.strip()
    assert not any(character in "\n\r\t\x00\u200b\ufeff" for character in result)
    assert flowing(result) == result


def _line(text: str, y: float, size: float = 10, x: float = 50) -> Line:
    words = [
        Word(part, x + 40 * index, x + 40 * index + 35, y, size, False, 0, index)
        for index, part in enumerate(text.split())
    ]
    return Line(words)


def _pages(*pages: list[Line]) -> list[PageContent]:
    return [PageContent(number, 612, 792, lines) for number, lines in enumerate(pages, 1)]


def test_running_heads_and_page_numbers_go() -> None:
    bodies = ["Un premier texte", "Un autre texte", "Encore un texte"]
    pages = _pages(
        *(
            [_line("Ville de Port-Clair", 40), _line(body, 90), _line(f"Page {number}", 770)]
            for number, body in enumerate(bodies, 1)
        )
    )
    remove_furniture(pages)
    assert [[line.text for line in page.lines] for page in pages] == [[body] for body in bodies]


def test_a_text_repeated_at_the_top_of_pages_stays() -> None:
    pages = _pages(
        [_line("Même phrase", 80), _line("suite une", 93)],
        [_line("Autre début", 80), _line("suite deux", 93)],
        [_line("Même phrase", 80), _line("suite trois", 93)],
    )
    remove_furniture(pages)
    assert [len(page.lines) for page in pages] == [2, 2, 2]


def test_notes_of_the_same_words_stay() -> None:
    pages = _pages(
        *(
            [_line(f"Texte {word}", 90), _line("5 Ibid. p. 3", 740, 8)]
            for word in ("un", "deux", "trois")
        )
    )
    remove_furniture(pages)
    assert all(len(page.lines) == 2 for page in pages)


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("La Ville de Port-Clair a rencontré les représentants du port et de l’île. " * 3, False),
        ("The city met the representatives of the port and of the region. " * 3, False),
        ("Oc Xknng fg Rqtv Encktg c tgpeqpvtê ngu tgrtêugpvcpvu fw rqtv gv fg nc " * 3, True),
        ("\ue001\ue002\ue003" * 30, True),
        ("12 345 $ 67 %", False),
        ("Anaïs Côté, mairesse suppléante ; Éloi Tremblay, conseiller ; Benoît Lavoie, port " * 3,
         False),
    ],
)  # fmt: skip
def test_garbled_text_is_told(text: str, garbled: bool) -> None:
    assert is_garbled(text) is garbled


LAYOUT = Layout(
    (PageSize(100, 200), PageSize(100, 200)),
    (
        WordBox(0, 2, 1, 10, 20, 20, 30),
        WordBox(3, 8, 1, 22, 20, 50, 30),
        WordBox(8, 11, 1, 10, 32, 30, 42),
        WordBox(12, 16, 2, 10, 20, 40, 30),
    ),
)
TEXT = "La délégation vue"


def test_a_quote_over_lines_and_pages_has_rectangles_on_each() -> None:
    one, two = locate("La déléga­ vue!", LAYOUT, "La délé", 0), locate(TEXT, LAYOUT, "gation vue", 0)
    assert len(one[0].rectangles) == 1
    assert [mark.page for mark in two] == [1, 2]
    assert [box.page for box in LAYOUT.inside(Span(0, 12))] == [1, 1, 1]
    assert len(line_boxes(LAYOUT.boxes)) == 3


def test_white_space_goes_with_the_word_before() -> None:
    spans = page_spans(LAYOUT.boxes, 16)
    assert [(part.page, part.span.start, part.span.end) for part in spans] == [
        (1, 0, 12),
        (2, 12, 16),
    ]
    assert page_spans((), 0) == ()


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 1.3, 4.0])
def test_skew_is_found(angle: float) -> None:
    page = Image.new("L", (850, 1100), 255)
    pen = ImageDraw.Draw(page)
    random = np.random.default_rng(1)
    for y in range(100, 1000, 24):
        x = 80
        while x < 760:
            width = int(random.integers(20, 70))
            pen.rectangle((x, y, x + width, y + 10), fill=0)
            x += width + 9
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew(turned) == pytest.approx(-angle, abs=0.12)


def test_a_box_is_turned_back_to_where_it_was() -> None:
    turn = Turn(angle=2.0, width=600, height=800)
    box = WordBox(0, 1, 1, 500, 100, 520, 110)
    back = turn.back(box)
    # Turning the page counter-clockwise lifts its right side: it was lower before.
    assert back.top - box.top == pytest.approx(math.tan(math.radians(2)) * 210, abs=1)
