"""Says where a publisher is at home, as far as its name and its address tell."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stream.cleaning.addresses import hostname_of
from stream.entities.gazetteer import Candidate, Kind, NameClass, gazetteer
from stream.entities.names import fold

_PRESS_WORDS = frozenset(
    "the a this is my our your in of at and daily weekly evening morning sunday news newspaper newspapers times post "
    "tribune gazette dispatch journal press star sun record observer chronicle courier sentinel today online leader "
    "banner argus echo mail express guardian independent register reporter examiner standard republican democrat "
    "citizen advocate herald world live now local media group radio tv union inquirer eagle bulletin call ledger "
    "constitution enterprise telegraph telegram messenger mercury pilot item monitor review voice report network "
    "business free globe gov city town talk state".split()
)
_PARENTHESIS = re.compile(r"[(,]\s*([^(),]+)")
_COUNTRY_DOMAINS = {"uk": "GB", "eu": ""}
_NOT_COUNTRIES = frozenset({"co", "tv", "io", "me", "ai", "fm", "ly", "cc", "ws", "to", "im", "is"})  # sold to everyone
_ENGLISH = ("US", "GB", "CA", "AU", "IE", "NZ")
_BIG = 6.0  # magnitude
_SHORTEST = 4  # letters of a place in an address


@lru_cache(maxsize=1024)
def homes(url: str | None, publisher: str | None) -> tuple[Candidate, ...]:
    """Where a known publisher is; else the places in its name, or its host's, or its domain's country; maybe none."""
    labels = _labels(url)
    for start in range(len(labels) - 1):
        if known := gazetteer().home(".".join(labels[start:])):
            return tuple(known)
    country = _country(labels[-1]) if labels else None
    found = _named(publisher) if publisher else []
    found = found or [place for label in labels[:-1] for place in _spelt(label)]
    if country:
        found = [place for place in found if place.country == country.row] or [country]
    return tuple(found)


def _labels(url: str | None) -> list[str]:
    return [label for label in hostname_of(url).split(".") if label not in ("www", "")]


def _country(domain: str) -> Candidate | None:
    if domain in _NOT_COUNTRIES:
        return None
    return gazetteer().country(_COUNTRY_DOMAINS.get(domain, domain.upper()))


def _named(publisher: str) -> list[Candidate]:
    """The places that a publisher's name holds: "The Paris News (Texas)" is of Paris, and that in Texas."""
    found = _bearers(" ".join(_without_press_words(fold(publisher.partition("(")[0]).split())))
    parents = {place.row for part in _PARENTHESIS.findall(publisher) for place in gazetteer()(part)}
    inside = [place for place in found if parents & {place.country, place.region}]
    return inside or found


def _without_press_words(words: list[str]) -> list[str]:
    while words and words[0] in _PRESS_WORDS:
        words = words[1:]
    while words and words[-1] in _PRESS_WORDS:
        words = words[:-1]
    return words


def _spelt(label: str) -> list[Candidate]:
    """The places that a label of a host spells, with or without a space: ``palestineherald``, ``newyork-times``.

    Press words are taken away from its ends, one more each time, until what is left is a place.
    """
    rests = {"".join(_without_press_words(re.split(r"[-\d]+", label)))}
    while rests:
        rests = {rest for rest in rests if len(rest) >= _SHORTEST and rest not in _PRESS_WORDS}
        if found := [place for rest in sorted(rests) for place in _with_or_without_space(rest)]:
            return _likely(found)
        rests = {shorter for rest in rests for shorter in _shorter(rest)}
    return []


def _with_or_without_space(letters: str) -> list[Candidate]:
    spellings = [letters, *(f"{letters[:at]} {letters[at:]}" for at in range(2, len(letters) - 1))]
    return [place for spelling in spellings for place in _bearers(spelling)]


def _shorter(letters: str) -> Iterator[str]:
    """The letters without a press word at their end or their beginning."""
    for word in _PRESS_WORDS:
        if letters.endswith(word):
            yield letters.removesuffix(word)
        if letters.startswith(word):
            yield letters.removeprefix(word)


def _likely(places: list[Candidate]) -> list[Candidate]:
    """Those where English is spoken, for so are the press words, and any big enough to have an English paper."""
    english = {place.row for code in _ENGLISH if (place := gazetteer().country(code))}
    return [place for place in places if place.country in english or place.magnitude >= _BIG] or places


def _bearers(name: str) -> list[Candidate]:
    """The places with this main name, and counties without their "County": papers are often called so."""
    places = gazetteer()(name) if name else []
    return [place for place in places if place.named is NameClass.MAIN or place.kind is Kind.COUNTY]
