# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/segment/walk.py``: a page's blocks."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND,
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
    PyUnicode_READ,
)
from libc.string cimport memcmp, memcpy

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
    previous_of,
    tag_id_of,
    tag_of,
    TAGS,
    Text,
    TEXT_NODE,
    text_of,
    type_of,
)
from stream._native.interning cimport MAX_CLASS_TOKENS, MAX_LEVELS, Block, Names, Place

from stream.cleaning.segment import walk

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)

DEF MAX_ATTRIBUTE = 512  # bytes; longer ones are rare
cdef int LINE = walk.LINE, BREAK = walk.BREAK, LINK = walk.LINK, UNREAD = walk.UNREAD
cdef int BLOCK = walk.BLOCK, TEXT = walk.TEXT, OTHER = walk.OTHER, EITHER = walk.EITHER, RARE = walk.RARE
cdef int RAISED = walk.RAISED, LOWERED = walk.LOWERED, LINES = walk.LINES, IMAGE = walk.IMAGE
cdef int MAX_COLUMNS = walk.MAX_COLUMNS
cdef size_t SPAN_NUMBER = walk.SPAN_NUMBER
cdef int CARD = walk.CARD, CLOSED = walk.CLOSED
cdef dict ROLES = walk.ROLES, RARITIES = walk.RARITIES
cdef frozenset SENTENCES = walk.SENTENCES, CELLS = walk.CELLS
cdef frozenset CAPS = walk.CAPS
cdef object begins_word = walk.begins_word
cdef object keep_lines = walk.keep_lines, is_power = walk.POWER.match, is_overlay = walk.OVERLAYS.search
assert walk.CLASS_TOKEN_ATTRIBUTES == ("class", "id", "itemprop", "role")
cdef object hides = walk.HIDING.search
cdef int[TAGS] roles  # of the elements with this id, plus one; 0 where not asked yet


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
    role = ROLES.get(tag_of(node), EITHER)
    if number < TAGS:
        roles[number] = role + 1
    return role


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


cdef Py_ssize_t squeezed_chars(str text) except -1:
    cdef Writer writer = Writer()
    return writer.add(PyUnicode_KIND(text), PyUnicode_DATA(text), len(text))


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


cdef int add_class_tokens(Text value, size_t length, Names names, Place* place) except -1:
    """Number the words of an attribute in lower case, as long as there is room."""
    cdef char[MAX_ATTRIBUTE] lowered
    cdef size_t index, begin = 0
    cdef char c
    if length >= MAX_ATTRIBUTE or not is_ascii(value, length):
        for word in decoded(value, length).lower().split()[: MAX_CLASS_TOKENS - place.class_tokens_count]:
            place.class_tokens[place.class_tokens_count] = names.number_of(word)
            place.class_tokens_count += 1
        return 0
    for index in range(length + 1):
        c = value[index] if index < length else 32
        lowered[index] = c + 32 if 65 <= c <= 90 else c
        if is_space(c):
            if index > begin and place.class_tokens_count < MAX_CLASS_TOKENS:
                place.class_tokens[place.class_tokens_count] = names.number_at(lowered, begin, index)
                place.class_tokens_count += 1
            begin = index + 1
    return 0


cdef struct Value:
    Text data  # NULL where the element has no such attribute, or it has no value
    size_t length


cdef str text_within(Node node):
    """All text of a node; nothing where there is no node."""
    cdef size_t length = 0
    cdef Text data = text_of(node, &length) if node != NULL else NULL
    return decoded(data, length) if data != NULL else ""


cdef bint continues(Node node) except -1:
    """``walk._continues``"""
    cdef Node after = next_of(node)
    cdef str text
    if after == NULL or type_of(after) != TEXT_NODE:
        return False
    text = text_within(after)
    return not text.isspace()


cdef bint pops_up(Node node) except -1:
    """``walk._pops_up``"""
    cdef Attribute attribute = first_attribute_of(node)
    cdef Text name, value
    cdef size_t length = 0, size = 0
    while attribute != NULL:
        name = attribute_name(attribute, &length)
        value = attribute_value(attribute, &size)
        if is_same(name, length, b"hidden", 6) or is_same(name, length, b"popover", 7):
            return True
        if value != NULL and (
            (is_same(name, length, b"role", 4) and is_same(value, size, b"tooltip", 7))
            or (is_same(name, length, b"style", 5) and hides(decoded(value, size)) is not None)
            or (is_same(name, length, b"class", 5) and is_overlay(decoded(value, size)) is not None)
        ):
            return True
        attribute = next_attribute_of(attribute)
    return False


