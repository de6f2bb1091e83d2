"""Which claims can be checked: statements of fact, not greetings, opinions, promises, rhetoric."""

import re

from assistant.claims.dates import dates
from assistant.claims.modality import Stage, stage
from assistant.claims.quantities import quantities
from assistant.claims.verbs import verbs
from assistant.models import Language
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import stop_words, tokens

# Patterns see the claim folded: no case, no accents, straight apostrophes, one kind of space.
_GREETING: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"^(?:bonjour|bonsoir|salut|bienvenue|merci|mesdames|messieurs|chers?|cheres?|mes amis|"
        r"c'est (?:avec |pour moi |toujours )*(?:un|une|le|beaucoup d)?e? ?(?:grand |grande |"
        r"immense |reel |vif )*(?:plaisir|honneur|joie|fierte|privilege|emotion)|"
        r"monsieur le|madame la|madame le|distingue|honorables? |au revoir|bonne (?:soiree|"
        r"journee)|"
        r"bon apres-midi|je vous (?:remercie|souhaite|salue)|(?:je|nous) (?:tiens|"
        r"tenons) a (?:remercier|saluer|"
        r"souligner|feliciter)|nous vous (?:remercions|souhaitons)|felicitations|bravo|"
        r"un grand merci|"
        r"permettez-moi|en terminant|en conclusion|pour conclure|voila\b|a la votre|longue vie|"
        r"vive )"
    ),
    "en": re.compile(
        r"^(?:good (?:morning|afternoon|evening|day)|hello|welcome|thank|thanks|ladies|gentlemen|"
        r"dear |"
        r"my friends|friends|distinguished|mr\.? |madam |congratulations|bravo|i (?:wish|"
        r"want to thank|"
        r"would like to (?:thank|welcome|congratulate))|we thank|allow me|let me (?:thank|begin|"
        r"start|"
        r"close|end|conclude)|in (?:closing|conclusion)|to conclude|goodbye|have a (?:good|great)|"
        r"it is (?:a|an|my|our) (?:great )?(?:honou?r|pleasure|privilege)|long live)"
    ),
}
_ATTITUDE: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?:^|[,;] |\b(?:et|mais|car|donc|aussi|aujourd'hui|ensemble|oui|c'est pourquoi),? )(?:"
        r"(?:je|j'|nous|on|moi) ?(?:ne |n'|le |la |y |en |vous |me |m'|"
        r"nous )*(?:suis (?:convaincu|persuade|"
        r"fiere?|heureu|ravie?|certaine?|confiant|profondement|tres|si|sincerement)|"
        r"sommes (?:convaincu|persuade|"
        r"fier|heureu|ravi|certain|confiant|profondement|tres|tous|toutes|capables|prets?)|"
        r"cro[iy]|pens|estim|espere|souhait|veu[xt]|voul|voudr|aime|reve|do[ií]|dev[oi]|peux|"
        r"peut|pouv|"
        r"promet|engage|refus|invit|ai (?:envie|confiance|hate|la conviction|l'intime|"
        r"toujours cru|foi|le plaisir|l'honneur)|"
        r"avons (?:confiance|hate|la conviction|besoin|le devoir|la chance|toutes les raisons|"
        r"tout a gagner)|"
        r"garde|reste|continu|tiens|tenons|all(?:ons|ez)|vais|imagin|sa(?:is|vons)|"
        r"[a-z]+(?:erai|irai|rai|erons|irons|rons)\b)|"
        r"faisons|soyons|osons|batissons|continuons|travaillons|unissons|imaginons|regardons|"
        r"prenons|ayons|"
        r"(?:ces|ce|cet|cette|cela|ca|qui|tout)\b[^,]{0,40} nous (?:oblig|invit|inspir|rappel|"
        r"appel|donn|pouss|encourag|pass|touch|concern)|"
        r"(?:[a-z]{4,}ons)\b(?= (?:par|a|au|aux|sur|maintenant|ensemble|les|la|le|nos|"
        r"d'))(?<!avons)(?<!sommes)|"
        r"rappelons-nous|pensons|construisons|avancons|demeurons|restons|gardons|agissons|"
        r"il (?:faut|faudra|faudrait|est (?:temps|essentiel|important|imperatif|crucial|urgent|"
        r"permis))|"
        r"il nous (?:faut|appartient|revient|incombe)|"
        r"(?:a mon|a notre|selon moi|selon nous|pour moi|pour nous|quelle? (?:fierte|belle|beau|"
        r"chance|honneur|joie)))"
    ),
    "en": re.compile(
        r"(?:^|[,;] |\b(?:and|but|so|today|together|yes),? )(?:"
        r"(?:i|we|i'm|we're|i'll|we'll|i'd|we'd|let us|let's) ?(?:(?:also|all|truly|firmly|"
        r"deeply|strongly|really|will|"
        r"sincerely|too|still|never|always|must|should|can|could|cannot|do not|don't|would|am|"
        r"are|want|need|intend|plan|"
        r"have to|hope|believe|think|feel|know|wish|promise|commit|pledge|invite|look forward|"
        r"dream|trust|love|"
        r"owe|remain|imagine|refuse|shall|may|might)\b)|let us|let's|imagine|remember|"
        r"(?:then|next|now) (?:came|comes|to)\b|"
        r"it is (?:time|essential|important|crucial|up to us|imperative|clear)|in my (?:view|"
        r"opinion)|"
        r"in our (?:view|opinion)|what (?:a|an) )"
    ),
}
# Within an attitude, what is reported as fact: "je suis fier d'annoncer que …".
_FRAMES: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"^(?:[^.;:!?]{0,25}?,\s)?(?:je|j['’]|nous|on|il|permettez-moi|laissez-moi|"
        r"vous)\s?[^.;:!?]{0,60}?"
        r"\b(?:annoncer|dire|rappeler|rappelle|rappelons|souligner|souligne|soulignons|noter|"
        r"constater|constate|constatons|confirmer|confirme|confirmons|apprendre|appris|signaler|"
        r"signale|"
        r"mentionner|préciser|affirmer|savez|savons|sais|fier|fière|fiers|fières|heureux|"
        r"heureuse|noter|ajouter|sachez)"
        r"[\s\u00a0](?:aussi[\s\u00a0]|également[\s\u00a0]|ici[\s\u00a0]|d['’]abord[\s\u00a0]|"
        r"ce[\s\u00a0]matin[\s\u00a0]|enfin[\s\u00a0])?"
        r"(?:que[\s\u00a0]|qu['’])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:[^.;:!?]{0,25}?,\s)?(?:i|we|let me|allow me|you|i['’]m|we['’]re)\s[^.;:!?]{0,60}?"
        r"\b(?:announce|say|tell you|remind you|recall|report|note|confirm|learned|learnt|know|"
        r"mention|"
        r"proud|happy|pleased|add|remember|emphasize|stress)\sthat\s",
        re.IGNORECASE,
    ),
}
_EVALUATION = re.compile(
    r"\b(?:magnifique|extraordinaire|exceptionnel|formidable|inspirant|inoubliable|remarquable|"
    r"fiert[e]|fiers?|fieres?|belle|beau|avenir|futur|reve|ensemble|espoir|passion|audace|courage|"
    r"ambition|ambitieu\w+|essentiel\w*|merveilleu\w+|wonderful|extraordinary|exceptional|"
    r"amazing|inspiring|"
    r"remarkable|unforgettable|beautiful|future|dream|together|hope|bright|proud|great|bold)\b"
)
_PLAIN_FACT = re.compile(
    r"\b(?:mission|conference|rapport|delegation|ville|port|terminal|projet|entente|accord|city|"
    r"agreement|report|project|programme?|association|mayor|maire|mairesse|ministre|minister)\b"
)


