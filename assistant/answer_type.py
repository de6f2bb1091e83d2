"""The expected answer type of a question about a number: what is measured, or what is counted.

After Li and Roth, "Learning Question Classifiers" (COLING 2002), for the fine types of NUMERIC that
patterns tell reliably. A sentence without a number of that type doesn't answer, however much it
speaks of the same things.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims.units import Dimension
from assistant.models import Language
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import content_words


@dataclass(frozen=True, slots=True)
class Amount:
    """A number is asked for.

    `dimension` is what it measures, None where the question leaves that open; `counted` are the
    folded words for what is counted, empty but for a count.
    """

    dimension: Dimension | None
    counted: tuple[str, ...] = ()


# Patterns see the question folded: no accents, lower case, straight apostrophes.
_COUNT = re.compile(
    r"\b(?:combien d(?:e |es |')(?:la |l')?|how many |nombre (?:total )?d(?:e |es |')|"
    r"number of )(?P<rest>.*)"
)
_HOW_BIG = re.compile(r"\bhow (?:big|large)\b")
# Measured even where they are asked for as if they were counted: « combien de kilomètres ».
_MEASURED_UNITS: tuple[tuple[Dimension, re.Pattern[str]], ...] = (
    (
        Dimension.DURATION,
        re.compile(r"(?:temps|jours|mois|ans|annees|heures|minutes|semaines|"
                   r"days|years|months|hours|minutes|weeks)\b"),
    ),
    (Dimension.LENGTH, re.compile(r"(?:kilomet\w+|met(?:res?|ers?)|km|milles|miles)\b")),
    (Dimension.TEMPERATURE, re.compile(r"(?:degres?|degrees?)\b")),
    (Dimension.MASS, re.compile(r"(?:tonnes?|tons?|kilos?)\b")),
    (Dimension.AREA, re.compile(r"(?:hectares?|acres?|(?:metres?|pieds?) carres?|square)\b")),
    (Dimension.POWER, re.compile(r"(?:megawatts?|mw|kw)\b")),
    (Dimension.ENERGY, re.compile(r"(?:megawattheures?|[kmg]wh)\b")),
    (Dimension.MONEY, re.compile(r"(?:dollars?|euros?|millions? de (?:dollars|euros)|argent|"
                                 r"million dollars)\b")),
)  # fmt: skip
_MEASURED: tuple[tuple[Dimension, re.Pattern[str]], ...] = (
    (
        Dimension.SHARE,
        re.compile(r"\b(?:pourcentage|proportion|quelle (?:est la )?part|taux|percentage|"
                   r"(?:what|which) share|share of|rate)\b"),
    ),
    (Dimension.TEMPERATURE, re.compile(r"\b(?:temperatures?|degres|degrees)\b")),
    (
        Dimension.DURATION,
        re.compile(r"\b(?:duree|combien dure\w*|delai|quel age|how old|how long)\b"),
    ),
    (Dimension.AREA, re.compile(r"\b(?:superficie|surface|area)\b")),
    (
        Dimension.LENGTH,
        re.compile(r"\b(?:longueur|distance|hauteur|epaisseur|profondeur|how (?:far|tall|high|deep|"
                   r"wide)|length|height|depth)\b"),
    ),
    (Dimension.MASS, re.compile(r"\b(?:tonnage|poids|weight)\b")),
    (Dimension.SPEED, re.compile(r"\b(?:vitesse|how fast|speed)\b")),
    (Dimension.POWER, re.compile(r"\b(?:puissance|how much power)\b")),
    (
        Dimension.MONEY,
        re.compile(
            r"\b(?:cout\w*|budgets?|montants?|prix|depens\w+|subventions?|vaut|valent|salaires?|"
            r"chiffres? d'affaires|remises?|redevances?|rancons?|loyers?|tarifs?|taxes?|financ\w+|"
            r"somme|paie\w*|paye\w*|frais|retombees|emprunt|pret|argent|cost\w*|prices?|fares?|"
            r"salar\w+|wages?|spen[dt]\w*|paid|pays?|worth|fund\w*|charges?|fees?|rents?|"
            r"lev(?:y|ies)|revenues?|turnover|ransom|loan|"
            r"how much (?:money|does|did|is|will|was|would|has|have))\b"
        ),
    ),
)  # fmt: skip
# Heads of English compounds come last ("truck trips").
_COUNTED_WORDS: dict[Language, int] = {"fr": 1, "en": 2}


@lru_cache(maxsize=256)
def amount_asked(text: str, language: Language) -> Amount:
    """The type of the number that a question asks for."""
    folded = fold(text)
    if count := _COUNT.search(folded):
        rest = count["rest"]
        unit = next((unit for unit, words in _MEASURED_UNITS if words.match(rest)), None)
        if unit is not None:
            return Amount(unit)
        counted = tuple(content_words(rest, language))[: _COUNTED_WORDS[language]]
        return Amount(Dimension.COUNT, counted) if counted else Amount(None)
    if _HOW_BIG.search(folded):
        return Amount(None)
    return Amount(next((found for found, words in _MEASURED if words.search(folded)), None))
