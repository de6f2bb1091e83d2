"""What is shown with a citation is written in what the citation shows."""

from datetime import UTC, datetime

import pytest

from assistant.claims.statement import Source as Reading
from assistant.claims.statement import read_statements
from assistant.draft import Source
from assistant.llm.literal import is_literal, known_names, shown
from assistant.models import Language
from vectorstore.models import Destination, Passage, Report, ReportMetadata, Section, Span

SENTENCE = (
    "Le terminal, ouvert en 2018, a coûté 3,5 G$, soit 12 % moins cher que prévu, et reçoit "
    "douze navires."
)


def source_of(text: str, language: str = "fr") -> Source:
    section = Section(("Oslo APPREND",), None, Span(0, len(text)))
    passage = Passage("p", "r", "v", 0, text, 0, len(text), section, (), (Span(0, len(text)),))
    metadata = ReportMetadata(
        title="Mission à Oslo", destinations=(Destination("Oslo", "Norvège"),), year=2024,
        language=language,
    )  # fmt: skip
    report = Report(
        "r", metadata, "v", "r.txt", "text/plain", None, 1, datetime(2024, 6, 1, tzinfo=UTC)
    )
    return Source(passage, report)


def literal(statement: str, sentence: str = SENTENCE, language: Language = "fr") -> bool:
    source = source_of(sentence)
    known = known_names([source], language)
    claim, read = read_statements(
        [Reading(statement, language, None, known), Reading(sentence, "fr", None, known)], None
    )
    return is_literal(claim, read, shown(source))


@pytest.mark.parametrize(
    "statement",
    [
        "Le terminal a coûté 3,5 G$.",
        "Le terminal a coûté 3,5 milliards de dollars.",
        "Le terminal a coûté 3500 M$.",
        "Le terminal a ouvert en 2018.",
        "En 2024, le terminal reçoit douze navires.",
        "Le terminal reçoit 12 navires.",
        "Le terminal a coûté 12 % moins cher que prévu.",
        "Rien de chiffré.",
    ],
)
def test_written_figures_pass(statement: str) -> None:
    assert literal(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Le terminal a coûté 3,6 G$.",
        "Le terminal a coûté 35 G$.",
        "Le terminal a coûté plus de 3 G$.",
        "Le terminal a ouvert en 2017.",
        "Le terminal a ouvert le 4 mai 2018.",
        "Le terminal reçoit treize navires.",
        "Le terminal reçoit 2024 navires.",
        "Le terminal du quai 7 a ouvert en 2018.",
    ],
)
def test_other_figures_do_not(statement: str) -> None:
    assert not literal(statement)


def test_english_digits_are_the_same_numbers() -> None:
    assert literal("The terminal cost $3.5 billion.", language="en")
    assert not literal("The terminal cost $3.6 billion.", language="en")
    text = "Le port a reçu 12 450 conteneurs."
    assert literal("The port received 12,450 containers.", text, "en")


def test_places_of_the_world_are_names_wherever_they_stand() -> None:
    known = known_names([source_of(SENTENCE)], "fr")
    assert {"oslo", "norvege", "paris", "lima"} <= known
    assert not known & {"un", "le", "est"}
