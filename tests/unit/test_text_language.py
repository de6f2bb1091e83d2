import pytest

from vectorstore.text.language import detect_language

FRENCH = [
    "Qu'est-ce que Québec a appris sur l'alimentation à quai ?",
    "alimentation à quai",
    "objectifs mission",
    "Qui était là ?",
    "hydrogène",
    "Et à Copenhague ?",
    "couts projet",
    "pistes cyclables",
    "deneigement rues",
    "membres AIVP",
    "délégation New York",
    "visites thematiques",
    "Quel est le rôle de la NYEDC ?",
    "Blue Highways, c'est quoi ?",
    "AIVP",
    "2025",
    "",
    "???",
]
ENGLISH = [
    "what did Québec learn about shore power?",
    "shore power?",
    "Who signed?",
    "how many participants",
    "blue economy",
    "NYEDC role",
    "Port de Québec financial support",
    "mission budget",
    "climate resilience plans",
    "citizen participation",
    "electrification",
    "bike lanes",
    "snow removal",
    "AIVP members",
    "launch date operations",
    "tell me about Brooklyn",
    "port visits",
    "What does « porte d'entrée » mean?",
]


@pytest.mark.parametrize("question", FRENCH)
def test_french(question: str) -> None:
    assert detect_language(question) == "fr"


@pytest.mark.parametrize("question", ENGLISH)
def test_english(question: str) -> None:
    assert detect_language(question) == "en"
