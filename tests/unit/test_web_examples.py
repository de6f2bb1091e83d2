"""Example questions and filters come from the reports that are there."""

from dataclasses import replace

import pytest

from tests.scripted import HeldReport, HeldStore, report_of
from ui.messages import Language, Messages
from ui.web.examples import example_questions
from ui.web.filters import Filters, mission_choices, pillar_choices, year_choices
from ui.web.fragments import welcome_html
from ui.web.labels import mission_details, mission_name, where
from vectorstore.models import Pillar, Section, Span

FRENCH = Messages("fr")
ENGLISH = Messages("en")


def report_with(*sections: tuple[tuple[str, ...], Pillar | None], **kwargs: str) -> HeldReport:
    held = report_of(**kwargs)  # type: ignore[arg-type]
    made = tuple(Section(path, pillar, Span(0, 5)) for path, pillar in sections)
    return replace(held, sections=made)


def test_questions_name_the_places_and_pillars_of_the_library() -> None:
    store = HeldStore(
        [
            report_with((("Québec APPREND",), Pillar.APPREND), city="Anvers", report_id="a"),
            report_with((("Québec ATTIRE",), Pillar.ATTIRE), city="Le Havre", report_id="b"),
        ]
    )
    questions = example_questions(store, FRENCH, 4)
    assert questions == [
        "Qu’a-t-on appris à Anvers\u00a0?",
        "Qu’est-ce que la mission au Havre a permis d’attirer\u00a0?",
    ]
    assert example_questions(store, ENGLISH, 1) == ["What was learned in Anvers?"]


def test_reports_take_turns_and_ask_about_different_pillars() -> None:
    sections = [((pillar.value,), pillar) for pillar in Pillar]
    store = HeldStore(
        [report_with(*sections, city=city, report_id=city) for city in ("Oslo", "Lyon", "Gand")]
    )
    questions = example_questions(store, FRENCH, 3)
    assert ["Oslo" in questions[0], "Lyon" in questions[1], "Gand" in questions[2]] == [True] * 3
    assert len({question.split()[0] for question in questions}) == 3


def test_a_report_without_place_is_asked_about_by_its_headings() -> None:
    held = report_with(
        (("2.1 La gestion des crues en ville",), None), (("Table",), None), city="", title="Crues"
    )
    questions = example_questions(HeldStore([held]), FRENCH, 4)
    assert questions == [
        "Que dit le rapport «\u00a0Crues\u00a0» "
        "sur «\u00a0La gestion des crues en ville\u00a0»\u00a0?"
    ]


def test_an_empty_library_asks_nothing_and_says_what_to_do() -> None:
    assert example_questions(HeldStore([]), FRENCH, 4) == []
    assert "escale add" in welcome_html([], FRENCH).replace("&#46;", ".")


@pytest.mark.parametrize(
    ("city", "language", "said"),
    [
        ("New York", "fr", "à New York"),
        ("Le Havre", "fr", "au Havre"),
        ("Les Abymes", "fr", "aux Abymes"),
        ("La Rochelle", "fr", "à La Rochelle"),
        ("Lens", "fr", "à Lens"),
        ("Le Havre", "en", "in Le Havre"),
    ],
)
def test_a_city_with_its_preposition(city: str, language: Language, said: str) -> None:
    assert where(city, language) == said


def test_missions_are_called_by_place_and_year() -> None:
    report = report_of().report
    assert mission_name(report, FRENCH) == "Rotterdam (2024)"
    assert mission_details(report, ENGLISH) == "Rotterdam, Pays-Bas · May 13–16, 2024"
    nameless = report_of(city="", title="Un titre " * 30).report
    assert len(mission_name(nameless, FRENCH)) <= 80


def test_choices_begin_with_everything_and_tell_namesakes_apart() -> None:
    reports = [report_of(report_id=name).report for name in ("un", "deux")]
    choices = mission_choices(reports, FRENCH)
    assert choices[0] == ("Toutes les missions", "")
    assert len({words for words, _ in choices}) == 3
    assert year_choices(reports, ENGLISH) == [("All years", ""), ("2024", "2024")]
    assert [code for _, code in pillar_choices(FRENCH)][1:] == [str(pillar) for pillar in Pillar]


def test_filters_make_a_scope_and_say_it() -> None:
    reports = [report_of().report]
    filters = Filters("rotterdam-2024", "2024", "apprend")
    scope = filters.scope
    assert scope.report_ids == {"rotterdam-2024"}
    assert scope.years == {2024}
    assert scope.pillars == {Pillar.APPREND}
    assert filters.described(reports, FRENCH) == "Rotterdam (2024) · 2024 · Québec apprend"
    assert Filters().scope.is_everything
    assert Filters().described(reports, FRENCH) == ""
