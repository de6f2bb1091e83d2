"""The bullets and numbers that Word shows before list items, from `numbering.xml`."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_PLACE = re.compile(r"%(\d)")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: a Word format, a pattern such as "%1.%2.", a start."""

    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted as its items come."""

    _levels: dict[str, dict[int, _Level]]
    _lists: dict[str, str]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> "Numbering":  # noqa: ANN401  (python-docx is not typed)
        """The lists of a python-docx document."""
        levels: dict[str, dict[int, _Level]] = {}
        lists: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return cls(levels, lists)
        for abstract in root.iterfind(qn("w:abstractNum")):
            identity = abstract.get(qn("w:abstractNumId"), "")
            levels[identity] = {
                int(level.get(qn("w:ilvl"), "0")): _level(level)
                for level in abstract.iterfind(qn("w:lvl"))
            }
        for number in root.iterfind(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                lists[number.get(qn("w:numId"), "")] = target.get(qn("w:val"), "")
        return cls(levels, lists)

    def marker(self, list_id: str, depth: int) -> str:
        """What stands before the next item of a list at a depth from 0: "•", "1.", "a)", ""."""
        abstract = self._lists.get(list_id)
        if abstract is None:
            return "•"
        level = self._levels.get(abstract, {}).get(depth)
        if level is None or level.form == "bullet":
            return "•"
        counts = self._counts.setdefault(abstract, [None] * _DEEPEST)
        counts[depth] = level.start if counts[depth] is None else (counts[depth] or 0) + 1
        counts[depth + 1 :] = [None] * (len(counts) - depth - 1)
        if level.form == "none":
            return ""

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form = self._levels[abstract].get(place, level).form
            return _written(counts[place] or 1, form)

        return _PLACE.sub(number, level.pattern).strip()


def _level(element: Any) -> _Level:  # noqa: ANN401
    def value(name: str, default: str) -> str:
        found = element.find(qn(name))
        return default if found is None else found.get(qn("w:val"), default)

    start = value("w:start", "1")
    return _Level(
        value("w:numFmt", "decimal"),
        value("w:lvlText", ""),
        int(start) if start.isdigit() else 1,
    )


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        index = (number - 1) % 26
        letters = _LETTERS[index] * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, letters in _ROMAN:
            while number >= value:
                roman += letters
                number -= value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)
