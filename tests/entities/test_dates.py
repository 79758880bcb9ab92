"""Dates of a text are days of the calendar, where the text or the article's own day says which."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.canonicalise.dates import read_day, resolve_date

THURSDAY = date(2025, 4, 17)
DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31))


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("2024-02-29", "2024-02-29"),
        ("March 3, 2023", "2023-03-03"),
        ("3 March 2023", "2023-03-03"),
        ("3rd of March, 2023", "2023-03-03"),
        ("Monday, Dec. 30", "2024-12-30"),
        ("April 20", "2025-04-20"),
        ("Feb. 2024", "2024-02"),
        ("March", "2025-03"),
        ("December", "2024-12"),
        ("last March", "2025-03"),
        ("last April", "2024-04"),
        ("next May", "2025-05"),
        ("Thursday", "2025-04-17"),
        ("Friday", "2025-04-11"),
        ("last Friday", "2025-04-11"),
        ("next Monday", "2025-04-21"),
        ("last week", "2025-04-07/2025-04-13"),
        ("this month", "2025-04"),
        ("last month", "2025-03"),
        ("last quarter", "2025-01/2025-03"),
        ("next year", "2026"),
        ("1994", "1994"),
        ("1990s", "1990/1999"),
        ("last decade", "2010/2019"),
        ("February 30, 2024", None),
        ("this Monday", None),
        ("last summer", None),
    ],
)
def test_the_value_of_a_date(surface: str, value: str | None) -> None:
    assert resolve_date(surface, THURSDAY) == value


@pytest.mark.parametrize("surface", ["Monday", "March", "last week", "April 20"])
def test_without_the_article_s_day_there_is_none(surface: str) -> None:
    assert resolve_date(surface, None) is None


def test_what_is_to_come_is_after_the_article_s_day() -> None:
    assert resolve_date("Friday", THURSDAY, ahead=True) == "2025-04-18"


@pytest.mark.parametrize(("published", "day"), [("2025-04-17T09:00:00Z", THURSDAY), ("2025-04", None), (None, None)])
def test_the_day_of_an_article(published: str | None, day: date | None) -> None:
    assert read_day(published) == day


@given(st.text(), DAYS)
def test_anything_is_read(surface: str, published: date) -> None:
    assert isinstance(resolve_date(surface, published), str | None)


@given(st.sampled_from(["last century", "next year", "last week", "December", "Monday", "next Friday"]), DAYS)
def test_any_day_can_be_an_article_s(surface: str, published: date) -> None:
    resolve_date(surface, published)
