"""Decides which of the places that bear a name the article means, from the company that the name keeps.

A log-linear model: each candidate has the features below, and its probability is the softmax of their weighted sum
over the candidates of the name. First each name is judged alone, then in the company of what the first judgement
made of the others and of the publisher. ``training.places.fit`` finds the weights.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log, log1p
from operator import mul

from stream.entities.gazetteer import NORTH, NOWHERE, NameClass, PlaceCandidate, PlaceKind

ALONE_FEATURES = (
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
COMPANY_FEATURES = (
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
CERTAINTY_FEATURES = ("constant", "log odds", "only")  # what the confidence weighs besides the features

Weights = tuple[float, ...]
Row = tuple[float, ...]

NEGLIGIBLE = 0.02  # probability below which a candidate is no evidence
SURE = 0.999  # probability above which the log odds do not grow
_PARENTS = (PlaceKind.COUNTRY, PlaceKind.REGION)
_LOCAL = (PlaceKind.CITY, PlaceKind.COUNTY)
_AROUND = tuple(north + east for north in (-NORTH, 0, NORTH) for east in (-1, 0, 1))
_NEAR = frozenset(_AROUND)


@dataclass(slots=True)
class Toponym:
    """A name and the places that bear it; ``parents`` are the rows of countries and regions that stand behind it.

    ``rows`` has the features of each candidate as far as they are known, ``probabilities`` sum to one.
    """

    weight: float
    candidates: Sequence[PlaceCandidate]
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
    def rarity(self) -> float:
        """What a possible place counts: 1 if no other bears the name."""
        return 1 / (1 + log(max(1, len(self.candidates))))

    def likely(self) -> list[tuple[PlaceCandidate, float]]:
        """The candidates that are evidence, with their probabilities."""
        judged = zip(self.candidates, self.probabilities, strict=True)
        return [(candidate, probability) for candidate, probability in judged if probability > NEGLIGIBLE]

    @property
    def best(self) -> int:
        """The number of the most probable candidate."""
        return max(range(len(self.probabilities)), key=self.probabilities.__getitem__)


@dataclass(slots=True)
class Evidence:
    """Where names put the article: weight in each country, region and square, and how much of it is but possible."""

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
    def of(cls, toponyms: Sequence[Toponym]) -> "Evidence":
        """What names say that have been judged."""
        evidence = cls()
        for toponym in toponyms:
            evidence.weight += toponym.weight
            for candidate, probability in toponym.likely():
                evidence._count(candidate, probability, probability * toponym.weight)
            evidence._count_possible(toponym)
        return evidence

    def _count(self, candidate: PlaceCandidate, probability: float, weight: float) -> None:
        if candidate.country != NOWHERE:
            self.countries[candidate.country] += weight
        if candidate.region != NOWHERE:
            self.regions[candidate.region] += weight
        for step in _AROUND:
            self.quarters[candidate.quarter + step] += weight
        if candidate.kind in _PARENTS:
            self.named[candidate.row] += probability
        if candidate.kind is PlaceKind.COUNTRY:
            self.named_countries += probability
        if candidate.kind in _LOCAL:
            for step in _AROUND:
                self.cells[candidate.cell + step] += weight

    def _count_possible(self, toponym: Toponym) -> None:
        rarity = toponym.rarity
        local = [place for place in toponym.candidates if place.kind in _LOCAL]
        for region in {place.region for place in toponym.candidates} - {NOWHERE}:
            self.possible_regions[region] += rarity
        for cell in {place.cell + step for place in local for step in _AROUND}:
            self.possible_cells[cell] += rarity
        for block in {place.block + step for place in local for step in _AROUND}:
            self.possible_blocks[block] += rarity


def resolve(toponyms: Sequence[Toponym], home: Toponym, alone: Weights, company: Weights) -> None:
    """Set rows and probabilities of all ``toponyms``; ``home`` has the places that the publisher may be of."""
    judge_alone([*toponyms, home], alone)
    add_company(toponyms, home)
    for toponym in toponyms:
        toponym.judge(company)


def judge_alone(toponyms: Sequence[Toponym], weights: Weights) -> None:
    """Set the rows of ``ALONE_FEATURES`` and the probabilities that they make."""
    for toponym in toponyms:
        toponym.rows = [_measure_alone(toponym, candidate) for candidate in toponym.candidates]
        toponym.judge(weights)


def add_company(toponyms: Sequence[Toponym], home: Toponym) -> None:
    """Add the features of ``COMPANY_FEATURES`` to the rows; all must have been judged."""
    total, at_home = Evidence.of(toponyms), Evidence.of([home])
    homes = {candidate.row for candidate in home.candidates}
    for toponym in toponyms:
        company = _measure_company(toponym, total, at_home)
        toponym.rows = [
            (*row, *more, candidate.row in homes)
            for row, more, candidate in zip(toponym.rows, company, toponym.candidates, strict=True)
        ]


def _measure_alone(toponym: Toponym, candidate: PlaceCandidate) -> Row:
    kind = candidate.kind
    return (
        candidate.magnitude,
        candidate.fame,
        candidate.name_class is NameClass.ALIAS,
        candidate.capital,
        kind is PlaceKind.COUNTRY,
        kind is PlaceKind.REGION,
        kind is PlaceKind.COUNTY,
        kind is PlaceKind.FEATURE,
        candidate.country in toponym.parents or candidate.region in toponym.parents,
    )


def _measure_company(toponym: Toponym, total: Evidence, home: Evidence) -> Iterator[Row]:
    """For each candidate what the other names and the publisher's say."""
    likely, rarity = toponym.likely(), toponym.rarity
    own_countries = sum(probability for own, probability in likely if own.kind is PlaceKind.COUNTRY)
    world = log1p(max(0.0, total.named_countries - own_countries))
    others = total.weight - toponym.weight + 1
    for candidate in toponym.candidates:
        local = candidate.kind in _LOCAL
        in_country, in_region, nearby, in_quarter, *named = _measure_others(candidate, toponym.weight, likely, total)
        yield (
            in_country / others,
            in_region / others,
            nearby / others,
            in_quarter / others,
            log1p(in_country),
            log1p(in_region),
            log1p(nearby),
            *named,
            log1p(max(0.0, total.possible_regions.get(candidate.region, 0.0) - rarity)),
            log1p(max(0.0, total.possible_cells[candidate.cell] - rarity)) if local else 0.0,
            log1p(max(0.0, total.possible_blocks[candidate.block] - rarity)) if local else 0.0,
            world * candidate.fame,
            world * candidate.capital,
            home.countries.get(candidate.country, 0.0),
            home.regions.get(candidate.region, 0.0),
            home.cells.get(candidate.cell, 0.0) if local else 0.0,
        )


