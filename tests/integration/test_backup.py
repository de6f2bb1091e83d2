"""Backups: whole, of one moment, verified; taken while another process works on the folder."""

import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.audited import AuditedLibrary
from tests.builders import oslo
from vectorstore.accounts.audit import Audit
from vectorstore.backup import back_up, is_backup
from vectorstore.errors import (
    BackupDamaged,
    BackupInDataFolder,
    DataFolderInUse,
    DataFolderNotEmpty,
    DiskFull,
    EscaleError,
    NoDataFolder,
    NotABackup,
)
from vectorstore.index import Index
from vectorstore.restoring import restore
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store


@pytest.fixture
def data(data_dir: Path, tiny_settings: VectorstoreSettings, tmp_path: Path) -> Path:
    """Two versions of a report, one in the bin, a setting of staff, an audit."""
    with AuditedLibrary(Store.open(data_dir, tiny_settings), "shell:test") as library:
        library.add(oslo(tmp_path / "a"))
        library.replace("oslo-2024", oslo(tmp_path / "a", quays=17))
        library.edit("oslo-2024", {"title": "Choisi"})
        other = tmp_path / "lima.txt"
        other.write_text("Mission à Lima\n\nLe réseau compte douze succursales.", encoding="utf-8")
        library.add(other, report_id="lima")
        library.remove("lima")
    (data_dir / "glossary.toml").write_text("terms = []\n", encoding="utf-8")
    return data_dir


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sauvegardes" / "escale.zip"


def state(data: Path, settings: VectorstoreSettings) -> object:
    with Store.open(data, settings) as store:
        assert store.check() == []
        return (
            store.reports(),
            store.removed_reports(),
            {report.id: store.versions(report.id) for report in store.reports()},
            [hit.passage.text for hit in Index(store).search("quais électriques", k=20)],
            [(entry.action, entry.target) for entry in Audit(store).entries()],
            (data / "glossary.toml").exists(),
        )


def test_a_backup_round_trips(
    data: Path, file: Path, tmp_path: Path, tiny_settings: VectorstoreSettings
) -> None:
    before = state(data, tiny_settings)
    made = back_up(data, file)
    assert made.reports == 2
    assert is_backup(file)
    assert file.stat().st_mode & 0o077 == 0, "others can read the backup, which holds passwords"
    assert not [member.name for member in made.members if member.name.startswith("chroma")]
    restored = restore(file, tmp_path / "neuf")
    assert restored.kept_aside is None
    assert state(tmp_path / "neuf", tiny_settings) == before
    assert back_up(data, file).reports == 2, "an older backup is replaced"
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_data_are_only_overwritten_by_force_and_then_kept_aside(
    data: Path, file: Path, tmp_path: Path, tiny_settings: VectorstoreSettings
) -> None:
    before = state(data, tiny_settings)
    back_up(data, file)
    with AuditedLibrary(Store.open(data, tiny_settings), "shell:test") as library:
        library.purge("oslo-2024")
    after = state(data, tiny_settings)
    with pytest.raises(DataFolderNotEmpty):
        restore(file, data)
    assert state(data, tiny_settings) == after
    kept = restore(file, data, force=True).kept_aside
    assert kept is not None
    assert state(data, tiny_settings) == before
    assert state(kept, tiny_settings) == after


