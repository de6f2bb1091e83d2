"""The speech check measured: `python -m tests.quality.claims.measuring [dev|test] [--failures]`."""

import csv
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.claims.checker import check
from assistant.models import Claim, Verdict
from ingest import Library
from tests.quality.corpus import FICTITIOUS, REAL
from vectorstore import Index
from vectorstore.models import Span

HERE = Path(__file__).parent
SPEECHES = HERE / "speeches"

# A false "supported" is the worst error.
_COST_OF_FALSE_SUPPORT = 5
# A claim found is one whose span has this much in common with the gold one (Jaccard).
_SAME_SPAN = 0.5
_CHANGED = {"number", "unit", "date", "bound", "ordinal", "counted"}
_MARK = re.compile(r"\[\[(supported|contradicted|not_found):(.+?)\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim and what the reports say of it."""

    split: str
    verdict: Verdict
    category: str
    language: str
    report: str
    text: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A draft, the places of its claims, and their verdicts."""

    name: str
    text: str
    gold: tuple[tuple[Span, Verdict], ...]


@dataclass
class Outcome:
    """Counts of (gold, given) verdicts, and the claims that went wrong."""

    counts: Counter[tuple[Verdict, Verdict]] = field(default_factory=Counter)
    categories: Counter[tuple[str, bool]] = field(default_factory=Counter)
    changed: Counter[bool] = field(default_factory=Counter)
    failures: list[tuple[GoldClaim, Verdict, str]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """The share of right verdicts."""
        return sum(self.counts[v, v] for v in Verdict) / self.counts.total()

    def precision(self, verdict: Verdict) -> float:
        """The share of right ones among the verdicts given."""
        given = sum(self.counts[gold, verdict] for gold in Verdict)
        return self.counts[verdict, verdict] / given if given else 1.0

    @property
    def cost(self) -> float:
        """Errors per claim, a false "supported" counted five times."""
        errors = sum(
            count * (_COST_OF_FALSE_SUPPORT if given is Verdict.SUPPORTED else 1)
            for (gold, given), count in self.counts.items()
            if gold is not given
        )
        return errors / self.counts.total()

    @property
    def changed_caught(self) -> float:
        """The share of changed numbers, units and dates that weren't called supported."""
        return self.changed[True] / max(1, self.changed.total())


@dataclass
class SpeechOutcome:
    """What was found in speeches, and how fast."""

    gold: int = 0
    recalled: int = 0
    found: int = 0
    right: int = 0
    verdicts: Counter[tuple[Verdict, Verdict]] = field(default_factory=Counter)
    words: int = 0
    seconds: float = 0.0


def claims() -> list[GoldClaim]:
    """The set, in the file's order."""
    with (HERE / "claims.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            GoldClaim(
                row["split"],
                Verdict(row["verdict"]),
                row["category"],
                row["language"],
                row["report"],
                row["claim"],
            )
            for row in rows
        ]


def speeches() -> Iterator[Speech]:
    """The drafts, their marks `[[verdict:claim]]` taken out."""
    for file in sorted(SPEECHES.glob("*.txt")):
        raw, text, gold, position = file.read_text(encoding="utf-8"), "", [], 0
        for match in _MARK.finditer(raw):
            text += raw[position : match.start()]
            gold.append((Span(len(text), len(text) + len(match[2])), Verdict(match[1])))
            text += match[2]
            position = match.end()
        yield Speech(file.name, text + raw[position:], tuple(gold))


def measure(index: Index, gold: Iterable[GoldClaim]) -> Outcome:
    """The verdicts over claims, each checked by itself."""
    outcome = Outcome()
    for claim in gold:
        given, reason = _verdict(check(claim.text, index).claims)
        right = given is claim.verdict
        outcome.counts[claim.verdict, given] += 1
        outcome.categories[claim.category, right] += 1
        if claim.verdict is Verdict.CONTRADICTED and claim.category in _CHANGED:
            outcome.changed[given is not Verdict.SUPPORTED] += 1
        if not right:
            outcome.failures.append((claim, given, reason))
    return outcome


