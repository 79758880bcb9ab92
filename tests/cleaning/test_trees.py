"""Trees give the same sums however they are run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.label import trees_plain
from stream.cleaning.label.trees import LEAF_SCALE, Forest, node_means, path_gains, sum_leaves

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
    assert FOREST.chances([row]) == [pytest.approx(1 / (1 + math.exp(-log_odds)))]


def test_no_rows_have_no_chances() -> None:
    assert FOREST.chances([]) == []


@given(st.lists(st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)), max_size=20))
def test_compiled_and_plain_sums_are_equal(rows: list[tuple[float, float]]) -> None:
    assert sum_leaves(rows, FOREST) == trees_plain.sum_leaves(rows, FOREST)


def test_plain_sums_of_many_rows_are_those_of_each() -> None:
    rows = [[number % 4, 150 - number] for number in range(3 * trees_plain.ROWS_AT_ONCE + 1)]
    assert trees_plain.sum_leaves(rows, FOREST) == [trees_plain.sum_leaves([row], FOREST)[0] for row in rows]


def test_a_tree_of_too_many_leaves_for_the_plain_sums_is_refused() -> None:
    tests = trees_plain.MAX_LEAVES  # a leaf on the left of each, and one on the right of the last
    lists: dict[str, list[float]] = {
        "features": [*[0, -1] * tests, -1],
        "thresholds": [0.0] * (2 * tests + 1),
        "left": [*(number + 1 if number % 2 == 0 else 0 for number in range(2 * tests)), 0],
        "right": [*(number + 2 if number % 2 == 0 else 0 for number in range(2 * tests)), 0],
        "roots": [0],
    }
    forest = Forest.from_lists(lists)
    with pytest.raises(ValueError, match="65 leaves"):
        trees_plain.sum_leaves([[1.0]], forest)


def test_gains_lead_from_the_mean_to_the_leaf() -> None:
    means = node_means(FOREST)
    gains = path_gains(FOREST, means, [2.0, 0.1])
    roots = means[0] + means[5]
    assert roots + sum(gains.values()) == pytest.approx(3.5)
    assert set(gains) == {0, 1}
