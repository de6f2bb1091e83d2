"""Fuzzes the readers: mutated real files, each read in the sandbox.

    python -m tests.bench.fuzz_readers --runs 2000 --seed 1

Nothing may crash this process, hang, or end otherwise than in a document or a refusal that names
the file. Prints what became of the files; the exit code is 1 when something else happened.
"""

import argparse
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import FileRefused
from ingest.media_type import detect_media_type
from ingest.sandbox import read_file
from ingest.settings import IngestSettings
from tests.corpus.content import mission_report
from tests.corpus.html import LAYOUTS, page
from tests.corpus.office import as_docx, as_odt, as_pptx
from tests.corpus.pdf import by_reportlab
from tests.corpus.scan import scan

SETTINGS = IngestSettings(reading_seconds_per_page=30, reading_megabytes=1024)
SLOWEST = 60.0  # seconds


@dataclass
class Outcome:
    """How many files ended how, and what should not have happened."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


def originals(folder: Path) -> list[Path]:
    """Small real files of every format."""
    report = mission_report(5, sections=2)
    as_docx(report, folder / "a.docx")
    as_odt(report, folder / "a.odt")
    as_pptx(report, folder / "a.pptx")
    by_reportlab(report, folder / "a.pdf", columns=2)
    (folder / "a.html").write_text(page(report, LAYOUTS[0]), "utf-8")
    (folder / "a.md").write_text(
        "# Titre\n\n" + "\n\n".join(element.text for element in report.elements), "utf-8"
    )
    (folder / "a.txt").write_text("\n\n".join(e.text for e in report.elements), "cp1252", "ignore")
    scan(folder / "a.pdf", folder / "scan.png", dpi=60)
    return sorted(folder.iterdir())


def mutate(data: bytes, draw: random.Random) -> bytes:
    """The bytes with one kind of damage."""
    changed = bytearray(data)
    kind = draw.randrange(6)
    if kind == 0:  # truncated
        del changed[draw.randrange(len(changed)) :]
    elif kind == 1:  # bytes overwritten
        for _ in range(draw.randint(1, 40)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    elif kind == 2:  # a stretch repeated many times
        start = draw.randrange(len(changed))
        piece = bytes(changed[start : start + draw.randint(1, 400)])
        changed[start:start] = piece * draw.randint(2, 200)
    elif kind == 3:  # a stretch removed
        start = draw.randrange(len(changed))
        del changed[start : start + draw.randint(1, 2000)]
    elif kind == 4:  # digits turned: lengths, offsets, counts
        places = [index for index, byte in enumerate(changed) if 48 <= byte <= 57]
        for index in draw.sample(places, min(len(places), draw.randint(1, 30))):
            changed[index] = 48 + draw.randrange(10)
    else:  # two stretches swapped
        size = draw.randint(1, 500)
        one, other = (draw.randrange(max(len(changed) - size, 1)) for _ in range(2))
        changed[one : one + size], changed[other : other + size] = (
            changed[other : other + size],
            changed[one : one + size],
        )
    return bytes(changed)


def mutate_file(source: Path, target: Path, draw: random.Random) -> None:
    """Writes a damaged copy; the parts inside of a zip archive are damaged every second time."""
    if not zipfile.is_zipfile(source) or draw.random() < 0.5:
        target.write_bytes(mutate(source.read_bytes(), draw))
        return
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = draw.choice(sorted(parts))
    parts[chosen] = mutate(parts[chosen], draw) if parts[chosen] else b"<"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def run_one(path: Path, outcome: Outcome) -> None:
    """Reads one file and notes what became of it."""
    start = time.monotonic()
    try:
        reading = read_file(path, detect_media_type(path), SETTINGS)
        end = "read"
        if not reading.document.blocks:
            outcome.faults.append(f"{path.name}: an empty document")
    except FileRefused as refusal:
        end = refusal.code
        if path.name not in str(refusal):
            outcome.faults.append(f"{path.name}: the refusal doesn't name it: {refusal}")
    except Exception as error:  # noqa: BLE001  (that is what is looked for)
        end = "fault"
        outcome.faults.append(f"{path.name}: {error!r}")
    seconds = time.monotonic() - start
    outcome.slowest = max(outcome.slowest, seconds)
    outcome.ends[end] += 1
    if seconds > SLOWEST:
        outcome.faults.append(f"{path.name}: took {seconds:.0f} s")


def fuzz(runs: int, seed: int, folder: Path, workers: int = 2) -> Outcome:
    """Reads `runs` damaged files."""
    outcome = Outcome()
    draw = random.Random(seed)
    (folder / "originals").mkdir()
    sources = originals(folder / "originals")

    def one(number: int, source: Path, own: random.Random) -> None:
        target = folder / f"{number}{source.suffix}"
        mutate_file(source, target, own)
        before = len(outcome.faults)
        run_one(target, outcome)
        if len(outcome.faults) == before:
            target.unlink()

    with ThreadPoolExecutor(workers) as pool:
        for number in range(runs):
            own = random.Random(draw.random())
            pool.submit(one, number, own.choice(sources), own)
    return outcome


def main() -> int:
    """Runs the fuzzer from the shell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="escale-fuzz-"))
    start = time.monotonic()
    outcome = fuzz(options.runs, options.seed, folder, options.workers)
    print(f"{options.runs} files in {time.monotonic() - start:.0f} s: {dict(outcome.ends)}")
    print(f"slowest {outcome.slowest:.1f} s; faults: {len(outcome.faults)}")
    for fault in outcome.faults:
        print(" ", fault)
    return 1 if outcome.faults or sum(outcome.ends.values()) != options.runs else 0


if __name__ == "__main__":
    sys.exit(main())
