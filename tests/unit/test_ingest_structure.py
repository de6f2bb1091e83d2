from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import BlockKind, Document
from ingest.flow import FlowText
from ingest.structure import sections_of

TITLE, HEADING, PARAGRAPH = BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH


def document(*parts: tuple[BlockKind, str, int]) -> Document:
    flow = FlowText()
    for part in parts:
        flow.add(*part)
    return flow.document(Path("x"))


def outline(*headings: tuple[int, str, bool]) -> list[tuple[tuple[str, ...], str | None]]:
    """Paths and pillars of sections under headings of (level, text, has text of its own)."""
    parts: list[tuple[BlockKind, str, int]] = []
    for level, text, has_text in headings:
        parts.append((HEADING, text, level))
        if has_text:
            parts.append((PARAGRAPH, "Un texte.", 0))
    return [
        (section.section.heading_path, section.section.pillar and section.section.pillar.value)
        for section in sections_of(document(*parts))
    ]


CASES = {
    "pillars come under the overview before them": (
        [
            (1, "OBJECTIFS", True),
            (1, "Aperçu des principales retombées", False),
            (1, "Québec RAYONNE", True),
            (1, "Québec ATTIRE", True),
            (1, "Conclusion", True),
        ],
        [
            (("OBJECTIFS",), "objectifs"),
            (("Aperçu des principales retombées",), None),
            (("Aperçu des principales retombées", "Québec RAYONNE"), "rayonne"),
            (("Aperçu des principales retombées", "Québec ATTIRE"), "attire"),
            (("Conclusion",), None),
        ],
    ),
    "so they do under any heading that only announces them": (
        [(2, "Ce que la mission a donné", False), (2, "Québec apprend", True)],
        [
            (("Ce que la mission a donné",), None),
            (("Ce que la mission a donné", "Québec apprend"), "apprend"),
        ],
    ),
    "but not under a section with a text of its own": (
        [(1, "Contexte", True), (1, "Québec apprend", True)],
        [(("Contexte",), None), (("Québec apprend",), "apprend")],
    ),
    "what stands below a pillar has its pillar, at the right depth": (
        [
            (1, "Retombées", False),
            (1, "Québec apprend", True),
            (2, "Alimentation à quai", True),
            (1, "Québec attire", True),
            (2, "Un bureau", True),
        ],
        [
            (("Retombées",), None),
            (("Retombées", "Québec apprend"), "apprend"),
            (("Retombées", "Québec apprend", "Alimentation à quai"), "apprend"),
            (("Retombées", "Québec attire"), "attire"),
            (("Retombées", "Québec attire", "Un bureau"), "attire"),
        ],
    ),
    "levels of the file's own are kept": (
        [(1, "Retombées", True), (2, "Québec apprend", True), (1, "Suites", True)],
        [
            (("Retombées",), None),
            (("Retombées", "Québec apprend"), "apprend"),
            (("Suites",), None),
        ],
    ),
    "a level may be skipped": (
        [(1, "Contexte", True), (4, "Détail", True), (2, "Suite", True)],
        [(("Contexte",), None), (("Contexte", "Détail"), None), (("Contexte", "Suite"), None)],
    ),
    "a sentence on a pillar's subject inside another pillar is of that other": (
        [(1, "Québec apprend", True), (2, "Rotterdam attire des entreprises de partout", True)],
        [
            (("Québec apprend",), "apprend"),
            (("Québec apprend", "Rotterdam attire des entreprises de partout"), "apprend"),
        ],
    ),
    "a pillar found too deep is still a pillar": (
        [(1, "Québec rayonne", True), (2, "Québec apprend", True)],
        [
            (("Québec rayonne",), "rayonne"),
            (("Québec rayonne", "Québec apprend"), "apprend"),
        ],
    ),
}


@pytest.mark.parametrize(("headings", "expected"), CASES.values(), ids=CASES.keys())
def test_paths_and_pillars(headings, expected):
    assert outline(*headings) == expected


def test_the_title_heads_no_section():
    made = sections_of(
        document((TITLE, "Rapport", 0), (PARAGRAPH, "Avant.", 0), (HEADING, "Contexte", 1))
    )
    assert [section.section.heading_path for section in made] == [(), ("Contexte",)]
    assert len(made[0].blocks) == 1


TEXTS = st.sampled_from(["Québec rayonne", "Objectifs", "Retombées", "Contexte", "Un port."])
PARTS = st.lists(st.tuples(st.sampled_from(BlockKind), TEXTS, st.integers(0, 6)), min_size=1)


@given(PARTS)
def test_every_block_is_in_one_section(parts):
    made = document(*parts)
    sections = sections_of(made)
    spans = [section.section.span for section in sections]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = [block for section in sections for block in section.blocks]
    assert kept == [b for b in made.blocks if b.kind not in (HEADING, TITLE)]
    for section in sections:
        assert all(section.section.span.contains(block.span) for block in section.blocks)
