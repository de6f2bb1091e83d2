"""Negation, and how far along a thing is: considered, planned, under way, done."""

import re
from enum import IntEnum

from vectorstore.models import Span
from vectorstore.text.normalise import fold

# Patterns see text folded: no case, no accents, straight apostrophes.
_NEGATION = re.compile(
    r"\b(?:ne |n')(?:\w+[\s-]){0,4}?(?:pas|jamais|aucune?|rien|personne|guere|nullement|ni)\b|"
    r"\b(?:ne |n')(?:\w+[\s-]){1,2}?plus\b(?! (?:de|d'|que|qu')\b)|"
    r"\b(?:aucune?|jamais|nullement|ni)\b(?! moins)|\bpas (?:encore|de|d'|du tout|ete)\b|"
    r"\bnon (?!seulement|plus)\w+|"
    r"\b(?:not|never|cannot|neither|nor|nobody|nothing|none)\b(?! only)|n't\b|"
    r"\bno (?!less|fewer|more|later|doubt)\w+|\bfail(?:ed|s|ing)? to\b|\black(?:s|ed)? (?:of )?"
)
_RESTRICTION = re.compile(
    r"\b(?:ne |n')(?:(?!pas\b|jamais\b|rien\b|aucune?\b)\w+[\s-]){0,4}?(?:que|qu')|"
    r"\bnon seulement\b|\bnot only\b"
)


# « … et non par le centre des affaires », "not through the business district".
_CONTRAST = re.compile(
    r"[,;]? ?\b(?:et |mais |and |but )?(?:(?<=et )non (?!seulement)|(?<=mais )non (?!seulement)|"
    r"(?<=[,;] )non (?!seulement)|"
    r"plutot que|au lieu d|contrairement a|et pas |instead of|rather than|not (?=(?:by|in|to|at|"
    r"the|through|for|from|with|on)\b)|unlike )"
    r"[^,.;:!?]*"
)


class Stage(IntEnum):
    """How far along what a statement speaks of is."""

    CONSIDERED = 1
    PLANNED = 2
    DONE = 3


_CONSIDERED = re.compile(
    r"\b(?:envisag\w+|etudi(?:e|ee|es|ees|ent|er|era)\b|a l'etude|reflexion|evoqu\w+|pourrai\w+|"
    r"souhait\w+|propos(?:e|ee|es|ees|ent|er|ition|itions|ait)\b|sugger\w+|eventuel\w*|"
    r"possibilite|discut\w+|explor(?:e|ent|er|ee)\b|"
    r"considering|under (?:study|consideration|review)|could|might|may (?!\d)|propos(?:ed|al|es)|"
    r"suggest\w*|discuss\w*|possible|possibility|exploring|hop(?:e|es|ed|ing)\b|wish\w*)"
)
_PLANNED = re.compile(
    r"\b(?:prevu\w*|prevoi\w*|prevision\w*|projet(?:te|tent|e de|ee|ees)\b|planifi\w+|annonc\w+|"
    r"a venir|futur\w*|prochain\w*|"
    r"(?!opera\b|camera\b|contra\b|para\b|agora\b|aurora\b)\w{2,}r(?:a|ont)\b|devrai\w+|"
    r"doit (?:etre|debuter|ouvrir|commencer|permettre|entrer)|"
    r"doivent|vise a|visent a|viser|objectif d|compte (?:ouvrir|atteindre|lancer)|"
    r"d'ici (?:a )?(?:\d{4}|la fin|l'an|cinq|dix)|va (?:etre|\w+er)|vont|en vue d|"
    r"will|planned|plans? to|plan(?:s|ned)? for|scheduled|expected|upcoming|announc\w+|intends?|"
    r"aims? (?:to|for)|to be \w+ed|due to|set to|"
    r"is to |are to |shall|by 20[2-9]\d|going to|slated)"
)
_DONE = re.compile(
    r"\b(?:(?:a|ont|avait|avaient|ai|avons) (?:\w+ment )?(?:ete )?(?:\w+ment )?\w+(?:e|i|u|is|it|"
    r"ert|ee|es|ees|us|ues|ies|erts?|ertes?)\b|"
    r"(?:est|sont) (?:\w+ment )?(?:ouvert|entre|termine|acheve|complete|realise|inaugure|signe|"
    r"en (?:service|fonction|activite|place))\w*|"
    r"s'est|se sont|realise\w*|acheve\w*|complete[es]*|inaugure\w*|mise? en service|livre[es]*|"
    r"conclu\w*|"
    r"(?:was|were|has been|have been|has|have|had) \w+(?:ed|en|n|t|d)\b|opened|completed|"
    r"inaugurated|launched|signed|"
    r"delivered|achieved|built|took place|met|led|brought|joined|commissioned)"
)


def contrasts(text: str) -> list[tuple[int, int]]:
    """Where `text` sets something aside: « et non par le centre », "rather than by train".

    Offsets are those of the folded text, which has the text's length unless it has ligatures.
    """
    return [match.span() for match in _CONTRAST.finditer(fold(text))]


def negations(text: str) -> int:
    """How many negations `text` has; « ne … que » and "not only" aren't any.

    What is only set aside by a contrast isn't denied of the rest.
    """
    return len(denials(text))


def denials(text: str) -> list[Span]:
    """Where `text` has its negations, as `negations` counts them; offsets as in `contrasts`."""
    folded = _CONTRAST.sub(lambda match: " " * len(match[0]), fold(text))
    restrictions = [match.span() for match in _RESTRICTION.finditer(folded)]
    return [
        Span(*match.span())
        for match in _NEGATION.finditer(folded)
        if not any(start <= match.start() < end for start, end in restrictions)
    ]


def stage(text: str) -> Stage | None:
    """How far along a clause says that things are; None when it doesn't say.

    A plan's word outweighs a past tense: « le lancement prévu en 2026 a été présenté ».
    """
    folded = fold(text)
    if _PLANNED.search(folded):
        return Stage.PLANNED
    if _CONSIDERED.search(folded):
        return Stage.CONSIDERED
    return Stage.DONE if _DONE.search(folded) else None
