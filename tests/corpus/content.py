"""The true text of fictitious mission reports of the « Ville de Port-Clair »."""

import random
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["title", "heading", "paragraph", "item", "numbered", "row", "footnote"]

PLACES = [
    ("Rotterdam", "Pays-Bas"),
    ("Nantes", "France"),
    ("Hambourg", "Allemagne"),
    ("Valparaíso", "Chili"),
    ("Gênes", "Italie"),
    ("Busan", "Corée du Sud"),
]
PILLARS = {
    "rayonne": ("Port-Clair RAYONNE", "Québec rayonne", "PORT-CLAIR RAYONNE"),
    "apprend": ("Port-Clair APPREND", "Québec apprend", "PORT-CLAIR APPREND"),
    "attire": ("Port-Clair ATTIRE", "Québec attire", "PORT-CLAIR ATTIRE"),
}
SENTENCES = [
    "La délégation de la Ville de Port-Clair a rencontré {n} représentants du port de {city}.",
    "Le porte-parole de l’administration portuaire a présenté un plan d’investissement de "
    "{m} M$ pour l’électrification des quais.",
    "Les échanges ont porté sur l’adaptation aux changements climatiques, la requalification des "
    "friches industrielles et la gouvernance transparente des projets riverains.",
    "« Nous voulons faire du fleuve un lieu de rencontre », a affirmé la mairesse suppléante.",
    "L’efficience énergétique des infrastructures portuaires figure au premier rang des "
    "priorités, avec une réduction de {p} % des émissions d’ici 2030.",
    "Cette collaboration s’inscrit dans la Vision des relations internationales adoptée en "
    "décembre {y} par le conseil municipal.",
    "Par ailleurs, les participants ont visité le terminal de conteneurs et le nouveau quartier "
    "mixte qui le borde, où {n} logements sociaux seront livrés.",
    "Le vice-président du développement économique a souligné l’importance d’une approche "
    "concertée entre l’arrondissement, les entreprises et les organismes communautaires.",
    "Un protocole d’entente sera soumis au comité exécutif au cours du premier trimestre.",
    "La mission a permis de recenser {n} pratiques inspirantes en matière de gestion des eaux "
    "pluviales, dont les places d’eau et les toits végétalisés.",
    "M. Éloi Tremblay, conseiller en urbanisme, a coanimé un atelier sur la participation "
    "citoyenne auquel ont assisté plus de {n} personnes.",
    "Les coûts de reconstruction après l’inondation de {y} sont estimés à {m} millions de "
    "dollars, soit {p} % du budget annuel de la collectivité.",
    "L’office de tourisme de {city} attribue la hausse de fréquentation de {p} % au "
    "réaménagement du front de mer.",
    "Il a été question de la navette fluviale, du tramway et des pistes cyclables qui relient "
    "la basse-ville aux quartiers nord.",
    "Grâce à son positionnement géostratégique, Port-Clair s’impose comme porte d’entrée du "
    "corridor Saint-Laurent–Grands Lacs.",
    "Les chercheurs de l’université ont décrit un jumeau numérique qui simule les crues en "
    "temps réel et oriente les interventions d’urgence.",
    "Toutefois, la coconstruction avec les communautés exige du temps : trois ans de "
    "consultations ont précédé la première pelletée de terre.",
    "La Ville entend maintenir un dialogue régulier avec ses homologues, notamment par des "
    "rencontres semestrielles et l’échange de personnel spécialisé.",
    "L’économie bleue représente désormais {n} 500 emplois directs dans l’agglomération.",
    "Plusieurs entreprises ont manifesté leur intérêt pour le parc technologique ; deux d’entre "
    "elles prévoient y ouvrir un bureau dès {y}.",
    "Sept-Îles, Saguenay et Port-Clair partagent des défis semblables de main-d’œuvre et de "
    "transport maritime de courte distance.",
    "Le délégué général a rappelé que « l’amitié entre les deux villes remonte à 1967 ».",
    "Cette démarche favorise la rétention des travailleurs qualifiés, l’intégration des "
    "nouveaux arrivants et le rayonnement des institutions culturelles.",
    "Aucune dépense supplémentaire n’est prévue au budget de fonctionnement.",
]
ITEMS = [
    "Signature d’une lettre d’intention avec la Ville de {city} sur l’hydrogène vert.",
    "Participation de l’élue responsable à la séance plénière de clôture, "
    "devant {n} congressistes.",
    "Visite guidée du centre de tri automatisé ; coût de construction : {m} M$.",
    "Rencontre bilatérale avec l’association internationale des villes portuaires, qui regroupe "
    "{n} membres répartis sur cinq continents et qui tiendra sa prochaine conférence en {y}.",
    "Diffusion d’un appel à projets commun destiné aux jeunes entreprises innovantes.",
    "Mise en place d’un comité de suivi composé de représentants des deux administrations.",
]
NOTES = [
    "Données du service de la statistique, rapport annuel {y}.",
    "Montant en dollars canadiens, taxes incluses.",
    "Voir le règlement municipal sur la gestion contractuelle, article {n}.",
    "Source : autorité portuaire, communiqué du 12 mars {y}.",
]
TABLES = [
    (
        ("Poste", "Montant"),
        [("Transport", "4 250 $"), ("Hébergement", "2 100 $"), ("Repas", "835 $")],
    ),
    (
        ("Date", "Activité", "Lieu"),
        [
            ("28 octobre", "Accueil de la délégation", "Hôtel de ville"),
            ("29 octobre", "Visite du terminal et rencontre avec la direction du port", "Port"),
            ("30 octobre", "Atelier sur la résilience côtière", "Université"),
            ("31 octobre", "Signature du protocole", "Consulat général"),
        ],
    ),
    (
        ("Nom", "Fonction", "Organisme", "Jours"),
        [
            ("Éloi Tremblay", "Conseiller en urbanisme", "Ville de Port-Clair", "4"),
            ("Anaïs Côté", "Mairesse suppléante", "Ville de Port-Clair", "3"),
            ("Benoît Lavoie", "Directeur", "Port de Port-Clair", "4"),
        ],
    ),
]
SUBHEADINGS = [
    "Rencontres institutionnelles",
    "Développement durable et transition énergétique",
    "Visites techniques",
    "Partenariats économiques",
    "Culture et patrimoine",
    "Mobilité et aménagement du territoire",
]


