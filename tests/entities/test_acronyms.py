"""The table of acronyms."""

from stream.entities.acronyms import ACRONYMS, expanded, type_of_acronym
from stream.entities.dateline import AGENCIES
from stream.entities.demonyms import ADJECTIVE_OF, COUNTRY_OF
from stream.entities.names import fold
from stream.events import EntityType


def test_the_table_is_large_and_its_expansions_longer() -> None:
    assert len(ACRONYMS) >= 300
    assert all(len(expansion) > len(acronym) for acronym, expansion in ACRONYMS.items())


def test_spellings_of_an_acronym_agree() -> None:
    assert {expanded(EntityType.PLACE, fold(name)) for name in ("US", "U.S.", "USA", "United States")} == {
        "united states"
    }
    assert expanded(EntityType.ORGANIZATION, fold("N.A.T.O.")) == fold("North Atlantic Treaty Organization")
    assert type_of_acronym(fold("NATO"), "NATO") is EntityType.ORGANIZATION
    assert type_of_acronym(fold("Apple"), "Apple") is None


def test_an_agency_that_is_an_acronym_too_has_one_name() -> None:
    for signature, name in AGENCIES.items():
        known = expanded(EntityType.ORGANIZATION, fold(signature))
        assert known in (fold(signature), fold(name)), signature


def test_demonyms_point_to_countries() -> None:
    assert (COUNTRY_OF["Chinese"], COUNTRY_OF["South Koreans"], COUNTRY_OF["Dutch"]) == ("CN", "KR", "NL")
    assert ADJECTIVE_OF["Danes"] == "Danish"
    assert ADJECTIVE_OF["English"] == "English"
    assert all(len(code) == 2 and code.isupper() for code in COUNTRY_OF.values())
