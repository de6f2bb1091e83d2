"""What a question asks for: its language, its kind, its content words, names and numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vectorstore.models import Pillar
from vectorstore.text.language import detect_language
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import LANGUAGES, Language, content_words, stem, stop_words, tokens


class Kind(StrEnum):
    """What sort of thing answers the question."""

    NUMBER = "number"
    DATE = "date"
    WHO = "who"
    LIST = "list"
    COMPARISON = "comparison"
    SUMMARY = "summary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched and answered.

    `words` are its content words, folded, without repetitions; `names` those of them that are
    names by their shape; `numbers` are in the form of `tokens`. `pillar` is set when the question
    speaks in a pillar's own verb ("a appris", "did learn").
    """

    text: str
    language: Language
    kind: Kind
    words: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    pillar: Pillar | None


# Patterns see the question folded: no accents, lower case, straight apostrophes.
_QUANTITIES_FR = (
    "montant|cout|budget|prix|nombre|pourcentage|part|taux|somme|investissement|duree|superficie|"
    "longueur|capacite|population|distance|valeur|taille|hauteur|puissance|economie|salaire|"
    "rancon|taxe|redevance|remise|debit|chiffre d'affaires|tarif|loyer|subvention|vitesse|"
    "epaisseur|profondeur|poids|temperature|proportion|hausse|baisse"
)
_QUANTITIES_EN = (
    "amount|cost|budget|price|number|percentage|share|rate|sum|total|capacity|population|length|"
    "value|size|height|distance|duration|salary|wage|fare|fee|levy|ransom|revenue|turnover|"
    "speed|depth|weight|rent|temperature"
)
_MOMENTS = "date|moment|annee|periode|mois|jour|year|month|day"

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.SUMMARY,
        re.compile(
            r"\b(?:resume[rz]?|resum(?:e|er) |faites? (?:un|le) (?:resume|bilan|survol)|bilan de|"
            r"points? (?:saillants?|cles?|marquants?)|grandes lignes|faits saillants|en bref|"
            r"summar\w+|overview|main points?|key (?:points?|takeaways?|findings?)|highlights?|"
            r"in a nutshell|de quoi (?:parle|traite)|what is .{0,30}(?:report|mission) about)\b"
        ),
    ),
    (
        Kind.COMPARISON,
        re.compile(
            r"\b(?:compare\w*|comparaison|comparison|differences?|par rapport a|versus|vs|"
            r"contrairement a|quel(?:le)?s? (?:villes?|missions?|rapports?)|"
            r"which (?:cities|city|missions?|reports?|trips?))\b"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            rf"\b(?:quand|when|quel(?:le)?s? (?:est |sont |etait )?(?:la |les |l')?(?:{_MOMENTS})|"
            rf"(?:what|which) (?:is |was |were )?(?:the )?(?:{_MOMENTS}))\b"
        ),
    ),
    (
        Kind.NUMBER,
        re.compile(
            r"\b(?:combien|"
            r"how (?:many|much|long|far|fast|big|large|tall|old|deep|high|wide|heavy)|"
            rf"quel(?:le)? (?:est |etait |sera )?(?:le |la |l')?(?:{_QUANTITIES_FR})|"
            rf"what (?:is |was |were |will be )?(?:the )?(?:\w+ )?(?:{_QUANTITIES_EN}))\b"
        ),
    ),
    (
        Kind.LIST,
        re.compile(
            r"\b(?:quel(?:le)?s\b|lesquel(?:le)?s|enumer\w+|nommez?|listez?|"
            r"(?:what|which) (?:are|were)\b|which \w+s\b|what (?:kinds?|sorts?|types?)\b|list\b|"
            r"name (?:the|all))"
        ),
    ),
    (Kind.WHO, re.compile(r"\b(?:qui|who|whom|whose)\b")),
)

# « Qu'est-ce qui », « ce qui »: no person is asked for.
_NOT_WHO = re.compile(r"\b(qu'est-ce qui|ce qui)\b")

_PILLARS: tuple[tuple[Pillar, re.Pattern[str]], ...] = (
    (Pillar.APPREND, re.compile(r"\b(appris|appren\w*|apprit|learn\w*|lecons?|lessons?)\b")),
    (Pillar.RAYONNE, re.compile(r"\b(rayonn\w*|visibilite|shine\w*|shone|showcas\w*)\b")),
    (Pillar.ATTIRE, re.compile(r"\b(attir\w*|attract\w*)\b")),
    (Pillar.OBJECTIFS, re.compile(r"\b(objectifs?|objectives?|goals?|buts?)\b")),
)

_NAME = re.compile(r"\b(?:[A-ZÀ-ÖØ-Þ][\w’'-]*[\w]|[A-ZÀ-ÖØ-Þ]{2,})")


def understand(
    text: str, language: Language | None = None, *, asked_as: str | None = None
) -> Question:
    """The question in `text`; its language is detected when it isn't given.

    Where `text` is a follow-up made standalone, `asked_as` is what the user wrote: its own
    question words tell the kind, and only where it has none those of `text`.
    """
    language = language or detect_language(text)
    folded = fold(text)
    asked = _kind(fold(asked_as)) if asked_as is not None else Kind.OTHER
    return Question(
        text=text,
        language=language,
        kind=_kind(folded) if asked is Kind.OTHER else asked,
        words=tuple(dict.fromkeys(content_words(text, language))),
        names=frozenset(_names(text, language)),
        numbers=frozenset(token.folded for token in tokens(text) if token.is_number),
        pillar=next((pillar for pillar, verb in _PILLARS if verb.search(folded)), None),
    )


def _kind(folded: str) -> Kind:
    for kind, pattern in _KINDS:
        if pattern.search(folded) and not (kind is Kind.WHO and _NOT_WHO.search(folded)):
            return kind
    return Kind.OTHER


def _names(text: str, language: Language) -> Iterator[str]:
    """Folded words that begin with a capital, but not for beginning the sentence."""
    stops = stop_words(language)
    for match in _NAME.finditer(text):
        begins = not text[: match.start()].strip(" «\"'¿(-")
        is_acronym = match.group().isupper() and len(match.group()) > 1
        for token in tokens(match.group()):
            if token.folded in stops or token.is_number or len(token.folded) < 2:
                continue
            if is_acronym or not begins:
                yield token.folded


def stems_of_names(question: Question) -> frozenset[str]:
    """The stems under which the question's names are indexed, as either language would."""
    return frozenset(stem(name, language) for name in question.names for language in LANGUAGES)
