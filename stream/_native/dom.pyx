# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The parsed page, read in C by lexbor's own functions.

selectolax parses with lexbor, and its module exports lexbor's functions for callers in other languages (``*_noi``). They
are called here on the nodes whose addresses selectolax tells (``mem_id``), so that no Python object is made for each of
a page's thousands of nodes. Where they cannot be had, importing this module fails and the plain half runs.
"""

import ctypes
import sys

import selectolax.lexbor

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_DecodeUTF8
from libc.string cimport memcmp

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object)
    Py_ssize_t PyUnicode_GET_LENGTH(object)


cdef size_t address_of(object library, str name) except 0:
    try:
        return ctypes.cast(getattr(library, name), ctypes.c_void_p).value
    except AttributeError:
        raise ImportError(f"selectolax does not export {name}") from None


cdef object library_of(module):
    try:
        return ctypes.CDLL(module.__file__)
    except OSError as error:
        raise ImportError(f"cannot call into {module.__name__}") from error


cdef object lexbor = library_of(selectolax.lexbor)
first_child_of = <Step>address_of(lexbor, "lxb_dom_node_first_child_noi")
next_of = <Step>address_of(lexbor, "lxb_dom_node_next_noi")
previous_of = <Step>address_of(lexbor, "lxb_dom_node_prev_noi")
parent_of = <Step>address_of(lexbor, "lxb_dom_node_parent_noi")
type_of = <NodeType>address_of(lexbor, "lxb_dom_node_type_noi")
tag_id_of = <TagId>address_of(lexbor, "lxb_dom_node_tag_id_noi")
text_of = <Reading>address_of(lexbor, "lxb_dom_node_text_content")
cdef Reading element_name = <Reading>address_of(lexbor, "lxb_dom_element_qualified_name")
first_attribute_of = <Step>address_of(lexbor, "lxb_dom_element_first_attribute_noi")
next_attribute_of = <Step>address_of(lexbor, "lxb_dom_element_next_attribute_noi")
attribute_name = <Reading>address_of(lexbor, "lxb_dom_attr_qualified_name")
attribute_value = <Reading>address_of(lexbor, "lxb_dom_attr_value_noi")

cdef list names = [None] * TAGS


cdef bint is_text(Text data, size_t length, str known):
    """Whether these bytes are the known text; one that is not ASCII never is."""
    return (
        <size_t>PyUnicode_GET_LENGTH(known) == length
        and PyUnicode_IS_ASCII(known)
        and memcmp(data, PyUnicode_DATA(known), length) == 0
    )


cdef bint is_same(Text text, size_t length, Text other, size_t size) noexcept:
    return length == size and memcmp(text, other, size) == 0


cdef str decoded(Text data, size_t length):
    return PyUnicode_DecodeUTF8(data, length, "replace")


cdef str tag_of(Node node):
    """The name of an element: the same string each time, but for SVG's names in mixed case."""
    cdef size_t number = tag_id_of(node), length = 0
    cdef Text name = element_name(node, &length)
    cdef str known
    if number < TAGS:
        known = names[number]
        if known is None:
            known = names[number] = sys.intern(decoded(name, length))
        if is_text(name, length, known):
            return known
    return decoded(name, length)


cdef dict attributes_of(Node element):
    cdef Attribute attribute = first_attribute_of(element)
    cdef Text name, value
    cdef size_t length = 0
    cdef dict found = {}
    while attribute != NULL:
        name = attribute_name(attribute, &length)
        key = decoded(name, length)
        value = attribute_value(attribute, &length)
        found[key] = decoded(value, length) if value != NULL else None
        attribute = next_attribute_of(attribute)
    return found
