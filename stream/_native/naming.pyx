# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/label/naming.py``: what a block is, by its words, its element and its class and id tokens."""

from cpython.mem cimport PyMem_Free
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint64_t

from stream._native.interning cimport Block, Names, Place, Slot, Words, allocate, hash_of

from stream._native.interning import native_blocks
from stream.cleaning.label import naming
from stream.cleaning.label import outline as outlines
from stream.cleaning.values import Label

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALNUM(Py_UCS4)
    bint PyUnicode_IS_ASCII(object)

DEF MAX_SAID = 256  # characters of a short block
cdef tuple ORDER = naming.ORDER
cdef dict WORD_RANKS = naming.WORD_RANKS, PART_RANKS = naming.PART_RANKS, BEGIN_RANKS = naming.BEGIN_RANKS
cdef int NOTHING = naming.NOTHING
cdef int DATE_RANK = ORDER.index(Label.DATE), WIDGET_RANK = ORDER.index(Label.WIDGET)
cdef Py_ssize_t MAX_META_CHARS = naming.MAX_META_CHARS, MAX_HEADING_CHARS = naming.MAX_HEADING_CHARS
cdef Py_ssize_t MAX_DATE_CHARS = naming.MAX_DATE_CHARS
cdef Py_ssize_t NAMING_PARENTS = naming.NAMING_PARENTS, NAMING_CLASS_TOKENS = naming.NAMING_CLASS_TOKENS
cdef object has_digit = naming.DIGIT.search, is_date = naming.DATE.match, is_count = naming.COUNT.match
cdef object body_kind = naming.body_kind, looks_like_headline = naming.looks_like_headline
cdef object HEADLINE = Label.HEADLINE, OTHER_LABEL = Label.OTHER, NAVIGATION = Label.NAVIGATION
cdef object RELATED = Label.RELATED, DUPLICATE = Label.DUPLICATE
cdef bint[64] IS_LONG  # by rank: whether a long text can be this
cdef bint[128] BEGINS_WORD  # whether a word of ``WORD_RANKS`` begins with the character
cdef Py_ssize_t LONGEST_WORD = max(map(len, WORD_RANKS))

cdef void fill_naming_tables():
    cdef Py_ssize_t rank
    for rank in range(len(ORDER)):
        IS_LONG[rank] = ORDER[rank] in naming.LONG_LABELS
    for word in WORD_RANKS:
        if ord(word[0]) < 128:
            BEGINS_WORD[<int>ord(word[0])] = True

fill_naming_tables()


cdef Words words_of_ranks(dict ranks):
    """A table whose numbers are the ranks."""
    cdef Words table = Words(len(ranks))
    cdef Slot* slot
    cdef uint64_t key
    cdef str word
    for word, rank in ranks.items():
        key = hash_of(PyUnicode_KIND(word), PyUnicode_DATA(word), 0, len(word))
        slot = table.at(key)
        slot.key = key
        slot.number = rank
    return table


cdef Words SPOKEN = words_of_ranks(WORD_RANKS), PARTS = words_of_ranks(PART_RANKS)
cdef list BEGINS = [BEGIN_RANKS.get(chr(code), ()) for code in range(128)]
assert MAX_META_CHARS <= MAX_SAID


cdef int rank_of_beginning(int kind, const void* data, Py_ssize_t length) except -1:
    cdef Py_ssize_t index
    cdef Py_UCS4 first
    cdef str start
    if not length:
        return NOTHING
    first = PyUnicode_READ(kind, data, 0)
    for start, rank in BEGINS[<int>first] if first < 128 else BEGIN_RANKS.get(chr(first), ()):
        if len(start) <= length:
            for index in range(1, len(start)):
                if PyUnicode_READ(PyUnicode_KIND(start), PyUnicode_DATA(start), index) != PyUnicode_READ(kind, data, index):
                    break
            else:
                return rank
    return NOTHING


cdef int rank_spoken(int kind, const void* data, Py_ssize_t length) except -1:
    """The rank of the words of a text in lower case, or of its beginning."""
    cdef Py_ssize_t index, begin = 0
    cdef int best = NOTHING
    cdef Py_UCS4 c
    cdef Slot* slot
    for index in range(length + 1):
        if index < length and not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, index)):
            continue
        if begin < index <= begin + LONGEST_WORD:
            c = PyUnicode_READ(kind, data, begin)
            if c >= 128 or BEGINS_WORD[c]:
                slot = SPOKEN.at(hash_of(kind, data, begin, index))
                if slot.key:
                    best = min(best, slot.number)
        begin = index + 1
    return best if best < NOTHING else rank_of_beginning(kind, data, length)


