"""Dates of claims: as precisely as they were said, and compared so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims.comparison import Match
from assistant.claims.dates import DateBound, DateExpression, compare_dates, dates

REFERENCE = date(2025, 11, 20)


def only(text: str) -> DateExpression:
    (expression,) = dates(text, REFERENCE)
    return expression


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("avant 2027", DateBound.BEFORE),
        ("avant l’hiver 2024", DateBound.BEFORE),
        ("before the fall of 2024", DateBound.BEFORE),
        ("d’ici la fin de 2026", DateBound.BEFORE),
        ("après l’été 2025", DateBound.AFTER),
        ("à partir du 3 juin 2025", DateBound.AFTER),
        ("depuis la fin de 2024", DateBound.AFTER),
        ("since the end of 2024", DateBound.AFTER),
        ("jusqu’en 2030", DateBound.UNTIL),
        ("l’été 2025", DateBound.ON),
    ],
)
def test_a_bound_is_read_over_an_article(text: str, bound: DateBound) -> None:
    assert only(text).bound is bound


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("en janvier 2026", "2026-01-01", "2026-01-31"),
        ("in January 2026", "2026-01-01", "2026-01-31"),
        ("le 1er mai 2024", "2024-05-01", "2024-05-01"),
        ("October 3, 2024", "2024-10-03", "2024-10-03"),
        ("du 12 au 15 mai 2025", "2025-05-12", "2025-05-15"),
        ("May 12–15, 2025", "2025-05-12", "2025-05-15"),
        ("du 28 septembre au 2 octobre 2025", "2025-09-28", "2025-10-02"),
        ("en 2023", "2023-01-01", "2023-12-31"),
        ("de 2020 à 2025", "2020-01-01", "2025-12-31"),
        ("les années 1990", "1990-01-01", "1999-12-31"),
        ("au premier trimestre 2025", "2025-01-01", "2025-03-31"),
        ("à l’été 2024", "2024-06-01", "2024-09-30"),
        ("l’an dernier", "2024-01-01", "2024-12-31"),
        ("en mai dernier", "2025-05-01", "2025-05-31"),
        ("2025-05-12", "2025-05-12", "2025-05-12"),
    ],
)
def test_a_date_is_read(text: str, first: str, last: str) -> None:
    interval = only(text).interval
    assert interval is not None
    assert [day.isoformat() for day in interval] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["l’Agenda 2030", "the 2030 Agenda", "2000 visiteurs", "2 025 participants", "we may march"],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert dates(text, REFERENCE) == ()


@pytest.mark.parametrize(
    ("claim", "source", "match"),
    [
        ("en 2026", "en janvier 2026", Match.ENTAILED),
        ("en janvier 2026", "en 2026", Match.UNSUPPORTED),
        ("en mars 2026", "en janvier 2026", Match.CONFLICT),
        ("le 14 octobre 2023", "le 4 octobre 2023", Match.CONFLICT),
        ("en mai", "du 12 au 15 mai 2025", Match.LOOSE),
        ("d’ici 2030", "d’ici 2040", Match.CONFLICT),
        ("jusqu’en 2042", "jusqu’en 2032", Match.CONFLICT),
        ("le 5 juin 2024", "le 5 juin 2025", Match.CONFLICT),
    ],
)
def test_dates_are_compared(claim: str, source: str, match: Match) -> None:
    assert compare_dates(only(claim), only(source)) is match


@given(st.dates(date(1900, 1, 1), date(2099, 12, 28)))
def test_every_day_is_read_back(day: date) -> None:
    months = (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split()
    expression = only(f"le {day.day} {months[day.month - 1]} {day.year}")
    assert expression.interval == (day, day)
    assert compare_dates(expression, expression) is Match.ENTAILED


@given(st.text(max_size=200))
def test_any_text_is_read_without_overlaps(text: str) -> None:
    end = 0
    for expression in dates(text, REFERENCE):
        assert expression.span.start >= end
        end = expression.span.end
    assert end <= len(text)
