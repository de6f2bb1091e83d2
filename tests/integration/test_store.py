"""The store on the real SQLite, Chroma and embedding model."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.builders import content, source_of
from vectorstore.errors import (
    DataFolderInUse,
    DataFolderTooNew,
    DataFolderUnusable,
    DiskFull,
    InvalidSetting,
    ModelMismatch,
    ModelUnavailable,
)
from vectorstore.index import Index
from vectorstore.models import Pillar, Scope, VersionContent
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

OSLO = content(
    {
        "Oslo APPREND": [
            "Les navires sont branchés à quai depuis 2018. Le courant vient de la ville.",
            "Les pistes cyclables sont déneigées avant six heures. Le budget est de 40 M$.",
        ],
        "Oslo RAYONNE": ["La mairesse a prononcé une allocution devant 250 personnes."],
    },
    title="Mission à Oslo",
    pillars={"Oslo APPREND": Pillar.APPREND, "Oslo RAYONNE": Pillar.RAYONNE},
)
LIMA = content(
    {"Retombées": ["Le réseau de bibliothèques compte douze succursales à Lima."]},
    title="Mission à Lima",
    city="Lima",
    country="Pérou",
    year=2023,
)


def publish(store: Store, report_id: str, made: VersionContent, folder: Path) -> None:
    store.publish(report_id, made, source=source_of(made, folder))


@pytest.fixture
def store(data_dir: Path, tmp_path: Path) -> Store:
    with Store.open(data_dir) as opened:
        publish(opened, "oslo", OSLO, tmp_path)
        publish(opened, "lima", LIMA, tmp_path)
        yield opened


def texts(store: Store, query: str, **scope: object) -> list[str]:
    hits = Index(store).search(query, k=5, scope=Scope.of(**scope))  # type: ignore[arg-type]
    return [hit.passage.text for hit in hits]


def test_published_passages_are_the_versions_text(store: Store) -> None:
    whole = store.version_text(OSLO.version)
    for passage in store.passages("oslo"):
        assert whole[passage.start : passage.end] == passage.text
        assert store.passage(passage.id) == passage
        for sentence in passage.sentences:
            assert passage.slice(sentence) == sentence.of(whole)
            assert store.verbatim(passage.version, sentence) == sentence.of(whole)
    assert store.source_path(OSLO.version).read_bytes() == whole.encode()


def test_a_search_finds_the_passage_in_both_languages(store: Store) -> None:
    assert texts(store, "alimentation électrique des bateaux au port")[0].startswith("Les navires")
    assert texts(store, "What about shore power?")[0].startswith("Les navires")
    assert texts(store, "combien de succursales")[0].startswith("Le réseau de bibliothèques")


def test_scopes_restrict(store: Store) -> None:
    assert all("Lima" in found for found in texts(store, "budget", reports=["lima"]))
    assert len(texts(store, "budget", years=[2024])) == 3
    assert len(texts(store, "budget", destinations=["norvege"])) == 3
    assert texts(store, "budget", destinations=["LIMA"], years=[2024]) == []
    assert texts(store, "budget", pillars=["rayonne"]) == [
        "La mairesse a prononcé une allocution devant 250 personnes."
    ]


def test_replacing_shows_the_new_version_only(store: Store, tmp_path: Path) -> None:
    changed = content({"Oslo APPREND": ["Le budget du déneigement passe à 55 M$."]})
    publish(store, "oslo", changed, tmp_path)
    found = " ".join(texts(store, "budget du déneigement"))
    assert "55 M$" in found
    assert "40 M$" not in found
    assert [report.passage_count for report in store.reports() if report.id == "oslo"] == [1]
    publish(store, "oslo", OSLO, tmp_path)
    assert "40 M$" in " ".join(texts(store, "budget du déneigement"))


def test_every_face_sees_what_another_adds(data_dir: Path, tmp_path: Path) -> None:
    with Store.open(data_dir) as first, Index.open(data_dir) as second:
        publish(first, "oslo", OSLO, tmp_path)
        assert second.search("déneigement")
    with Index.open(data_dir) as again:
        assert again.search("déneigement")
        again.close()


def test_another_process_is_refused_by_name(store: Store, data_dir: Path) -> None:
    code = (
        "import sys\nfrom vectorstore.store import Store\n"
        "from vectorstore.errors import DataFolderInUse\n"
        "try:\n    Store.open(sys.argv[1])\n"
        "except DataFolderInUse as error:\n    print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(data_dir)], capture_output=True, text=True, check=True
    ).stdout
    assert str(data_dir) in said
    assert "process" in said


def test_of_two_processes_that_start_at_once_one_works(data_dir: Path) -> None:
    code = (
        "import sys, time\nfrom vectorstore.store import Store\n"
        "from vectorstore.errors import DataFolderInUse\n"
        "try:\n    store = Store.open(sys.argv[1])\n"
        "except DataFolderInUse as error:\n    print('refused', error, flush=True)\n"
        "else:\n    print('open', flush=True)\n    time.sleep(60)\n"
    )
    racing = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(data_dir)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    try:
        said = sorted(process.stdout.readline() for process in racing if process.stdout)
    finally:
        for process in racing:
            process.kill()
            process.wait()
    assert [line.split()[0] for line in said] == ["open", "refused", "refused", "refused"]
    with Store.open(data_dir) as store:
        assert store.check() == []


def test_the_folder_is_free_after_the_last_close(data_dir: Path) -> None:
    first, second = Store.open(data_dir), Store.open(data_dir)
    assert first is second
    first.close()
    with pytest.raises(InvalidSetting):
        Store.open(data_dir, VectorstoreSettings(candidates=11))
    second.close()
    Store.open(data_dir, VectorstoreSettings(candidates=11)).close()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def sprinkle(file: Path) -> None:
    """Change one byte in fifty."""
    chance, bytes_ = random.Random(file.name), bytearray(file.read_bytes())
    for _ in range(len(bytes_) // 50):
        bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
    file.write_bytes(bytes(bytes_))


HARMS: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda file: file.write_bytes(b""),
    "garbled": lambda file: file.write_bytes(b"\xff" * 4096),
    "random": lambda file: file.write_bytes(random.Random(4).randbytes(9000)),
    "truncated": cut,
    "sprinkled": sprinkle,
}


@pytest.mark.parametrize("harm", ["folder deleted", *HARMS])
def test_a_lost_vector_index_is_made_again(data_dir: Path, tmp_path: Path, harm: str) -> None:
    with Store.open(data_dir) as opened:
        publish(opened, "oslo", OSLO, tmp_path)
    if harm == "folder deleted":
        shutil.rmtree(data_dir / "chroma")
    else:
        files = [file for file in (data_dir / "chroma").rglob("*") if file.is_file()]
        assert files
        for file in files:
            HARMS[harm](file)
    with Store.open(data_dir) as opened:
        assert texts(opened, "alimentation à quai")[0].startswith("Les navires")


def test_a_vector_index_broken_while_open_is_made_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vectorstore.vectors import VectorIndex, VectorIndexBroken

    working = VectorIndex.nearest
    calls = []

    def fails_once(self: VectorIndex, *arguments: object) -> list[str]:
        calls.append(arguments)
        if len(calls) == 1:
            raise VectorIndexBroken("simulated")
        return working(self, *arguments)

    monkeypatch.setattr(VectorIndex, "nearest", fails_once)
    assert texts(store, "alimentation à quai")[0].startswith("Les navires")


def test_a_full_disk_leaves_the_old_version_answering(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vectorstore import publication

    with store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limited(connection: object, *arguments: object) -> list[str]:
        # SQLite itself then says that the disk is full, in the middle of the transaction.
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]
        return written(connection, *arguments)  # type: ignore[arg-type]

    written = publication.write_version
    monkeypatch.setattr(publication, "write_version", limited)
    long = content({"Oslo": [f"Le montant numéro {n} est de {n} M$." * 20 for n in range(60)]})
    with pytest.raises(DiskFull, match=str(store.folder.path)):
        publish(store, "oslo", long, tmp_path)
    monkeypatch.undo()
    assert "40 M$" in " ".join(texts(store, "budget du déneigement"))
    assert store.report("oslo").version == OSLO.version


def test_a_data_folder_of_a_newer_version_is_left_alone(data_dir: Path) -> None:
    Store.open(data_dir).close()
    engine = create_engine(f"sqlite:///{data_dir / 'catalogue.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DataFolderTooNew, match="9999"):
        Store.open(data_dir)
    with pytest.raises(DataFolderTooNew):
        Store.open(data_dir)


def test_what_is_no_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database, certainly not" * 100)
    with pytest.raises(DataFolderUnusable):
        Store.open(tmp_path)
    (tmp_path / "file").write_text("a file")
    with pytest.raises(DataFolderUnusable):
        Store.open(tmp_path / "file")


def test_an_unknown_model_is_told(data_dir: Path, tmp_path: Path) -> None:
    settings = VectorstoreSettings(embedding_model=str(tmp_path / "nowhere"))
    with Store.open(data_dir, settings) as opened, pytest.raises(ModelUnavailable):
        publish(opened, "oslo", OSLO, tmp_path)


@pytest.mark.slow
def test_moving_to_another_model(data_dir: Path, tmp_path: Path, models_folder: Path) -> None:
    with Store.open(data_dir) as opened:
        publish(opened, "oslo", OSLO, tmp_path)
        before = opened.model.identity
    # Another model to the eye of the store: the same weights under other prompts and name.
    other = tmp_path / "other-model"
    shutil.copytree(models_folder / "multilingual-e5-small", other)
    moved = VectorstoreSettings(embedding_model=str(other), passage_prompt="document: ")
    with Store.open(data_dir, moved) as opened:
        with pytest.raises(ModelMismatch):
            publish(opened, "lima", LIMA, tmp_path)
        assert opened.model.identity == before
        assert texts(opened, "alimentation à quai")

        def stops(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            opened.reindex(stops)
        assert opened.model.identity == before
        assert texts(opened, "alimentation à quai")
        after = opened.reindex()
        assert after.passage_prompt == "document: "
        assert texts(opened, "alimentation à quai")[0].startswith("Les navires")
        publish(opened, "lima", LIMA, tmp_path)
    with Store.open(data_dir, moved) as opened:
        assert opened.model.identity == after
        assert texts(opened, "bibliothèques")[0].startswith("Le réseau")


DAMAGES = {
    "full-text": "DELETE FROM passages_fts WHERE rowid = 1",
    "span": "UPDATE passages SET text = 'autre chose' WHERE id = 1",
    "embedding": "UPDATE embeddings SET vector = x'00' WHERE passage_id = 2",
}


def test_a_whole_folder_has_no_problems(store: Store) -> None:
    assert store.check() == []


@pytest.mark.parametrize("kind", DAMAGES)
def test_the_check_finds_damage(store: Store, kind: str) -> None:
    with store._engine.begin() as connection:
        connection.execute(text(DAMAGES[kind]))
    assert kind in {problem.kind.value for problem in store.check()}


def test_the_check_finds_lost_and_changed_originals(store: Store) -> None:
    store.source_path(OSLO.version).unlink()
    store.source_path(LIMA.version).write_text("autre chose")
    assert sorted(str(problem).split()[-1] for problem in store.check()) == ["bytes", "missing"]


def test_in_use_survives_a_killed_holder(data_dir: Path) -> None:
    code = (
        "import os, sys\nfrom vectorstore.store import Store\n"
        "Store.open(sys.argv[1])\nos.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(data_dir)], check=False)
    try:
        Store.open(data_dir).close()
    except DataFolderInUse:
        pytest.fail("a dead process still holds the folder")
