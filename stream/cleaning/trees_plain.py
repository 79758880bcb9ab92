"""Sum the leaves of trees where no compiler built the native module: every row and tree takes its step at once.

``stream/_native/blocks.pyx`` computes the same sums; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # it imports this module
    from stream.cleaning.trees import Forest

__all__ = ["sum_leaves"]


@dataclass(frozen=True, slots=True)
class _Table:
    """A forest's nodes as arrays; a leaf leads to itself, ``children`` has the right and the left one of each node."""

    features: npt.NDArray[Any]
    thresholds: npt.NDArray[Any]
    children: npt.NDArray[Any]
    values: npt.NDArray[Any]
    roots: npt.NDArray[Any]
    depth: int


@cache
def _table_of(forest: Forest) -> _Table:
    nodes = np.arange(len(forest.features))
    features = np.array(forest.features, dtype=np.int64)
    is_leaf = features < 0
    left = np.array(forest.left, dtype=np.int64)
    children = np.stack([np.where(is_leaf, nodes, forest.right), np.where(is_leaf, nodes, left)], axis=1)
    roots = np.array(forest.roots, dtype=np.int64)
    depth, reached = 0, roots
    while not is_leaf[reached].all():
        depth, reached = depth + 1, np.unique(children[reached])
    return _Table(
        features=np.where(is_leaf, 0, features),
        thresholds=np.array(forest.thresholds),
        children=children.ravel(),
        values=np.where(is_leaf, left, 0),
        roots=roots,
        depth=depth,
    )


def sum_leaves(rows: Sequence[Sequence[float]], forest: Forest) -> list[int]:
    """The sum of the leaves that each row falls into."""
    if not rows:
        return []
    table = _table_of(forest)
    cells = np.array(rows)
    first_cells = (np.arange(len(rows)) * cells.shape[1])[:, None]
    flat = cells.ravel()
    nodes = np.tile(table.roots, (len(rows), 1))
    for _ in range(table.depth):
        goes_left = flat.take(first_cells + table.features.take(nodes)) <= table.thresholds.take(nodes)
        nodes = table.children.take(2 * nodes + goes_left)
    sums: list[int] = table.values.take(nodes).sum(axis=1).tolist()
    return sums
