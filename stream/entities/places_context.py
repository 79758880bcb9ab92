"""Decides which of the places that bear a name the article means, from the company that the name keeps.

A log-linear model: each candidate has the features below, and its probability is the softmax of their weighted sum
over the candidates of the name. It runs in rounds: the first knows the candidates alone, the following ones what the
round before made of the other names of the article. ``training.places.fit`` finds the weights.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, floor, log1p
from operator import mul

from stream.entities.places_gazetteer import NOWHERE, Candidate, Kind, NameClass

NEGLIGIBLE = 0.02  # probability below which a candidate is no evidence

FEATURES = (
    "magnitude",
    "alias",
    "capital",
    "country",
    "region",
    "county",
    "feature",
    "qualified",  # its country or region stands behind the name: "Paris, Texas"
    "same country",  # share of the other names' weight in its country
    "same region",
    "near",  # share of the other names' weight in towns and counties within about a degree
    "in same country",  # the same three, not as shares but as the logarithm of the weight
    "in same region",
    "nearby",
    "country named",  # the article names its country
    "region named",
    "home country",  # the publisher's country: its domain's, or that of a place in its name
    "home region",
    "home near",
)

Weights = tuple[float, ...]


@dataclass(slots=True)
class Toponym:
    """A name, the places that bear it, and how probable each is; ``parents`` are rows that stand behind the name."""

    weight: float
    candidates: Sequence[Candidate]
    parents: frozenset[int] = frozenset()
    probabilities: Sequence[float] = ()

    @property
    def best(self) -> int:
        """The number of the most probable candidate."""
        return max(range(len(self.probabilities)), key=self.probabilities.__getitem__)


@dataclass(slots=True)
class Evidence:
    """How much weight of names lies in each country, region and cell of a degree, and which of them are named."""

    weight: float = 0.0
    countries: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    regions: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    cells: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    named: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    @classmethod
    def of(cls, toponym: Toponym) -> "Evidence":
        """What one name says."""
        evidence = cls()
        evidence.add(toponym)
        return evidence

    def add(self, toponym: Toponym) -> None:
        """Count what ``toponym``'s probabilities say."""
        self.weight += toponym.weight
        for candidate, probability in zip(toponym.candidates, toponym.probabilities, strict=True):
            if probability > NEGLIGIBLE:
                self._count(candidate, probability, probability * toponym.weight)

    def _count(self, candidate: Candidate, probability: float, weight: float) -> None:
        if candidate.country != NOWHERE:
            self.countries[candidate.country] += weight
        if candidate.region != NOWHERE:
            self.regions[candidate.region] += weight
        if candidate.kind in _PARENTS:
            self.named[candidate.row] += probability
        if candidate.kind in _LOCAL:
            cell = _cell(candidate)
            for step in _AROUND:
                self.cells[cell + step] += weight


_PARENTS = (Kind.COUNTRY, Kind.REGION)
_LOCAL = (Kind.CITY, Kind.COUNTY)
_NORTH = 1000  # cells between one degree of latitude and the next
_AROUND = tuple(north + east for north in (-_NORTH, 0, _NORTH) for east in (-1, 0, 1))


def _cell(candidate: Candidate) -> int:
    return floor(candidate.latitude) * _NORTH + floor(candidate.longitude)


def resolve(toponyms: Sequence[Toponym], home: Toponym, rounds: Sequence[Weights]) -> None:
    """Set the probabilities of all ``toponyms``, one round after the other; ``home`` is the publisher's name."""
    first, *later = rounds
    every = [*toponyms, home]
    for toponym in every:
        rows = [static(toponym, candidate) for candidate in toponym.candidates]
        toponym.probabilities = probabilities(rows, first)
    for weights in later:
        for toponym, rows in zip(every, features(toponyms, home), strict=True):
            toponym.probabilities = probabilities(rows, weights)


def features(toponyms: Sequence[Toponym], home: Toponym) -> list[list[tuple[float, ...]]]:
    """A number for each of ``FEATURES``, of each candidate of each of the ``toponyms``, and last of ``home``."""
    owns = [Evidence.of(toponym) for toponym in toponyms]
    total = Evidence()
    for toponym in toponyms:
        total.add(toponym)
    at_home, nothing = Evidence.of(home), Evidence()
    every = [*((toponym, own, at_home) for toponym, own in zip(toponyms, owns, strict=True)), (home, nothing, nothing)]
    return [
        [static(toponym, candidate) + _context(candidate, total, own, at) for candidate in toponym.candidates]
        for toponym, own, at in every
    ]


def probabilities(rows: Sequence[Sequence[float]], weights: Weights) -> list[float]:
    """The softmax of the rows' weighted sums."""
    scores = [sum(map(mul, weights, row)) for row in rows]
    top = max(scores, default=0.0)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def static(toponym: Toponym, candidate: Candidate) -> tuple[float, ...]:
    """The features that need no other name."""
    kind = candidate.kind
    return (
        candidate.magnitude,
        candidate.named is NameClass.ALIAS,
        candidate.capital,
        kind is Kind.COUNTRY,
        kind is Kind.REGION,
        kind is Kind.COUNTY,
        kind is Kind.FEATURE,
        candidate.country in toponym.parents or candidate.region in toponym.parents,
    )


def _context(candidate: Candidate, total: Evidence, own: Evidence, home: Evidence) -> tuple[float, ...]:
    country, region, cell = candidate.country, candidate.region, _cell(candidate)
    in_country = _other(total.countries, own.countries, country)
    in_region = _other(total.regions, own.regions, region)
    nearby = _other(total.cells, own.cells, cell) if candidate.kind in _LOCAL else 0.0
    others = total.weight - own.weight + 1
    return (
        in_country / others,
        in_region / others,
        nearby / others,
        log1p(in_country),
        log1p(in_region),
        log1p(nearby),
        min(1.0, _other(total.named, own.named, country)),
        min(1.0, _other(total.named, own.named, region)),
        home.countries.get(country, 0.0),
        home.regions.get(region, 0.0),
        home.cells.get(cell, 0.0) if candidate.kind in _LOCAL else 0.0,
    )


def _other(total: dict[int, float], own: dict[int, float], key: int) -> float:
    return max(0.0, total.get(key, 0.0) - own.get(key, 0.0))
