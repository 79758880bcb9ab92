"""Leaves out the villages that are called like a country or a famous city: a text that means one of them says so.

It says so by the state behind the name ("Peru, Indiana"), by its publisher, who is at home there or near, or by naming
other small places of the same neighbourhood.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from stream.entities.gazetteer import NORTH, NOWHERE, NameClass, PlaceCandidate, PlaceKind, gazetteer
from stream.entities.place.context import Toponym

FAMOUS_CITY = 6.0  # magnitude; capitals are famous at a tenth of it
FAMOUS_CAPITAL = 5.0
FAMOUS = 1.5  # how many names in other languages, as a power of ten
WORLD_FAMOUS = 1.7  # with so many names a city need be no larger than a capital: Oxford, Geneva, Florence
LEAST_RATIO = 1.0  # a namesake that is this much smaller (as a power of ten) is a village beside the famous one
NEIGHBOURS = 0.25  # how many other small places must lie beside a village; a name that many places bear counts less

TOWN = 5.0  # magnitude of what a paper of the same country means by its name

LOCAL = (PlaceKind.CITY, PlaceKind.COUNTY)
_CALLED_BY_REGION = frozenset(place.row for code in ("US", "CA") if (place := gazetteer().country(code)))
"""Countries whose regions are better known than the cities and countries that share their names."""
_AROUND = tuple(north + east for north in (-NORTH, 0, NORTH) for east in (-1, 0, 1))


def leave_out_namesakes(toponyms: Iterable[Toponym], homes: Sequence[PlaceCandidate], *, own_spelling: bool) -> None:
    """Take from each toponym the candidates that a famous one puts in the shade.

    ``homes`` are the places that the publisher may be of; in texts that are not in English (``own_spelling``) a city is
    famous under its other names as well.
    """
    toponyms = list(toponyms)
    _leave_to_cities(toponyms)
    _leave_to_countries(toponyms, homes)
    judged = [(toponym, _list_famous(toponym, own_spelling=own_spelling)) for toponym in toponyms]
    shaded = [(toponym, famous) for toponym, famous in judged if famous and not _is_qualified(toponym)]
    if all(len(toponym.candidates) == len(famous) for toponym, famous in shaded):
        return
    neighbours = _count_neighbours(toponym for toponym, famous in judged if not famous or _is_qualified(toponym))
    regions = frozenset(home.region for home in homes if home.kind in LOCAL) - {NOWHERE}
    countries = frozenset(home.country for home in homes)
    for toponym, famous in shaded:
        top = max(candidate.magnitude for candidate in famous) - LEAST_RATIO
        toponym.candidates = [
            candidate
            for candidate in toponym.candidates
            if candidate in famous
            or (candidate.kind not in LOCAL and candidate.magnitude > top)
            or candidate.magnitude > (TOWN if candidate.country in countries else top)
            or candidate.region in regions
            or neighbours.get(candidate.block, 0.0) >= NEIGHBOURS
        ]


def _leave_to_cities(toponyms: Iterable[Toponym]) -> None:
    """Drop the region that is called like its city: "Zurich" is the city, but "Quebec" the province."""
    for toponym in toponyms:
        cities = {place.country for place in toponym.candidates if _is_well_known_city(place)} - _CALLED_BY_REGION
        if cities and not _is_qualified(toponym):
            toponym.candidates = [
                place
                for place in toponym.candidates
                if not (place.kind in (PlaceKind.REGION, PlaceKind.COUNTY) and place.country in cities)
            ]


def _is_well_known_city(place: PlaceCandidate) -> bool:
    return place.kind is PlaceKind.CITY and place.fame >= FAMOUS and place.magnitude >= FAMOUS_CAPITAL


def _leave_to_countries(toponyms: Sequence[Toponym], homes: Sequence[PlaceCandidate]) -> None:
    """Drop the regions that are called like a country: all but those of a country that the text speaks of.

    Georgia beside Tbilisi is the country, and Niger is no state of Nigeria.
    """
    only = [_find_only_country(toponym) for toponym in toponyms]
    counts = Counter(only)
    for toponym, its in zip(toponyms, only, strict=True):
        own = {place.row for place in toponym.candidates if place.kind is PlaceKind.COUNTRY}
        if not own or len(own) == len(toponym.candidates) or _is_qualified(toponym):
            continue
        spoken_of = {country for country, count in counts.items() if count > (country == its)}
        if not own & spoken_of:
            spoken_of |= _CALLED_BY_REGION | {home.country for home in homes}
        toponym.candidates = [
            place
            for place in toponym.candidates
            if place.kind is not PlaceKind.REGION or place.country in spoken_of - own
        ]


def _find_only_country(toponym: Toponym) -> int:
    """The country in which all bearers of a name lie, or ``NOWHERE``."""
    countries = {place.country for place in toponym.candidates}
    return countries.pop() if len(countries) == 1 else NOWHERE


def _is_qualified(toponym: Toponym) -> bool:
    return any(
        candidate.country in toponym.parents or candidate.region in toponym.parents for candidate in toponym.candidates
    )


def _list_famous(toponym: Toponym, *, own_spelling: bool) -> list[PlaceCandidate]:
    return [candidate for candidate in toponym.candidates if is_famous(candidate, own_spelling=own_spelling)]


def is_famous(place: PlaceCandidate, *, own_spelling: bool) -> bool:
    """Whether a reader anywhere takes the name for this place: a country, a capital or a city of a million."""
    if place.kind is PlaceKind.COUNTRY:
        return True
    if place.kind is not PlaceKind.CITY or not (own_spelling or place.name_class is NameClass.MAIN):
        return False
    if place.fame >= WORLD_FAMOUS:
        return place.magnitude >= FAMOUS_CAPITAL
    return place.fame >= FAMOUS and place.magnitude >= (FAMOUS_CAPITAL if place.capital else FAMOUS_CITY)


def _count_neighbours(toponyms: Iterable[Toponym]) -> Mapping[int, float]:
    """For each square of a third of a degree how many of the names may lie in it or beside it."""
    counts: dict[int, float] = defaultdict(float)
    for toponym in toponyms:
        blocks = {place.block + step for place in toponym.candidates if place.kind in LOCAL for step in _AROUND}
        for block in blocks:
            counts[block] += toponym.rarity
    return counts
