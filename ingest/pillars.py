"""What a heading says about its section: a pillar (*axe*), the overview of the pillars, or neither.

The pillars of a mission report are « Québec rayonne », « Québec apprend », « Québec attire » and
« Objectifs de mission », in any case, for any city, with or without its name.
"""

import re

from vectorstore.models import Pillar
from vectorstore.text.normalise import fold, fold_spaces

_MOST_WORDS = 12
_LABEL = re.compile(
    r"^(?:(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-h])[.)]?(?:\s*[-–—:]\s*|\s+)|[•*#·▪-]+\s*)|"
    r"(?:axe|volet|pilier|partie|section|chapitre|pillar|part)\s*(?:n[o°]\s*)?"
    r"(?:\d{1,2}|[ivx]{1,4})?\s*[-–—:.]?\s*)+"
)
_SUBJECT = (
    r"(?:(?:ce que|ce qu'|comment|pourquoi|en quoi|what|how)\s*)?"
    r"(?:(?:la |notre |une |the |our )?(?:ville|capitale|municipalite|region|city)"
    r"(?: (?:de |d'|of )[\w'. -]{2,30}?)?(?: qui| that)? |"
    r"(?:l'|la |le |les )?[\w'.-]+(?:[ -][\w'.-]+){0,3}? )?(?:se |s'|nous |a |y )?"
)
_FINITE: dict[Pillar, str] = {
    Pillar.RAYONNE: r"rayonnent|rayonne|shines",
    Pillar.APPREND: r"apprennent|apprend|appris|learns|learned|learnt",
    Pillar.ATTIRE: r"attirent|attire|attracts|attracted",
}
_INFINITIVE: dict[Pillar, str] = {
    Pillar.RAYONNE: r"rayonner|shine",
    Pillar.APPREND: r"apprendre|learn",
    Pillar.ATTIRE: r"attirer|attract",
}
_NOUN: dict[Pillar, str] = {
    Pillar.RAYONNE: r"rayonnement",
    Pillar.APPREND: r"apprentissages?|lecons apprises|lessons learned|learnings?",
    Pillar.ATTIRE: r"attraction|attractivite",
}
_AROUND_NOUN = (
    r"(?:(?:le|les|l'|nos|principaux|grands?|key|volet)\s*)*(?:{noun})"
    r"(?: (?:international|internationale|cles?|principaux|realises?|tires?|a l'international|"
    r"de la mission|de la ville|de (?:la ville de )?[\w-]+))*"
)
# Folding would make « attiré » the verb of the pillar.
_PARTICIPLE = re.compile(r"\b(?:attir|rayonn)ée?s?\b", re.IGNORECASE)


def _forms(pillar: Pillar) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{_SUBJECT}(?:{_FINITE[pillar]})(?:$|\s*[:–—(,].*| .*)"),
        re.compile(rf"(?:(?:faire|pour|to) )?(?:{_INFINITIVE[pillar]})(?:$|\W.*)"),
        re.compile(_AROUND_NOUN.format(noun=_NOUN[pillar])),
    )


_FORMS = {pillar: _forms(pillar) for pillar in _FINITE}
_MENTIONS = {
    pillar: re.compile(rf"\b(?:{_FINITE[pillar]}|{_INFINITIVE[pillar]}|{_NOUN[pillar]})\b")
    for pillar in _FINITE
}
_OBJECTIVES = re.compile(
    r"(?:les |our |the )?(?:principaux |grands |main |key )?(?:mission |trip )?"
    r"(?:objectifs?|buts?|objectives?|goals?)"
    r"(?: et (?:contexte|mandats?|enjeux|attentes|retombees attendues))?"
    r"(?: (?:generaux|general|principaux|specifiques|vises|poursuivis|strategiques|et resultats))?"
    r"(?: (?:de|du|of|for|pour|d'une)(?: (?:la|cette|notre|le|ce|the|this|our))? ?"
    r"(?:mission|voyage|deplacement|delegation|visite|sejour|tournee|trip|visit)[\w' ,-]*)?"
)
_OVERVIEW = re.compile(
    r"^(?:\W*)(?:(?:un |the |an )?(?:apercu|survol|synthese|resume|bilan|overview|summary)\b.*"
    r"\b(?:retombees|resultats|mission|outcomes|results|benefits)|"
    r"(?:les |the )?(?:principales? |principaux |main |key )?"
    r"(?:retombees|resultats|faits saillants|outcomes|results|highlights|benefits)\b)"
)


def pillar_of(heading: str) -> Pillar | None:
    """The pillar that a section under `heading` belongs to, None when the heading names none.

    A heading that names two of them (« Rayonner, apprendre, attirer ») is of neither.
    """
    plain = _plain(heading)
    if not plain or len(plain.split()) > _MOST_WORDS or _PARTICIPLE.search(heading):
        return None
    mentioned = [pillar for pillar, words in _MENTIONS.items() if words.search(plain)]
    if len(mentioned) == 1 and any(form.fullmatch(plain) for form in _FORMS[mentioned[0]]):
        return mentioned[0]
    return Pillar.OBJECTIFS if not mentioned and _OBJECTIVES.fullmatch(plain) else None


def is_overview(heading: str) -> bool:
    """Whether a heading announces the mission's outcomes, which the pillars then detail."""
    plain = _plain(heading)
    return len(plain.split()) <= _MOST_WORDS and bool(_OVERVIEW.match(plain))


def _plain(heading: str) -> str:
    """A heading folded, without its number or label, quotes and final punctuation."""
    folded = re.sub(r"[«»“”\"]", " ", fold(fold_spaces(heading)))
    folded = fold_spaces(folded).strip(" .:;!?…–—-")
    unlabelled = _LABEL.sub("", folded)
    return unlabelled or folded
