# cython: language_level=3
"""See ``dom.pyx``."""

ctypedef const char* Text
ctypedef void* Node
ctypedef void* Attribute
ctypedef Node (*Step)(Node) noexcept
ctypedef int (*NodeType)(Node) noexcept
ctypedef size_t (*TagId)(Node) noexcept
ctypedef Text (*Reading)(void*, size_t*) noexcept

cdef enum:
    ELEMENT_NODE = 1  # the DOM standard's numbers
    TEXT_NODE = 3
    TAGS = 512  # ids below are lexbor's own elements; an unknown element has an address as its id

cdef Step first_child_of, next_of, previous_of, parent_of, first_attribute_of, next_attribute_of
cdef NodeType type_of
cdef TagId tag_id_of
cdef Reading text_of, attribute_name, attribute_value

cdef bint is_same(Text text, size_t length, Text other, size_t size) noexcept
cdef str decoded(Text data, size_t length)
cdef str tag_of(Node node)
cdef dict attributes_of(Node element)
