"""The table of acronyms."""

from stream.entities.names import fold
from stream.entities.tables.aliases import ACRONYMS, expand_alias, find_acronym_type
from stream.entities.tables.demonyms import ADJECTIVE_OF, COUNTRY_OF
from stream.events import EntityType


def test_the_table_is_large_and_its_expansions_longer() -> None:
    assert len(ACRONYMS) >= 300
    assert all(len(expansion) > len(acronym) for acronym, expansion in ACRONYMS.items())


def test_spellings_of_an_acronym_agree() -> None:
    assert {expand_alias(EntityType.PLACE, fold(name)) for name in ("US", "U.S.", "USA", "United States")} == {
        "united states"
    }
    assert expand_alias(EntityType.ORGANIZATION, fold("N.A.T.O.")) == fold("North Atlantic Treaty Organization")
    assert find_acronym_type(fold("NATO"), "NATO") is EntityType.ORGANIZATION
    assert find_acronym_type(fold("Apple"), "Apple") is None


def test_an_agency_goes_by_the_same_name_signed_in_short_or_in_full() -> None:
    for short, full in (
        ("AP", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("UPI", "United Press International"),
    ):
        assert expand_alias(EntityType.ORGANIZATION, fold(short)) == fold(full)


def test_demonyms_point_to_countries() -> None:
    assert (COUNTRY_OF["Chinese"], COUNTRY_OF["South Koreans"], COUNTRY_OF["Dutch"]) == ("CN", "KR", "NL")
    assert ADJECTIVE_OF["Danes"] == "Danish"
    assert ADJECTIVE_OF["English"] == "English"
    assert all(len(code) == 2 and code.isupper() for code in COUNTRY_OF.values())
