"""What a check knows of all the reports: their places, and the names each keeps coming back to."""

import re
from collections import Counter

from assistant.claims.names import aliases, names
from vectorstore.index import Index
from vectorstore.models import Report
from vectorstore.text.normalise import fold, fold_spaces

# A name in this many passages of a report is its subject: sentences no longer repeat it.
_RECURRING = 3


class Library:
    """The reports of an index, as they stood when the check began."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._recurring: dict[str, tuple[str, ...]] = {}
        reports = index.store.reports()
        self.places = _places(reports)
        self._cities = sorted(
            {place.city for report in reports for place in report.metadata.destinations if place.city}
        )

    def cities_in(self, text: str) -> frozenset[str]:
        """The destinations' cities that `text` names, in either language."""
        folded = fold(text)
        return frozenset(
            city
            for city in self._cities
            if any(_stands(form, folded) for form in (fold(city), *aliases().get(fold(city), ())))
        )

    def recurring(self, report_id: str) -> tuple[str, ...]:
        """The names that several passages of a report have, as first written."""
        if report_id not in self._recurring:
            counts: Counter[str] = Counter()
            written: dict[str, str] = {}
            for passage in self._index.store.passages(report_id):
                text = fold_spaces(passage.text)
                found = {name.span.of(text): name for name in names(text, "fr")}
                for form, name in found.items():
                    key = " ".join(name.words)
                    counts[key] += 1
                    written.setdefault(key, form)
            self._recurring[report_id] = tuple(
                written[key] for key, count in counts.items() if count >= _RECURRING
            )
        return self._recurring[report_id]


def _stands(phrase: str, folded_text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded_text) is not None


def _places(reports: list[Report]) -> frozenset[str]:
    """Folded words of the destinations, in both languages."""
    listed = [
        fold(part)
        for report in reports
        for place in report.metadata.destinations
        for part in (place.city, place.country)
        if part
    ]
    listed += [alias for name in listed for alias in aliases().get(name, ())]
    return frozenset(word for name in listed for word in name.split() if len(word) > 2)
