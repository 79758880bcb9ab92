# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What the native modules share: a page's blocks, whose tags, classes and ids are numbers."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_DATA, PyUnicode_DecodeUTF8, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint64_t

from stream.cleaning import values as plain
from stream.cleaning.segment import walk

assert walk.MAX_PARENTS == MAX_LEVELS - 1 and walk.MAX_CLASS_TOKENS == MAX_CLASS_TOKENS


cdef void* allocate(Py_ssize_t count, Py_ssize_t size) except NULL:
    """Zeroed memory for ``count`` things and one more, so that nothing asks for none."""
    cdef void* memory = PyMem_Calloc(count + 1, size)
    if memory == NULL:
        raise MemoryError
    return memory


cdef uint64_t hash_of(int kind, const void* data, Py_ssize_t begin, Py_ssize_t end) noexcept:
    """FNV-1a over code points; never 0, which marks a free slot."""
    cdef uint64_t value = 14695981039346656037ULL
    cdef Py_ssize_t index
    for index in range(begin, end):
        value = (value ^ <uint64_t>PyUnicode_READ(kind, data, index)) * 1099511628211ULL
    return value ^ value >> 32 or 1


cdef class Words:
    """A hash table of words by their hashes, found without making a string; it is never more than half full."""

    def __cinit__(self, Py_ssize_t words):
        cdef Py_ssize_t size = 64
        while size < 2 * words:
            size *= 2
        self.slots = <Slot*>allocate(size, sizeof(Slot))
        self.mask = size - 1

    def __dealloc__(self):
        PyMem_Free(self.slots)

    cdef Slot* at(self, uint64_t key) noexcept:
        """The word's slot, or the free one where it belongs."""
        cdef uint64_t place = key & self.mask
        while self.slots[place].key and self.slots[place].key != key:
            place = (place + 1) & self.mask
        return &self.slots[place]

    cdef int number(self, uint64_t key) except -1:
        """The word's number, in the order in which words came."""
        cdef Slot* slot = self.at(key)
        if not slot.key:
            if 2 * <uint64_t>self.count > self.mask:
                self.grow()
                slot = self.at(key)
            slot.key = key
            slot.number = self.count
            self.count += 1
        return slot.number

    cdef int grow(self) except -1:
        cdef Slot* old = self.slots
        cdef uint64_t place, last = self.mask
        self.slots = <Slot*>allocate(2 * (last + 1), sizeof(Slot))
        self.mask = 2 * last + 1
        for place in range(last + 1):
            if old[place].key:
                self.at(old[place].key)[0] = old[place]
        PyMem_Free(old)
        return 0


cdef class Names:
    """The names of a page's elements, classes and ids: each once, and by its number."""

    def __cinit__(self):
        self.texts = []
        self.table = Words(64)

    cdef int number_of(self, str text) except -1:
        cdef int number = self.table.number(hash_of(PyUnicode_KIND(text), PyUnicode_DATA(text), 0, len(text)))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    cdef int known(self, str text) noexcept:
        """The number of a name; -1 where the page has none such."""
        cdef Slot* slot = self.table.at(hash_of(PyUnicode_KIND(text), PyUnicode_DATA(text), 0, len(text)))
        return slot.number if slot.key else -1

    cdef int number_at(self, const char* data, size_t begin, size_t end) except -1:
        """The number of a name that is written in ASCII."""
        cdef int number = self.table.number(hash_of(PyUnicode_1BYTE_KIND, data, begin, end))
        if number == len(self.texts):
            self.texts.append(PyUnicode_DecodeUTF8(data + begin, end - begin, "replace"))
        return number


cdef class Block:
    """``blocks.Block``, whose names are made into strings when somebody asks for them."""

    @property
    def tag(self):
        return self.names.texts[self.place.tags[0]] if self.place.tags_count else ""

    @property
    def parents(self):
        cdef int level
        return tuple([self.names.texts[self.place.tags[level]] for level in range(1, self.place.tags_count)])

    @property
    def class_tokens(self):
        cdef int index
        return tuple([self.names.texts[self.place.class_tokens[index]] for index in range(self.place.class_tokens_count)])

    @property
    def path(self):
        cdef int level
        return tuple([self.place.numbers[level] for level in range(self.place.levels)])

    @property
    def column(self):
        return self.place.column

    def __eq__(self, other):
        return all([getattr(self, name) == getattr(other, name, None) for name in FIELDS])

    def __hash__(self):
        return hash(self.text)

    def __repr__(self):
        return f"Block({', '.join([f'{name}={getattr(self, name)!r}' for name in FIELDS])})"


cdef tuple FIELDS = plain.Block.__struct_fields__


def native_blocks(blocks):
    """One page's blocks as a list of native ones with common names; of plain ones copies are made."""
    cdef list natives = list(blocks)
    cdef Names names = (<Block>natives[0]).names if natives and type(natives[0]) is Block else None
    for block in natives:
        if type(block) is not Block or (<Block>block).names is not names:
            names = Names()
            return [native_block(block, names) for block in natives]
    return natives


cdef Block native_block(block, Names names):
    cdef Block copy = Block.__new__(Block)
    cdef Place* place = &copy.place
    copy.text = block.text
    copy.link_chars = block.link_chars
    copy.names = names
    copy.picture = block.picture
    place.column = block.column
    place.levels = place.tags_count = place.class_tokens_count = 0
    for number in block.path[:MAX_LEVELS]:
        place.numbers[place.levels] = number
        place.levels += 1
    for name in (block.tag, *block.parents)[:MAX_LEVELS] if block.tag else ():
        place.tags[place.tags_count] = names.number_of(name)
        place.tags_count += 1
    for name in block.class_tokens[:MAX_CLASS_TOKENS]:
        place.class_tokens[place.class_tokens_count] = names.number_of(name)
        place.class_tokens_count += 1
    return copy
