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
    """The reports of an index, as they stood when the check began.

    `places` are the folded words of all missions' places, in both languages.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._recurring: dict[str, tuple[str, ...]] = {}
        self._missions: dict[str, set[str]] = {}
        for report in index.store.reports():
            for place in _places_of(report):
                self._missions.setdefault(place, set()).add(report.id)
        self.places = frozenset(
            word for place in self._missions for word in place.split() if len(word) > 2
        )

    def missions_in(self, text: str) -> frozenset[str]:
        """The ids of the reports on missions to the places that `text` names."""
        folded = fold(text)
        return frozenset(
            report_id
            for place, report_ids in self._missions.items()
            if _stands(place, folded)
            for report_id in report_ids
        )

    def recurring(self, report_id: str) -> tuple[str, ...]:
        """The names that several passages of a report have, as first written."""
        if report_id not in self._recurring:
            counts: Counter[str] = Counter()
            written: dict[str, str] = {}
            for passage in self._index.store.passages(report_id):
                text = fold_spaces(passage.text)
                found = {" ".join(name.words): name for name in names(text, "fr")}
                for key, name in found.items():
                    counts[key] += 1
                    written.setdefault(key, name.span.of(text))
            self._recurring[report_id] = tuple(
                written[key] for key, count in counts.items() if count >= _RECURRING
            )
        return self._recurring[report_id]


def _places_of(report: Report) -> frozenset[str]:
    """Folded names of where a mission went, in both languages.

    From the destinations that are known, the names of its title, and its id ("oslo-2023"): not
    every report says its destination where a reader finds it.
    """
    metadata = report.metadata
    listed = [part for place in metadata.destinations for part in (place.city, place.country)]
    listed += [
        name.span.of(metadata.title)
        for name in names(metadata.title, "fr")
        if not (name.acronym or metadata.title.isupper())
    ]
    listed.append(re.sub(r"[\W\d_]+", " ", report.id).strip())
    folded = {fold(name) for name in listed if len(name) > 2}
    return frozenset(folded.union(*(aliases().get(name, frozenset()) for name in folded)))


def _stands(phrase: str, folded_text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded_text) is not None
