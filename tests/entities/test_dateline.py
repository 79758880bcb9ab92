"""Datelines at the start of a text, and where in it they name a place and an agency."""

import pytest

from stream.entities.recognise.dateline import locate_dateline


@pytest.mark.parametrize(
    ("text", "places", "agency"),
    [
        ("MOSCOW (AP) — A senior official", ["MOSCOW"], "AP"),
        ("LONDON, March 3 (Reuters) - Shares rose", ["LONDON"], "Reuters"),
        ("KYIV, Ukraine (AP) — The army", ["KYIV", "Ukraine"], "AP"),
        ("(Reuters) - Shares rose", [], "Reuters"),
        ("WASHINGTON -- The Senate", ["WASHINGTON"], None),
        ("Paris (AFP) - The president", ["Paris"], "AFP"),
        ("BHOPAL: Madhya Pradesh continues", ["BHOPAL"], None),
        ("NEW DELHI: India", ["NEW DELHI"], None),
    ],
)
def test_a_dateline_names_its_places_and_its_agency(text: str, places: list[str], agency: str | None) -> None:
    found = locate_dateline(text)
    assert found is not None
    assert [text[start:end] for start, end in found.places] == places
    assert (text[slice(*found.agency)] if found.agency else None) == agency
    assert text[found.end :].lstrip("—- ")


@pytest.mark.parametrize(
    "text", ["Paris - a city of light", "He said (AP) it", "", "EXCLUSIVE: The mayor", "Note: this"]
)
def test_no_dateline(text: str) -> None:
    assert locate_dateline(text) is None
