import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.text.normalise import fold, fold_spaces, for_embedding
from vectorstore.text.tokens import content_stems, stem, tokens

WORDS = [
    ("l'alimentation à quai", ["alimentation", "a", "quai"]),
    ("qu’on s'inspire d'ici", ["on", "inspire", "ici"]),
    ("aujourd'hui", ["aujourd", "hui"]),
    ("porte-parole", ["porte", "parole"]),
    ("12 450 000,50 $", ["12450000.50"]),
    ("12\u202f450\u00a0000 €", ["12450000"]),
    ("$12,450,000.50", ["12450000.50"]),
    ("3,5 G$", ["3.5", "g"]),
    ("3.5 billion", ["3.5", "billion"]),
    ("en 2025 300 participants", ["en", "2025", "300", "participants"]),
    ("Sept-Îles, MRIF", ["sept", "iles", "mrif"]),
    ("cœur", ["coeur"]),
    ("CO2", ["co2"]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_and_numbers(text: str, expected: list[str]) -> None:
    assert [token.folded for token in tokens(text)] == expected


@given(st.text())
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    position = 0
    for token in tokens(text):
        assert position <= token.span.start < token.span.end <= len(text)
        assert token.folded
        position = token.span.end


def test_inflections_and_missing_accents_meet() -> None:
    assert stem("electrification", "fr") == stem("electrifications", "fr")
    query = content_stems("Quelles sont les retombees ecologiques ?", "fr")
    assert set(query) <= set(content_stems("La retombée écologique du projet", "fr"))


def test_stop_words_of_the_questions_language_go() -> None:
    assert content_stems("What did the city say about it?", "en") == ["citi", "say"]
    assert "quel" not in content_stems("Quel est le coût du projet ?", "fr")


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    assert fold_spaces(fold_spaces(text)) == fold_spaces(text)
    assert for_embedding(for_embedding(text)) == for_embedding(text)


@given(st.text(st.characters()))
def test_embedding_input_has_no_dangerous_characters(text: str) -> None:
    cleaned = for_embedding(text)
    cleaned.encode("utf-8")
    assert "\0" not in cleaned


def test_apostrophes_become_one() -> None:
    assert for_embedding("l’eau") == for_embedding("l'eau") == "l'eau"
    assert fold("L’ÉTÉ") == "l'ete"
