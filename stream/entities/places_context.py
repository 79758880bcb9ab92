"""Decides which of the places that bear a name the article means, from the company that the name keeps.

A log-linear model: each candidate has the features below, and its probability is the softmax of their weighted sum
over the candidates of the name. First each name is judged ``ALONE``, then in the ``COMPANY`` of what the first
judgement made of the others and of the publisher. ``training.places.fit`` finds the weights.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log, log1p
from operator import mul

from stream.entities.places_gazetteer import NORTH, NOWHERE, Candidate, Kind, NameClass

ALONE = (
    "magnitude",
    "fame",
    "alias",
    "capital",
    "country",
    "region",
    "county",
    "feature",
    "qualified",  # its country or region stands behind the name: "Paris, Texas"
)
COMPANY = (
    "same country",  # share of the other names' weight in its country
    "same region",
    "near",  # share of the other names' weight in towns and counties within about a degree
    "same quarter",  # share of the other names' weight within about eight degrees
    "in same country",  # the first three, not as shares but as the logarithm of the weight
    "in same region",
    "nearby",
    "country named",  # the article names its country
    "region named",
    "may be in region",  # weight of the other names that some place in its region bears, rare names most
    "may be near",  # the same of places within about a degree
    "may be beside",  # and within about a third of a degree
    "fame in world news",  # fame, times the logarithm of how many countries the others name
    "capital in world news",
    "home country",  # share of the publisher's possible homes that lie in its country
    "home region",
    "home near",
    "home",  # the publisher's name or address has this very name
)
CERTAINTY = ("constant", "log odds", "only")  # what the confidence weighs besides the features

Weights = tuple[float, ...]
Row = tuple[float, ...]

_NEGLIGIBLE = 0.02  # probability below which a candidate is no evidence
_SURE = 0.999  # probability above which the log odds do not grow
_PARENTS = (Kind.COUNTRY, Kind.REGION)
_LOCAL = (Kind.CITY, Kind.COUNTY)
_AROUND = tuple(north + east for north in (-NORTH, 0, NORTH) for east in (-1, 0, 1))


@dataclass(slots=True)
class Toponym:
    """A name and the places that bear it; ``parents`` are the rows of countries and regions that stand behind it.

    ``rows`` has the features of each candidate as far as they are known, ``probabilities`` sum to one.
    """

    weight: float
    candidates: Sequence[Candidate]
    parents: frozenset[int] = frozenset()
    rows: Sequence[Row] = ()
    probabilities: Sequence[float] = ()

    def judge(self, weights: Weights) -> None:
        """Set the probabilities: the softmax of the rows' weighted sums."""
        scores = [sum(map(mul, weights, row)) for row in self.rows]
        top = max(scores, default=0.0)
        powers = [exp(score - top) for score in scores]
        whole = sum(powers)
        self.probabilities = [power / whole for power in powers]

    @property
    def best(self) -> int:
        """The number of the most probable candidate."""
        return max(range(len(self.probabilities)), key=self.probabilities.__getitem__)


@dataclass(slots=True)
class Evidence:
    """Where names put the article: weight in each country, region and cell, and how much of it is but possible."""

    weight: float = 0.0
    countries: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    regions: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    cells: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    quarters: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    named: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    named_countries: float = 0.0
    possible_regions: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    possible_cells: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    possible_blocks: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    @classmethod
    def of(cls, toponym: Toponym) -> "Evidence":
        """What one name says."""
        evidence = cls(toponym.weight)
        for candidate, probability in zip(toponym.candidates, toponym.probabilities, strict=True):
            if probability > _NEGLIGIBLE:
                evidence._count(candidate, probability, probability * toponym.weight)
        rarity = 1 / (1 + log(len(toponym.candidates))) if toponym.candidates else 0.0
        evidence.possible_regions = dict.fromkeys([place.region for place in toponym.candidates], rarity)
        local = [place for place in toponym.candidates if place.kind in _LOCAL]
        evidence.possible_cells = dict.fromkeys([place.cell + step for place in local for step in _AROUND], rarity)
        evidence.possible_blocks = dict.fromkeys([place.block + step for place in local for step in _AROUND], rarity)
        return evidence

    def _count(self, candidate: Candidate, probability: float, weight: float) -> None:
        self.countries[candidate.country] += weight
        self.regions[candidate.region] += weight
        for step in _AROUND:
            self.quarters[candidate.quarter + step] += weight
        if candidate.kind in _PARENTS:
            self.named[candidate.row] += probability
        if candidate.kind is Kind.COUNTRY:
            self.named_countries += probability
        if candidate.kind in _LOCAL:
            for step in _AROUND:
                self.cells[candidate.cell + step] += weight

    @classmethod
    def total(cls, parts: Sequence["Evidence"]) -> "Evidence":
        """What all names say together."""
        return cls(
            sum(part.weight for part in parts),
            _sum([part.countries for part in parts]),
            _sum([part.regions for part in parts]),
            _sum([part.cells for part in parts]),
            _sum([part.quarters for part in parts]),
            _sum([part.named for part in parts]),
            sum(part.named_countries for part in parts),
            _sum([part.possible_regions for part in parts]),
            _sum([part.possible_cells for part in parts]),
            _sum([part.possible_blocks for part in parts]),
        )


