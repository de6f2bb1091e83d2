"""How facts of reports are written on the library's pages."""

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date, format_datetime

from ui.messages import Messages
from vectorstore.models import Destination, Participant, ReportMetadata


def locale_of(messages: Messages) -> str:
    """Québec's or Canada's conventions."""
    return f"{messages.language}_CA"


def places(destinations: Iterable[Destination]) -> str:
    """Cities with their countries, joined by semicolons."""
    return "; ".join(place(destination) for destination in destinations)


def place(destination: Destination) -> str:
    """`Rotterdam, Pays-Bas`; either may be missing."""
    return ", ".join(part for part in (destination.city, destination.country) if part)


def person(participant: Participant) -> str:
    """`Anaïs Côté, mairesse suppléante`."""
    return ", ".join(part for part in (participant.name, participant.role) if part)


def mission_days(metadata: ReportMetadata, messages: Messages) -> str:
    """The days of a mission, else its year, else nothing."""
    start, end = metadata.start_date, metadata.end_date
    if start and end and start != end:
        if messages.language == "fr" and (start.year, start.month) == (end.year, end.month):
            return f"{start.day}\u00a0–\u00a0{day(end, messages)}"
        return f"{day(start, messages)}\u00a0– {day(end, messages)}"
    known = start or end
    return day(known, messages) if known else str(metadata.year or "")


def day(when: date, messages: Messages) -> str:
    """`3 mai 2024`."""
    pattern = "d MMM y" if messages.language == "fr" else "medium"
    return str(format_date(when, format=pattern, locale=locale_of(messages))).replace(" ", "\u00a0")


def moment(when: datetime | None, messages: Messages) -> str:
    """A moment in the server's own time, without seconds."""
    if when is None:
        return ""
    pattern = "d MMM y, HH\u00a0'h'\u00a0mm" if messages.language == "fr" else "MMM d, y, HH:mm"
    return str(format_datetime(when.astimezone(), pattern, locale=locale_of(messages)))


def language(code: str, messages: Messages) -> str:
    """The name of a language that has one here, else its code."""
    key = f"language-{code}"
    return messages(key) if key in messages else code


def size(count: int, messages: Messages) -> str:
    """Bytes as people read them."""
    if count >= 2**20:
        return messages("library-megabytes", count=round(count / 2**20, 1))
    return messages("library-kilobytes", count=max(round(count / 2**10), 1))
