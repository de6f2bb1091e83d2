"""Work on a small file system that is really full.

    mount -t tmpfs -o size=6m none /mnt/small
    python -m tests.crash.full_disk /mnt/small [ROUNDS [SEED]]

Each round fills the disk but for a few bytes, does one step, and proves: the step is done or told
as `DiskFull` with nothing changed; searching still answers from current versions; once there is
room again, everything agrees. Everything in the folder is deleted.
"""

import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.builders import content, source_of
from tests.tiny_model import write_tiny_model
from vectorstore.description import Description
from vectorstore.errors import DiskFull
from vectorstore.index import Index
from vectorstore.models import ReportMetadata, VersionContent
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

LEFT = (0, 0, 4096, 8192, 20_000, 40_000, 80_000, 150_000, 300_000)
STEPS = ("publish", "publish", "publish-much", "restore", "remove", "describe", "purge", "search")


def made(number: int, passages: int) -> VersionContent:
    texts = [f"Le budget {number}-{n} est de {n} M$. La suite {n}." for n in range(passages)]
    return content({f"Oslo {number}": texts}, title=f"Titre {number}")


def perform(store: Store, step: str, files: Path) -> None:
    match step:
        case "publish" | "publish-much":
            version = made(20, 8 if step == "publish" else 400)
            store.publish("r1", version, source=source_of(version, files))
        case "restore":
            store.restore("r0", made(0, 8).version)
        case "remove":
            store.remove("r2")
        case "describe":
            store.describe("r2", Description(ReportMetadata(title="Autre")))
        case "purge":
            store.purge("r2")


def fill(disk: Path, left: int) -> None:
    size = max(0, shutil.disk_usage(disk).free - left)
    with suppress(OSError):
        (disk / "ballast").write_bytes(b"x" * size)


def current(store: Store) -> dict[str, str]:
    return {report.id: report.version for report in store.reports()}


def assert_answers(store: Store) -> None:
    hits = Index(store).search("Quel budget", k=20)
    assert hits
    assert all(hit.passage.version == current(store)[hit.passage.report_id] for hit in hits)


def main(disk: Path, rounds: int = 100, seed: int = 1) -> None:
    chance, outcomes = random.Random(seed), Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory() as scratch:
        files = Path(scratch)
        settings = VectorstoreSettings(embedding_model=str(write_tiny_model(files / "model")))
        for _ in range(rounds):
            for entry in disk.iterdir():
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            with Store.open(disk / "data", settings) as store:
                for number, report in ((0, "r0"), (1, "r1"), (2, "r2"), (10, "r0")):
                    version = made(number, 8)
                    store.publish(report, version, source=source_of(version, files))
                assert_answers(store)
                before, step = current(store), chance.choice(STEPS)
                fill(disk, chance.choice(LEFT))
                try:
                    perform(store, step, files)
                    outcomes[step, "done"] += 1
                except DiskFull:
                    outcomes[step, "disk full"] += 1
                    assert step == "purge" or current(store) == before
                assert_answers(store)
            (disk / "ballast").unlink()
            with Store.open(disk / "data", settings) as store:
                assert store.check() == []
                assert_answers(store)
    for (step, outcome), count in sorted(outcomes.items()):
        print(f"{step:14}{outcome:12}{count:5}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
