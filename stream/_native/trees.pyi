from collections.abc import Sequence

from stream.cleaning.label.trees import Forest

def sum_leaves(rows: Sequence[Sequence[float]], forest: Forest) -> list[int]: ...
