"""Dates, sums of money, nationalities and bylines by their form."""

import pytest

from stream.entities.recognise.patterns import find_byline_zones, find_patterns
from stream.events import EntityType


def found(text: str, entity_type: EntityType) -> list[str]:
    spans, _ = find_patterns(text)
    return [text[span.start : span.end] for span in spans if span.type is entity_type]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It opened on March 3, 2024, in rain.", ["March 3, 2024"]),
        ("on Friday, 14 June 2019", ["Friday, 14 June 2019"]),
        ("He came in March and left in May.", ["March", "May"]),
        ("In 2024 and since 1998", ["2024", "1998"]),
        ("the 1990s", ["1990s"]),
        ("last month, next Friday, this year", ["last month", "next Friday", "this year"]),
        ("2025-04-18 was a day", ["2025-04-18"]),
        ("in May 2025", ["May 2025"]),
        ("Theresa May may march in", []),
        ("Mr. May said", []),
        ("about 2000 people", []),
        ("Sept. 11", ["Sept. 11"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert found(text, EntityType.DATE) == dates


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("It cost $2.5 million.", ["$2.5 million"]),
        ("US$3bn and £4.99", ["US$3bn", "£4.99"]),
        ("20 million euros", ["20 million euros"]),
        ("5 000", []),
        ("Rs 500 crore", ["Rs 500 crore"]),
        ("EUR 3,000", ["EUR 3,000"]),
        ("300 yen", ["300 yen"]),
        ("He won 3 games, 4 won", ["4 won"]),
        ("The dollar fell.", []),
    ],
)
def test_sums(text: str, sums: list[str]) -> None:
    assert found(text, EntityType.MONEY) == sums


def test_nationalities() -> None:
    text = "Chinese and South Korean firms met Danes; Germany, Swissair and the Romania team stayed."
    assert found(text, EntityType.NATIONALITY) == ["Chinese", "South Korean", "Danes"]


@pytest.mark.parametrize("language_cue", ["speaks", "into", "fluent"])
def test_a_language_is_no_nationality(language_cue: str) -> None:
    assert found(f"She {language_cue} Spanish", EntityType.NATIONALITY) == []


def test_bylines_and_credits_are_zones() -> None:
    text = "By Jane Roe\n\nIt rained. By Friday it was over.\n\nJohn Doe contributed to this report."
    _, credits_at = find_patterns(text)
    zones = [text[start:end] for start, end in find_byline_zones(text, credits_at, ())]
    assert sorted(zones) == ["By Jane Roe", "John Doe contributed to this report."]


def test_an_author_alone_on_a_line_is_a_zone() -> None:
    assert find_byline_zones("Jane Roe\n\nIt rained.", (), ["Jane Roe"]) == [(0, 8)]
