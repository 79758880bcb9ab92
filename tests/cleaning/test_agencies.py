"""The one list of news agencies."""

import re

import pytest

from stream.cleaning.agencies import AGENCIES, PICTURE_AGENCIES, PICTURE_SOURCE, agency_of
from stream.entities.tables.aliases import ACRONYMS


def test_agencies_that_sign_pictures_are_on_the_list() -> None:
    assert set(PICTURE_AGENCIES) <= AGENCIES.keys()


@pytest.mark.parametrize(
    ("name", "signs"), [("AFP", True), ("getty images", True), ("Picture-Alliance", True), ("Jane Doe", False)]
)
def test_pictures_are_signed_by_agencies_and_libraries(name: str, signs: bool) -> None:
    assert bool(re.fullmatch(PICTURE_SOURCE, name, re.IGNORECASE)) is signs


def test_an_acronym_of_an_agency_and_its_full_name_are_one_agency() -> None:
    agencies = {acronym: full for acronym, full in ACRONYMS.items() if agency_of(acronym)}
    assert agencies
    assert all(agency_of(acronym) == agency_of(full) for acronym, full in agencies.items())
