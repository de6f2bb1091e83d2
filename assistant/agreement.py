"""Whether evidence speaks of the very amount, name, place and year that a question asks about.

A sentence on the right subject that counts something else, or tells it of another place, is a near
miss: it reads like an answer and isn't one.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.answer_type import amount_asked
from assistant.claims.alignment import Words, read_words
from assistant.claims.names import Name, aliases, missing_words, names, territories
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.units import Dimension
from assistant.evidence import Candidate, report_language
from assistant.question import Kind, Question
from assistant.scoping import mission_years
from assistant.shapes import fits
from vectorstore.embedding.model import EmbeddingModel
from vectorstore.models import Hit
from vectorstore.text.normalise import fold
from vectorstore.text.tokens import content_words

# Sentences in which the answer may stand; the best one isn't always first. One so far behind it, in
# log odds, counts for nothing.
_AMONG, _FAR_BEHIND = 5, 6.0
# Shorter ones are the initials of many things.
_ACRONYM = 3
# « Ligne K », « article 4 », « quai 30 », "phase B".
_IDENTIFIED = re.compile(
    r"\b(?P<noun>(?i:ligne|line|article|phase|quai|pier|berth|poste|terminal|lot|zone|route|axe|"
    r"étape|volet|bâtiment|building|section|tronçon|tramway|métro|bus|voie))"
    r"\s(?:n[°o]\s?)?(?P<mark>[A-Z]\d?|\d{1,3})\b(?!\s?[%$€]|[\s.,]\d|[’'])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# « Quelle entreprise », "which actor": answered by a name, as is who.
_ASKS_NAME = re.compile(
    r"\b(?:nom d(?:e |u |')|name of|quel(?:le)? (?:est le nom|entreprise|compagnie|societe|firme|"
    r"organisme|organisation|syndicat|groupe|banque|universite|hotel|personne|act(?:eur|rice)|"
    r"artiste|architecte|auteure?|ministre|elue?|maire|mairesse)|(?:which|what) (?:company|firm|"
    r"actor|actress|artist|union|architect|author|person|group|bank|university|hotel|"
    r"organi[sz]ation|minister|mayor))\b"
)
# Who says people may mean any of these.
_PEOPLE = frozenset("personnes personne gens monde people persons".split())
_SORTS_OF_PEOPLE = re.compile(
    r"(?:personne|participant|visiteu|delegue|habitant|resident|citoyen|touriste|passager|voyageu|"
    r"employe|travailleu|membre|etudiant|eleve|congressiste|croisieriste|invite|spectateu|cycliste|"
    r"elu|professionnel|fonctionnaire|inscrit|usager|client|abonne|benevole|expert|representant|"
    r"people|person|visitor|delegate|inhabitant|tourist|passenger|attendee|student|member)\w*"
)
# "Canadian", "Estonians": a French report writes them without a capital.
_DEMONYM = re.compile(r"\w+(?:ians?|eans?|ish|ese)")


def typed(
    question: Question,
    candidates: Sequence[Candidate],
    places: frozenset[str],
    model: EmbeddingModel,
) -> float:
    """How surely the best sentences hold something of the type asked for, in [0, 1].

    A number of what is counted or measured, a date, a name that the question doesn't give itself
    and that isn't one of the folded `places`; 1 where no such thing is asked for.
    """
    best = candidates[:_AMONG]
    match question.kind:
        case Kind.NUMBER:
            held = _amounts_asked(question, best, model)
        case Kind.DATE:
            held = [fits(question, candidate.quote) for candidate in best]
        case _ if question.kind is Kind.WHO or _ASKS_NAME.search(fold(question.text)):
            held = [_holds_name(question, candidate, places) for candidate in best]
        case _:
            return 1.0
    return max(
        own * max(0.0, 1 - (best[0].score - candidate.score) / _FAR_BEHIND)
        for own, candidate in zip(held, best, strict=True)
    )


def _amounts_asked(
    question: Question, best: Sequence[Candidate], model: EmbeddingModel
) -> list[float]:
    """How surely each of the sentences holds a number of what is asked.

    What is counted is compared with the words after the numbers, by their stems or their vectors
    in context.
    """
    asked = amount_asked(question.text, question.language)
    held = [_amounts(candidate) for candidate in best]
    if asked.dimension is None:
        return [float(bool(own)) for own in held]
    if asked.dimension is not Dimension.COUNT:
        return [float(any(_measures(a, asked.dimension) for a in own)) for own in held]
    texts = [(question.text, question.language)]
    texts += [(candidate.quote, report_language(candidate.hit.report)) for candidate in best]
    words, *quotes = read_words(texts, model)
    counted = [i for i, token in enumerate(words.tokens) if token.folded in asked.counted]
    return [
        max((_likeness(words, counted, quote, _within(quote, a)) for a in own), default=0.0)
        for quote, own in zip(quotes, held, strict=True)
    ]


def _measures(amount: Quantity, dimension: Dimension) -> bool:
    """Whether an amount measures that; « 1,3 m par année » is a speed."""
    if dimension is Dimension.SPEED and amount.dimension is Dimension.LENGTH:
        return bool(amount.per)
    return amount.dimension is dimension


def _amounts(candidate: Candidate) -> list[Quantity]:
    found = quantities(candidate.quote, report_language(candidate.hit.report))
    return [amount for amount in found if not amount.ordinal]


def _within(words: Words, amount: Quantity) -> list[int]:
    """The words for what an amount counts; of shares, too: « 21 % des cas »."""
    if amount.noun is None or amount.dimension not in {Dimension.COUNT, Dimension.SHARE}:
        return []
    noun = amount.noun
    return [i for i, token in enumerate(words.tokens) if token.span.overlaps(noun)]


def _likeness(one: Words, ours: Iterable[int], other: Words, theirs: Sequence[int]) -> float:
    """The greatest likeness, in [0, 1], of a word of one text and a word of another."""
    best = 0.0
    for i in ours:
        for j in theirs:
            ours_is_people = one.tokens[i].folded in _PEOPLE
            if one.stems[i] == other.stems[j] or (
                ours_is_people and _SORTS_OF_PEOPLE.fullmatch(other.tokens[j].folded)
            ):
                return 1.0
            if one.vectors is not None and other.vectors is not None:
                best = max(best, float(one.vectors[i] @ other.vectors[j]))
    return best


def _holds_name(question: Question, candidate: Candidate, places: frozenset[str]) -> float:
    """Whether a sentence names somebody or something new, other than a place."""
    given = {word for name in _names(question) for word in name.words}
    known = given | territories() | places
    language = report_language(candidate.hit.report)
    return float(any(known.isdisjoint(name.words) for name in names(candidate.quote, language)))


def names_missing(question: Question, hit: Hit) -> float:
    """The share of the words of the question's least present name that a passage lacks.

    The passage is read under its headings and its report's description.
    """
    described = _described(hit)
    initials = "".join(word[0] for word in content_words(described, report_language(hit.report)))
    return max(
        (
            len(missing_words(name, described)) / len(name.words)
            for name in _names(question)
            # « RVFL » is said by « Réseau des villes francophones du littoral ».
            if not (name.acronym and len(name.words[0]) >= _ACRONYM and name.words[0] in initials)
        ),
        default=0.0,
    )


def names_rival(question: Question, candidate: Candidate, places: frozenset[str]) -> bool:
    """Whether the sentence names another place than the question, or a thing by another letter.

    « La ligne K » isn't « la ligne J », nor pier 7 pier 8. `places` are folded: those of all
    missions.
    """
    if _identifies_otherwise(question.text, candidate.quote):
        return True
    asked = {
        form
        for name in _names(question, places)
        for word in (*name.words, " ".join(name.words))
        for form in (word, *aliases().get(word, ()))
    }
    told = {
        place
        for name in names(candidate.quote, report_language(candidate.hit.report), known=places)
        for place in (" ".join(name.words), *name.words)
        if place in places
    }
    return bool(asked and told) and not asked & told


def _identifies_otherwise(question: str, quote: str) -> bool:
    asked, told = _identified(question), _identified(quote)
    return any(noun in told and not ours & told[noun] for noun, ours in asked.items())


def _identified(text: str) -> dict[str, set[str]]:
    """The letters and numbers that things go by, by the noun before them, folded."""
    found: dict[str, set[str]] = {}
    for match in _IDENTIFIED.finditer(text):
        found.setdefault(fold(match["noun"]), set()).add(match["mark"])
    return found


def lacks_year(question: Question, hit: Hit) -> bool:
    """Whether the question names years, and none is the mission's or in the passage.

    "The 2024 mission" is none of 2023, whatever its report says of 2024.
    """
    of_mission = mission_years(question.text)
    year = hit.report.metadata.year
    if of_mission:
        return year not in of_mission
    years = [number for number in question.numbers if _YEAR.fullmatch(number)]
    return bool(years) and not any(
        number == str(year) or number in hit.passage.text for number in years
    )


def _names(question: Question, places: frozenset[str] = frozenset()) -> list[Name]:
    found = names(question.text, question.language, known=places)
    return [name for name in found if not _DEMONYM.fullmatch(" ".join(name.words))]


def _described(hit: Hit) -> str:
    """A passage with its headings and its report's description, folded."""
    metadata = hit.report.metadata
    places = [f"{place.city} {place.country}" for place in metadata.destinations]
    parts = [hit.passage.text, *hit.passage.section.heading_path, metadata.title, *places]
    return fold(" \n ".join([*parts, str(metadata.year or "")]))
