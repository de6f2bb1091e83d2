"""Words that gainsay each other: opposites, and notions of which only one can be meant."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vectorstore.text.normalise import fold

_FILE = Path(__file__).with_name("oppositions.toml")


@dataclass(frozen=True, slots=True)
class Opposition:
    """Two words that gainsay each other, as the claim and the source have them (folded)."""

    claim: str
    source: str
    exclusive: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Notions that exclude each other; the patterns see folded text."""

    members: tuple[re.Pattern[str], ...]
    exclusive: bool


def oppositions(claim: str, source: str) -> Iterator[Opposition]:
    """The words of `claim` to which `source` has only the contrary, or another of a kind.

    A text that has both sides opposes nothing.
    """
    claimed, given = fold(claim), fold(source)
    more, less = _degrees(claimed), _degrees(given)
    if more and less and more.isdisjoint(less):
        yield Opposition(min(more), min(less), exclusive=False)
    for group in _groups():
        in_claim = [pattern.search(claimed) for pattern in group.members]
        in_source = [pattern.search(given) for pattern in group.members]
        if sum(match is not None for match in in_claim) != 1:
            continue
        index = next(i for i, match in enumerate(in_claim) if match)
        others = [match for i, match in enumerate(in_source) if match and i != index]
        mine = in_claim[index]
        if in_source[index] is None and others and others[0] and mine:
            yield Opposition(mine.group(), others[0].group(), group.exclusive)


_DEGREE = re.compile(r"\b(plus|more|moins|less)\b(?! (?:de|d'|que|qu'|than|of|tard|grand|petit)\b)")
_MORE = {"plus", "more"}


def _degrees(folded: str) -> frozenset[str]:
    """The directions of the comparatives of a text: « plus cher », "less noisy"."""
    found = [
        match[1]
        for match in _DEGREE.finditer(folded)
        if not _NO_MORE.search(folded, 0, match.start())
    ]
    return frozenset("plus" if degree in _MORE else "moins" for degree in found)


# « n'est plus » is a negation.
_NO_MORE = re.compile(r"(?:\bne |n')(?:\w+ )?$")


@cache
def _groups() -> tuple[_Group, ...]:
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    opposite = [
        _Group((_pattern(entry["a"]), _pattern(entry["b"])), exclusive=False)
        for entry in content["opposition"]
    ]
    exclusive = [
        _Group(tuple(_pattern(member) for member in entry["members"]), exclusive=True)
        for entry in content["exclusive"]
    ]
    return tuple(opposite + exclusive)


def _pattern(words: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)")
