"""Text files in many layouts: nothing is lost, paragraphs are whole, headings are found."""

import os
import re
import warnings
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.document import BlockKind, Document
from ingest.errors import NoText, UnreadableFile
from ingest.glyphs import SOFT_HYPHEN, visible
from ingest.pdf.hyphens import HYPHENS
from ingest.plain_text.lines import lines_of
from ingest.plain_text.wrapping import detect_wrapping
from ingest.readers.text import TextReader, document_of
from ingest.settings import IngestSettings
from tests.corpus.content import mission_report
from tests.corpus.text import LAYOUTS, text_of, true_blocks

TEXTS = Path(__file__).parent / "texts"
REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "ingest" / "samples" / "mission-new-york-aivp-2025.txt"
FILE = Path("rapport.txt")

TITLE, HEADING, PARAGRAPH = BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH
ITEM, ROW = BlockKind.ITEM, BlockKind.TABLE_ROW


def read(text: str) -> Document:
    return document_of(text, FILE)


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def headings(document: Document) -> list[tuple[int, str]]:
    return [
        (block.level, block.span.of(document.text))
        for block in document.blocks
        if block.kind is HEADING
    ]


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class TestSample:
    """The real report: blank lines between wrapped lines, stray page breaks."""

    document = TextReader(IngestSettings()).read(SAMPLE)

    def test_headings(self):
        assert [text for _, text in headings(self.document)] == [
            "OBJECTIFS DE MISSION",
            "Aperçu des principales retombées de la mission",
            "Québec RAYONNE",
            "Québec APPREND",
            "Québec ATTIRE",
        ]

    def test_everything_else_is_an_item(self):
        kinds = [block.kind for block in self.document.blocks if block.kind is not HEADING]
        assert kinds == [ITEM] * (6 + 3 + 4 + 2)

    def test_items_are_whole(self):
        items = [text for kind, text in blocks(self.document) if kind is ITEM]
        assert items[2] == "3. Mettre en lumière la relation Ville et Port de Québec."
        assert items[8].startswith("• Québec a marqué plusieurs moments forts")
        assert "la position stratégique de la Ville dans le réseau" in items[8]
        assert items[8].endswith("tant sur la scène québécoise que canadienne.")

    def test_nothing_but_white_space_differs_from_the_source(self):
        assert " ".join(self.document.text.split()) == " ".join(SAMPLE.read_text("utf-8").split())

    def test_the_bundled_copy_is_the_real_report(self):
        folder = Path(os.environ.get("ESCALE_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
        if not (folder / SAMPLE.name).is_file():
            warnings.warn(f"{folder} isn't there: the sample was NOT compared", stacklevel=1)
            pytest.skip(f"no {SAMPLE.name} in {folder}; set ESCALE_SHARED_DATA")
        assert SAMPLE.read_bytes() == (folder / SAMPLE.name).read_bytes()


def test_numbered_headings_lettered_items_and_a_title_page():
    document = read((TEXTS / "numbered.txt").read_text("utf-8"))
    assert blocks(document)[:4] == [
        (PARAGRAPH, "VILLE DE PORT-CLAIR"),
        (TITLE, "Rapport de mission à Rotterdam (Pays-Bas)"),
        (PARAGRAPH, "Du 8 au 12 mai 2023"),
        (PARAGRAPH, "Publié le 12 septembre 2023"),
    ]
    assert headings(document) == [
        (1, "1. Contexte"),
        (1, "2. Composition de la délégation"),
        (1, "3. Objectifs de la mission"),
        (1, "4. Retombées"),
        (2, "4.1 Port-Clair rayonne"),
        (2, "4.2 Port-Clair apprend"),
        (2, "4.3 Port-Clair attire"),
        (1, "5. Prochaines étapes"),
    ]
    assert (ITEM, "b) rencontrer les gestionnaires du Rijnhaven ;") in blocks(document)
    assert (PARAGRAPH, "Le port n'a pas de tarif unique.") in blocks(document)


def test_one_paragraph_per_line_without_blank_lines():
    document = read((TEXTS / "one_per_line.txt").read_text("utf-8"))
    assert headings(document) == [
        (1, "Mise en contexte"),
        (1, "Ce que Québec apprend"),
        (2, "Visite du MIT"),
        (1, "Ce que Québec attire"),
        (1, "Conclusion"),
    ]
    assert [kind for kind, _ in blocks(document)].count(PARAGRAPH) == 7


def test_pages_with_running_lines_broken_words_and_nested_items():
    document = read((TEXTS / "pages.txt").read_text("utf-8"))
    assert blocks(document)[0] == (TITLE, "RAPPORT DE MISSION – NANTES 2022")
    assert headings(document) == [(1, "QUÉBEC APPREND"), (1, "QUÉBEC ATTIRE")]
    assert "Rapport de mission\n" not in document.text
    assert "en concertation avec les pêcheurs, selon le porte-parole du port" in document.text
    assert "entre 2015 et 2020, dont le tiers" in document.text
    assert [block.level for block in document.blocks if block.kind is ITEM] == [1, 1, 2, 2, 1]
    assert len(document.blocks) == 12


def test_underlined_headings_in_english():
    document = read((TEXTS / "underlined.txt").read_text("utf-8"))
    assert headings(document) == [
        (1, "Objectives"),
        (1, "What we learned"),
        (2, "Shore power"),
        (1, "Next steps"),
    ]
    assert "by Mr. J. Tremblay, of the Port" in document.text
    assert "---" not in document.text


def test_notes_without_full_stops_stay_searchable_text():
    document = read((TEXTS / "notes.txt").read_text("utf-8"))
    assert {kind for kind, _ in blocks(document)[1:]} == {PARAGRAPH}
    assert len(document.blocks) == 12


def test_lone_bullets_double_spacing_and_a_table_of_tabs():
    document = read((TEXTS / "tabs.txt").read_text("utf-8"))
    assert headings(document) == [(1, "OBJECTIFS"), (1, "QUÉBEC RAYONNE")]
    assert (ITEM, "• Rencontrer les autorités.") in blocks(document)
    assert (ROW, "Poste : Transport — Montant : 4 250 $ — Note : avion") in blocks(document)
    assert sum(kind is PARAGRAPH for kind, _ in blocks(document)) == 1


# What share of the true blocks (kind and text) must be found. Where lines are double-spaced and a
# paragraph's last line is full, nothing tells where the next one begins.
FLOORS = dict.fromkeys(LAYOUTS, 0.995) | {"double-spaced": 0.95, "paged": 0.99}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reports_in_every_layout(layout: str):
    found = total = 0
    for seed in range(25):
        report = mission_report(seed)
        document = read(text_of(report, layout))
        truth = [
            ("item" if kind == "numbered" else kind, squashed(text))
            for kind, text in true_blocks(report)
        ]
        got = [(kind.value, squashed(text)) for kind, text in blocks(document) if kind is not ROW]
        matcher = SequenceMatcher(None, truth, got, autojunk=False)
        found += sum(match.size for match in matcher.get_matching_blocks())
        total += len(truth)
    assert total > 1000
    assert found / total >= FLOORS[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_and_pillars_are_right_in_every_layout(layout: str):
    for seed in range(10):
        report = mission_report(seed)
        found = [text for _, text in headings(read(text_of(report, layout)))]
        assert found == report.headings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La ville –\nle port\n", [(PARAGRAPH, "La ville – le port")]),
        ("\u00ad\nLe\u200b port\u00ad\n", [(PARAGRAPH, "Le port")]),
        (
            "Le\u00a0port a coûté 3\u202f000\u00a0$.",
            [(PARAGRAPH, "Le\u00a0port a coûté 3\u202f000\u00a0$.")],
        ),
        ("QUÉBEC ATTIRE", [(HEADING, "QUÉBEC ATTIRE")]),
        ("Conclusion", [(PARAGRAPH, "Conclusion")]),
        ("- a\n- b", [(ITEM, "- a"), (ITEM, "- b")]),
        ("• Québec RAYONNE", [(ITEM, "• Québec RAYONNE")]),
        (
            "Port\r\rVille\u2028Quai",
            [(PARAGRAPH, "Port"), (PARAGRAPH, "Ville"), (PARAGRAPH, "Quai")],
        ),
    ],
)
def test_small_texts(text: str, expected: list[tuple[BlockKind, str]]):
    assert blocks(read(text)) == expected


def test_a_dash_or_number_at_the_start_of_a_wrapped_line_begins_no_item():
    text = (
        "Les sessions ont montré comment les villes portuaires repensent leurs relations\n"
        "– entre opérations, vie urbaine et responsabilité – et comment elles ont réuni\n"
        "12. participants de plus que prévu lors de la séance de clôture de ce congrès\n"
        "annuel.\n"
    )
    assert [kind for kind, _ in blocks(read(text))] == [PARAGRAPH]


@pytest.mark.parametrize("text", ["", " \n\f\n", "\0\ud800\u200b", "•\n---\n"])
def test_no_text_is_refused(text: str):
    with pytest.raises(NoText, match=FILE.name):
        read(text)


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableFile, match=r"gone\.txt"):
        TextReader(IngestSettings()).read(tmp_path / "gone.txt")


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "",
            " ",
            "\f",
            "Québec RAYONNE",
            "OBJECTIFS",
            "1. Participer à la conférence et à ses séances, qui ont réuni des centaines de",
            "• Un quai",
            "- un port",
            "o\tun sous-point",
            "3",
            "Poste\tMontant",
            "=====",
            "la ville et le port ont signé une entente sur l'électrification des quais qui",
            "Port-Clair, Lévis et Sept-Îles y ont pris part avec leurs partenaires de longue",
            "date. Le budget est de 3,5 G$.",
            "  12 – ensuite",
            "Contexte",
            "¹ Source",
            "Rapport de mission",
        ]
    ),
    max_size=40,
).map("\n".join)


