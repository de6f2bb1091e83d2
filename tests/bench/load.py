"""Many people asking while a batch of reports is added: errors, mixed versions, time.

    python tests/bench/load.py [--people 30] [--batch 50] [--think 20]

Everybody asks, reads (`--think` seconds on average), and asks again, over a library of 20 reports;
first with nothing else going on, then while the batch is added: every fifth file of it replaces a
report by a version with other figures. Each citation must be a quote of a version that was current
during the question, and no answer may hold two versions of one report.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant import Assistant
from assistant.models import Answer
from ingest import Library
from vectorstore.models import Span

CITIES = """Oslo Bergen Rotterdam Anvers Hambourg Lisbonne Porto Gênes Marseille Bilbao Valence
Gdansk Riga Tallinn Helsinki Stockholm Malmö Copenhague Aarhus Dublin Cork Liverpool Glasgow Nantes
Bordeaux Brest Séville Naples Trieste Split Athènes Izmir Tanger Casablanca Dakar Abidjan Boston
Seattle Vancouver Halifax Baltimore Miami Valparaiso Santos Montevideo Yokohama Busan Singapour
Sydney Auckland Lagos Durban Mombasa Haïfa Beyrouth Odessa Constanta Varna Rijeka Koper Ravenne
Livourne Palerme Cadix Vigo Santander Gijon Calais Dunkerque Zeebruges""".split()
SUBJECTS = """l’alimentation à quai|les traversiers électriques|le déneigement|les bibliothèques
de quartier|la piste cyclable du front de mer|le terminal de croisières|la collecte des matières
organiques|le réseau de chaleur|les logements abordables|le tramway""".replace("\n", " ").split("|")
KNOWN = 20
REPLACED_EACH = 5


@dataclass(frozen=True)
class Current:
    """When a version may have answered: from before it was added until its successor was there."""

    report_id: str
    version: str
    since: float
    until: float


class Timeline:
    """Which version of each report was current when."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spans: dict[str, list[Current]] = {}

    def added(self, report_id: str, version: str, begin: float) -> None:
        """A version was added between `begin` and now."""
        with self._lock:
            spans = self._spans.setdefault(report_id, [])
            if spans:
                last = spans[-1]
                spans[-1] = Current(last.report_id, last.version, last.since, time.monotonic())
            spans.append(Current(report_id, version, begin, float("inf")))

    def was_current(self, report_id: str, version: str, begin: float, end: float) -> bool:
        """Whether a version answered at some moment of a question."""
        with self._lock:
            spans = self._spans.get(report_id, [])
            return any(
                span.version == version and span.since <= end and begin <= span.until
                for span in spans
            )


@dataclass
class Seen:
    """What the people saw: the seconds of each answer, and what was wrong."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    abstained: int = 0


def report(folder: Path, city: str, edition: int) -> Path:
    """A report of some pages on a city; each edition has other figures."""
    chance = random.Random(f"{city} {edition}")
    parts = []
    for subject in SUBJECTS:
        figures = ", ".join(
            f"{chance.randrange(2, 900)} M$ en {year}" for year in range(2020, 2024)
        )
        parts.append(
            f"{subject.capitalize()}\n\nÀ {city}, {subject} a coûté {figures}. "
            f"La délégation a rencontré les {chance.randrange(3, 90)} personnes qui s’en occupent. "
            f"Selon la mairie de {city}, {subject} sert {chance.randrange(2, 99)} % de la "
            f"population. Le projet a commencé en {chance.randrange(1990, 2019)} et compte "
            f"{chance.randrange(2, 40)} phases.\n"
        )
    file = folder / f"{city}-{edition}.txt"
    heading = f"Rapport de mission à {city}, du 3 au 5 mai 2024\n\nQuébec apprend\n\n"
    file.write_text(heading + "\n".join(parts), encoding="utf-8")
    return file


def add(library: Library, timeline: Timeline, folder: Path, city: str, edition: int) -> None:
    """Add an edition of a city's report."""
    begin = time.monotonic()
    file = report(folder, city, edition)
    result = library.add(file, report_id=city.lower(), keep_both=True)
    if result.status not in ("added", "replaced"):
        raise RuntimeError(f"{file.name}: {result}")
    timeline.added(result.report_id, result.version, begin)


