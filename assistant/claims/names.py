"""Names in a text: people, places, organisations, by their capitals; and whether two are one.

Statistical recognisers find these names badly in French reports (acronyms and the names of
agencies above all), so capitals decide, and dictionaries for the first word of a sentence.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.models import Language
from vectorstore.models import Span
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import stop_words, tokens

_EXONYMS = Path(__file__).with_name("exonyms.toml")

_CAPITAL = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][^\W_]*|[a-z]?[A-Z]{2}[^\W_]*)(?:[-&.’'][^\W_]+)*"
    r"(?:[\s\u00a0]\d{1,4}\b(?![\s\u00a0\u202f]?[$€£%]|[.,]\d|[\s\u00a0\u202f](?:\d{3}|(?!dans|"
    r"mais|sans|vers|sous|depuis|plus)[a-zà-ÿ-]{3,}[sx])\b))?"
)
_ELISION = re.compile(r"^(?:[LDQSNJMlds]|Qu|qu)['’]")
_JOINERS = re.compile(
    r"^[\s\u00a0]*(?:(?:de|du|des|d['’]|de la|de l['’]|of|of the|the|and|et|&|–|-|for|pour|on|"
    r"sur|in|les|la|le)[\s\u00a0]*)?$"
)
_SPLITTING = re.compile(r"^[\s\u00a0]+(?:et|and|in|sur|on|pour|for)[\s\u00a0]+$")
# « Depuis 2014 » at the head of a sentence is no name.
_OF_TIME = frozenset(
    "depuis des vers avant apres durant pendant jusque since before after until during by".split()
)
_TITLES = frozenset("m mm mme mmes dr dre me mr mrs ms sir lord".split())
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:M|MM|Mme|Mmes|Dr|Dre|Me|Mr|Mrs|Ms)\.?|[Mm]onsieur|[Mm]adame)[\s\u00a0]$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its span, its words folded without "de" and the like; `acronym` when all capitals.

    `person` when a civility stands before it.
    """

    span: Span
    words: tuple[str, ...]
    acronym: bool
    person: bool


def names(
    text: str, language: Language, *, known: frozenset[str] = frozenset()
) -> tuple[Name, ...]:
    """The names of `text`, in order.

    `known` are folded words that are names even where a sentence begins and a dictionary has
    them (English ones list "Boston"): the places of the reports.
    """
    parts = [
        span for match in _CAPITAL.finditer(text) for span in _part(text, match, language, known)
    ]
    found: list[Name] = []
    for group in _joined(text, parts):
        span = Span(group[0].start, group[-1].end)
        words = tuple(
            token.folded
            for token in tokens(span.of(text))
            if token.folded not in stop_words(language) and token.folded not in _TITLES
        )
        if words and not _is_generic(span.of(text), words, language, known):
            acronym = all(re.sub(r"\W|\d", "", p.of(text)).isupper() for p in group)
            person = _PERSON_BEFORE.search(text[: span.start]) is not None
            found.append(Name(span, words, acronym and len(words[0]) > 1, person))
    return tuple(found)


def _is_generic(
    written: str, words: tuple[str, ...], language: Language, known: frozenset[str]
) -> bool:
    """Whether a capital stands on one common noun: « la Ville », « le Réseau », « le Congrès ».

    It refers to what was named before, and is compared as a word. English dictionaries list
    too many names for the same to be told of English.
    """
    if language != "fr" or len(words) > 1 or written.isupper() or words[0] in known:
        return False
    return is_common(written.lower(), language) and words[0] not in territories()


def _part(
    text: str, match: re.Match[str], language: Language, known: frozenset[str]
) -> Iterable[Span]:
    """The name in a capitalised word, none when only its place gave it the capital."""
    start = match.start()
    elided = _ELISION.match(match.group())
    if elided:
        start += elided.end()
        if start >= match.end() or not text[start].isupper():
            return
    word = text[start : match.end()].rstrip(".")
    if fold(word.split()[0]) in stop_words(language) | _OF_TIME:
        return
    folded = fold(word)
    if folded in stop_words(language) or folded in _TITLES or len(word) < 2:
        return
    certain = folded in known or folded.removesuffix("'s") in known
    begins = _begins(text, match.start()) and not certain
    if begins and not _is_name(word, text, match.end(), language):
        return
    yield Span(start, start + len(word))


