"""Datelines at the start of a text."""

import pytest

from stream.entities.dateline import dateline_of
from stream.events import Dateline


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("MOSCOW (AP) — A senior official", "Moscow", "AP"),
        ("LONDON, March 3 (Reuters) - Shares rose", "London", "Reuters"),
        ("KYIV, Ukraine (AP) — The army", "Kyiv, Ukraine", "AP"),
        ("(Reuters) - Shares rose", None, "Reuters"),
        ("WASHINGTON -- The Senate", "Washington", None),
        ("BHOPAL: Madhya Pradesh continues", "Bhopal", None),
        ("NEW DELHI: India", "New Delhi", None),
        ("Paris (AFP) - The president", "Paris", "AFP"),
    ],
)
def test_dateline(text: str, place: str | None, agency: str | None) -> None:
    dateline = dateline_of(text)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert text.startswith(dateline.text)


@pytest.mark.parametrize(
    "text", ["Paris - a city of light", "He said (AP) it", "", "A: first", "Note: this", "The BBC (UK) says"]
)
def test_no_dateline(text: str) -> None:
    assert dateline_of(text) is None


def test_the_dateline_is_a_typed_value() -> None:
    assert dateline_of("MOSCOW (AP) — A senior") == Dateline(text="MOSCOW (AP) —", place="Moscow", agency="AP")
