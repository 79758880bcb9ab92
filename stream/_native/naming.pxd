# cython: language_level=3
"""See ``naming.pyx``."""

cdef int rank_said(str text) except -1
