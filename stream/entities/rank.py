"""Says how much the article is about each entity, so that a subscriber can filter without reading."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from stream.entities.names import fold, straighten
from stream.entities.values import Canonicalised, Described
from stream.events import Entity, EntityType, Mention
from stream.limits import MAX_ENTITIES

HEADLINE_WEIGHT, LEAD_WEIGHT, COUNT_WEIGHT, SPREAD_WEIGHT = 0.35, 0.2, 0.25, 0.2  # weights; they sum to 1
LEAD_CHARS = 400
MAX_COUNTED = 8  # mentions at which counting stops to matter
PARTS = 5  # the body is cut into so many equal parts to see how far an entity spreads
MAX_MAIN = 3
MIN_MAIN_SALIENCE = 0.2
_POSSESSIVE = re.compile(r"(?<=\w)'s?(?!\w)")


class Rank:
    """``Canonicalised`` to ``Described``: entities most salient first, and the article's main people, organisations
    and places.

    No more than ``max_entities`` are kept.

    Salience (0 to 1) weighs the headline, the first 400 characters, the number of mentions and their spread.
    """

    name = "rank"
    version = "2"

    def __init__(self, max_entities: int = MAX_ENTITIES) -> None:
        self._max_entities = max_entities

    def __call__(self, canonicalised: Canonicalised) -> Described:
        headline = f" {fold(_POSSESSIVE.sub('', straighten(canonicalised.article.headline or '')))} "
        merged = _merge_by_key(canonicalised.entities)
        peoples = {entity.key: entity.mentions for entity in merged if entity.type is EntityType.NATIONALITY}
        scored = (
            replace(entity, salience=_score_salience(_find_evidence(entity, peoples), len(canonicalised), headline))
            for entity in merged
        )
        ranked = sorted(scored, key=lambda entity: (-entity.salience, entity.mentions[0].start))
        entities = tuple(ranked[: self._max_entities])
        return Described(
            canonicalised.article,
            entities,
            canonicalised.recogniser,
            main_people=_choose_main(entities, EntityType.PERSON),
            main_organizations=_choose_main(entities, EntityType.ORGANIZATION),
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
    roles = dict.fromkeys(role for entity in same for role in entity.roles)
    fullest = max(same, key=lambda entity: len(entity.name))
    return replace(fullest, mentions=tuple(mentions), titles=tuple(titles), roles=tuple(roles))


def _find_evidence(entity: Entity, peoples: Mapping[str, tuple[Mention, ...]]) -> Sequence[Mention]:
    """The mentions that speak of an entity: of a country also those of its people."""
    if entity.type is not EntityType.PLACE or entity.key not in peoples:
        return entity.mentions
    return sorted((*entity.mentions, *peoples[entity.key]), key=lambda mention: mention.start)


def _score_salience(mentions: Sequence[Mention], body_chars: int, headline: str) -> float:
    """Salience by mentions in text order; ``headline`` is folded, with a space before and behind it."""
    surfaces = {fold(mention.surface) for mention in mentions}
    in_headline = any(f" {surface} " in headline for surface in surfaces if surface)
    parts = {mention.start * PARTS // max(1, body_chars) for mention in mentions}
    score = (
        HEADLINE_WEIGHT * in_headline
        + LEAD_WEIGHT * (mentions[0].start < LEAD_CHARS)
        + COUNT_WEIGHT * min(len(mentions), MAX_COUNTED) / MAX_COUNTED
        + SPREAD_WEIGHT * len(parts) / PARTS
    )
    return round(score, 3)


def _choose_main(entities: tuple[Entity, ...], entity_type: EntityType) -> tuple[str, ...]:
    """Names of up to three entities of a type, if they matter, most salient first."""
    chosen = (entity for entity in entities if entity.type is entity_type and entity.salience >= MIN_MAIN_SALIENCE)
    return tuple(entity.name for entity in islice(chosen, MAX_MAIN))
