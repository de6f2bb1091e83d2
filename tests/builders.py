"""Small reports made in memory, for tests that need no file format."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from vectorstore.models import (
    Destination,
    PassageDraft,
    Pillar,
    ReportMetadata,
    Section,
    Span,
    VersionContent,
)

OSLO = """Rapport de mission à Oslo (Norvège), du 3 au 5 mai 2024

Objectifs

Étudier les traversiers électriques.

Québec apprend

Le port d’Oslo a branché {quays} quais sur 20. Les traversiers sont électriques depuis 2021.
"""

_SENTENCE = re.compile(r"[^.!?]+[.!?]")


def content(
    sections: Mapping[str, Sequence[str]],
    *,
    title: str = "Rapport",
    city: str = "Oslo",
    country: str = "Norvège",
    year: int | None = 2024,
    language: str = "fr",
    pillars: Mapping[str, Pillar] | None = None,
) -> VersionContent:
    """A version whose sections hold one passage per string given; sentences end at . ! or ?"""
    text = ""
    made: list[Section] = []
    drafts: list[PassageDraft] = []
    for heading, passages in sections.items():
        start = len(text)
        text += heading + "\n"
        for passage in passages:
            begin = len(text)
            text += passage + "\n"
            sentences = tuple(
                Span(
                    begin + match.start() + len(match[0]) - len(match[0].lstrip()),
                    begin + match.end(),
                )
                for match in _SENTENCE.finditer(passage)
            )
            drafts.append(PassageDraft(Span(begin, begin + len(passage)), len(made), sentences))
        made.append(Section((heading,), (pillars or {}).get(heading), Span(start, len(text))))
    return VersionContent(
        version=hashlib.sha256(text.encode()).hexdigest(),
        source_name="rapport.txt",
        media_type="text/plain",
        text=text,
        metadata=ReportMetadata(
            title=title,
            destinations=(Destination(city, country),),
            year=year,
            language=language,
        ),
        pages=(),
        sections=tuple(made),
        passages=tuple(drafts),
    )


def source_of(made: VersionContent, folder: Path) -> Path:
    """A file with the bytes that the version is named by."""
    file = folder / f"{made.version[:8]}.txt"
    file.write_bytes(made.text.encode())
    return file


def oslo(folder: Path, name: str = "oslo.txt", quays: int = 14) -> Path:
    """A short report as a text file; another number of quays makes another version."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(OSLO.format(quays=quays), encoding="utf-8")
    return file
