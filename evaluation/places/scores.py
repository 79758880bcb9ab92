"""How many gold toponyms the place stage puts right, for the benchmark's table and the gate alike.

Gold mentions go in as entities. A mention is right if its link lies within 161 km of the answer; without a link it is
wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.places.gold import NEAR_KM, Answer, GoldArticle, distance, read
from stream.entities.place.stage import Place
from stream.events import Entity

HALVES = ("chosen", "kept back")


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold mention: how sure the link is (None without), and whether it is near, and whether the id is the same."""

    confidence: float | None
    near: bool
    same: bool


def judge(article: GoldArticle) -> list[Judged]:
    """Every gold mention of an article as the stage links it."""
    entities = Place()(article.canonicalised).entities
    return [
        _judged(entity, answer) for entity, answers in zip(entities, article.answers, strict=True) for answer in answers
    ]


def _judged(entity: Entity, answer: Answer) -> Judged:
    link = entity.link
    if link is None or link.latitude is None or link.longitude is None:
        return Judged(None, False, False)
    near = distance(answer, link.latitude, link.longitude) <= NEAR_KM
    return Judged(link.confidence, near, link.id == str(answer.geonames_id))


def accuracy(judged: Sequence[Judged]) -> float:
    """Share of the mentions with a link within 161 km."""
    return sum(mention.near for mention in judged) / len(judged)


def wrong(judged: Iterable[Judged]) -> float:
    """Share of the links that are further away."""
    linked = [mention for mention in judged if mention.confidence is not None]
    return sum(not mention.near for mention in linked) / len(linked)


def halves(folder: Path, corpus: str) -> dict[str, list[GoldArticle]]:
    """A corpus by half."""
    articles = read(folder / "places", corpus)
    return {name: [article for article in articles if article.half == half] for half, name in enumerate(HALVES)}
