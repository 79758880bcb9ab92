"""Turns a recogniser's spans into an article's mentions: titles beside names, one type a string, none missed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick_rs

from stream.entities.acronyms import type_of_acronym
from stream.entities.names import fold
from stream.entities.spans import Span
from stream.entities.titles import leading_title, roles_beside, title_before
from stream.events import EntityType

PERSON = EntityType.PERSON
_NAMES = frozenset({PERSON, EntityType.ORGANIZATION, EntityType.PLACE})


@dataclass(frozen=True, slots=True)
class Named:
    """A span with its surface, the surface's folded form, and the titles beside it."""

    span: Span
    surface: str
    folded: str
    titles: tuple[str, ...] = ()


def with_titles(text: str, spans: Sequence[Span]) -> Iterator[Named]:
    """The spans with titles cut off people's names and kept beside them; spans inside a title are dropped."""
    begun: list[tuple[int, int]] = []
    named: list[Named] = []
    for span in spans:
        titles: list[str] = []
        if span.type is PERSON:
            cut = leading_title(text[span.start : span.end])
            span = replace(span, start=span.start + cut)
            begin = title_before(text, span.start)
            if begin < span.start:
                titles.append(text[begin : span.start].strip())
                begun.append((begin, span.start))
            titles += roles_beside(text, span.start, span.end)
        surface = text[span.start : span.end]
        named.append(Named(span, surface, fold(surface), tuple(titles)))
    for name in named:
        inside = any(begin <= name.span.start and name.span.end <= end for begin, end in begun)
        if name.folded and not (inside and name.span.type is not EntityType.NATIONALITY):
            yield name


def typed_alike(named: Sequence[Named]) -> list[Named]:
    """One type for each string: what the tables say, else what titles, full names and the majority say."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    surnames = {name.folded.split()[-1] for name in named if name.span.type is PERSON and " " in name.folded}
    for name in named:
        if name.span.type not in _NAMES:
            continue
        votes[name.folded][name.span.type] += 1
        if name.titles:
            votes[name.folded][PERSON] += 2
        if known := type_of_acronym(name.folded, name.surface):
            votes[name.folded][known] += 5
    for surname in surnames & votes.keys():
        votes[surname][PERSON] += 1 if votes[surname][EntityType.PLACE] else votes[surname].total()
    winners = {folded: counter.most_common(1)[0][0] for folded, counter in votes.items()}
    return [
        replace(name, span=replace(name.span, type=winners[name.folded])) if name.span.type in _NAMES else name
        for name in named
    ]


def missed(text: str, named: Sequence[Named], acronyms: Iterable[str]) -> list[Named]:
    """Further occurrences of the names found, bare surnames of the people among them, and organisations' acronyms."""
    types = dict.fromkeys(acronyms, EntityType.ORGANIZATION)
    for name in named:
        if name.span.type in _NAMES and len(name.surface) > 1:
            types.setdefault(name.surface, name.span.type)
    for name in named:
        surname = name.surface.rpartition(" ")[2]
        if name.span.type is PERSON and len(surname) > 3 and surname[0].isupper() and surname[-1].isalpha():
            types.setdefault(surname, PERSON)
    if not types:
        return []
    surfaces = list(types)
    matcher = ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    taken = _Taken(name.span for name in named)
    found = []
    for pattern, start, end in matcher.find_matches_as_indexes(text):
        surface = surfaces[pattern]
        if not taken.overlaps(start, end) and _stands_alone(text, start, end):
            found.append(Named(Span(start, end, types[surface]), surface, fold(surface)))
    return found


class _Taken:
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
