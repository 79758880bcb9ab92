from stream.cleaning.label.duplicates import find_repeats as find_repeats
from stream.cleaning.label.features import candidates as candidates
from stream.cleaning.label.features import chances_of as chances_of
from stream.cleaning.label.features import first_pass as first_pass
from stream.cleaning.label.features import second_pass as second_pass
from stream.cleaning.label.naming import blocks_inside as blocks_inside
from stream.cleaning.label.naming import name_blocks as name_blocks
from stream.cleaning.label.naming import said_by_words as said_by_words
from stream.cleaning.label.trees_plain import sum_leaves as sum_leaves

def count_words(text: str) -> int: ...
