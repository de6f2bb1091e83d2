"""The note as Markdown, in which the draft and the reports stay text."""

import re
from collections.abc import Iterator

from ui.messages import Messages
from ui.web.exports.note import Item, Note, note_of
from ui.web.verdicts import CheckedText

# Our own marks stand at the head of each line, so only what acts inside of one is escaped.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~$#!])")


def as_markdown(checked: CheckedText) -> str:
    """The note of a checked text."""
    return "\n".join(_lines(note_of(checked), checked.messages)) + "\n"


def _lines(note: Note, messages: Messages) -> Iterator[str]:
    yield f"# {_plain(note.title)}"
    yield ""
    yield f"{_plain(note.made_on)}  "
    yield f"**{_plain(note.tally)}**"
    if note.scope:
        yield ""
        yield _plain(note.scope)
    for group in note.groups:
        yield ""
        yield f"## {_plain(group.heading)}"
        yield ""
        for item in group.items:
            yield from _item(item, messages)
    yield ""
    yield f"*{_plain(note.caution)}*"


def _item(item: Item, messages: Messages) -> Iterator[str]:
    yield f"- **{_plain(messages('quoted', text=item.claim))}**"
    if item.reason:
        yield f"  {_plain(item.reason)}"
    for quote in item.quotes:
        yield f"  > {_plain(messages('quoted', text=quote.text))} — {_plain(quote.place)}"
        yield "  >"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
