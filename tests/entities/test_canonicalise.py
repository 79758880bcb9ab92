"""One entity for each real thing, all its mentions exact; on any text whatever."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.names import straighten, trim
from stream.entities.rank import Rank
from stream.entities.text import article_of
from stream.entities.values import Described, Recognised, Span
from stream.events import Entity, EntityType

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
TYPES = {"P": PERSON, "O": ORGANIZATION, "L": PLACE, "N": EntityType.NATIONALITY}
MARKED = re.compile(r"\[([POLN]) ([^\]]+)\]")


def described(marked: str, headline: str | None = None) -> Described:
    """Entities of a text whose spans are marked: ``[P Vladimir Putin] met [P Xi]``."""
    text, spans, at = "", [], 0
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found[2]), TYPES[found[1]]))
        text += found[2]
        at = found.end()
    article = article_of(text + marked[at:], "en")
    return Rank()(Canonicalise()(Recognised(article, tuple(spans), "marked")))


def entities(marked: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in described(marked).entities}


def surfaces(entity: Entity) -> list[str]:
    return [mention.surface for mention in entity.mentions]


def test_a_bare_surname_joins_the_full_name() -> None:
    found = entities("Gen. [P Zhang Youxia] came. Later [P Zhang] met [P Putin], as [P Vladimir Putin] said.")
    assert set(found) == {"Zhang Youxia", "Vladimir Putin"}
    assert surfaces(found["Zhang Youxia"]) == ["Zhang Youxia", "Zhang"]
    assert surfaces(found["Vladimir Putin"]) == ["Putin", "Vladimir Putin"]
    assert found["Zhang Youxia"].titles == ("Gen.",)


def test_a_missed_surname_is_found_later() -> None:
    found = entities("[P Sergei Shoigu] spoke. Shoigu’s visit ended; Shoigu left for Shoigu Street.")
    assert surfaces(found["Sergei Shoigu"]) == ["Sergei Shoigu", "Shoigu", "Shoigu"]


@pytest.mark.parametrize(
    "marked",
    ["PSPC spokesperson Michèle [O LaRose] said", "photographer [P Ellen M.] Banner said", "said Judge Ann [P Roe]"],
)
def test_a_name_found_in_part_is_completed(marked: str) -> None:
    (entity,) = described(marked).entities
    assert (entity.type, entity.name) in {(PERSON, "Michèle LaRose"), (PERSON, "Ellen M. Banner"), (PERSON, "Ann Roe")}


def test_particles_belong_to_the_surname() -> None:
    found = entities("[P Ursula von der Leyen] spoke. Von der [P Leyen] left; then von der [P Leyen] came.")
    assert surfaces(found["Ursula von der Leyen"]) == ["Ursula von der Leyen", "Von der Leyen", "von der Leyen"]


def test_a_shouted_full_name_is_fuller_than_a_surname() -> None:
    assert list(entities("[P DONALD TRUMP] met. [P Trump] left.")) == ["Donald Trump"]


def test_a_capital_that_nobody_in_the_article_is_called_is_a_place() -> None:
    assert entities("He left [P Geneva] for [P Nairobi].")["Nairobi"].type is PLACE
    assert entities("[P Paris Hilton] came. [P Paris] smiled.")["Paris Hilton"].type is PERSON


@pytest.mark.parametrize(
    ("name", "entity_type"),
    [
        ("West Bank", PLACE),
        ("Russian Federation", PLACE),
        ("World Bank", ORGANIZATION),
        ("Tea Federation", ORGANIZATION),
    ],
)
def test_what_the_map_knows_outweighs_the_last_word(name: str, entity_type: EntityType) -> None:
    assert [entity.type for entity in described(f"They met at the [L {name}].").entities] == [entity_type]


def test_a_bill_is_no_man() -> None:
    found = entities("[P Bill Shorten] read the [P Bill]. A new [P Bill] came. [P Bill] spoke. The Data Bill passed.")
    assert {name: surfaces(entity) for name, entity in found.items()} == {"Bill Shorten": ["Bill Shorten", "Bill"]}


def test_titles_are_cut_off_the_name() -> None:
    found = entities("Russian [O Defense] Minister [P Sergei Shoigu] and [P President Xi Jinping].")
    assert set(found) == {"Sergei Shoigu", "Xi Jinping"}
    assert found["Sergei Shoigu"].titles == ("Defense Minister",)
    assert found["Xi Jinping"].titles == ("President",)


@pytest.mark.parametrize(
    ("marked", "name", "count"),
    [
        ("The [O Central Military Commission] (CMC) met. The [O CMC] left.", "Central Military Commission", 3),
        ("The [O Central Military Commission] (CMC) met. The CMC left.", "Central Military Commission", 3),
        ("The [O North Atlantic Treaty Organization] met; [O NATO] left.", "North Atlantic Treaty Organization", 2),
        ("[O NATO] met; [O Nato] left.", "NATO", 2),
        ("[O Harbour Glass Inc.] grew. [O Harbour Glass] said so.", "Harbour Glass Inc.", 2),
        ("[O Fenland Rowing Union] met. [O FRU] voted.", "Fenland Rowing Union", 2),
        ("the [L United States], the [L U.S.] and the [L US]", "United States", 3),
        ("[L MOSCOW] is [L Moscow].", "Moscow", 2),
        ("[N Danes] like [N Danish] butter", "Danish", 2),
    ],
)
def test_names_of_one_thing_join(marked: str, name: str, count: int) -> None:
    found = entities(marked)
    assert list(found) == [name]
    assert len(found[name].mentions) == count


@pytest.mark.parametrize(
    "marked",
    [
        "[O Harbour Music] is not [O Harbour].",
        "[P Joe Biden] and [P Hunter Biden]",
        "[L Paris] and [P Paris Hilton]",
    ],
)
def test_names_of_two_things_stay_apart(marked: str) -> None:
    assert len(entities(marked)) == 2


def test_one_string_has_one_type_by_evidence() -> None:
    found = entities("[O Shoigu] came. [P Sergei Shoigu] spoke. [P Shoigu] left. [L NATO] and [O NATO] and [L NATO].")
    assert {entity.type for entity in found.values() if "Shoigu" in entity.name} == {PERSON}
    assert {entity.type for entity in found.values() if entity.name == "NATO"} == {ORGANIZATION}


def test_keys_are_stable_over_spellings() -> None:
    assert (
        entities("[P Andrés Manuel López Obrador]")["Andrés Manuel López Obrador"].key
        == "person:andres manuel lopez obrador"
    )
    assert entities("[O AP]")["AP"].key == entities("[O Associated Press]")["Associated Press"].key


def test_the_most_salient_come_first() -> None:
    found = described("[P Ann Roe] spoke. " + "x " * 400 + "[L Ely] and [P John Doe].", headline="x")
    assert found.entities[0].name == "Ann Roe"
    assert found.main_people[0] == "Ann Roe"
    assert all(0 <= entity.salience <= 1 for entity in found.entities)


words = st.text(st.characters(), min_size=1, max_size=12)
names = st.sampled_from(
    ["Zhang Youxia", "Zhang", "the White House", "O’Connor’s", "МОСКВА", "Владимир Путин", "北京", "محمد", "इंदौर", "U.S.",
     "Gen. Roe", "Jean-Luc", "Ellen M.", "Banner", "von der", "Leyen", "spokesman", "Ann", "(ER)", "Acme Inc.", "Bill", "the", "“Roe”", "Roe,", "São Paulo", "İstanbul", "ß", "ﬁ", "e\u0301a", "👩‍👩‍👧", "\ud800"]
)  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.one_of(names, words),
            st.sampled_from([None, *EntityType]),
            st.sampled_from([" ", "\n\n", ", ", "'s ", ""]),
        ),
        max_size=30,
    )
)
def test_mentions_are_exact_on_any_text(parts: list[tuple[str, EntityType | None, str]]) -> None:
    text, spans = "", []
    for surface, entity_type, gap in parts:
        if entity_type:
            spans.append(Span(len(text), len(text) + len(surface), entity_type))
        text += surface + gap
    cut = [span for span in (trim(straighten(text), span) for span in spans) if span]
    found = Rank()(Canonicalise()(Recognised(article_of(text, None), tuple(cut), "random")))
    mentions = sorted((mention for entity in found.entities for mention in entity.mentions), key=lambda m: m.start)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface == mention.surface.strip()
        assert not mention.surface.lower().startswith(("the ", "“", '"'))
        assert not mention.surface.endswith(("’s", "'s", ",", ";", "”"))
    for mention, after in pairwise(mentions):
        assert mention.end <= after.start
    assert len({(entity.type, entity.key) for entity in found.entities}) == len(found.entities)
