"""Which blocks are headings, and how deep: by size, weight, case, colour and place."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.paragraphs import Group
from ingest.pdf.styles import BodyStyle, size_class

_MOST_LINES = 4
_MOST_CHARACTERS = 220
_LARGER = 1.07  # than the body
_PLAINLY_LARGER = 1.15
_DEEPEST = 6
_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+\S|([IVX]{1,5}|[A-Z])[.)]\s+\S")
_CAPTION = re.compile(
    r"(?:tableau|figure|fig\.|photo|illustration|carte|graphique|source|table|crédits?)\s*"
    r"(?:n[o°]\s*)?[\d:–—-]",
    re.IGNORECASE,
)
_PILLAR = re.compile(
    r"(?:[\w'’-]+\s){1,5}(?:rayonne|apprend|attire)\W*|objectifs?\s(?:de\s)?(?:la\s)?mission\W*",
    re.IGNORECASE,
)
_OPENINGS = ("introduction", "sommaire", "résumé", "avant-propos", "contexte", "objectif")
_LEADERS = re.compile(r"[.…_·]{4,}|(?:\.\s){4,}")


@dataclass(frozen=True, slots=True)
class _Style:
    """What headings of one level share."""

    size: float
    bold: bool
    capitals: bool
    coloured: bool

    @property
    def weight(self) -> tuple[float, int]:
        """The order of styles, the strongest first."""
        return -self.size, -(2 * self.capitals + self.bold + self.coloured)


def heading_levels(blocks: Sequence[Group], body: BodyStyle) -> dict[int, int]:
    """The level of each block that is a heading, by its index; 0 is the document's title."""
    styles = {
        index: _style(block, body)
        for index, block in enumerate(blocks)
        if _looks_like_heading(block, body)
    }
    styles = {index: style for index, style in styles.items() if _heads(blocks, index, styles)}
    title = _title(blocks, styles)
    for index in _subtitles(blocks, styles, title):
        del styles[index]
    ranked = sorted({styles[i] for i in styles if i not in title}, key=lambda style: style.weight)
    ranks = {style: rank for rank, style in enumerate(_merged(ranked), 1)}
    levels: dict[int, int] = {}
    for index, style in styles.items():
        rank = ranks.get(_representative(style, ranks), 1)
        levels[index] = 0 if index in title else min(rank, _DEEPEST)
    return _with_numbering(blocks, styles, levels)


def _style(block: Group, body: BodyStyle) -> _Style:
    first = block.lines[0]
    letters = [character for character in block.text if character.isalpha()]
    size = size_class(max(line.size for line in block.lines))
    return _Style(
        size=size,
        bold=_bold(block) and not body.bold,
        # Where sizes tell levels apart, a heading in capitals is no higher than its like.
        capitals=_capitals(letters) and size < _PLAINLY_LARGER * body.size,
        coloured=first.colour != body.colour,
    )


def _bold(block: Group) -> bool:
    words = [word for line in block.lines for word in line.words if word.text.strip("•.-–—:")]
    return all(word.bold for word in words)


def _capitals(letters: Sequence[str]) -> bool:
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def _looks_like_heading(block: Group, body: BodyStyle) -> bool:
    text = block.text.strip() if len(block.lines) <= _MOST_LINES else ""
    if not _may_be_heading(block, text):
        return False
    size = max(line.size for line in block.lines)
    if _PILLAR.fullmatch(text) and len(block.lines) == 1 and size > 0.9 * body.size:
        return True
    if text[-1] in ".,;" and size < 1.3 * body.size:
        return False
    style = _style(block, body)
    if size >= _LARGER * body.size:
        return len(block.lines) <= 2 or style.bold or size >= 1.25 * body.size
    return size >= 0.93 * body.size and not text.endswith(":") and _stands_out(block, text, style)


def _may_be_heading(block: Group, text: str) -> bool:
    """Whether nothing forbids it: a table, a list item, a long or wordless text, a caption."""
    return (
        block.table is None
        and len(block.lines) <= _MOST_LINES
        and len(text) <= _MOST_CHARACTERS
        and not (block.marker is not None and not _NUMBERING.match(text))
        and sum(character.isalpha() for character in text) >= 3
        and not _CAPTION.match(text)
        and not _LEADERS.search(text)
    )


