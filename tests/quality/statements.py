"""What a language model might write, true and false, given to the verifier of its statements.

    python -m tests.quality.statements [--failures]

True: sentences of the reports as they stand, and the supported claims of the speech check's set.
False: the same with one figure, date, name, unit, direction or negation changed, and that set's
claims which the reports contradict or don't tell. A false one that is cited is what must not be.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.claims.dates import dates
from assistant.claims.names import is_written_in, names
from assistant.draft import Source
from assistant.evidence import report_language
from assistant.llm.markers import Written
from assistant.llm.verification import Verifier
from assistant.models import Language, Verdict
from tests.quality.claims.measuring import add_reports, claims
from vectorstore import Index
from vectorstore.models import Report, Span
from vectorstore.text.normalise import fold, fold_spaces
from vectorstore.text.tokens import tokens

# One sentence of so many is taken, and nothing shorter, in words.
_EVERY, _LEAST_WORDS = 6, 7
_PASSAGES = 5

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_UNITS = {
    "M$": "G$", "millions": "milliards", "million": "milliard", "milliards": "millions",
    "%": "points", "km": "m", "tonnes": "kilogrammes", "heures": "minutes", "minutes": "heures",
    "ans": "mois", "mois": "semaines", "$": "€", "€": "$", "ha": "km²", "MW": "kW",
}  # fmt: skip
_REVERSED = {
    "hausse": "baisse", "baisse": "hausse", "augmenté": "diminué", "diminué": "augmenté",
    "augmente": "diminue", "réduit": "augmente", "plus": "moins", "moins": "plus",
    "avant": "après", "après": "avant", "obligatoire": "facultatif", "gratuit": "payant",
    "supérieur": "inférieur", "accepté": "refusé", "public": "privé", "publique": "privée",
}  # fmt: skip
_VERB = re.compile(r"\b(est|sont|a|ont|sera|seront|était|étaient|doit|peut|permet|reste)\b(?! pas)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, how it came about, and whether the reports bear it out.

    `sentence` is what it was made from, empty for the claims of the other set.
    """

    text: str
    kind: str
    language: Language
    is_true: bool
    sentence: str = ""


@dataclass
class Outcome:
    """Counts of (kind, cited), and what went wrong."""

    counts: Counter[tuple[str, bool, bool]] = field(default_factory=Counter)
    failures: list[tuple[Stated, str]] = field(default_factory=list)

    def accepted(self, *, is_true: bool, kinds: Iterable[str] = ()) -> float:
        """The share of true or of false statements that were cited."""
        chosen = {
            key: count
            for key, count in self.counts.items()
            if key[1] is is_true and (not kinds or key[0] in kinds)
        }
        return sum(count for key, count in chosen.items() if key[2]) / sum(chosen.values())


def measure(index: Index, statements: Iterable[Stated]) -> Outcome:
    """Whether each statement is cited, given the passages that a search for it finds."""
    outcome = Outcome()
    for stated in statements:
        quotes = _quotes(stated, index)
        outcome.counts[stated.kind, stated.is_true, bool(quotes)] += 1
        if bool(quotes) is not stated.is_true:
            outcome.failures.append((stated, " | ".join(quotes)))
    return outcome


def _quotes(stated: Stated, index: Index) -> list[str]:
    hits = index.search(stated.sentence or stated.text, k=_PASSAGES, read=0)
    sources = [Source(hit.passage, hit.report) for hit in hits]
    verifier = Verifier(index, sources, stated.language)
    return [each.quote for each in verifier.citations(Written(stated.text, ()), ())]


def statements(index: Index) -> Iterator[Stated]:
    """All of them, in an order that doesn't change."""
    everything = _everything(index)
    for claim in claims():
        language: Language = "en" if claim.language == "en" else "fr"
        is_true = claim.verdict is Verdict.SUPPORTED
        kind = "claim" if is_true else f"claim {claim.verdict.value}"
        yield Stated(claim.text, kind, language, is_true)
        if is_true:
            yield from _changed(claim.text, language, None, index, everything)
    for number, (report, sentence) in enumerate(_sentences(index)):
        if number % _EVERY == 0:
            language = report_language(report)
            yield Stated(sentence, "sentence", language, True, sentence)
            yield from _changed(sentence, language, report, index, everything)


def _sentences(index: Index) -> Iterator[tuple[Report, str]]:
    for report in sorted(index.reports(), key=lambda report: report.id):
        for passage in index.store.passages(report.id):
            for span in passage.sentences:
                text = fold_spaces(passage.slice(span))
                if sum(1 for _ in tokens(text)) >= _LEAST_WORDS and text.endswith("."):
                    yield report, text


