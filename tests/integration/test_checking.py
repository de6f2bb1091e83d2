"""The faces that a page needs of checks and of scopes: progress, cancellation, widening."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from ingest import Library
from vectorstore.models import Scope

REPORTS = Path(__file__).parents[1] / "quality" / "reports"
DRAFT = (
    "Mesdames et messieurs, bonsoir. La mission à Rotterdam a eu lieu en mai 2023. "
    "Le maire de Dakar y a signé une entente de 900 M$. Merci à tous !"
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    data = tmp_path_factory.mktemp("checking")
    with Assistant.open(data) as opened, Library.open(data) as library:
        for name in ("rotterdam-2023", "dakar-2024"):
            assert library.add(REPORTS / f"{name}.txt").status == "added"
        yield opened


def test_progress_counts_up_to_its_total(assistant: Assistant) -> None:
    seen: list[tuple[int, int]] = []
    result = assistant.check(DRAFT, progress=lambda done, total: seen.append((done, total)))
    assert result == assistant.check(DRAFT)
    totals = {total for _, total in seen}
    assert totals == {2 * len(result.claims)}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (2 * len(result.claims), 2 * len(result.claims))


@pytest.mark.parametrize("after", [1, 3, 99])
def test_what_progress_raises_ends_the_check(assistant: Assistant, after: int) -> None:
    calls = 0

    class Enough(Exception):
        pass

    def count(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == after or done == total:
            raise Enough

    with pytest.raises(Enough):
        assistant.check(DRAFT, progress=count)


def test_reasons_are_in_the_language_asked_for(assistant: Assistant) -> None:
    french = assistant.check(DRAFT).claims
    english = assistant.check(DRAFT, language="en").claims
    assert [claim.verdict for claim in french] == [claim.verdict for claim in english]
    assert all(a.reason != b.reason for a, b in zip(french, english, strict=True) if a.reason)


def test_nothing_to_check_is_no_error(assistant: Assistant) -> None:
    seen: list[tuple[int, int]] = []
    result = assistant.check("   ", progress=lambda *both: seen.append(both))
    assert result.claims == ()
    assert seen == []


def test_a_scope_read_from_the_question_can_be_taken_away(assistant: Assistant) -> None:
    question = "Quels étaient les objectifs de la mission à Rotterdam ?"
    read = assistant.ask(question).scope
    assert {place.casefold() for place in read.destinations} == {"rotterdam"}
    widened = assistant.ask(question, unread=read)
    assert widened.scope == Scope()
    assert len(widened.searched) == 2
