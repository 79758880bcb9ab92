# cython: language_level=3
"""See ``interning.pyx``."""

from libc.stdint cimport uint64_t

cdef enum:
    MAX_LEVELS = 13  # walk.MAX_PARENTS and the element itself
    MAX_CLASS_TOKENS = 30  # walk.MAX_CLASS_TOKENS


cdef struct Slot:
    uint64_t key  # 0 where it is free
    int number


cdef class Words:
    cdef Slot* slots
    cdef uint64_t mask
    cdef int count
    cdef Slot* at(self, uint64_t key) noexcept
    cdef int number(self, uint64_t key) except -1
    cdef int grow(self) except -1


cdef uint64_t hash_of(int kind, const void* data, Py_ssize_t begin, Py_ssize_t end) noexcept
cdef void* allocate(Py_ssize_t count, Py_ssize_t size) except NULL


cdef struct Place:
    int levels  # of the path: the element and its parents that are blocks, innermost first
    int numbers[MAX_LEVELS]
    int tags_count  # the element and its parents; 0 for a line of text
    int tags[MAX_LEVELS]
    int class_tokens_count
    int class_tokens[MAX_CLASS_TOKENS]
    int column  # of the table's cell; -1 outside


cdef class Names:
    cdef list texts
    cdef Words table
    cdef int number_of(self, str text) except -1
    cdef int known(self, str text) noexcept
    cdef int number_at(self, const char* data, size_t begin, size_t end) except -1


cdef class Block:
    cdef readonly str text
    cdef readonly Py_ssize_t link_chars
    cdef readonly int picture
    cdef Names names
    cdef Place place
