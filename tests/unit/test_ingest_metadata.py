from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import days_in
from ingest.destinations import destinations_of
from ingest.errors import InvalidMetadata
from ingest.given_metadata import GivenMetadata
from ingest.metadata import read_metadata
from ingest.readers.text import document_of
from ingest.structure import sections_of
from vectorstore.models import Confidence, Destination, Participant, ReportMetadata

TEXTS = Path(__file__).parent / "texts"
FILE = Path("rapport.txt")


def metadata_of(text: str) -> ReportMetadata:
    document = document_of(text, FILE)
    return read_metadata(document, sections_of(document))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("du 28 au 31 octobre 2025", [("2025-10-28", "2025-10-31")]),
        ("3-5 nov. 2024", [("2024-11-03", "2024-11-05")]),
        ("du lundi 3 au vendredi 7 mars 2025", [("2025-03-03", "2025-03-07")]),
        ("du 30 septembre au 2 octobre 2025", [("2025-09-30", "2025-10-02")]),
        ("du 30 décembre au 2 janvier 2026", [("2025-12-30", "2026-01-02")]),
        ("du 28 octobre 2025 au 3 novembre 2025", [("2025-10-28", "2025-11-03")]),
        ("October 28–31, 2025", [("2025-10-28", "2025-10-31")]),
        ("October 30 to November 2, 2025", [("2025-10-30", "2025-11-02")]),
        ("28 to 31 October 2025", [("2025-10-28", "2025-10-31")]),
        ("les 28 et 29 octobre 2025", [("2025-10-28", "2025-10-29")]),
        ("le 1er mai 2024", [("2024-05-01", "2024-05-01")]),
        ("LE 13 AOÛT 2024", [("2024-08-13", "2024-08-13")]),
        ("2025-10-28 au 2025-10-31", [("2025-10-28", "2025-10-31")]),
        (
            "12 mars 2024 et 15 mars 2024",
            [("2024-03-12", "2024-03-12"), ("2024-03-15", "2024-03-15")],
        ),
        ("31 février 2024", []),
        ("31 au 28 octobre 2025", []),
        ("2025-13-40", []),
        ("adhéré en 2023 et en mai 2024", []),
        ("28 octobre", []),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str]]):
    assert [(str(days.start), str(days.end)) for days in days_in(text)] == expected


@given(st.text(st.sampled_from("0123456789 -/êéaumidécjnvro.erth,à"), max_size=60))
def test_any_text_has_dates_in_order(text: str):
    found = days_in(text)
    assert all(days.start <= days.end for days in found)
    assert [days.span for days in found] == sorted(days.span for days in found)


def place(city: str, country: str = "") -> Destination:
    return Destination(city, country)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Rapport de mission à Gênes (Italie), du 3 au 7 novembre 2024",
            [place("Gênes", "Italie")],
        ),
        ("Mission à Valparaíso, Chili", [place("Valparaíso", "Chili")]),
        ("RAPPORT DE MISSION À ROTTERDAM DU 3 AU 7 MAI 2025", [place("Rotterdam")]),
        (
            "Mission à Rotterdam (Pays-Bas) et à Anvers (Belgique)",
            [place("Rotterdam", "Pays-Bas"), place("Anvers", "Belgique")],
        ),
        (
            "Mission commerciale au Japon et en Corée du Sud",
            [place("", "Japon"), place("", "Corée du Sud")],
        ),
        ("Mission au Havre", [place("Le Havre")]),
        (
            "Mission à New York, Boston et Montréal – 2025",
            [place(c) for c in ("New York", "Boston", "Montréal")],
        ),
        ("Conférence mondiale Villes et Ports de l’AIVP – New York 2025", []),
        ("Rapport annuel", []),
        ("Rapport de mission – Tallinn (Estonie)", [place("Tallinn", "Estonie")]),
        ("Mission : Lyon (France)", [place("Lyon", "France")]),
        ("RAPPORT DE MISSION - LYON (FRANCE)", [place("Lyon", "France")]),
        (
            "Rapport de mission : Rotterdam et La Haye (Pays-Bas), du 9 au 12 mai 2023",
            [place("Rotterdam", "Pays-Bas"), place("La Haye", "Pays-Bas")],
        ),
        (
            "Mission d’étude à Copenhague et à Malmö (Danemark et Suède)",
            [place("Copenhague", "Danemark"), place("Malmö", "Suède")],
        ),
        ("Oslo, Norvège – 20 au 24 novembre 2023", [place("Oslo", "Norvège")]),
        ("Rapport de mission — Innovation et culture", []),
        ("Rapport de mission — Innovation", []),
        ("M. Jean Tremblay (Canada)", []),
    ],
)
def test_destinations_of_titles(title: str, expected: list[Destination]):
    assert list(destinations_of([title], [])[0]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Destination : New York (États-Unis)", [place("New York", "États-Unis")]),
        (
            "Villes visitées : Rotterdam, Anvers et Hambourg",
            [place(c) for c in ("Rotterdam", "Anvers", "Hambourg")],
        ),
        (
            "Destinations : Oslo, Norvège; Bergen, Norvège",
            [place("Oslo", "Norvège"), place("Bergen", "Norvège")],
        ),
        ("Lieu : Boston, Massachusetts", [place("Boston")]),
        ("Pays : France", [place("", "France")]),
    ],
)
def test_labelled_destinations_come_before_the_title(line: str, expected: list[Destination]):
    assert list(destinations_of(["Mission à Lyon"], [line])[0]) == expected


