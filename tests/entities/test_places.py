"""The place stage links what the article means, by the company that a name keeps, and leaves the doubtful alone."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.place.stage import Place
from stream.entities.place.weights import LEAST_CONFIDENCE
from stream.entities.text import article_of
from stream.entities.values import Canonicalised
from stream.events import Entity, EntityType, Link, Mention

place = Place()


def canonicalised(body: str, *names: str, url: str | None = None, publisher: str | None = None) -> Canonicalised:
    """Places by name; a name that begins with ``~`` is a nationality."""
    article = replace(article_of(body, "en"), url=url, publisher=publisher)
    return Canonicalised(article, tuple(_entity(body, name) for name in names), "test")


def _entity(body: str, name: str) -> Entity:
    kind = EntityType.NATIONALITY if name.startswith("~") else EntityType.PLACE
    name = name.lstrip("~")
    mentions = tuple(
        Mention(surface=name, start=found.start(), end=found.end()) for found in re.finditer(re.escape(name), body)
    )
    return Entity(type=kind, name=name, key=f"{kind.value.lower()}:{name.lower()}", mentions=mentions)


def links(body: str, *names: str, url: str | None = None, publisher: str | None = None) -> list[Link | None]:
    return [entity.link for entity in place(canonicalised(body, *names, url=url, publisher=publisher)).entities]


def ids(body: str, *names: str, url: str | None = None, publisher: str | None = None) -> list[str | None]:
    return [link.id if link else None for link in links(body, *names, url=url, publisher=publisher)]


def test_the_places_of_a_story_about_two_armies() -> None:
    body = "MOSCOW — China and Russia spoke of Ukraine; Taiwan was named in Beijing, a Chinese general said in Moscow."
    names = ("Moscow", "China", "Russia", "Ukraine", "Taiwan", "Beijing", "~Chinese")
    assert ids(body, *names) == ["524901", "1814991", "2017370", "690791", "1668284", "1816670", "1814991"]


def test_a_link_has_all_that_subscribers_are_promised() -> None:
    entity = place(canonicalised("They met in Beijing, China.", "Beijing")).entities[0]
    assert entity.key == "geonames:1816670"
    link = entity.link
    assert link is not None
    assert (link.source, link.id, link.countryCode, link.kind) == ("geonames", "1816670", "CN", "city")
    assert (link.latitude, link.longitude) == pytest.approx((39.9075, 116.39723))
    assert link.confidence is not None
    assert link.confidence > 0.8


@pytest.mark.parametrize(
    ("body", "name", "geonames_id"),
    [
        ("The fire in Paris, Texas, was out.", "Paris", "4717560"),
        ("The fire in Paris, Tex., was out.", "Paris", "4717560"),
        ("The fire in Paris (Texas) was out.", "Paris", "4717560"),
        ("The fire in Paris, France, was out.", "Paris", "2988507"),
        ("The fire in London, Ont., was out.", "London", "6058560"),
        ("The fire in Birmingham, Alabama, was out.", "Birmingham", "4049979"),
    ],
)
def test_the_state_behind_a_town_decides(body: str, name: str, geonames_id: str) -> None:
    assert ids(body, name) == [geonames_id]


def test_a_name_with_its_state_in_it_is_that_state_s_town() -> None:
    assert ids("The fire in Paris, Texas was out.", "Paris, Texas") == ["4717560"]


def test_the_neighbours_decide_which_georgia() -> None:
    assert ids("Georgia, Armenia and Azerbaijan agreed.", "Georgia", "Armenia", "Azerbaijan")[0] == "614540"
    assert ids("Georgia, Alabama and Florida agreed.", "Georgia", "Alabama", "Florida")[0] == "4197000"


def test_in_world_news_the_capitals_are_meant() -> None:
    body = "Washington and Paris told Islamabad that China, India, Pakistan, France and the United States would meet."
    names = ("Washington", "Paris", "Islamabad", "China", "India", "Pakistan", "France", "United States")
    assert ids(body, *names)[:3] == ["4140963", "2988507", "1176615"]


def test_a_publisher_s_name_says_where_it_is_at_home() -> None:
    at_home = ids("The fire in Paris was out.", "Paris", publisher="The Paris News (Texas)")
    assert at_home == ["4717560"]
    in_france = ids("Le feu à Paris est éteint.", "Paris", url="https://www.journal.example.fr/feu")
    assert in_france == ["2988507"]


@pytest.mark.parametrize("name", ["Springfield", "Zurbagan", "Earth", "X", "St.", "the", "12"])
def test_thin_evidence_gives_no_link(name: str) -> None:
    before = canonicalised(f"He came from {name} one day.", name)
    assert place(before) == before


def test_an_abbreviation_is_a_state_only_behind_a_place_or_with_its_dot() -> None:
    assert ids("He lives in Erie, PA now.", "Erie", "PA")[1] == "6254927"
    assert ids("He lives in western Pa. now.", "Pa.") == ["6254927"]
    assert ids("His Pa was glad.", "Pa") != ["6254927"]


@pytest.mark.parametrize(
    ("name", "geonames_id", "kind"),
    [
        ("U.S.", "6252001", "country"),
        ("Britain", "2635167", "country"),
        ("Hong Kong", "1819730", "country"),
        ("Singapore", "1880251", "country"),
        ("Bavaria", "2951839", "region"),
        ("Guangdong", "1809935", "region"),
        ("Middle East", "6269133", "region"),
        ("EU", "6695072", "region"),
        ("Red Sea", "235615", "feature"),
        ("Los Angeles County", "5368381", "region"),
        ("Kiev", "703448", "city"),
        ("Mumbai", "1275339", "city"),
    ],
)
def test_kinds_of_places(name: str, geonames_id: str, kind: str) -> None:
    (link,) = links(f"They left {name} yesterday.", name)
    assert link is not None
    assert (link.id, link.kind) == (geonames_id, kind)


@pytest.mark.parametrize(
    ("name", "geonames_id"),
    [("Texan", "4736286"), ("European", "6255148"), ("Sri Lankan", "1227603"), ("Danes", "2623032")],
)
def test_a_nationality_points_to_its_home(name: str, geonames_id: str) -> None:
    assert ids(f"A {name} ship came.", f"~{name}") == [geonames_id]


def test_people_and_organisations_are_left_alone() -> None:
    body = "Paris Hilton met London."
    before = canonicalised(body, "Paris Hilton", "London")
    as_people = replace(before, entities=tuple(replace(e, type=EntityType.PERSON) for e in before.entities))
    assert place(as_people) == as_people


def test_names_in_other_languages_link_as_they_are_spelt() -> None:
    german = "In München, Köln und Nürnberg in Bayern sagte Deutschland, Russland sei fern."
    names = ("München", "Köln", "Nürnberg", "Bayern", "Deutschland", "Russland")
    assert ids(german, *names) == ["2867714", "2886242", "2861650", "2951839", "2921044", "2017370"]
    assert ids("Москва и Киев", "Москва", "Киев") == ["524901", "703448"]


def test_one_page_says_nothing_of_the_next() -> None:
    story = canonicalised("The fire in Paris was out.", "Paris")
    alone = place(story)
    place(canonicalised("Paris, Texas, and Dallas, Texas.", "Paris", "Dallas", "Texas"))
    assert place(story) == alone


NAMES = st.sampled_from(
    ["Paris", "Georgia", "Texas", "US", "Moscow", "Springfield", "Jordan", "Red Sea", "Ala.", "München", "北京", "Qx"]
)


@given(
    st.lists(st.one_of(NAMES, st.text(min_size=1, max_size=12)), max_size=12),
    st.sampled_from([EntityType.PLACE, EntityType.NATIONALITY, EntityType.PERSON]),
    st.one_of(st.none(), st.text(max_size=30), st.just("https://www.parisnews.example.co.uk/a")),
)
def test_only_link_and_key_change_and_both_are_sound(names: list[str], kind: EntityType, url: str | None) -> None:
    body, entities = "", []
    for name in names:
        mention = Mention(surface=name, start=len(body), end=len(body) + len(name))
        entities.append(Entity(type=kind, name=name, key="untouched", mentions=(mention,)))
        body += f"{name}, "
    before = Canonicalised(replace(article_of(body or "-", "en"), url=url), tuple(entities), "test")
    after = place(before)
    assert [replace(entity, link=None, key="untouched") for entity in after.entities] == entities
    for entity in after.entities:
        if entity.link is None:
            assert entity.key == "untouched"
            continue
        assert kind is not EntityType.PERSON
        assert entity.key == f"geonames:{entity.link.id}"
        assert LEAST_CONFIDENCE <= (entity.link.confidence or 0) <= 1
        assert -90 <= (entity.link.latitude or 0) <= 90
        assert -180 <= (entity.link.longitude or 0) <= 180
        assert entity.link.kind in {"country", "region", "city", "feature"}
