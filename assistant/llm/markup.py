"""What a language model writes, made plain text: markers read, everything else taken off.

A model may write Markdown, HTML, links and images of its own, or copy them from a report. None of
it may reach a page: a statement is one line of plain text.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

_LABEL = (
    r"(?:passages?|sources?|extraits?|excerpts?|documents?|docs?|r[ée]f(?:[ée]rence)?s?|n[os°º]*)"
)
_JOINER = r"(?:\s*(?:,|;|&|/|\bet\b|\band\b)\s*|\s+)"
_RANGE = r"\d{1,3}(?:\s*(?:-|–|à|to)\s*\d{1,3})?"
_NUMBERS = rf"\^?(?:{_LABEL}\.?\s*)*{_RANGE}(?:{_JOINER}(?:{_LABEL}\.?\s*)*{_RANGE})*"

# In this order: what stands further up wins at one place.
_PIECES = re.compile(
    rf"""
    (?P<comment><!--.*?-->)
  | (?P<tag></?[a-zA-Z!?][^<>]*>|<\|[^<>]*\|>)
  | (?P<image>!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?)
  | (?P<marker>[\[【［]+\s*(?P<numbers>{_NUMBERS})\s*[\]】］]+(?:\([^()]*\))?)
  | \[(?P<link>[^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])
  | (?P<false>[\[【［][^\[\]【】［］]*\d[^\[\]【】［］]*[\]】］])
  | (?P<url>(?:(?<![^\W_])[a-zA-Z][a-zA-Z0-9+.-]{{1,15}}://|://|(?<![^\W_])www\.
        |(?<![^\W_])(?:javascript|data|mailto):(?=\S))\S*)
  | (?P<emphasis>\*+|`+|~~|(?<!\w)_+(?=\w)|(?<=[\w.!?])_+(?!\w))
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# What may still become one of them when more is written.
_UNFINISHED = re.compile(
    r"<(?:[a-zA-Z!?/|-][^<>]*)?$|!?[\[【［][^\[\]【】［］]*$|!?\[[^\[\]]*\](?:\([^()]*)?$|!$|"
    r"(?:(?<![^\W_])[a-zA-Z][a-zA-Z0-9+.-]{1,15}:/?|://|(?<![^\W_])www\.|"
    r"(?<![^\W_])(?:javascript|data|mailto):)\S*$",
    re.IGNORECASE,
)
# What is left of a construct that wasn't one, or that taking another off has made.
_LEFT_OVER = re.compile(r"<(?=[^\s\d=<])|(?<=[^\s\d=])>|[\[\]【】［］]|\(\s*\)")
_LINE_START = re.compile(r"^\s*(?:#{1,6}\s|(?:>\s*)+)")
# What never became one when nothing more came.
_BROKEN_OFF = re.compile(
    r"(?:<[a-zA-Z!?/|-][^<>]*|!?[\[【［][^\[\]【】［］]*|!?\[[^\[\]]*\]\([^()]*)$"
)
_NO_BREAK = "\u00a0\u202f"
_KEPT_CONTROLS = "\n\t"
# Marks that change how a character looks, and letters that look like nothing.
_UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\uffa0\u2800\u034f]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain text with the markers that stood in it.

    `offsets[i]` is where the character `text[i]` stood in the markup. `markers` are pairs of a
    position in `text` and a passage's number, in order.
    """

    text: str
    offsets: tuple[int, ...]
    markers: tuple[tuple[int, int], ...]


def finished(markup: str) -> str:
    """The beginning of `markup` that means the same whatever is written next."""
    unfinished = _UNFINISHED.search(markup)
    return markup[: unfinished.start()] if unfinished else markup


def without_broken_end(markup: str) -> str:
    """`markup` without a tag, marker or link that was begun and not ended."""
    return _BROKEN_OFF.sub("", markup)


def plain(markup: str, passages: int) -> Plain:
    """The text and the markers of one line; numbers beyond `passages` are dropped."""
    builder = _Builder()
    start = _LINE_START.match(markup)
    position = start.end() if start else 0
    for match in _PIECES.finditer(markup, position):
        builder.copy(markup, position, match.start())
        position = match.end()
        if match["marker"]:
            builder.mark(number for number in _read(match["numbers"]) if 1 <= number <= passages)
        elif match["false"]:
            builder.mark(())
        elif match["link"]:
            builder.copy(markup, match.start("link"), match.end("link"))
    builder.copy(markup, position, len(markup))
    return builder.made()


def without_invisible(text: str) -> str:
    """`text` without what a reader can't see: controls, zero-width and tag characters."""
    return "".join(
        character for character in text if character in _KEPT_CONTROLS or _is_seen(character)
    )


def _is_seen(character: str) -> bool:
    return not (unicodedata.category(character).startswith("C") or _UNSEEN.match(character))


def _read(numbers: str) -> list[int]:
    """The numbers of a marker: "1, 3-5" is 1, 3, 4, 5."""
    found: list[int] = []
    for match in re.finditer(r"(\d{1,3})(?:\s*(?:-|–|à|to)\s*(\d{1,3}))?", numbers):
        first, last = int(match[1]), int(match[2] or match[1])
        found.extend(range(first, last + 1) if last - first < 100 else [first, last])
    return found


class _Builder:
    """Text put together character by character, white space folded."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._offsets: list[int] = []
        self._markers: list[tuple[int, int]] = []

    def copy(self, markup: str, start: int, end: int) -> None:
        for offset in range(start, end):
            character = markup[offset]
            if character.isspace():
                # A no-break space belongs to French typography: it stays what it is.
                if self._text and not self._text[-1].isspace():
                    self._add(character if character in _NO_BREAK else " ", offset)
            elif _is_seen(character):
                self._add(character, offset)

    def mark(self, numbers: "Iterable[int]") -> None:
        # The space before a marker was the marker's.
        while self._text and self._text[-1].isspace():
            self._text.pop()
            self._offsets.pop()
        self._markers.extend((len(self._text), number) for number in numbers)

    def made(self) -> Plain:
        text = "".join(self._text)
        dropped = {index for match in _LEFT_OVER.finditer(text) for index in range(*match.span())}
        kept = [index for index in range(len(text)) if index not in dropped]
        return Plain(
            "".join(text[index] for index in kept),
            tuple(self._offsets[index] for index in kept),
            tuple((bisect_left(kept, place), number) for place, number in self._markers),
        )

    def _add(self, character: str, offset: int) -> None:
        self._text.append(character)
        self._offsets.append(offset)
