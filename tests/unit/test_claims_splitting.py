"""A draft cut into claims, and which of them can be checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims.checkable import is_checkable
from assistant.claims.references import made_whole
from assistant.claims.splitting import claim_spans
from assistant.models import Language


def claims(text: str, language: Language = "fr") -> list[str]:
    return [span.of(text) for span in claim_spans(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La conférence a réuni 300 participants et présenté un plan de 3,5 G$.",
            ["La conférence a réuni 300 participants", "présenté un plan de 3,5 G$"],
        ),
        (
            "La délégation comptait 300 participants et un budget de 45 000 $.",
            ["La délégation comptait 300 participants", "un budget de 45 000 $"],
        ),
        (
            "Nous avons rencontré le maire, visité le terminal et signé une entente.",
            ["Nous avons rencontré le maire", "visité le terminal", "signé une entente"],
        ),
        (
            "Le lancement, prévu en janvier 2026, sera soutenu par le MRIF et le Port.",
            ["Le lancement, prévu en janvier 2026, sera soutenu par le MRIF et le Port"],
        ),
        (
            "La visite a duré trois jours, tandis que la suivante a duré cinq jours.",
            ["La visite a duré trois jours", "la suivante a duré cinq jours"],
        ),
        (
            "La boucle chauffe et climatise 500 000 m² de bureaux.",
            ["La boucle chauffe et climatise 500 000 m² de bureaux"],
        ),
        (
            "Je suis fière de vous annoncer que la Ville a signé une entente.",
            ["la Ville a signé une entente"],
        ),
        ("Entre 20 et 30 villes étaient présentes.", ["Entre 20 et 30 villes étaient présentes"]),
    ],
)
def test_coordinated_facts_are_cut_apart(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


def test_english_facts_are_cut_apart() -> None:
    text = "We met the mayor, visited the terminal and signed a five-year agreement."
    assert claims(text, "en") == [
        "We met the mayor",
        "visited the terminal",
        "signed a five-year agreement",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mesdames et messieurs, chers collègues, bonjour", "fr"),
        ("Merci de votre attention", "fr"),
        ("Nous croyons que l’avenir de notre port est électrique", "fr"),
        ("Je m’engage à revenir devant vous en 2026", "fr"),
        ("Nous investirons 10 millions dans le port", "fr"),
        ("Ensemble, nous bâtirons la ville de demain", "fr"),
        ("Il faut agir maintenant", "fr"),
        ("Commençons par Copenhague", "fr"),
        ("C’est un grand plaisir d’être parmi vous ce soir", "fr"),
        ("Good morning, ladies and gentlemen", "en"),
        ("I believe we can do better", "en"),
        ("We will listen, we will learn, and we will act", "en"),
    ],
)
def test_greetings_opinions_and_promises_are_not_checkable(text: str, language: Language) -> None:
    assert not is_checkable(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La conférence a réuni plus de 300 participants", "fr"),
        ("Le lancement est prévu en janvier 2026", "fr"),
        ("Nous avons rencontré la mairesse de Rotterdam", "fr"),
        ("un plan de 3,5 G$", "fr"),
        ("La mobilité durable était au cœur des échanges", "fr"),
        ("Quebec City joined AIVP in 2023", "en"),
    ],
)
def test_facts_are_checkable(text: str, language: Language) -> None:
    assert is_checkable(text, language)


def test_a_question_is_not_checkable() -> None:
    assert not is_checkable("Le port a-t-il accueilli 300 navires", "fr", question=True)


def test_a_claim_is_made_whole_from_what_the_draft_said_before() -> None:
    text = (
        "Le port traite 12 millions de conteneurs et emploie 5 000 personnes. Il a fermé en 2020."
    )
    wholes = [whole.text for whole in made_whole(text, claim_spans(text, "fr"), "fr")]
    assert wholes == [
        "Le port traite 12 millions de conteneurs",
        "Le port emploie 5 000 personnes",
        "Le port a fermé en 2020",
    ]


PIECES = st.sampled_from(
    ["La Ville a signé 3 ententes", "et", ",", ".", " ", "\n\n", "plus de 300 participants", "«",
     "»",
     "Mesdames", "qui a duré trois jours", "G$", "3,5", "—", ";", "mais", "elle emploie", "- "]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join)))
def test_spans_are_in_order_inside_the_text_and_trimmed(text: str) -> None:
    for language in ("fr", "en"):
        end = 0
        for span in claim_spans(text, language):
            assert end <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
            end = span.end
