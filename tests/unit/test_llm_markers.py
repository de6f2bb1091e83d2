"""Reading a model's answer while it is written."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.llm.markers import AnswerParser, Written
from assistant.llm.markup import plain

PASSAGES = 5


def parsed(answer: str, step: int = 1) -> list[Written]:
    parser = AnswerParser(PASSAGES)
    found = []
    for start in range(0, len(answer), step):
        found += parser.feed(answer[start : start + step])
    return found + parser.close()


def pairs(answer: str, step: int = 1) -> list[tuple[str, tuple[int, ...]]]:
    return [(written.text, written.numbers) for written in parsed(answer, step)]


CASES = {
    "a marker before the full stop": ("Oslo a 4 ports [1].", [("Oslo a 4 ports.", (1,))]),
    "a marker after it": ("Oslo a 4 ports. [1]", [("Oslo a 4 ports.", (1,))]),
    "markers on both sides": ("Un [1]. [2] Deux.", [("Un.", (1, 2)), ("Deux.", ())]),
    "several numbers": ("Un [1, 3; 4].", [("Un.", (1, 3, 4))]),
    "a range": ("Un [2-4].", [("Un.", (2, 3, 4))]),
    "numbers joined by a word": ("Un [1 et 2].", [("Un.", (1, 2))]),
    "labels": ("Un [Passage 1, passage 2] deux [Source n° 3].", [("Un deux.", (1, 2, 3))]),
    "a footnote's marker": ("Un [^2].", [("Un.", (2,))]),
    "other brackets": ("Un 【1】 deux ［2］ trois [[3]].", [("Un deux trois.", (1, 2, 3))]),
    "a marker that is a link": ("Un [1](https://a.example).", [("Un.", (1,))]),
    "unknown numbers are dropped": ("Un [9] deux [0] trois [6].", [("Un deux trois.", ())]),
    "known among unknown": ("Un [2, 99].", [("Un.", (2,))]),
    "false markers are dropped": ("Un [1a] deux [fig. 3 x].", [("Un deux.", ())]),
    "a repeated marker": ("Un [1] deux [1].", [("Un deux.", (1,))]),
    "abbreviations don't end": ("M. Roy et Mme A. Lee. Fin.", ["M. Roy et Mme A. Lee.", "Fin."]),
    "numbers don't end": ("Il a 3.5 M$ en 2024. Oui.", ["Il a 3.5 M$ en 2024.", "Oui."]),
    "list items": ("Liste :\n- Un [1]\n- Deux [2]\n", [("Un", (1,)), ("Deux", (2,))]),
    "numbered items": ("1. Un fait.\n2) Un autre.", ["Un fait.", "Un autre."]),
    "headings": ("## Titre\n**Autre titre**\nUn fait.", ["Un fait."]),
    "lead-ins": ("Voici la réponse :\nUn fait.", ["Un fait."]),
    "emphasis": ("Un **fait** _sûr_ et `net`.", ["Un fait sûr et net."]),
    "links": ("Voir [le site](https://a.example/b) ici.", ["Voir le site ici."]),
    "images": ("Un ![x](https://a.example/b.png) fait.", ["Un fait."]),
    "bare addresses": ("Voir https://a.example/?q=1 et www.b.example ici.", ["Voir et ici."]),
    "scripts' addresses": ("Clic javascript:alert(1) ici.", ["Clic ici."]),
    "tags": ("Un <b>fait</b> <img src=x onerror=alert(1)> net.", ["Un fait net."]),
    "comments": ("Un <!-- caché. Très caché. --> fait.", ["Un fait."]),
    "comments over lines": ("Un <!-- a.\nb.\n--> fait.", ["Un fait."]),
    "a comment without an end": ("Un fait. <!-- caché. Oui.", ["Un fait."]),
    "thoughts": ("<think>Hum. Voyons.\nBien.</think>Un fait.", ["Un fait."]),
    "thoughts without a beginning": ("Hum</think>Un fait.", ["Un fait."]),
    "thoughts without an end": ("<think>Hum. Voyons. Encore.", []),
    "special tokens": ("Un fait.<|im_end|> Deux.<|im_start|>", ["Un fait.", "Deux."]),
    "zero-width characters": ("Un\u200b fa\u00adit\u2060\U000e0041.", ["Un fait."]),
    "a quotation": ("Il dit « Oui. Non. » hier. Fin.", ["Il dit « Oui. Non. » hier.", "Fin."]),
    "typography": ("Oui\u00a0? 3\u202f000\u00a0l\u00a0!", ["Oui\u00a0?", "3\u202f000\u00a0l\u00a0!"]),  # noqa: E501
    "comparison signs": ("Il y a 3 < 5 km et x > 2.", ["Il y a 3 < 5 km et x > 2."]),
    "nothing": ("", []),
    "no words": ("--- *** 12 .", []),
    "only a marker": ("[1]", []),
    "half a marker": ("Un fait. Deux faits [1", ["Un fait.", "Deux faits"]),
    "half an image": ("Un fait. ![a](http://b", ["Un fait."]),
}  # fmt: skip


@pytest.mark.parametrize("step", [1, 4, 10_000])
@pytest.mark.parametrize(("answer", "expected"), CASES.values(), ids=CASES.keys())
def test_named_cases(
    answer: str, expected: list[tuple[str, tuple[int, ...]]] | list[str], step: int
) -> None:
    found = pairs(answer, step)
    if expected and isinstance(expected[0], str):
        assert [text for text, _ in found] == expected
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("answer", "cut_off"),
    [
        ("Un fait.", False),
        ("Un fait [1]", False),
        ("Un fait [1].", False),
        ("Est-ce vrai\u00a0?", False),
        ("Il dit «\u00a0oui.\u00a0»", False),
        ("Liste\u00a0:\n- Un fait [1]\n- Deux [2]\n", False),
        ("Un fait. Un autre, de la vi", True),
        ("Un fait. Un autre [1", True),
        ("Oslo a investi 3,", True),
        ("", False),
    ],
)
def test_an_end_within_a_sentence_is_noticed(answer: str, cut_off: bool) -> None:
    parser = AnswerParser(PASSAGES)
    parser.feed(answer)
    parser.close()
    assert parser.is_cut_off is cut_off


HOSTILE = st.lists(
    st.sampled_from([*"[]()<>!/*_`#:.«» \n\t12abÉ-–|&;", "http://a", "<!--", "-->", "[1]", "<b>"]),
    max_size=60,
).map("".join)
ORDINARY = st.lists(
    st.sampled_from(
        ["a", "3,5", "M$", "en", "2024.", "[1]", "[2, 3].", "Puis", "oui !", "M.", "\n- Un"]
    )
).map(lambda parts: " ".join(["Oslo", *parts]))


@example("_http://a", 1)
@example("://a", 1)
@given(HOSTILE, st.integers(1, 7))
def test_what_comes_out_is_plain_however_it_came(answer: str, step: int) -> None:
    for written in parsed(answer, step):
        assert not re.search(r"[\[\]【】]|<[a-zA-Z/!]|://|\n|[\u200b-\u200f]", written.text)
        assert written.text == written.text.strip()
        assert all(1 <= number <= PASSAGES for number in written.numbers)


@example("Oslo 2024. 3,5 oui ! a a M$", 1)
@example("Oslo 2024. 3,5 oui ! a a", 1)
@given(ORDINARY, st.integers(1, 9))
def test_the_size_of_the_pieces_changes_nothing(answer: str, step: int) -> None:
    assert parsed(answer, step) == parsed(answer, 10_000)


@given(st.text(max_size=60))
def test_offsets_lead_back(markup: str) -> None:
    line = markup.replace("\n", " ")
    read = plain(line, PASSAGES)
    assert len(read.offsets) == len(read.text)
    for character, offset in zip(read.text, read.offsets, strict=True):
        assert line[offset] == character or (character == " " and line[offset].isspace())


def test_no_statement_is_handed_out_before_what_follows_it() -> None:
    parser = AnswerParser(PASSAGES)
    assert parser.feed("Un fait. ") == []
    assert parser.feed("[1") == []
    assert parser.feed("] ") == []
    assert parser.feed("Deux") == []
    assert parser.feed(" faits") == [Written("Un fait.", (1,))]


def test_a_flood_without_sentences_costs_little() -> None:
    parser = AnswerParser(PASSAGES)
    for _ in range(2000):
        assert parser.feed("mot ") == []
    assert parser.waiting == 8000
