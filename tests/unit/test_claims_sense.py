"""A statement that turns one word of its sentence is caught by that word's own place."""

import pytest

from assistant.claims.sense import turns_sense
from assistant.claims.statement import Source as Reading
from assistant.claims.statement import read_statements
from assistant.models import Language
from vectorstore.text.normalise import fold

HEATING = "Les ménages paient leur chauffage 12 % moins cher qu’avec le gaz et visent plus loin."
SIGNED = "Le port a confirmé qu’il n’ouvrirait pas de bureau avant 2027, et la Ville a signé."
FACTORY = "L’usine Amager brûle 560 000 tonnes, et Tourisme Lima chiffre les retombées à 3 M$."
PRONOUN = "De plus, elle a adhéré au réseau en 2023."


def turned(claim: str, sentence: str, before: str = "", language: Language = "fr") -> bool:
    known = frozenset({"oslo", "lima"})
    mine, theirs = read_statements(
        [Reading(claim, language, None, known), Reading(sentence, "fr", None, known)], None
    )
    return turns_sense(mine, theirs, fold(before))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Les ménages paient leur chauffage 12 % plus cher qu’avec le gaz.", HEATING),
        ("Le port n’a pas confirmé qu’il n’ouvrirait pas de bureau avant 2027.", SIGNED),
        ("Le port a confirmé qu’il ouvrirait un bureau avant 2027.", SIGNED),
        ("La Ville n’a pas signé.", SIGNED),
        ("Le port n’ouvrirait pas de bureau après 2027.", SIGNED),
        ("Oslo a adhéré au réseau en 2023.", PRONOUN),
        ("L’usine Oslo brûle 560 000 tonnes.", FACTORY),
        ("L’usine brûle 560 000 tonnes, et Oslo chiffre les retombées à 3 M$.", FACTORY),
    ],
)
def test_turned(claim: str, sentence: str) -> None:
    assert turned(claim, sentence, "La Ville de Lima était là.")


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Le chauffage des ménages est 12 % moins cher qu’avec le gaz.", HEATING),
        ("Le port n’ouvrirait pas de bureau avant 2027.", SIGNED),
        ("La Ville a signé.", SIGNED),
        ("Lima a adhéré au réseau en 2023.", PRONOUN),
        ("À Oslo, elle a adhéré au réseau.", PRONOUN),
        ("Rien à voir.", HEATING),
        ("L’usine Amager, à Oslo, brûle 560 000 tonnes.", FACTORY),
        ("À Oslo, l’usine Amager brûle 560 000 tonnes.", FACTORY),
    ],
)
def test_not_turned(claim: str, sentence: str) -> None:
    assert not turned(claim, sentence, "La Ville de Lima était là.")
