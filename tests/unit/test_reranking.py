"""What a reranker reads, and what its judgement does to the order of hits."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.models import Destination, Hit, Passage, Report, ReportMetadata, Section, Span
from vectorstore.reranking.ranking import reranked
from vectorstore.reranking.reranker import Logits, SentenceInContext

REPORT = Report(
    "oslo-2024",
    ReportMetadata(title="Rapport", destinations=(Destination("Oslo", "Norvège"),)),
    "0",
    "x.txt",
    "text/plain",
    None,
    1,
    datetime.now(UTC),
)


class Scripted:
    """Says what it is told of each sentence, and remembers what it read."""

    def __init__(self, logits: dict[str, float]) -> None:
        self._logits = logits
        self.read: list[SentenceInContext] = []

    def logits(self, query: str, sentences: Sequence[SentenceInContext]) -> Logits:
        self.read = list(sentences)
        return np.array([self._logits[item.text] for item in sentences], dtype=np.float32)


def hit(number: int, score: float, *sentences: tuple[str, float]) -> Hit:
    text = " ".join(words for words, _ in sentences)
    spans, position = [], 0
    for words, _ in sentences:
        spans.append(Span(position, position + len(words)))
        position += len(words) + 1
    passage = Passage(
        id=f"oslo-2024:0:{number}",
        report_id="oslo-2024",
        version="0",
        ordinal=number,
        text=text,
        start=0,
        end=len(text),
        section=Section(("Québec apprend", "Quais"), None, Span(0, len(text))),
        sentences=tuple(spans),
        pages=(),
    )
    similarities = tuple(similarity for _, similarity in sentences)
    return Hit(passage, REPORT, score, 0.8, 0.0, similarities)


def test_a_sentence_that_answers_lifts_its_passage() -> None:
    reranker = Scripted({"Un.": -3.0, "Deux.": 4.0, "Trois.": -2.0})
    hits = [hit(0, 0.9, ("Un.", 0.8)), hit(1, 0.7, ("Deux.", 0.7), ("Trois.", 0.9))]
    best, other = reranked("?", hits, reranker)
    assert best.passage.id == "oslo-2024:0:1"
    assert best.answers == (4.0, -2.0)
    assert other.answers == (-3.0,)
    assert best.score > other.score


def test_a_sentence_is_read_where_it_stands() -> None:
    reranker = Scripted({"Un.": 0.0, "Deux.": 0.0})
    reranked("?", [hit(0, 0.9, ("Un.", 0.1), ("Deux.", 0.9))], reranker)
    assert SentenceInContext("Deux.", "Oslo. Quais", "Un. ") in reranker.read


def test_what_was_not_read_stays_behind_the_worst_that_was() -> None:
    reranker = Scripted({"Un.": -1.0, "Deux.": 1.0})
    hits = [hit(0, 0.9, ("Un.", 0.8)), hit(1, 0.8, ("Deux.", 0.8)), hit(2, 0.7, ("Trois.", 0.8))]
    found = reranked("?", hits, reranker, 2)
    assert [item.passage.ordinal for item in found] == [1, 0, 2]
    assert found[-1].answers == (None,)


@given(st.integers(0, 6), st.lists(st.floats(0, 1), max_size=5))
def test_hits_are_kept_whatever_is_read(count: int, scores: list[float]) -> None:
    hits = [hit(number, score, ("Un.", 0.5)) for number, score in enumerate(scores)]
    found = reranked("?", hits, Scripted({"Un.": 0.3}), count)
    assert sorted(item.passage.id for item in found) == sorted(item.passage.id for item in hits)
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


def test_without_hits_nothing_is_read() -> None:
    assert reranked("?", [], Scripted({})) == []


@pytest.mark.parametrize("count", [1, 3])
def test_no_more_is_read_than_asked(count: int) -> None:
    reranker = Scripted({"Un.": 0.0, "Deux.": 0.0})
    hits = [hit(number, 0.5, ("Un.", 0.5), ("Deux.", 0.4)) for number in range(4)]
    reranked("?", hits, reranker, count)
    assert len(reranker.read) == count
