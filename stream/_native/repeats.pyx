# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/label/duplicates.py``: text that a page says twice."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring

from stream.cleaning.label import duplicates

cdef Py_ssize_t MIN_REPEATED_CHARS = duplicates.MIN_CHARS, MIN_PROBED_CHARS = duplicates.MIN_PROBED_CHARS
cdef Py_ssize_t COPIED_CHARS = duplicates.PROBE_CHARS, PROBES = duplicates.PROBES, MAX_MISSED = duplicates.MAX_MISSED
cdef object parent_number = duplicates.parent_number


cdef class Triples:
    """Which three characters stand side by side in a text: most texts that are not in it have some that do not."""

    cdef void add(self, str text) noexcept:
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t index
        for index in range(len(text) - 2):
            self.seen[triple_at(kind, data, index)] = 1

    cdef bint may_hold(self, str text, Py_ssize_t begin, Py_ssize_t end) noexcept:
        """False only where the text from ``begin`` to ``end`` stands in none of the texts."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t index
        for index in range(begin, min(end, <Py_ssize_t>len(text)) - 2):
            if not self.seen[triple_at(kind, data, index)]:
                return False
        return True


cdef inline unsigned int triple_at(int kind, void* data, Py_ssize_t index) noexcept:
    cdef unsigned int value = <unsigned int>PyUnicode_READ(kind, data, index)
    value = value * 31 + <unsigned int>PyUnicode_READ(kind, data, index + 1)
    value = value * 31 + <unsigned int>PyUnicode_READ(kind, data, index + 2)
    return (value * <unsigned int>2654435761) >> (32 - TRIPLES_BITS)


def find_repeats(blocks, list kept):
    """``duplicates.find_repeats``."""
    cdef dict parents = {}
    cdef list repeats = []
    cdef str before = "", text
    cdef Triples triples = Triples()
    cdef bint repeat
    for block, keep in zip(blocks, kept):
        text = block.text
        repeat = False
        if keep and len(text) >= MIN_REPEATED_CHARS:
            parent = parent_number(block)
            if text in parents:
                repeat = parents[text] != parent
            else:
                parents[text] = parent
                repeat = len(text) >= MIN_PROBED_CHARS and is_joined_copy(text, before, triples)
        if keep and not repeat:
            text += " "
            before += text
            triples.add(text)
        repeats.append(repeat)
    return repeats


cdef bint is_joined_copy(str text, str before, Triples triples) except -1:
    cdef Py_ssize_t step = (len(text) - COPIED_CHARS) // (PROBES - 1), probe, missed = 0
    for probe in range(PROBES):
        if not triples.may_hold(text, probe * step, probe * step + COPIED_CHARS) or (
            PyUnicode_Substring(text, probe * step, probe * step + COPIED_CHARS) not in before
        ):
            missed += 1
            if missed > MAX_MISSED:
                return False
    return True
