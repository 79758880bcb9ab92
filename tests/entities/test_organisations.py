"""Which names of organisations are one organisation's."""

import pytest

from stream.entities.canonicalise.organisations import find_defined_acronyms, identify_organisations
from stream.entities.names import fold
from stream.entities.values import Span
from stream.events import EntityType


def same(one: str, other: str, defined: dict[str, str] | None = None) -> bool:
    known_as = identify_organisations({fold(one): one, fold(other): other}, defined or {})
    return known_as[fold(one)] == known_as[fold(other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NATO", "North Atlantic Treaty Organization"),
        ("FRU", "Fenland Rowing Union"),
        ("Harbour Glass Inc.", "Harbour Glass"),
        ("Harbour Glass Inc.", "Harbour Glass plc"),
        ("Moruo", "Moruo Mining and Construction Company"),
        ("U.S. Air Force", "Air Force"),
        ("Goldman", "Goldman Sachs"),
        ("Associated Press", "AP"),
        ("United", "United Airlines"),
        ("United", "Ely United"),
        ("Tottenham", "Tottenham Hotspur"),
    ],
)
def test_one_organization(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbour", "Harbour Music"),
        ("Bank", "Bank of Ely"),
        ("National", "National Tide Company"),
        ("University of Ely", "University of Wisbech"),
        ("Ely Council", "Wisbech Council"),
        ("ABC", "Association of Bakers"),
    ],
)
def test_two_organizations(one: str, other: str) -> None:
    assert not same(one, other)


def test_what_the_text_explains_wins_over_the_table() -> None:
    assert same("CIA", "Culinary Institute of Albion", {"CIA": "Culinary Institute of Albion"})


@pytest.mark.parametrize(
    ("text", "name", "defined"),
    [
        ("The Fenland Rowing Union (FRU) met.", "Fenland Rowing Union", {"FRU": "Fenland Rowing Union"}),
        ('Fenland Rowing Union (the "FRU") met.', "Fenland Rowing Union", {"FRU": "Fenland Rowing Union"}),
        ("Ely Council (Labour) met.", "Ely Council", {}),
        ("Ely Council (2024) met.", "Ely Council", {}),
    ],
)
def test_acronyms_defined_in_the_text(text: str, name: str, defined: dict[str, str]) -> None:
    start = text.index(name)
    assert find_defined_acronyms(text, [Span(start, start + len(name), EntityType.ORGANIZATION)]) == defined
