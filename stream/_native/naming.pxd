# cython: language_level=3
"""See ``naming.pyx``."""

cdef int rank_by_words(str text) except -1
