"""The library as staff govern it: duplicates, previews, versions, edits, the bin, re-reading."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ingest import Library, Preview, Progress
from ingest.errors import FileRefused, InvalidMetadata
from tests.builders import oslo
from vectorstore.errors import UnknownReport, UnknownVersion
from vectorstore.likeness import Choice, LookAlikeKind
from vectorstore.models import Destination, Participant, ReportMetadata, ReportState
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

LONG = "\n\n".join(
    [
        "Rapport de mission à Lisbonne (Portugal), du 6 au 9 mai 2024",
        "Québec apprend",
        *(
            f"Le projet numéro {n} du port compte {n * 37} bornes et coûte {n * 11} M$ à la ville."
            for n in range(60)
        ),
    ]
)


@pytest.fixture
def library(data_dir: Path, tiny_settings: VectorstoreSettings) -> Iterator[Library]:
    with Store.open(data_dir, tiny_settings), Library.open(data_dir) as opened:
        yield opened


@pytest.fixture
def store(library: Library, data_dir: Path) -> Iterator[Store]:
    with Store.open(data_dir) as opened:
        yield opened
        assert opened.check() == []


def text_of(library: Library, report_id: str) -> str:
    return "\n".join(passage.text for passage in library.passages(report_id))


def lisbon(folder: Path, name: str = "lisbonne.txt", text: str = LONG) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def word_of(file: Path) -> Path:
    """The same text as a Word file."""
    from docx import Document

    document = Document()
    for paragraph in file.read_text("utf-8").split("\n\n"):
        document.add_paragraph(paragraph)
    made = file.with_suffix(".docx")
    document.save(str(made))
    return made


@pytest.mark.usefixtures("store")
class TestDuplicates:
    def test_the_same_text_in_another_format(self, library: Library, tmp_path: Path) -> None:
        file = lisbon(tmp_path)
        library.add(file)
        same = library.add(word_of(file))
        assert (same.status, same.report_id) == ("duplicate", "lisbonne-2024")
        [alike] = same.look_alikes
        assert (alike.kind, alike.likeness) == (LookAlikeKind.SAME_TEXT, 1.0)
        assert alike.choices[0] is Choice.CANCEL
        assert "replace" in same.message
        assert len(library.reports()) == 1

    def test_nearly_the_same_text_is_added_when_asked(
        self, library: Library, tmp_path: Path
    ) -> None:
        library.add(lisbon(tmp_path))
        corrected = lisbon(tmp_path, "v2.txt", LONG.replace("370 bornes", "371 bornes"))
        near = library.add(corrected)
        assert (near.status, near.report_id) == ("duplicate", "lisbonne-2024")
        assert near.look_alikes[0].kind is LookAlikeKind.NEAR_TEXT
        assert near.look_alikes[0].choices[0] is Choice.REPLACE
        assert len(library.reports()) == 1
        both = library.add(corrected, keep_both=True)
        assert (both.status, both.report_id) == ("added", "lisbonne-2024-2")
        replaced = library.replace("lisbonne-2024", lisbon(tmp_path, "v3.txt", LONG + " Fin."))
        assert replaced.status == "replaced"
        assert len(library.reports()) == 2

    def test_a_changed_file_of_the_same_name_is_a_version(
        self, library: Library, tmp_path: Path
    ) -> None:
        library.add(lisbon(tmp_path))
        assert library.add(lisbon(tmp_path, text=LONG + " Fin.")).status == "replaced"

    def test_a_superseded_version_does_not_come_in_by_the_back_door(
        self, library: Library, tmp_path: Path
    ) -> None:
        first = library.add(lisbon(tmp_path))
        library.add(lisbon(tmp_path, text="\n\n".join(LONG.split("\n\n")[:30])))
        copy = library.add(lisbon(tmp_path, "copie.txt"))
        assert (copy.status, copy.report_id) == ("duplicate", "lisbonne-2024")
        assert copy.look_alikes[0].is_superseded
        near = library.add(lisbon(tmp_path, "presque.txt", LONG + " Fin."))
        assert (near.status, near.look_alikes[0].is_superseded) == ("duplicate", True)
        back = library.add(lisbon(tmp_path))
        assert (back.status, back.version) == ("replaced", first.version)
        assert len(library.versions("lisbonne-2024")) == 2

    def test_the_file_of_a_removed_report_brings_it_back(
        self, library: Library, tmp_path: Path
    ) -> None:
        library.add(oslo(tmp_path), metadata={"title": "Choisi"})
        library.remove("oslo-2024")
        back = library.add(oslo(tmp_path, "autre.txt"))
        assert (back.status, back.report_id) == ("added", "oslo-2024")
        assert library.reports()[0].title == "Choisi"
        assert library.removed_reports() == []

    def test_another_file_does_not_take_the_id_of_a_removed_report(
        self, library: Library, tmp_path: Path
    ) -> None:
        library.add(oslo(tmp_path))
        library.remove("oslo-2024")
        refused = library.add(oslo(tmp_path, quays=19), report_id="oslo-2024")
        assert refused.error is not None
        assert refused.error.code == "report-in-bin"
        assert library.add(oslo(tmp_path, quays=19)).report_id == "oslo-2024-2"
        library.restore("oslo-2024")
        assert "14 quais" in text_of(library, "oslo-2024")
        with pytest.raises(UnknownReport):
            library.replace("rome-1900", oslo(tmp_path))


class TestPreview:
    def test_nothing_is_stored_and_nothing_read_twice(
        self, library: Library, store: Store, tmp_path: Path
    ) -> None:
        file = lisbon(tmp_path)
        shown = library.preview(file)
        assert (shown.report_id, shown.replaces) == ("lisbonne-2024", "")
        assert shown.metadata.destinations == (Destination("Lisbonne", "Portugal"),)
        assert shown.metadata.start_date == date(2024, 5, 6)
        assert [section.heading for section in shown.sections] == ["", "Québec apprend"]
        assert shown.passage_count > len(shown.first_passages) == 3
        assert all(passage in LONG for passage in shown.first_passages)
        assert shown.look_alikes == ()
        assert store.reports() == []
        assert list((store.folder.path / "sources").iterdir()) == []
        steps: list[Progress] = []
        assert library.add(file, progress=steps.append).status == "added"
        assert {step.stage for step in steps} == {"embedding", "storing"}
        json.loads(TypeAdapter(Preview).dump_json(shown))

    def test_look_alikes_and_what_to_do(self, library: Library, tmp_path: Path) -> None:
        library.add(lisbon(tmp_path))
        library.add(oslo(tmp_path))
        again = library.preview(lisbon(tmp_path, text=LONG + " Fin."))
        assert again.replaces == "lisbonne-2024"
        [near] = library.preview(lisbon(tmp_path, "b.txt", LONG + " Fin.")).look_alikes
        assert near.choices == (Choice.REPLACE, Choice.KEEP_BOTH, Choice.CANCEL)
        [other] = library.preview(oslo(tmp_path, "port.txt", quays=7)).look_alikes
        assert (other.kind, other.choices[0]) == (LookAlikeKind.SAME_MISSION, Choice.KEEP_BOTH)
        library.remove("lisbonne-2024")
        [same] = library.preview(lisbon(tmp_path, "c.txt")).look_alikes
        assert (same.report.state, same.choices[0]) == (ReportState.REMOVED, Choice.RESTORE)

    def test_bad_files(self, library: Library, tmp_path: Path) -> None:
        with pytest.raises(FileRefused):
            library.preview(tmp_path / "gone.txt")


@pytest.mark.usefixtures("store")
class TestVersions:
    def test_who_added_what_and_the_way_back(self, library: Library, tmp_path: Path) -> None:
        library.add(oslo(tmp_path), added_by="anne")
        library.replace("oslo-2024", oslo(tmp_path, "v2.txt", quays=19), added_by="bob")
        second, first = library.versions("oslo-2024")
        assert [(v.added_by, v.source_name, v.is_current) for v in (first, second)] == [
            ("anne", "oslo.txt", False),
            ("bob", "v2.txt", True),
        ]
        assert library.original(first.version).read_bytes() == oslo(tmp_path).read_bytes()
        report = library.restore("oslo-2024", first.version)
        assert (report.added_by, report.source_name) == ("anne", "oslo.txt")
        assert "14 quais" in text_of(library, "oslo-2024")
        with pytest.raises(UnknownVersion):
            library.restore("oslo-2024", "0" * 64)


@pytest.mark.usefixtures("store")
class TestEditing:
    def test_edited_fields_survive_a_new_version_and_rereading(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library.add(oslo(tmp_path))
        edited = library.edit(
            "oslo-2024",
            {
                "title": "Les quais d’Oslo",
                "destinations": [{"city": "Bergen"}],
                "participants": [{"name": "Anaïs Côté", "role": "mairesse"}],
                "year": 2023,
            },
        )
        assert edited.metadata == ReportMetadata(
            title="Les quais d’Oslo",
            destinations=(Destination("Bergen"),),
            year=2023,
            language="fr",
            participants=(Participant("Anaïs Côté", "mairesse"),),
        )
        assert edited.edited == ("dates", "destinations", "participants", "title")
        library.add(oslo(tmp_path, quays=19))
        assert library.reports()[0].metadata == edited.metadata
        monkeypatch.setattr("ingest.reading.READER_REVISION", 99)
        assert library.reread("oslo-2024").status == "replaced"
        assert library.reports()[0].metadata == edited.metadata
        other = library.add(oslo(tmp_path, quays=20), metadata={"title": "Nouveau"})
        assert other.status == "replaced"
        assert library.reports()[0].metadata.title == "Nouveau"
        assert library.reports()[0].metadata.year == 2023

    def test_fields_are_emptied_and_reset(self, library: Library, tmp_path: Path) -> None:
        library.add(oslo(tmp_path))
        before = library.reports()[0].metadata
        emptied = library.edit("oslo-2024", {"title": None, "destinations": None})
        assert (emptied.metadata.title, emptied.metadata.destinations) == ("", ())
        assert emptied.edited == ("destinations", "title")
        reset = library.edit("oslo-2024", reset=["title", "destinations"])
        assert (reset.metadata, reset.edited) == (before, ())

    @pytest.mark.parametrize(
        "wrong", [{"titel": "x"}, {"start_date": "2024-13-01"}, {"end_date": "1900-01-01"}]
    )
    def test_wrong_values_change_nothing(
        self, library: Library, tmp_path: Path, wrong: dict[str, str]
    ) -> None:
        library.add(oslo(tmp_path))
        before = library.reports()
        if "end_date" in wrong:
            wrong = {"start_date": "1901-01-01"} | wrong
        with pytest.raises(InvalidMetadata):
            library.edit("oslo-2024", wrong)
        assert library.reports() == before


@pytest.mark.usefixtures("store")
class TestRereading:
    def test_a_newer_reader_reads_the_same_version_anew(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library.add(lisbon(tmp_path), added_by="anne")
        [before] = library.versions("lisbonne-2024")
        assert library.outdated() == []
        assert library.reread("lisbonne-2024").status == "unchanged"
        monkeypatch.setattr("ingest.reading.READER_REVISION", 2)
        monkeypatch.setattr("ingest.library.READER_REVISION", 2)
        library.settings = library.settings.model_copy(
            update={"passage_max_words": 40, "passage_min_words": 10}
        )
        assert [report.id for report in library.outdated()] == ["lisbonne-2024"]
        done = library.reread("lisbonne-2024")
        assert (done.status, done.version) == ("replaced", before.version)
        [after] = library.versions("lisbonne-2024")
        assert (after.reader_revision, after.added_by) == (2, "anne")
        assert (after.source_name, after.added_at) == (before.source_name, before.added_at)
        assert after.passage_count > before.passage_count
        assert library.outdated() == []

    def test_a_lost_original_is_told(
        self, library: Library, data_dir: Path, tmp_path: Path
    ) -> None:
        result = library.add(lisbon(tmp_path))
        original = library.original(result.version)
        content = original.read_bytes()
        original.unlink()
        lost = library.reread("lisbonne-2024")
        assert lost.error is not None
        assert lost.error.code == "missing-file"
        assert "lisbonne.txt" in lost.message
        original.write_bytes(content)


@pytest.mark.usefixtures("store")
def test_a_purge_takes_page_images_and_readings_along(library: Library, tmp_path: Path) -> None:
    result = library.add(lisbon(tmp_path))
    home = library._views._home(result.version)
    home.mkdir(parents=True, exist_ok=True)
    (home / "1-0.webp").write_bytes(b"an image")
    library.purge(result.report_id)
    assert not home.exists()
    assert library.add(lisbon(tmp_path)).status == "added"
