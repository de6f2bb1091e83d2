"""What a report's own text says of it: title, destinations, dates, participants, language.

Only what is written in so many words is taken; where two places of one rank disagree, neither is.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from ingest.dates import Days, days_in
from ingest.destinations import destinations_of
from ingest.document import BlockKind, Document
from ingest.structure import SectionBlocks
from vectorstore.description import MetadataField as _Field
from vectorstore.models import Confidence, Participant, ReportMetadata
from vectorstore.text.language import detect_language
from vectorstore.text.markers import marker_length
from vectorstore.text.normalise import fold, fold_spaces

_HEAD = 12  # blocks at the head of a report, where its title page is
_SAMPLE = 5000  # characters that tell the language
_TELLING_SAMPLE = 200  # characters whose language is beyond doubt
_LONGEST_NOTE = 200  # characters of a line such as « Québec, le 3 décembre 2025 »

_MISSION_DATES = re.compile(
    r"(?:dates?|periode|duree|quand|when|period)(?: (?:de|du|of) .{2,30})?\s*:"
)
_OF_MISSION = re.compile(
    r"\b(?:mission|delegation|deplacement|sejour|voyage|tournee|trip|visit|s'est rendue?)\b"
)
_PUBLISHED = re.compile(
    r"\b(?:publiee?|deposee?|rendue? publi(?:c|que)|diffusee?|date de (?:publication|depot)|"
    r"published|released|date of publication)\b"
)
_PLACE_BEFORE_DAY = re.compile(r"[^\d:;.]{2,40},\s*(?:le\s+)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PARTICIPANTS = re.compile(r"\b(?:participants?|delegation|delegues|delegates|composition)\b")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_PERSON = re.compile(
    r"(?:(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dre?\.?|Me|Pr\.?)\s+)?"
    rf"(?P<name>{_CAPITALISED}(?:\s+(?:(?:de|du|la|le|van|von)\s+)*{_CAPITALISED}){{1,3}})"
    r"(?:\s*(?:[,:–—]|\s-)\s*(?P<role>\S.{1,150})|\s*\((?P<bracketed>[^()]{2,150})\))?"
)


def read_metadata(document: Document, sections: Sequence[SectionBlocks]) -> ReportMetadata:
    """What the text of a report says of it; what it doesn't say is empty."""
    texts = [fold_spaces(block.span.of(document.text)) for block in document.blocks]
    titles = [
        text
        for block, text in zip(document.blocks, texts, strict=True)
        if block.kind is BlockKind.TITLE
    ]
    title = titles[0] if titles else document.metadata.title
    destinations, told = destinations_of([title, *_title_page(document, texts)], texts)
    days, plainly = _mission_days(title, texts)
    years = {int(year) for year in _YEAR.findall(title)}
    year = years.pop() if not days and len(years) == 1 else None
    published_on, said = _published_on(texts)
    sample = document.text[:_SAMPLE]
    participants = tuple(_participants(document, sections))
    return ReportMetadata(
        title=title,
        destinations=destinations,
        start_date=days.start if days else None,
        end_date=days.end if days else None,
        year=year,
        published_on=published_on or document.metadata.published_on,
        language=document.metadata.language or detect_language(sample),
        participants=participants,
        confidence={
            field: confidence
            for field, is_read, confidence in (
                (_Field.TITLE, title, _high(bool(titles))),
                (_Field.DESTINATIONS, destinations, told),
                (_Field.DATES, days or year, _high(plainly and days is not None)),
                (_Field.PUBLISHED_ON, published_on or document.metadata.published_on, said),
                (_Field.LANGUAGE, sample, _high(len(sample) >= _TELLING_SAMPLE)),
                (_Field.PARTICIPANTS, participants, _high(all(p.role for p in participants))),
            )
            if is_read
        },
    )


def _high(is_plain: bool) -> Confidence:
    return Confidence.HIGH if is_plain else Confidence.LOW


def _title_page(document: Document, texts: Sequence[str]) -> Iterator[str]:
    """The short lines above the first heading."""
    for block, text in islice(zip(document.blocks, texts, strict=True), _HEAD):
        if block.kind is BlockKind.HEADING or len(text) > _LONGEST_NOTE:
            return
        yield text


def _mission_days(title: str, texts: Sequence[str]) -> tuple[Days | None, bool]:
    """The days of the mission: from a labelled line, the title, a sentence on the mission.

    Also whether a label or the title says so.
    """
    labelled = [text for text in texts if _MISSION_DATES.match(fold(text))]
    told = [text for text in texts if _OF_MISSION.search(fold(text))]
    alone = [text for text in texts[:_HEAD] if len(text) <= _LONGEST_NOTE]
    for places, is_plain in ((labelled, True), ([title], True), (told, False), (alone, False)):
        found = {
            (days.start, days.end): days
            for text in places
            for days in days_in(text)
            if days.is_range or is_plain
        }
        if found:
            return (next(iter(found.values())) if len(found) == 1 else None), is_plain
    return None, False


def _published_on(texts: Sequence[str]) -> tuple[date | None, Confidence]:
    """The day of publication: said to be it, or after a place at the foot of a page or letter."""
    found: dict[date, Confidence] = {}
    for text in (text for text in texts if len(text) <= _LONGEST_NOTE):
        for days in days_in(text):
            before, after = text[: days.span.start], text[days.span.end :]
            stands_alone = not after.strip(" .") and _PLACE_BEFORE_DAY.fullmatch(before)
            is_said = _PUBLISHED.search(fold(before)) is not None
            if not days.is_range and (stands_alone or is_said):
                found[days.start] = _high(is_said)
    return found.popitem() if len(found) == 1 else (None, Confidence.LOW)


def _participants(document: Document, sections: Sequence[SectionBlocks]) -> Iterator[Participant]:
    """The people listed under a heading such as « Délégation »."""
    for section in sections:
        if not _PARTICIPANTS.search(fold(section.section.heading)):
            continue
        for block in section.blocks:
            text = fold_spaces(block.span.of(document.text))
            person = _PERSON.fullmatch(text[marker_length(text) :].rstrip(" .;,"))
            if person:
                role = person["role"] or person["bracketed"] or ""
                yield Participant(person["name"], role.strip())
