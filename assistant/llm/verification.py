"""Does a passage say what a language model wrote, and in which very words?

A statement is borne out when the speech check's judge calls it supported by a sentence, or by two
in a row, of a passage that the model was given; or when each of its clauses is. The model's markers
only say where to look first: small models get every one of them wrong.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citations import cite, holds
from assistant.claims.evidence import Candidate, neighbours, quoted, sentence_text, told_before
from assistant.claims.judge import judge
from assistant.claims.references import made_whole
from assistant.claims.sense import turns_sense
from assistant.claims.splitting import claim_spans
from assistant.claims.statement import Source as Reading
from assistant.claims.statement import Statement, joined, read_statements
from assistant.draft import Source
from assistant.evidence import report_language
from assistant.llm.instructions import speaks_to_a_machine
from assistant.llm.literal import Shown, is_literal, known_names, shown
from assistant.llm.markers import Written
from assistant.models import Citation, Language, Verdict
from vectorstore.index import Index
from vectorstore.models import Span
from vectorstore.text.language import detect_language
from vectorstore.text.tokens import content_stems, tokens

# Sentences that a statement is compared with: the most alike of all, and of each passage marked.
_SENTENCES, _MARKED_SENTENCES = 6, 2
_WIDENED = 3
_CITATIONS = 3
# A stem in common weighs as much as this much of a cosine.
_SHARED_STEM = 0.01
# Shorter sentences are headings and fragments.
_LEAST_WORDS = 4
# One or two words state nothing.
_LEAST_STATED = 3
# Below this many words the language of a sentence is a guess.
_TELLING_WORDS = 6

# What a model says around a fact and no report does; nothing that could be false itself.
_FRAME = re.compile(
    r"^(?:"
    r"(?:selon|d['’]après|dans|according to|in|as per)\s"
    r"(?:le|la|les|ce|ces|cet|the|these|this)\s"
    r"(?:rapports?|documents?|extraits?|passages?|textes?|reports?|excerpts?|sources?)"
    r"(?:\s(?:de mission|fournis?|provided))?,\s"
    r"|(?:le|les|ce|ces|the|this|these)\s"
    r"(?:rapports?|documents?|extraits?|passages?|reports?|excerpts?)\s"
    r"(?:indiqu|mention|soulign|précis|affirm|expliqu|montr|stat|indicat|say|said|highlight|"
    r"explain|report|show)\w*\s(?:également\s|aussi\s|also\s)?(?:que\s|qu['’]|that\s)"
    r"|(?:de plus|en outre|par ailleurs|également|ainsi|enfin|en effet|en résumé|finalement|"
    r"de même|additionally|moreover|furthermore|also|in addition|finally|overall|in summary),\s"
    r")+",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^(?:ils?|elles?|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette dernière|ces derniers|"
    r"cela|ceci|ce projet|cette \w+|it|they|he|she|this|these|that|those)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a claim may be borne out: a sentence, or two in a row, near a candidate."""

    candidate: Candidate
    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].start, self.sentences[-1].end)


@dataclass(frozen=True, slots=True)
class _Support:
    """A place that bears a claim out, and how surely."""

    place: _Place
    strength: float
    is_marked: bool


def points_back(text: str) -> bool:
    """Whether a statement means nothing without the one before it: « Il a coûté 40 M$. »."""
    return _POINTS_BACK.match(text) is not None


