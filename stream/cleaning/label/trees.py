"""Run gradient boosted trees without the library that grew them.

Leaves are integers, so their sum, and with it every label, is the same in whichever order and language it is added.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

__all__ = ["LEAF_SCALE", "Forest", "node_means", "path_gains", "sum_leaves", "to_chances"]

LEAF_SCALE = 1 << 20  # integer leaves a unit of log odds


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees one after another, as parallel arrays over their nodes.

    A node with ``feature`` -1 is a leaf and ``left`` its value (log odds times ``LEAF_SCALE``); any other sends a row
    whose feature is at most ``threshold`` to the node numbered ``left``, else to ``right``. ``roots`` has the first
    node of each tree.
    """

    features: array[int]
    thresholds: array[float]
    left: array[int]
    right: array[int]
    roots: array[int]
    scale: ClassVar[int] = LEAF_SCALE

    @classmethod
    def from_lists(cls, lists: dict[str, list[float]]) -> Forest:
        return cls(
            features=array("i", [int(value) for value in lists["features"]]),
            thresholds=array("d", lists["thresholds"]),
            left=array("i", [int(value) for value in lists["left"]]),
            right=array("i", [int(value) for value in lists["right"]]),
            roots=array("i", [int(value) for value in lists["roots"]]),
        )

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """For each row of features the chance (0 to 1) that it is of the positive class."""
        return to_chances(sum_leaves(rows, self))


def to_chances(sums: Sequence[int]) -> list[float]:
    """The chance that each sum of leaves gives."""
    return [1.0 / (1.0 + math.exp(-total / LEAF_SCALE)) for total in sums]


try:
    from stream._native.blocks import sum_leaves
except ImportError:  # not compiled on this machine
    from stream.cleaning.label.trees_plain import sum_leaves


def node_means(forest: Forest) -> list[float]:
    """The mean log odds of the leaves below each node."""
    means = [0.0] * len(forest.features)
    for node in reversed(range(len(forest.features))):  # a node stands before its children
        if forest.features[node] < 0:
            means[node] = forest.left[node] / LEAF_SCALE
        else:
            means[node] = (means[forest.left[node]] + means[forest.right[node]]) / 2
    return means


def path_gains(forest: Forest, means: Sequence[float], row: Sequence[float]) -> dict[int, float]:
    """How much each feature moved the row's log odds: the change of the nodes' means along its paths (Saabas)."""
    gains: dict[int, float] = {}
    for root in forest.roots:
        node = root
        path = [node]
        while forest.features[node] >= 0:
            goes_left = row[forest.features[node]] <= forest.thresholds[node]
            node = forest.left[node] if goes_left else forest.right[node]
            path.append(node)
        for before, after in pairwise(path):
            feature = forest.features[before]
            gains[feature] = gains.get(feature, 0.0) + means[after] - means[before]
    return gains
