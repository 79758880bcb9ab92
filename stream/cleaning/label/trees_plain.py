"""Sum the leaves of trees where no compiler built the native module: every row takes all tests of all trees at once.

A test that sends a row to the right rules out the leaves on its left; the row falls into the first leaf that no test
rules out (QuickScorer). ``stream/_native/blocks.pyx`` computes the same sums; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # it imports this module
    from stream.cleaning.label.trees import Forest

__all__ = ["sum_columns", "sum_leaves"]

MAX_LEAVES = 64  # of a tree: one bit for each
ROWS_AT_ONCE = 128  # thousands of rows would take a hundred megabytes at once


@dataclass(frozen=True, slots=True)
class _Table:
    """A forest's different tests, and its leaves' values tree by tree.

    ``tests`` has the number of each tree's first test, then of each one's second … ``ruled_out`` has, as bits, the
    leaves that a row greater than the threshold cannot fall into.
    """

    features: npt.NDArray[Any]
    thresholds: npt.NDArray[Any]
    tests: npt.NDArray[Any]
    ruled_out: npt.NDArray[Any]
    values: npt.NDArray[Any]
    first_leaves: npt.NDArray[Any]


@cache
def _table_of(forest: Forest) -> _Table:
    trees = [_tests_and_leaves(forest, root) for root in forest.roots]
    most_leaves = max(len(leaves) for _, leaves in trees)
    if most_leaves > MAX_LEAVES:
        raise ValueError(f"a tree has {most_leaves} leaves, more than {MAX_LEAVES}")
    shape = (max(most_leaves - 1, 1), len(trees))  # trees of fewer tests repeat one that rules out nothing
    numbers = {(0, np.inf): 0}
    numbered = np.zeros(shape, dtype=np.int64)
    ruled_out = np.zeros(shape, dtype=np.min_scalar_type((1 << most_leaves) - 1))
    values = np.zeros((len(trees), most_leaves), dtype=np.int64)
    for number, (tests, leaves) in enumerate(trees):
        for place, (feature, threshold, left_leaves) in enumerate(tests):
            numbered[place, number] = numbers.setdefault((feature, threshold), len(numbers))
            ruled_out[place, number] = left_leaves
        values[number, : len(leaves)] = leaves
    return _Table(
        features=np.array([feature for feature, _ in numbers], dtype=np.int64),
        thresholds=np.array([[threshold] for _, threshold in numbers]),
        tests=numbered,
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
    return sum_columns(np.array(rows, dtype=float).T, forest) if rows else []


def sum_columns(columns: npt.NDArray[Any], forest: Forest) -> list[int]:
    """The same of a matrix that has a feature in each line, and in it that feature of every row."""
    table = _table_of(forest)
    sums: list[int] = []
    for begin in range(0, columns.shape[1], ROWS_AT_ONCE):
        sums += _sum_some(columns[:, begin : begin + ROWS_AT_ONCE], table)
    return sums


def _sum_some(columns: npt.NDArray[Any], table: _Table) -> list[int]:
    goes_right = (columns.take(table.features, axis=0) > table.thresholds).view(np.uint8)
    ruled_out = goes_right.take(table.tests, axis=0) * table.ruled_out
    out = np.bitwise_or.reduce(ruled_out, axis=0)
    leaves = np.bitwise_count(out & ~(out + 1))  # the ones that the bits end in
    sums: list[int] = table.values.take(table.first_leaves + leaves).sum(axis=0).tolist()
    return sums
