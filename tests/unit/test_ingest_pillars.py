import pytest

from ingest.pillars import is_overview, pillar_of
from vectorstore.models import Pillar

NAMED = {
    Pillar.RAYONNE: [
        "Québec RAYONNE",
        "Rayonner",
        "Lévis rayonne",
        "La Ville de Québec rayonne",
        "2. Québec rayonne",
        "I. QUÉBEC RAYONNE",
        "Axe 1 – Rayonner",
        "Québec rayonne à l’international",
        "Rayonnement international",
        "Rayonnement de Québec",
    ],
    Pillar.APPREND: [
        "QUÉBEC APPREND",
        "La Ville apprend",
        "Volet 2 : Apprendre",
        "3.1 Québec apprend de New York",
        "Saint-Jean-sur-Richelieu apprend",
        "Principaux apprentissages",
        "Ce que la Ville a appris",
        "What Québec learned",
        "Lessons learned",
    ],
    Pillar.ATTIRE: [
        "Québec attire :",
        "Ce que Québec attire",
        "« Québec attire »",
        "ATTIRE",
        "Attraction",
        "Une ville qui attire",
    ],
    Pillar.OBJECTIFS: [
        "OBJECTIFS DE MISSION",
        "Objectifs",
        "Les objectifs de la mission à Rotterdam",
        "3. Objectifs généraux",
        "Mission objectives",
        "Goals of the mission",
    ],
}
UNNAMED = [
    "",
    "…",
    "Contexte",
    "Attraction d’une représentation permanente de l’AIVP à Québec",
    "Objectifs de développement durable",
    "Les objectifs climatiques du port",
    "L’attractivité économique du centre-ville de Rotterdam",
    "Rayonner, apprendre, attirer",
    "Il a attiré l’attention",
    "Prochaines étapes",
    "Le projet qui attire les foules et que tout le monde veut voir de ses yeux ici",
]


@pytest.mark.parametrize(
    ("heading", "pillar"),
    [(heading, pillar) for pillar, headings in NAMED.items() for heading in headings],
)
def test_headings_that_name_a_pillar(heading: str, pillar: Pillar):
    assert pillar_of(heading) is pillar
    assert pillar_of(heading.upper()) is pillar


@pytest.mark.parametrize("heading", UNNAMED)
def test_headings_that_name_none(heading: str):
    assert pillar_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Aperçu des principales retombées de la mission", True),
        ("4. Retombées", True),
        ("Bilan de la mission", True),
        ("Overview of outcomes", True),
        ("Bilan énergétique du port", False),
        ("Québec rayonne", False),
    ],
)
def test_overviews(heading: str, expected: bool):
    assert is_overview(heading) is expected
