"""How deep the headings and list items of a text file stand."""

import re
from dataclasses import dataclass, field

from ingest.plain_text.looks import Candidate, Look
from vectorstore.models import Pillar

_OUTCOMES = frozenset({Pillar.RAYONNE, Pillar.APPREND, Pillar.ATTIRE})
_INDENTED = 2  # columns that make an item deeper
_MARKS = (
    ("number", re.compile(r"\(?\d")),
    ("letter", re.compile(r"\(?[a-zA-Z]{1,5}\)")),
    ("dash", re.compile(r"[-–—]")),
)


@dataclass(slots=True)
class HeadingLevels:
    """Gives one heading after another its level; 1 is outermost.

    `_top` is the last heading that others may stand under, `_below` the level that numbered
    headings stand below, `_rules` the marks that headings were underlined with.
    """

    _top: Candidate | None = None
    _top_level: int = 1
    _top_is_bare: bool = False
    _below: int = 0
    _rules: str = ""

    def level(self, heading: Candidate, *, is_bare: bool) -> int:
        """The level of the next heading; `is_bare` when another heading follows it at once."""
        if heading.look is Look.SHORT:
            return self._short()
        level = self._numbered(heading) if heading.depth else self._plain(heading)
        self._top, self._top_level, self._top_is_bare = heading, level, is_bare
        return level

    def _short(self) -> int:
        """Under headings of a stronger look, beside those of the same."""
        if self._top is None:
            return 1
        stronger = self._top.depth > 0 or self._top.is_in_capitals or self._top.rule
        if stronger or self._top_is_bare or self._top.pillar in _OUTCOMES:
            return self._top_level + 1
        return self._top_level

    def _numbered(self, heading: Candidate) -> int:
        """By the numbers; where they begin anew under a pillar, below it."""
        top = self._top
        if heading.number == 1 and top is not None and not top.depth:
            takes = top.pillar in _OUTCOMES or self._top_is_bare
            self._below = self._top_level if takes else 0
        return heading.depth + self._below

    def _plain(self, heading: Candidate) -> int:
        """By the order in which ways of underlining come up, else outermost."""
        self._below = 0
        if not heading.rule:
            return 1
        if heading.rule not in self._rules:
            self._rules += heading.rule
        return self._rules.index(heading.rule) + 1


@dataclass(slots=True)
class ItemLevels:
    """Gives one item after another of a list its level; 1 is outermost."""

    _open: list[tuple[str, int]] = field(default_factory=list)

    def level(self, item: Candidate) -> int:
        """The level of the next item, by its mark and its indentation."""
        mark, indent = _mark(item.text), item.chunk.indent
        while self._open and indent <= self._open[-1][1] - _INDENTED:
            self._open.pop()
        depth = next(
            (
                depth
                for depth, (other, column) in enumerate(self._open, 1)
                if other == mark and abs(column - indent) < _INDENTED
            ),
            None,
        )
        if depth is None:
            self._open.append((mark, indent))
            return len(self._open)
        del self._open[depth:]
        return depth


def _mark(text: str) -> str:
    """The kind of an item's mark; each bullet is a kind of its own."""
    return next((kind for kind, pattern in _MARKS if pattern.match(text)), text[:1])
