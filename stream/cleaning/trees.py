"""Run gradient boosted trees without the library that grew them.

Leaves are integers, so their sum, and with it every label, is the same in whichever order and language it is added.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

LEAF_SCALE = 1 << 20  # integer leaves a unit of log odds


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees one after another, as parallel lists over their nodes.

    A node with ``feature`` -1 is a leaf and ``left`` its value (log odds times ``LEAF_SCALE``); any other sends a row
    whose feature is at most ``threshold`` to the node numbered ``left``, else to ``right``. ``roots`` has the first
    node of each tree.
    """

    features: list[int]
    thresholds: list[float]
    left: list[int]
    right: list[int]
    roots: list[int]
    scale: ClassVar[int] = LEAF_SCALE

    @classmethod
    def from_lists(cls, lists: dict[str, list[float]]) -> Forest:
        return cls(
            features=[int(value) for value in lists["features"]],
            thresholds=lists["thresholds"],
            left=[int(value) for value in lists["left"]],
            right=[int(value) for value in lists["right"]],
            roots=[int(value) for value in lists["roots"]],
        )

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """For each row of features the probability (0 to 1) that it is of the positive class."""
        return [1.0 / (1.0 + math.exp(-total / LEAF_SCALE)) for total in sum_leaves(rows, self)]


def sum_leaves(rows: Sequence[Sequence[float]], forest: Forest) -> list[int]:
    """The sum of the leaves that each row falls into."""
    features, thresholds, left, right = forest.features, forest.thresholds, forest.left, forest.right
    sums = []
    for row in rows:
        total = 0
        for node in forest.roots:
            while (feature := features[node]) >= 0:
                node = left[node] if row[feature] <= thresholds[node] else right[node]
            total += left[node]
        sums.append(total)
    return sums


def sum_each(row: Sequence[float], forests: Sequence[Forest]) -> list[int]:
    """For one row the sum of the leaves that it falls into, forest by forest."""
    return [sum_leaves([row], forest)[0] for forest in forests]


def node_means(forest: Forest) -> list[float]:
    """The mean log odds of the leaves below each node."""
    means = [0.0] * len(forest.features)
    for node in reversed(range(len(forest.features))):  # a node stands before its children
        if forest.features[node] < 0:
            means[node] = forest.left[node] / LEAF_SCALE
        else:
            means[node] = (means[forest.left[node]] + means[forest.right[node]]) / 2
    return means


def sum_contributions(forest: Forest, means: Sequence[float], row: Sequence[float]) -> dict[int, float]:
    """How much each feature moved the row's log odds: the change of the nodes' means along its paths (Saabas)."""
    contributions: dict[int, float] = {}
    for root in forest.roots:
        node = root
        path = [node]
        while forest.features[node] >= 0:
            goes_left = row[forest.features[node]] <= forest.thresholds[node]
            node = forest.left[node] if goes_left else forest.right[node]
            path.append(node)
        for before, after in pairwise(path):
            feature = forest.features[before]
            contributions[feature] = contributions.get(feature, 0.0) + means[after] - means[before]
    return contributions
