# cython: language_level=3, boundscheck=False, wraparound=False
"""Compiled twin of ``stream.cleaning.trees.sum_leaves_in_python``."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc


def sum_leaves(rows, const int[::1] features, const double[::1] thresholds, const int[::1] left, const int[::1] right, const int[::1] roots):
    """The sum of the leaves that each row falls into."""
    cdef Py_ssize_t width = len(rows[0]) if rows else 0
    cdef double* row = <double*> PyMem_Malloc((width + 1) * sizeof(double))
    cdef Py_ssize_t column, tree
    cdef int node
    cdef long long total
    if row == NULL:
        raise MemoryError
    sums = []
    try:
        for values in rows:
            for column in range(width):
                row[column] = values[column]
            total = 0
            for tree in range(roots.shape[0]):
                node = roots[tree]
                while features[node] >= 0:
                    node = left[node] if row[features[node]] <= thresholds[node] else right[node]
                total += left[node]
            sums.append(total)
    finally:
        PyMem_Free(row)
    return sums