_OUGHT = re.compile(r"\b(?:doit|doivent|devrai\w+|faut|should|must|ought|need to|has to|have to)\b")
# A statement without figure, date or name, shorter than this, is a remark unless it tells a deed.
_ENOUGH_WORDS = 4


def framed(claim: str, language: Language) -> int:
    """Where the statement of fact begins within a claim such as "je suis fier d'annoncer que …".

    0 when nothing stands before it. A frame that leads to an opinion keeps it: the rest is then
    judged by `is_checkable` like any other.
    """
    match = _FRAMES[language].match(claim)
    return match.end() if match else 0


def is_checkable(
    claim: str, language: Language, *, question: bool = False, alone: bool = False
) -> bool:
    """Whether `claim` states a fact that reports could bear out.

    `question` says that the claim ends with a question mark in the draft, `alone` that it is all
    there is: whoever asks about one sentence takes it for a fact. A third person's plan
    ("le lancement est prévu en 2026") is a fact of the report; the speaker's own promise isn't.
    """
    folded = re.sub(r"\s+", " ", fold(claim)).strip()
    words = [token.folded for token in tokens(claim)]
    content = [word for word in words if word not in stop_words(language)]
    if question or len(content) < 2 or _GREETING[language].search(folded):
        return False
    if _ATTITUDE[language].search(folded):
        return False
    if alone or _is_specific(claim, language):
        return True
    if not verbs(claim, language) or _OUGHT.search(folded):
        return False
    if len(content) < _ENOUGH_WORDS and stage(claim) is not Stage.DONE:
        return False
    return not (_EVALUATION.search(folded) and not _PLAIN_FACT.search(folded))


def _is_specific(claim: str, language: Language) -> bool:
    """Whether a claim has a number, a date, or a name beyond its first word."""
    dated = dates(claim)
    if dated or quantities(claim, language, without=[d.span for d in dated]):
        return True
    return re.search(r"(?<=[\w,’'] )(?:[dl]['’])?[A-ZÀ-Ý][\w-]{2,}", claim) is not None
