from stream.cleaning.label.naming import blocks_inside as blocks_inside
from stream.cleaning.label.naming import name_blocks as name_blocks
from stream.cleaning.label.naming import said_by_words as said_by_words
