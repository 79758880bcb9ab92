"""What is on the map and is no town, country or division: the Baltic is a sea before it is a village in Connecticut."""

from dataclasses import dataclass

from stream.entities.names import fold
from stream.entities.tables.read import TABLES, read_rows

KINDS = ("sea", "lake", "river", "mountain", "desert", "region", "feature", "planet")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature; degrees (WGS 84) are those of its rough middle, None where the name does not tell which it is."""

    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    country: str | None  # ISO 3166-1 alpha-2

    @property
    def folded(self) -> str:
        return fold(self.name)


def _read_features() -> dict[str, Feature]:
    features: dict[str, Feature] = {}
    for name, kind, centre, country, *others in read_rows(TABLES / "features.tsv", 4, None, choices={1: KINDS}):
        latitude, longitude = map(float, centre.split()) if centre != "-" else (None, None)
        feature = Feature(name, kind, latitude, longitude, None if country == "-" else country)
        for called in (name, *others):
            features.setdefault(fold(called).removeprefix("the "), feature)
    return features


_FEATURES = _read_features()


def find_feature(name: str) -> Feature | None:
    """The feature of that name, with or without its article."""
    return _FEATURES.get(fold(name).removeprefix("the "))
