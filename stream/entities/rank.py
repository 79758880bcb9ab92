"""Says how much the article is about each entity, so that a subscriber can filter without reading."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from stream.entities.names import fold
from stream.entities.values import Canonicalised, Described
from stream.events import Entity, EntityType
from stream.limits import MAX_ENTITIES

HEADLINE_WEIGHT, LEAD_WEIGHT, COUNT_WEIGHT, SPREAD_WEIGHT = 0.35, 0.2, 0.25, 0.2  # weights; they sum to 1
LEAD_CHARS = 400
MAX_COUNTED = 8  # mentions at which counting stops to matter
PARTS = 5  # the body is cut into so many equal parts to see how far an entity spreads
MAX_MAIN = 3
MIN_MAIN_SALIENCE = 0.2


class Rank:
    """``Canonicalised`` to ``Described``: entities most salient first, and the article's main people and places.

    No more than ``max_entities`` are kept.

    Salience (0 to 1) weighs the headline, the first 400 characters, the number of mentions and their spread.
    """

    name = "rank"
    version = "1"

    def __init__(self, max_entities: int = MAX_ENTITIES) -> None:
        self._max_entities = max_entities

    def __call__(self, canonicalised: Canonicalised) -> Described:
        headline = f" {fold(canonicalised.article.headline or '')} "
        merged = _merge_by_key(canonicalised.entities)
        scored = (replace(entity, salience=_score_salience(entity, len(canonicalised), headline)) for entity in merged)
        ranked = sorted(scored, key=lambda entity: (-entity.salience, entity.mentions[0].start))
        entities = tuple(ranked[: self._max_entities])
        return Described(
            canonicalised.article,
            entities,
            canonicalised.recogniser,
            main_people=_choose_main(entities, EntityType.PERSON),
            main_places=_choose_main(entities, EntityType.PLACE),
        )


def _merge_by_key(entities: Iterable[Entity]) -> list[Entity]:
    """One entity for each type and key: two names that the place stage found to be one place are one entity."""
    by_key: dict[tuple[EntityType, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        by_key[entity.type, entity.key].append(entity)
    return [_merge(same) for same in by_key.values()]


def _merge(same: list[Entity]) -> Entity:
    if len(same) == 1:
        return same[0]
    mentions = sorted((mention for entity in same for mention in entity.mentions), key=lambda mention: mention.start)
    titles = dict.fromkeys(title for entity in same for title in entity.titles)
    fullest = max(same, key=lambda entity: len(entity.name))
    return replace(fullest, mentions=tuple(mentions), titles=tuple(titles))


def _score_salience(entity: Entity, body_chars: int, headline: str) -> float:
    """Salience of an entity; ``headline`` is folded, with a space before and behind it."""
    surfaces = {fold(mention.surface) for mention in entity.mentions}
    in_headline = any(f" {surface} " in headline for surface in surfaces if surface)
    parts = {mention.start * PARTS // max(1, body_chars) for mention in entity.mentions}
    score = (
        HEADLINE_WEIGHT * in_headline
        + LEAD_WEIGHT * (entity.mentions[0].start < LEAD_CHARS)
        + COUNT_WEIGHT * min(len(entity.mentions), MAX_COUNTED) / MAX_COUNTED
        + SPREAD_WEIGHT * len(parts) / PARTS
    )
    return round(score, 3)


def _choose_main(entities: tuple[Entity, ...], entity_type: EntityType) -> tuple[str, ...]:
    """Names of up to three entities of a type, if they matter, most salient first."""
    chosen = (entity for entity in entities if entity.type is entity_type and entity.salience >= MIN_MAIN_SALIENCE)
    return tuple(entity.name for entity in islice(chosen, MAX_MAIN))
