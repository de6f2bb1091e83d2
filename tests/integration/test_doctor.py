"""Each damage that can be done to a data folder: named by the doctor, mended, and gone."""

import io
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from ingest.audited import AuditedLibrary
from tests.builders import oslo
from tests.tiny_model import write_tiny_model
from ui.cli import run
from vectorstore.index import Index
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

Damage = Callable[[Path], None]
QUESTIONS = ("quais branchés à Oslo", "bibliothèques et succursales", "traversiers électriques")


@pytest.fixture
def settings(
    tiny_settings: VectorstoreSettings, monkeypatch: pytest.MonkeyPatch
) -> VectorstoreSettings:
    monkeypatch.setenv("ESCALE_VECTORSTORE_EMBEDDING_MODEL", tiny_settings.embedding_model)
    return VectorstoreSettings()


@pytest.fixture
def data(data_dir: Path, settings: VectorstoreSettings, tmp_path: Path) -> Path:
    """Two reports in the library, one of them with two versions, and one in the bin."""
    with AuditedLibrary(Store.open(data_dir, settings), "shell:test") as library:
        library.add(oslo(tmp_path / "a", quays=11))
        library.replace("oslo-2024", oslo(tmp_path / "a"))
        for name in ("lima", "rome"):
            file = tmp_path / f"{name}.txt"
            more = "".join(f"\n\nLa succursale {n} de {name} a {n * 7} places." for n in range(30))
            file.write_text(f"Mission à {name}\n\nObjectifs{more}\n", encoding="utf-8")
            library.add(file, report_id=name, keep_both=True)
        library.remove("rome")
    return data_dir


def answers(data: Path, settings: VectorstoreSettings) -> Any:
    with Store.open(data, settings) as store:
        found = {
            question: [
                (hit.passage.text, round(hit.score, 3))
                for hit in Index(store).search(question, k=20)
            ]
            for question in QUESTIONS
        }
        reports = [(report.id, report.version, report.passage_count) for report in store.reports()]
        return found, reports, [report.id for report in store.removed_reports()]


