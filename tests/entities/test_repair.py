"""Names that the recogniser cut are whole again, and those that it left whole stay as they were."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.recognise.repair import repair_names
from stream.entities.values import Span
from stream.events import EntityType

TYPES = {"P": EntityType.PERSON, "O": EntityType.ORGANIZATION, "L": EntityType.PLACE}


def repaired(text: str, *names: str) -> list[str]:
    """``names``: type, colon, surface, as the recogniser is to have found them, each at its first place."""
    spans = []
    for name in names:
        kind, _, surface = name.partition(":")
        start = text.index(surface)
        spans.append(Span(start, start + len(surface), TYPES[kind]))
    letters = {entity_type: letter for letter, entity_type in TYPES.items()}
    return [f"{letters[span.type]}:{text[span.start : span.end]}" for span in repair_names(text, spans)]


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("It left Antigua and Barbuda on Monday.", ["L:Antigua", "L:Barbuda"], ["L:Antigua and Barbuda"]),
        ("The Republic of the Congo agreed.", ["O:Republic", "L:Congo"], ["L:Republic of the Congo"]),
        (
            "The Royal Academy of Bell Ringers and Carillonneurs met.",
            ["O:Royal Academy", "O:Bell Ringers"],
            ["O:Royal Academy of Bell Ringers and Carillonneurs"],
        ),
        (
            "The National Council on Winter Roads will meet on Friday.",
            ["O:National Council"],
            ["O:National Council on Winter Roads"],
        ),
        (
            "the Department for Rivers, Ponds and Coastal Affairs said",
            ["O:Department"],
            ["O:Department for Rivers, Ponds and Coastal Affairs"],
        ),
        ("the Lock Keepers' Association wants", ["O:Association"], ["O:Lock Keepers' Association"]),
        (
            "Kent and Surrey Police stopped it. Kent and Surrey Police said so.",
            ["L:Kent", "O:Surrey Police"],
            ["O:Kent and Surrey Police", "O:Kent and Surrey Police"],
        ),
        ("Officers of Durham Police ran.", ["L:Durham"], ["O:Durham Police"]),
        ("A shop of Macy's closed.", ["P:Macy"], ["O:Macy's"]),
        ("Tilly's has sold it. Guests of Tilly's come back.", ["P:Tilly"], ["O:Tilly's", "O:Tilly's"]),
        (
            "the envoy to the African Union Hanna Brekke said",
            ["O:African Union Hanna Brekke"],
            ["O:African Union", "P:Hanna Brekke"],
        ),
        ("according to Ujwal Das, a dealer", ["P:Das"], ["P:Ujwal Das"]),
        ("The paper Göteborgs-Posten asked 7-Eleven.", ["P:Göteborgs-Posten"], ["O:Göteborgs-Posten", "O:7-Eleven"]),
        ("Elena De Los Reyes won.", ["P:Elena De", "L:Los Reyes"], ["P:Elena De Los Reyes"]),
        ("The newspaper Ystads Allehanda said so.", ["P:Ystads Allehanda"], ["O:Ystads Allehanda"]),
        ("Hands Off Our Pier, which marched on Sunday, won.", [], ["O:Hands Off Our Pier"]),
    ],
)
def test_a_name_is_whole_again(text: str, cut: list[str], whole: list[str]) -> None:
    assert repaired(text, *cut) == whole


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russia's Defence Ministry on Sunday said so.", ["L:Russia", "O:Defence Ministry"]),
        ("the Bank of England and HSBC said", ["O:Bank of England", "O:HSBC"]),
        ("Officers from France and Leeds Police met.", ["L:France", "O:Leeds Police"]),
        ("the Ministry of Justice. Retrieved in May", ["O:Ministry of Justice"]),
        ("Yesterday Ray left.", ["P:Ray"]),
        ("Ray left.", ["P:Ray"]),
        ("The newspaper Ray bought was late. Ada Ray sold it.", ["P:Ray", "P:Ada Ray"]),
        ("A word\nRay left.", ["P:Ray"]),
        ("Wendy's mother met Wendy at noon.", ["P:Wendy"]),
        ("the Council on Monday", ["O:Council"]),
        ("the University of Oxford and Yale University", ["O:University of Oxford", "O:Yale University"]),
        ("Coach Rivera spoke with Ray.", ["P:Rivera", "P:Ray"]),
    ],
)
def test_what_was_whole_stays(text: str, names: list[str]) -> None:
    assert repaired(text, *names) == names


NAMES = [
    "Ray",
    "Lima",
    "Royal College",
    "Police",
    "Kent",
    "Wendy's",
    "Union",
    "On",
    "For",
    "of",
    "and",
    "the",
    "said",
    "Mr.",
]


@given(st.lists(st.sampled_from(NAMES), max_size=14), st.data())
def test_whatever_comes_in_spans_stay_in_order_and_apart(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    types = st.sampled_from(list(TYPES.values()))
    found = repair_names(text, [Span(*pair, data.draw(types)) for pair in pairs if text[slice(*pair)].strip()])
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
