"""Entities come from the article alone: hardly any is named only in the rest of the page."""

from pathlib import Path

import pytest

from evaluation.entities.contamination import Contamination, measure
from stream.events import Entity, EntityType, Mention
from stream.pipeline import Pipeline
from stream.settings import Settings


def person(name: str) -> Entity:
    return Entity(
        type=EntityType.PERSON, name=name, key=name, mentions=(Mention(surface=name, start=0, end=len(name)),)
    )


def test_an_entity_is_outside_if_no_mention_of_it_is_in_the_body() -> None:
    found = Contamination()
    found.add([person("Jane Roe"), person("John Doe")], "Jane Roe’s visit")
    assert (found.outside, found.entities, found.examples) == (1, 2, ["John Doe"])


@pytest.mark.shared_data
def test_hardly_any_entity_is_from_outside_the_article(shared_data: Path) -> None:
    ours, naive = measure(shared_data, Pipeline.from_settings(Settings()))
    assert naive.share > 0.4, "the pages have names outside their articles"
    assert ours.share < 0.02
    assert ours.entities > 600
