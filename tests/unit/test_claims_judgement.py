"""Names, negation, stages, oppositions, and what the judge makes of them without a model."""

import pytest

from assistant.claims.evidence import Context
from assistant.claims.judge import Ground, Judgement, judge
from assistant.claims.modality import Stage, negations, stage
from assistant.claims.names import missing_words, names
from assistant.claims.oppositions import oppositions
from assistant.claims.reasons import GROUNDS, not_checkable
from assistant.claims.statement import Source, read_statements
from assistant.messages import message
from assistant.models import Language, Verdict
from vectorstore.text.normalise import fold

NOTHING = Context("", (), frozenset())


def judged(claim: str, source: str, similarity: float = 0.9) -> Judgement:
    """The judge with stems alone: no embedding model is loaded."""
    one, other = read_statements([Source(claim, "fr"), Source(source, "fr")], None)
    return judge(one, other, NOTHING, similarity)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("La mairesse de Rotterdam a parlé.", "fr", ["Rotterdam"]),
        ("Le Brooklyn Marine Terminal à New York", "fr", ["Brooklyn Marine Terminal", "New York"]),
        ("L’AIVP et la NYEDC", "fr", ["AIVP", "NYEDC"]),
        ("La Ville a signé avec le Réseau.", "fr", []),
        ("En 2024, Oslo a agi.", "fr", ["Oslo"]),
        ("We signed the 2030 Agenda.", "en", ["Agenda"]),
    ],
)
def test_names_are_found_by_their_capitals(
    text: str, language: Language, expected: list[str]
) -> None:
    assert [name.span.of(text) for name in names(text, language)] == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [("Antwerp", "à Anvers"), ("Germany", "en Allemagne"), ("Hamburg", "à Hambourg")],
)
def test_a_name_is_known_in_the_other_language(name: str, text: str) -> None:
    (found,) = names(f"We saw {name}", "en")
    assert missing_words(found, fold(text)) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Le port n’offre pas encore le courant", 1),
        ("Il n’entrera en service qu’en 2027", 0),
        ("Le plan ne comporte aucune obligation", 1),
        ("non seulement le port, mais la ville", 0),
        ("Ils ont choisi les quartiers, et non le centre", 0),
        ("The plan was not adopted", 1),
    ],
)
def test_negations_are_counted(text: str, count: int) -> None:
    assert negations(text) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le lancement est prévu en janvier", Stage.PLANNED),
        ("Le forum se tiendra en mai", Stage.PLANNED),
        ("Le bureau a été inauguré", Stage.DONE),
        ("La ville envisage un tramway", Stage.CONSIDERED),
        ("The office will open", Stage.PLANNED),
        ("The office opened", Stage.DONE),
    ],
)
def test_stages_are_told(text: str, expected: Stage) -> None:
    assert stage(text) is expected


@pytest.mark.parametrize(
    ("claim", "source", "opposed"),
    [
        ("Les plaintes ont augmenté", "Les plaintes ont baissé", True),
        ("Le transport est payant", "Le transport est gratuit", True),
        ("Ils paient plus cher", "Ils paient moins cher", True),
        ("le consul a parlé", "le délégué a parlé", True),
        ("Les plaintes ont baissé", "Les plaintes ont diminué", False),
        ("plus de 300 personnes", "moins de bruit", False),
    ],
)
def test_opposites_are_found(claim: str, source: str, opposed: bool) -> None:
    assert bool(list(oppositions(claim, source))) is opposed


SENTENCE = "La conférence mondiale a réuni plus de 300 participants à Rotterdam en mai 2025."


@pytest.mark.parametrize(
    ("claim", "verdict", "ground"),
    [
        (SENTENCE, Verdict.SUPPORTED, Ground.SAME),
        (SENTENCE.replace("plus de 300", "300"), Verdict.SUPPORTED, Ground.LOOSE),
        (SENTENCE.replace("300", "400"), Verdict.CONTRADICTED, Ground.NUMBER),
        (SENTENCE.replace("plus de", "exactement"), Verdict.CONTRADICTED, Ground.NUMBER),
        (SENTENCE.replace("mai", "juin"), Verdict.CONTRADICTED, Ground.DATE),
        (SENTENCE.replace("a réuni", "n’a pas réuni"), Verdict.CONTRADICTED, Ground.NEGATION),
        (SENTENCE.replace("Rotterdam", "Hambourg"), Verdict.NOT_FOUND, Ground.MISSING),
        ("Un tramway de 12 km a été construit.", Verdict.NOT_FOUND, Ground.UNRELATED),
    ],
)
def test_a_claim_is_judged(claim: str, verdict: Verdict, ground: Ground) -> None:
    judgement = judged(claim, SENTENCE)
    assert (judgement.verdict, judgement.ground) == (verdict, ground)


def test_every_claim_bears_itself_out() -> None:
    for text in (SENTENCE, "Le port d’Oslo paie 40 % des installations électriques."):
        assert judged(text, text, 1.0).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_ground_has_its_reason(language: Language) -> None:
    for ground in GROUNDS:
        text = message(
            f"reason-{ground.value}", language, report="R", claimed="5 G$", given="3,5 G$"
        )
        assert text.endswith(".")
    assert not_checkable(language)


def test_a_reason_says_what_the_report_says() -> None:
    text = message("reason-number", "fr", report="New York 2025", claimed="5 G$", given="3,5 G$")
    assert text == "Le rapport «\u00a0New York 2025\u00a0» parle de 3,5 G$, pas de 5 G$."
