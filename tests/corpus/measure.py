"""How well a document was read, against its true text."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from ingest.document import BlockKind, Document
from tests.corpus.content import TrueReport

_NOTE_MARK = re.compile(r"\[\^\d+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[%$]")


@dataclass(frozen=True, slots=True)
class Reading:
    """Shares in [0, 1]. `words`: true words found in order; `quotes`: sentences found whole."""

    words: float
    quotes: float
    headings: float
    levels: float
    notes: float
    furniture: int
    missing_quotes: tuple[str, ...] = ()
    missing_headings: tuple[str, ...] = ()
    extra_headings: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """The text's words, without the marks of notes."""
    return _WORD.findall(_NOTE_MARK.sub("", unicodedata.normalize("NFC", text)).casefold())


def squash(text: str) -> str:
    """The text without spaces and note marks."""
    return re.sub(r"\s+", "", _NOTE_MARK.sub("", unicodedata.normalize("NFC", text)))


def true_text(report: TrueReport) -> str:
    """The report's text in reading order, without its notes; a table's header comes once."""
    parts: list[str] = []
    header: tuple[str, ...] = ()
    for element in report.elements:
        if element.kind == "row":
            if element.header != header:
                parts.append(" ".join(element.header))
            parts.append(" ".join(element.cells))
        else:
            parts.append(element.text)
        header = element.header
    return "\n".join(parts)


def recovered(truth: list[str], found: list[str]) -> float:
    """The share of the true words that were found, in their order."""
    return LCSseq.similarity(truth, found) / len(truth) if truth else 1.0


def measure(document: Document, report: TrueReport) -> Reading:
    """Compares a document with the report it was rendered from."""
    squashed = squash(document.text)
    sentences = report.sentences
    missing = [each for each in sentences if squash(each) not in squashed]
    body = "\n".join(
        block.span.of(document.text)
        for block in document.blocks
        if block.kind is not BlockKind.FOOTNOTE
    )
    notes = [
        squash(block.span.of(document.text))
        for block in document.blocks
        if block.kind is BlockKind.FOOTNOTE
    ]
    true_headings = [squash(text).casefold() for text in report.headings()]
    got = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    got_headings = [squash(block.span.of(document.text)).casefold() for block in got]
    kept = LCSseq.similarity(true_headings, got_headings)
    lost, extra = Counter(true_headings), Counter(got_headings)
    furniture = sum(
        squash(document.text).count(squash(text))
        for text in (report.running_head, report.running_foot)
        if text
    )
    return Reading(
        words=recovered(words_of(true_text(report)), words_of(body)),
        quotes=1 - len(missing) / max(len(sentences), 1),
        headings=kept / max(len(true_headings), len(got_headings), 1),
        levels=_levels_right(document, report),
        notes=sum(any(squash(n) in got for got in notes) for n in report.notes)
        / max(len(report.notes), 1),
        furniture=furniture + len(re.findall(r"Page \d+ de \d+", document.text)),
        missing_quotes=tuple(missing),
        missing_headings=tuple((lost - extra).elements()),
        extra_headings=tuple((extra - lost).elements()),
    )


def _levels_right(document: Document, report: TrueReport) -> float:
    """The share of true headings whose level, counted from the outermost found, is right."""
    found: dict[str, set[int]] = {}
    levels = sorted({b.level for b in document.blocks if b.kind is BlockKind.HEADING})
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            key = squash(block.span.of(document.text)).casefold()
            found.setdefault(key, set()).add(levels.index(block.level) + 1)
    headings = [element for element in report.elements if element.kind == "heading"]
    right = [e for e in headings if found.get(squash(e.text).casefold()) == {e.level}]
    return len(right) / max(len(headings), 1)
