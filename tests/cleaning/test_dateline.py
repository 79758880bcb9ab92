"""Datelines and agencies: where and by whom a report was filed, and never a word that only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.agencies import AGENCIES, agency_of
from stream.cleaning.dateline import agency_in_byline, closing_agency, read_dateline

FILED = [
    ("MOSCOW (AP) — A senior official", "MOSCOW (AP) —", "Moscow", "AP"),
    ("WASHINGTON, Nov 3 (Reuters) - The bank", "WASHINGTON, Nov 3 (Reuters) -", "Washington", "Reuters"),
    ("BERLIN (dpa) - Die Regierung", "BERLIN (dpa) -", "Berlin", "dpa"),
    ("Berlin/Frankfurt (dpa/tmn) - Wer heute", "Berlin/Frankfurt (dpa/tmn) -", "Berlin/Frankfurt", "dpa"),
    ("PARIS — The city", "PARIS —", "Paris", None),
    ("BEIJING, Nov. 3 (Xinhua) -- China", "BEIJING, Nov. 3 (Xinhua) --", "Beijing", "Xinhua"),
    ("KYIV, Ukraine (AP) — Russia", "KYIV, Ukraine (AP) —", "Kyiv, Ukraine", "AP"),
    ("ST. PETERSBURG, Fla. — A man", "ST. PETERSBURG, Fla. —", "St. Petersburg, Fla.", None),
    ("RIO DE JANEIRO, 3 de maio (EFE).- O", "RIO DE JANEIRO, 3 de maio (EFE).-", "Rio de Janeiro", "EFE"),
    ("New Delhi [India], May 3 (ANI): The", "New Delhi [India], May 3 (ANI):", "New Delhi, India", "ANI"),
    ("Graz - APA: Der Rat", "Graz - APA:", "Graz", "APA"),
    ("Graz/APA - Der Rat", "Graz/APA -", "Graz", "APA"),
    ("VIENNA — The council", "VIENNA —", "Vienna", None),
    ("LJUBLJANA - The council", "LJUBLJANA -", "Ljubljana", None),
    ("TAMPA, Fla. — The council", "TAMPA, Fla. —", "Tampa, Fla.", None),
    ("WARSAW, PAP - The council", "WARSAW, PAP -", "Warsaw", "PAP"),
    ("(Reuters) - Oil rose", "(Reuters) -", None, "Reuters"),
    ("Washington (AFP) – US officials", "Washington (AFP) –", "Washington", "AFP"),
    ("新华社北京11月3日电 记者", "新华社北京11月3日电", "北京", "Xinhua"),
]
NOT_FILED = [
    "Paris - a city of light",
    "He said (AP) that it was",
    "U.S. — The thing",
    "A senior official held talks",
    "Dallas-Fort Worth — a region",
    "The European Union – and others",
    "GUYANA: the country",
    "",
]


@pytest.mark.parametrize(("text", "dateline", "place", "agency"), FILED)
def test_a_dateline_is_found(text: str, dateline: str, place: str | None, agency: str | None) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.text, found.place, found.agency) == (dateline, place, agency)


@pytest.mark.parametrize("text", NOT_FILED)
def test_what_is_no_dateline_is_none(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("By JOHN DOE, Associated Press", "AP"),
        ("Von Anna Meier, dpa", "dpa"),
        ("By Ada Pa", None),
        ("By Sid Grossman", None),
        ("Jane Roe | REUTERS.COM", "Reuters"),
    ],
)
def test_an_agency_in_a_byline_is_a_whole_part_of_it(byline: str, agency: str | None) -> None:
    assert agency_in_byline(byline) == agency


def test_an_agency_may_sign_at_the_end() -> None:
    assert closing_agency("The talks go on, he said. (Reuters/AP)") == "Reuters"
    assert closing_agency("The association (AP) met in May.") is None


def test_there_are_sixty_agencies_and_no_name_belongs_to_two() -> None:
    assert len(AGENCIES) >= 60
    names = [alias for name, aliases in AGENCIES.items() for alias in {name, *aliases}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "agency"), [("reuters", "Reuters"), ("ap", None), ("associated press", "AP"), ("Pa", None)]
)
def test_short_names_count_only_as_they_are_signed(name: str, agency: str | None) -> None:
    assert agency_of(name) == agency


@given(st.text(max_size=400))
def test_any_text_begins_with_its_dateline(text: str) -> None:
    found = read_dateline(text)
    if found is not None:
        assert text.lstrip().startswith(found.text)


@pytest.mark.parametrize("text", ["A" * 100_000, "A, " * 50_000, "( " * 50_000, "Ab " * 50_000, "— " * 50_000])
def test_long_paragraphs_cost_no_more_than_short_ones(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize("byline", ["By Petra Lunt", "MARIA SANA", "Ana Lima", "By Ann Ek", "Beta Ek and Lusa Koss"])
def test_a_person_who_is_called_like_an_agency_is_none(byline: str) -> None:
    assert agency_in_byline(byline) is None