@dataclass(frozen=True, slots=True)
class Element:
    """One block of a report's true text. A row's cells come with its table's header."""

    kind: Kind
    text: str = ""
    level: int = 0
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    note: str = ""  # a paragraph's footnote mark stands after its first sentence


@dataclass(frozen=True, slots=True)
class TrueReport:
    """A report's blocks in reading order; `notes` are its footnotes by number."""

    title: str
    elements: tuple[Element, ...]
    notes: tuple[str, ...] = ()
    running_head: str = ""
    running_foot: str = ""
    sentences: tuple[str, ...] = field(default=())

    def headings(self) -> list[str]:
        """The headings' texts, without the title."""
        return [element.text for element in self.elements if element.kind == "heading"]


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.city, self.country = self.random.choice(PLACES)
        self.notes: list[str] = []
        self.sentences: list[str] = []
        self._deck: list[str] = []

    def fill(self, text: str) -> str:
        draw = self.random
        return text.format(
            city=self.city,
            n=draw.randint(11, 480),
            m=f"{draw.randint(1, 90)},{draw.randint(1, 9)}",
            p=draw.randint(2, 60),
            y=draw.randint(2016, 2027),
        )

    def sentence(self) -> str:
        if not self._deck:
            self._deck = self.random.sample(SENTENCES, len(SENTENCES))
        written = self.fill(self._deck.pop())
        self.sentences.append(written)
        return written

    def paragraph(self, *, note: bool = False) -> Element:
        sentences = [self.sentence() for _ in range(self.random.randint(2, 6))]
        mark = ""
        if note:
            self.notes.append(self.fill(self.random.choice(NOTES)))
            mark = str(len(self.notes))
            sentences[0] += f"[^{mark}]"
        return Element("paragraph", " ".join(sentences), note=mark)

    def items(self, kind: Kind = "item") -> list[Element]:
        chosen = self.random.sample(ITEMS, self.random.randint(3, 5))
        return [Element(kind, self.fill(item)) for item in chosen]

    def table(self) -> list[Element]:
        header, rows = self.random.choice(TABLES)
        return [Element("row", header=header, cells=cells) for cells in rows]


def mission_report(seed: int, *, sections: int = 4, footnotes: bool = True) -> TrueReport:
    """A mission report of some pages, always the same for one seed."""
    writer = _Writer(seed)
    draw = writer.random
    year = draw.randint(2018, 2026)
    title = f"Rapport de mission à {writer.city} ({writer.country}), du 3 au 7 novembre {year}"
    elements = [Element("title", title)]
    goals = draw.choice(("Objectifs de mission", "OBJECTIFS DE MISSION"))
    elements.append(Element("heading", goals, 1))
    elements += writer.items("numbered")
    for index in range(sections):
        pillar = ("rayonne", "apprend", "attire")[index] if index < 3 else None
        heading = draw.choice(PILLARS[pillar]) if pillar else draw.choice(("Bilan", "Suites"))
        elements.append(Element("heading", heading, 1))
        elements.append(writer.paragraph(note=footnotes and draw.random() < 0.7))
        elements += writer.items()
        for subheading in draw.sample(SUBHEADINGS, draw.randint(0, 2)):
            elements.append(Element("heading", subheading, 2))
            for _ in range(draw.randint(1, 3)):
                elements.append(writer.paragraph(note=footnotes and draw.random() < 0.25))
        if index in (1, 3):
            elements += writer.table()
        elements.append(writer.paragraph())
    return TrueReport(
        title=title,
        elements=tuple(elements),
        notes=tuple(writer.notes),
        running_head=f"Ville de Port-Clair — Mission {writer.city} {year}",
        running_foot="Service des relations internationales",
        sentences=tuple(writer.sentences),
    )
