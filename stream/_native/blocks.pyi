from array import array
from collections.abc import Sequence

from stream.cleaning.features import candidates as candidates
from stream.cleaning.features import chances_of as chances_of
from stream.cleaning.features import first_pass as first_pass
from stream.cleaning.features import second_pass as second_pass
from stream.cleaning.naming import name_blocks as name_blocks
from stream.cleaning.naming import said_by_words as said_by_words
from stream.cleaning.walk import html_blocks as html_blocks
from stream.cleaning.walk import squeeze as squeeze

def sum_leaves(
    rows: Sequence[Sequence[float]],
    features: array[int],
    thresholds: array[float],
    left: array[int],
    right: array[int],
    roots: array[int],
) -> list[int]: ...