cdef int rank_by_words(str text) except -1:
    """The rank of ``naming.label_by_words``'s label; ``NOTHING`` for None."""
    cdef unsigned char[MAX_SAID] lowered
    cdef const unsigned char* data
    cdef Py_ssize_t length = len(text), index
    cdef bint digit = False
    cdef int rank
    cdef str spoken
    if length > MAX_META_CHARS:
        return NOTHING
    if PyUnicode_IS_ASCII(text):
        data = <const unsigned char*>PyUnicode_DATA(text)
        for index in range(length):
            lowered[index] = data[index] + 32 if 65 <= data[index] <= 90 else data[index]
            digit |= 48 <= data[index] <= 57
        rank = rank_spoken(PyUnicode_1BYTE_KIND, lowered, length)
    else:
        spoken = text.casefold()
        rank = rank_spoken(PyUnicode_KIND(spoken), PyUnicode_DATA(spoken), len(spoken))
        digit = rank == NOTHING and has_digit(text) is not None
    if rank == NOTHING and digit and length <= MAX_DATE_CHARS:
        if is_date(text):
            return DATE_RANK
        if is_count(text):
            return WIDGET_RANK
    return rank


def label_by_words(str text):
    cdef int rank = rank_by_words(text)
    return ORDER[rank] if rank < NOTHING else None


cdef inline int rank_of_part(int kind, void* data, Py_ssize_t begin, Py_ssize_t end) noexcept:
    cdef Slot* slot = PARTS.at(hash_of(kind, data, begin, end))
    return slot.number if slot.key else NOTHING


cdef int rank_of_name(str name) noexcept:
    """``naming._rank_of_name``: the rank of a name or of a part of it."""
    cdef int kind = PyUnicode_KIND(name), rank
    cdef void* data = PyUnicode_DATA(name)
    cdef Py_ssize_t length = len(name), index, begin = 0
    cdef Py_UCS4 c
    rank = rank_of_part(kind, data, 0, length)
    for index in range(length + 1):
        if index < length:
            c = PyUnicode_READ(kind, data, index)
            if c != c"-" and c != c"_":
                continue
        if index - begin < length:
            rank = min(rank, rank_of_part(kind, data, begin, index))
        begin = index + 1
    return rank


cdef class Ranks:
    """The ranks of a page's names, each found out when it is first asked for."""

    cdef Names names
    cdef int* ranks  # plus one; 0 where not asked yet

    def __cinit__(self, Names names):
        self.names = names
        self.ranks = <int*>allocate(len(names.texts), sizeof(int))

    def __dealloc__(self):
        PyMem_Free(self.ranks)

    cdef int of(self, int number) except -1:
        if not self.ranks[number]:
            self.ranks[number] = rank_of_name(self.names.texts[number]) + 1
        return self.ranks[number] - 1


cdef object own_name(Block block, Ranks ranks, bint before_body):
    cdef str text = block.text
    cdef Place* place = &block.place
    cdef Py_ssize_t index
    cdef int best
    if place.tags_count and block.names.texts[place.tags[0]] == "h1":
        return HEADLINE
    best = rank_by_words(text)
    if best < NOTHING:
        return ORDER[best]
    if not place.tags_count:
        return HEADLINE if before_body and looks_like_headline(text) else OTHER_LABEL
    for index in range(min(place.tags_count, NAMING_PARENTS + 1)):
        best = min(best, ranks.of(place.tags[index]))
    for index in range(min(place.class_tokens_count, NAMING_CLASS_TOKENS)):
        best = min(best, ranks.of(place.class_tokens[index]))
    if best == NOTHING or (len(text) > MAX_META_CHARS and not IS_LONG[best]):
        return OTHER_LABEL
    return ORDER[best]


