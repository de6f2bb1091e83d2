"""`kill -9` at random moments over everything that writes: whole versions, nothing lost.

After each kill the folder is opened anew and must hold what was acknowledged: each step told as
done is there, the one under way is there wholly or not at all; the catalogue, the full text, the
vectors and the originals agree; of what was purged no byte is left. ESCALE_KILLS multiplies the
kills, ESCALE_KILLS_SEED moves them.
"""

import multiprocessing
import os
import random
import time
from collections import Counter
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ingest.exchange import Reading
from ingest.readers import reader_for
from ingest.reading import fingerprint, read_version
from ingest.settings import IngestSettings
from tests.crash.actions import Action, State, after
from tests.crash.checking import Contents, assert_forgotten, assert_whole, is_in
from tests.crash.faces import file_of, version_of
from tests.crash.worker import Work, work
from tests.tiny_model import write_tiny_model
from vectorstore.models import VersionContent
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

TIMES = float(os.environ.get("ESCALE_KILLS", "1"))
SEED = int(os.environ.get("ESCALE_KILLS_SEED", "20"))
LONGEST_OPENING = 0.4  # seconds


@pytest.mark.parametrize(
    ("face", "kills", "steps", "longest_step"),
    [("store", 150, 11, 0.06), ("library", 60, 6, 0.4)],
)
def test_killed_at_random_moments(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    face: str,
    kills: int,
    steps: int,
    longest_step: float,
) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.worker"])
    models = [write_tiny_model(tmp_path / name, seed) for seed, name in enumerate(("a", "b"))]
    data, files = tmp_path / "data", tmp_path / "files"
    files.mkdir()
    contents = version_of if face == "store" else read_by_itself(files, monkeypatch)
    chance = random.Random(SEED)
    state, model = State(), models[0]
    killed_in: Counter[str] = Counter()
    acknowledged = 0
    for kill in range(round(kills * TIMES)):
        if kill % 8 == 7:
            model = models[(kill // 8) % 2]
        reader, writer = context.Pipe(duplex=False)
        given = Work(face, data, files, model, SEED * 10_000 + kill, state)
        process = context.Process(target=work, args=(writer, given))
        process.start()
        writer.close()
        heard = wait(reader, chance, steps=0 if kill % 6 == 0 else steps, longest=longest_step)
        process.kill()
        process.join()
        assert process.exitcode == -9, f"the worker failed by itself: {heard[-3:]}"
        state, pending, done = told(heard, reader, state)
        acknowledged += done
        killed_in[pending.kind if pending else "between"] += 1
        state = assert_nothing_hurt(data, model, state, pending, contents)
    print(f"\n{face}: {kills} kills, {acknowledged} steps acknowledged, killed in {killed_in}")
    assert acknowledged > kills / 2
    assert {"publish", "purge"} <= killed_in.keys()


def assert_nothing_hurt(
    data: Path, model: Path, state: State, pending: Action | None, contents: Contents
) -> State:
    """Open the folder and prove it whole; returns what it holds."""
    possible = [state] if pending is None else [state, after(state, pending)]
    with Store.open(data, VectorstoreSettings(embedding_model=str(model))) as store:
        found = [candidate for candidate in possible if is_in(store, candidate, contents)]
        assert found, f"{pending}: neither {possible}, but {store.reports()}"
        assert_whole(store, found[-1], contents)
    assert_forgotten(data, found[-1])
    return found[-1]


def wait(reader: Connection, chance: random.Random, *, steps: int, longest: float) -> list[object]:
    """Wait for a random moment within one of the next steps; without steps, of the opening."""
    heard: list[object] = []
    if not steps:
        time.sleep(chance.uniform(0, LONGEST_OPENING))
        return heard
    for _ in range(chance.randrange(1, steps)):
        if not reader.poll(60):
            break
        try:
            heard.append(reader.recv())
        except EOFError:
            break
    time.sleep(chance.uniform(0, longest))
    return heard


def told(heard: list[object], reader: Connection, state: State) -> tuple[State, Action | None, int]:
    """What a killed worker acknowledged, the step it was in, and how many it had done."""
    pending: Action | None = None
    done = 0
    try:
        while reader.poll():
            heard.append(reader.recv())
    except EOFError:
        pass
    for message in heard:
        match message:
            case Action() as action:
                pending = action
            case None if pending is not None:
                state, pending, done = after(state, pending), None, done + 1
    return state, pending, done


def read_by_itself(files: Path, monkeypatch: pytest.MonkeyPatch) -> Contents:
    """What the files hold, as the library reads them; here without a process of its own."""

    def here(path: Path, media_type: str, settings: IngestSettings, **_: object) -> Reading:
        return Reading(reader_for(media_type, path, settings).read(path))

    monkeypatch.setattr("ingest.reading.read_file", here)
    settings = IngestSettings()

    @cache
    def contents(report: str, number: int, life: int) -> VersionContent:
        file = file_of(files, report, number, life)
        return read_version(file, fingerprint(file, settings), settings).content

    return contents
