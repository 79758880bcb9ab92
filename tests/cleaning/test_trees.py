"""Trees give the same sums however they are run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream import native
from stream.cleaning.trees import LEAF_SCALE, Forest, node_means, sum_contributions, sum_each, sum_leaves

if native.IS_COMPILED:
    from stream._native import trees

# if row[0] <= 1.5: -1, else (if row[1] <= 0: 2, else 3); then a tree of one leaf: 0.5
FOREST = Forest.from_lists(
    {
        "features": [0, -1, 1, -1, -1, -1],
        "thresholds": [1.5, 0, 0, 0, 0, 0],
        "left": [1, -LEAF_SCALE, 3, 2 * LEAF_SCALE, 3 * LEAF_SCALE, LEAF_SCALE // 2],
        "right": [2, 0, 4, 0, 0, 0],
        "roots": [0, 5],
    }
)


@pytest.mark.parametrize(("row", "log_odds"), [([1.5, 9.0], -0.5), ([1.6, 0.0], 2.5), ([2.0, 0.1], 3.5)])
def test_a_row_falls_into_one_leaf_of_each_tree(row: list[float], log_odds: float) -> None:
    assert FOREST.probabilities([row]) == [pytest.approx(1 / (1 + math.exp(-log_odds)))]


def test_no_rows_have_no_probabilities() -> None:
    assert FOREST.probabilities([]) == []


@pytest.mark.usefixtures("compiled")
@given(st.lists(st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)), max_size=20))
def test_compiled_and_plain_sums_are_equal(rows: list[tuple[float, float]]) -> None:
    assert trees.sum_leaves(rows, FOREST) == sum_leaves(rows, FOREST)
    assert [trees.sum_each(row, (FOREST, FOREST)) for row in rows] == [sum_each(row, (FOREST, FOREST)) for row in rows]


def test_gains_lead_from_the_mean_to_the_leaf() -> None:
    means = node_means(FOREST)
    gains = sum_contributions(FOREST, means, [2.0, 0.1])
    roots = means[0] + means[5]
    assert roots + sum(gains.values()) == pytest.approx(3.5)
    assert set(gains) == {0, 1}
