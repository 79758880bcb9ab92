"""What holds of every article whatever: mentions are exact, one key an entity, on real pages of all languages."""

from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.pages import body_of, read_rows
from stream.entities.text import article_of, language_of
from stream.entities.values import Described
from stream.pipeline import Pipeline
from stream.settings import Settings

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def bodies(shared_data: Path) -> list[str]:
    return [
        body
        for page in read_rows(shared_data / "pages" / "dev.jsonl.gz")
        if (body := body_of(page)) and len(body) < 20_000
    ]


def test_mentions_are_exact_in_every_article(bodies: list[str]) -> None:
    find_entities = Pipeline.from_settings(Settings()).since("recognise")
    languages = set()
    for body in bodies:
        language = language_of(body)
        languages.add(language)
        found = find_entities(article_of(body, language))
        assert isinstance(found, Described)
        assert found.recogniser != "none" or language != "en"
        mentions = sorted((m for entity in found.entities for m in entity.mentions), key=lambda m: (m.start, m.end))
        assert all(body[m.start : m.end] == m.surface for m in mentions)
        assert all(one.end <= other.start for one, other in pairwise(mentions))
        assert not [
            m.surface for m in mentions if m.surface.lower().startswith("the ") or m.surface.endswith(("'s", "’s"))
        ]
        keys = [(entity.type, entity.key) for entity in found.entities]
        assert len(keys) == len(set(keys))
        assert all(0 <= entity.salience <= 1 for entity in found.entities)
    assert len(languages) >= 8
