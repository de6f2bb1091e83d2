"""A library that follows a folder: new, changed, renamed, gone; what staff decided stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.audited import AuditedLibrary
from ingest.settings import IngestSettings
from ingest.syncing import Change, FolderEmptied, FolderMissing, FolderSync, SyncStep
from tests.builders import oslo
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

LIMA = """Rapport de mission à Lima (Pérou), du 3 au 5 mai 2023

Objectifs

Visiter les douze bibliothèques de quartier et comprendre leur financement.

Québec apprend

Le réseau compte douze succursales, ouvertes chaque soir. Le budget est de 12 M$ par année.
"""


@pytest.fixture
def library(data_dir: Path, tiny_settings: VectorstoreSettings) -> Iterator[AuditedLibrary]:
    store = Store.open(data_dir, tiny_settings)
    with AuditedLibrary(store, "shell:test") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rapports"
    oslo(made)
    (made / "2023").mkdir()
    (made / "2023" / "lima.txt").write_text(LIMA, encoding="utf-8")
    return made


def sync(library: AuditedLibrary, folder: Path) -> dict[str, SyncStep]:
    following = FolderSync(library, folder, IngestSettings())
    done = following.carry_out(following.plan())
    again = following.plan(allow_empty=True)
    idle = (Change.UNCHANGED, Change.LEFT, Change.REFUSED, Change.NEW)
    told = {step.path for step in done if step.result and step.result.status == "duplicate"}
    assert all(step.change in idle or step.path in told for step in again), again
    return {step.path: step for step in done}


def changes(steps: dict[str, SyncStep]) -> dict[str, str]:
    return {path: step.change.value for path, step in steps.items()}


def quays(library: AuditedLibrary) -> str:
    return " ".join(
        passage.text for report in library.reports() for passage in library.passages(report.id)
    )


def test_new_files_are_added_and_known_ones_left(library: AuditedLibrary, folder: Path) -> None:
    assert changes(sync(library, folder)) == {"oslo.txt": "new", "2023/lima.txt": "new"}
    assert {report.id for report in library.reports()} == {"oslo-2024", "lima-2023"}
    assert set(changes(sync(library, folder)).values()) == {"unchanged"}


def test_a_changed_file_is_a_new_version(library: AuditedLibrary, folder: Path) -> None:
    sync(library, folder)
    oslo(folder, quays=17)
    done = sync(library, folder)
    assert done["oslo.txt"].change is Change.CHANGED
    assert "branché 17 quais" in quays(library)
    assert "branché 14 quais" not in quays(library)
    assert len(library.versions("oslo-2024")) == 2


def test_a_renamed_file_stays_the_same_report(library: AuditedLibrary, folder: Path) -> None:
    sync(library, folder)
    [before] = [report for report in library.reports() if report.id == "oslo-2024"]
    (folder / "oslo.txt").rename(folder / "2023" / "norvège.txt")
    done = sync(library, folder)
    assert done["2023/norvège.txt"].was == "oslo.txt"
    [after] = [report for report in library.reports() if report.id == "oslo-2024"]
    assert after == before
    oslo(folder / "2023", "norvège.txt", quays=18)
    assert sync(library, folder)["2023/norvège.txt"].report_id == "oslo-2024"


def test_a_file_moved_and_changed_at_once_is_a_version(
    library: AuditedLibrary, folder: Path
) -> None:
    long = LIMA + "".join(f"\nLa succursale {n} reçoit {n * 37} lecteurs.\n" for n in range(80))
    (folder / "2023" / "lima.txt").write_text(long, encoding="utf-8")
    sync(library, folder)
    (folder / "2023" / "lima.txt").unlink()
    (folder / "lima bis.txt").write_text(long.replace("12 M$", "13 M$"), encoding="utf-8")
    done = sync(library, folder)
    assert done["lima bis.txt"].report_id == "lima-2023"
    assert {report.id for report in library.reports()} == {"oslo-2024", "lima-2023"}
    assert "13 M$" in quays(library)


def test_a_file_that_is_gone_goes_to_the_bin_and_comes_back(
    library: AuditedLibrary, folder: Path
) -> None:
    sync(library, folder)
    kept = (folder / "oslo.txt").read_bytes()
    (folder / "oslo.txt").unlink()
    assert changes(sync(library, folder))["oslo.txt"] == "gone"
    assert [report.id for report in library.removed_reports()] == ["oslo-2024"]
    (folder / "oslo.txt").write_bytes(kept)
    assert changes(sync(library, folder))["oslo.txt"] == "new"
    assert {report.id for report in library.reports()} == {"oslo-2024", "lima-2023"}


def test_reports_that_did_not_come_from_the_folder_are_never_touched(
    library: AuditedLibrary, folder: Path, tmp_path: Path
) -> None:
    by_hand = oslo(tmp_path / "ailleurs", quays=11)
    assert library.add(by_hand).status == "added"
    [before] = library.reports()
    done = sync(library, folder)
    assert done["oslo.txt"].report_id != before.id
    assert before in library.reports()
    (folder / "oslo.txt").write_bytes(by_hand.read_bytes())
    done = sync(library, folder)
    assert done["oslo.txt"].result is not None
    assert done["oslo.txt"].result.status == "duplicate"
    (folder / "oslo.txt").unlink()
    sync(library, folder)
    assert before in library.reports()


def test_the_same_file_as_one_added_by_hand_is_left_to_staff(
    library: AuditedLibrary, folder: Path
) -> None:
    assert library.add(folder / "oslo.txt").status == "added"
    assert changes(sync(library, folder))["oslo.txt"] == "new"
    (folder / "oslo.txt").unlink()
    sync(library, folder)
    assert "oslo-2024" in {report.id for report in library.reports()}


@pytest.mark.parametrize("how", ["remove", "purge"])
def test_what_staff_took_out_stays_out(library: AuditedLibrary, folder: Path, how: str) -> None:
    sync(library, folder)
    getattr(library, how)("oslo-2024")
    assert changes(sync(library, folder))["oslo.txt"] == "left"
    oslo(folder, quays=19)
    assert changes(sync(library, folder))["oslo.txt"] == "left"
    assert "oslo-2024" not in {report.id for report in library.reports()}


def test_a_version_set_by_hand_stays_until_the_file_changes(
    library: AuditedLibrary, folder: Path, tmp_path: Path
) -> None:
    sync(library, folder)
    library.replace("oslo-2024", oslo(tmp_path / "ailleurs", quays=12))
    (folder / "oslo.txt").rename(folder / "oslo 2024.txt")
    sync(library, folder)
    assert "branché 12 quais" in quays(library)
    oslo(folder, "oslo 2024.txt", quays=13)
    sync(library, folder)
    assert "branché 13 quais" in quays(library)


def test_files_of_one_name_in_two_folders_are_two_reports(
    library: AuditedLibrary, tmp_path: Path
) -> None:
    folder = tmp_path / "rapports"
    for part, text in (("a", "Le port compte 14 quais."), ("b", "La ville a douze écoles.")):
        (folder / part).mkdir(parents=True)
        (folder / part / "rapport.txt").write_text(text, encoding="utf-8")
    sync(library, folder)
    assert len(library.reports()) == 2


def test_a_side_file_is_followed(library: AuditedLibrary, folder: Path) -> None:
    sync(library, folder)
    (folder / "oslo.meta.toml").write_text('title = "Mission d’étude"\n', encoding="utf-8")
    assert changes(sync(library, folder))["oslo.txt"] == "changed"
    assert "Mission d’étude" in {report.title for report in library.reports()}
    assert all(len(library.versions(report.id)) == 1 for report in library.reports())


def test_refused_files_are_told_and_harm_nothing(library: AuditedLibrary, folder: Path) -> None:
    (folder / "vide.txt").touch()
    (folder / "programme.exe").write_bytes(b"MZ\x00\x01" * 20)
    done = sync(library, folder)
    assert done["vide.txt"].change is Change.REFUSED
    assert done["programme.exe"].error is not None
    assert len(library.reports()) == 2
    (folder / "oslo.txt").write_bytes(b"")
    assert sync(library, folder)["oslo.txt"].change is Change.REFUSED
    assert len(library.reports()) == 2


def test_an_emptied_or_missing_folder_removes_nothing(
    library: AuditedLibrary, folder: Path
) -> None:
    sync(library, folder)
    for file in folder.rglob("*.txt"):
        file.unlink()
    following = FolderSync(library, folder, IngestSettings())
    with pytest.raises(FolderEmptied):
        following.plan()
    assert len(library.reports()) == 2
    following.carry_out(following.plan(allow_empty=True))
    assert library.reports() == []
    with pytest.raises(FolderMissing):
        FolderSync(library, folder / "nulle part", IngestSettings())


def test_a_sync_that_is_stopped_goes_on(
    library: AuditedLibrary, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    following = FolderSync(library, folder, IngestSettings())
    monkeypatch.setattr(FolderSync, "_record", stopped)
    with pytest.raises(KeyboardInterrupt):
        following.carry_out(following.plan())
    monkeypatch.undo()
    assert len(library.reports()) == 1
    sync(library, folder)
    assert set(changes(sync(library, folder)).values()) == {"unchanged"}
    for file in folder.rglob("*.txt"):
        file.unlink()
    following.carry_out(following.plan(allow_empty=True))
    assert library.reports() == []
