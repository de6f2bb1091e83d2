"""Tables that are drawn: the cells between crossing rules."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.pdf.elements import Line, Rule
from ingest.pdf.tables import Cell, Table

_TOUCH = 2.5  # points
_LONG_CELL = 70  # words: more is text that was laid out with a table
_MOST_RULES = 2_500


def ruled_tables(lines: list[Line], rules: Sequence[Rule]) -> tuple[list[Table], list[Line]]:
    """The page's ruled tables, and the lines that stand in none of them."""
    if len(rules) > _MOST_RULES or len(rules) < 4:
        return [], lines
    tables: list[Table] = []
    rest = lines
    for group in _connected(rules):
        table, rest = _table(group, rest)
        if table is not None:
            tables.append(table)
    return tables, rest


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules that touch, each with rules in both directions."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = [index for index, rule in enumerate(rules) if rule.horizontal]
    upright = [index for index, rule in enumerate(rules) if not rule.horizontal]
    for one in across:
        h = rules[one]
        for other in upright:
            v = rules[other]
            if (
                h.x0 - _TOUCH <= v.x1
                and v.x0 <= h.x1 + _TOUCH
                and v.top - _TOUCH <= h.bottom
                and h.top <= v.bottom + _TOUCH
            ):
                parent[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return [group for group in groups.values() if len(group) >= 4]


def _distinct(places: Iterable[float], apart: float) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > apart:
            kept.append(place)
    return kept


def _index(edges: list[float], place: float) -> int | None:
    for index, (low, high) in enumerate(pairwise(edges)):
        if low - _TOUCH <= place < high:
            return index
    return None


def _table(rules: list[Rule], lines: list[Line]) -> tuple[Table | None, list[Line]]:
    xs = _distinct(((r.x0 + r.x1) / 2 for r in rules if not r.horizontal), 4)
    ys = _distinct(((r.top + r.bottom) / 2 for r in rules if r.horizontal), 4)
    # The outer sides may be left open.
    across = [rule for rule in rules if rule.horizontal]
    if across and xs:
        left, right = min(rule.x0 for rule in across), max(rule.x1 for rule in across)
        xs = ([left] if left < xs[0] - 8 else []) + xs + ([right] if right > xs[-1] + 8 else [])
    if len(xs) < 3 or len(ys) < 3:
        return None, lines
    cells: list[list[Cell]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    rest: list[Line] = []
    for line in lines:
        row = _index(ys, (line.top + line.bottom) / 2)
        column = _index(xs, line.x0 + min(2.0, (line.x1 - line.x0) / 2))
        if row is None or column is None or line.x1 > xs[-1] + 10:
            rest.append(line)
        else:
            cells[row][column].append(line)
    rows = [row for row in cells if any(row)]
    used = [column for column in range(len(xs) - 1) if any(row[column] for row in rows)]
    if len(rows) < 2 or len(used) < 2 or _is_layout(rows):
        return None, lines
    for filled in rows:
        for cell in filled:
            cell.sort(key=lambda line: (round(line.baseline), line.x0))
    kept = [[row[column] for column in used] for row in rows]
    page = kept[0][0][0].page if kept[0][0] else next(c for c in kept[0] if c)[0].page
    return Table(page, kept, xs[0], xs[-1], ys[0], ys[-1]), rest


def _is_layout(rows: list[list[Cell]]) -> bool:
    """Whether the cells hold running text: a page laid out with a table, a framed column."""
    words = [sum(len(line.words) for line in cell) for row in rows for cell in row if cell]
    return len(words) < 3 or sum(words) / len(words) > _LONG_CELL
