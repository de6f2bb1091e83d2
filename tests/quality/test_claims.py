"""Floors of the speech check, without any language model; figures in docs/evaluation-speech.md."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.claims.checker import check
from assistant.models import Verdict
from tests.quality.claims.measuring import (
    add_reports,
    claims,
    measure,
    measure_speeches,
    speeches,
)
from vectorstore import Index

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("speech-check")
    add_reports(folder)
    with Index.open(folder) as opened:
        yield opened


def test_the_set_holds_what_it_promises() -> None:
    gold = claims()
    counts = Counter(claim.verdict for claim in gold)
    assert len(gold) >= 150
    assert min(counts.values()) >= len(gold) * 0.28
    assert sum(claim.language == "en" for claim in gold) >= 40
    assert len({claim.text for claim in gold}) == len(gold)
    assert len(list(speeches())) >= 4


@pytest.mark.parametrize("split", ["dev", "test"])
def test_verdicts_hold(index: Index, split: str) -> None:
    outcome = measure(index, [claim for claim in claims() if claim.split == split])
    assert outcome.accuracy >= 0.75, outcome.failures
    assert outcome.precision(Verdict.SUPPORTED) >= 0.92, outcome.failures
    assert outcome.precision(Verdict.CONTRADICTED) >= 0.88, outcome.failures
    assert outcome.changed_caught >= 0.95, outcome.failures


def test_claims_are_found_in_speeches(index: Index) -> None:
    outcome = measure_speeches(index)
    assert outcome.recalled / outcome.gold >= 0.90
    assert outcome.right / outcome.found >= 0.85


def test_every_quote_stands_in_its_report_and_every_claim_in_its_draft(index: Index) -> None:
    for speech in speeches():
        for claim in check(speech.text, index).claims:
            assert speech.text[claim.start : claim.end] == claim.text
            assert claim.checkable is (claim.verdict is not None)
            if claim.verdict in {Verdict.SUPPORTED, Verdict.CONTRADICTED}:
                assert claim.evidence
            for citation in claim.evidence:
                text = index.store.version_text(citation.version)
                assert text[citation.start : citation.end] == citation.quote


def test_empty_and_hostile_drafts_are_taken(index: Index) -> None:
    for text in ("", "   ", "\x00\ufdfa" * 50, "!!! ???", "x" * 5000, "300 " * 400):
        assert all(text[c.start : c.end] == c.text for c in check(text, index).claims)
