# cython: language_level=3
"""See ``trees.pyx``."""

cdef struct Node:
    double threshold  # of a leaf: infinity, so that a row stays there
    int feature
    int left  # the node's number or, of a leaf, its own; the right one stands behind it


cdef class Trees:
    cdef Node* nodes
    cdef int* leaves  # the values of the nodes that are leaves
    cdef int* roots
    cdef int* depths
    cdef Py_ssize_t count
    cdef double scale
    cdef Py_ssize_t plant(self, forest, Py_ssize_t tree, Py_ssize_t first) except -1
    cdef void add(self, const double* rows, Py_ssize_t count, Py_ssize_t width, long long* sums) noexcept


cdef Trees trees_of(forest)
