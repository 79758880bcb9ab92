"""The gazetteer finds a place under every spelling of its names and refuses a file that is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.gazetteer import Gazetteer, NameClass, PlaceKind, gazetteer, place_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Louis", "Saint Louis"),
        ("Mt. Vernon", "MOUNT VERNON"),
        ("Ft Worth", "Fort Worth"),
        ("the Netherlands", "Netherlands"),
        ("São Paulo", "Sao Paulo"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("King’s Lynn", "Kings Lynn"),
        ("W. Virginia", "West Virginia"),
        ("Trinidad and Tobago", "Trinidad & Tobago"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)
    assert gazetteer()(one) == gazetteer()(other) != []


def test_names_that_differ_have_keys_that_differ() -> None:
    assert place_key("The") == "the"
    assert place_key("N") == "n"
    assert place_key("Paris") != place_key("Parish")


def test_main_names_come_first_and_big_places_before_small_ones() -> None:
    found = gazetteer()("Paris")
    order = [(candidate.name_class, -candidate.magnitude) for candidate in found]
    assert found[0].geonames_id == 2988507
    assert order == sorted(order)


def test_a_candidate_knows_its_parents() -> None:
    texan = next(place for place in gazetteer()("Paris") if place.geonames_id == 4717560)
    (texas,) = (place for place in gazetteer()("Texas") if place.kind is PlaceKind.REGION)
    assert (texan.region, texan.country) == (texas.row, texas.country)
    assert gazetteer().country_code(texan.country) == "US"
    assert texan.kind is PlaceKind.CITY
    assert texan.name_class is NameClass.MAIN


def test_countries_are_found_by_their_code() -> None:
    russia = gazetteer().country("RU")
    assert russia is not None
    assert (russia.geonames_id, russia.kind) == (2017370, PlaceKind.COUNTRY)
    assert gazetteer().country("XX") is None


def test_every_country_of_iso_3166_has_its_own_row_and_capitals_are_marked() -> None:
    known = [place for code in ("FR", "DE", "TW", "PS", "VA", "XK", "HK") if (place := gazetteer().country(code))]
    assert len({place.row for place in known}) == 7
    assert gazetteer()("Ottawa")[0].capital


def test_abbreviations_are_marked() -> None:
    named = {place.name_class for place in gazetteer()("Calif.")}
    assert named == {NameClass.ABBREVIATION}


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(name: str) -> None:
    for place in gazetteer()(name):
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert place.geonames_id > 0


def test_the_version_of_the_data_is_its_digest() -> None:
    assert len(gazetteer().digest) == 16
    int(gazetteer().digest, 16)


def test_a_file_that_is_none_or_cut_short_says_how_to_make_one(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"something else entirely, but long enough for a header")
    with pytest.raises(ValueError, match=r"no gazetteer.*training\.places"):
        Gazetteer(other)
    cut = tmp_path / "cut.bin"
    whole = Path(__file__).parents[2] / "stream" / "entities" / "models" / "places.bin"
    cut.write_bytes(whole.read_bytes()[:100_000])
    with pytest.raises(ValueError, match=r"cut short.*training\.places"):
        Gazetteer(cut)
