"""Sentences of French and English texts, as spans.

Punkt (Kiss & Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection") with the
trained French and English models that llama-index carries, joined into one; then rules for what
newspapers didn't teach it: titles, citations of articles and pages, quotes, list markers.
"""

import re
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from vectorstore.models import Span
from vectorstore.text.bundled import nltk_folder
from vectorstore.text.markers import marker_length

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

# Always followed by what belongs to them: a name, an author, an example.
_NEVER_LAST = frozenset(
    "mm mme mmes mlle mlles dr dre drs pr prof mgr hon mr mrs ms messrs st ste sts stes "
    "sen rep gov pres lt cf vs viz e.g i.e c.-à-d c.à.d p.ex ex-m".split()
)
# Abbreviations before a number, ordinary words or ends of sentences elsewhere.
_BEFORE_NUMBER = frozenset(
    "no nos nº n p pp art vol chap fig figs tab al ch par réf cap sect s sec éd ed tél tel poste "
    "av boul app ann div etc approx env janv févr fév avr juil sept oct nov déc "
    "jan feb mar apr jun jul aug dec".split()
)
# Abbreviations that may also end a sentence: the next word decides.
_MAY_BE_LAST = frozenset(
    "etc inc ltée ltd corp cie co jr sr al ex env min max hab janv févr fév avr juil sept oct nov "
    "déc boul bd av approx dép éd coll trad prov can qc délib tél réf dir adj gén req jan feb aug "
    "dec a.m p.m u.s u.k u.s.a s.a s.e.c s.e.n.c o.b.n.l c.a p.-d.g ph.d m.sc b.a ll.b".split()
)
# Ordinary words that the newspapers of the training made abbreviations.
_WORDS_AFTER_ALL = frozenset("you va col art ont sen la ore ok vot can".split())
_STARTERS = frozenset(
    "le la les l un une des du de ce cet cette ces il elle ils elles on nous vous je en dans par "
    "pour avec au aux plus enfin ensuite ainsi cependant toutefois lors selon depuis afin après "
    "avant durant pendant parmi outre grâce suite voici son sa ses leur leurs notre votre "
    "the this these those it in we they he she an however our their after during".split()
)
_LONGEST_QUOTE = 400  # characters; a longer quotation is cut into its sentences

_CLOSERS = {"«": "»", "“": "”", "(": ")"}
_LAST_WORD = re.compile(r"([^\s«»“”\"'’()\[\]]+)\.$")
_NEXT_WORD = re.compile(r"[«“\"'‘(\[\s]*(?:([^\W\d_]+)|(\d))?")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_ROMAN = re.compile(r"[IVXLC]+\b")
# Ends that Punkt doesn't know: an ellipsis in one character, a unit after a number, a note's
# number after the full stop.
_MORE_ENDS = re.compile(
    r"(?:…|\d[\s\u00a0\u202f]?(?:h|m|km|m²|ha|g|kg|t|l|°C|km²|min|s)\."
    r"|[^\W\d_]{2}[.!?…][»”)\u00a0\u202f ]{0,3}[¹²³⁰⁴-⁹]+)\s+(?=[«“(]?\s?[A-ZÀ-ÖØ-Þ])"
)
_OPENER_BEFORE_CUT = re.compile(r"[«“‘(\[]\s*$")
_LINE_BREAK = re.compile(r"\n\s*")


