"""Sections to passages: the units of retrieval, cut along the structure of the text.

A passage never crosses a heading. Long paragraphs and bullets stand alone; short ones share a
passage with their neighbours; a line that ends with a colon stays with what it introduces. All
fit into the 512 tokens that the embedding model takes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, BlockKind
from ingest.settings import IngestSettings
from ingest.structure import SectionBlocks
from vectorstore.models import PassageDraft, Span
from vectorstore.text.markers import marker_length
from vectorstore.text.sentences import sentence_spans

# Room is left for the headings that are embedded with a passage.
_MOST_TOKENS = 440
# Pieces that take about a token each of XLM-R's vocabulary. Of 600 French encyclopaedia passages,
# the tokens were 0.86 of this count on average and 1.05 at most.
_TOKEN = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,3}|[A-Za-zÀ-ÖØ-öø-ÿ]{1,4}|\d{1,2}|\S")
_WORD = re.compile(r"\S+")
_LISTED = frozenset({BlockKind.ITEM, BlockKind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block, or a piece of a long one: what a passage is made of."""

    kind: BlockKind
    level: int
    span: Span
    sentences: tuple[Span, ...]
    words: int
    tokens: int
    introduces: bool = False
    is_piece: bool = False


def passages_of(
    text: str, sections: Sequence[SectionBlocks], settings: IngestSettings
) -> tuple[PassageDraft, ...]:
    """The passages of a document, in reading order; together they cover every block's text.

    Headings and the title are in no passage. Item markers are in the passages but not in the
    sentences, so that an item can be quoted without them.
    """
    cutter = _Cutter(text, settings)
    return tuple(
        draft
        for index, section in enumerate(sections)
        for draft in cutter.passages(index, section.blocks)
    )