def _measure_others(
    candidate: PlaceCandidate, weight: float, likely: Sequence[tuple[PlaceCandidate, float]], total: Evidence
) -> tuple[float, ...]:
    """Weight in the candidate's country, region, cell and quarter, and whether the first two are named.

    Of all names but its own, whose weight is ``weight`` and whose places are ``likely``.
    """
    country, region, local = candidate.country, candidate.region, candidate.kind in _LOCAL
    in_country, country_named = total.countries.get(country, 0.0), total.named.get(country, 0.0)
    in_region, region_named = total.regions.get(region, 0.0), total.named.get(region, 0.0)
    nearby = total.cells.get(candidate.cell, 0.0) if local else 0.0
    in_quarter = total.quarters.get(candidate.quarter, 0.0)
    for own, probability in likely:
        own_weight = probability * weight
        if own.country == country:
            in_country -= own_weight
            country_named -= probability * (own.row == country)
        if own.region == region:
            in_region -= own_weight
            region_named -= probability * (own.row == region)
        if own.quarter - candidate.quarter in _NEAR:
            in_quarter -= own_weight
            nearby -= own_weight * (local and own.kind in _LOCAL and own.cell - candidate.cell in _NEAR)
    found = (in_country, in_region, nearby, in_quarter, min(1.0, country_named), min(1.0, region_named))
    return tuple(value if value > 0.0 else 0.0 for value in found)  # a difference of sums may fall below


def measure_certainty(toponym: Toponym) -> Row:
    """The best candidate's ``CERTAINTY_FEATURES``, ``ALONE_FEATURES`` and ``COMPANY_FEATURES``, in this order."""
    best = toponym.best
    probability = min(toponym.probabilities[best], SURE)
    return (1.0, log(probability / (1 - probability)), len(toponym.candidates) == 1, *toponym.rows[best])


def estimate_confidence(toponym: Toponym, weights: Weights) -> float:
    """How probable it is that the best candidate is the right place, 0 to 1: logistic in ``measure_certainty``."""
    return 1 / (1 + exp(-sum(map(mul, weights, measure_certainty(toponym)))))
