# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/trees.py``: the leaves that rows of features fall into, summed."""

from cpython.mem cimport PyMem_Free
from libc.math cimport INFINITY

from stream._native.interning cimport allocate


DEF ROWS = 8  # rows that go down a tree side by side, so that the processor waits for none of them


cdef class Trees:
    """A forest with its nodes side by side in memory, each tree level by level."""

    def __cinit__(self, forest):
        cdef Py_ssize_t tree, first = 0
        self.count = len(forest.roots)
        self.scale = forest.scale
        self.nodes = <Node*>allocate(len(forest.features), sizeof(Node))
        self.leaves = <int*>allocate(len(forest.features), sizeof(int))
        self.roots = <int*>allocate(self.count, sizeof(int))
        self.depths = <int*>allocate(self.count, sizeof(int))
        for tree in range(self.count):
            self.roots[tree] = first
            first = self.plant(forest, tree, first)

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.leaves)
        PyMem_Free(self.roots)
        PyMem_Free(self.depths)

    cdef Py_ssize_t plant(self, forest, Py_ssize_t tree, Py_ssize_t first) except -1:
        """Put a tree's nodes at ``first`` and behind it; returns where the next tree begins."""
        cdef list order = [(forest.roots[tree], 0)]
        cdef Py_ssize_t place = first
        for node, depth in order:
            if forest.features[node] < 0:
                self.nodes[place] = Node(INFINITY, 0, place)
                self.leaves[place] = forest.left[node]
            else:
                self.nodes[place] = Node(forest.thresholds[node], forest.features[node], first + len(order))
                order += ((forest.left[node], depth + 1), (forest.right[node], depth + 1))
            self.depths[tree] = depth
            place += 1
        return place

    cdef void add(self, const double* rows, Py_ssize_t count, Py_ssize_t width, long long* sums) noexcept:
        """Add to each row's sum the leaves that it falls into: tree after tree, so that a tree stays at hand."""
        cdef Py_ssize_t tree, first, row, step
        cdef const double* cells
        cdef int[ROWS] at
        cdef Node* node
        for tree in range(self.count):
            for first in range(0, count, ROWS):
                for row in range(ROWS):
                    at[row] = self.roots[tree]
                for step in range(self.depths[tree]):
                    for row in range(min(ROWS, count - first)):
                        node = &self.nodes[at[row]]
                        cells = rows + (first + row) * width
                        at[row] = node.left + (not cells[node.feature] <= node.threshold)
                for row in range(min(ROWS, count - first)):
                    sums[first + row] += self.leaves[at[row]]


cdef dict FORESTS = {}


cdef Trees trees_of(forest):
    """The forest's native form, made when it is first asked for."""
    known = FORESTS.get(id(forest))
    if known is None:
        known = FORESTS[id(forest)] = (forest, Trees(forest))  # holding the forest keeps its id its own
    return known[1]


def sum_leaves(rows, forest):
    cdef Py_ssize_t count = len(rows), width = len(rows[0]) if rows else 0, row, column
    cdef double* cells = <double*>allocate(count * width, sizeof(double))
    cdef long long* sums = NULL
    try:
        sums = <long long*>allocate(count, sizeof(long long))
        for row in range(count):
            for column in range(width):
                cells[row * width + column] = rows[row][column]
        trees_of(forest).add(cells, count, width, sums)
        return [sums[row] for row in range(count)]
    finally:
        PyMem_Free(cells)
        PyMem_Free(sums)


def sum_each(row, forests):
    cdef Py_ssize_t width = len(row), column, number
    cdef double* cells = <double*>allocate(width, sizeof(double))
    cdef long long* sums = NULL
    try:
        sums = <long long*>allocate(len(forests), sizeof(long long))
        for column in range(width):
            cells[column] = row[column]
        for number, forest in enumerate(forests):
            trees_of(forest).add(cells, 1, width, sums + number)
        return [sums[number] for number in range(len(forests))]
    finally:
        PyMem_Free(cells)
        PyMem_Free(sums)
