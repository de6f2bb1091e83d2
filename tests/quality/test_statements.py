"""What the verifier of a language model's statements lets through; figures in docs/llm.md."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quality.claims.measuring import add_reports
from tests.quality.statements import Outcome, measure, statements
from vectorstore import Index

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("statements")
    add_reports(folder)
    with Index.open(folder) as index:
        yield measure(index, statements(index))


def test_there_are_enough_of_them(outcome: Outcome) -> None:
    counts = dict.fromkeys((True, False), 0)
    for (_, is_true, _), count in outcome.counts.items():
        counts[is_true] += count
    assert counts[True] >= 150
    assert counts[False] >= 500


@pytest.mark.parametrize("kind", ["number", "date", "negation", "claim not_found"])
def test_none_of_these_is_cited(outcome: Outcome, kind: str) -> None:
    assert outcome.accepted(is_true=False, kinds=[kind]) == 0.0, outcome.failures


def test_hardly_any_false_statement_is_cited(outcome: Outcome) -> None:
    assert outcome.accepted(is_true=False) <= 0.02, outcome.failures


def test_what_the_reports_say_is_cited(outcome: Outcome) -> None:
    assert outcome.accepted(is_true=True, kinds=["sentence"]) >= 0.97, outcome.failures
    assert outcome.accepted(is_true=True, kinds=["claim"]) >= 0.75, outcome.failures
