# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/words.py``: the words of a text, counted."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALNUM(Py_UCS4)


DEF SPELT_CHARS = 5  # words.SPELT_CHARS, whose module imports this one
cdef bint[128] IS_ALNUM  # of ASCII's characters

cdef void fill_alnum():
    cdef int code
    for code in range(128):
        IS_ALNUM[code] = chr(code).isalnum()

fill_alnum()


cdef inline bint is_spelt(Py_UCS4 c) noexcept:
    """Thai, Lao, Tibetan, Burmese and Khmer."""
    return c <= 0x0EFF or 0x0F40 <= c <= 0x0FBC or 0x1000 <= c <= 0x109F or 0x1780 <= c


def count_words(str text):
    cdef Py_ssize_t index, count = 0, spelt = 0
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 c
    cdef bint counted = False  # whether the word that is being read has been counted
    for index in range(len(text)):
        c = PyUnicode_READ(kind, data, index)
        if Py_UNICODE_ISSPACE(c):
            counted = False
        elif 0x3040 <= c <= 0x30FF or 0x3400 <= c <= 0x4DBF or 0x4E00 <= c <= 0x9FFF:
            count += 1
            counted = False
        elif 0x0E00 <= c <= 0x17D3 and is_spelt(c):
            spelt += 1
            counted = False
        elif not counted and (IS_ALNUM[c] if c < 128 else Py_UNICODE_ISALNUM(c)):
            count += 1
            counted = True
    return count + (spelt + SPELT_CHARS - 1) // SPELT_CHARS
