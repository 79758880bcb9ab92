from collections.abc import Sequence

from stream.cleaning.trees import Forest

def sum_leaves(rows: Sequence[Sequence[float]], forest: Forest) -> list[int]: ...
