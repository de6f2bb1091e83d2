"""What the answer to a question looks like on the page: an amount, a date, a name."""

import re

from assistant.question import Kind, Question
from vectorstore.text.normalise import fold

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_NUMERALS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|"
    "cinquante|cent|mille|million|milliard|dizaine|douzaine|vingtaine|centaine|millier|moitié|"
    "tiers|quart|aucune?|two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|quarter"
)
_NUMBER = re.compile(rf"\d|\b(?:{_NUMERALS})s?\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[$€£¥]|\b(?:dollars?|euros?|livres|yens?|yuans?|wons?|couronnes?|francs?|pesos?|dirhams?|"
    r"CFA|(?:CA|US)D|EUR|aucun (?:coût|frais)|gratuit\w*)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|\b(?:moitié|tiers|quarts?|cinquième|dixième|pour cent|sur (?:dix|cent))\b")
_DURATION = re.compile(
    rf"(?:\d|\b(?:un|une|{_NUMERALS}))\W{{1,2}}(?:\w+\W)?(?:ans?|années?|mois|semaines?|jours?|"
    r"journées?|heures?|minutes?|secondes?|h)\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"°|\bdegrés?\b")
_DATE = re.compile(
    rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:er)? ?(?:{_MONTHS})|\b(?:{_MONTHS}|printemps|été|automne|"
    r"hiver)\b",
    re.IGNORECASE,
)
# A capital inside the sentence, or somebody's office.
_NAME = re.compile(r"(?<=[\w,;:)»’'] )[A-ZÀ-Þ]\w|\b(?:élue?|maire|mairesse|délégu|minist|équipe)")

# What a NUMBER question counts, told by its folded words; the first that matches.
_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"\b(?:pourcentage|taux|part|proportion|percentage|rate|share)\b"), _SHARE),
    (re.compile(r"\b(?:degres?|degrees?|temperature)\b"), _DEGREES),
    (
        re.compile(
            r"\b(?:combien d(?:e |')(?:temps|jours|mois|ans|annees|heures)|duree|delai|how long|"
            r"how many (?:days|years|months|hours))\b"
        ),
        _DURATION,
    ),
    (
        re.compile(
            r"\b(?:cout\w*|budget\w*|montant|prix|depens\w+|subvention\w*|dollars?|euros?|vaut|"
            r"valeur|cost\w*|price\w*|spen[dt]\w*|paid|pays?|paye\w*|worth|amount|fund\w*|"
            r"how much (?:money|does|did|is|will|was|would))\b"
        ),
        _MONEY,
    ),
)


def fits(question: Question, sentence: str) -> float:
    """How far a sentence has the shape asked for, in [0, 1]; 1 when no shape is."""
    match question.kind:
        case Kind.NUMBER:
            return _fits_number(fold(question.text), sentence)
        case Kind.DATE:
            return float(_DATE.search(sentence) is not None)
        case Kind.WHO:
            return float(_NAME.search(sentence) is not None)
        case _:
            return 1.0


def _fits_number(question: str, sentence: str) -> float:
    """1 for a number of the unit asked for, ½ for any other number."""
    unit = next((unit for words, unit in _UNITS if words.search(question)), _NUMBER)
    if unit.search(sentence):
        return 1.0
    return 0.5 if _NUMBER.search(sentence) else 0.0