def _begins(text: str, position: int) -> bool:
    """Whether a sentence, a quotation or a list item begins at `position`."""
    before = text[:position].rstrip(" \u00a0\u202f\t")
    return not before or before[-1] in '.!?:;«“"(\n•–—-'


def _is_name(word: str, text: str, end: int, language: Language) -> bool:
    if sum(character.isupper() for character in word) > 1:
        return True
    following = re.match(r"[\s\u00a0]+([A-ZÀ-Ý][^\W_]+)", text[end:])
    known = is_common(word.lower(), language)
    return not known or (following is not None and not is_common(following[1].lower(), language))


@lru_cache(maxsize=20_000)
def is_common(word: str, language: Language) -> bool:
    """Whether a dictionary has the word in lower case."""
    from simplemma import is_known

    return bool(is_known(word, lang=language)) or fold(word) in stop_words(language)


def _joined(text: str, parts: list[Span]) -> Iterable[list[Span]]:
    """Capitalised words next to each other, or joined by "de", "of" and the like."""
    group: list[Span] = []
    for part in parts:
        if group:
            between = text[group[-1].end : part.start]
            if not _JOINERS.match(between) or _SPLITTING.match(between):
                yield group
                group = []
        group.append(part)
    if group:
        yield group


@cache
def aliases() -> dict[str, frozenset[str]]:
    """Folded names of countries and large cities that differ in the two languages (CLDR)."""
    from babel import Locale

    french, english = Locale("fr"), Locale("en")
    pairs = [
        (french.territories[k], english.territories[k])
        for k in french.territories
        if k in english.territories
    ]
    for zone, details in french.time_zones.items():
        named = english.time_zones.get(zone, {}).get("city") or zone.split("/")[-1].replace(
            "_", " "
        )
        pairs.append((details.get("city", ""), named))
    pairs += [(one, other) for one, other in tomllib.loads(_EXONYMS.read_text("utf-8"))["pairs"]]
    table: dict[str, set[str]] = {}
    for one, other in pairs:
        if one and other and fold(one) != fold(other):
            table.setdefault(fold(one), set()).add(fold(other))
            table.setdefault(fold(other), set()).add(fold(one))
    return {name: frozenset(others) for name, others in table.items()}


def is_translatable(word: str, language: Language, partner: str) -> bool:
    """Whether a capitalised word of a name may be said by `partner`, a word of the other text.

    "Conference" by « conférence » or « Congrès »; "Switzerland" not by « Luxembourg », whatever
    their vectors say: neither may name a place.
    """
    if fold(word) in territories() or fold(partner) in territories():
        return False
    other: Language = "fr" if language == "en" else language
    return is_common(word.lower(), language) and is_common(partner.lower(), other)


@cache
def territories() -> frozenset[str]:
    """Folded names of countries and large cities in both languages (CLDR and the tz database)."""
    from zoneinfo import available_timezones

    from babel import Locale

    countries = [n for code in ("fr", "en") for n in Locale(code).territories.values()]
    cities = [
        zone.split("/")[-1].replace("_", " ") for zone in available_timezones() if "/" in zone
    ]
    return frozenset(fold(name) for name in [*countries, *cities]) | aliases().keys()


def is_written_in(name: Name, folded_text: str) -> bool:
    """Whether all words of `name` stand in a folded text, in this or the other language."""
    return not missing_words(name, folded_text)


def missing_words(name: Name, folded_text: str) -> tuple[str, ...]:
    """The words of `name` that a folded text doesn't have under any of their forms."""
    whole = " ".join(name.words)
    if any(_stands(alias, folded_text) for alias in aliases().get(whole, ())):
        return ()
    return tuple(word for word in name.words if not _word_stands(word, folded_text))


def _word_stands(word: str, folded_text: str) -> bool:
    if _stands(word, folded_text) or any(
        _stands(alias, folded_text) for alias in aliases().get(word, ())
    ):
        return True
    return len(word) > 4 and _respelled(word, folded_text)


def _stands(phrase: str, folded_text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded_text) is not None


def _respelled(word: str, folded_text: str) -> bool:
    """Whether the text has the word under another spelling or inflection: "Hambourg", "Hamburg"."""
    from rapidfuzz.distance import JaroWinkler

    candidates = {w for w in re.findall(r"[^\W\d_]{4,}", folded_text) if w[0] == word[0]}
    return any(
        abs(len(w) - len(word)) <= 2 and JaroWinkler.similarity(w, word) >= 0.94 for w in candidates
    )
