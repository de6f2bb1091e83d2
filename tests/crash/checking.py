"""What must be true of a data folder after whatever happened to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.crash.actions import State, secret
from vectorstore.consistency import ProblemKind
from vectorstore.index import Index
from vectorstore.models import Report, VersionContent
from vectorstore.store import Store

Contents = Callable[[str, int, int], VersionContent]


def is_in(store: Store, state: State, contents: Contents) -> bool:
    """Whether a folder holds just what `state` says."""
    reports: dict[str, Report] = {
        report.id: report for report in (*store.reports(), *store.removed_reports())
    }
    if reports.keys() != state.held.keys():
        return False
    for report_id, held in state.held.items():
        report = reports[report_id]
        made = contents(report_id, held.current, state.life(report_id))
        versions = {contents(report_id, n, state.life(report_id)).version for n in held.versions}
        as_said = (
            held.removed == (report.removed_at is not None)
            and report.version == made.version
            and {version.version for version in store.versions(report_id)} == versions
            and report.title == (held.chosen or made.metadata.title)
        )
        if not as_said:
            return False
    return True


def assert_whole(store: Store, state: State, contents: Contents) -> None:
    """Everything agrees, and answers are of the current versions only."""
    # A move to another model that was stopped goes on the next time; until then the old answers.
    problems = [found for found in store.check() if found.kind is not ProblemKind.REINDEXING]
    assert not problems, problems
    for report, held in state.held.items():
        made = contents(report, held.current, state.life(report))
        if not held.removed:
            assert store.version_text(made.version) == made.text
            texts = [passage.text for passage in store.passages(report)]
            assert texts == [draft.span.of(made.text) for draft in made.passages]
    current = {
        report: contents(report, held.current, state.life(report)).version
        for report, held in state.held.items()
        if not held.removed
    }
    if current:
        hits = Index(store).search("Quel est le budget ?", k=50)
        assert hits
        for hit in hits:
            assert hit.passage.version == current[hit.passage.report_id]


def assert_forgotten(data: Path, state: State) -> None:
    """No file holds a byte of what was purged, in its content or its name."""
    gone = {
        secret(report, life): report
        for report, until in state.lives.items()
        for life in range(until)
    }
    wanted = {form for name in gone for form in _forms(name)}
    if not wanted:
        return
    for file in data.rglob("*"):
        if file.is_file():
            content = file.read_bytes() + file.name.encode()
            found = {form for form in wanted if form in content}
            assert not found, f"{file} still holds {found}"


def _forms(name: str) -> Iterator[bytes]:
    for form in (name, name.lower()):
        yield from (form.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
