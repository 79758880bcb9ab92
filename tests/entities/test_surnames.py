"""A surname that two people of an article bear is one of theirs, never a third person's."""

import re

import pytest

from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.text import article_of
from stream.entities.values import Recognised, Span
from stream.events import EntityType

canonicalise = Canonicalise()


def people(text: str, *names: str) -> dict[str, int]:
    """Name of each person to the number of mentions; the longer names are sought first."""
    spans: list[Span] = []
    for name in sorted(names, key=len, reverse=True):
        for found in re.finditer(re.escape(name), text):
            if all(found.end() <= span.start or span.end <= found.start() for span in spans):
                spans.append(Span(found.start(), found.end(), EntityType.PERSON))
    spans.sort(key=lambda span: span.start)
    done = canonicalise(Recognised(article_of(text, "en"), tuple(spans), "hand"))
    return {entity.name: len(entity.mentions) for entity in done.entities}


def test_a_title_tells_who_of_a_family_is_meant() -> None:
    text = (
        "Mr. Hale said no. His sister, Ines Hale, spoke with Rolf Hale for an hour. Ms. Hale left first. "
        "Mr. Hale stayed."
    )
    assert people(text, "Ines Hale", "Rolf Hale", "Hale") == {"Rolf Hale": 3, "Ines Hale": 2}


def test_without_a_title_it_is_who_was_named_last_and_a_relative_is_not() -> None:
    text = "Rolf Hale came late. His mother, Ines Hale, was ill. Hale said so."
    assert people(text, "Ines Hale", "Rolf Hale", "Hale") == {"Rolf Hale": 2, "Ines Hale": 1}


def test_before_anybody_is_named_in_full_it_is_the_first_who_is() -> None:
    text = "Hale won. Rolf Hale has run since May. Ines Hale coaches the team."
    assert people(text, "Ines Hale", "Rolf Hale", "Hale") == {"Rolf Hale": 2, "Ines Hale": 1}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Datuk Seri Azman Hamid spoke.", "person:azman hamid"),
        ("Tan Sri Wong Kai Meng paid.", "person:wong kai meng"),
        ("Dame Olive Frost sang.", "person:olive frost"),
        ("Sheikh Tamim Darwish came.", "person:tamim darwish"),
    ],
)
def test_a_style_of_any_culture_is_no_part_of_the_name(text: str, key: str) -> None:
    span = Span(0, text.rindex(" "), EntityType.PERSON)
    (entity,) = canonicalise(Recognised(article_of(text, "en"), (span,), "hand")).entities
    assert entity.key == key
    assert entity.titles == (text[: text.index(entity.name) - 1],)


def test_the_text_s_own_meaning_of_an_acronym_wins_whichever_comes_first() -> None:
    text = "The FBI (Federation of Border Inns) met. Later the FBI voted."
    spans = tuple(Span(at.start(), at.end(), EntityType.ORGANIZATION) for at in re.finditer("FBI", text))
    done = canonicalise(Recognised(article_of(text, "en"), spans, "hand"))
    assert [entity.key for entity in done.entities] == ["organization:federation of border inns"]


def test_whom_everybody_means_by_a_surname_has_one_key() -> None:
    alone = Recognised(article_of("Merkel spoke.", "en"), (Span(0, 6, EntityType.PERSON),), "hand")
    full = Recognised(article_of("Angela Merkel spoke.", "en"), (Span(0, 13, EntityType.PERSON),), "hand")
    assert [canonicalise(one).entities[0].key for one in (alone, full)] == ["person:angela merkel"] * 2
