"""Three small reports over which language models are tested, and questions that they answer."""

from pathlib import Path

from tests.builders import content, source_of
from vectorstore.models import Pillar
from vectorstore.store import Store

OSLO = content(
    {
        "Oslo APPREND": [
            "Les navires sont branchés à quai depuis 2018. Le courant à quai a coûté 40 M$ et il "
            "est payé à 60 % par la ville. La régie du port n’a pas augmenté ses tarifs.",
            "Les pistes cyclables sont déneigées avant six heures du matin. Une équipe de 35 "
            "personnes y travaille chaque nuit.",
            "Un troisième terminal est prévu pour 2027.",
        ],
        "Oslo RAYONNE": [
            "La mairesse a prononcé une allocution devant 250 personnes le 14 mai 2024. "
            "Elle a signé une entente avec l’agence Bymiljø."
        ],
    },
    title="Mission à Oslo",
    pillars={"Oslo APPREND": Pillar.APPREND, "Oslo RAYONNE": Pillar.RAYONNE},
)
LIMA = content(
    {
        "Lima APPREND": [
            "Le réseau de bibliothèques compte douze succursales. Les bibliothèques ouvrent "
            "jusqu’à 22 heures et reçoivent 1,2 million de visiteurs par an.",
            "Le programme de lecture a été suspendu en 2021 faute de budget.",
        ]
    },
    title="Mission à Lima",
    city="Lima",
    country="Pérou",
    year=2023,
    pillars={"Lima APPREND": Pillar.APPREND},
)
BOSTON = content(
    {
        "Lessons learned": [
            "The harbour is protected by a seawall of 4 km. The city spent $90 million on it over "
            "six years.",
        ]
    },
    title="Mission to Boston",
    city="Boston",
    country="États-Unis",
    year=2022,
    language="en",
)
REPORTS = {"oslo-2024": OSLO, "lima-2023": LIMA, "boston-2022": BOSTON}

SHORE_POWER = "Combien a coûté le courant à quai à Oslo ?"
SHORE_POWER_EN = "How much did shore power cost in Oslo?"
LIBRARIES = "Combien de succursales compte le réseau de bibliothèques à Lima ?"
SEAWALL = "What protects the harbour in Boston?"


def publish(data_dir: Path, folder: Path) -> None:
    """Write the three reports into a data folder."""
    with Store.open(data_dir) as store:
        for report_id, made in REPORTS.items():
            store.publish(report_id, made, source=source_of(made, folder))
