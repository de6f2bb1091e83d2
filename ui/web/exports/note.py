"""The note that sums a check up: what it says, before it is Markdown or PDF."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.models import Claim, Verdict
from ui.messages import Messages
from ui.web.html import visible
from ui.web.labels import day_in_words
from ui.web.verdicts import SIGNS, UNCHECKED, CheckedText, kind_of, name_of, place_of, tally

# What has to be mended comes first.
_ORDER: Final = (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.SUPPORTED)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote and the place where it stands, in words."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Item:
    """A claim with what is to be said of it."""

    claim: str
    reason: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one verdict."""

    kind: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The whole note; each text is one line without control characters."""

    title: str
    made_on: str
    tally: str
    scope: str
    groups: tuple[Group, ...]
    caution: str


def note_of(checked: CheckedText, today: date | None = None) -> Note:
    """The note of a checked text; claims that can't be checked are only counted."""
    messages = checked.messages
    counts = tally(checked.result)
    summary = ", ".join(
        messages(f"page-count-{name_of(kind)}", count=count) for kind, count in counts.items()
    )
    day = day_in_words(today or date.today(), messages.language)
    return Note(
        title=messages("page-note-title"),
        made_on=messages("page-note-made-on", day=day),
        tally=summary,
        scope=_line(messages("page-check-scope", scope=checked.scope)) if checked.scope else "",
        groups=tuple(_group(kind, checked) for kind in _ORDER if counts[kind]),
        caution=messages("page-note-caution"),
    )


def heading_of(kind: str, messages: Messages) -> str:
    """A verdict with its sign: « ✗ Contredite »."""
    return f"{SIGNS[kind]} {messages(f'page-verdict-{name_of(kind)}')}"


def _group(kind: Verdict, checked: CheckedText) -> Group:
    messages = checked.messages
    heading = f"{SIGNS[kind]} {messages(f'page-note-{name_of(kind)}')}"
    claims = (claim for claim in checked.result.claims if kind_of(claim) == kind)
    return Group(kind, heading, tuple(_item(claim, checked) for claim in claims))


def _item(claim: Claim, checked: CheckedText) -> Item:
    return Item(_line(claim.text), _line(claim.reason), quotes_of(claim, checked))


def quotes_of(claim: Claim, checked: CheckedText) -> tuple[Quote, ...]:
    """The quotes beside a claim; none where there was nothing to check."""
    if kind_of(claim) == UNCHECKED:
        return ()
    return tuple(
        Quote(_line(cited.quote), _line(place_of(cited, checked.missions, checked.messages)))
        for cited in claim.evidence
    )


def _line(text: str) -> str:
    return " ".join(visible(text).split(" ")).replace("\n", " ").replace("\r", "").strip()