class Verifier:
    """Verifies the statements of one answer against the passages that it was written from."""

    def __init__(self, index: Index, sources: Sequence[Source], language: Language) -> None:
        self._index = index
        self._sources = {source.passage.id: source for source in sources}
        self._order = tuple(self._sources)
        self._language = language
        self._known = known_names(sources, language)
        self._shown: dict[str, Shown] = {}
        self._read: dict[Reading, Statement] = {}

    def citations(self, written: Written, before: Sequence[str]) -> tuple[Citation, ...]:
        """The quotes that bear a statement out, the best first; none when nothing does.

        `before` are the statements that stand: what « il » and "it" may point at.
        """
        words = sum(1 for _ in tokens(written.text))
        if words < _LEAST_STATED or self._is_in_another_language(written.text, words):
            return ()
        marked = frozenset(self._order[number - 1] for number in written.numbers)
        whole, clauses = self._claims(written.text, before)
        supports = self._supports(whole, marked)
        if not supports and len(clauses) > 1:
            found = [self._supports(clause, marked)[:1] for clause in clauses]
            supports = [each for one in found for each in one] if all(found) else []
        return self._cited(supports)

    def _cited(self, supports: Iterable[_Support]) -> tuple[Citation, ...]:
        passages = (each.place.candidate.passage for each in supports)
        spans = (each.place.span for each in supports)
        cited = dict.fromkeys(
            cite(passage, quoted(passage, span))
            for passage, span in zip(passages, spans, strict=True)
        )
        # A report replaced meanwhile takes its passages with it.
        return tuple(cited) if all(holds(each, self._index.store) for each in cited) else ()

    def _is_in_another_language(self, text: str, words: int) -> bool:
        return words >= _TELLING_WORDS and detect_language(text) != self._language

    def _claims(self, text: str, before: Sequence[str]) -> tuple[str, list[str]]:
        """The statement and its clauses, each with what it leaves unsaid."""
        said = "".join(f"{statement} " for statement in before)
        draft = said + (_FRAME.sub("", text) or text)
        earlier = list(claim_spans(said, self._language)) if said else []
        clauses = [each for each in claim_spans(draft, self._language) if each.start >= len(said)]
        whole = made_whole(draft, [*earlier, Span(len(said), len(draft))], self._language)[-1]
        parts = made_whole(draft, [*earlier, *clauses], self._language)[len(earlier) :]
        return whole.text, [part.text for part in parts]

    def _supports(self, claim: str, marked: frozenset[str]) -> list[_Support]:
        """The places that bear a claim out: in the passages marked, or else the best one of all."""
        candidates = self._candidates(claim, marked)
        found = self._judged(claim, [_Place(each, (each.span,)) for each in candidates], marked)
        if not found:
            pairs = [
                _Place(each, pair)
                for each in candidates[:_WIDENED]
                for pair in neighbours(each)
                if not any(speaks_to_a_machine(each.passage.slice(sentence)) for sentence in pair)
            ]
            found = self._judged(claim, pairs, marked)
        found.sort(key=lambda item: (not item.is_marked, -item.strength))
        by_passage: dict[str, _Support] = {}
        for item in found:
            by_passage.setdefault(item.place.candidate.passage.id, item)
        chosen = list(by_passage.values())
        return [item for item in chosen if item.is_marked][:_CITATIONS] or chosen[:1]

    def _candidates(self, claim: str, marked: frozenset[str]) -> list[Candidate]:
        """The sentences most like a claim, best first."""
        stems = frozenset(content_stems(claim, self._language))
        ranked: list[tuple[float, Candidate]] = []
        for uid, cosines in self._index.sentence_similarities(claim, self._order).items():
            source = self._sources[uid]
            language = report_language(source.report)
            for span, cosine in zip(source.passage.sentences, cosines, strict=True):
                text = sentence_text(source.passage, span)
                if sum(1 for _ in tokens(text)) < _LEAST_WORDS or speaks_to_a_machine(text):
                    continue
                shared = len(stems.intersection(content_stems(text, language)))
                candidate = Candidate(source.passage, source.report, span, text, cosine, language)
                ranked.append((cosine + _SHARED_STEM * shared, candidate))
        ranked.sort(key=lambda pair: -pair[0])
        best = [candidate for _, candidate in ranked]
        chosen = best[:_SENTENCES]
        for uid in marked:
            own = [candidate for candidate in best if candidate.passage.id == uid]
            chosen += [each for each in own[:_MARKED_SENTENCES] if each not in chosen]
        return chosen

    def _judged(
        self, claim: str, places: Sequence[_Place], marked: frozenset[str]
    ) -> list[_Support]:
        reading = Reading(claim, self._language, None, self._known)
        read = self._statements(
            [reading, *(self._reading(place, span) for place in places for span in place.sentences)]
        )
        found = []
        for place in places:
            sentences = [read[self._reading(place, span)] for span in place.sentences]
            sentence = sentences[0] if len(sentences) == 1 else joined(*sentences)
            uid = place.candidate.passage.id
            seen = self._seen(uid)
            judgement = judge(read[reading], sentence, seen.context, place.candidate.similarity)
            if (
                judgement.verdict is Verdict.SUPPORTED
                and is_literal(read[reading], sentence, seen)
                and not turns_sense(
                    read[reading], sentence, told_before(place.candidate.passage, place.span)
                )
            ):
                found.append(_Support(place, judgement.strength, uid in marked))
        return found

    def _reading(self, place: _Place, sentence: Span) -> Reading:
        return place.candidate.source(sentence, self._known)

    def _statements(self, readings: Iterable[Reading]) -> dict[Reading, Statement]:
        """The texts taken apart; those of earlier statements aren't read again."""
        new = [reading for reading in dict.fromkeys(readings) if reading not in self._read]
        read = read_statements(new, self._index.store.model)
        self._read |= dict(zip(new, read, strict=True))
        return self._read

    def _seen(self, passage_id: str) -> Shown:
        if passage_id not in self._shown:
            self._shown[passage_id] = shown(self._sources[passage_id])
        return self._shown[passage_id]
