"""Fictitious mission reports as text files, in the layouts that text files come in."""

import random
import re
import textwrap
from collections.abc import Iterator

from tests.corpus.content import Element, TrueReport

LAYOUTS = ("wrapped", "double-spaced", "one-per-line", "tight", "paged", "indented")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"\[\^(\d+)\]")
_LINES_OF_PAGE = 42


def text_of(report: TrueReport, layout: str) -> str:
    """The report as a text file in one of `LAYOUTS`."""
    draw = random.Random(report.title)
    blocks = list(_blocks(report))
    if layout in ("one-per-line", "tight"):
        between = "\n" if layout == "tight" else "\n\n"
        return between.join(text for _, text in blocks) + "\n"
    lines: list[str] = []
    above = None
    for kind, text in blocks:
        if above is not None and not (kind == above and kind in ("item", "numbered", "row")):
            lines.append("")
        lines += _wrapped(kind, text, layout, draw)
        above = kind
    if layout == "double-spaced":
        return "\n\n".join(line + draw.choice(("", " ", "  ")) for line in lines if line) + "\n"
    if layout == "paged":
        return "\f".join(_pages(lines, report))
    return "\n".join(lines) + "\n"


def true_blocks(report: TrueReport) -> list[tuple[str, str]]:
    """The kind and text of each block that a reader should find, tables apart."""
    return [(kind, text) for kind, text in _blocks(report) if kind != "row"]


def _blocks(report: TrueReport) -> Iterator[tuple[str, str]]:
    header: tuple[str, ...] = ()
    number = 0
    for element in report.elements:
        if element.kind == "row":
            if element.header != header:
                yield "row", "\t".join(element.header)
            yield "row", "\t".join(element.cells)
        else:
            number = number + 1 if element.kind == "numbered" else 0
            yield element.kind, _marked(element, number)
        header = element.header
    for note, text in enumerate(report.notes, 1):
        yield "footnote", f"{str(note).translate(_SUPERSCRIPTS)} {text}"


def _marked(element: Element, number: int) -> str:
    text = _MARK.sub(lambda mark: mark[1].translate(_SUPERSCRIPTS), element.text)
    mark = {"item": "• ", "numbered": f"{number}. "}.get(element.kind, "")
    return mark + text


def _wrapped(kind: str, text: str, layout: str, draw: random.Random) -> list[str]:
    if kind == "row":
        return [text]
    # A proportional font gives every line another number of characters.
    width = draw.randint(88, 104) if layout == "double-spaced" else 78
    hanging = "  " if kind in ("item", "numbered") and layout == "indented" else ""
    first = "   " if kind == "paragraph" and layout == "indented" else ""
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _pages(lines: list[str], report: TrueReport) -> Iterator[str]:
    for page, start in enumerate(range(0, len(lines), _LINES_OF_PAGE), 1):
        head = [report.running_head or "Ville de Port-Clair", ""]
        foot = ["", f"{page}".center(78), ""]
        yield "\n".join([*head, *lines[start : start + _LINES_OF_PAGE], *foot])
