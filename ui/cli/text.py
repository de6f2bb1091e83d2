"""Text from reports, files and settings, made fit for a terminal."""

import unicodedata

from rich.text import Text

_KEPT = frozenset("\n\t")
# Direction overrides and isolates can make a terminal show another text than the one written.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """`text` without control characters, so that no report can steer the user's terminal."""
    return "".join(
        character
        for character in text
        if character in _KEPT
        or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _DIRECTION)
    )


def styled(text: str, style: str = "") -> Text:
    """`text` as a rich object: never read as markup, without control characters."""
    return Text(printable(text), style=style)


def on_one_line(text: str) -> str:
    """`text` with every run of white space as one space; non-breaking spaces stay."""
    return " ".join(part for part in text.replace("\t", " ").replace("\n", " ").split(" ") if part)
