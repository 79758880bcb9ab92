"""Wrapped text is read as its paragraphs; other text stays as it is."""

import textwrap
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.segment.stage import segment_text
from stream.cleaning.segment.wrapping import unwrap
from tests.cleaning.pages import document

SENTENCES = [
    "The ferry from Dover to Calais will open again in May, the mayor said on Monday, after a winter in which every "
    "crossing had been cancelled and most of its crew had found other work along the coast.",
    "She had written to the ministry twice, she said, and had an answer on the day that the last of the bakers on the "
    "quay closed for good. The first boat leaves at six in the morning with room for forty cars and their drivers.",
    "Tickets are sold from the first of April, at the price of the year before last, which nobody at the harbour could "
    "explain. Whoever has one from last winter may use it, if the sea allows, until the end of the summer holidays.",
]
PARAGRAPHS = [f"{first} {second}" for first, second in permutations(SENTENCES, 2)]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_wrapped_paragraph_is_one_block(width: int) -> None:
    text = "Menu\nHome\n\nFerry to open in May\n\n" + "\n\n".join(textwrap.fill(text, width) for text in PARAGRAPHS)
    blocks = segment_text(document(text, "text")).blocks
    assert [block.text for block in blocks] == ["Menu", "Home", "Ferry to open in May", *PARAGRAPHS]


def test_a_list_of_headlines_stays_a_list() -> None:
    lines = [f"Headline number {number} says what happened {'to the boats ' * (number % 4)}" for number in range(40)]
    assert unwrap([line.strip() for line in lines]) == [line.strip() for line in lines]


def test_lines_without_spaces_stay_apart() -> None:
    lines = ["東京の橋は月曜日に再び開通した。" * 4] * 10
    assert unwrap(lines) == lines


@given(st.lists(st.text(alphabet="ab .", max_size=90).map(lambda text: " ".join(text.split())), max_size=40))
def test_no_word_is_lost_or_moved(lines: list[str]) -> None:
    assert " ".join(unwrap(lines)).split() == " ".join(lines).split()
