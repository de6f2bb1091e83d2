"""Mending a library: from the catalogue, and where that has lost text, from the originals."""

from typing import TYPE_CHECKING

from ingest.library import Library
from ingest.pages import FOLDER, PageViews
from ingest.settings import IngestSettings
from vectorstore.consistency import Problem, ProblemKind

if TYPE_CHECKING:
    from vectorstore.store import Store

_READ_AGAIN = frozenset({ProblemKind.TEXT, ProblemKind.SPAN})


def problems(store: "Store", settings: IngestSettings) -> list[Problem]:
    """All that doesn't agree in a data folder, page images of gone versions included."""
    views = PageViews(store.folder.path / FOLDER, settings)
    strays = views.strays({report.version for report in store.reports()})
    found = [Problem(ProblemKind.STRAY, f"page images of {home.name}") for home in strays]
    return [*store.check(), *found]


def mend(store: "Store", settings: IngestSettings) -> list[Problem]:
    """Mend what can be mended; returns what is left.

    The store stays its caller's to close.

    Raises:
        DiskFull: there was no room.
        ModelUnavailable: vectors are missing, and their model can't be loaded.
    """
    left = store.mend()
    library = Library(store, settings)  # opening it throws away the page images of gone versions
    available = {report.id for report in store.reports()}
    lost = {problem.report_id for problem in left if problem.kind in _READ_AGAIN}
    for report_id in sorted(lost & available):
        result = library.reread(report_id)
        if result.status == "unchanged":
            store.count_passages(report_id)
    return store.mend() if lost else left
