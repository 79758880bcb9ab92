# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The parsed page, read in C: its blocks, and the elements that speak to machines.

selectolax parses with lexbor, and its module exports lexbor's functions for callers in other languages (``*_noi``). They
are called here on the nodes whose addresses selectolax tells (``mem_id``), so that no Python object is made for each of
a page's thousands of nodes. Where they cannot be had, importing this module fails and the plain twins run:
``stream/cleaning/{walk,elements}.py``. A test holds them equal.
"""

import ctypes
import sys

import selectolax.lexbor

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND,
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_DecodeUTF8,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
    PyUnicode_READ,
)
from libc.string cimport memcmp, memcpy

from stream._native.names cimport MAX_HINTS, MAX_LEVELS, Block, Names, Place

from stream.cleaning.segment import walk

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint PyUnicode_IS_ASCII(object)
    Py_ssize_t PyUnicode_GET_LENGTH(object)


# --- lexbor -------------------------------------------------------------------------------------------------------

ctypedef const char* Text
ctypedef void* Node
ctypedef void* Attribute
ctypedef Node (*Step)(Node) noexcept
ctypedef int (*NodeType)(Node) noexcept
ctypedef size_t (*TagId)(Node) noexcept
ctypedef Text (*Reading)(void*, size_t*) noexcept

DEF ELEMENT_NODE = 1  # the DOM standard's numbers
DEF TEXT_NODE = 3

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
cdef Step first_child_of = <Step>address_of(lexbor, "lxb_dom_node_first_child_noi")
cdef Step next_of = <Step>address_of(lexbor, "lxb_dom_node_next_noi")
cdef Step parent_of = <Step>address_of(lexbor, "lxb_dom_node_parent_noi")
cdef NodeType type_of = <NodeType>address_of(lexbor, "lxb_dom_node_type_noi")
cdef TagId tag_id_of = <TagId>address_of(lexbor, "lxb_dom_node_tag_id_noi")
cdef Reading text_of = <Reading>address_of(lexbor, "lxb_dom_node_text_content")
cdef Reading element_name = <Reading>address_of(lexbor, "lxb_dom_element_qualified_name")
cdef Step first_attribute_of = <Step>address_of(lexbor, "lxb_dom_element_first_attribute_noi")
cdef Step next_attribute_of = <Step>address_of(lexbor, "lxb_dom_element_next_attribute_noi")
cdef Reading attribute_name = <Reading>address_of(lexbor, "lxb_dom_attr_qualified_name")
cdef Reading attribute_value = <Reading>address_of(lexbor, "lxb_dom_attr_value_noi")

DEF TAGS = 512  # ids below are lexbor's own elements; an unknown element has an address as its id
cdef list names = [None] * TAGS
cdef int[TAGS] roles  # of the elements with this id, plus one; 0 where not asked yet


cdef bint is_text(Text data, size_t length, str known):
    """Whether these bytes are the known text; one that is not ASCII never is."""
    return (
        <size_t>PyUnicode_GET_LENGTH(known) == length
        and PyUnicode_IS_ASCII(known)
        and memcmp(data, PyUnicode_DATA(known), length) == 0
    )


cdef inline bint is_same(Text text, size_t length, Text other, size_t size) noexcept:
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


cdef int role_of(Node node) except -1:
    """``walk.ROLES`` of any node."""
    cdef int kind = type_of(node), role
    cdef size_t number
    if kind == TEXT_NODE:
        return TEXT
    if kind != ELEMENT_NODE:
        return OTHER
    number = tag_id_of(node)
    if number < TAGS and roles[number]:
        return roles[number] - 1
    role = ROLES.get(tag_of(node), BLOCK)
    if number < TAGS:
        roles[number] = role + 1
    return role


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


# --- walk ---------------------------------------------------------------------------------------------------------

DEF MAX_ATTRIBUTE = 512  # bytes; longer ones are rare
cdef int BREAK = walk.BREAK, LINK = walk.LINK, UNREAD = walk.UNREAD
cdef int BLOCK = walk.BLOCK, TEXT = walk.TEXT, OTHER = walk.OTHER
cdef dict ROLES = walk.ROLES
assert walk.HINT_ATTRIBUTES == ("class", "id", "itemprop", "role")
cdef object hides = walk.HIDING.search


cdef inline bint is_unseen(Py_UCS4 c):
    """The characters of ``walk.UNSEEN``."""
    if c < 0x20:
        return c < 9 or 13 < c < 28
    return c == 0x7F or c == 0xAD or c == 0x200B or c == 0x2060 or c == 0xFEFF


cdef class Writer:
    """Text without what nobody sees and with single spaces, written piece by piece."""

    cdef Py_UCS4* chars
    cdef Py_ssize_t size, room
    cdef bint begun, gap  # whether a piece came since the last text was taken; whether a space is owed

    def __cinit__(self):
        self.room = 4096
        self.chars = <Py_UCS4*>PyMem_Malloc(self.room * sizeof(Py_UCS4))
        if self.chars == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.chars)

    cdef Py_ssize_t add(self, int kind, const void* data, Py_ssize_t length) except -1:
        """Write a piece; returns the characters that it would have alone."""
        cdef Py_ssize_t index, alone = 0
        cdef Py_UCS4 c
        cdef bint gap = False
        cdef Py_UCS4* grown
        if self.size + length + 1 > self.room:
            self.room = 2 * (self.size + length + 1)
            grown = <Py_UCS4*>PyMem_Realloc(self.chars, self.room * sizeof(Py_UCS4))
            if grown == NULL:
                raise MemoryError
            self.chars = grown
        self.begun = True
        for index in range(length):
            c = PyUnicode_READ(kind, data, index)
            if Py_UNICODE_ISSPACE(c):
                gap = self.gap = True
            elif not is_unseen(c):
                if self.gap and self.size:
                    self.chars[self.size] = c" "
                    self.size += 1
                alone += 2 if gap and alone else 1
                self.chars[self.size] = c
                self.size += 1
                gap = self.gap = False
        return alone

    cdef str take(self):
        """What was written, and begin anew."""
        cdef str text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self.chars, self.size)
        self.size = 0
        self.begun = self.gap = False
        return text


def squeeze(str text):
    cdef Writer writer = Writer()
    writer.add(PyUnicode_KIND(text), PyUnicode_DATA(text), len(text))
    return writer.take()


cdef bint is_blank(int kind, const void* data, Py_ssize_t length):
    cdef Py_ssize_t index
    for index in range(length):
        if not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, index)):
            return False
    return length > 0


cdef bint is_ascii(Text data, size_t length):
    cdef size_t index
    cdef char all = 0
    for index in range(length):
        all |= data[index]
    return all >= 0


cdef inline bint is_space(char c) noexcept:
    """``str.isspace`` of an ASCII character."""
    return c == 32 or 9 <= c <= 13 or 28 <= c <= 31


cdef int add_hints(Text value, size_t length, Names names, Place* place) except -1:
    """Number the words of an attribute in lower case, as long as there is room."""
    cdef char[MAX_ATTRIBUTE] lowered
    cdef size_t index, begin = 0
    cdef char c
    if length >= MAX_ATTRIBUTE or not is_ascii(value, length):
        for word in decoded(value, length).lower().split()[: MAX_HINTS - place.hints_count]:
            place.hints[place.hints_count] = names.number_of(word)
            place.hints_count += 1
        return 0
    for index in range(length + 1):
        c = value[index] if index < length else 32
        lowered[index] = c + 32 if 65 <= c <= 90 else c
        if is_space(c):
            if index > begin and place.hints_count < MAX_HINTS:
                place.hints[place.hints_count] = names.number_at(lowered, begin, index)
                place.hints_count += 1
            begin = index + 1
    return 0


cdef struct Value:
    Text data  # NULL where the element has no such attribute, or it has no value
    size_t length


cdef int add_own_hints(Node element, Names names, Place* place) except -1:
    """``walk._own_hints``: class, id, itemprop and role, and whether it is hidden."""
    cdef Attribute attribute = first_attribute_of(element)
    cdef Value[4] values
    cdef Value value
    cdef Text name
    cdef size_t length = 0
    cdef bint hidden = False
    cdef int index
    if attribute == NULL:
        return 0
    for index in range(4):
        values[index] = Value(NULL, 0)
    while attribute != NULL:
        name = attribute_name(attribute, &length)
        value.data = attribute_value(attribute, &value.length)
        if is_same(name, length, b"class", 5):
            values[0] = value
        elif is_same(name, length, b"id", 2):
            values[1] = value
        elif is_same(name, length, b"itemprop", 8):
            values[2] = value
        elif is_same(name, length, b"role", 4):
            values[3] = value
        elif is_same(name, length, b"hidden", 6) or (
            is_same(name, length, b"style", 5) and value.data != NULL and hides(decoded(value.data, value.length))
        ):
            hidden = True
        attribute = next_attribute_of(attribute)
    for index in range(4):
        if values[index].data != NULL:
            add_hints(values[index].data, values[index].length, names, place)
    if hidden and place.hints_count < MAX_HINTS:
        place.hints[place.hints_count] = names.number_of("hidden")
        place.hints_count += 1
    return 0


cdef struct Open:
    Node node
    int role
    int number  # of the element among those that are no text


cdef class Walk:
    """``walk._Walk``: the blocks found so far, and the state of the one that is being read."""

    cdef Writer writer
    cdef Names names
    cdef list blocks
    cdef Open* outer  # the elements around the node
    cdef Py_ssize_t* open_blocks  # the positions of those that are blocks
    cdef Place* places  # of these, from the outermost, as far as a block has needed them
    cdef Py_ssize_t depth, room, block_depth, placed
    cdef Py_ssize_t links, breaks, link_chars
    cdef int count

    def __cinit__(self):
        self.writer = Writer()
        self.names = Names()
        self.blocks = []
        self.grow(64)

    def __dealloc__(self):
        PyMem_Free(self.outer)
        PyMem_Free(self.open_blocks)
        PyMem_Free(self.places)

    cdef int grow(self, Py_ssize_t room) except -1:
        cdef void* grown = PyMem_Realloc(self.outer, room * sizeof(Open))
        if grown == NULL:
            raise MemoryError
        self.outer = <Open*>grown
        grown = PyMem_Realloc(self.open_blocks, room * sizeof(Py_ssize_t))
        if grown == NULL:
            raise MemoryError
        self.open_blocks = <Py_ssize_t*>grown
        grown = PyMem_Realloc(self.places, room * sizeof(Place))
        if grown == NULL:
            raise MemoryError
        self.places = <Place*>grown
        self.room = room
        return 0

    cdef int read(self, Node body) except -1:
        cdef Node node = body, child
        cdef int role
        while node != NULL:
            role = role_of(node)
            child = NULL
            if role == TEXT:
                self.add(node)
            elif role != OTHER and role != UNREAD:
                self.open(role, node)
                child = first_child_of(node)
                if child == NULL:
                    self.close()
            if child != NULL:
                node = child
                continue
            while self.depth:
                child = next_of(node)
                if child != NULL:
                    break
                node = self.outer[self.depth - 1].node
                self.close()
            node = child
        return 0

    cdef int add(self, Node node) except -1:
        cdef size_t length = 0
        cdef Text data = text_of(node, &length)
        cdef str text
        if data == NULL:
            return 0
        if is_ascii(data, length):
            return self.add_text(PyUnicode_1BYTE_KIND, data, length)
        text = decoded(data, length)
        return self.add_text(PyUnicode_KIND(text), PyUnicode_DATA(text), len(text))

    cdef int add_text(self, int kind, const void* data, Py_ssize_t length) except -1:
        cdef Py_ssize_t chars
        if is_blank(kind, data, length):
            self.writer.gap = True
            return 0
        chars = self.writer.add(kind, data, length)
        self.breaks = 0
        if self.links:
            self.link_chars += chars
        return 0

    cdef int open(self, int role, Node node) except -1:
        self.count += 1
        if self.depth == self.room:
            self.grow(2 * self.room)
        self.outer[self.depth] = Open(node, role, self.count)
        self.depth += 1
        if role == BLOCK:
            self.end_block()
            self.breaks = 0
            self.open_blocks[self.block_depth] = self.depth - 1
            self.block_depth += 1
        elif role == LINK:
            self.links += 1
        elif role == BREAK:
            self.breaks += 1
            if self.breaks == 1:
                self.writer.gap = True
            else:
                self.end_block()
        return 0

    cdef int close(self) except -1:
        cdef int role = self.outer[self.depth - 1].role
        if role == BLOCK:
            self.end_block()
            self.breaks = 0
            self.block_depth -= 1
            self.placed = min(self.placed, self.block_depth)
        elif role == LINK:
            self.links -= 1
        self.depth -= 1
        return 0

    cdef int end_block(self) except -1:
        cdef str text
        cdef Block block
        cdef Py_ssize_t link_chars = self.link_chars
        self.link_chars = 0
        if not self.writer.begun:
            return 0
        text = self.writer.take()
        if text:
            block = Block.__new__(Block)
            block.text = text
            block.link_chars = min(link_chars, <Py_ssize_t>len(text))
            block.names = self.names
            while self.placed < self.block_depth:
                self.place_next()
            block.place = self.places[self.placed - 1]
            self.blocks.append(block)
        return 0

    cdef int place_next(self) except -1:
        """Say of one more open block element where it is."""
        cdef Open* open = &self.outer[self.open_blocks[self.placed]]
        cdef Place* place = &self.places[self.placed]
        cdef Place* outer = &self.places[self.placed - 1] if self.placed else NULL
        cdef int index, copied
        place.numbers[0] = open.number
        place.tags[0] = self.names.number_of(tag_of(open.node))
        place.levels = place.tags_count = 1
        place.hints_count = 0
        add_own_hints(open.node, self.names, place)
        if outer != NULL:
            copied = min(outer.levels, MAX_LEVELS - 1)
            memcpy(&place.numbers[1], outer.numbers, copied * sizeof(int))
            memcpy(&place.tags[1], outer.tags, copied * sizeof(int))
            place.levels = place.tags_count = copied + 1
            copied = min(outer.hints_count, MAX_HINTS - place.hints_count)
            memcpy(&place.hints[place.hints_count], outer.hints, copied * sizeof(int))
            place.hints_count += copied
        self.placed += 1
        return 0


def html_blocks(body):
    cdef Walk walk = Walk()
    walk.read(<Node><size_t>body.mem_id)
    return tuple(walk.blocks)


def count_tags(html):
    cdef const unsigned char* data
    cdef Py_ssize_t begin, end, index, length, count = 0
    cdef unsigned char few
    if isinstance(html, str):
        return html.count("<")
    data = html
    length = len(html)
    for begin in range(0, length, 128):  # counts that fit a byte are added many at once
        few = 0
        end = min(begin + 128, length)
        for index in range(begin, end):
            few += <unsigned char>(data[index] == 60)
        count += few
    return count


# --- elements -----------------------------------------------------------------------------------------------------

DEF TELLING = 1  # what an element is looked for as; it may be several
DEF AUTHORS = 2
DEF DATES = 4
cdef frozenset TELLING_TAGS = frozenset({"meta", "title", "h1", "time"})
cdef int[TAGS] telling_tags  # of the elements with this id: 0 where not asked yet, 1 for no, 2 for yes


cdef class Element:
    """``elements.Element``; ``tree`` keeps the node alive."""

    cdef Node node
    cdef object tree

    def __eq__(self, other):
        return isinstance(other, Element) and self.node == (<Element>other).node

    def __hash__(self):
        return hash(<size_t>self.node)

    @property
    def tag(self):
        return tag_of(self.node)

    @property
    def attributes(self):
        return attributes_of(self.node)

    @property
    def parent(self):
        cdef Node parent = parent_of(self.node)
        return element_at(parent, self.tree) if parent != NULL and type_of(parent) == ELEMENT_NODE else None

    def pieces(self):
        cdef Node node = self.node
        cdef size_t length = 0
        cdef Text text
        cdef list found = []
        while node != NULL:
            if type_of(node) == TEXT_NODE:
                text = text_of(node, &length)
                if text != NULL:
                    found.append(decoded(text, length))
            node = following(node, self.node)
        return found

    def property(self, str name):
        cdef Node node = self.node
        while node != NULL:
            if type_of(node) == ELEMENT_NODE and name in (attributes_of(node).get("itemprop") or "").split():
                return element_at(node, self.tree)
            node = following(node, self.node)
        return None


cdef Element element_at(Node node, object tree):
    cdef Element element = Element.__new__(Element)
    element.node = node
    element.tree = tree
    return element


cdef Node following(Node node, Node root) noexcept:
    """The next node inside ``root`` in page order; NULL behind the last one."""
    cdef Node found = first_child_of(node)
    while found == NULL:
        if node == root:
            return NULL
        found = next_of(node)
        if found == NULL:
            node = parent_of(node)
    return found


def find_elements(tree, Py_ssize_t max_telling, Py_ssize_t max_authors, Py_ssize_t max_dates):
    cdef Node root, node
    cdef int kinds
    cdef list telling = [], authors = [], dates = []
    cdef object top = tree.root
    cdef Element element
    root = node = <Node><size_t>top.mem_id if top is not None else NULL
    while node != NULL:
        kinds = kinds_of(node) if type_of(node) == ELEMENT_NODE else 0
        if kinds:
            element = element_at(node, tree)
            if kinds & TELLING and len(telling) < max_telling:
                telling.append(element)
            if kinds & AUTHORS and len(authors) < max_authors:
                authors.append(element)
            if kinds & DATES and len(dates) < max_dates:
                dates.append(element)
        node = following(node, root)
    return telling, authors, dates


cdef int kinds_of(Node node) except -1:
    cdef Attribute attribute = first_attribute_of(node)
    cdef Text name, value
    cdef size_t name_length = 0, length = 0
    cdef int kinds = TELLING if is_telling(node) else 0
    while attribute != NULL:
        name = attribute_name(attribute, &name_length)
        if is_same(name, name_length, b"itemprop", 8):
            kinds |= TELLING
        elif name_length == 3 or name_length == 4 or name_length == 5:
            value = attribute_value(attribute, &length)
            if value != NULL:
                kinds |= kinds_by(node, name, name_length, value, length)
        attribute = next_attribute_of(attribute)
    return kinds


cdef bint is_telling(Node node) except -1:
    """Whether all elements of this name speak to machines."""
    cdef size_t number = tag_id_of(node)
    cdef bint telling
    if number < TAGS and telling_tags[number]:
        return telling_tags[number] == 2
    telling = tag_of(node) in TELLING_TAGS
    if number < TAGS:
        telling_tags[number] = 2 if telling else 1
    return telling


cdef int kinds_by(Node node, Text name, size_t name_length, Text value, size_t length) except -1:
    """What an attribute says that the element is: ``class``, ``rel``, ``type`` or ``href``."""
    cdef int kinds = 0
    if is_same(name, name_length, b"class", 5):
        kinds = kinds_by_class(value, length)
    elif is_same(name, name_length, b"rel", 3):
        relations = decoded(value, length).lower().split()
        if "author" in relations:
            kinds |= AUTHORS
        if tag_of(node) == "link" and ("canonical" in relations or "image_src" in relations):
            kinds |= TELLING
    elif is_same(name, name_length, b"type", 4):
        if tag_of(node) == "script" and "ld+json" in decoded(value, length).lower():
            kinds |= TELLING
    elif is_same(name, name_length, b"href", 4):
        if holds(value, length, b"/author/", 8) and tag_of(node) == "a":
            kinds |= AUTHORS
    return kinds


cdef int kinds_by_class(Text value, size_t length) except -1:
    """Every element's class is looked at: in one go."""
    cdef int kinds = 0
    cdef bint may_be_fn = False
    cdef size_t index, rest
    cdef Text here
    for index in range(length):
        here, rest = value + index, length - index
        if here[0] == c"d":
            kinds |= DATES if begins(here, rest, b"date", 4) else 0
        elif here[0] == c"t":
            kinds |= DATES if begins(here, rest, b"time", 4) else 0
        elif here[0] == c"p":
            kinds |= DATES if begins(here, rest, b"publish", 7) else 0
        elif here[0] == c"a":
            kinds |= AUTHORS if begins(here, rest, b"author", 6) or begins(here, rest, b"autor", 5) else 0
        elif here[0] == c"b":
            kinds |= AUTHORS if begins(here, rest, b"byline", 6) else 0
        elif here[0] == c"f":
            may_be_fn = may_be_fn or begins(here, rest, b"fn", 2)
    if may_be_fn and "fn" in decoded(value, length).split():
        kinds |= AUTHORS
    return kinds


cdef inline bint begins(Text text, size_t length, Text part, size_t size) noexcept:
    return length >= size and memcmp(text, part, size) == 0


cdef bint holds(Text text, size_t length, Text part, size_t size) noexcept:
    """Whether the bytes have these in them."""
    cdef size_t index
    for index in range(length - size + 1 if length >= size else 0):
        if text[index] == part[0] and memcmp(text + index, part, size) == 0:
            return True
    return False