def _everything(index: Index) -> str:
    return fold(" ".join(text for _, text in _sentences(index)))


def _changed(
    text: str, language: Language, report: Report | None, index: Index, told: str
) -> Iterator[Stated]:
    """The statement with one thing changed, in each way that it allows."""
    for kind, changed in _changes(text, language, report, index, told):
        yield Stated(changed, kind, language, False, text)


def _changes(
    text: str, language: Language, report: Report | None, index: Index, told: str
) -> Iterator[tuple[str, str]]:
    dated = [each.span for each in dates(text)]
    for token in tokens(text):
        if token.is_number and not any(span.overlaps(token.span) for span in dated):
            yield "number", _with(text, token.span, _other_number(token.span.of(text), told))
            break
    for span in dated[:1]:
        if (moved := _other_date(span.of(text), told)) is not None:
            yield "date", _with(text, span, moved)
    named = [name for name in names(text, language) if not name.acronym]
    for name in named[:1]:
        for kind, other in _other_places(text, report, index).items():
            yield kind, _with(text, name.span, other)
    if language == "fr":
        for kind, table in (("unit", _UNITS), ("reversed", _REVERSED)):
            pattern = (
                r"(?<![\w’'-])(?<!ne fait )(" + "|".join(map(re.escape, table)) + r")(?![\w’'-])"
            )
            if match := re.search(pattern, text):
                yield kind, _with(text, Span(*match.span()), table[match[1]])
        if (match := _VERB.search(text)) and " ne " not in text and "n’" not in text:
            elided = "n’" if match[1][0] in "aeéo" else "ne "
            yield "negation", _with(text, Span(*match.span()), f"{elided}{match[1]} pas")


def _with(text: str, span: Span, other: str) -> str:
    return text[: span.start] + other + text[span.end :]


def _other_number(written: str, told: str) -> str:
    """The number with its first digit changed, such that no report has it."""
    for digit in "7395184620":
        other = re.sub(r"\d", digit, written, count=1)
        if digit != "0" and other != written and fold(other) not in told:
            return other
    return written + "7"


def _other_date(written: str, told: str) -> str | None:
    """The date in another month, or else of another year."""
    for position, month in enumerate(_MONTHS):
        if re.search(rf"\b{month}\b", written):
            return re.sub(rf"\b{month}\b", _MONTHS[(position + 5) % 12], written)
    year = re.search(r"\b(?:19|20)\d\d\b", written)
    if year is None:
        return None
    moved = next(str(n) for n in range(int(year[0]) - 3, 1900, -1) if str(n) not in told)
    return written.replace(year[0], moved)


def _other_places(text: str, report: Report | None, index: Index) -> dict[str, str]:
    """The place of the mission itself and of another one, where the statement has neither."""
    folded, found = fold(text), {}
    others = sorted(index.reports(), key=lambda each: (each == report, fold(each.title)))
    for kind, reports in (("name", others), ("own place", [report] if report else [])):
        for each in reports:
            for place in each.metadata.destinations[:1]:
                known = names(place.city, "fr")
                if known and not is_written_in(known[0], folded):
                    found.setdefault(kind, place.city)
    return found


def main() -> None:
    """Print the shares by kind."""
    with tempfile.TemporaryDirectory() as folder:
        add_reports(Path(folder))
        with Index.open(folder) as index:
            _print(measure(index, statements(index)), failures="--failures" in sys.argv)


def _print(outcome: Outcome, *, failures: bool) -> None:
    for is_true in (True, False):
        kinds: Sequence[str] = sorted({key[0] for key in outcome.counts if key[1] is is_true})
        print("\ntrue, cited:" if is_true else "\nfalse, cited:")
        for kind in (*kinds, ""):
            chosen = [kind] if kind else []
            share = outcome.accepted(is_true=is_true, kinds=chosen)
            count = sum(
                n for key, n in outcome.counts.items() if key[1] is is_true and key[0] in kinds
                and (not kind or key[0] == kind)
            )  # fmt: skip
            print(f"  {kind or 'all':<22}{share:6.1%} of {count}")
    if failures:
        for stated, quotes in outcome.failures:
            print(f"- {stated.kind}, {'true' if stated.is_true else 'false'}: {stated.text}")
            print(f"    of: {stated.sentence}\n    cited: {quotes or 'nothing'}")


if __name__ == "__main__":
    main()
