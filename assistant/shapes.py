"""What the answer to a question looks like on the page: an amount, a date, a name."""

import re

from assistant.answer_type import amount_asked
from assistant.claims.quantities import quantities
from assistant.claims.units import Dimension
from assistant.question import Kind, Question

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
# Nothing to pay is an amount, too; so are shares without a number.
_WITHOUT_NUMBER = {
    Dimension.MONEY: re.compile(
        r"\b(?:aucun (?:coût|frais)|gratuit\w*|sans frais)\b", re.IGNORECASE
    ),
    Dimension.SHARE: re.compile(r"\b(?:moitié|majorité|sur (?:dix|cent))\b", re.IGNORECASE),
}
_DATE = re.compile(
    rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:er)? ?(?:{_MONTHS})|\b(?:{_MONTHS}|printemps|été|automne|"
    r"hiver)\b",
    re.IGNORECASE,
)
# A capital inside the sentence, or somebody's office.
_NAME = re.compile(r"(?<=[\w,;:)»’'] )[A-ZÀ-Þ]\w|\b(?:élue?|maire|mairesse|délégu|minist|équipe)")


def fits(question: Question, sentence: str) -> float:
    """How far a sentence has the shape asked for, in [0, 1]; 1 when no shape is."""
    match question.kind:
        case Kind.NUMBER:
            return _fits_number(question, sentence)
        case Kind.COMPARISON if amount_asked(question.text, question.language).dimension:
            # Amounts that are compared may be told in other units.
            return max(0.5, float(bool(quantities(sentence, "fr"))))
        case Kind.DATE:
            return float(_DATE.search(sentence) is not None)
        case Kind.WHO:
            return float(_NAME.search(sentence) is not None)
        case _:
            return 1.0


def _fits_number(question: Question, sentence: str) -> float:
    """1 for a number of the dimension asked for, ½ for any other number."""
    asked = amount_asked(question.text, question.language).dimension
    found = {amount.dimension for amount in quantities(sentence, "fr") if not amount.ordinal}
    if asked in _WITHOUT_NUMBER and _WITHOUT_NUMBER[asked].search(sentence):
        return 1.0
    if not found:
        return 0.0
    return 1.0 if asked in (None, Dimension.COUNT) or asked in found else 0.5
