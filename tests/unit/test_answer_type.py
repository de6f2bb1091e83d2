"""What a question about a number wants: of which dimension, or a count of what."""

import pytest

from assistant.answer_type import Amount, amount_asked
from assistant.claims.units import Dimension
from assistant.question import understand
from assistant.shapes import fits


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Combien de postes à quai sont électrifiés ?", Amount(Dimension.COUNT, ("postes",))),
        ("Combien d’écoles y participent ?", Amount(Dimension.COUNT, ("ecoles",))),
        ("Quel est le nombre de navires branchés ?", Amount(Dimension.COUNT, ("navires",))),
        ("How many truck trips were avoided?", Amount(Dimension.COUNT, ("truck", "trips"))),
        ("What is the number of berths in the port?", Amount(Dimension.COUNT, ("berths", "port"))),
        ("Combien de temps dure le trajet ?", Amount(Dimension.DURATION)),
        ("How long does it take to recharge?", Amount(Dimension.DURATION)),
        ("Combien de kilomètres de pistes ?", Amount(Dimension.LENGTH)),
        ("Quelle est la superficie du port ?", Amount(Dimension.AREA)),
        ("Combien de tonnes de sel par hiver ?", Amount(Dimension.MASS)),
        ("Combien a coûté la mission ?", Amount(Dimension.MONEY)),
        ("How much does a ticket cost?", Amount(Dimension.MONEY)),
        ("Quel salaire offre-t-on aux techniciens ?", Amount(Dimension.MONEY)),
        ("Combien de dollars seront investis ?", Amount(Dimension.MONEY)),
        ("Quelle part des gens va au travail à vélo ?", Amount(Dimension.SHARE)),
        ("What share of calls plugged in?", Amount(Dimension.SHARE)),
        ("How much power does a ship draw?", Amount(Dimension.POWER)),
        ("How big is the loan?", Amount(None)),
        ("À combien se chiffre le plan ?", Amount(None)),
        ("Quelle est la capacité de la batterie ?", Amount(None)),
    ],
)
def test_what_is_measured_or_counted(question: str, expected: Amount) -> None:
    assert amount_asked(question, understand(question).language) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien a coûté la mission ?", "Le total est de 18 100 $.", 1.0),
        ("Combien a coûté la mission ?", "La mission n’a entraîné aucun coût.", 1.0),
        ("Combien a coûté la mission ?", "La mission a duré 4 jours.", 0.5),
        ("Combien a coûté la mission ?", "La mission a été fructueuse.", 0.0),
        ("Combien Oslo dépense-t-elle ?", "Oslo y consacre 310 millions de couronnes.", 1.0),
        ("Quelle part vient hors saison ?", "Le tiers des touristes vient hors saison.", 1.0),
        ("Quelle part vient hors saison ?", "Il vient 2,2 millions de touristes.", 0.5),
        ("Quelle est la superficie du port ?", "Le port s’étend sur 85 hectares.", 1.0),
        ("Combien d’écoles y participent ?", "Onze écoles y participent.", 1.0),
        ("Combien d’écoles y participent ?", "La deuxième école y participe.", 0.0),
        ("À combien se chiffre le plan ?", "Le plan est de 3,9 G$.", 1.0),
    ],
)
def test_a_sentence_fits_by_the_dimension_of_its_numbers(
    question: str, sentence: str, expected: float
) -> None:
    assert fits(understand(question), sentence) == expected
