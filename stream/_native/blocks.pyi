from collections.abc import Sequence

from stream.cleaning.label.duplicates import find_repeats as find_repeats
from stream.cleaning.label.features_plain import candidates as candidates
from stream.cleaning.label.features_plain import first_pass as first_pass
from stream.cleaning.label.features_plain import probabilities_of as probabilities_of
from stream.cleaning.label.features_plain import second_pass as second_pass
from stream.cleaning.label.naming import blocks_inside as blocks_inside
from stream.cleaning.label.naming import name_blocks as name_blocks
from stream.cleaning.label.naming import said_by_words as said_by_words
from stream.cleaning.label.trees import Forest

def count_words(text: str) -> int: ...
def sum_leaves(rows: Sequence[Sequence[float]], forest: Forest) -> list[int]: ...
