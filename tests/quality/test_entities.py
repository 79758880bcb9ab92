"""The entity stages keep what was measured against the hand annotation; make bench-entities prints it all."""

from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.entities.annotated import AnnotatedArticle, read_annotated
from evaluation.entities.scores import MentionTally, score_articles
from stream.events import EntityType

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module", params=["dev", "train"])
def articles(request: pytest.FixtureRequest, shared_data: Path) -> list[AnnotatedArticle]:
    return read_annotated(shared_data, request.param)


def test_at_least_sixty_articles_are_annotated(shared_data: Path) -> None:
    assert sum(len(read_annotated(shared_data, split)) for split in ("dev", "train")) >= 60


def test_names_of_people_are_joined_and_hardly_ever_wrongly(articles: list[AnnotatedArticle]) -> None:
    found = score_articles(articles, given_mentions=True)
    assert found["PERSON"]["b3F1"] >= 0.95
    assert found["ORGANIZATION"]["b3F1"] >= 0.95
    assert found["PLACE"]["b3F1"] >= 0.95
    assert all(score["wrongMerges"] < 0.02 for score in found.values())


def test_people_are_found_and_joined_in_running_text(articles: list[AnnotatedArticle]) -> None:
    found = score_articles(articles, given_mentions=False)
    assert found["PERSON"]["b3F1"] >= 0.87
    assert found["PERSON"]["wrongMerges"] < 0.02


def test_a_perfect_answer_scores_one_and_a_merge_is_counted() -> None:
    gold = {(0, 1): 0, (2, 3): 0, (4, 5): 1}
    perfect, merged = MentionTally(), MentionTally()
    perfect.add(gold, {(0, 1): 7, (2, 3): 7, (4, 5): 8})
    merged.add(gold, dict.fromkeys(gold, 1))
    assert (perfect.b3_f1, perfect.mention_f1, perfect.wrong_merges) == (1, 1, 0)
    assert merged.wrong_merges == 1
    assert merged.b3_precision / merged.found == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)


def test_annotated_mentions_do_not_overlap(articles: list[AnnotatedArticle]) -> None:
    for article in articles:
        offsets = sorted(article.groups)
        assert all(one[1] <= other[0] for one, other in pairwise(offsets)), article.id
        assert set(article.types.values()) <= {EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE}
