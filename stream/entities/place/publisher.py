"""Says where a publisher is at home, as far as its name and its address tell."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stream.cleaning.addresses import hostname_of
from stream.entities.gazetteer import NameClass, PlaceCandidate, PlaceKind, gazetteer
from stream.entities.names import fold
from stream.entities.tables.read import read_list

_PRESS_WORDS = frozenset(read_list("press_words.txt"))
_PARENTHESIS = re.compile(r"[(,]\s*([^(),]+)")
_COUNTRY_DOMAINS = {"uk": "GB", "eu": ""}
_NOT_COUNTRIES = frozenset(read_list("domains_sold_to_all.txt"))
_ENGLISH = ("US", "GB", "CA", "AU", "IE", "NZ")
BIG_MAGNITUDE = 6.0  # magnitude
MIN_LETTERS = 4  # letters of a place in an address


@lru_cache(maxsize=1024)
def find_homes(url: str | None, publisher: str | None) -> tuple[PlaceCandidate, ...]:
    """Where a known publisher is; else the places in its name, or its host's, or its domain's country; maybe none."""
    labels = _split_host(url)
    for start in range(len(labels) - 1):
        if known := gazetteer().home(".".join(labels[start:])):
            return tuple(known)
    country = _find_country(labels[-1]) if labels else None
    found = _find_named_places(publisher) if publisher else []
    found = found or [place for label in labels[:-1] for place in _find_spelt_places(label)]
    if country:
        found = [place for place in found if place.country == country.row] or [country]
    return tuple(found)


def _split_host(url: str | None) -> list[str]:
    return [label for label in hostname_of(url).split(".") if label not in ("www", "")]


def _find_country(domain: str) -> PlaceCandidate | None:
    if domain in _NOT_COUNTRIES:
        return None
    return gazetteer().country(_COUNTRY_DOMAINS.get(domain, domain.upper()))


def _find_named_places(publisher: str) -> list[PlaceCandidate]:
    """The places that a publisher's name holds: "The Paris News (Texas)" is of Paris, and that in Texas."""
    found = _find_bearers(" ".join(_strip_press_words(fold(publisher.partition("(")[0]).split())))
    parents = {place.row for part in _PARENTHESIS.findall(publisher) for place in gazetteer()(part)}
    inside = [place for place in found if parents & {place.country, place.region}]
    return inside or found


def _strip_press_words(words: list[str]) -> list[str]:
    while words and words[0] in _PRESS_WORDS:
        words = words[1:]
    while words and words[-1] in _PRESS_WORDS:
        words = words[:-1]
    return words


def _find_spelt_places(label: str) -> list[PlaceCandidate]:
    """The places that a label of a host spells, with or without a space: ``palestineherald``, ``newyork-times``.

    Press words are taken away from its ends, one more each time, until what is left is a place.
    """
    rests = {"".join(_strip_press_words(re.split(r"[-\d]+", label)))}
    while rests:
        rests = {rest for rest in rests if len(rest) >= MIN_LETTERS and rest not in _PRESS_WORDS}
        if found := [place for rest in sorted(rests) for place in _find_with_or_without_space(rest)]:
            return _prefer_likely(found)
        rests = {shorter for rest in rests for shorter in _shorten(rest)}
    return []


def _find_with_or_without_space(letters: str) -> list[PlaceCandidate]:
    spellings = [letters, *(f"{letters[:at]} {letters[at:]}" for at in range(2, len(letters) - 1))]
    return [place for spelling in spellings for place in _find_bearers(spelling)]


def _shorten(letters: str) -> Iterator[str]:
    """The letters without a press word at their end or their beginning."""
    for word in _PRESS_WORDS:
        if letters.endswith(word):
            yield letters.removesuffix(word)
        if letters.startswith(word):
            yield letters.removeprefix(word)


def _prefer_likely(places: list[PlaceCandidate]) -> list[PlaceCandidate]:
    """Those where English is spoken, for so are the press words, and any big enough to have an English paper."""
    english = {place.row for code in _ENGLISH if (place := gazetteer().country(code))}
    return [place for place in places if place.country in english or place.magnitude >= BIG_MAGNITUDE] or places


def _find_bearers(name: str) -> list[PlaceCandidate]:
    """The places with this main name, and counties without their "County": papers are often called so."""
    places = gazetteer()(name) if name else []
    return [place for place in places if place.name_class is NameClass.MAIN or place.kind is PlaceKind.COUNTY]
