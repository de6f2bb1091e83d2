"""Headings of documents whose authors used bold and large letters instead of styles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.document import BlockKind

_LONGEST = 15  # words
_MOST_BOLD = 0.4  # of the characters: more is a document in bold


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block before it is written: a text with its looks, or a table.

    `size` is in points, 0 where it isn't set.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    bold: bool = False
    size: float = 0.0
    rows: Sequence[Sequence[str]] = field(default=())
    header: bool = False


def promote_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with headings made of those that look like some, where no style says."""
    if any(each.kind is BlockKind.HEADING for each in paragraphs):
        return list(paragraphs)
    plain = [each for each in paragraphs if each.kind is BlockKind.PARAGRAPH]
    weights: Counter[float] = Counter()
    for each in plain:
        weights[each.size] += len(each.text)
    if not weights:
        return list(paragraphs)
    body = weights.most_common(1)[0][0]
    looks = {index: _look(each, body) for index, each in enumerate(paragraphs)}
    found = {index: look for index, look in looks.items() if look is not None}
    marked = sum(len(paragraphs[index].text) for index in found)
    if not found or marked > _MOST_BOLD * sum(weights.values()):
        return list(paragraphs)
    title = _title(found)
    ranked = sorted({look for index, look in found.items() if index != title})
    promoted = list(paragraphs)
    for index, look in found.items():
        if index == title:
            promoted[index] = replace(paragraphs[index], kind=BlockKind.TITLE)
        elif index + 1 < len(paragraphs):
            level = min(ranked.index(look) + 1, 6)
            promoted[index] = replace(paragraphs[index], kind=BlockKind.HEADING, level=level)
    return promoted


def _title(found: dict[int, tuple[float, bool]]) -> int | None:
    """The index of the title: the first of the looks, and stronger than all that follow."""
    first, *others = found
    return first if others and all(found[first] < found[other] for other in others) else None


def _look(paragraph: Paragraph, body: float) -> tuple[float, bool] | None:
    """How strongly a paragraph looks like a heading, the strongest first; None when it doesn't."""
    text = paragraph.text.strip()
    if paragraph.kind is not BlockKind.PARAGRAPH or not 0 < len(text.split()) <= _LONGEST:
        return None
    if text[-1] in ".;,:" or not any(character.isalpha() for character in text):
        return None
    shouted = text.isupper() and len(text) > 4
    larger = bool(paragraph.size and body and paragraph.size > 1.05 * body)
    if not (paragraph.bold or larger or shouted):
        return None
    # Where sizes tell levels apart, capitals are no higher than their like.
    return -(paragraph.size or body), larger or not shouted
