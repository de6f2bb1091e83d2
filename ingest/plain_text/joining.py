"""The lines of each chunk as one line."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.glyphs import SOFT_HYPHEN, flowing
from ingest.pdf.hyphens import HYPHENS, Vocabulary
from ingest.plain_text.wrapping import Chunk


def joined(chunks: Sequence[Chunk]) -> list[str]:
    """The chunks' texts: lines joined by one space, words broken by a hyphen made whole.

    Besides white space and those hyphens, no character changes. Rows keep their tabs.
    """
    vocabulary = Vocabulary(line.text for chunk in chunks for line in chunk.lines)
    return [
        chunk.lines[0].text if chunk.lines[0].is_row else flowing(_text(chunk, vocabulary))
        for chunk in chunks
    ]


def _text(chunk: Chunk, vocabulary: Vocabulary) -> str:
    text = chunk.lines[0].text
    for above, below in pairwise(line.text for line in chunk.lines):
        if not _breaks_word(above, below):
            text += " " + below
        elif above.endswith(SOFT_HYPHEN) or not vocabulary.keeps_hyphen(above, below):
            text = text[:-1] + below
        else:
            text += below
    return text


def _breaks_word(above: str, below: str) -> bool:
    """Whether a word, or a compound or range such as 2024-2025, runs over a line's end."""
    return above[-1] in HYPHENS and above[-2:-1].isalnum() and below[0].isalnum()
