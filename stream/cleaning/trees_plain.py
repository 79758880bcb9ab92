"""Sum the leaves of trees where no compiler built the native module: every row takes all tests of all trees at once.

A test that sends a row to the right rules out the leaves on its left; the row falls into the first leaf that no test
rules out (QuickScorer). ``stream/_native/blocks.pyx`` computes the same sums; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import starmap
from struct import Struct
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # it imports this module
    from stream.cleaning.trees import Forest

__all__ = ["sum_leaves"]

MAX_LEAVES = 64  # of a tree: one bit for each
ROWS_AT_ONCE = 128  # thousands of rows would take a hundred megabytes at once


@dataclass(frozen=True, slots=True)
class _Table:
    """A forest's tests, the first of every tree before the second of any, and its leaves' values tree by tree.

    ``ruled_out`` has, as bits, the leaves that a row greater than the threshold cannot fall into.
    """

    features: npt.NDArray[Any]
    thresholds: npt.NDArray[Any]
    ruled_out: npt.NDArray[Any]
    values: npt.NDArray[Any]
    first_leaves: npt.NDArray[Any]


@cache
def _table_of(forest: Forest) -> _Table:
    trees = [_tests_and_leaves(forest, root) for root in forest.roots]
    most_leaves = max(len(leaves) for _, leaves in trees)
    if most_leaves > MAX_LEAVES:
        raise ValueError(f"a tree has {most_leaves} leaves, more than {MAX_LEAVES}")
    shape = (max(most_leaves - 1, 1), len(trees))  # trees of fewer tests get some that rule out nothing
    features = np.zeros(shape, dtype=np.int64)
    thresholds = np.full(shape, np.inf)
    ruled_out = np.zeros(shape, dtype=np.min_scalar_type((1 << most_leaves) - 1))
    values = np.zeros((len(trees), most_leaves), dtype=np.int64)
    for number, (tests, leaves) in enumerate(trees):
        for place, (feature, threshold, left_leaves) in enumerate(tests):
            features[place, number] = feature
            thresholds[place, number] = threshold
            ruled_out[place, number] = left_leaves
        values[number, : len(leaves)] = leaves
    return _Table(
        features=features.ravel(),
        thresholds=thresholds.reshape(-1, 1),
        ruled_out=ruled_out.reshape(*shape, 1),
        values=values.ravel(),
        first_leaves=(np.arange(len(trees)) * most_leaves)[:, None],
    )


def _tests_and_leaves(forest: Forest, root: int) -> tuple[list[tuple[int, float, int]], list[int]]:
    """The tree's tests, each with the bits of the leaves on its left, and the values of its leaves from the left."""
    tests: list[tuple[int, float, int]] = []
    leaves: list[int] = []

    def bits_below(node: int) -> int:
        feature = forest.features[node]
        if feature < 0:
            leaves.append(forest.left[node])
            return 1 << (len(leaves) - 1)
        left_leaves = bits_below(forest.left[node])
        tests.append((feature, forest.thresholds[node], left_leaves))
        return left_leaves | bits_below(forest.right[node])

    bits_below(root)
    return tests, leaves


def sum_leaves(rows: Sequence[Sequence[float]], forest: Forest) -> list[int]:
    """The sum of the leaves that each row falls into."""
    if not rows:
        return []
    table = _table_of(forest)
    pack = Struct(f"{len(rows[0])}d").pack  # twice as fast as np.array() of lists
    cells = np.frombuffer(b"".join(starmap(pack, rows))).reshape(len(rows), -1)
    sums: list[int] = []
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        sums += _sum_some(cells[begin : begin + ROWS_AT_ONCE], table)
    return sums


def _sum_some(cells: npt.NDArray[Any], table: _Table) -> list[int]:
    goes_right = cells.T.take(table.features, axis=0) > table.thresholds
    ruled_out = goes_right.reshape(*table.ruled_out.shape[:2], len(cells)) * table.ruled_out
    out = np.bitwise_or.reduce(ruled_out, axis=0)
    leaves = np.bitwise_count(out & ~(out + 1))  # the ones that the bits end in
    sums: list[int] = table.values.take(table.first_leaves + leaves).sum(axis=0).tolist()
    return sums