def questions(chance: random.Random, cities: list[str]) -> str:
    """A question that the library answers."""
    city, subject = chance.choice(cities), chance.choice(SUBJECTS)
    return chance.choice(
        (
            f"Combien {subject} a coûté à {city} en {chance.randrange(2020, 2024)} ?",
            f"Quelle part de la population {subject} sert à {city} ?",
            f"What did {subject} cost in {city}?",
            f"Quand le projet sur {subject} a commencé à {city} ?",
        )
    )


def faults(answer: Answer, assistant: Assistant, timeline: Timeline, begin: float) -> Iterator[str]:
    """What is wrong with an answer that was asked for at `begin` and has just come."""
    end = time.monotonic()
    versions: dict[str, set[str]] = {}
    for statement in answer.statements:
        for citation in statement.citations:
            versions.setdefault(citation.report_id, set()).add(citation.version)
            span = Span(citation.start, citation.end)
            # None: its report went to the bin since.
            if assistant.index.store.verbatim(citation.version, span) not in {None, citation.quote}:
                yield f"a quote that isn't in its version: {citation.quote!r}"
            if not timeline.was_current(citation.report_id, citation.version, begin, end):
                yield f"a version of {citation.report_id} that wasn't current"
    yield from (f"two versions of {name}" for name, held in versions.items() if len(held) > 1)


@contextmanager
def people(
    count: int, think: float, assistant: Assistant, timeline: Timeline, cities: list[str]
) -> Iterator[Seen]:
    """So many people ask and read and ask again while the block lasts."""
    seen, ending, lock = Seen(), threading.Event(), threading.Lock()

    def person(number: int) -> None:
        chance = random.Random(number)
        ending.wait(chance.uniform(0, think))
        while not ending.is_set():
            begin = time.monotonic()
            try:
                answer = assistant.ask(questions(chance, cities))
                seconds = time.monotonic() - begin
                wrong = list(faults(answer, assistant, timeline, begin))
            except Exception as error:  # noqa: BLE001  (every failure counts)
                seconds, wrong, answer = 0.0, [f"{type(error).__name__}: {error}"], None
            with lock:
                seen.wrong += wrong
                if answer is not None:
                    seen.times.append(seconds)
                    seen.abstained += answer.abstained
            ending.wait(chance.expovariate(1 / think))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--think", type=float, default=20)
    parser.add_argument("--idle", type=float, default=90, help="seconds of asking without a batch")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data, folder = Path(scratch) / "data", Path(scratch) / "files"
        folder.mkdir()
        timeline, known = Timeline(), CITIES[:KNOWN]
        with Library.open(data) as library, Assistant.open(data) as assistant:
            for city in known:
                add(library, timeline, folder, city, 1)
            for number in range(5):
                assistant.ask(questions(random.Random(-number), known))
            asking = (given.people, given.think, assistant, timeline, known)
            with people(*asking) as idle:
                time.sleep(given.idle)
            with people(*asking) as busy:
                begin = time.monotonic()
                for number in range(given.batch):
                    if number % REPLACED_EACH == 0:
                        city, edition = known[number // REPLACED_EACH % KNOWN], 2 + number
                    else:
                        city, edition = CITIES[KNOWN + number % (len(CITIES) - KNOWN)], 1 + number
                    add(library, timeline, folder, city, edition)
                took = time.monotonic() - begin
    print(f"{given.people} people, each reading {given.think:.0f} s")
    print(f"{given.batch} reports added in {took:.0f} s")
    print(f"{'':8}{'answers':>8}{'wrong':>7}{'abstained':>11}{'median':>9}{'p95':>9}")
    for name, seen in (("idle", idle), ("adding", busy)):
        p95 = statistics.quantiles(seen.times, n=20)[-1]
        median = statistics.median(seen.times)
        print(
            f"{name:8}{len(seen.times):8}{len(seen.wrong):7}{seen.abstained:11}"
            f"{median * 1000:6.0f} ms{p95 * 1000:6.0f} ms"
        )
    ratio = statistics.median(busy.times) / statistics.median(idle.times)
    print(f"median while adding: {ratio:.2f} × idle")
    for wrong in dict.fromkeys(idle.wrong + busy.wrong):
        print(wrong)
    if idle.wrong or busy.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