def test_where_nothing_can_stand_beside_the_folder_the_old_data_stay_in_it(
    data: Path,
    file: Path,
    tiny_settings: VectorstoreSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in a container, whose data folder is a file system of its own."""
    before = state(data, tiny_settings)
    back_up(data, file)
    rename = Path.rename

    def elsewhere(self: Path, target: Path) -> Path:
        if not Path(target).is_relative_to(data):
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", elsewhere)
    kept = restore(file, data, force=True).kept_aside
    monkeypatch.undo()
    assert kept is not None
    assert kept.parent == data
    assert state(data, tiny_settings) == before
    assert "before-restore" not in " ".join(member.name for member in back_up(data, file).members)


def test_a_folder_that_a_process_holds_is_not_overwritten(
    data: Path, file: Path, tiny_settings: VectorstoreSettings
) -> None:
    back_up(data, file)
    code = "import sys; from vectorstore.restoring import restore; from pathlib import Path\n"
    code += "restore(Path(sys.argv[1]), Path(sys.argv[2]), force=True)"
    with Store.open(data, tiny_settings):
        done = subprocess.run(
            [sys.executable, "-c", code, str(file), str(data)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert DataFolderInUse.__name__ in done.stderr


@pytest.mark.parametrize("share", [n / 20 for n in range(20)])
def test_a_damaged_backup_changes_nothing(
    data: Path, file: Path, tmp_path: Path, share: float
) -> None:
    back_up(data, file)
    content = bytearray(file.read_bytes())
    place = int(len(content) * share)
    content[place : place + 40] = bytes(byte ^ 0x5A for byte in content[place : place + 40])
    file.write_bytes(content)
    with pytest.raises((BackupDamaged, NotABackup)):
        restore(file, tmp_path / "neuf")
    assert not (tmp_path / "neuf" / "catalogue.sqlite").exists()
    assert not list((tmp_path / "neuf").glob(".restoring*"))


def test_a_cut_backup_is_none(data: Path, file: Path, tmp_path: Path) -> None:
    back_up(data, file)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(NotABackup):
        restore(file, tmp_path / "neuf")


def test_members_never_leave_the_folder(data: Path, file: Path, tmp_path: Path) -> None:
    back_up(data, file)
    evil = tmp_path / "mal.zip"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(evil, "w") as target:
        for name in source.namelist():
            piece = source.read(name)
            if name == "manifest.json":
                piece = piece.replace(b'"glossary.toml"', b'"../evade.toml"')
            target.writestr("../evade.toml" if name == "glossary.toml" else name, piece)
    with pytest.raises(BackupDamaged):
        restore(evil, tmp_path / "neuf")
    assert not (tmp_path / "evade.toml").exists()


def test_what_is_refused(data: Path, file: Path, tmp_path: Path) -> None:
    refused: list[tuple[type[EscaleError], Path, Path]] = [
        (NoDataFolder, tmp_path / "nulle part", file),
        (BackupInDataFolder, data, data / "escale.zip"),
        (NotABackup, data, oslo(tmp_path / "b")),
    ]
    for error, folder, target in refused:
        with pytest.raises(error):
            back_up(folder, target)
    assert (tmp_path / "b" / "oslo.txt").read_text(encoding="utf-8").startswith("Rapport")
    with pytest.raises(NotABackup):
        restore(tmp_path / "b" / "oslo.txt", tmp_path / "neuf")


def test_a_full_disk_leaves_the_older_backup(
    data: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(data, file)
    whole = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vectorstore.backup._pack", full)
    with pytest.raises(DiskFull):
        back_up(data, file)
    monkeypatch.undo()
    assert file.read_bytes() == whole
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


WRITING = """
import random, sys
from pathlib import Path
from tests.builders import content, source_of
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store
data, model, folder = map(Path, sys.argv[1:])
with Store.open(data, VectorstoreSettings(embedding_model=str(model))) as store:
    number = 0
    while True:
        number += 1
        made = content({"Oslo": [f"Le budget {number} est de {number} M$."]}, title=f"v{number}")
        for report in ("un", "deux"):
            store.publish(report, made, source=source_of(made, folder))
        if number % 7 == 0:
            store.purge("un")
        print(number, flush=True)
"""


@pytest.fixture
def writing(
    data_dir: Path, tiny_settings: VectorstoreSettings, tmp_path: Path
) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder and writes it all the time."""
    (tmp_path / "files").mkdir()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            WRITING,
            data_dir,
            tiny_settings.embedding_model,
            tmp_path / "files",
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "1"
    yield process
    process.kill()
    process.wait()


@pytest.mark.slow
def test_backups_while_another_process_writes(
    writing: subprocess.Popen[str],
    data_dir: Path,
    file: Path,
    tmp_path: Path,
    tiny_settings: VectorstoreSettings,
) -> None:
    for attempt in range(12):
        back_up(data_dir, file)
        folder = tmp_path / f"neuf-{attempt}"
        restore(file, folder)
        with Store.open(folder, tiny_settings) as store:
            assert store.check() == []
            assert store.reports()
        shutil.rmtree(folder)
    assert writing.poll() is None


@pytest.mark.slow
def test_a_killed_backup_leaves_the_older_one(data: Path, file: Path) -> None:
    back_up(data, file)
    whole = file.read_bytes()
    code = (
        "import os, sys\nfrom pathlib import Path\nimport vectorstore.backup as backup\n"
        "backup._verify = lambda *_: os.kill(os.getpid(), 9)\n"
        "backup.back_up(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(data), str(file)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert file.read_bytes() == whole
    assert is_backup(file)
