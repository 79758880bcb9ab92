"""Finds places and agencies by their spelling alone, for texts in a language that no recogniser here knows.

Only what few other words are spelt like: countries, capitals, cities of half a million people, news agencies.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import ahocorasick_rs

from stream.cleaning.agencies import SIGNATURES
from stream.entities.gazetteer import NameClass, PlaceCandidate, PlaceKind, gazetteer
from stream.entities.tables.country_names import find_english_name, list_names
from stream.entities.tables.read import read_list
from stream.entities.values import Span
from stream.events import EntityType

MIN_MAGNITUDE = 5.7  # power of ten of a city's inhabitants
MIN_CHARS = 4
MIN_ALIAS_CHARS, MIN_ALIAS_FAME = 6, 1.5  # of another name of a city, and of the city that bears it
MAX_WORDS = 3
MAX_OPENER = 4  # letters of what is taken for a small word where a sentence begins: "Die USA", "Auch Mailand"
UNSPACED = frozenset({"zh", "ja", "ko"})
"""Languages that write no space around a name, or put endings to it."""
_COMMON_WORDS = frozenset(
    {"Essen", "Natal", "Nova", "Santiago", "Salvador", "Victoria", "Florencia", "Valencia", "Sophia", "Para", "Vila"}
)

_WORDS = re.compile(r"[^\W\d_]\w*(?:[-.·][^\W\d_]\w*)*")
_OPENS_SENTENCE = re.compile(r"(?:\A|[.!?:…\n\"«„(—–-])\W*\Z")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KOREAN_ENDING = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|에도|와|과|로|으로|도|만|까지|부터|측|산|인|군|행|발|내|산은|에는|에서는|의|과의|와의)?(?![\uac00-\ud7a3])"
)
_SHORT_BUT_CLEAR = ("AFP", "dpa", "EFE")
_WORDS_TOO = ("Petra", "The Conversation")
_ANYWHERE = frozenset(
    name for name in SIGNATURES if name in _SHORT_BUT_CLEAR or (len(name) > 4 and name not in _WORDS_TOO)
)


def find_listed_names(text: str, language: str) -> list[Span]:
    """Places and agencies in text with straight quotes, in no particular order; ``language`` is an ISO 639-1 code."""
    agencies = list(_find_agencies(text))
    taken = {span.start for span in agencies}
    places = _find_unspaced(text, language) if language in UNSPACED else _find_spaced(text, language)
    return agencies + [span for span in places if span.start not in taken]


def _find_agencies(text: str) -> Iterator[Span]:
    """Agencies' names that are no words, and all of them in brackets."""
    for _, start, end in _match_agencies().find_matches_as_indexes(text):
        in_brackets = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        if in_brackets or (text[start:end] in _ANYWHERE and not _touches_word(text, start, end)):
            yield Span(start, end, EntityType.ORGANIZATION)


def _touches_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or before == "_" or after.isalnum() or after == "_"


@cache
def _match_agencies() -> ahocorasick_rs.AhoCorasick:
    return _make_matcher(SIGNATURES)


def _find_spaced(text: str, language: str) -> Iterator[Span]:
    """Countries of several words, and runs of one to three words in capitals that are a place's name.

    A name within a longer name is none; a word that the text writes small as well is no part of a name that it opens.
    """
    compound = list(_find_compound_countries(text))
    yield from compound
    taken = {offset for span in compound for offset in range(span.start, span.end)}
    words = [(word.start(), word.end()) for word in _WORDS.finditer(text)]
    capital = [text[start].isupper() and start not in taken for start, _ in words]
    small = {text[start:end] for (start, end) in words if text[start].islower()}
    after = 0
    for first, (start, end) in enumerate(words):
        if first < after or not capital[first]:
            continue
        run = _measure_run(text, words, capital, first)
        after = first + run
        openers = (
            1 if _opens_sentence(text, start) and (end - start <= MAX_OPENER or text[start:end].lower() in small) else 0
        )
        for begin in range(first, first + min(openers + 1, run)):
            name_start, name_end = words[begin][0], words[after - 1][1]
            if after - begin <= MAX_WORDS and is_listed_place(text[name_start:name_end], language):
                yield Span(name_start, name_end, EntityType.PLACE)
                break


