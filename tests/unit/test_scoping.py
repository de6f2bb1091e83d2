from datetime import UTC, date, datetime

import pytest

from assistant.places import names_of_place, nearly_mentions
from assistant.scoping import lessened, merged, scope_words, without_sides
from vectorstore.glossary import Glossary
from vectorstore.models import Destination, Pillar, Report, ReportMetadata, Scope

GLOSSARY = Glossary()


def report(report_id: str, city: str, country: str, year: int) -> Report:
    metadata = ReportMetadata(
        title=report_id,
        destinations=(Destination(city, country),),
        start_date=date(year, 5, 1),
    )
    return Report(report_id, metadata, "0", "x.txt", "text/plain", None, 1, datetime.now(UTC))


REPORTS = [
    report("copenhague-2025", "Copenhague", "Danemark", 2025),
    report("rotterdam-2024", "Rotterdam", "Pays-Bas", 2024),
    report("copenhague-2023", "Copenhague", "Danemark", 2023),
]

CASES = [
    ("Qu'a-t-on appris à Rotterdam ?", Scope.of(destinations=["Rotterdam"])),
    ("What did we learn in Copenhagen?", Scope.of(destinations=["Copenhague"])),
    ("And in Denmark?", Scope.of(destinations=["Danemark"])),
    ("Copenhague en 2023 : quel bilan ?", Scope.of(destinations=["Copenhague"], years=[2023])),
    ("Copenhague 2025 : budget ?", Scope.of(destinations=["Copenhague"], years=[2025])),
    ("Quel est le budget de la mission de 2024 ?", Scope.of(years=[2024])),
    ("What did the 2023 mission cost?", Scope.of(years=[2023])),
    ("Lors de la dernière mission, qui a parlé ?", Scope.of(reports=["copenhague-2025"])),
    ("Who spoke on the latest trip to Rotterdam?", Scope.of(reports=["rotterdam-2024"])),
    ("En 2023, le réseau comptait combien de pistes ?", Scope()),
    ("Quel était le budget en 2031 ?", Scope()),
    ("Comparez Rotterdam et Copenhague", Scope.of(destinations=["Rotterdam", "Copenhague"])),
    ("Et à Tokyo ?", Scope()),
    ("Que dit la section « Québec attire » ?", Scope.of(pillars=[Pillar.ATTIRE])),
    ("Le volet apprend de Rotterdam", Scope.of(destinations=["Rotterdam"], pillars=["apprend"])),
    ("Qu'est-ce que Québec a appris ?", Scope()),
    ("Quelle partie du quai attire les navires ?", Scope()),
    ("Et a Roterdam, quel budget ?", Scope.of(destinations=["Rotterdam"])),
    ("What did Copenhagne teach us?", Scope.of(destinations=["Copenhague"])),
    ("Qu'a dit le Denmark sur le vélo ?", Scope.of(destinations=["Danemark"])),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), CASES)
def test_scope_words(question: str, expected: Scope) -> None:
    found = scope_words(question, REPORTS, lambda place: names_of_place(place, GLOSSARY))
    assert found == expected


def test_what_was_set_wins() -> None:
    read = Scope.of(destinations=["Rotterdam"], years=[2024])
    asked = Scope.of(reports=["copenhague-2023"])
    assert merged(asked, read) == Scope.of(reports=["copenhague-2023"], years=[2024])
    assert merged(Scope(), read) == read


def test_what_the_reader_took_away_is_not_read_again() -> None:
    read = Scope.of(destinations=["Rotterdam", "Copenhague"], years=[2024], reports=["a"])
    left = lessened(read, Scope.of(destinations=["Rotterdam"], reports=["a", "b"]))
    assert left == Scope.of(destinations=["Copenhague"], years=[2024])


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Et a Roterdam ?", "Rotterdam", True),
        ("new yrok budget", "New York", True),
        ("helsinky", "Helsinki", True),
        ("Qu'a-t-on appris à Angers ?", "Anvers", False),
        ("un bouton de porte", "Boston", False),
        ("osol", "Oslo", False),
        ("", "Rotterdam", False),
    ],
)
def test_slips(text: str, name: str, expected: bool) -> None:
    assert nearly_mentions(text, name) is expected


@pytest.mark.parametrize(
    ("question", "years", "expected"),
    [
        (
            "Comparez le nombre de postes à quai en 2023 et en 2025.",
            (2023, 2025),
            "le nombre de postes à quai",
        ),
        ("Compare the snow budgets of 2023 and 2025", (2023, 2025), "the snow budgets"),
        ("Comparez le coût de 2023 à celui de 2019.", (2025,), "le coût de 2023 à celui de 2019."),
        (
            "Quelles villes ont des trottoirs chauffés ?",
            (),
            "Quelles villes ont des trottoirs chauffés",
        ),
    ],
)
def test_a_comparison_is_asked_of_each_side_without_the_others(
    question: str, years: tuple[int, ...], expected: str
) -> None:
    assert without_sides(question, years) == expected
