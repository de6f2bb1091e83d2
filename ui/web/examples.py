"""Example questions, drawn from the reports that are in the library."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from ui.messages import Messages
from ui.web.labels import mission_name, where
from vectorstore.models import Pillar, Report, Section

if TYPE_CHECKING:
    from vectorstore.store import Store

# More reports than this don't make better examples.
_REPORTS = 8
_HEADING_CHARACTERS = range(12, 71)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)]?\s+")
# In the order in which readers ask.
_PILLARS = (Pillar.APPREND, Pillar.OBJECTIFS, Pillar.RAYONNE, Pillar.ATTIRE)


def example_questions(store: "Store", messages: Messages, count: int) -> list[str]:
    """At most `count` different questions about what stands in the reports, newest mission first.

    The first question is about the first report, the second about the second, and so on around;
    each report asks in turn about another of its pillars, then about its headings.
    """
    reports = store.reports()[:_REPORTS]
    asked = [
        _questions(report, store.sections(report.id), messages, offset)
        for offset, report in enumerate(reports)
    ]
    in_turn = (question for round_ in zip_longest(*asked) for question in round_ if question)
    return list(islice(_unique(in_turn), count))


def _questions(
    report: Report, sections: Sequence[Section], messages: Messages, offset: int
) -> Iterator[str]:
    city = next((place.city for place in report.metadata.destinations if place.city), "")
    present = {section.pillar for section in sections}
    if city:
        place = where(city, messages.language)
        pillars = [pillar for pillar in _PILLARS if pillar in present]
        turn = offset % len(pillars) if pillars else 0
        for pillar in pillars[turn:] + pillars[:turn]:
            yield messages(f"page-example-{pillar}", where=place)
    mission = mission_name(report, messages)
    for heading in _headings(sections):
        yield messages("page-example-section", heading=heading, mission=mission)


def _headings(sections: Sequence[Section]) -> Iterator[str]:
    """Headings that name a subject, without their numbers; a pillar's own heading names none."""
    for section in sections:
        heading = _NUMBERING.sub("", section.heading).strip(" :.")
        is_pillar = section.pillar is not None and len(section.heading_path) == 1
        if not is_pillar and len(heading) in _HEADING_CHARACTERS:
            yield heading


def _unique(questions: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(questions))
