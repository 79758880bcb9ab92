# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/words.py``: the words of a text, counted."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALNUM(Py_UCS4)


cdef bint[128] IS_ALNUM  # of ASCII's characters

cdef void fill_alnum():
    cdef int code
    for code in range(128):
        IS_ALNUM[code] = chr(code).isalnum()

fill_alnum()


def count_words(str text):
    cdef Py_ssize_t index, count = 0
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
        elif not counted and (IS_ALNUM[c] if c < 128 else Py_UNICODE_ISALNUM(c)):
            count += 1
            counted = True
    return count
