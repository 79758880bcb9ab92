"""A publisher's name and address say where it is at home, as far as they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.gazetteer import gazetteer
from stream.entities.place.publisher import find_homes


def ids(url: str | None, publisher: str | None = None) -> list[int]:
    return [place.geonames_id for place in find_homes(url, publisher)]


def test_a_newspaper_of_the_table_is_at_home_in_its_town() -> None:
    assert ids("https://www.dallasnews.com/a") == [4684888]
    assert ids("https://sports.dallasnews.com/a") == [4684888]


def test_the_place_in_a_publisher_s_name() -> None:
    assert ids(None, "The Paris News (Texas)") == [4717560]
    assert 2988507 in ids(None, "Paris Daily")
    assert 5128581 in ids(None, "New York Tribune")


@pytest.mark.parametrize(
    ("url", "geonames_id"),
    [
        ("https://www.paducahherald.example/a", 4048662),
        ("https://thepaducahtimes.example/a", 4048662),
        ("https://santafe-gazette.example/a", 5490263),
        ("https://news.paducah.example/a", 4048662),
    ],
)
def test_the_place_in_an_address(url: str, geonames_id: int) -> None:
    assert geonames_id in ids(url)


def test_an_english_paper_is_of_a_town_where_english_is_spoken_or_of_a_very_big_one() -> None:
    countries = {gazetteer().country_code(place.country) for place in find_homes("https://athensherald.example/", None)}
    assert "US" in countries
    assert "GR" not in countries
    assert 524901 in ids("https://themoscowtimes.example/")


def test_a_country_s_domain_tells_the_country_and_which_of_the_towns() -> None:
    assert ids("https://www.tagblatt.de/a") == [2921044]
    assert ids("https://www.bbc.co.uk/news") == [2635167]
    assert ids("https://thelondonnews.ca/a") == [6058560]


@pytest.mark.parametrize("url", [None, "", "not an address", "http://[broken", "https://localhost/", "https://x.io/a"])
def test_no_address_no_home(url: str | None) -> None:
    assert ids(url) == []


@given(st.one_of(st.none(), st.text(max_size=60)), st.one_of(st.none(), st.text(max_size=40)))
def test_any_address_and_any_publisher_can_be_asked(url: str | None, publisher: str | None) -> None:
    find_homes(url, publisher)
