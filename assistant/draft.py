"""What is known of an answer before a language model writes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.models import Answer
from assistant.question import Question
from vectorstore.models import Passage, Report


@dataclass(frozen=True, slots=True)
class Source:
    """A passage to write from, and its report."""

    passage: Passage
    report: Report


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer in the reports' own sentences, and what another writer may write it from.

    `sources` come most relevant first; there is none where the evidence doesn't answer.
    """

    question: Question
    answer: Answer
    sources: tuple[Source, ...]


def chosen(answer: Answer, found: Iterable[Source], limit: int) -> tuple[Source, ...]:
    """The sources to write an answer from: those that it quotes, then others up to `limit`.

    `found` come most relevant first; the order is theirs.
    """
    if answer.abstained:
        return ()
    sources = {source.passage.id: source for source in found}
    cited = {each.passage_id for item in answer.statements for each in item.citations}
    order = [uid for uid in sources if uid in cited] + [uid for uid in sources if uid not in cited]
    return tuple(sources[uid] for uid in order[: max(limit, len(cited))])
