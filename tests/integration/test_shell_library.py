"""The shell's commands over the library, in this process, with a tiny model."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import oslo
from ui.cli import run
from vectorstore.settings import VectorstoreSettings

PARAGRAPH = "\nLe quai numéro {n} accueille {m} navires par année depuis sa rénovation.\n"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Escale:
    """The shell on one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *arguments: str | Path) -> Done:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--data", str(self.data), "--lang", "fr", *map(str, arguments)])
        assert "Traceback" not in err.getvalue()
        return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture
def escale(
    data_dir: Path, tiny_settings: VectorstoreSettings, monkeypatch: pytest.MonkeyPatch
) -> Escale:
    monkeypatch.setenv("ESCALE_VECTORSTORE_EMBEDDING_MODEL", tiny_settings.embedding_model)
    return Escale(data_dir)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return oslo(tmp_path / "rapports")


def long_report(folder: Path, name: str, *, budget: int) -> Path:
    file = oslo(folder, name)
    more = "".join(PARAGRAPH.format(n=n, m=n * 31) for n in range(60))
    file.write_text(
        file.read_text(encoding="utf-8") + more + f"\nLe budget est de {budget} M$.\n",
        encoding="utf-8",
    )
    return file


def ids(escale: Escale, *options: str) -> list[str]:
    return [report["id"] for report in escale("list", "--json", *options).json]


def test_the_life_of_a_report(escale: Escale, file: Path, tmp_path: Path) -> None:
    [added] = escale("add", file, "--json").json
    assert added["status"] == "added"
    report, first = added["report_id"], added["version"]

    newer = oslo(tmp_path, "autre nom.txt", quays=17)
    for status in ("replaced", "unchanged"):
        done = escale("replace", report, newer, "--json")
        assert (done.code, done.json["status"]) == (0, status)
    listed = escale("versions", report, "--json").json
    assert [version["is_current"] for version in listed] == [True, False]
    shown = escale("versions", report)
    assert first[:12] in shown.out
    assert "autre nom.txt" in shown.out

    for _ in range(2):
        done = escale("restore", report, "--version", first[:8], "--json")
        assert (done.code, done.json["version"]) == (0, first)
    assert escale("restore", report, "--version", "0" * 8).code == 1

    edit = ("edit", report, "--title", "Voyage d’étude", "--destination", "Bergen, Norvège")
    for _ in range(2):
        done = escale(*edit, "--start", "2024-05-03", "--end", "2024-05-05", "--json")
        assert done.code == 0
        assert done.json["metadata"]["title"] == "Voyage d’étude"
    done = escale("edit", report, "--reset", "title", "--json")
    assert done.json["metadata"]["title"] != "Voyage d’étude"
    assert done.json["metadata"]["destinations"][0]["city"] == "Bergen"
    assert escale("edit", report).code == 2

    assert escale("reread", report, "--json").json[0]["status"] == "unchanged"
    assert escale("reread", "--outdated", "--json").json == []
    assert escale("reread").code == 2

    for _ in range(2):
        assert escale("remove", report, "--yes").code == 0
        assert ids(escale) == []
        assert ids(escale, "--removed") == [report]
    for _ in range(2):
        assert escale("restore", report).code == 0
        assert ids(escale) == [report]

    refused = escale("purge", report)
    assert refused.code == 2
    assert "--yes" in refused.err
    assert escale("purge", report, "--yes", "--json").json == [report]
    assert ids(escale) == ids(escale, "--removed") == []
    assert escale("purge", report, "--yes").code == 1
    assert escale("purge", report, "--yes", "--if-exists", "--json").json == []
    assert escale("restore", report).code == 1


def test_look_alikes_are_told_with_what_can_be_done(escale: Escale, tmp_path: Path) -> None:
    first = long_report(tmp_path, "un.txt", budget=12)
    [added] = escale("add", first, "--json").json
    nearly = long_report(tmp_path, "deux.txt", budget=13)
    told = escale("add", nearly)
    assert told.code == 5
    report = added["report_id"]
    assert f"--replace {report}" in told.out
    assert "--keep-both" in told.out
    assert "Ressemble à une version de" in told.out
    assert ids(escale) == [report]

    assert escale("add", first.rename(tmp_path / "trois.txt")).code == 0, (
        "the same file is no doubt"
    )
    assert escale("add", nearly, "--replace", "atlantide").code == 1
    [replaced] = escale("add", nearly, "--replace", report, "--json").json
    assert (replaced["status"], replaced["report_id"]) == ("replaced", report)
    [both] = escale("add", tmp_path / "trois.txt", "--keep-both", "--json").json
    assert both["status"] == "added"
    assert len(ids(escale)) == 2


