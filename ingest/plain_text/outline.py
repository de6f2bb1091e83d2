"""What each chunk of a text file is: title, heading, item, row, footnote or paragraph.

A heading shows by what it says (a pillar, « Annexe A », « Conclusion »), by its number, by
capitals, or only by being a short line without a full stop above a text. A short line that may be
neither stays a paragraph, so that it can be searched and quoted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import BlockKind
from ingest.plain_text.levels import HeadingLevels, ItemLevels
from ingest.plain_text.looks import Candidate, Look, candidates_of
from ingest.plain_text.wrapping import Chunk
from vectorstore.text.markers import marker_length
from vectorstore.text.normalise import fold

_TITLE_WORDS = re.compile(
    r"\b(?:rapport|mission|compte rendu|conference|congres|sommet|forum|delegation|report|summit)\b"
)
_MOST_LINES_BEFORE_TEXT = 5  # of a title page at the head of a file
_LONGEST_TITLE = 30  # words


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk with its text and what it is; `level` as in `ingest.document.Block`."""

    kind: BlockKind
    text: str
    level: int = 0


def outline(chunks: Sequence[Chunk], texts: Sequence[str]) -> list[Part]:
    """The parts of a file; `texts` are the chunks' joined texts, in the same order."""
    candidates = candidates_of(chunks, texts)
    headings = _headings(candidates)
    title = _title(candidates, headings)
    levels, items = HeadingLevels(), ItemLevels()
    parts: list[Part] = []
    for index, candidate in enumerate(candidates):
        if index == title:
            part = Part(BlockKind.TITLE, candidate.text)
        elif index in headings:
            is_bare = index + 1 in headings
            part = Part(BlockKind.HEADING, candidate.text, levels.level(candidate, is_bare=is_bare))
        else:
            part = _body_part(candidate, items)
        if part.kind is not BlockKind.ITEM:
            items = ItemLevels()
        parts.append(part)
    return parts


def _body_part(candidate: Candidate, items: ItemLevels) -> Part:
    if candidate.is_row:
        return Part(BlockKind.TABLE_ROW, candidate.text)
    if candidate.is_footnote:
        return Part(BlockKind.FOOTNOTE, candidate.text)
    if marker_length(candidate.text):
        return Part(BlockKind.ITEM, candidate.text, items.level(candidate))
    return Part(BlockKind.PARAGRAPH, candidate.text)


def _headings(candidates: Sequence[Candidate]) -> set[int]:
    """The indices of the candidates that are headings."""
    headings: set[int] = set()
    for index in reversed(range(len(candidates))):
        candidate = candidates[index]
        is_last = index + 1 == len(candidates)
        if is_last or candidate.look is Look.BODY:
            is_heading = candidate.look is Look.PLAIN and candidate.pillar is not None
        elif candidate.look is Look.NUMBERED:
            is_heading = _heads_by_number(candidates, index)
        elif candidate.look is Look.SHORT:
            is_heading = _heads_by_place(candidates, index)
        else:
            is_heading = True
        if is_heading:
            headings.add(index)
    return headings


def _heads_by_number(candidates: Sequence[Candidate], index: int) -> bool:
    """Whether « 3. Texte » heads a text, rather than being one of a list of such lines."""
    number = candidates[index].number
    if number is None:
        return True
    around = [i for i in (index - 1, index + 1) if 0 <= i < len(candidates)]
    return not any(candidates[i].number in (number - 1, number + 1) for i in around)


def _heads_by_place(candidates: Sequence[Candidate], index: int) -> bool:
    """Whether a short line stands right above a text, or above a heading of another look.

    One of several short lines in a row is an entry of a list, unless it is the last and nearer to
    the text below than to the line above.
    """
    candidate, below = candidates[index], candidates[index + 1]
    above = candidates[index - 1] if index else None
    if below.look is Look.SHORT or below.is_labelled:
        return False
    if above is not None and above.look is Look.SHORT:
        return below.chunk.gap < candidate.chunk.gap
    is_at_foot = below.chunk.lines[0].begins_page
    return above is None or is_at_foot or below.chunk.gap <= candidate.chunk.gap


def _title(candidates: Sequence[Candidate], headings: set[int]) -> int | None:
    """The index of the report's title, if the file begins with one.

    Other lines of the title page are no headings: they are taken out of `headings`.
    """
    page: list[int] = []
    for index, candidate in enumerate(candidates[:_MOST_LINES_BEFORE_TEXT]):
        is_text = candidate.text[-1] in ".;," or len(candidate.text.split()) > _LONGEST_TITLE
        if is_text or candidate.names_a_section or marker_length(candidate.text):
            break
        page.append(index)
    if not page or len(page) == len(candidates):
        return None
    named = [index for index in page if _TITLE_WORDS.search(fold(candidates[index].text))]
    if not named and candidates[page[0]].look is Look.BODY:
        return None
    title = named[0] if named else page[0]
    heads_text = page[-1] in headings and page[-1] + 1 not in headings
    headings.difference_update(page[:-1] if heads_text else page)
    headings.discard(title)
    return title