def doctor(data: Path, *options: str) -> tuple[int, list[dict[str, str]]]:
    """The exit code, and what is wrong."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["--data", str(data), "--lang", "fr", "doctor", "--json", *options])
    assert "Traceback" not in err.getvalue()
    if not out.getvalue():
        return code, [{"check": "failed", "detail": err.getvalue(), "advice": ""}]
    findings = json.loads(out.getvalue())
    return code, [found for found in findings if found["level"] == "failure"]


def sql(*statements: str) -> Damage:
    def damage(data: Path) -> None:
        with closing(sqlite3.connect(data / "catalogue.sqlite")) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return damage


def chroma(harm: Callable[[Path], None]) -> Damage:
    def damage(data: Path) -> None:
        files = [file for file in (data / "chroma").rglob("*") if file.is_file()]
        assert files
        for file in files:
            harm(file)

    return damage


def noise(file: Path) -> None:
    content = bytearray(file.read_bytes())
    chance = random.Random(file.name)
    for _ in range(len(content) // 50):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file.write_bytes(bytes(content))


def in_index(change: Callable[[Any, list[str]], None]) -> Damage:
    """Change what the vector index holds, as another program would."""

    def damage(data: Path) -> None:
        with Store.open(data, VectorstoreSettings()) as store:
            store.nearest(store.model.embed_query("?"), 1)
            index = store._vectors._index
            assert index is not None
            change(index, sorted(index.ids()))

    return damage


def half_reindexed(data: Path) -> None:
    def stops(done: int, total: int) -> None:
        raise KeyboardInterrupt

    other = write_tiny_model(data.parent / "other-model", seed=7)
    with (
        Store.open(data, VectorstoreSettings(embedding_model=str(other))) as store,
        pytest.raises(KeyboardInterrupt),
    ):
        store.reindex(stops)


def write(path: str, content: bytes) -> Damage:
    def damage(data: Path) -> None:
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(content)

    return damage


CURRENT = "(SELECT current_version_id FROM reports WHERE id = 'lima')"
PASSAGE = f"(SELECT min(id) FROM passages WHERE version_id = {CURRENT})"
OLD = (
    "(SELECT min(id) FROM passages WHERE version_id NOT IN "
    "(SELECT coalesce(current_version_id, 0) FROM reports))"
)

DAMAGES: dict[str, Damage] = {
    "chroma deleted": lambda data: shutil.rmtree(data / "chroma"),
    "chroma emptied": chroma(lambda file: file.write_bytes(b"")),
    "chroma truncated": chroma(
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    ),
    "chroma garbled": chroma(lambda file: file.write_bytes(random.Random(1).randbytes(4096))),
    "chroma with noise": chroma(noise),
    "a vector missing": in_index(lambda index, ids: index.delete(ids[:1])),
    "a vector too many": in_index(lambda index, ids: index.upsert(["x:0:0"], index_vectors(1))),
    "another vector": in_index(lambda index, ids: index.upsert(ids[1:2], index_vectors(1))),
    "full text missing": sql(f"DELETE FROM passages_fts WHERE rowid = {PASSAGE}"),
    "full text of an old version": sql(
        f"INSERT INTO passages_fts(rowid, stems, headings, surface) SELECT {OLD}, 'a', 'b', 'c'"
    ),
    "other full text": sql(
        f"UPDATE passages_fts SET stems = 'autre', surface = 'chose' WHERE rowid = {PASSAGE}"
    ),
    "full text emptied": sql("DELETE FROM passages_fts"),
    "full text index garbled": sql(
        "UPDATE passages_fts_data SET block = zeroblob(length(block)) WHERE id > 10"
    ),
    "a passage changed": sql(f"UPDATE passages SET text = 'autre chose' WHERE id = {PASSAGE}"),
    "an old passage changed": sql(f"UPDATE passages SET text = 'autre chose' WHERE id = {OLD}"),
    "a text changed": sql(
        f"UPDATE versions SET text = replace(text, 'places', 'sièges') WHERE id = {CURRENT}"
    ),
    "a text cut": sql(f"UPDATE versions SET text = substr(text, 1, 50) WHERE id = {CURRENT}"),
    "passages lost": sql(f"DELETE FROM passages WHERE version_id = {CURRENT} AND ordinal > 0"),
    "a passage lost with all": sql(
        "PRAGMA foreign_keys=ON", f"DELETE FROM passages WHERE id = {PASSAGE}"
    ),
    "another number of passages": sql(
        f"UPDATE versions SET passage_count = 99 WHERE id = {CURRENT}"
    ),
    "a vector of the catalogue missing": sql(
        f"DELETE FROM embeddings WHERE passage_id = {PASSAGE}"
    ),
    "vectors cut": sql(f"UPDATE embeddings SET vector = x'00' WHERE passage_id = {PASSAGE}"),
    "vectors garbled": sql("UPDATE embeddings SET vector = randomblob(length(vector))"),
    "vectors of sentences garbled": sql(
        "UPDATE embeddings SET sentence_vectors = zeroblob(length(sentence_vectors))"
    ),
    "an old vector missing": sql(f"DELETE FROM embeddings WHERE passage_id = {OLD}"),
    "a report without version": sql(
        "UPDATE reports SET current_version_id = NULL WHERE id = 'oslo-2024'"
    ),
    "a report with two states": sql(
        "UPDATE reports SET removed_version_id = current_version_id WHERE id = 'lima'"
    ),
    "a report of another's version": sql(
        "UPDATE reports SET current_version_id = (SELECT max(id) FROM versions WHERE report_id = "
        "'oslo-2024') WHERE id = 'lima'"
    ),
    "a report without anything": sql(
        "INSERT INTO reports(id, title, language, edited) VALUES ('vide', 'Vide', 'fr', '[]')"
    ),
    "rows that belong to nothing": sql(
        "INSERT INTO destinations(report_id, ordinal, city, country, folded_city, folded_country)"
        " VALUES ('perdu', 0, 'a', 'b', 'a', 'b')"
    ),
    "an original of nothing": write("sources/" + "0" * 64, b"un secret"),
    "a half-written original": write("sources/.writing-abc", b"un sec"),
    "page images of nothing": write("pages/" + "0" * 64 + "/1.webp", b"image"),
    "a purge that wasn't finished": sql("INSERT INTO purges(version) VALUES ('0123')"),
    "a move to another model, half-way": half_reindexed,
}


def index_vectors(count: int) -> Any:
    import numpy as np

    vectors = np.random.default_rng(5).normal(size=(count, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named_and_mended(data: Path, settings: VectorstoreSettings, name: str) -> None:
    before = answers(data, settings)
    assert doctor(data) == (0, [])
    DAMAGES[name](data)
    code, named = doctor(data)
    assert code == 1
    assert [found["check"] for found in named] == ["index"] * len(named)
    assert all("--repair" in found["advice"] for found in named), named
    assert doctor(data)[0] == 1, "looking must not mend"
    assert doctor(data, "--repair") == (0, [])
    assert doctor(data) == (0, [])
    assert answers(data, settings) == before


def test_what_is_whole_is_left_alone(data: Path, settings: VectorstoreSettings) -> None:
    before = answers(data, settings)
    assert doctor(data, "--repair") == (0, [])
    assert answers(data, settings) == before


@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_an_original_can_only_be_given_again(
    data: Path, settings: VectorstoreSettings, tmp_path: Path, harm: str
) -> None:
    before = answers(data, settings)
    with Store.open(data, settings) as store:
        original = store.source_path(store.report("oslo-2024").version)
    original.unlink()
    if harm == "changed":
        original.write_bytes(b"autre chose")
    code, named = doctor(data, "--repair")
    assert code == 1
    assert original.name in named[0]["detail"]
    assert "escale add" in named[0]["advice"]
    with AuditedLibrary(Store.open(data, settings), "shell:test") as library:
        assert library.add(tmp_path / "a" / "oslo.txt").status == "unchanged"
    assert doctor(data) == (0, [])
    assert answers(data, settings) == before


def test_a_catalogue_beyond_repair_is_told(data: Path) -> None:
    file = data / "catalogue.sqlite"
    content = bytearray(file.read_bytes())
    content[4096 : len(content) // 2] = random.Random(3).randbytes(len(content) // 2 - 4096)
    file.write_bytes(bytes(content))
    code, named = doctor(data)
    assert code == 1
    assert named
    assert doctor(data, "--repair")[0] == 1
