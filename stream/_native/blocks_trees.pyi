from array import array
from collections.abc import Sequence

def sum_leaves(
    rows: Sequence[Sequence[float]],
    features: array[int],
    thresholds: array[float],
    left: array[int],
    right: array[int],
    roots: array[int],
) -> list[int]: ...
