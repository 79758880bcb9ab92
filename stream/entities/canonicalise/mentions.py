"""Turns a recogniser's spans into an article's mentions: titles beside names, names complete, none missed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from stream.cleaning.particles import BEFORE_SURNAME
from stream.entities.names import fold
from stream.entities.titles import count_title_chars, find_roles, find_title_start
from stream.entities.values import NAME_TYPES, Span
from stream.events import EntityType

PERSON = EntityType.PERSON
_NOUNS_TOO = frozenset({"Bill", "Will", "Grant", "May"})  # given names that stand for something else behind "the"
_NOUN_BEFORE = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]his|that|any|each|new|its|their)|\s[A-Z][\w]+) \Z")
_GIVEN_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*[a-z][^\W\d_]*(?:-[^\W\d_]+)?")
_PARTICLES = re.compile(rf"\b{BEFORE_SURNAME} \Z")
_AFTER_INITIAL = re.compile(r"[A-Z]\. [A-Z][a-z]+\b")
_BESIDE_TITLES = frozenset({PERSON, EntityType.NATIONALITY})


@dataclass(frozen=True, slots=True)
class TitledMention:
    """A span with its surface, the surface's folded form, the titles before it and the roles in apposition to it."""

    span: Span
    surface: str
    folded: str
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


def separate_titles(text: str, spans: Sequence[Span]) -> list[TitledMention]:
    """The spans with titles cut off people's names and kept beside them; spans inside a title are dropped."""
    in_title = bytearray(len(text))
    mentions = []
    taken = 0
    for span in spans:
        if span.start < taken:
            continue  # the name before took this one's words
        titles: list[str] = []
        roles: list[str] = []
        span = _complete_name(text, span, taken)
        taken = span.end
        if span.type is PERSON:
            span, titles = _cut_titles(text, span)
            roles = find_roles(text, span.start, span.end)
            if titles and (begin := find_title_start(text, span.start)) < span.start:
                in_title[begin : span.start] = b"\1" * (span.start - begin)
        surface = text[span.start : span.end]
        if (
            surface in _NOUNS_TOO
            and not (titles or roles)
            and _NOUN_BEFORE.search(text, max(0, span.start - 16), span.start)
        ):
            continue
        if folded := fold(surface):
            mentions.append(TitledMention(span, surface, folded, tuple(titles), tuple(roles)))
    return [mention for mention in mentions if mention.span.type in _BESIDE_TITLES or not in_title[mention.span.start]]


def _complete_name(text: str, span: Span, free_from: int) -> Span:
    """A name of one word with the given name before it that a title announces ("spokesperson Michèle LaRose").

    Recognisers miss rare given names; ``free_from`` is where the name before this one ends.
    """
    if span.type in (PERSON, EntityType.ORGANIZATION) and " " not in text[span.start : span.end]:
        start = text.rfind(" ", 0, max(0, span.start - 1)) + 1
        given = text[start : span.start - 1]
        if start >= free_from and _GIVEN_NAME.fullmatch(given) and find_title_start(text, start) < start:
            return Span(start, span.end, PERSON)
    if span.type is PERSON and (particles := _PARTICLES.search(text, max(free_from, span.start - 14), span.start)):
        return Span(particles.start(), span.end, PERSON)
    if span.type is PERSON and (surname := _AFTER_INITIAL.match(text, span.end - 2)):
        return Span(span.start, surname.end(), PERSON)
    return span


def _cut_titles(text: str, span: Span) -> tuple[Span, list[str]]:
    """A person's span without the title in it, and the titles before the name."""
    if cut := count_title_chars(text[span.start : span.end]):
        span = Span(span.start + cut, span.end, PERSON)
    begin = find_title_start(text, span.start)
    titles = [text[begin : span.start].strip(" \"'(")] if begin < span.start else []
    return span, titles


def find_missed_mentions(text: str, mentions: Sequence[TitledMention], acronyms: Iterable[str]) -> list[TitledMention]:
    """Further occurrences of the names found, bare surnames of the people among them, and organisations' acronyms."""
    types = dict.fromkeys(acronyms, EntityType.ORGANIZATION)
    for mention in mentions:
        if mention.span.type in NAME_TYPES and len(mention.surface) > 1:
            types.setdefault(mention.surface, mention.span.type)
    surnames = {mention.surface.rpartition(" ")[2] for mention in mentions if mention.span.type is PERSON}
    for surname in surnames:
        if len(surname) > 3 and surname[0].isupper() and surname[-1].isalpha():
            types.setdefault(surname, PERSON)
    for noun in _NOUNS_TOO & types.keys():
        del types[noun]
    if not types:
        return []
    surfaces = list(types)
    matcher = ahocorasick_rs.AhoCorasick(
        surfaces,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        store_patterns=False,
        implementation=ahocorasick_rs.Implementation.NoncontiguousNFA,  # the quickest to build, for one text
    )
    taken = _CoveredText(mention.span for mention in mentions)
    found = []
    for pattern, start, end in matcher.find_matches_as_indexes(text):
        surface = surfaces[pattern]
        if not taken.overlaps(start, end) and _stands_alone(text, start, end):
            found.append(TitledMention(Span(start, end, types[surface]), surface, fold(surface)))
    return found


class _CoveredText:
    """The stretches of text that spans cover, to be asked from left to right."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._next = 0

    def overlaps(self, start: int, end: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next].end <= start:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next].start < end


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether [start:end] is no part of a longer word or name."""
    if (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum():
        return False
    after = text[end : end + 2]
    if len(after) == 2 and after[0] in " -" and after[1].isupper():
        return False
    before = text[max(0, start - 2) : start]
    return not (len(before) == 2 and before[1] in "-&")
