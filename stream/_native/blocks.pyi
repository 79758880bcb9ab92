from stream.cleaning.features import candidates as candidates
from stream.cleaning.features import chances_of as chances_of
from stream.cleaning.features import first_pass as first_pass
from stream.cleaning.features import second_pass as second_pass
from stream.cleaning.naming import name_blocks as name_blocks
from stream.cleaning.naming import said_by_words as said_by_words
from stream.cleaning.trees_plain import sum_leaves as sum_leaves
from stream.cleaning.walk import html_blocks as html_blocks
from stream.cleaning.walk import squeeze as squeeze

def count_words(text: str) -> int: ...