def sentence_spans(text: str, start: int = 0, *, has_capitals: bool = False) -> tuple[Span, ...]:
    """The sentences of `text`, in order, trimmed; offsets are counted from `start`.

    A small letter begins no sentence, except in a text without capitals; `has_capitals` says that
    there are some around it.

    Nothing but white space lies between them. A blank line and a new list item always part
    sentences; an item's marker belongs to its first sentence. Abbreviations, initials, numbers,
    dates and short quotations aren't cut.
    """
    return tuple(
        Span(start + begin, start + end)
        for segment in _segments(text)
        for begin, end in _sentences(text, *segment, has_capitals=has_capitals)
    )


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Parts between blank lines and before list items, as (start, end)."""
    begin = 0
    for break_ in _LINE_BREAK.finditer(text):
        following = text[break_.end() : break_.end() + 40]
        if break_.group().count("\n") > 1 or marker_length(following):
            yield begin, break_.start()
            begin = break_.end()
    yield begin, len(text)


def _sentences(text: str, begin: int, end: int, *, has_capitals: bool) -> Iterator[tuple[int, int]]:
    """The trimmed sentences of one segment."""
    segment = text[begin:end]
    has_capitals = has_capitals or segment != segment.lower()
    kept = 0
    for cut in _cuts(segment):
        before = segment[max(kept, cut - _LONGEST_QUOTE) : cut].rstrip()
        after = segment[cut : cut + _LONGEST_QUOTE]
        if _parts_sentences(before, after, has_capitals=has_capitals):
            yield from _trimmed(segment, kept, cut, begin)
            kept = cut
    yield from _trimmed(segment, kept, len(segment), begin)


def _trimmed(segment: str, first: int, last: int, offset: int) -> Iterator[tuple[int, int]]:
    piece = segment[first:last]
    stripped = piece.strip()
    if stripped:
        lead = offset + first + len(piece) - len(piece.lstrip())
        yield lead, lead + len(stripped)


def _cuts(segment: str) -> list[int]:
    """Where Punkt and `_MORE_ENDS` would begin another sentence, ascending."""
    spans = list(_punkt().span_tokenize(segment))
    cuts = {second[0] for _, second in pairwise(spans)}
    cuts.update(match.end() for match in _MORE_ENDS.finditer(segment))
    return sorted({_before_opener(segment, cut) for cut in cuts})


def _before_opener(segment: str, cut: int) -> int:
    """Punkt takes « for a closing mark, and leaves it to the sentence before."""
    opener = _OPENER_BEFORE_CUT.search(segment, max(0, cut - 3), cut)
    return opener.start() if opener else cut


def _parts_sentences(before: str, after: str, *, has_capitals: bool) -> bool:
    """Whether a sentence ends between `before` and `after`."""
    is_marker_alone = marker_length(before + " x") > len(before)
    if is_marker_alone or not any(map(str.isalnum, before)) or not any(map(str.isalnum, after)):
        return False
    if _is_inside_quotation(before, after):
        return False
    next_word, next_is_digit = _next_word(after)
    if next_word[:1].islower() and has_capitals:
        return False
    last = _LAST_WORD.search(before)
    return last is None or not _is_abbreviation(last.group(1), next_word, next_is_digit)


def _is_abbreviation(word: str, next_word: str, next_is_digit: bool) -> bool:
    """Whether the full stop after `word` belongs to it and ends no sentence."""
    folded = word.lower()
    # A small “m” is a metre.
    if folded in _NEVER_LAST or word == "M":
        return True
    if folded in _BEFORE_NUMBER and (next_is_digit or _ROMAN.fullmatch(next_word)):
        return True
    if _INITIAL.fullmatch(word) and word[0].isupper():
        return next_word.lower() not in _STARTERS
    return False


def _next_word(after: str) -> tuple[str, bool]:
    match = _NEXT_WORD.match(after)
    if match is None:
        return "", False
    return match.group(1) or "", match.group(2) is not None


def _is_inside_quotation(before: str, after: str) -> bool:
    """Whether a quotation or parenthesis opened in `before` closes soon in `after`."""
    for opener, closer in _CLOSERS.items():
        opened = before.rfind(opener)
        if opened > before.rfind(closer):
            room = _LONGEST_QUOTE - (len(before) - opened)
            closing = after.find(closer, 0, max(room, 0))
            if closing >= 0 and opener not in after[:closing]:
                return True
    return False


class _Frequencies(dict[str, int]):
    """Punkt's orthographic contexts; asking for an unknown word doesn't store it."""

    def __missing__(self, word: str) -> int:
        return 0


_loading = threading.Lock()
_loaded: "list[PunktSentenceTokenizer]" = []


def _punkt() -> "PunktSentenceTokenizer":
    """The tokenizer, made once; it is only read afterwards, so threads share it."""
    with _loading:
        if not _loaded:
            from nltk.tokenize.punkt import PunktSentenceTokenizer

            tokenizer = PunktSentenceTokenizer()
            tokenizer._params = _parameters()
            _loaded.append(tokenizer)
        return _loaded[0]


def _parameters() -> "PunktParameters":
    """The French and the English model as one, with our abbreviations."""
    import nltk
    from nltk.tokenize.punkt import load_punkt_params

    folder = str(nltk_folder())
    # NLTK opens files below its known folders only.
    if folder not in nltk.data.path:
        nltk.data.path.append(folder)
    french, english = (
        load_punkt_params(nltk.data.find(f"tokenizers/punkt_tab/{name}/", [folder]))
        for name in ("french", "english")
    )
    contexts = _Frequencies(french.ortho_context)
    for word, context in english.ortho_context.items():
        contexts[word] = contexts[word] | context
    french.ortho_context = contexts
    french.collocations |= english.collocations
    french.sent_starters |= english.sent_starters | _STARTERS
    french.abbrev_types |= english.abbrev_types
    french.abbrev_types -= _WORDS_AFTER_ALL
    french.abbrev_types |= _NEVER_LAST | _MAY_BE_LAST
    return french
