"""From passages to quotes: which sentences bear on a question, and how well."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.linear import weighted_sum
from assistant.question import Question
from assistant.shapes import fits
from vectorstore.glossary import Notion
from vectorstore.index import Index
from vectorstore.models import Hit, Passage, Pillar, Report, Span
from vectorstore.text.tokens import Language, content_stems


@dataclass(frozen=True, slots=True)
class WeightedNotion:
    """Something the question names, and how rare it is in the library."""

    notion: Notion
    weight: float


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """What speaks for a sentence.

    `similarity`: cosine of question and sentence; `passage`: fused score of its passage.
    `coverage`: share, weighted by
    rarity, of the question's notions that it names; `window` and `context`: the same for it with
    the sentence before, and for its passage under its headings. `fits`: whether it has the shape
    asked for; `objective`: whether it only tells a mission's purpose though the question doesn't
    ask for that; `pillar`: whether it stands in the pillar that the question speaks of; `answer`:
    the reranker's log odds that it answers, the least of the question where it wasn't read, 0
    without a reranker.
    """

    similarity: float
    passage: float
    coverage: float
    window: float
    context: float
    fits: float
    objective: float
    pillar: float
    answer: float


# A conditional logit (McFadden 1973) over the sentences of the passages found, fitted to the
# questions of our sets by tests/quality/fit_sentences.py.
_WEIGHTS = SentenceFeatures(
    similarity=31.2,
    passage=1.92,
    coverage=-0.96,
    window=4.48,
    context=2.77,
    fits=2.95,
    objective=-0.81,
    pillar=2.0,
    answer=0.33,
)

_LABEL_WORDS, _DETAIL_WORDS, _TABLE_WORDS = 5, 8, 50
# « Budget : 22 000 $. », « Responsable : Mme Rock. »
_TELLS = re.compile(r"\w[ \u00a0\u202f]?: ?\S")
# What stands before the first words of an item of a list, or of a paragraph.
_ITEM = re.compile(r"(?:\n\s*|(?:^|\s)[•▪◦‣●○■–—*-]\s*)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer; `score` orders the candidates of one question."""

    hit: Hit
    span: Span
    features: SentenceFeatures
    score: float

    @property
    def quote(self) -> str:
        """The sentence, verbatim."""
        return self.hit.passage.slice(self.span)


def weighted_notions(question: Question, index: Index) -> tuple[WeightedNotion, ...]:
    """The question's notions, weighted by the rarity of their most frequent alternative."""
    notions = index.notions(question.text, question.language)
    rarity = index.rarity({stem for notion in notions for stem in notion.stems})
    return tuple(
        WeightedNotion(
            notion,
            min(
                sum(rarity[stem] for stem in option) / len(option) for option in notion.alternatives
            ),
        )
        for notion in notions
    )


def coverage(notions: Sequence[WeightedNotion], stems: frozenset[str]) -> float:
    """The share, weighted by rarity, of `notions` that a text with these stems names."""
    total = sum(notion.weight for notion in notions)
    if not total:
        return 0.0
    return sum(notion.weight * notion.notion.presence(stems) for notion in notions) / total


def candidates(
    question: Question, hits: Sequence[Hit], notions: Sequence[WeightedNotion]
) -> list[Candidate]:
    """All sentences of the passages found, best first."""
    read = [answer for hit in hits for answer in hit.answers if answer is not None]
    least = min(read, default=0.0)
    found = [
        candidate for hit in hits for candidate in _sentences_of(question, hit, notions, least)
    ]
    return sorted(found, key=lambda candidate: -candidate.score)


def _sentences_of(
    question: Question, hit: Hit, notions: Sequence[WeightedNotion], least_answer: float
) -> list[Candidate]:
    passage = hit.passage
    language = report_language(hit.report)
    quotable = _quotable(hit)
    sentences = [passage.slice(item.span) for item in quotable]
    stems = [frozenset(content_stems(sentence, language)) for sentence in sentences]
    windows = stems[:1] + [before | own for before, own in pairwise(stems)]
    headings = frozenset(content_stems(" \n ".join(passage.section.heading_path), language))
    context = coverage(notions, headings.union(*stems))
    is_objective = passage.section.pillar is Pillar.OBJECTIFS
    found = []
    for position, item in enumerate(quotable):
        features = SentenceFeatures(
            similarity=item.similarity,
            passage=hit.score,
            coverage=coverage(notions, stems[position]),
            window=coverage(notions, windows[position]),
            context=context,
            fits=fits(question, sentences[position]),
            objective=float(is_objective and question.pillar is not Pillar.OBJECTIFS),
            pillar=float(question.pillar is not None and passage.section.pillar is question.pillar),
            answer=least_answer if item.answer is None else item.answer,
        )
        found.append(Candidate(hit, item.span, features, weighted_sum(_WEIGHTS, features)))
    return found


@dataclass(frozen=True, slots=True)
class _Quotable:
    """A sentence of a hit with what the search tells of it."""

    span: Span
    similarity: float
    answer: float | None

    def before(self, after: "_Quotable") -> "_Quotable":
        """The two as one."""
        answers = [answer for answer in (self.answer, after.answer) if answer is not None]
        return _Quotable(
            Span(self.span.start, after.span.end),
            max(self.similarity, after.similarity),
            max(answers, default=None),
        )


def _quotable(hit: Hit) -> list[_Quotable]:
    """The sentences of a passage, labels with what they speak of.

    « Courant de quai. » alone says nothing, and before its sentence says what that is about;
    « Budget : 22 000 $. » after one says what that costs. The lines of a table of costs are one.
    """
    passage = hit.passage
    answers = hit.answers or (None,) * len(passage.sentences)
    pieces = map(_Quotable, passage.sentences, hit.sentence_similarities, answers)
    kept: list[_Quotable] = []
    in_table = False
    for piece in _after_labels(passage, pieces):
        is_line = _is_short(passage, piece, _DETAIL_WORDS) and _tells(passage, piece)
        starts = _starts_item(passage, piece)
        joins = bool(kept) and is_line and (in_table or not starts)
        kept.append(kept.pop().before(piece) if joins else piece)
        in_table = is_line and (in_table or starts) and _is_short(passage, kept[-1], _TABLE_WORDS)
    return kept


def _after_labels(passage: Passage, pieces: Iterable[_Quotable]) -> Iterator[_Quotable]:
    """The pieces of a passage, each with the label before it."""
    label: _Quotable | None = None
    for piece in pieces:
        joined = label.before(piece) if label is not None else piece
        is_label = _is_short(passage, joined, _LABEL_WORDS) and not _tells(passage, joined)
        label = joined if is_label else None
        if not is_label:
            yield joined
    if label is not None:
        yield label


def _starts_item(passage: Passage, piece: _Quotable) -> bool:
    """Whether an item of a list, a line of a table or a paragraph begins with a piece."""
    begins = passage.text[: piece.span.start - passage.start]
    return not begins or _ITEM.search(begins) is not None


def _is_short(passage: Passage, piece: _Quotable, words: int) -> bool:
    return len(passage.slice(piece.span).split()) <= words


def _tells(passage: Passage, piece: _Quotable) -> bool:
    return _TELLS.search(passage.slice(piece.span)) is not None


def report_language(report: Report) -> Language:
    """The language that a report was indexed in."""
    return "en" if report.metadata.language == "en" else "fr"
