"""Every place name that can be linked, in one memory-mapped file, so that worker processes share it and load nothing.

``python -m training.places`` writes the file; its card is ``models/places.md``. Numbers are little-endian. In order:

- ``HEADER``: magic, digest of all that follows it (8 bytes), how many countries, places, buckets, bytes of names;
- the countries' ISO 3166-1 codes, 2 bytes each;
- ``PLACE`` for each place: the countries first, then the first-level regions, so that parents are small numbers;
- where each bucket begins in the bytes that follow, u32, and where the last one ends;
- the buckets, each with the names of one ``bucket_of``: ``NAME`` (bytes of the name, number of places so called), the
  name's ``place_key`` in UTF-8, a ``POSTING`` for each place.
"""

import mmap
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib import resources
from pathlib import Path
from struct import Struct
from zlib import crc32

from stream.entities.names import fold

MAGIC = b"PLACES1\n"
HEADER = Struct("<8s8sIIII")
PLACE = Struct("<IiiHBBBB")  # GeoNames id, latitude, longitude, region, country, magnitude, fame, kind
START = Struct("<I")
NAME = Struct("<BB")
POSTING = Struct("<HB")  # row and class of name: 24 bits, row << 2 | class, low 16 bits first
NO_REGION, NO_COUNTRY = 0xFFFF, 0xFF  # in the file
NOWHERE = -1  # the region or the country of a place that lies in none
DEGREE = 100_000  # units in one degree
NORTH = 10_000  # cells from one to the next in the north
MAGNITUDE = 10  # units in one power of ten, of inhabitants and of names in other languages
REMEMBERED = 4096  # names whose bearers were looked up last: the news names few places often
CAPITAL = 0x80  # bit in the byte of the kind

_BUCKET = Struct("<II")
_ARTICLE = re.compile(r"\Athe (?=.)")
_POINTS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_IN_FULL = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "and": "&"}


class PlaceKind(IntEnum):
    """What a place is."""

    COUNTRY = 0
    REGION = 1  # a first-level division, a continent, a part of the world
    COUNTY = 2  # a second-level division
    CITY = 3
    FEATURE = 4  # a sea, a river, a mountain range

    @property
    def label(self) -> str:
        """The event's word for it."""
        return "region" if self is PlaceKind.COUNTY else self.name.lower()


class NameClass(IntEnum):
    """How a place bears a name."""

    MAIN = 0
    ALIAS = 1
    ABBREVIATION = 2  # good only behind another place: "Paris, Tex."
    PUBLISHER = 3  # the name is the host of a publisher that is at home there


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that bears the name that was looked up.

    ``row`` is its number in the file, ``region`` and ``country`` are its parents' rows or ``NOWHERE``; degrees are
    WGS 84; ``block``, ``cell`` and ``quarter`` number the squares of a third of a degree, one and eight degrees (the
    next in the north is ``NORTH`` further); ``magnitude`` and ``fame`` are the powers of ten of its inhabitants and of
    its names in all languages.
    """

    row: int
    name_class: NameClass
    geonames_id: int
    latitude: float
    longitude: float
    cell: int
    block: int
    quarter: int
    region: int
    country: int
    magnitude: float
    fame: float
    kind: PlaceKind
    capital: bool


def place_key(name: str) -> str:
    """What the spellings of a place's name share: ``fold``, no article, and "St.", "Mt.", "N." and the like in full."""
    first, *rest = _ARTICLE.sub("", fold(name)).split() or [""]
    if rest:
        first = _POINTS.get(first, first)
    return " ".join(_IN_FULL.get(word, word) for word in (first, *rest))


def bucket_of(key: bytes, buckets: int) -> int:
    """The number of the bucket that holds a key."""
    return crc32(key) % buckets


class Gazetteer:
    """The names and places of one file, looked up in the mapped bytes."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, digest, countries, places, self._buckets, size = HEADER.unpack_from(self._data)
        if magic != MAGIC:
            raise ValueError(f"{path} is no gazetteer of this version: make it with python -m training.places")
        self.digest: str = digest.hex()
        self._places = HEADER.size + 2 * countries
        codes = self._data[HEADER.size : self._places].decode("ascii")
        self._codes = [codes[at : at + 2] for at in range(0, len(codes), 2)]
        self._countries = {code: row for row, code in enumerate(self._codes)}
        self._starts = self._places + PLACE.size * places
        self._names = self._starts + START.size * (self._buckets + 1)
        self._remember = lru_cache(maxsize=REMEMBERED)(lambda name: self._look_up(place_key(name)))
        if self._names + size != len(self._data):
            raise ValueError(f"{path} is cut short: make it with python -m training.places")

    def __call__(self, name: str) -> list[PlaceCandidate]:
        """The places called ``name``, in all spellings that ``place_key`` makes alike; main names, big places first."""
        return self._remember(name)

    def home(self, host: str) -> list[PlaceCandidate]:
        """Where the publisher with this host is at home, if the gazetteer knows it."""
        return self._look_up(host)

    def _look_up(self, name: str) -> list[PlaceCandidate]:
        key = name.encode("utf-8", "replace")
        at, end = self._locate_bucket(bucket_of(key, self._buckets))
        while at < end:
            length, bearers = NAME.unpack_from(self._data, at)
            postings = at + NAME.size + length
            at = postings + POSTING.size * bearers
            if self._data[postings - length : postings] == key:
                packed = (high << 16 | low for low, high in POSTING.iter_unpack(self._data[postings:at]))
                return [self._read_candidate(posting >> 2, NameClass(posting & 3)) for posting in packed]
        return []

    def country(self, code: str) -> PlaceCandidate | None:
        """The country with an ISO 3166-1 alpha-2 code."""
        row = self._countries.get(code)
        return None if row is None else self._read_candidate(row, NameClass.MAIN)

    def country_code(self, row: int) -> str | None:
        """The ISO 3166-1 alpha-2 code of a country's row; None for ``NOWHERE``."""
        return None if row == NOWHERE else self._codes[row]

    def _locate_bucket(self, number: int) -> tuple[int, int]:
        start, end = _BUCKET.unpack_from(self._data, self._starts + START.size * number)
        return self._names + start, self._names + end

    def _read_candidate(self, row: int, name_class: NameClass) -> PlaceCandidate:
        geonames_id, latitude, longitude, region, country, magnitude, fame, kind = PLACE.unpack_from(
            self._data, self._places + PLACE.size * row
        )
        return PlaceCandidate(
            row=row,
            name_class=name_class,
            geonames_id=geonames_id,
            latitude=latitude / DEGREE,
            longitude=longitude / DEGREE,
            cell=latitude // DEGREE * NORTH + longitude // DEGREE,
            block=3 * latitude // DEGREE * NORTH + 3 * longitude // DEGREE,
            quarter=latitude // (8 * DEGREE) * NORTH + longitude // (8 * DEGREE),
            region=NOWHERE if region == NO_REGION else region,
            country=NOWHERE if country == NO_COUNTRY else country,
            magnitude=magnitude / MAGNITUDE,
            fame=fame / MAGNITUDE,
            kind=PlaceKind(kind & ~CAPITAL),
            capital=bool(kind & CAPITAL),
        )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package; mapped once in a process."""
    with resources.as_file(resources.files("stream.entities") / "models" / "places.bin") as path:
        return Gazetteer(path)