def test_closing_marks_on_a_line_by_themselves_are_kept():
    text = "Il a rappelé que « l’amitié entre les deux villes de Port-Clair remonte à 1967\n». Fin."
    assert read(text).text == text.replace("\n", " ")
    assert (
        read("« l’amitié entre les deux villes\n».").text == "« l’amitié entre les deux villes »."
    )


FILES = st.one_of(LINES, st.text(max_size=400))


@given(FILES)
@example("a-\nb")
@example("\ud800\ndéjà\0 vu")
@example("\x1c\x85\u2029é")
def test_no_letter_or_digit_is_lost(text: str):
    """Form feeds aside, which part running lines and page numbers from the text."""
    text = text.replace("\f", "\n")
    try:
        document = read(text)
    except NoText:
        assert not any(map(str.isalnum, visible(text)))
        return
    lines = lines_of(text)
    source = [character for line in lines for character in line.text if character.isalnum()]
    kept = [character for character in document.text if character.isalnum()]
    if any(line.is_row for line in lines):
        assert set(kept) == set(source)
    else:
        assert kept == source
    for block in document.blocks:
        written = block.span.of(document.text)
        assert written == written.strip() != ""
        assert SOFT_HYPHEN not in written


@given(FILES)
def test_only_white_space_and_hyphens_at_line_ends_differ(text: str):
    """Lines without a letter or digit are ornaments; they go."""
    lines = lines_of(text.replace("\f", "\n").replace("\t", " "))
    lines = [line for line in lines if any(map(str.isalnum, line.text))]
    if not lines:
        return
    source = "\n".join(line.text for line in lines)
    without_hyphens = dict.fromkeys(map(ord, HYPHENS))
    found = squashed(read(source).text).translate(without_hyphens)
    assert found == squashed(source).translate(without_hyphens)


@given(st.text(max_size=200))
def test_wrapping_is_detected_in_anything(text: str):
    assert detect_wrapping(lines_of(text)).width >= 0
