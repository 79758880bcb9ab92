from stream.cleaning.naming import body_kind as body_kind
from stream.cleaning.naming import name_removed as name_removed
from stream.cleaning.naming import said_by_words as said_by_words
