"""Time from question to full extractive answer, warm.

    python tests/bench/answer_time.py [DATA] [--rounds N]

Without DATA the bundled sample is indexed in a temporary folder. Prints p50 and p95 over all
questions, after one unmeasured round.
"""

import argparse
import statistics
import tempfile
import time
from importlib.resources import as_file, files
from pathlib import Path

from assistant import Assistant
from ingest import Library

QUESTIONS = [
    "Qu'est-ce que Québec a appris sur l'alimentation à quai ?",
    "what did Québec learn about shore power?",
    "Combien de participants la conférence a-t-elle réunis ?",
    "How much will be invested in the Brooklyn Marine Terminal?",
    "Quels sont les objectifs de la mission ?",
    "Quand la représentation permanente ouvrira-t-elle ?",
    "Who pays for the office in Québec?",
    "Quelles villes québécoises étaient présentes ?",
    "Quel temps faisait-il à New York ?",
    "What did the delegation eat?",
    "Pourquoi la participation citoyenne est-elle importante ?",
    "corridors verts",
]


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", nargs="?", type=Path)
    arguments.add_argument("--rounds", type=int, default=10)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = given.data or Path(scratch) / "data"
        if given.data is None:
            with Library.open(data) as library, as_file(files("ingest") / "samples") as folder:
                for file in sorted(folder.glob("*.txt")):
                    library.add(file)
        with Assistant.open(data) as assistant:
            for question in QUESTIONS:
                assistant.ask(question)
            times = []
            for _ in range(given.rounds):
                for question in QUESTIONS:
                    begin = time.perf_counter()
                    assistant.ask(question)
                    times.append((time.perf_counter() - begin) * 1000)
            reports = len(assistant.index.reports())
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} answers over {reports} reports")
    print(f"p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
