"""Blocks to sections: heading paths, pillars, spans. The same for every format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, BlockKind, Document
from ingest.pillars import is_overview, pillar_of
from vectorstore.models import Pillar, Section, Span
from vectorstore.text.normalise import fold_spaces

_OUTCOMES = frozenset({Pillar.RAYONNE, Pillar.APPREND, Pillar.ATTIRE})
# Longer headings inside a pillar's section tell what was learned, not where a pillar begins.
_MOST_WORDS_OF_NESTED_PILLAR = 4


@dataclass(frozen=True, slots=True)
class SectionBlocks:
    """A section and the blocks of its own text, headings apart."""

    section: Section
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading with its text, the pillar that it names, and its depth among the others."""

    text: str
    pillar: Pillar | None
    level: int


def sections_of(document: Document) -> tuple[SectionBlocks, ...]:
    """The sections of a document, in reading order; every block is in exactly one.

    A section's pillar is that of its own heading or of the nearest heading above that has one.
    The title heads no section: text before the first heading has an empty heading path.
    """
    groups = list(_groups(document.blocks))
    headings = _nested(
        [(_heading(document, group), _has_text(group)) for group in groups if _is_headed(group)]
    )
    waiting = iter(headings)
    path: list[_Heading] = []
    sections: list[SectionBlocks] = []
    for group in groups:
        if _is_headed(group):
            heading = next(waiting)
            while path and path[-1].level >= heading.level:
                path.pop()
            path.append(_in_context(heading, path))
        span = Span(group[0].span.start, group[-1].span.end)
        section = Section(tuple(heading.text for heading in path), _pillar(path), span)
        sections.append(SectionBlocks(section, tuple(b for b in group if not _is_title_like(b))))
    return tuple(sections)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """A heading with the blocks up to the next; a title also begins a group."""
    group: list[Block] = []
    for block in blocks:
        if _is_title_like(block) and group:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _is_headed(group: Sequence[Block]) -> bool:
    return group[0].kind is BlockKind.HEADING


def _is_title_like(block: Block) -> bool:
    return block.kind in (BlockKind.HEADING, BlockKind.TITLE)


def _has_text(group: Sequence[Block]) -> bool:
    return any(not _is_title_like(block) for block in group)


def _heading(document: Document, group: Sequence[Block]) -> _Heading:
    text = fold_spaces(group[0].span.of(document.text))
    return _Heading(text, pillar_of(text), max(group[0].level, 1))


def _nested(headings: Sequence[tuple[_Heading, bool]]) -> list[_Heading]:
    """Pillars put under the heading that announces them, when a file has both at one level.

    That heading is an overview (« Principales retombées »), or has no text of its own and is
    followed by a pillar at once.
    """
    nested: list[_Heading] = []
    overview: int | None = None
    shift = 0
    for index, (heading, has_text) in enumerate(headings):
        if overview is not None and _leaves(heading, overview):
            overview, shift = None, 0
        if overview is not None and heading.level == overview:
            shift = 1
        nested.append(_Heading(heading.text, heading.pillar, heading.level + shift))
        following = headings[index + 1][0] if index + 1 < len(headings) else None
        if heading.pillar is None and _announces(heading, following, has_text=has_text):
            overview, shift = heading.level, 0
    return nested


def _leaves(heading: _Heading, overview: int) -> bool:
    """Whether a heading stands outside the section that an overview at that level opened."""
    return heading.level < overview or (
        heading.level == overview and heading.pillar not in _OUTCOMES
    )


def _announces(heading: _Heading, following: _Heading | None, *, has_text: bool) -> bool:
    if following is None or following.level != heading.level:
        return False
    return is_overview(heading.text) or (not has_text and following.pillar in _OUTCOMES)


def _in_context(heading: _Heading, above: Sequence[_Heading]) -> _Heading:
    """The heading, without its pillar where it is only a sentence about a pillar's subject."""
    is_long = len(heading.text.split()) > _MOST_WORDS_OF_NESTED_PILLAR
    if heading.pillar and is_long and _pillar(above) in _OUTCOMES:
        return _Heading(heading.text, None, heading.level)
    return heading


def _pillar(path: Sequence[_Heading]) -> Pillar | None:
    return next((heading.pillar for heading in reversed(path) if heading.pillar), None)