cdef int column_of(Node cell) except -1:
    """``walk._column_of``"""
    cdef int column = 0
    cdef Node before = previous_of(cell)
    while before != NULL and column < MAX_COLUMNS:
        if type_of(before) == ELEMENT_NODE and tag_of(before) in CELLS:
            span = attributes_of(before).get("colspan") or "1"
            column += int(span) if len(span) < 3 and span.isascii() and span.isdigit() else 1
        before = previous_of(before)
    return min(column, MAX_COLUMNS)


cdef bint add_own_class_tokens(Node element, Names names, Place* place) except -1:
    """``walk._own_class_tokens``: class, id, itemprop and role, and whether it is hidden.

    Returns whether it is a popover.
    """
    cdef Attribute attribute = first_attribute_of(element)
    cdef Value[4] values
    cdef Value value
    cdef Text name
    cdef size_t length = 0
    cdef bint hidden = False, popover = False
    cdef int index
    if attribute == NULL:
        return False
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
        elif is_same(name, length, b"popover", 7):
            popover = True
        attribute = next_attribute_of(attribute)
    for index in range(4):
        if values[index].data != NULL:
            add_class_tokens(values[index].data, values[index].length, names, place)
    if hidden and place.class_tokens_count < MAX_CLASS_TOKENS:
        place.class_tokens[place.class_tokens_count] = names.number_of("hidden")
        place.class_tokens_count += 1
    return popover


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
    cdef int count, image, verbatim, pending
    cdef int rare
    cdef bint noted, is_fresh
    cdef list lines  # the text of a block that is kept as it is written
    cdef Text last  # the piece before
    cdef size_t last_length

    def __cinit__(self):
        self.writer = Writer()
        self.names = Names()
        self.blocks = []
        self.lines = []
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
            elif role != OTHER and role != UNREAD and self.open(role, node):
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
        if self.verbatim:
            return self.add_lines(decoded(data, length))
        if self.pending > 1 and length == self.last_length and memcmp(data, self.last, length) == 0:
            self.rare |= CARD
        if is_ascii(data, length):
            self.add_text(PyUnicode_1BYTE_KIND, data, length)
        else:
            text = decoded(data, length)
            self.add_text(PyUnicode_KIND(text), PyUnicode_DATA(text), len(text))
        if self.is_fresh:
            self.last, self.last_length = data, length
        return 0

    cdef int add_text(self, int kind, const void* data, Py_ssize_t length) except -1:
        cdef Py_ssize_t chars
        self.is_fresh = not is_blank(kind, data, length)
        if not self.is_fresh:
            self.writer.gap = True
            return 0
        chars = self.writer.add(kind, data, length)
        self.pending += 1
        self.breaks = 0
        if self.links:
            self.link_chars += chars
        return 0

    cdef int add_lines(self, str text) except -1:
        self.lines.append(text)
        if not text.isspace():
            self.pending += 1
            if self.links:
                self.link_chars += squeezed_chars(text)
        return 0

    cdef bint open(self, int role, Node node) except -1:
        """Begin an element, unless it pops up over the sentence."""
        self.count += 1
        if role == LINE:
            if self.pending and tag_id_of(node) == SPAN_NUMBER and pops_up(node):
                return False
        elif role == EITHER or role == RARE:
            if role == RARE:
                self.rare |= <int>RARITIES[tag_of(node)]
            role = LINE if self.is_in_sentence(node) else BLOCK
        if (role == BLOCK or role == LINES) and self.pending and continues(node):
            if pops_up(node) or attributes_of(node).get("aria-hidden") == "true":
                return False
        if self.depth == self.room:
            self.grow(2 * self.room)
        self.outer[self.depth] = Open(node, role, self.count)
        self.depth += 1
        if role == BLOCK or role == LINES:
            self.end_block()
            self.verbatim += role == LINES
            self.open_blocks[self.block_depth] = self.depth - 1
            self.block_depth += 1
        elif role == LINK:
            self.links += 1
        elif role == BREAK:
            self.add_break()
        elif role == RAISED or role == LOWERED:
            self.mark_power(node, role)
        elif role == IMAGE:
            self.image = self.count
        return True

    cdef int close(self) except -1:
        cdef int role = self.outer[self.depth - 1].role
        if role == BLOCK or role == LINES:
            if not (self.pending and self.is_drop_cap(self.outer[self.depth - 1].node)):
                self.end_block()
            self.verbatim -= role == LINES
            self.block_depth -= 1
            self.placed = min(self.placed, self.block_depth)
        elif role == LINK:
            self.links -= 1
        elif role == RAISED and self.noted:
            self.write("]")
            self.noted = False
        self.depth -= 1
        return 0

    cdef int write(self, str text) except -1:
        """A mark that no element has."""
        if self.verbatim:
            self.lines.append(text)
        else:
            self.writer.add(PyUnicode_KIND(text), PyUnicode_DATA(text), len(text))
        return 0

    cdef bint is_in_sentence(self, Node node) except -1:
        if continues(node):
            return True
        if not self.block_depth or tag_of(node) == "button":
            return False
        return tag_of(self.outer[self.open_blocks[self.block_depth - 1]].node) in SENTENCES

    cdef int add_break(self) except -1:
        if self.verbatim:
            self.lines.append("\n")
            return 0
        self.breaks += 1
        if self.breaks == 1:
            self.writer.gap = True
        else:
            self.end_block()
        return 0

    cdef int mark_power(self, Node node, int role) except -1:
        cdef Node after = next_of(node)
        cdef Node first = first_child_of(node)
        cdef str last
        if self.verbatim:
            last = next((piece for piece in map(walk._seen, reversed(self.lines)) if piece), "")[-1:]
        elif self.writer.size and not self.writer.gap:
            last = chr(self.writer.chars[self.writer.size - 1])
        else:
            return 0
        if not ("0" <= last <= "9") or not is_power(text_within(node)):
            return 0
        if role == LOWERED:
            self.write("_")
        elif after != NULL and type_of(after) == TEXT_NODE and text_within(after)[0] in "/\u2044":
            if self.verbatim:
                self.lines.append(" ")
            self.writer.gap = not self.verbatim
        elif first != NULL and type_of(first) == ELEMENT_NODE and tag_of(first) == "a":
            self.write("[")
            self.noted = True
        else:
            self.write("^")
        return 0

    cdef bint is_drop_cap(self, Node node) except -1:
        cdef Node after
        cdef Py_ssize_t size = self.writer.size
        cdef str last
        if self.verbatim or not 1 <= size <= 2:
            return False
        last = chr(self.writer.chars[size - 1])
        after = next_of(node)
        if after == NULL or type_of(after) != TEXT_NODE or not last.isalpha() or last.islower():
            return False
        if not text_within(after)[0].isalpha():
            return False
        self.writer.gap = False
        return True

    cdef int end_block(self) except -1:
        cdef str text
        cdef Block block, before
        cdef Py_ssize_t link_chars = self.link_chars
        cdef int level
        self.link_chars = self.breaks = 0
        if self.verbatim:
            text = keep_lines("".join(self.lines))
            self.lines.clear()
        else:
            if not self.writer.begun:
                self.pending = 0
                return 0
            text = self.writer.take()
        self.pending = 0
        if text and not text.isspace():
            block = Block.__new__(Block)
            block.text = text
            block.link_chars = min(link_chars, <Py_ssize_t>len(text))
            block.names = self.names
            while self.placed < self.block_depth:
                self.place_next()
            block.place = self.places[self.placed - 1]
            block.picture = -1
            if self.image:
                for level in range(block.place.levels):
                    if block.place.numbers[level] < self.image:
                        block.picture = level
                        break
                self.image = 0
            if self.blocks:
                before = self.blocks[len(self.blocks) - 1]
                if len(before.text) <= 2 and self.has_cap(before, block):
                    block.text = before.text + text
                    self.blocks.pop()
            self.blocks.append(block)
        return 0

    cdef bint has_cap(self, Block cap, Block block) except -1:
        cdef int level
        if cap.place.levels < 2 or cap.tag not in CAPS or block.tag not in CAPS:
            return False
        for level in range(block.place.levels):
            if block.place.numbers[level] == cap.place.numbers[1]:
                return begins_word(cap.text, block.text)
        return False

    cdef int place_next(self) except -1:
        """Say of one more open block element where it is."""
        cdef Open* open = &self.outer[self.open_blocks[self.placed]]
        cdef Place* place = &self.places[self.placed]
        cdef Place* outer = &self.places[self.placed - 1] if self.placed else NULL
        cdef int index, copied
        place.numbers[0] = open.number
        place.tags[0] = self.names.number_of(tag_of(open.node))
        place.levels = place.tags_count = 1
        place.class_tokens_count = 0
        if add_own_class_tokens(open.node, self.names, place):
            self.rare |= CLOSED
        if tag_of(open.node) in CELLS:
            place.column = column_of(open.node)
        else:
            place.column = outer.column if outer != NULL else -1
        if outer != NULL:
            copied = min(outer.levels, MAX_LEVELS - 1)
            memcpy(&place.numbers[1], outer.numbers, copied * sizeof(int))
            memcpy(&place.tags[1], outer.tags, copied * sizeof(int))
            place.levels = place.tags_count = copied + 1
            copied = min(outer.class_tokens_count, MAX_CLASS_TOKENS - place.class_tokens_count)
            memcpy(&place.class_tokens[place.class_tokens_count], outer.class_tokens, copied * sizeof(int))
            place.class_tokens_count += copied
        self.placed += 1
        return 0


def html_blocks(body):
    cdef Walk walk = Walk()
    walk.read(<Node><size_t>body.mem_id)
    return tuple(walk.blocks), walk.rare


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
