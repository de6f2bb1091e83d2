"""What a claim or a sentence of a report says, taken apart: words, amounts, dates, names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assistant.claims.alignment import Words, read_words
from assistant.claims.dates import DateExpression, dates
from assistant.claims.names import Name, names
from assistant.claims.quantities import Quantity, quantities
from assistant.models import Language
from vectorstore.embedding.model import EmbeddingModel
from vectorstore.models import Span

# "the 2026 Winter Cities Congress": neither an amount nor, by itself, a date.
_YEAR_OF_NAME = re.compile(r"(?<!\w)(?:19|20)\d\d(?=[\s\u00a0][A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class Statement:
    """A text and its parts; all spans are the text's."""

    words: Words
    quantities: tuple[Quantity, ...]
    dates: tuple[DateExpression, ...]
    names: tuple[Name, ...]

    @property
    def text(self) -> str:
        """The text as it was given."""
        return self.words.text

    @property
    def language(self) -> Language:
        """The language of the text."""
        return self.words.language

    def plain_words(self) -> list[int]:
        """Indices of content words that stand in no amount, date or name."""
        taken = [quantity.span for quantity in self.quantities]
        taken += [expression.span for expression in self.dates]
        taken += [name.span for name in self.names]
        return [
            index
            for index in self.words.content()
            if not any(span.overlaps(self.words.tokens[index].span) for span in taken)
        ]


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be read, in its language.

    Relative dates are counted from `reference`; `known` are folded words known to be names.
    """

    text: str
    language: Language
    reference: date | None = None
    known: frozenset[str] = frozenset()


def read_statements(sources: Sequence[Source], model: EmbeddingModel | None) -> list[Statement]:
    """The statements of texts; the embedding model sees all of them in one pass."""
    words = read_words([(source.text, source.language) for source in sources], model)
    return [_read(source, found) for source, found in zip(sources, words, strict=True)]


def _read(source: Source, words: Words) -> Statement:
    named = names(source.text, source.language, known=source.known)
    dated = tuple(
        expression
        for expression in dates(source.text, source.reference)
        if not _within_name(expression.span, named)
    )
    taken = [expression.span for expression in dated]
    named = tuple(n for n in named if not any(n.span.overlaps(span) for span in taken))
    edition = [Span(*match.span()) for match in _YEAR_OF_NAME.finditer(source.text)]
    counted = quantities(
        source.text, source.language, without=[*taken, *edition, *(name.span for name in named)]
    )
    units = [quantity.span for quantity in counted]
    named = tuple(n for n in named if not any(n.span.overlaps(span) for span in units))
    return Statement(words, counted, dated, named)


def _within_name(span: Span, named: Sequence[Name]) -> bool:
    """ "Agenda 2030" is a name; "Janvier 2026" at the head of a sentence is a date."""
    return any(name.span.contains(span) and name.span.start < span.start for name in named)


def joined(first: Statement, second: Statement) -> Statement:
    """Two sentences in a row as one; words keep the vectors of their own sentence."""
    text = f"{first.text} {second.text}"
    shift = len(first.text) + 1
    one, two = first.words, second.words
    vectors = (
        np.vstack([one.vectors, two.vectors])
        if one.vectors is not None and two.vectors is not None
        else None
    )
    return Statement(
        Words(
            text,
            one.language,
            (*one.tokens, *(replace(t, span=_moved(t.span, shift)) for t in two.tokens)),
            (*one.stems, *two.stems),
            vectors,
        ),
        (
            *first.quantities,
            *(
                replace(
                    q,
                    span=_moved(q.span, shift),
                    noun=_moved(q.noun, shift) if q.noun else None,
                )
                for q in second.quantities
            ),
        ),
        (*first.dates, *(replace(d, span=_moved(d.span, shift)) for d in second.dates)),
        (*first.names, *(replace(n, span=_moved(n.span, shift)) for n in second.names)),
    )


def _moved(span: Span, shift: int) -> Span:
    return Span(span.start + shift, span.end + shift)