class _Cutter:
    """Cuts the sections of one text."""

    def __init__(self, text: str, settings: IngestSettings) -> None:
        self._text = text
        self._min = settings.passage_min_words
        self._max = settings.passage_max_words

    def passages(self, section: int, blocks: Sequence[Block]) -> Iterator[PassageDraft]:
        """The passages of one section's blocks."""
        groups: list[list[_Unit]] = []
        for unit in (unit for block in blocks for unit in self._units(block)):
            if groups and self._joins(groups[-1], unit):
                groups[-1].append(unit)
            else:
                groups.append([unit])
        for group in self._without_leftovers(groups):
            span = Span(group[0].span.start, group[-1].span.end)
            sentences = tuple(sentence for unit in group for sentence in unit.sentences)
            yield PassageDraft(span, section, sentences)

    def _units(self, block: Block) -> Iterator[_Unit]:
        """The block as one unit, or as pieces of about equal length that fit a passage."""
        begin = block.span.start + marker_length(block.span.of(self._text))
        if block.kind is not BlockKind.ITEM or begin >= block.span.end:
            begin = block.span.start
        sentences = sentence_spans(self._text[begin : block.span.end], begin)
        words, tokens = self._measure(block.span)
        if words == 0:
            return
        if self._fits(words, tokens):
            introduces = block.kind is not BlockKind.FOOTNOTE and self._ends_with_colon(block.span)
            yield _Unit(block.kind, block.level, block.span, sentences, words, tokens, introduces)
            return
        pieces = self._pieces(block.span, sentences)
        for piece in pieces:
            span = Span(piece[0].start, piece[-1].end)
            if piece is pieces[0]:
                span = Span(block.span.start, span.end)
            yield _Unit(block.kind, block.level, span, piece, *self._measure(span), is_piece=True)

    def _pieces(self, span: Span, sentences: Sequence[Span]) -> list[tuple[Span, ...]]:
        """Sentences in groups that fit a passage; the last isn't much shorter than the others."""
        words, tokens = self._measure(span)
        share = max(words / self._max, tokens / _MOST_TOKENS)
        count = int(share) + 1
        pieces: list[list[Span]] = [[]]
        for sentence in (part for whole in sentences for part in self._short(whole)):
            candidate = Span(pieces[-1][0].start if pieces[-1] else sentence.start, sentence.end)
            size = self._measure(candidate)
            middle = Span(candidate.start, max(sentence.start, candidate.start + 1))
            is_share = self._measure(middle)[0] * count >= words
            if pieces[-1] and (is_share or not self._fits(*size)):
                pieces.append([])
            pieces[-1].append(sentence)
        return [tuple(piece) for piece in pieces]

    def _short(self, sentence: Span) -> Iterator[Span]:
        """The sentence, or its parts between words where it is too long for a passage."""
        if self._fits(*self._measure(sentence)):
            yield sentence
            return
        start = end = sentence.start
        words = tokens = 0
        for part in self._word_parts(sentence):
            part_tokens = self._measure(part)[1]
            if words and not self._fits(words + 1, tokens + part_tokens):
                yield Span(start, end)
                start, words, tokens = part.start, 0, 0
            words, tokens, end = words + 1, tokens + part_tokens, part.end
        yield Span(start, end)

    def _word_parts(self, sentence: Span) -> Iterator[Span]:
        """The words; what has no spaces for hundreds of characters is cut anywhere."""
        for match in _WORD.finditer(self._text, sentence.start, sentence.end):
            for start in range(match.start(), match.end(), _MOST_TOKENS):
                yield Span(start, min(start + _MOST_TOKENS, match.end()))

    def _joins(self, group: Sequence[_Unit], unit: _Unit) -> bool:
        """Whether a unit goes into the passage that `group` has begun."""
        last = group[-1]
        if last.is_piece or not self._may_share(group, unit):
            return False
        if last.introduces and (unit.kind in _LISTED or len(group) == 1):
            return True
        before = _words(group)
        if unit.is_piece or before + unit.words > self._max:
            return False
        if unit.kind is BlockKind.PARAGRAPH and last.kind is BlockKind.PARAGRAPH:
            return before < self._min
        is_list = all(self._is_short(member) or member.introduces for member in group)
        return is_list and self._is_short(unit) and not (unit.introduces and before >= self._min)

    def _may_share(self, group: Sequence[_Unit], unit: _Unit) -> bool:
        """Whether the model takes all of it, and footnotes stay among themselves."""
        tokens = unit.tokens + sum(member.tokens for member in group)
        is_note, was_note = (each.kind is BlockKind.FOOTNOTE for each in (unit, group[-1]))
        return tokens <= _MOST_TOKENS and is_note == was_note

    def _without_leftovers(self, groups: Sequence[list[_Unit]]) -> list[list[_Unit]]:
        """Short paragraphs that stayed alone go to the paragraph before them."""
        kept: list[list[_Unit]] = []
        for group in groups:
            alone = all(u.kind is BlockKind.PARAGRAPH and not u.introduces for u in group)
            if (
                kept
                and alone
                and _words(group) < self._min
                and kept[-1][-1].kind is BlockKind.PARAGRAPH
                and _words(kept[-1]) + _words(group) <= self._max
                and self._may_share(kept[-1], group[0])
            ):
                kept[-1].extend(group)
            else:
                kept.append(group)
        return kept

    def _is_short(self, unit: _Unit) -> bool:
        return unit.words < self._min

    def _ends_with_colon(self, span: Span) -> bool:
        return span.of(self._text).rstrip().endswith(":")

    def _fits(self, words: int, tokens: int) -> bool:
        return words <= self._max and tokens <= _MOST_TOKENS

    def _measure(self, span: Span) -> tuple[int, int]:
        """How many words a span has, and at most about how many tokens."""
        piece = span.of(self._text)
        return len(piece.split()), sum(1 for _ in _TOKEN.finditer(piece))


def _words(group: Sequence[_Unit]) -> int:
    return sum(unit.words for unit in group)