def name_blocks(blocks, list kept, list repeats):
    cdef list natives = native_blocks(blocks)
    cdef Py_ssize_t count = len(natives), index, body_begin = count
    cdef Ranks ranks
    cdef Block block
    cdef list labels = []
    cdef object section = OTHER_LABEL
    if not count:
        return labels
    ranks = Ranks((<Block>natives[0]).names)
    for index in range(count):
        if kept[index]:
            body_begin = index
            break
    for index in range(count):
        block = natives[index]
        if kept[index]:
            labels.append(DUPLICATE if repeats[index] else body_kind(block))
            section = OTHER_LABEL
            continue
        label = own_name(block, ranks, index < body_begin)
        if (label is RELATED or label is NAVIGATION) and len(block.text) < MAX_HEADING_CHARS and not block.link_chars:
            section = label
        elif label is OTHER_LABEL:
            if section is not OTHER_LABEL and index > body_begin:
                label = section
            elif block.link_chars * 2 > <Py_ssize_t>len(block.text):
                label = NAVIGATION
        labels.append(label)
    return labels


cdef dict OUTLINE_FLAGS = {name: 1 for name in outlines.LISTS} | {outlines.TABLE: 2} | {name: 4 for name in outlines.ITEMS}
OUTLINE_FLAGS |= {"p": 8, "li": 4 | 16}


def outline(blocks, Py_ssize_t begin, Py_ssize_t end):
    """``outline.outline``"""
    cdef list natives = native_blocks(blocks), tags = [], homes = [], lists = [], tables = [], items = []
    cdef list kinds = [], pictures = []
    cdef dict known = {}
    cdef unsigned long long kind
    cdef Names names
    cdef Block block
    cdef Place* place
    cdef Py_ssize_t index
    cdef int level, of_list, of_table, own, above
    cdef char* flags = NULL
    if not natives:
        return outlines.Outline(tags, homes, lists, tables, items, kinds, pictures)
    names = (<Block>natives[0]).names
    flags = <char*>allocate(len(names.texts), sizeof(char))
    try:
        for index in range(len(names.texts)):
            flags[index] = OUTLINE_FLAGS.get(names.texts[index], 0)
        for index in range(begin, min(end, len(natives))):
            block = natives[index]
            place = &block.place
            of_list = of_table = -1
            for level in range(1, min(place.tags_count, place.levels)):
                if flags[place.tags[level]] & 1:
                    of_list = place.numbers[level]
                if flags[place.tags[level]] & 2 and of_table < 0:
                    of_table = place.numbers[level]
            own = flags[place.tags[0]] if place.tags_count else 0
            above = flags[place.tags[1]] if place.tags_count > 1 else 0
            tags.append(block.tag)
            homes.append(place.numbers[1] if place.levels > 1 else 0)
            lists.append(of_list)
            tables.append(of_table)
            kind = <unsigned long long>(place.numbers[1] if place.levels > 1 else 0) << 36
            kind |= <unsigned long long>(place.tags[0] + 1 if place.tags_count else 0) << 18
            kind |= <unsigned long long>(place.class_tokens[0] + 1 if place.class_tokens_count else 0)
            kinds.append(known.setdefault(kind, len(known)))
            pictures.append(block.picture)
            items.append(bool(own & 4) or bool(own & 8 and above & 16))
    finally:
        PyMem_Free(flags)
    return outlines.Outline(tags, homes, lists, tables, items, kinds, pictures)


def blocks_inside(blocks, names):
    cdef list natives = native_blocks(blocks), found = []
    cdef Block block
    cdef Py_ssize_t index
    cdef int class_token
    if not natives or names.isdisjoint((<Block>natives[0]).names.texts):
        return found
    for index in range(len(natives)):
        block = natives[index]
        for class_token in range(block.place.class_tokens_count):
            if block.names.texts[block.place.class_tokens[class_token]] in names:
                found.append(index)
                break
    return found


def distinct_class_tokens(blocks, Py_ssize_t most):
    """``stream/cleaning/judge/features.py``."""
    cdef set tokens = set()
    cdef Names names = None
    cdef bytearray seen = bytearray()
    cdef Block native
    cdef int index, number
    for block, _, _ in blocks:
        if type(block) is not Block:
            tokens.update(block.class_tokens)
        else:
            native = block
            if native.names is not names:
                names = native.names
                seen = bytearray(len(names.texts))
            for index in range(native.place.class_tokens_count):
                number = native.place.class_tokens[index]
                if not seen[number]:
                    seen[number] = 1
                    tokens.add(names.texts[number])
        if len(tokens) > most:
            break
    return tokens
