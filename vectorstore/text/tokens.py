"""Words of French and English texts: spans, folded forms, stems, stop-words.

The lexical index and the evidence features are made of the same tokens, so that a word counted
as matching in one matches in the other.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from vectorstore.models import Span
from vectorstore.text.bundled import nltk_file
from vectorstore.text.normalise import fold

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

# A number keeps its decimals, and the groups of three digits that spaces part: "12 450 000,5".
_TOKEN = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[^\W_])*"
)
_GROUP_SPACES = re.compile(r"[\u00a0\u202f ]")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

# What French cuts off before an apostrophe, folded.
_ELISIONS = frozenset("l d j m t s n c qu lorsqu puisqu quoiqu jusqu quelqu presqu entr".split())
_APOSTROPHES = "'\u2019\u2018\u02bc"

# Question words and verbs of asking carry no content in a query, and NLTK's lists lack them.
_QUESTION_WORDS: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        "quel quelle quels quelles comment pourquoi combien quand ou qui quoi quoi lequel laquelle "
        "lesquels lesquelles est-ce a-t-il y a-t-elle donc aussi tres plus moins selon sous vers "
        "chez ainsi cela ca ceci celui celle ceux celles dont lors entre comme si "
        "dites dis moi parle parlez savoir veux voudrais peux peut peuvent pouvez faut "
        "tout toute tous toutes autre autres etre avoir fait faire "
        "ete etait etaient avait avaient sera seront ont sont etait".split()
    ),
    "en": frozenset(
        "what which who whom whose when where why how much many did does do done was were is are "
        "be been has have had can could would should may might will shall tell me about please "
        "there any some also".split()
    ),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text.

    `folded` has no case or accents; a number's has a decimal point and no digit groups.
    """

    span: Span
    folded: str

    @property
    def is_number(self) -> bool:
        """Whether the token is written in digits."""
        return self.folded[0].isdigit()


def tokens(text: str) -> Iterator[Token]:
    """The words and numbers of `text`, in order; elisions (`l'`, `qu'`…) are dropped."""
    for match in _TOKEN.finditer(text):
        word = fold(match.group())
        if word[0].isdigit():
            word = _number(word)
        elif word in _ELISIONS and text[match.end() : match.end() + 1] in tuple(_APOSTROPHES):
            continue
        yield Token(Span(match.start(), match.end()), word)


def mentions(text: str, name: str) -> list[Span]:
    """Where the words of `name` stand one after the other in `text`, folded."""
    words = list(tokens(text))
    wanted = [token.folded for token in tokens(name)]
    if not wanted:
        return []
    return [
        Span(words[start].span.start, words[start + len(wanted) - 1].span.end)
        for start in range(len(words) - len(wanted) + 1)
        if [token.folded for token in words[start : start + len(wanted)]] == wanted
    ]


def _number(digits: str) -> str:
    """One form for a number in French and English: "3,5" and "3.5", "12 450" and "12,450"."""
    joined = _GROUP_SPACES.sub("", digits)
    if _COMMA_GROUPS.fullmatch(joined):
        return joined.replace(",", "")
    return joined.replace(",", ".")


@lru_cache(maxsize=2)
def stop_words(language: Language) -> frozenset[str]:
    """Words of `language` that carry no content in a query, folded (NLTK's list and more)."""
    name = {"fr": "french", "en": "english"}[language]
    listed = nltk_file("corpora", "stopwords", name).read_text(encoding="utf-8").split()
    return frozenset(fold(word) for word in listed) | _QUESTION_WORDS[language]


class _Stemmers(threading.local):
    """Snowball stemmers; they aren't safe to share between threads."""

    def __init__(self) -> None:
        import Stemmer

        self.by_language: dict[Language, Stemmer.Stemmer] = {
            "fr": Stemmer.Stemmer("french"),
            "en": Stemmer.Stemmer("english"),
        }


_stemmers = _Stemmers()


@lru_cache(maxsize=100_000)
def stem(word: str, language: Language) -> str:
    """The Snowball stem of a folded word; a number is its own stem.

    Words are folded before stemming, so that a query typed without accents meets the text:
    the French stemmer then misses a few accented endings, the same way on both sides.
    """
    if word[0].isdigit():
        return word
    stemmed: str = _stemmers.by_language[language].stemWord(word)
    return fold(stemmed) or word


def content_words(text: str, language: Language) -> list[str]:
    """The content words and numbers of `text`, folded, in order, with repetitions."""
    stops = stop_words(language)
    return [
        token.folded
        for token in tokens(text)
        if token.folded not in stops and (len(token.folded) > 1 or token.is_number)
    ]


def content_stems(text: str, language: Language) -> list[str]:
    """The stems of `content_words`."""
    return [stem(word, language) for word in content_words(text, language)]
