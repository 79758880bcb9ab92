from stream.cleaning.duplicates import find_repeats as find_repeats
from stream.cleaning.features import candidates as candidates
from stream.cleaning.features import chances_of as chances_of
from stream.cleaning.features import first_pass as first_pass
from stream.cleaning.features import second_pass as second_pass
from stream.cleaning.naming import blocks_inside as blocks_inside
from stream.cleaning.naming import name_blocks as name_blocks
from stream.cleaning.naming import said_by_words as said_by_words
from stream.cleaning.trees_plain import sum_leaves as sum_leaves

def count_words(text: str) -> int: ...
