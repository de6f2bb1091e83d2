import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, Document
from ingest.flow import FlowText
from ingest.passages import passages_of
from ingest.readers.text import document_of
from ingest.settings import IngestSettings
from ingest.structure import sections_of
from vectorstore.models import PassageDraft, Span

SETTINGS = IngestSettings()
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM
FOOTNOTE, ROW = BlockKind.FOOTNOTE, BlockKind.TABLE_ROW


def words(count: int, *, sentence: int = 20) -> str:
    """A text of `count` words in sentences."""
    made = list(
        itertools.islice(itertools.cycle("le port de la ville et ses quais".split()), count)
    )
    for first in range(0, count, sentence):
        made[first] = made[first].capitalize()
        made[min(first + sentence, count) - 1] += "."
    return " ".join(made)


def cut(*parts: tuple[BlockKind, str]) -> tuple[Document, list[str]]:
    flow = FlowText()
    for kind, text in parts:
        flow.add(kind, text, 1)
    document = flow.document(Path("x"))
    drafts = passages_of(document.text, sections_of(document), SETTINGS)
    return document, [draft.span.of(document.text) for draft in drafts]


def lengths(*parts: tuple[BlockKind, str]) -> list[int]:
    return [len(text.split()) for text in cut(*parts)[1]]


CASES = {
    "long paragraphs stand alone": (
        [(PARAGRAPH, words(100)), (PARAGRAPH, words(90))],
        [100, 90],
    ),
    "short paragraphs share": ([(PARAGRAPH, words(30))] * 2, [60]),
    "a short paragraph left over goes to the one before": (
        [(PARAGRAPH, words(100)), (PARAGRAPH, words(20))],
        [120],
    ),
    "short bullets share": ([(ITEM, "• " + words(20))] * 5, [105]),
    "but not more than fit": ([(ITEM, "• " + words(40))] * 6, [205, 41]),
    "a long bullet stands alone": (
        [(ITEM, "• " + words(20)), (ITEM, "• " + words(80)), (ITEM, "• " + words(20))],
        [21, 81, 21],
    ),
    "a lead-in stays with a long bullet": (
        [(PARAGRAPH, "Trois axes :"), (ITEM, "• " + words(100)), (ITEM, "• " + words(100))],
        [104, 101],
    ),
    "a lead-in goes with its bullets, not with what stands before": (
        [(PARAGRAPH, words(90)), (PARAGRAPH, "Trois axes :"), (ITEM, "• " + words(20))],
        [90, 24],
    ),
    "a tiny section stays whole": ([(PARAGRAPH, "Deux mots.")], [2]),
    "footnotes stay among themselves": (
        [
            (PARAGRAPH, words(20)),
            (FOOTNOTE, "¹ Source."),
            (FOOTNOTE, "² Autre."),
            (PARAGRAPH, "Fin."),
        ],
        [20, 4, 1],
    ),
    "rows share": ([(ROW, "Poste : Transport — Montant : 4 $")] * 10, [80]),
    "nothing crosses a heading": (
        [(PARAGRAPH, words(10)), (HEADING, "Contexte"), (PARAGRAPH, words(10))],
        [10, 10],
    ),
    "a giant paragraph is cut evenly between sentences": (
        [(PARAGRAPH, words(500))],
        [180, 180, 140],
    ),
    "a giant sentence is cut between words": (
        [(PARAGRAPH, words(500, sentence=1000))],
        [220, 220, 60],
    ),
}


@pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES.keys())
def test_lengths_of_passages(parts, expected):
    assert lengths(*parts) == expected


def test_a_bullet_is_quoted_without_its_mark():
    document, [text] = cut((ITEM, "1. Apprendre. Comprendre."), (ITEM, "• Rayonner"))
    assert text == "1. Apprendre. Comprendre.\n• Rayonner"
    [draft] = passages_of(document.text, sections_of(document), SETTINGS)
    quotes = [sentence.of(document.text) for sentence in draft.sentences]
    assert quotes == ["Apprendre.", "Comprendre.", "Rayonner"]


def test_words_without_spaces_are_cut_too():
    _, texts = cut((PARAGRAPH, "a" * 5000), (PARAGRAPH, "港" * 1000))
    assert all(len(text) <= 2000 for text in texts)
    assert "".join(texts) == "a" * 5000 + "港" * 1000


def check(document: Document, drafts: tuple[PassageDraft, ...]) -> None:
    """What holds for the passages of any document."""
    sections = sections_of(document)
    for one, other in itertools.pairwise(drafts):
        assert one.span.end <= other.span.start
        assert one.section <= other.section
    for draft in drafts:
        span, text = draft.span, draft.span.of(document.text)
        assert sections[draft.section].section.span.contains(span)
        assert text.strip()
        assert len(text.split()) <= SETTINGS.passage_max_words + 60
        assert draft.sentences
        covered = span.start
        for sentence in draft.sentences:
            assert span.contains(sentence)
            assert sentence.start >= covered
            covered = sentence.end
    for section in sections:
        for block in section.blocks:
            assert_covered(document.text, block, drafts)


def assert_covered(text: str, block: Block, drafts: tuple[PassageDraft, ...]) -> None:
    """Every character of a block but white space is in a passage."""
    position = block.span.start
    for draft in drafts:
        if draft.span.overlaps(block.span):
            assert not text[position : max(position, draft.span.start)].strip()
            position = max(position, draft.span.end)
    assert not text[position : block.span.end].strip()


PARTS = st.lists(
    st.tuples(
        st.sampled_from(BlockKind),
        st.one_of(
            st.text(max_size=200),
            st.integers(1, 700).map(words),
            st.integers(1, 600).map(lambda count: "• " + words(count, sentence=999)),
            st.sampled_from(["Trois axes :", "1. Objectif.", "¹ Source.", "•", "Québec rayonne"]),
        ),
        st.integers(0, 6),
    ),
    max_size=12,
)


@given(PARTS)
def test_passages_of_any_document(parts):
    flow = FlowText()
    for kind, text, level in parts:
        flow.add(kind, text, level)
    if not flow.blocks:
        return
    document = flow.document(Path("x"))
    check(document, passages_of(document.text, sections_of(document), SETTINGS))


@given(st.text(max_size=500).map(lambda text: "Mot " + text))
def test_passages_of_any_text_file(text):
    document = document_of(text, Path("x"))
    check(document, passages_of(document.text, sections_of(document), SETTINGS))


def test_blocks_may_hold_white_space():
    text = "  \n  Un port.  \n"
    document = Document(text, (Block(PARAGRAPH, Span(0, 3)), Block(PARAGRAPH, Span(3, len(text)))))
    [draft] = passages_of(text, sections_of(document), SETTINGS)
    assert [sentence.of(text) for sentence in draft.sentences] == ["Un port."]
