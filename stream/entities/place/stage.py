"""Puts places on the map: a GeoNames id, coordinates and a confidence for each place that the article means."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from zlib import crc32

from stream.entities.gazetteer import NameClass, PlaceCandidate, PlaceKind, gazetteer
from stream.entities.names import make_key, straighten
from stream.entities.place.context import Toponym, estimate_confidence, resolve
from stream.entities.place.namesakes import is_famous, leave_out_namesakes
from stream.entities.place.publisher import find_homes
from stream.entities.place.weights import ALONE, CERTAINTY, COMPANY, LEAST_CONFIDENCE
from stream.entities.tables.country_names import find_english_name
from stream.entities.tables.demonyms import COUNTRY_OF
from stream.entities.tables.features import Feature, find_feature
from stream.entities.values import Canonicalised
from stream.events import Entity, EntityType, Link, Mention

MAX_CANDIDATES = 32  # of the biggest; the hundredth San Antonio is never meant
BEYOND_DOUBT = 0.8  # probability of a famous place that is linked with at least
LEAST_FAMOUS = 0.6  # confidence, chosen by hand: in LGL and TR-News it hardly ever matters
FEATURES = "stream-features"  # the source of links to what ``tables/features.tsv`` lists
MAX_WEIGHT = 3.0  # of one name, however often it occurs

_PARENT = re.compile(r" ?[,(] ?([^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,3})")
_PARENT_KINDS = (PlaceKind.COUNTRY, PlaceKind.REGION)


class Place:
    """``Canonicalised`` to ``Canonicalised``: places and nationalities with a link and the link's key, where sure.

    Nothing is kept between pages: what is known of the publisher is what this page's address and publisher say.
    """

    name = "place"
    version = f"2-{gazetteer().digest}-{crc32(repr((ALONE, COMPANY, CERTAINTY, LEAST_CONFIDENCE)).encode()):08x}"

    def __call__(self, canonicalised: Canonicalised) -> Canonicalised:
        article, entities = canonicalised.article, list(canonicalised.entities)
        homes = find_homes(article.url, article.publisher)[:MAX_CANDIDATES]
        language = article.inLanguage or "en"
        toponyms = find_toponyms(canonicalised.body, entities, homes, language)
        resolve(list(toponyms.values()), Toponym(1.0, homes), ALONE, COMPANY)
        for index, toponym in toponyms.items():
            link = _make_link(toponym, own_spelling=not language.startswith("en"))
            if link.confidence is not None and link.confidence >= LEAST_CONFIDENCE:
                entities[index] = replace(entities[index], link=link, key=f"{link.source}:{link.id}")
        for index, entity in enumerate(entities):
            if entity.type is EntityType.PLACE and index not in toponyms and (feature := find_feature(entity.name)):
                entities[index] = _link_feature(entity, feature)
        return replace(canonicalised, entities=tuple(entities))


def find_toponyms(
    body: str, entities: Sequence[Entity], homes: Sequence[PlaceCandidate] = (), language: str = "en"
) -> dict[int, Toponym]:
    """The entities that the gazetteer knows, by their number: places, and nationalities through their home.

    ``homes`` are the places that the publisher may be of, ``language`` is the article's (BCP 47).
    """
    text, language = straighten(body), language.partition("-")[0].lower()
    named = [_make_toponym(text, entity, language) for entity in entities]
    leave_out_namesakes(named, homes, own_spelling=language != "en")
    return {number: toponym for number, toponym in enumerate(named) if toponym.candidates}


def _make_toponym(text: str, entity: Entity, language: str) -> Toponym:
    weight = min(MAX_WEIGHT, sqrt(len(entity.mentions)))
    if entity.type is EntityType.NATIONALITY:
        return Toponym(weight, _find_home_country(entity.name))
    if entity.type is not EntityType.PLACE:
        return Toponym(weight, [])
    name, *behind = (part.strip() for part in straighten(entity.name).split(","))
    parents = {parent for part in behind for parent in _find_parents(part)}
    for mention in entity.mentions:
        if (found := _PARENT.match(text, mention.end)) and found[1][0].isupper():
            parents |= _read_parents(found[1])
    if not parents and find_feature(name):
        return Toponym(weight, [])
    candidates = [place for place in _find_bearers(name, language) if _may_stand(place, text, entity.mentions)]
    return Toponym(weight, candidates[:MAX_CANDIDATES], frozenset(parents))


def _find_bearers(name: str, language: str) -> list[PlaceCandidate]:
    """The places so called in a language (ISO 639-1)."""
    everyday = find_english_name(language, name) if language != "en" else None
    return gazetteer()(everyday)[:1] if everyday else gazetteer()(name)


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


def _link_feature(entity: Entity, feature: Feature) -> Entity:
    """The entity under the feature's name, and on the map where the name tells which it is."""
    entity = replace(entity, key=make_key(EntityType.PLACE, feature.name))
    if feature.latitude is None:
        return entity
    link = Link(
        source=FEATURES,
        id=feature.folded.replace(" ", "-"),
        latitude=feature.latitude,
        longitude=feature.longitude,
        countryCode=feature.country,
        kind=feature.kind,
    )
    return replace(entity, link=link)


def _make_link(toponym: Toponym, *, own_spelling: bool) -> Link:
    """A link to the best candidate; one that is famous and beyond doubt is linked however little else the text says."""
    place, confidence = toponym.candidates[toponym.best], estimate_confidence(toponym, CERTAINTY)
    if toponym.probabilities[toponym.best] >= BEYOND_DOUBT and is_famous(place, own_spelling=own_spelling):
        confidence = max(confidence, LEAST_FAMOUS)
    return Link(
        source="geonames",
        id=str(place.geonames_id),
        latitude=place.latitude,
        longitude=place.longitude,
        countryCode=gazetteer().country_code(place.country),
        kind=place.kind.label,
        confidence=round(confidence, 3),
    )