def _verdict(parts: Iterable[Claim]) -> tuple[Verdict, str]:
    """One verdict for a line that is several claims: the worst of theirs."""
    judged = [(part.verdict, part.reason) for part in parts if part.verdict is not None]
    for wanted in (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.SUPPORTED):
        for verdict, reason in judged:
            if verdict is wanted:
                return verdict, reason
    return Verdict.NOT_FOUND, "not checkable"


def measure_speeches(index: Index) -> SpeechOutcome:
    """Claims found in drafts, their verdicts, and the time."""
    outcome = SpeechOutcome()
    for speech in speeches():
        began = time.perf_counter()
        found = [claim for claim in check(speech.text, index).claims if claim.checkable]
        outcome.seconds += time.perf_counter() - began
        outcome.words += len(speech.text.split())
        outcome.found += len(found)
        outcome.right += sum(
            any(_alike(claim, span) >= _SAME_SPAN for span, _ in speech.gold) for claim in found
        )
        for span, verdict in speech.gold:
            outcome.gold += 1
            best = max(found, key=lambda claim: _alike(claim, span))
            if _alike(best, span) >= _SAME_SPAN and best.verdict is not None:
                outcome.recalled += 1
                outcome.verdicts[verdict, best.verdict] += 1
    return outcome


def _alike(claim: Claim, span: Span) -> float:
    common = min(claim.end, span.end) - max(claim.start, span.start)
    return max(0, common) / (max(claim.end, span.end) - min(claim.start, span.start))


def add_reports(data_dir: Path) -> None:
    """The fifteen reports, ingested as users do."""
    with Library.open(data_dir) as library:
        for file in [*sorted(FICTITIOUS.glob("*.txt")), REAL]:
            result = library.add(file)
            if result.status != "added":
                raise RuntimeError(f"{file.name}: {result.message}")


def main() -> None:
    """Print the measures of one split, or of both."""
    splits = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    with tempfile.TemporaryDirectory() as folder:
        add_reports(Path(folder))
        with Index.open(folder) as index:
            for split in splits or ["dev", "test"]:
                outcome = measure(index, [claim for claim in claims() if claim.split == split])
                _print(split, outcome, failures="--failures" in sys.argv)
            _print_speeches(measure_speeches(index))


def _print(split: str, outcome: Outcome, *, failures: bool) -> None:
    print(f"\n{split}: {outcome.counts.total()} claims")
    print("gold \\ given   " + "  ".join(verdict.value.rjust(12) for verdict in Verdict))
    for gold in Verdict:
        row = "  ".join(str(outcome.counts[gold, given]).rjust(12) for given in Verdict)
        print(gold.value.ljust(15) + row)
    print(
        f"accuracy {outcome.accuracy:.3f}  precision of supported "
        f"{outcome.precision(Verdict.SUPPORTED):.3f}, of contradicted "
        f"{outcome.precision(Verdict.CONTRADICTED):.3f}  cost {outcome.cost:.3f}  "
        f"changed figures not supported {outcome.changed_caught:.3f}"
    )
    for category in sorted({name for name, _ in outcome.categories}):
        right, wrong = outcome.categories[category, True], outcome.categories[category, False]
        print(f"  {category:<12}{right}/{right + wrong}")
    if failures:
        for claim, given, reason in outcome.failures:
            print(f"- {claim.verdict.value} → {given.value}: {claim.text}\n    {reason}")


def _print_speeches(outcome: SpeechOutcome) -> None:
    right = sum(outcome.verdicts[v, v] for v in Verdict)
    print(
        f"\nspeeches: recall {outcome.recalled / outcome.gold:.3f}, precision "
        f"{outcome.right / outcome.found:.3f}, verdicts {right}/{outcome.recalled}, "
        f"{outcome.seconds / outcome.words * 350:.1f} s for 350 words"
    )


if __name__ == "__main__":
    main()
