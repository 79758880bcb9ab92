"""What an article is about comes first; what turns out to be one thing is one entity."""

from dataclasses import replace

from stream.entities.rank import Rank
from stream.entities.text import article_of
from stream.entities.values import Canonicalised, Described
from stream.events import Entity, EntityType, Mention

TEXT = "Ely flooded. " + "Rain fell on the fens for days. " * 40 + "In Wisbech it did not. Ely dried."


def entity(name: str, key: str, entity_type: EntityType = EntityType.PLACE) -> Entity:
    starts = [start for start in range(len(TEXT)) if TEXT.startswith(name, start)]
    mentions = tuple(Mention(surface=name, start=start, end=start + len(name)) for start in starts)
    return Entity(type=entity_type, name=name, key=key, mentions=mentions)


def ranked(*entities: Entity, headline: str | None = None) -> Described:
    return Rank()(Canonicalised(replace(article_of(TEXT, "en"), headline=headline), entities, "hand"))


def test_the_lead_the_count_and_the_spread_decide() -> None:
    found = ranked(entity("Wisbech", "place:wisbech"), entity("Ely", "place:ely"))
    assert [place.name for place in found.entities] == ["Ely", "Wisbech"]
    assert found.main_places == ("Ely",)


def test_the_headline_weighs_most() -> None:
    found = ranked(entity("Ely", "place:ely"), entity("Wisbech", "place:wisbech"), headline="WISBECH stays dry")
    assert found.entities[0].name == "Wisbech"
    assert found.main_places == ("Wisbech", "Ely")


def test_a_name_within_a_word_of_the_headline_does_not_count() -> None:
    plain, likely = ranked(entity("Ely", "place:ely")), ranked(entity("Ely", "place:ely"), headline="Floods likely")
    assert plain.entities[0].salience == likely.entities[0].salience


def test_two_names_of_one_place_are_one_entity() -> None:
    (place,) = ranked(entity("Wisbech", "geonames:1"), entity("Ely", "geonames:1")).entities
    assert place.name == "Wisbech"
    assert [mention.surface for mention in place.mentions] == ["Ely", "Wisbech", "Ely"]


def test_a_nationality_and_its_country_stay_two() -> None:
    found = ranked(entity("Ely", "geonames:1"), entity("Wisbech", "geonames:1", EntityType.NATIONALITY))
    assert len(found.entities) == 2


def test_a_possessive_in_the_headline_is_the_name() -> None:
    plain, owned = ranked(entity("Ely", "place:ely")), ranked(entity("Ely", "place:ely"), headline="Ely’s floods")
    assert owned.entities[0].salience > plain.entities[0].salience


def test_a_people_speaks_for_its_country() -> None:
    people = entity("Ely", "geonames:1", EntityType.NATIONALITY)
    alone = ranked(entity("Wisbech", "geonames:1"))
    with_people = ranked(entity("Wisbech", "geonames:1"), people)
    country = next(found for found in with_people.entities if found.type is EntityType.PLACE)
    assert country.salience > alone.entities[0].salience


def test_organisations_have_their_main_ones_too() -> None:
    found = ranked(entity("Ely", "organization:ely", EntityType.ORGANIZATION))
    assert found.main_organizations == ("Ely",)
