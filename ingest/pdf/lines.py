"""Words → pieces of lines: what stands side by side on one baseline with ordinary spaces between.

A piece never crosses a gutter, a wide gap or a vertical rule, so that a line of a table, or the
neighbouring lines of two columns, come as several pieces.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.glyphs import as_superscript
from ingest.pdf.elements import Line, Rect, Rule, Word

BULLETS = "•◦▪▫■□●○◆◇►▶➢➤✓✔→–—‣⁃∙·-*o"
_MARKER = re.compile(
    rf"(?:[{re.escape(BULLETS)}\ue000-\uf8ff]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})[.)])"
)
_WIDEST_SPACE = 1.0  # of the font size
_WIDEST_AFTER_MARKER = 4.0
_WIDEST_AFTER_NOTE_MARK = 2.2
_NOTE_MARK = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡]{1,3}")
_TOUCHING = 0.12
_PRIVATE_BULLET = re.compile(r"^[\ue000-\uf8ff]$")


def is_marker(text: str) -> bool:
    """Whether a text is a bullet or a number that begins a list item."""
    return _MARKER.fullmatch(text) is not None


def page_lines(
    words: Sequence[Word], rules: Sequence[Rule], bullets: Sequence[Rect], page: int
) -> list[Line]:
    """The pieces of lines of a page, in no particular order."""
    fences = sorted((rule for rule in rules if not rule.horizontal), key=lambda rule: rule.x0)
    pieces = _join_neighbours(_chains(words, fences), fences)
    lines = [Line(chain, page) for chain in pieces]
    _mark_bullets(lines, bullets)
    return lines


def _chains(words: Sequence[Word], fences: list[Rule]) -> list[list[Word]]:
    """Runs of words that follow each other in the file and on the page."""
    chains: list[list[Word]] = []
    base: Word | None = None
    for word in words:
        if base is not None and _follows(base, chains[-1][-1], word, fences):
            chains[-1].append(word)
            base = base if word.raised else word
        else:
            chains.append([word])
            base = word
    return chains


def _follows(base: Word, last: Word, word: Word, fences: list[Rule]) -> bool:
    size = max(base.size, word.size)
    gap = word.x0 - last.x1
    if not -0.35 * size < gap < _WIDEST_SPACE * size:
        return False
    rise = base.baseline - word.baseline
    if abs(rise) > 0.6 * size:
        return False
    if abs(rise) > 0.1 * size:
        smaller, larger = sorted((base, word), key=lambda each: each.size)
        if smaller.size > 0.86 * larger.size or gap > 0.5 * size:
            return abs(rise) < 0.16 * size and not _fenced(last.x1, word, fences)
        if smaller is word and rise > 0:
            _raise(word)
            word.gap = word.gap if gap > _TOUCHING * size else ""
        elif smaller is base and rise < 0 and base is last:
            _raise(base)
    return not _fenced(last.x1, word, fences)


def _raise(word: Word) -> None:
    word.raised = True
    word.text = as_superscript(word.text)


def _fenced(x: float, word: Word, fences: list[Rule]) -> bool:
    """Whether a vertical rule stands between `x` and the word."""
    first = bisect_left(fences, x - 1, key=lambda rule: rule.x0)
    last = bisect_right(fences, word.x0 + 1, key=lambda rule: rule.x0)
    return any(
        rule.top < word.baseline and rule.bottom > word.baseline - 0.3 * word.size
        for rule in fences[first:last]
    )


def _join_neighbours(chains: list[list[Word]], fences: list[Rule]) -> list[list[Word]]:
    """Joins pieces that touch on the page although the file has them apart."""
    chains.sort(key=lambda chain: (chain[0].baseline, chain[0].x0))
    index = 0
    while index < len(chains):
        chain = chains[index]
        partner = _right_neighbour(chain, chains, index, fences)
        if partner is None:
            index += 1
            continue
        right = chains.pop(partner)
        index -= partner < index
        apart = right[0].x0 - chain[-1].x1 > _TOUCHING * chain[-1].size
        if not right[0].raised:
            right[0].gap = (right[0].gap or " ") if apart else ""
        chain.extend(right)
    return chains


def _right_neighbour(
    chain: list[Word], chains: list[list[Word]], index: int, fences: list[Rule]
) -> int | None:
    """The index of the piece that continues this one to the right, if there is one."""
    last = chain[-1]
    base = next((word for word in reversed(chain) if not word.raised), last)
    marker = len(chain) == 1 and is_marker(last.text)
    widest = _WIDEST_AFTER_MARKER if marker else 0.8
    if len(chain) == 1 and _NOTE_MARK.fullmatch(last.text):
        marker, widest = True, _WIDEST_AFTER_NOTE_MARK
    best, best_gap = None, widest * max(last.size, 1)
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(chains):
            first = chains[other][0]
            if abs(first.baseline - last.baseline) > 1.5 * last.size:
                break
            gap = first.x0 - last.x1
            near = -0.3 * last.size < gap < best_gap and _level(base, first, marker=marker)
            if near and not _fenced(last.x1, first, fences):
                best, best_gap = other, gap
            other += step
    if best is not None and not marker:
        _raise_beside(base, chains[best][0])
    return best


def _level(base: Word, first: Word, *, marker: bool) -> bool:
    rise = base.baseline - first.baseline
    size = max(base.size, first.size)
    if abs(rise) <= (0.3 if marker else 0.12) * size:
        return True
    smaller, larger = sorted((base, first), key=lambda word: word.size)
    gap = first.x0 - base.x1
    return smaller.size < 0.86 * larger.size and abs(rise) < 0.55 * size and gap < 0.4 * size


def _raise_beside(base: Word, first: Word) -> None:
    rise = base.baseline - first.baseline
    if first.size < 0.86 * base.size and rise > 0.12 * base.size:
        _raise(first)
        first.gap = first.gap if first.x0 - base.x1 > _TOUCHING * base.size else ""
    elif base.size < 0.86 * first.size and -rise > 0.12 * first.size:
        _raise(base)


def _mark_bullets(lines: list[Line], bullets: Sequence[Rect]) -> None:
    """Gives lines their bullets: those from symbol fonts, and discs that are drawn."""
    for line in lines:
        first = line.words[0]
        if len(line.words) > 1 and _PRIVATE_BULLET.match(first.text):
            first.text = "•"
        for disc in bullets:
            middle = (disc.top + disc.bottom) / 2
            gap = line.x0 - disc.x1
            if 0 < gap < 2 * line.size and line.baseline - line.size < middle < line.baseline:
                mark = Word("•", disc.x0, disc.x1, line.baseline, first.size, False, 0, first.order)
                line.words.insert(0, mark)
                first.gap = " "
                line.measure()
                break
