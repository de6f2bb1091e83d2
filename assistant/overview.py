"""Questions that ask for a whole section or mission, rather than for a fact."""

import re
from collections.abc import Iterable, Sequence

from assistant.question import Kind, Question
from vectorstore.models import Passage, Pillar, Report, Scope, Span
from vectorstore.store import Store
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import content_words

# Words that say that a mission is meant, not what of it.
_ABOUT_MISSIONS = re.compile(
    r"(?:ville|vill|city|town|mission|rapport|report|voyage|deplacement|visite|visit|trip|delegation|"
    r"conference|objectif|objective|goal|but|retombee|outcome|benefit|resultat|result|principal\w*|"
    r"main|key|important\w*|grand\w*|point|ligne|fait|saillant|resum\w*|summar\w*|bilan|overview|"
    r"highlight|takeaway|appri\w*|appren\w*|learn\w*|lecon|lesson|rayonn\w*|shine|shone|showcas\w*|"
    r"attir\w*|attract\w*|quel\w*|liste\w*|enumer\w*|bref|nutshell|section|volet|axe|pillar)s?"
)


def asks_for_whole(question: Question, reports: Sequence[Report]) -> bool:
    """Whether a question names nothing but missions, their places and pillars.

    « Résumez la mission à Dakar », « Quels sont les objectifs ? », "what did the city learn?".
    """
    if question.kind not in (Kind.SUMMARY, Kind.LIST, Kind.OTHER):
        return False
    if question.kind is not Kind.SUMMARY and question.pillar is None:
        return False
    described = {word for report in reports for word in _description(report)}
    unknown = [
        word
        for word in question.words
        if word not in described
        and word not in question.numbers
        and not _ABOUT_MISSIONS.fullmatch(word)
    ]
    # « Résume ce que la mission a permis d'apprendre »: one more word, if it is no name.
    spare = 1 if question.kind is Kind.SUMMARY else 0
    return len(unknown) <= spare and not question.names.intersection(unknown)


def _description(report: Report) -> Iterable[str]:
    metadata = report.metadata
    places = [name for place in metadata.destinations for name in (place.city, place.country)]
    text = " ".join([metadata.title, report.id.replace("-", " "), *places])
    yield from content_words(text, "fr")
    yield from (fold(text).split())


def main_points(
    question: Question, reports: Sequence[Report], scope: Scope, store: Store, limit: int
) -> list[tuple[Passage, Span]]:
    """The first sentence of each passage of the pillar asked for, or of each of the pillars.

    A summary takes turns among the pillars, so that none is left out by `limit`; the points come
    in the reports' order.
    """
    wanted = {question.pillar} if question.pillar else set(scope.pillars) or set(Pillar)
    points = [
        (passage, passage.sentences[0])
        for report in reports
        for passage in store.passages(report.id)
        if passage.sentences and passage.section.pillar in wanted
    ]
    if question.pillar is Pillar.OBJECTIFS:
        points = [(passage, span) for passage, _ in points for span in passage.sentences]
    return _in_turns(points, limit)


def _in_turns(points: list[tuple[Passage, Span]], limit: int) -> list[tuple[Passage, Span]]:
    groups: dict[tuple[str, Pillar | None], list[int]] = {}
    for index, (passage, _) in enumerate(points):
        groups.setdefault((passage.report_id, passage.section.pillar), []).append(index)
    chosen: list[int] = []
    queues = [list(reversed(indices)) for indices in groups.values()]
    while len(chosen) < limit and any(queues):
        for queue in queues:
            if queue and len(chosen) < limit:
                chosen.append(queue.pop())
    return [points[index] for index in sorted(chosen)]
