"""Text made fit for HTML that passes through Gradio's Markdown.

Reports and questions are data. What `escaped` returns shows exactly the characters given to it,
whether it is read as HTML or as Markdown first: besides HTML's own, every character that Markdown
or a formula could be made of is written as a character reference.
"""

import re
import unicodedata

_REFERENCES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'\\`*_{}[]()#+-.!|~$%^:=/@"}
# A direction override can make a reader see another text than the one written.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = re.compile(r"\s*(?:\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029])\s*")

_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def visible(text: str) -> str:
    """`text` without control characters, lone surrogates and direction overrides."""
    return "".join(
        character
        for character in text
        if character in "\n\t\r"
        or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _DIRECTION)
    )


def escaped(text: str) -> str:
    """`text` on one line, each line break a space, with nothing left that could be markup."""
    line = _BREAKS.sub(" ", visible(text)).strip()
    return line.translate(_REFERENCES)


def escaped_lines(text: str) -> str:
    """`text` with its line breaks as `<br>`; several in a row count as one."""
    return "<br>".join(escaped(line) for line in _BREAKS.split(text) if line.strip())


def escaped_as_written(text: str) -> str:
    """`text` with its spaces, and each of its line breaks as a `<br>`."""
    return "<br>".join(visible(line).translate(_REFERENCES) for line in _BREAK.split(text))
