"""Where the verbs of a sentence stand: enough of a grammar to tell a clause from a phrase.

A parser would know more, but the French ones at hand weigh ten times the embedding model or have
a licence that the house can't link. A word is taken for a verb by its lemma (simplemma, MIT), its
ending and the word before it; the splitter's floors are measured with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.models import Language
from vectorstore.models import Span
from vectorstore.text.normalise import fold

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_AUXILIARIES: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        "a ai as ont avons avez avait avaient aura auront aurait auraient eut eurent est sont suis "
        "sommes etes etait etaient sera seront serait seraient fut furent soit soient va vont doit "
        "doivent peut peuvent pourra pourront devra devront fait font".split()
    ),
    "en": frozenset(
        "is are was were am has have had will would can could may might shall should must does do "
        "did".split()
    ),
}
# A verb's form after one of these is a noun, an adjective or an infinitive's complement.
_NOT_BEFORE_VERB: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        "le la les un une des du de d au aux ce cet cette ces son sa ses leur leurs notre nos "
        "votre "
        "vos mon ma mes en par sur pour avec sans chaque plusieurs quelques quel quelle dans entre "
        "sous vers chez deux trois quatre cinq six sept huit dix grand grande premier premiere "
        "nouveau nouvelle tout toute tous toutes".split()
    ),
    "en": frozenset(
        "the a an this that these those its their our your his her my of in by on for with without "
        "each every several some any to at from into new two three four five six seven eight ten "
        "first second no".split()
    ),
}
# Words whose lemma is a verb but which nearly always are something else here.
_SELDOM_VERBS: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        "ville port plan lors dont plus moins car or ni entre sauf selon durant pendant suite "
        "concernant suivant notamment quai quais terminal projet visite rencontre conference "
        "rencontres visites montant devant compris passe fin place rapport face base cadre "
        "niveau ensemble part fois mission missions ministre chaîne courant conférence".split()
    ),
    "en": frozenset(
        "port city plan project visit visits meeting building according including following "
        "during regarding report mission terminal freight housing training funding shipping "
        "planning mayor place".split()
    ),
}
# What follows a verb rather than a noun: an object with its determiner, an adverb.
_GOVERNS: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"[\s\u00a0]+(?:\d|(?:maintenant|aussi|également|désormais|plus|près|environ|sur|un|une|"
        r"le|la|"
        r"les|des|deux|trois|quatre|cinq|six|sept|huit|dix|ses|son|sa|leurs?|notamment)\b|l['’])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\s+(?:\d|[$€£]|(?:the|a|an|its|their|our|his|her|more|over|about|nearly|two|three|four|"
        r"five|"
        r"six|seven|eight|nine|ten|on|to|with|by|up|every|all|most)\b)",
        re.IGNORECASE,
    ),
}
_FRENCH_ENDINGS = re.compile(
    r"(?:ait|aient|era|eront|erait|eraient|ira|iront|irent|èrent|urent|ions|issent|issait)$"
)
_PARTICIPLE_FR = re.compile(r"(?:ée?s?|[iu]e?s?|(?:[ei]r|in|i|u)te?s?)$")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's form: where it stands; `finite` when it can carry a clause by itself."""

    span: Span
    finite: bool


def verbs(text: str, language: Language) -> tuple[Verb, ...]:
    """The verbs of `text`, in order; infinitives and present participles are left out."""
    return tuple(_verbs(text, language))


def _verbs(text: str, language: Language) -> Iterator[Verb]:
    previous = ""
    for match in _WORD.finditer(text):
        word = match.group()
        folded = fold(word)
        span = Span(*match.span())
        elided = text[match.end() : match.end() + 1] in {"'", "’"}
        if folded in _AUXILIARIES[language] and not (language == "fr" and elided):
            if _is_auxiliary(word, text, span):
                yield Verb(span, finite=True)
        elif not elided and word[0].islower() and word not in _SELDOM_VERBS[language]:
            governs = _GOVERNS[language].match(text, match.end()) is not None
            kind = _kind(word.lower(), previous, governs, language)
            if kind:
                yield Verb(span, finite=kind == "finite")
        previous = folded


def _is_auxiliary(word: str, text: str, span: Span) -> bool:
    # « à » is never the verb, and « est » may be the cardinal point after « l' » or « d' ».
    return word.lower() not in {"à"} and not (
        word.lower() == "est" and text[: span.start].endswith(("l'", "l’", "d'", "d’"))
    )


@lru_cache(maxsize=20_000)
def _kind(word: str, previous: str, governs: bool, language: Language) -> str:
    """`finite`, `participle`, or an empty string for what isn't a verb."""
    if previous in _NOT_BEFORE_VERB[language] or len(word) < 3:
        return ""
    return _french(word, previous, governs) if language == "fr" else _english(word, governs)


def _french(word: str, previous: str, governs: bool) -> str:  # noqa: PLR0911
    from simplemma import is_known, lemmatize

    lemma = lemmatize(word, lang="fr")
    # "passagers" has a noun for lemma, of a verb's ending.
    is_verb = lemma.endswith(("er", "ir", "re", "oir")) and word not in {lemma, f"{lemma}s"}
    if word.endswith(("ant", "ants", "er", "ir", "oir", "ment")) and not is_verb:
        return ""
    if word.endswith("ant"):
        return ""
    if _FRENCH_ENDINGS.search(word) and is_verb:
        return "finite"
    if is_verb:
        return "participle" if _PARTICIPLE_FR.search(word) else "finite"
    if re.search(r"ée?s?$", word):
        return "participle" if is_known(re.sub(r"ée?s?$", "er", word), lang="fr") else ""
    # "compte", "annonce", "porte": a noun, or a verb in the present.
    ambiguous = word.endswith(("e", "ent")) and is_known(re.sub(r"(?:nt)$", "", word) + "r", "fr")
    if ambiguous and previous in {"se", "s", "y", "ne", "n"}:
        return "finite"
    return "finite" if ambiguous and previous and (governs or previous not in {"et", "ou"}) else ""


_ENGLISH_PAST = frozenset(
    "met led held took gave made brought built began became saw said told sent spent won kept left "
    "found came went got ran grew rose fell drew wrote chose put set cut paid bought sold taught "
    "thought stood drove broke spoke showed shone".split()
)


def _english(word: str, governs: bool) -> str:
    from simplemma import lemmatize

    if word in _ENGLISH_PAST:
        return "finite"
    lemma = lemmatize(word, lang="en")
    if word.endswith("ed") and lemma != word:
        return "finite"
    if word.endswith("s") and not word.endswith("ss") and lemma == word[:-1] + "":
        return "finite" if governs or word in _ENGLISH_PRESENT else ""
    return ""


_ENGLISH_PRESENT = frozenset(
    "includes provides supports hosts plans aims serves handles welcomes employs links connects "
    "runs operates manages remains covers reaches costs brings uses offers produces receives "
    "represents shows confirms says holds owns builds creates reduces cuts increases".split()
)