def _opens_sentence(text: str, start: int) -> bool:
    return bool(_OPENS_SENTENCE.search(text, max(0, start - 6), start))


def _measure_run(text: str, words: list[tuple[int, int]], capital: list[bool], first: int) -> int:
    """How many words in capitals follow one another from ``first``, single spaces between them."""
    last = first
    while last + 1 < len(words) and capital[last + 1] and text[words[last][1] : words[last + 1][0]] == " ":
        last += 1
    return last - first + 1


def _find_compound_countries(text: str) -> Iterator[Span]:
    """Countries whose names have several words: "Bosnia and Herzegovina", "República Democrática del Congo"."""
    for _, start, end in _match_compounds().find_matches_as_indexes(text):
        if not _touches_word(text, start, end):
            yield Span(start, end, EntityType.PLACE)


@cache
def _match_compounds() -> ahocorasick_rs.AhoCorasick:
    return _make_matcher(list_compound_countries())


def list_compound_countries() -> tuple[str, ...]:
    """Names of countries of several words, in all languages, those that they have every day as well."""
    return (*read_list("compound_countries.txt"), *(name for name in list_names() if " " in name))


@cache
def _match_unspaced(language: str) -> tuple[ahocorasick_rs.AhoCorasick, Sequence[str]]:
    names = list(dict.fromkeys((*read_list("unspaced_places.txt"), *list_names(language))))
    return _make_matcher(names), names


def _make_matcher(names: Sequence[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _find_unspaced(text: str, language: str) -> Iterator[Span]:
    """Places in Chinese, Japanese and Korean text; none that is part of a longer word in katakana or hangul."""
    matcher, _ = _match_unspaced(language)
    for _, start, end in matcher.find_matches_as_indexes(text):
        before, last, after = text[start - 1 : start], text[end - 1], text[end : end + 1]
        if _KATAKANA.match(last) and (_KATAKANA.match(before) or _KATAKANA.match(after)):
            continue
        if _HANGUL.match(last) and (_HANGUL.match(before) or not _KOREAN_ENDING.match(text, end)):
            continue
        if last.isascii() and (before.isalnum() or after.isalnum()):
            continue
        yield Span(start, end, EntityType.PLACE)


@lru_cache(maxsize=16384)
def is_listed_place(name: str, language: str = "en") -> bool:
    """Whether the name is a country's, a capital's or a big city's: in English first of all, elsewhere as well."""
    if language != "en" and find_english_name(language, name):
        return True
    if len(name) < MIN_CHARS or name in _COMMON_WORDS:
        return False
    bearers = gazetteer()(name)
    if language == "en":
        return any(is_known_to_the_world(place, own_spelling=False) for place in bearers[:1])
    return any(is_known_to_the_world(place, own_spelling=True) and _is_clear(name, place) for place in bearers)


def _is_clear(name: str, place: PlaceCandidate) -> bool:
    """Whether the name is long enough to be no word of some language, if it is not the place's first."""
    least = MIN_ALIAS_CHARS if place.kind is PlaceKind.CITY and not place.capital else MIN_CHARS + (not place.capital)
    return place.name_class is NameClass.MAIN or len(name) >= least


def is_known_to_the_world(place: PlaceCandidate, *, own_spelling: bool) -> bool:
    """Whether the place is a country, a capital or a big city.

    With ``own_spelling`` also under its other names.
    """
    if place.kind is PlaceKind.COUNTRY or (place.capital and not own_spelling):
        return True
    if place.kind is not PlaceKind.CITY or not (place.capital or place.magnitude >= MIN_MAGNITUDE):
        return False
    return place.name_class is NameClass.MAIN or (own_spelling and place.fame >= MIN_ALIAS_FAME)