def _stands_out(block: Group, text: str, style: _Style) -> bool:
    """Whether a block as large as the body looks like a heading by weight, case or colour."""
    if style.bold:
        return len(block.lines) <= 3
    if len(block.lines) > 2 or block.marker is not None:
        return False
    coloured = style.coloured and len(block.lines) == 1 and text[0].isupper() and len(text) < 100
    return coloured or (style.capitals and len(text.split()) <= 14)


def _heads(blocks: Sequence[Group], index: int, styles: dict[int, _Style]) -> bool:
    """Whether something stands under a heading.

    Numbered lines that follow each other without text between them are a list.
    """
    if index + 1 >= len(blocks):
        return False
    if blocks[index].marker is None:
        return True
    neighbours = (index - 1, index + 1)
    same = [
        other
        for other in neighbours
        if styles.get(other) == styles[index] and blocks[other].marker is not None
    ]
    return not same


def _title(blocks: Sequence[Group], styles: dict[int, _Style]) -> set[int]:
    """The blocks of the title: the largest on the first page, if nothing else is as large."""
    if not styles:
        return set()
    largest = max(style.size for style in styles.values())
    candidates = [index for index, style in styles.items() if style.size == largest]
    first = candidates[0]
    page = blocks[first].lines[0].page
    run = [first]
    for index in candidates[1:]:
        if index == run[-1] + 1:
            run.append(index)
    if (
        page > 2
        or len(candidates) > len(run)
        or len(run) > 3
        or _PILLAR.fullmatch(blocks[first].text)
    ):
        return set()
    later = any(index > run[-1] for index in styles)
    return set(run) if later and first <= 6 else set()


def _subtitles(blocks: Sequence[Group], styles: dict[int, _Style], title: set[int]) -> list[int]:
    """Lines under the title whose style no heading has: a subtitle, a date, an author."""
    found: list[int] = []
    index = max(title, default=len(blocks))
    while index + 1 in styles:
        index += 1
        alike = [other for other in styles if _alike(styles[other], styles[index])]
        on_page = blocks[index].lines[0].page == blocks[min(title)].lines[0].page
        if len(alike) > 1 or not on_page or _PILLAR.fullmatch(blocks[index].text):
            break
        if blocks[index].text.lower().startswith(_OPENINGS):
            break
        found.append(index)
    return found


def _merged(ranked: list[_Style]) -> list[_Style]:
    """The styles that make a level: sizes half a point apart are one."""
    kept: list[_Style] = []
    for style in ranked:
        if not kept or not _alike(kept[-1], style):
            kept.append(style)
    return kept


def _alike(one: _Style, other: _Style) -> bool:
    return (
        abs(one.size - other.size) <= 0.5
        and one.bold == other.bold
        and one.capitals == other.capitals
        and one.coloured == other.coloured
    )


def _representative(style: _Style, ranks: dict[_Style, int]) -> _Style:
    if style in ranks:
        return style
    return next((kept for kept in ranks if _alike(kept, style)), style)


def _with_numbering(
    blocks: Sequence[Group], styles: dict[int, _Style], levels: dict[int, int]
) -> dict[int, int]:
    """Levels deepened by their numbers where one style carries « 1. », « 1.1 » and « 1.1.1 »."""
    depths: dict[int, int] = {}
    for index in levels:
        found = _NUMBERING.match(blocks[index].text)
        if found and found[1]:
            depths[index] = found[1].count(".") + 1
    seen: dict[_Style, Counter[int]] = {}
    for index, depth in depths.items():
        seen.setdefault(styles[index], Counter())[depth] += 1
    for index, depth in depths.items():
        shallowest = min(seen[styles[index]])
        if levels[index] and len(seen[styles[index]]) > 1:
            levels[index] = min(levels[index] + depth - shallowest, _DEEPEST)
    return levels
