"""Decides what a string names in one article: one type for each string, by what the tables and the article say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from stream.entities.canonicalise.mentions import TitledMention
from stream.entities.gazetteer import gazetteer
from stream.entities.listed_names import is_listed_place
from stream.entities.tables.aliases import find_acronym_type
from stream.entities.tables.features import find_feature
from stream.entities.tables.people import HOUSEHOLD_NAMES
from stream.entities.tables.read import read_pairs
from stream.entities.values import NAME_TYPES
from stream.events import EntityType

PERSON, PLACE = EntityType.PERSON, EntityType.PLACE
TITLE_VOTES, TABLE_VOTES = 2, 5  # votes; the recogniser has one for each mention

_BANKS_OF_RIVERS = frozenset({"west bank", "east bank", "left bank", "right bank", "south bank", "north bank"})
_HEAD_NOUNS = {
    noun: EntityType[name] for noun, name in read_pairs("head_nouns.tsv", {1: ("ORGANIZATION", "PLACE")}).items()
}

_IN = re.compile(
    r"(?<!interested )(?<!interest )(?<!believe )(?<!faith )(?<!trust )(?<!confidence )"
    r"\b(?:in|near|outside|places? like"
    r"|(?:residents|villagers|people|town|city|village|villages|towns|streets|outskirts|north|south|east|west) of) \Z"
)
_SPEAKS = re.compile(
    r",? (?:said|says|told|added|asked|wrote|who|whose)\b|, \d\d\b|'s (?:mother|father|wife|husband)\b"
)

Votes = dict[str, dict[EntityType, int]]


def agree_on_types(text: str, mentions: Sequence[TitledMention]) -> list[TitledMention]:
    """The names of a text with straight quotes, all of one folded form with the type that has most votes."""
    votes = _count_votes(mentions)
    full_names = [
        mention.folded.split() for mention in mentions if mention.span.type is PERSON and " " in mention.folded
    ]
    _hear_full_names(votes, {words[-1] for words in full_names})
    words_of_people = {word for words in full_names if len(words) > 1 for word in words}
    _hear_the_map(votes, mentions, words_of_people)
    _hear_prepositions(votes, text, mentions, words_of_people)
    winners = {folded: max(ballot, key=ballot.__getitem__) for folded, ballot in votes.items()}
    return [_set_type(mention, winners.get(mention.folded, mention.span.type)) for mention in mentions]


def _count_votes(mentions: Sequence[TitledMention]) -> Votes:
    """The recogniser's votes, and those of titles and tables, for each folded name."""
    votes: Votes = {}
    for mention in mentions:
        if mention.span.type not in NAME_TYPES:
            continue
        ballot = votes.setdefault(mention.folded, {})
        ballot[mention.span.type] = ballot.get(mention.span.type, 0) + 1
        if mention.titles or mention.roles:
            ballot[PERSON] = ballot.get(PERSON, 0) + TITLE_VOTES
        if known := _look_up_type(mention.surface, mention.folded):
            ballot[known] = ballot.get(known, 0) + TABLE_VOTES
    return votes


@lru_cache(maxsize=8192)
def _look_up_type(surface: str, folded: str) -> EntityType | None:
    """What the tables say of a name."""
    if surface in HOUSEHOLD_NAMES:
        return PERSON
    if folded in _BANKS_OF_RIVERS or (" " in folded and is_listed_place(surface)):
        return PLACE  # the Russian Federation is a country, whatever federations are
    first, _, last = folded.rpartition(" ")
    if first and find_feature(folded):
        return PLACE
    return (_HEAD_NOUNS.get(last) if first else None) or find_acronym_type(folded, surface)


def _hear_full_names(votes: Votes, surnames: set[str]) -> None:
    """A surname of someone in the article is a person's, however often it was mistaken for an organisation."""
    for surname in surnames & votes.keys():
        ballot = votes[surname]
        ballot[PERSON] = ballot.get(PERSON, 0) + (1 if PLACE in ballot else 1 + sum(ballot.values()))


def _hear_the_map(votes: Votes, mentions: Sequence[TitledMention], words_of_people: set[str]) -> None:
    """A country or a big city that was taken for a person is one, unless a person in the article is so called."""
    for mention in mentions:
        ballot = votes.get(mention.folded)
        if (
            ballot is None
            or ballot.keys() != {PERSON}
            or mention.titles
            or mention.roles
            or mention.folded in words_of_people
        ):
            continue
        if is_listed_place(mention.surface):
            ballot[PLACE] = 1 + ballot[PERSON]


def as_organisation(mention: TitledMention) -> TitledMention:
    """The name as an organisation's, whatever it was taken for."""
    return _set_type(mention, EntityType.ORGANIZATION)


def _hear_prepositions(votes: Votes, text: str, mentions: Sequence[TitledMention], words_of_people: set[str]) -> None:
    """A name that things are in or near, and that never speaks, is a place's: "residents of Ha Pitso"."""
    places: dict[str, int] = {}
    people = {folded for folded, ballot in votes.items() if len(ballot) == 1 and PERSON in ballot} - words_of_people
    for mention in mentions:
        if mention.folded not in people or mention.titles:
            continue
        start, end = mention.span.start, mention.span.end
        if _SPEAKS.match(text, end):
            places[mention.folded] = -len(mentions)
        elif _IN.search(text, max(0, start - 24), start) and not text.startswith("'", end):
            places[mention.folded] = places.get(mention.folded, 0) + 1
    for folded, count in places.items():
        if count > 0 and (2 * count >= votes[folded][PERSON] or gazetteer()(folded)):
            votes[folded][PLACE] = 1 + votes[folded][PERSON]


def _set_type(mention: TitledMention, entity_type: EntityType) -> TitledMention:
    if mention.span.type is entity_type or mention.span.type not in NAME_TYPES:
        return mention
    return replace(mention, span=replace(mention.span, type=entity_type))
