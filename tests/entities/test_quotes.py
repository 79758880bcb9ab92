"""Quotes have the speaker whom the text names beside them, and none is given without one."""

import re

import pytest

from stream.entities.quote import FindQuotes
from stream.entities.text import article_of
from stream.entities.values import Described
from stream.events import Entity, EntityType, Mention

find_quotes = FindQuotes()
NAMES = {"Jane Roe": EntityType.PERSON, "Omar Diaz": EntityType.PERSON, "Harbour Bank": EntityType.ORGANIZATION}


def quotes(text: str, language: str = "en") -> list[tuple[str, str, bool]]:
    """Speaker, words and whether direct."""
    entities = []
    for name, entity_type in NAMES.items():
        surname = name.rpartition(" ")[2] if entity_type is EntityType.PERSON else name
        mentions = tuple(
            Mention(surface=found[0], start=found.start(), end=found.end())
            for found in re.finditer(f"{name}|{surname}", text)
        )
        if mentions:
            entities.append(Entity(type=entity_type, name=name, key=name, mentions=mentions))
    found = find_quotes(Described(article_of(text, language), tuple(entities), "test")).quotes
    return [(quote.speaker, text[quote.start : quote.end], quote.direct) for quote in found]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“We will wait for rain,” Jane Roe said.", "Jane Roe", "We will wait for rain,"),
        ("“We will wait for rain,” said the port's director Jane Roe.", "Jane Roe", "We will wait for rain,"),
        ('Jane Roe, the mayor, told Omar Diaz: "We will wait."', "Jane Roe", "We will wait."),
        ("“It is late,” said Harbour Bank economist Jane Roe.", "Jane Roe", "It is late,"),
        ("“Rates will not move,” Harbour Bank said in a note.", "Harbour Bank", "Rates will not move,"),
    ],
)
def test_the_speaker_stands_beside_the_words(text: str, speaker: str, words: str) -> None:
    assert quotes(text) == [(speaker, words, True)]


def test_a_second_piece_is_the_same_speaker_s() -> None:
    text = "“It is late,” Jane Roe said. “Omar Diaz has gone home by now.”\n\n“Nobody is left,” she added."
    assert [speaker for speaker, _, _ in quotes(text)] == ["Jane Roe"] * 3


def test_what_somebody_said_that_is_indirect() -> None:
    assert quotes("Jane Roe said that the port would close in May.") == [
        ("Jane Roe", "the port would close in May", False)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A “quiet” man called Jane Roe.",
        "“It rained for nine days,” a farmer said. Jane Roe was there.",
        "The film “Jane Roe and the Sea” opens in May.",
    ],
)
def test_what_nobody_is_said_to_have_said_is_none(text: str) -> None:
    assert quotes(text) == []


def test_other_languages_have_none_yet() -> None:
    assert quotes("“We will wait for rain,” Jane Roe said.", "de") == []