def test_another_report_of_the_same_mission_is_told(escale: Escale, tmp_path: Path) -> None:
    escale("add", oslo(tmp_path, "un.txt"))
    other = tmp_path / "deux.txt"
    other.write_text(
        "Rapport de mission à Oslo (Norvège), du 3 au 5 mai 2024\n\nObjectifs\n\n"
        "La délégation s’intéresse aux bibliothèques et aux écoles de la ville.\n",
        encoding="utf-8",
    )
    told = escale("add", other)
    assert told.code == 0
    assert "la mission est la même" in told.out
    assert len(ids(escale)) == 2


def test_sync_follows_a_folder(escale: Escale, file: Path) -> None:
    folder = file.parent
    planned = escale("sync", folder, "--dry-run", "--json")
    assert [step["change"] for step in planned.json] == ["new"]
    assert ids(escale) == []
    done = escale("sync", folder, "--json")
    assert done.code == 0
    [report] = ids(escale)
    assert "inchangé" in escale("sync", folder).err

    file.rename(folder / "renommé.txt")
    oslo(folder, "lima.txt", quays=3).write_text(
        "Mission à Lima\n\nObjectifs\n\nLe réseau compte douze succursales.", encoding="utf-8"
    )
    steps = {step["path"]: step for step in escale("sync", folder, "--json").json}
    assert steps["renommé.txt"]["change"] == "renamed"
    assert steps["lima.txt"]["change"] == "new"

    (folder / "renommé.txt").unlink()
    refused = escale("sync", folder)
    assert refused.code == 2
    assert "--yes" in refused.err
    assert report in ids(escale)
    assert escale("sync", folder, "--yes").code == 0
    assert ids(escale, "--removed") == [report]

    (folder / "lima.txt").unlink()
    emptied = escale("sync", folder, "--yes")
    assert emptied.code == 1
    assert "--allow-empty" in emptied.err
    (folder / "vide.txt").touch()
    assert escale("sync", folder, "--yes").code == 1, "a refused file"
    assert escale("sync", folder / "nulle part").code == 1


def test_a_backup_comes_back_by_restore(escale: Escale, file: Path, tmp_path: Path) -> None:
    escale("add", file)
    [report] = ids(escale)
    backup = tmp_path / "sauvegarde.zip"
    done = escale("backup", backup)
    assert done.code == 0, done.err
    assert "vérifié" in done.err
    other = Escale(tmp_path / "neuf")
    for command in ("restore", "restore-backup"):
        other = Escale(tmp_path / command)
        assert other(command, backup).code == 0
        assert ids(other) == [report]
        assert other("restore-backup", backup).code == 1
    escale("purge", report, "--yes")
    assert escale("restore", backup).code == 1
    assert ids(escale) == []
    forced = escale("restore", backup, "--force")
    assert forced.code == 0
    assert "before-restore-" in forced.err
    assert ids(escale) == [report]
    assert escale("restore-backup", file).code == 1
    assert escale("backup", file).code == 1
    assert Escale(tmp_path / "vide")("backup", backup).code == 1


@pytest.mark.slow
def test_a_backup_is_taken_while_another_process_holds_the_folder(
    escale: Escale, file: Path, tmp_path: Path, tiny_settings: VectorstoreSettings
) -> None:
    escale("add", file)
    code = (
        "import sys, time\nfrom vectorstore.store import Store\n"
        "from vectorstore.settings import VectorstoreSettings\n"
        "store = Store.open(sys.argv[1], VectorstoreSettings(embedding_model=sys.argv[2]))\n"
        "print(len(store.reports()), flush=True)\ntime.sleep(600)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, escale.data, tiny_settings.embedding_model],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "1\n"
        backup = tmp_path / "sauvegarde.zip"
        assert escale("backup", backup).code == 0
        refused = escale("restore", backup, "--force")
        assert refused.code == 1
        assert str(holder.pid) in refused.err
        assert Escale(tmp_path / "neuf")("restore", backup).code == 0
    finally:
        holder.kill()
        holder.wait()
    assert len(ids(Escale(tmp_path / "neuf"))) == 1