def test_a_whole_report():
    read = metadata_of((TEXTS / "numbered.txt").read_text("utf-8"))
    assert read == ReportMetadata(
        title="Rapport de mission à Rotterdam (Pays-Bas)",
        destinations=(Destination("Rotterdam", "Pays-Bas"),),
        start_date=date(2023, 5, 8),
        end_date=date(2023, 5, 12),
        published_on=date(2023, 9, 12),
        language="fr",
        participants=(
            Participant("Anaïs Côté", "mairesse suppléante"),
            Participant("Éloi Tremblay", "conseiller en urbanisme"),
            Participant("Benoît Lavoie", "directeur du Port"),
        ),
    )


def test_the_days_of_an_english_report():
    read = metadata_of((TEXTS / "underlined.txt").read_text("utf-8"))
    assert (read.language, read.start_date, read.end_date) == (
        "en",
        date(2023, 5, 8),
        date(2023, 5, 12),
    )


def test_what_is_not_told_stays_empty():
    sample = Path(__file__).parents[2] / "ingest" / "samples" / "mission-new-york-aivp-2025.txt"
    assert metadata_of(sample.read_text("utf-8")) == ReportMetadata(language="fr")


def test_two_missions_in_one_text_leave_the_days_empty():
    text = (
        "La mission a eu lieu du 3 au 5 mai 2024.\n\n"
        "La prochaine mission aura lieu du 7 au 9 juin 2025.\n"
    )
    assert metadata_of(text).start_date is None


READ = ReportMetadata(
    title="Lu",
    destinations=(Destination("Oslo"),),
    start_date=date(2024, 5, 3),
    end_date=date(2024, 5, 5),
    language="fr",
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, READ),
        (None, READ),
        (ReportMetadata(), READ),
        ({"title": "Donné"}, {"title": "Donné"}),
        ({"title": ""}, {"title": ""}),
        (
            {"destinations": [{"city": "Oslo", "country": "Norvège"}]},
            {"destinations": (Destination("Oslo", "Norvège"),)},
        ),
        ({"destinations": (Destination("Bergen"),)}, {"destinations": (Destination("Bergen"),)}),
        ({"year": 2024}, READ),
        ({"year": 2025}, {"start_date": None, "end_date": None, "year": 2025}),
        (
            {"start_date": "2025-10-28"},
            {"start_date": date(2025, 10, 28), "end_date": None, "year": 2025},
        ),
        ({"end_date": "2024-05-06"}, {"end_date": date(2024, 5, 6)}),
        (
            {"end_date": "2023-01-02"},
            {"start_date": None, "end_date": date(2023, 1, 2), "year": None},
        ),
        (
            ReportMetadata(start_date=date(2025, 1, 2)),
            {"start_date": date(2025, 1, 2), "end_date": None, "year": 2025},
        ),
    ],
)
def test_given_metadata_overrides_what_was_read(given, expected):
    applied = GivenMetadata.of(given, FILE).applied_to(READ, FILE)
    if isinstance(expected, ReportMetadata):
        assert applied == expected
    else:
        assert {name: getattr(applied, name) for name in expected} == expected
        assert applied.language == "fr"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"titel": "x"}, "titel"),
        ({"start_date": "hier"}, "start_date"),
        ({"id": "../../etc"}, "id"),
        ({"destinations": [{"town": "Oslo"}]}, "destinations.0.town"),
        ({"start_date": "2025-02-03", "end_date": "2025-02-01"}, "end_date"),
        ({"language": "français"}, "language"),
    ],
)
def test_wrong_metadata_names_the_field_and_the_file(given, field: str):
    with pytest.raises(InvalidMetadata) as caught:
        GivenMetadata.of(given, FILE).applied_to(READ, FILE)
    assert caught.value.params["field"] == field
    assert FILE.name in str(caught.value)


def test_a_side_file_gives_way_to_an_argument(tmp_path: Path):
    (tmp_path / "oslo.meta.toml").write_text(
        'title = "À côté"\nyear = 2024\n[[destinations]]\ncity = "Oslo"\n', encoding="utf-8"
    )
    beside = GivenMetadata.beside(tmp_path / "oslo.pdf")
    both = GivenMetadata.of({"title": "Donné"}, FILE).over(beside)
    assert (both.title, both.year) == ("Donné", 2024)
    assert GivenMetadata.beside(tmp_path / "other.pdf") == GivenMetadata()


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe", b"when = 2024-01-01"])
def test_a_broken_side_file_is_told(tmp_path: Path, content: bytes):
    (tmp_path / "oslo.meta.toml").write_bytes(content)
    with pytest.raises(InvalidMetadata, match=r"oslo\.meta\.toml"):
        GivenMetadata.beside(tmp_path / "oslo.pdf")


def test_what_is_said_in_so_many_words_is_trusted_more_than_what_is_told_in_passing():
    labelled = metadata_of(
        "MISSION À GÊNES\n\nDestination : Gênes (Italie)\n\nDates : du 3 au 5 mai 2024\n\n"
        "Publié le 12 juin 2024\n\nDélégation\n\n• Anne Roy, mairesse\n"
    )
    assert labelled.confidence == dict.fromkeys(
        ["title", "destinations", "dates", "published_on", "participants"], Confidence.HIGH
    ) | {"language": labelled.confidence["language"]}
    told = metadata_of(
        "Gênes, Italie\n\nLa délégation s’est rendue à Gênes du 3 au 5 mai 2024.\n\n"
        "Québec, le 12 juin 2024\n\nDélégation\n\n• Anne Roy\n"
    )
    assert {
        field: told.confidence[field] for field in ("dates", "published_on", "participants")
    } == dict.fromkeys(["dates", "published_on", "participants"], Confidence.LOW)
    assert metadata_of("Gênes, Italie\n\nUne phrase.\n").confidence["destinations"] == "low"


def test_what_was_not_read_has_no_confidence():
    assert "dates" not in metadata_of("# Un titre\n\nUne phrase.\n").confidence
    assert ReportMetadata(title="x").confidence == {}
