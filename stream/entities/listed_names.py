"""Finds places and agencies by their spelling alone, for texts in a language that no recogniser here knows.

Only what few other words are spelt like: countries, capitals, cities of half a million people, news agencies.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from stream.cleaning.agencies import SIGNATURES
from stream.entities.gazetteer import NameClass, PlaceKind, gazetteer
from stream.entities.values import Span
from stream.events import EntityType

MIN_MAGNITUDE = 5.7  # power of ten of a city's inhabitants
MIN_CHARS = 4
MAX_WORDS = 3
_COMMON_WORDS = frozenset({"Essen", "Natal", "Nova", "Santiago", "Salvador", "Victoria", "Florencia", "Valencia"})

_WORDS = re.compile(r"[^\W\d_][\w']*(?:-[^\W\d_][\w']*)*")
_SHORT_BUT_CLEAR = ("AFP", "dpa", "EFE")
_WORDS_TOO = ("Petra", "The Conversation")
_ANYWHERE = [name for name in SIGNATURES if name in _SHORT_BUT_CLEAR or (len(name) > 4 and name not in _WORDS_TOO)]
_IN_BRACKETS, _UNBRACKETED = ("|".join(map(re.escape, names)) for names in (SIGNATURES, _ANYWHERE))
_AGENCY = re.compile(rf"(?<=\()(?:{_IN_BRACKETS})(?=\))|\b(?:{_UNBRACKETED})\b")


def find_listed_names(text: str) -> list[Span]:
    """Places and agencies in text with straight quotes, in no particular order."""
    agencies = [Span(found.start(), found.end(), EntityType.ORGANIZATION) for found in _AGENCY.finditer(text)]
    taken = {span.start for span in agencies}
    return agencies + [span for span in _find_places(text) if span.start not in taken]


def _find_places(text: str) -> Iterator[Span]:
    """Runs of one to three words in capitals that are a place's name; a name within a longer name is none."""
    words = [(word.start(), word.end()) for word in _WORDS.finditer(text)]
    capital = [text[start].isupper() for start, _ in words]
    after = 0
    for first, (start, _) in enumerate(words):
        if first < after or not capital[first]:
            continue
        run = _measure_run(text, words, capital, first)
        if run <= MAX_WORDS and is_listed_place(text[start : words[first + run - 1][1]]):
            yield Span(start, words[first + run - 1][1], EntityType.PLACE)
        after = first + run


def _measure_run(text: str, words: list[tuple[int, int]], capital: list[bool], first: int) -> int:
    """How many words in capitals follow one another from ``first``, single spaces between them."""
    last = first
    while last + 1 < len(words) and capital[last + 1] and text[words[last][1] : words[last + 1][0]] == " ":
        last += 1
    return last - first + 1


@lru_cache(maxsize=16384)
def is_listed_place(name: str) -> bool:
    """Whether the name, first of all, is a country's, a capital's or a big city's."""
    if len(name) < MIN_CHARS or name in _COMMON_WORDS:
        return False
    return any(
        place.kind is PlaceKind.COUNTRY
        or place.capital
        or (place.kind is PlaceKind.CITY and place.name_class is NameClass.MAIN and place.magnitude >= MIN_MAGNITUDE)
        for place in gazetteer()(name)[:1]
    )
