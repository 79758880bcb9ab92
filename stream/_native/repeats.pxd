# cython: language_level=3
"""See ``repeats.pyx``."""

cdef enum:
    TRIPLES_BITS = 16
    TRIPLES = 1 << 16


cdef class Triples:
    cdef unsigned char[TRIPLES] seen
    cdef void add(self, str text) noexcept
    cdef bint may_hold(self, str text, Py_ssize_t begin, Py_ssize_t end) noexcept
