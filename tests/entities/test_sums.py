"""Sums of money that are worth the same have one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.canonicalise.sums import normalise_sum, value_of_sum


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("$2.5 million", "$ 2500000"),
        ("2,500,000 dollars", "$ 2500000"),
        ("US$3bn", "USD 3000000000"),
        ("€20", "EUR 20"),
        ("20 million euros", "EUR 20000000"),
        ("EUR 3,000", "EUR 3000"),
        ("Rs 500 crore", "INR 5000000000"),
        ("£4.99", "GBP 4.99"),
        ("300 yen", "JPY 300"),
        ("$1.2 million USD", "USD 1200000"),
    ],
)
def test_worth(surface: str, key: str) -> None:
    assert normalise_sum(surface) == key


@pytest.mark.parametrize(
    ("normalised", "domain", "value"),
    [
        ("$ 2500000", "com", "USD 2500000"),
        ("$ 2500000", "ca", "CAD 2500000"),
        ("AUD 3", "uk", "AUD 3"),
        ("EUR 20000000", "de", "EUR 20000000"),
        ("POUNDS 12", "uk", "GBP 12"),
        ("¥ 300", "jp", "JPY 300"),
        ("¥ 300", "com", None),
        ("KRONOR 40", "se", None),
        ("WON 40", "kr", None),
    ],
)
def test_the_value_of_a_sum(normalised: str, domain: str, value: str | None) -> None:
    assert value_of_sum(normalised, domain) == value


@given(st.text())
def test_anything_has_some_key(surface: str) -> None:
    assert isinstance(normalise_sum(surface), str)
