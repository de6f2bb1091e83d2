"""Sentences of a report or question that speak to a machine instead of telling something.

A mission report doesn't say "ignore the instructions": such a sentence was planted. It isn't given
to the model and bears nothing out. No list of them is ever whole; the fence, the markup and above
all the verification hold without it.
"""

import re

from vectorstore.text.normalise import fold, fold_spaces

# Patterns see the text folded, without what can't be seen.
_RULES = r"(?:instructions?|consignes?|regles?|rules?|directives?|prompts?|guidelines?)"
_MACHINE = (
    r"(?:ia|ai|assistants?|llms?|chatbots?|robots?|modeles? de langage|language models?|"
    r"intelligences? artificielles?)"
)
_SAY = (
    r"(?:reponds|repondez|dis|dites|ecris|ecrivez|affichez?|revelez?|repetez?|ignorez?|oubliez?|"
    r"answer|reply|respond|say|write|print|reveal|output|repeat|disregard|forget)"
)
# Where an order begins, and no sentence about somebody who does the same.
_ORDER = r"(?:^|[,;:.!?()«\"-] ?|\b(?:et|and|please|svp|maintenant|now|then|puis) )"
_PLANTED = re.compile(
    rf"{_ORDER}(?:ignorez?|oubliez?|negligez?|contournez?|disregard|forget|override|bypass|"
    rf"outrepassez?|desactivez?|disable|ne sui[ts]\w* (?:pas|plus)|do not follow|don't follow)\b"
    rf"[^.!?]{{0,60}}\b{_RULES}\b"
    rf"|\b(?:nouvelles?|new|updated?) {_RULES} ?:"
    r"|\b(?:system ?prompt|prompt systeme|invite systeme|developer (?:mode|message)|"
    r"mode developpeur|jailbreak\w*|do anything now)\b"
    r"|\b(?:tu es|you are|you're) (?:maintenant|desormais|now|un|une|a|an) "
    rf"[^.!?]{{0,40}}\b(?:{_MACHINE}|modele|model|pirate|dan)\b"
    rf"|\b{_MACHINE} ?[,:] ?{_SAY}\b"
    rf"|\b{_MACHINE} (?:doit|devra|doivent|must|should|shall) (?:\w+ )?"
    r"(?:dire|repondre|ecrire|afficher|say|answer|reply|print|write)\b"
    r"|\b(?:notes?|messages?|avis|attention|consignes?|rappel|memo) (?:a|aux?|pour|to|for) "
    rf"(?:l'|les? |la |toute? |the |any |all )?{_MACHINE}\b"
    rf"|{_ORDER}(?:(?:maintenant|desormais|ensuite|now|then|please|s'il vous plait|svp),? )?{_SAY}"
    r"\b[^.!?]{0,80}\b(?:seulement|uniquement|exactement|mot pour mot|les? mots?|regles?|"
    r"consignes?|mot de passe|rien d'autre|only|exactly|verbatim|the words?|rules?|prompt|"
    r"password|secret|nothing (?:but|else))\b"
)
_SEPARATED = re.compile(r"(?<=\b\w)[.\-_*·](?=\w\b)")
# So many letters set apart are no initials.
_SPELT_OUT = 5


def speaks_to_a_machine(sentence: str) -> bool:
    """Whether a sentence gives a language model orders; also when its letters are set apart."""
    folded = fold_spaces(fold(sentence))
    joined, gaps = _SEPARATED.subn("", folded)
    return _PLANTED.search(folded) is not None or (
        gaps >= _SPELT_OUT and _PLANTED.search(joined) is not None
    )
