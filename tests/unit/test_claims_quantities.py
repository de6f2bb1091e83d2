"""Amounts of claims: read with value, unit, bound and noun; compared as sets of amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims.comparison import Match, compare
from assistant.claims.quantities import Bound, Quantity, quantities
from assistant.models import Language


def only(text: str, language: Language = "fr") -> Quantity:
    (quantity,) = quantities(text, language)
    return quantity


@pytest.mark.parametrize(
    ("text", "language", "value", "unit", "bound"),
    [
        ("un plan de 3,5 G$", "fr", 3.5e9, "$", Bound.BARE),
        ("3,5 milliards de dollars", "fr", 3.5e9, "$", Bound.BARE),
        ("a $3.5 billion plan", "en", 3.5e9, "$", Bound.BARE),
        ("3 500 000 000 $", "fr", 3.5e9, "$", Bound.BARE),
        ("3\u202f500\u202f000\u202f000\u00a0$", "fr", 3.5e9, "$", Bound.BARE),
        ("trois virgule cinq milliards de dollars américains", "fr", 3.5e9, "USD", Bound.BARE),
        ("US$40M", "en", 40e6, "USD", Bound.BARE),
        ("45 000 €", "fr", 45000, "EUR", Bound.BARE),
        ("€45,000", "en", 45000, "EUR", Bound.BARE),
        ("25 %", "fr", 25, "%", Bound.BARE),
        ("un quart des émissions", "fr", 25, "%", Bound.BARE),
        ("half of the ships", "en", 50, "%", Bound.BARE),
        ("une dizaine de navires", "fr", 10, None, Bound.ABOUT),
        ("plus de 300 participants", "fr", 300, None, Bound.MORE_THAN),
        ("au-delà de trois cents délégués", "fr", 300, None, Bound.MORE_THAN),
        ("over 300 participants", "en", 300, None, Bound.MORE_THAN),
        ("pas plus de 40 bateaux", "fr", 40, None, Bound.AT_MOST),
        ("au moins dix ans", "fr", 3652.5, "ans", Bound.AT_LEAST),
        ("300 personnes tout juste", "fr", 300, None, Bound.STRICT),
        ("exactly 300 delegates", "en", 300, None, Bound.STRICT),
        ("près de 14 MW", "fr", 14e6, "MW", Bound.ABOUT),
        ("1 800 kWh", "fr", 1800, "kWh", Bound.BARE),
        ("27 km", "fr", 27000, "km", Bound.BARE),
        ("22 600 m³", "fr", 22600, "m³", Bound.BARE),
        ("for over twenty years", "en", 7305, "ans", Bound.BARE),
    ],
)
def test_an_amount_is_read(
    text: str, language: Language, value: float, unit: str | None, bound: Bound
) -> None:
    quantity = only(text, language)
    assert quantity.low == pytest.approx(value)
    assert (quantity.unit.symbol if quantity.unit else None) == unit
    assert quantity.bound is bound


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("plus de 300 participants", "participants"),
        ("300 délégués venus de loin", "délégués venus"),
        ("25 % des émissions", "émissions"),
        ("300 delegates", "delegates"),
    ],
)
def test_what_is_counted_is_read(text: str, noun: str) -> None:
    quantity = only(text, "en" if text.endswith("delegates") else "fr")
    assert quantity.noun is not None
    assert quantity.noun.of(text) == noun


@pytest.mark.parametrize(
    "text",
    ["COP28", "la version 2.4.1", "un port", "la Ville de Trois-Rivières", "un terminal neuf"],
)
def test_what_is_no_amount_is_left(text: str) -> None:
    assert quantities(text, "fr") == ()


def test_a_range_is_one_amount_and_a_change_two() -> None:
    (between,) = quantities("entre 20 et 30 villes", "fr")
    assert (between.low, between.high, between.bound) == (20, 30, Bound.RANGE)
    before, after = quantities("est passée de 2,1 à 2,9 nuits", "fr")
    assert (before.low, after.low) == (2.1, 2.9)


@pytest.mark.parametrize(
    ("claim", "source", "match"),
    [
        ("plus de 300 participants", "plus de 300 participants", Match.ENTAILED),
        ("au moins 300 participants", "plus de 300 participants", Match.ENTAILED),
        ("300 participants", "plus de 300 participants", Match.LOOSE),
        ("exactement 300 participants", "plus de 300 participants", Match.CONFLICT),
        ("plus de 400 participants", "plus de 300 participants", Match.CONFLICT),
        ("moins de 300 participants", "plus de 300 participants", Match.CONFLICT),
        ("plus de 300 participants", "300 participants", Match.CONFLICT),
        ("plus de 300 participants", "environ 300 participants", Match.UNSUPPORTED),
        ("environ 340 visiteurs", "342 visiteurs", Match.ENTAILED),
        ("340 visiteurs", "342 visiteurs", Match.CONFLICT),
        ("3 500 000 000 $", "3,5 G$", Match.ENTAILED),
        ("3,5 M$", "3,5 G$", Match.CONFLICT),
        ("45 000 €", "45 000 $", Match.OTHER),
        ("14 MWh", "14 MW", Match.OTHER),
        ("40 km", "25 milles", Match.ENTAILED),
        ("25 villes", "entre 20 et 30 villes", Match.UNSUPPORTED),
        ("45 000 $ par mois", "45 000 $ par année", Match.OTHER),
        ("la 12e édition", "la 13e édition", Match.CONFLICT),
    ],
)
def test_amounts_are_compared(claim: str, source: str, match: Match) -> None:
    assert compare(only(claim), only(source)) is match


@given(st.integers(2, 999_999_999))
def test_digits_read_alike_however_they_are_grouped(number: int) -> None:
    grouped = f"{number:,}"
    forms = [str(number), *(grouped.replace(",", space) for space in " \u00a0\u202f")]
    values = {only(f"{form} visiteurs").low for form in forms if not 1800 <= number <= 2099}
    assert values <= {float(number)}


@given(st.text(max_size=200))
def test_spans_stand_in_any_text_in_order(text: str) -> None:
    for language in ("fr", "en"):
        found = quantities(text, language)
        assert all(q.span.end <= len(text) for q in found)
        assert all(q.high >= q.low for q in found)


@given(st.floats(1, 1e6, allow_nan=False))
def test_a_bare_amount_bears_itself_out(value: float) -> None:
    text = f"{value:.2f}".replace(".", ",") + " km"
    assert compare(only(text), only(text)) is Match.ENTAILED
