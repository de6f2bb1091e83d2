import pytest

from assistant.question import Kind, understand
from vectorstore.models import Pillar

KINDS = [
    ("Combien de personnes ont assisté à la conférence ?", Kind.NUMBER),
    ("Quel est le montant de l'investissement ?", Kind.NUMBER),
    ("How much did the trip cost?", Kind.NUMBER),
    ("What was the total budget?", Kind.NUMBER),
    ("Quand le bureau ouvrira-t-il ?", Kind.DATE),
    ("En quelle année la Ville a-t-elle adhéré ?", Kind.DATE),
    ("When will operations start?", Kind.DATE),
    ("Quelle est la date de lancement ?", Kind.DATE),
    ("Which year did they join?", Kind.DATE),
    ("Qui a participé au panel ?", Kind.WHO),
    ("Who funds the office?", Kind.WHO),
    ("Quels sont les objectifs de la mission ?", Kind.LIST),
    ("Quelles villes étaient présentes ?", Kind.COMPARISON),
    ("Quels partenaires étaient présents ?", Kind.LIST),
    ("What were the objectives?", Kind.LIST),
    ("Which cities attended?", Kind.COMPARISON),
    ("Which partners attended?", Kind.LIST),
    ("Nommez les partenaires", Kind.LIST),
    ("Qu'est-ce qui a été retenu ?", Kind.OTHER),
    ("Que disent les élus de ce qui a changé ?", Kind.OTHER),
    ("What did the city learn about shore power?", Kind.OTHER),
    ("Pourquoi cette mission ?", Kind.OTHER),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: Kind) -> None:
    assert understand(text).kind is kind


def test_names_numbers_and_pillar() -> None:
    question = understand("Qu'est-ce que la Ville a appris du MRIF à Los Angeles en 2024 ?")
    assert question.language == "fr"
    assert question.names == {"mrif", "los", "angeles", "ville"}
    assert question.numbers == {"2024"}
    assert question.pillar is Pillar.APPREND


def test_a_capital_at_the_beginning_is_no_name() -> None:
    assert understand("Budget de la mission").names == frozenset()
    assert understand("AIVP").names == {"aivp"}
