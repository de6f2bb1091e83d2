"""The library with a real store, real embeddings and real files."""

import errno
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ingest import AddResult, Library, Progress, report_files
from tests.builders import OSLO, oslo
from vectorstore import Index
from vectorstore.errors import DataFolderInUse, DiskFull, UnknownReport
from vectorstore.models import Destination, Pillar, ReportMetadata
from vectorstore.store import Store

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"
SAMPLE = SAMPLES / "mission-new-york-aivp-2025.txt"


def text_of(library: Library, report_id: str) -> str:
    return "\n".join(passage.text for passage in library.passages(report_id))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder for all, kept open: the model takes seconds to load."""
    folder = tmp_path_factory.mktemp("library") / "data"
    with Store.open(folder):
        yield folder


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    with Library.open(data_dir) as opened:
        yield opened
        for report in (*opened.reports(), *opened.removed_reports()):
            opened.purge(report.id)


class TestAdding:
    def test_the_sample(self, library: Library):
        steps: list[Progress] = []
        [file] = report_files(SAMPLES)
        result = library.add(file, progress=steps.append)
        assert (result.report_id, result.status) == ("new-york-2025", "added")
        [report] = library.reports()
        assert report.metadata == ReportMetadata(
            title="Conférence mondiale Villes et Ports de l’AIVP – New York 2025",
            destinations=(Destination("New York", "États-Unis"),),
            year=2025,
            language="fr",
        )
        passages = library.passages("new-york-2025")
        assert report.passage_count == len(passages) == 10
        assert {passage.section.pillar for passage in passages} == set(Pillar)
        assert [step.stage for step in steps][:: len(steps) - 1] == ["reading", "storing"]
        assert steps[-1] == Progress("storing", 1, 1)

    def test_what_is_stored_is_verbatim(self, library: Library, data_dir: Path):
        result = library.add(SAMPLE)
        source = " ".join(SAMPLE.read_text("utf-8").split())
        with Store.open(data_dir) as store:
            text = store.version_text(result.version)
            for passage in library.passages(result.report_id):
                assert text[passage.start : passage.end] == passage.text
                assert " ".join(passage.text.split()) in source
            assert store.source_path(result.version).read_bytes() == SAMPLE.read_bytes()

    def test_what_is_added_is_found(self, library: Library, data_dir: Path, tmp_path: Path):
        library.add(oslo(tmp_path))
        with Index.open(data_dir) as index:
            [hit, *_] = index.search("combien de quais branchés à Oslo", k=3)
        assert "14 quais sur 20" in hit.passage.text
        assert hit.report.metadata.start_date == date(2024, 5, 3)

    def test_the_same_file_again_is_unchanged(self, library: Library, tmp_path: Path):
        file = oslo(tmp_path)
        first = library.add(file)
        again = library.add(file)
        assert (first.status, again.status) == ("added", "unchanged")
        assert again.report_id == first.report_id == "oslo-2024"
        assert len(library.reports()) == 1

    def test_the_same_bytes_under_another_name_are_a_duplicate(
        self, library: Library, tmp_path: Path
    ):
        library.add(oslo(tmp_path))
        copy = library.add(oslo(tmp_path, "copie.txt"))
        assert (copy.status, copy.report_id) == ("duplicate", "oslo-2024")
        assert "oslo-2024" in copy.message
        assert library.add(oslo(tmp_path), report_id="autre").status == "duplicate"
        assert len(library.reports()) == 1

    def test_a_changed_file_replaces_its_report(self, library: Library, tmp_path: Path):
        library.add(oslo(tmp_path))
        changed = library.add(oslo(tmp_path, quays=19))
        assert (changed.status, changed.report_id) == ("replaced", "oslo-2024")
        assert "19 quais" in text_of(library, "oslo-2024")
        assert "14 quais" not in text_of(library, "oslo-2024")

    def test_another_file_on_the_same_mission_is_another_report(
        self, library: Library, tmp_path: Path
    ):
        library.add(oslo(tmp_path))
        other = library.add(oslo(tmp_path, "port.txt", quays=19))
        third = library.add(oslo(tmp_path, "quais.txt", quays=7))
        assert [other.report_id, third.report_id] == ["oslo-2024-2", "oslo-2024-3"]
        assert "14 quais" in text_of(library, "oslo-2024")
        changed = library.add(oslo(tmp_path, "port.txt", quays=20))
        assert (changed.status, changed.report_id) == ("replaced", "oslo-2024-2")

    def test_a_named_report_is_replaced_by_any_file(self, library: Library, tmp_path: Path):
        library.add(oslo(tmp_path))
        result = library.add(oslo(tmp_path, "v2.txt", quays=19), report_id="oslo-2024")
        assert (result.status, result.report_id) == ("replaced", "oslo-2024")
        assert len(library.reports()) == 1

    def test_an_earlier_version_comes_back(self, library: Library, tmp_path: Path):
        first = library.add(oslo(tmp_path))
        library.add(oslo(tmp_path, quays=19))
        back = library.add(oslo(tmp_path))
        assert (back.status, back.version) == ("replaced", first.version)
        assert "14 quais" in text_of(library, "oslo-2024")

    def test_metadata_of_external_programs(self, library: Library, tmp_path: Path):
        result = library.add(
            oslo(tmp_path),
            metadata={
                "title": "Traversiers",
                "destinations": [{"city": "Bergen"}],
                "start_date": "2025-10-28",
            },
        )
        [report] = library.reports()
        assert result.report_id == "bergen-2025"
        assert report.metadata.title == "Traversiers"
        assert (report.metadata.start_date, report.metadata.end_date) == (date(2025, 10, 28), None)
        assert report.metadata.language == "fr"

    def test_new_metadata_for_a_known_file(self, library: Library, tmp_path: Path):
        file = oslo(tmp_path)
        library.add(file)
        result = library.add(file, metadata=ReportMetadata(title="Nouveau titre"))
        assert (result.status, result.report_id) == ("replaced", "oslo-2024")
        [report] = library.reports()
        assert report.title == "Nouveau titre"
        assert report.metadata.destinations == (Destination("Oslo", "Norvège"),)
        assert library.add(file).status == "unchanged"

    def test_removal(self, library: Library, tmp_path: Path):
        file = oslo(tmp_path)
        library.remove(library.add(file).report_id)
        assert library.reports() == []
        with pytest.raises(UnknownReport):
            library.remove("atlantide-1492")
        assert library.add(file).status == "added"

    def test_two_threads_that_add_one_file_add_it_once(self, data_dir: Path, tmp_path: Path):
        file = oslo(tmp_path)
        barrier = threading.Barrier(4)

        def add(_: int) -> str:
            with Library.open(data_dir) as library:
                barrier.wait()
                return library.add(file).status

        with Library.open(data_dir) as library, ThreadPoolExecutor(4) as threads:
            statuses = sorted(threads.map(add, range(4)))
            assert len(library.reports()) == 1
        assert statuses == ["added", "unchanged", "unchanged", "unchanged"]

    @pytest.mark.parametrize(
        "name",
        [
            "Été « à » l'île d'Orléans.txt",
            "a\nb.txt",
            "x" * 240 + ".txt",
            "日本.txt",
            "é\udce9.txt",
        ],
    )
    def test_names_of_files(self, library: Library, tmp_path: Path, name: str):
        file = tmp_path / name
        file.write_text("La Ville a signé une entente.", encoding="utf-8")
        result = library.add(file)
        assert result.status == "added", result.message
        assert len(result.report_id) <= 60
        assert library.add(file).status == "unchanged"


class TestRefusing:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("vide.txt", b"", "empty-file"),
            ("blanc.txt", b" \n\f\n", "no-text"),
            ("bruit.bin", bytes(range(256)) * 8, "unsupported-file"),
            ("ancien.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported-file"),
            ("rapport.meta.toml", b'title = "x"', "side-file"),
        ],
    )
    def test_bad_files(self, library: Library, tmp_path: Path, name, content, code):
        file = tmp_path / name
        file.write_bytes(content)
        result = library.add(file)
        assert (result.status, result.report_id) == ("refused", "")
        assert result.error is not None
        assert result.error.code == code
        assert name in result.message
        assert library.reports() == []

    def test_files_that_are_none(self, library: Library, tmp_path: Path):
        for path in (tmp_path, tmp_path / "gone.txt", tmp_path / "nul\0.txt"):
            assert library.add(path).status == "refused"

    def test_a_refused_new_version_leaves_the_old_one(self, library: Library, tmp_path: Path):
        file = oslo(tmp_path)
        library.add(file)
        file.write_bytes(b"")
        assert library.add(file).status == "refused"
        assert "14 quais" in text_of(library, "oslo-2024")

    def test_wrong_metadata(self, library: Library, tmp_path: Path):
        result = library.add(oslo(tmp_path), metadata={"titel": "x"})
        assert result.status == "refused"
        assert "titel" in result.message

    def test_a_file_that_changes_while_it_is_read(self, library: Library, tmp_path: Path):
        file = oslo(tmp_path)

        def change(step: Progress) -> None:
            if step.stage == "reading":
                file.write_text("Autre texte.", encoding="utf-8")

        result = library.add(file, progress=change)
        assert result.error is not None
        assert result.error.code == "file-changed"
        assert library.reports() == []

    def test_cancelling_changes_nothing(self, library: Library, tmp_path: Path):
        library.add(oslo(tmp_path))
        result = library.add(oslo(tmp_path, quays=19), cancelled=lambda: True)
        assert (result.status, result.error and result.error.code) == (
            "refused",
            "reading-cancelled",
        )

        def stop(step: Progress) -> None:
            if step.stage == "embedding":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            library.add(oslo(tmp_path, quays=19), progress=stop)
        assert "14 quais" in text_of(library, "oslo-2024")
        assert library.add(oslo(tmp_path, quays=19)).status == "replaced"

    def test_json_has_the_contract_and_no_error_object(self, library: Library, tmp_path: Path):
        result = library.add(tmp_path / "gone.txt")
        written = json.loads(TypeAdapter(AddResult).dump_json(result))
        told = {"report_id", "version", "status", "message", "warnings", "look_alikes"}
        assert written.keys() == told


class TestDiskFull:
    """No space left, at the two places where a version reaches the disk."""

    def test_copying_the_original(self, library: Library, tmp_path: Path, monkeypatch):
        library.add(oslo(tmp_path))

        def no_space(*_args, **_options):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(shutil, "copyfile", no_space)
        with pytest.raises(DiskFull):
            library.add(oslo(tmp_path, quays=19))
        monkeypatch.undo()
        self.assert_the_old_version_answers(library, tmp_path)

    def test_writing_the_catalogue(self, library: Library, tmp_path: Path, data_dir: Path):
        library.add(oslo(tmp_path))
        long = tmp_path / "oslo.txt"
        # SQLite itself says that the disk is full once a file may have no more pages.
        with Store.open(data_dir) as store:
            with closing(sqlite3.connect(store.folder.catalogue)) as connection:
                # Pages that earlier tests freed would be filled first.
                connection.execute("VACUUM")
                [pages] = connection.execute("PRAGMA page_count").fetchone()

            def limited(connection: sqlite3.Connection, *_: object) -> None:
                connection.execute(f"PRAGMA max_page_count = {pages}")

            from sqlalchemy import event

            store._engine.dispose()
            event.listen(store._engine, "connect", limited)
            paragraph = "La Ville a signé une entente avec le port. " * 60
            long.write_text(OSLO.format(quays=19) + "\n\n" + paragraph, encoding="utf-8")
            with pytest.raises(DiskFull):
                library.add(long)
            event.remove(store._engine, "connect", limited)
            store._engine.dispose()
        self.assert_the_old_version_answers(library, tmp_path)

    def assert_the_old_version_answers(self, library: Library, tmp_path: Path) -> None:
        assert "14 quais" in text_of(library, "oslo-2024")
        result = library.add(oslo(tmp_path, quays=19))
        assert result.status == "replaced"
        assert "19 quais" in text_of(library, "oslo-2024")


def test_another_process_is_refused(library: Library, data_dir: Path):
    script = (
        "import sys; from ingest import Library\n"
        "try: Library.open(sys.argv[1])\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, data_dir], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == DataFolderInUse.__name__


def test_importing_is_quick():
    script = (
        "import sys, ingest\n"
        "heavy = {'pydantic', 'sqlalchemy', 'torch', 'chromadb', 'nltk', 'llama_index'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "from ingest import Library\n"
        "heavy -= {'pydantic'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_files_of_a_folder(tmp_path: Path):
    names = ["b.pdf", "a.txt", "a.meta.toml", ".cache/x.txt", ".hidden", "sous/c.txt", "~$b.docx"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in report_files(tmp_path)]
    assert found == ["a.txt", "b.pdf"]
    deep = report_files(tmp_path, recursive=True)
    assert [path.name for path in deep] == ["a.txt", "b.pdf", "c.txt"]
