"""Near misses: the right subject, but another amount, name, place or year."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.agreement import lacks_year, names_missing, names_rival, typed
from assistant.evidence import Candidate, SentenceFeatures
from assistant.question import understand
from vectorstore.models import Destination, Hit, Passage, Report, ReportMetadata, Section, Span

PLACES = frozenset({"rotterdam", "la haye", "pays-bas", "oslo", "boston"})
NO_FEATURES = SentenceFeatures(*[0.0] * 9)


class StemsOnly:
    """An embedding model that shows no words: they agree by their stems alone."""

    def embed_pieces(self, texts: Any) -> None:
        return None


MODEL: Any = StemsOnly()


def candidate(sentence: str, before: str = "") -> Candidate:
    """A sentence of the report on Rotterdam and The Hague, 2023, after `before`."""
    text = f"{before} {sentence}".strip()
    span = Span(len(text) - len(sentence), len(text))
    metadata = ReportMetadata(
        title="Mission aux Pays-Bas",
        destinations=(Destination("Rotterdam", "Pays-Bas"), Destination("La Haye", "Pays-Bas")),
        start_date=date(2023, 5, 8),
        language="fr",
    )
    report = Report("r", metadata, "v", "r.txt", "text/plain", None, 1, datetime.now(UTC))
    section = Section(("Le port",), None, Span(0, len(text)))
    passage = Passage("p", "r", "v", 0, text, 0, len(text), section, (), (span,))
    return Candidate(Hit(passage, report, 1.0, 0.9, 0.5), span, NO_FEATURES, 1.0)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien de postes sont branchés ?", "Le port compte 24 postes branchés.", 1),
        ("Combien de postes sont branchés ?", "Le port reçoit 310 navires.", 0),
        ("Combien de gens y étaient ?", "La séance a réuni 260 participants.", 1),
        ("Combien coûte un poste ?", "Le port compte 24 postes.", 0),
        ("Combien coûte un poste ?", "Un poste coûte 3,2 M€.", 1),
        ("Quel est le salaire d’un technicien ?", "Le technicien travaille 12 heures.", 0),
        ("Quand le poste ouvrira-t-il ?", "Le poste est en construction.", 0),
        ("Quand le poste ouvrira-t-il ?", "Le poste ouvrira au printemps 2026.", 1),
        ("À quelle vitesse vont les navires ?", "Les navires sont 24.", 0),
        ("How fast are the ships?", "Les navires vont à 30 km/h.", 1),
        ("How fast is the shore going back?", "La mer gagne 1,3 m par année.", 1),
        ("Qui dirige le port ?", "Le port est dirigé par Mme Ilse de Wit.", 1),
        ("Qui dirige le port ?", "Le port s’étend jusqu’à Rotterdam.", 0),
        ("Which company built the quay?", "Le quai a 900 m.", 0),
        ("Which company built the quay?", "Le quai a été construit par Havenbouw.", 1),
        ("Pourquoi brancher les navires ?", "Le bruit diminue.", 1),
    ],
)
def test_a_sentence_holds_what_is_asked_for_or_not(
    question: str, sentence: str, expected: float
) -> None:
    assert typed(understand(question), [candidate(sentence)], PLACES, MODEL) == expected


def test_a_sentence_far_behind_counts_for_less() -> None:
    question = understand("Combien coûte un poste ?")
    first = candidate("Le port compte 24 postes.")
    behind = [replace(candidate("Un poste coûte 3,2 M€."), score=1.0 - gap) for gap in (1.5, 9.0)]
    assert typed(question, [first, behind[0]], PLACES, MODEL) == 0.75
    assert typed(question, [first, behind[1]], PLACES, MODEL) == 0.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Que fait la société Havenbouw ?", 0.0),
        ("Que fait la société Nordvik ?", 1.0),
        ("Que fait-on à La Haye ?", 0.0),
        ("What did the Netherlands do?", 0.0),
        ("What do the Estonians think?", 0.0),
        ("Que fait-on ?", 0.0),
        ("Que dit le RVFL ?", 0.0),
        ("Que dit le CRTC ?", 1.0),
    ],
)
def test_names_are_looked_for_in_the_passage_and_the_description(
    question: str, expected: float
) -> None:
    text = "Havenbouw construit un quai pour le Réseau des villes francophones du littoral."
    hit = candidate(text).hit
    assert names_missing(understand(question), hit) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien de postes à La Haye ?", "Rotterdam compte 24 postes.", True),
        ("Combien de postes à Rotterdam ?", "Rotterdam compte 24 postes.", False),
        ("Combien de postes à Rotterdam ?", "Le port compte 24 postes.", False),
        ("Combien de postes ?", "Rotterdam compte 24 postes.", False),
        ("Qui prend la ligne J ?", "La ligne K transporte 30 000 personnes.", True),
        ("Qui prend la ligne K ?", "La ligne K transporte 30 000 personnes.", False),
        ("Qui prend la ligne J ?", "La ligne transporte 30 000 personnes.", False),
        ("Que dit l’article 5 ?", "L’article 4 de la charte oblige la Ville.", True),
        ("What is on pier 7?", "Le quai 30 est fermé.", False),
    ],
)
def test_another_place_is_a_rival(question: str, sentence: str, expected: bool) -> None:
    assert names_rival(understand(question), candidate(sentence), PLACES) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Qu’a donné la mission de 2023 ?", False),
        ("What did the 2024 mission achieve?", True),
        ("Combien de postes en 2024 ?", False),
        ("Combien de postes en 2021 ?", True),
        ("Comparez 2021 et 2024.", False),
        ("Combien de postes ?", False),
    ],
)
def test_years_are_the_missions_or_in_the_passage(question: str, expected: bool) -> None:
    hit = candidate("Une décision est attendue en 2024.").hit
    assert lacks_year(understand(question), hit) is expected
