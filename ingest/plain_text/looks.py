"""How much a chunk of a text file looks like a heading, by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from ingest.pillars import is_overview, pillar_of
from ingest.plain_text.wrapping import Chunk
from vectorstore.models import Pillar
from vectorstore.text.markers import marker_length
from vectorstore.text.normalise import fold

_MOST_WORDS = 14
_MOST_CHARACTERS = 120
_CAPITALS = 0.8  # of the letters

_NUMBERED = re.compile(
    r"(?:(?P<decimal>\d{1,2}(?:\.\d{1,2})+)\.?|(?P<single>\d{1,2})(?:\.|\)| ?[-–—])|"
    r"(?P<roman>[IVX]{1,5})(?:\.|\)| ?[-–—])|(?P<letter>[A-H])(?:\.|\)| ?[-–—]))\s+"
    r"(?=[«“]?\s?[^\W\d_a-z])"
)
_LIST_NUMBER = re.compile(r"\(?(\d{1,2})(?:\.|\)|°)\s")
_KEYWORD = re.compile(
    r"(?:annexe|annex|appendice|appendix|chapitre|chapter|partie|part|section|volet|axe|pilier|"
    r"jour|journee|day|etape|step)\s+(?:\d{1,2}|[ivx]{1,4}|[a-h])\b"
)
_KNOWN = re.compile(
    r"(?:(?:les?|la|the|mise en|rappel du)\s+|l')?"
    r"(?:introduction|avant-propos|preambule|contexte|mandat|sommaire(?: executif)?|resume|"
    r"table des matieres|conclusions?|recommandations?|suivis?|suites|prochaines etapes|"
    r"faits saillants|bilan|constats|remerciements|annexes?|bibliographie|references|"
    r"participants?(?: a la mission)?|(?:membres de la )?delegation|composition de la delegation|"
    r"programme|deroulement|horaire|budget|couts?|depenses|partenaires|coordonnees|contacts?|"
    r"foreword|background|context|summary|executive summary|contents|recommendations?|"
    r"next steps|follow-up|highlights|acknowledge?ments|appendix|agenda|schedule|"
    r"costs?|expenses|partners)"
    r"(?:(?: et|,| de| du| des| a)(?: (?:la|le|les|l'|cette))? ?[\w'-]+){0,4}"
)
_VERBS = re.compile(
    r"\b(?:a|ont|est|sont|etait|etaient|avait|avaient|sera|seront|fut|furent|peut|peuvent|doit|"
    r"doivent|permet|permettra|is|are|was|were|has|have|had|will|would|can)\b"
)
_DATE_OR_ADDRESS = re.compile(
    r"(?:le |du |the )?\d{1,2}(?:er)?\b.*\b(?:19|20)\d\d|\W*(?:19|20)\d\d\W*$|.*, le \d{1,2}|"
    r".*@|https?:|www\.|[\d\s.,/:-]+$"
)
_LABELLED = re.compile(r"[^:]{2,40}\s?:\s+\S")
_MEASURE = re.compile(r"[$€£%]|\d\s?(?:km|m²|ha|tonnes)\b")
_LEADERS = re.compile(r"[.…_·]{4,}|(?:\.\s){4,}")
_FOOTNOTE = re.compile(r"(?:[¹²³⁰⁴-⁹]+|\[\d{1,3}\])\s*\S")
_RULE = re.compile(r"([=\-_~*#])\1{2,}$")
_ENDED = re.compile(r"[.;,!…]$")


class Look(IntEnum):
    """What a chunk may be."""

    BODY = 0
    SHORT = 1  # a heading by its place at most
    NUMBERED = 2  # a heading or an item
    PLAIN = 3  # a heading


@dataclass(frozen=True)
class Candidate:
    """A chunk with its text on one line and how it looks; `rule` is what it is underlined with."""

    text: str
    chunk: Chunk
    look: Look
    rule: str = ""

    @cached_property
    def pillar(self) -> Pillar | None:
        """The pillar that it names."""
        return pillar_of(self.text)

    @cached_property
    def number(self) -> int | None:
        """The number of « 3. Texte », None for other marks."""
        match = _LIST_NUMBER.match(self.text)
        return int(match[1]) if match else None

    @cached_property
    def depth(self) -> int:
        """How many numbers it is numbered with: 2 for « 3.1 Texte », 0 for none."""
        match = _NUMBERED.match(self.text)
        if match is None:
            return 0
        return match["decimal"].count(".") + 1 if match["decimal"] else 1

    @cached_property
    def is_in_capitals(self) -> bool:
        """Whether it is written in capitals."""
        letters = [character for character in self.text if character.isalpha()]
        capitals = sum(character.isupper() for character in letters)
        return len(letters) >= 4 and capitals >= _CAPITALS * len(letters)

    @property
    def is_footnote(self) -> bool:
        """Whether it begins with a raised number or one in brackets."""
        return bool(_FOOTNOTE.match(self.text))

    @property
    def is_row(self) -> bool:
        """Whether tabs part it into cells."""
        return any(line.is_row for line in self.chunk.lines)

    @property
    def is_labelled(self) -> bool:
        """Whether it is « Dates : 3-5 mai » or the like."""
        return bool(_LABELLED.match(self.text))

    @property
    def names_a_section(self) -> bool:
        """Whether what it says makes it the heading of a section, not of the whole report."""
        folded = fold(self.text)
        return (
            self.pillar is not None
            or is_overview(self.text)
            or bool(_KNOWN.fullmatch(folded.rstrip(" \u00a0:")) or _KEYWORD.match(folded))
            or self.depth > 0
        )


def candidates_of(chunks: Sequence[Chunk], texts: Sequence[str]) -> list[Candidate]:
    """The chunks with their looks; a line drawn under a chunk makes it a heading and goes."""
    found: list[Candidate] = []
    for chunk, text in zip(chunks, texts, strict=True):
        if any(map(str.isalnum, text)):
            found.append(Candidate(text, chunk, _look(chunk, text)))
        elif found and chunk.gap == 0 and _RULE.match(text) and _is_brief(found[-1].text):
            found[-1] = Candidate(found[-1].text, found[-1].chunk, Look.PLAIN, rule=text[0])
    return found


def _look(chunk: Chunk, text: str) -> Look:
    candidate = Candidate(text, chunk, Look.BODY)
    is_body = candidate.is_row or candidate.is_footnote or _LEADERS.search(text)
    if is_body or not _is_brief(text) or _ENDED.search(text):
        return Look.BODY
    if candidate.depth:
        return Look.NUMBERED
    if marker_length(text):
        return Look.BODY
    is_plain = candidate.is_in_capitals and not candidate.is_labelled
    if candidate.names_a_section and (candidate.pillar or not _VERBS.search(fold(text))):
        is_plain = True
    if is_plain:
        return Look.PLAIN
    return Look.SHORT if _may_be_short_heading(candidate) else Look.BODY


def _is_brief(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and len(text) <= _MOST_CHARACTERS


def _may_be_short_heading(candidate: Candidate) -> bool:
    text, folded = candidate.text, fold(candidate.text)
    first = text.lstrip("«“\"'( \u00a0")[:1]
    if not (first.isupper() or first.isdigit()) or text.endswith(":") or candidate.is_labelled:
        return False
    told = _VERBS.search(folded) or _DATE_OR_ADDRESS.match(folded) or _MEASURE.search(text)
    return not told