def _sum(parts: Sequence[dict[int, float]]) -> dict[int, float]:
    total: dict[int, float] = defaultdict(float)
    for part in parts:
        for key, value in part.items():
            total[key] += value
    return total


def resolve(toponyms: Sequence[Toponym], home: Toponym, alone: Weights, company: Weights) -> None:
    """Set rows and probabilities of all ``toponyms``; ``home`` has the places that the publisher may be of."""
    judge_alone([*toponyms, home], alone)
    add_company(toponyms, home)
    for toponym in toponyms:
        toponym.judge(company)


def judge_alone(toponyms: Sequence[Toponym], weights: Weights) -> None:
    """Set the rows of ``ALONE`` and the probabilities that they make."""
    for toponym in toponyms:
        toponym.rows = [_alone(toponym, candidate) for candidate in toponym.candidates]
        toponym.judge(weights)


def add_company(toponyms: Sequence[Toponym], home: Toponym) -> None:
    """Add the features of ``COMPANY`` to the rows; all must have been judged."""
    owns = [Evidence.of(toponym) for toponym in toponyms]
    total, at_home = Evidence.total(owns), Evidence.of(home)
    homes = {candidate.row for candidate in home.candidates}
    for toponym, own in zip(toponyms, owns, strict=True):
        toponym.rows = [
            (*row, *_company(candidate, total, own, at_home), candidate.row in homes)
            for row, candidate in zip(toponym.rows, toponym.candidates, strict=True)
        ]


def _alone(toponym: Toponym, candidate: Candidate) -> Row:
    kind = candidate.kind
    return (
        candidate.magnitude,
        candidate.fame,
        candidate.named is NameClass.ALIAS,
        candidate.capital,
        kind is Kind.COUNTRY,
        kind is Kind.REGION,
        kind is Kind.COUNTY,
        kind is Kind.FEATURE,
        candidate.country in toponym.parents or candidate.region in toponym.parents,
    )


def _company(candidate: Candidate, total: Evidence, own: Evidence, home: Evidence) -> Row:
    """What the names but its own, ``total`` less ``own``, say for a candidate."""
    country, region, cell = candidate.country, candidate.region, candidate.cell
    in_country = _other(total.countries, own.countries, country)
    in_region = _other(total.regions, own.regions, region)
    local = candidate.kind in _LOCAL
    nearby = _other(total.cells, own.cells, cell) if local else 0.0
    others = total.weight - own.weight + 1
    world = log1p(max(0.0, total.named_countries - own.named_countries))
    return (
        in_country / others,
        in_region / others,
        nearby / others,
        _other(total.quarters, own.quarters, candidate.quarter) / others,
        log1p(in_country),
        log1p(in_region),
        log1p(nearby),
        min(1.0, _other(total.named, own.named, country)),
        min(1.0, _other(total.named, own.named, region)),
        log1p(_other(total.possible_regions, own.possible_regions, region)),
        log1p(_other(total.possible_cells, own.possible_cells, cell)) if local else 0.0,
        log1p(_other(total.possible_blocks, own.possible_blocks, candidate.block)) if local else 0.0,
        world * candidate.fame,
        world * candidate.capital,
        home.countries.get(country, 0.0),
        home.regions.get(region, 0.0),
        home.cells.get(cell, 0.0) if local else 0.0,
    )


def _other(total: dict[int, float], own: dict[int, float], key: int) -> float:
    return max(0.0, total.get(key, 0.0) - own.get(key, 0.0)) if key != NOWHERE else 0.0


def certainty(toponym: Toponym) -> Row:
    """A number for each of ``CERTAINTY``, ``ALONE`` and ``COMPANY``, of the best candidate."""
    best = toponym.best
    probability = min(toponym.probabilities[best], _SURE)
    return (1.0, log(probability / (1 - probability)), len(toponym.candidates) == 1, *toponym.rows[best])


def confidence(toponym: Toponym, weights: Weights) -> float:
    """How probable it is that the best candidate is the right place, 0 to 1: logistic in ``certainty``."""
    return 1 / (1 + exp(-sum(map(mul, weights, certainty(toponym)))))
