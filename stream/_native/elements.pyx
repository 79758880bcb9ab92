# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/segment/elements.py``: the elements that tell machines or readers of the article."""

from libc.string cimport memcmp

from stream._native.dom cimport (
    Attribute,
    attribute_name,
    attribute_value,
    attributes_of,
    decoded,
    ELEMENT_NODE,
    first_attribute_of,
    first_child_of,
    is_same,
    next_attribute_of,
    next_of,
    Node,
    parent_of,
    tag_id_of,
    tag_of,
    TAGS,
    Text,
    TEXT_NODE,
    text_of,
    type_of,
)

DEF TELLING = 1  # what an element is looked for as; it may be several
DEF AUTHORS = 2
DEF DATES = 4
cdef frozenset TELLING_TAGS = frozenset({"base", "meta", "title", "h1", "time"})
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

    def runs(self):
        cdef Node node = self.node
        cdef size_t length = 0
        cdef Text text
        cdef list found = []
        while node != NULL:
            if type_of(node) == TEXT_NODE:
                text = text_of(node, &length)
                if text != NULL:
                    found.append((decoded(text, length), tag_of(parent_of(node))))
            elif type_of(node) == ELEMENT_NODE and tag_of(node) == "br":
                found.append(("\n", "br"))
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
