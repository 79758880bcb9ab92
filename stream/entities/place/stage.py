"""Puts places on the map: a GeoNames id, coordinates and a confidence for each place that the article means."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from zlib import crc32

from stream.entities.gazetteer import NameClass, PlaceCandidate, PlaceKind, gazetteer
from stream.entities.names import straighten
from stream.entities.place.context import Toponym, estimate_confidence, resolve
from stream.entities.place.publisher import find_homes
from stream.entities.place.weights import ALONE, CERTAINTY, COMPANY, LEAST_CONFIDENCE
from stream.entities.tables.demonyms import COUNTRY_OF
from stream.entities.values import Canonicalised
from stream.events import Entity, EntityType, Link, Mention

MAX_CANDIDATES = 32  # of the biggest; the hundredth San Antonio is never meant
MAX_WEIGHT = 3.0  # of one name, however often it occurs

_PARENT = re.compile(r" ?[,(] ?([^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,3})")
_PARENT_KINDS = (PlaceKind.COUNTRY, PlaceKind.REGION)


class Place:
    """``Canonicalised`` to ``Canonicalised``: places and nationalities with a link and the link's key, where sure.

    Nothing is kept between pages: what is known of the publisher is what this page's address and publisher say.
    """

    name = "place"
    version = f"{gazetteer().digest}-{crc32(repr((ALONE, COMPANY, CERTAINTY, LEAST_CONFIDENCE)).encode()):08x}"

    def __call__(self, canonicalised: Canonicalised) -> Canonicalised:
        article, entities = canonicalised.article, list(canonicalised.entities)
        toponyms = find_toponyms(canonicalised.body, entities)
        home = Toponym(1.0, find_homes(article.url, article.publisher)[:MAX_CANDIDATES])
        resolve(list(toponyms.values()), home, ALONE, COMPANY)
        for index, toponym in toponyms.items():
            link = _make_link(toponym)
            if link.confidence is not None and link.confidence >= LEAST_CONFIDENCE:
                entities[index] = replace(entities[index], link=link, key=f"{link.source}:{link.id}")
        return replace(canonicalised, entities=tuple(entities))


def find_toponyms(body: str, entities: Sequence[Entity]) -> dict[int, Toponym]:
    """The entities that the gazetteer knows, by their number: places, and nationalities through their home."""
    text = straighten(body)
    return {
        number: toponym for number, entity in enumerate(entities) if (toponym := _make_toponym(text, entity)).candidates
    }


def _make_toponym(text: str, entity: Entity) -> Toponym:
    weight = min(MAX_WEIGHT, sqrt(len(entity.mentions)))
    if entity.type is EntityType.NATIONALITY:
        return Toponym(weight, _find_home_country(entity.name))
    if entity.type is not EntityType.PLACE:
        return Toponym(weight, [])
    name, *behind = (part.strip() for part in straighten(entity.name).split(","))
    parents = {parent for part in behind for parent in _find_parents(part)}
    for mention in entity.mentions:
        if found := _PARENT.match(text, mention.end):
            parents |= _read_parents(found[1])
    candidates = [candidate for candidate in gazetteer()(name) if _may_stand(candidate, text, entity.mentions)]
    return Toponym(weight, candidates[:MAX_CANDIDATES], frozenset(parents))


def _find_home_country(nationality: str) -> list[PlaceCandidate]:
    """The country, or else the region or the continent, whose people are so called."""
    if country := gazetteer().country(COUNTRY_OF.get(nationality, "")):
        return [country]
    return [candidate for candidate in gazetteer()(nationality) if candidate.kind is PlaceKind.REGION]


def _read_parents(words: str) -> set[int]:
    """The countries and regions that as many as possible of the first words name."""
    parts = words.split()
    for size in range(len(parts), 0, -1):
        if rows := _find_parents(" ".join(parts[:size])):
            return rows
    return set()


def _find_parents(name: str) -> set[int]:
    return {candidate.row for candidate in gazetteer()(name) if candidate.kind in _PARENT_KINDS}


def _may_stand(candidate: PlaceCandidate, text: str, mentions: Sequence[Mention]) -> bool:
    """Whether the name may mean the candidate here: "PA" is a state only behind another place, "Pa." anywhere."""
    return candidate.name_class is not NameClass.ABBREVIATION or any(
        "." in text[mention.start : mention.end + 1] or "," in text[max(0, mention.start - 2) : mention.start]
        for mention in mentions
    )


def _make_link(toponym: Toponym) -> Link:
    place = toponym.candidates[toponym.best]
    return Link(
        source="geonames",
        id=str(place.geonames_id),
        latitude=place.latitude,
        longitude=place.longitude,
        countryCode=gazetteer().country_code(place.country),
        kind=place.kind.label,
        confidence=round(estimate_confidence(toponym, CERTAINTY), 3),
    )
