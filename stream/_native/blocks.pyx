# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The cleaning's inner loops: parsed page in, blocks out; blocks in, chances and labels out.

``stream/cleaning/{walk,naming,features,trees}.py`` are the readable twins: every public function here has its namesake
there, computes the same values in the same order, and a test holds the two equal.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport (
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
)
from libc.math cimport exp
from libc.stdint cimport uint64_t
from libc.string cimport memset

from stream.cleaning import features as plain
from stream.cleaning import naming, walk
from stream.cleaning.blocks import Block, Label

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALNUM(Py_UCS4)


# --- walk ---------------------------------------------------------------------------------------------------------

cdef int LINE = walk.LINE, BREAK = walk.BREAK, LINK = walk.LINK, UNREAD = walk.UNREAD
cdef int BLOCK = walk.BLOCK, TEXT = walk.TEXT, OTHER = walk.OTHER
cdef dict ROLES = walk.ROLES
cdef Py_ssize_t MAX_PARENTS = walk.MAX_PARENTS, MAX_HINTS = walk.MAX_HINTS
cdef tuple HINT_ATTRIBUTES = walk.HINT_ATTRIBUTES
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

    cdef Py_ssize_t add(self, str piece) except -1:
        """Write a piece; returns the characters that it would have alone."""
        cdef Py_ssize_t length = len(piece), index, alone = 0
        cdef int kind = PyUnicode_KIND(piece)
        cdef void* data = PyUnicode_DATA(piece)
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
    writer.add(text)
    return writer.take()


cdef bint is_blank(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t index
    for index in range(len(text)):
        if not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, index)):
            return False
    return len(text) > 0


cdef tuple own_hints(dict attributes):
    cdef list tokens
    if not attributes:
        return ()
    tokens = []
    for name in HINT_ATTRIBUTES:
        value = attributes.get(name)
        if value:
            tokens += (<str>value).lower().split()
    style = attributes.get("style")
    if "hidden" in attributes or (style and hides(style)):
        tokens.append("hidden")
    return tuple(tokens)


cdef class Walk:
    """``walk._Walk``: the blocks found so far, and the state of the one that is being read."""

    cdef Writer writer
    cdef list blocks, nodes, numbers, elements
    cdef Py_ssize_t links, breaks, link_chars, count

    def __cinit__(self):
        self.writer = Writer()
        self.blocks = []
        self.nodes = []
        self.numbers = []
        self.elements = []

    cdef int add(self, str text) except -1:
        cdef Py_ssize_t chars
        if is_blank(text):
            self.writer.gap = True
            return 0
        chars = self.writer.add(text)
        self.breaks = 0
        if self.links:
            self.link_chars += chars
        return 0

    cdef int open(self, int role, node) except -1:
        self.count += 1
        if role == BLOCK:
            self.end_block()
            self.breaks = 0
            self.nodes.append(node)
            self.numbers.append(self.count)
        elif role == LINK:
            self.links += 1
        elif role == BREAK:
            self.breaks += 1
            if self.breaks == 1:
                self.writer.gap = True
            else:
                self.end_block()
        return 0

    cdef int close(self, int role) except -1:
        if role == BLOCK:
            self.end_block()
            self.breaks = 0
            self.nodes.pop()
            self.numbers.pop()
            if len(self.elements) > len(self.nodes):
                self.elements.pop()
        elif role == LINK:
            self.links -= 1
        return 0

    cdef int end_block(self) except -1:
        cdef str text
        cdef tuple element
        cdef Py_ssize_t link_chars = self.link_chars
        self.link_chars = 0
        if not self.writer.begun:
            return 0
        text = self.writer.take()
        if text:
            element = self.element()
            self.blocks.append(
                Block(text, element[0], element[2], element[3], min(link_chars, len(text)), element[1])
            )
        return 0

    cdef tuple element(self):
        cdef Py_ssize_t index = len(self.elements)
        cdef tuple outer = self.elements[index - 1] if index else None
        cdef tuple own, hints
        for index in range(index, len(self.nodes)):
            node = self.nodes[index]
            own = own_hints(node.attributes)
            if outer is None:
                outer = (node.tag, (self.numbers[index],), (), own[:MAX_HINTS])
            else:
                hints = (own + <tuple>outer[3])[:MAX_HINTS] if own else outer[3]
                outer = (
                    node.tag,
                    (self.numbers[index],) + (<tuple>outer[1])[:MAX_PARENTS],
                    (outer[0],) + (<tuple>outer[2])[: MAX_PARENTS - 1],
                    hints,
                )
            self.elements.append(outer)
        return outer


def html_blocks(body):
    cdef Walk walk = Walk()
    cdef list outer = [], roles = []
    cdef int role
    node = body
    while node is not None:
        found = ROLES.get(node.tag)
        role = BLOCK if found is None else found
        child = None
        if role == TEXT:
            walk.add(node.text_content)
        elif role != OTHER and role != UNREAD:
            walk.open(role, node)
            child = node.first_child
            if child is None:
                walk.close(role)
        if child is not None:
            outer.append(node)
            roles.append(role)
            node = child
            continue
        while outer:
            child = node.next
            if child is not None:
                break
            node = outer.pop()
            walk.close(roles.pop())
        node = child
    return tuple(walk.blocks)


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
        elif not counted and Py_UNICODE_ISALNUM(c):
            count += 1
            counted = True
    return count


# --- naming -------------------------------------------------------------------------------------------------------

cdef tuple ORDER = naming.ORDER
cdef dict WORD_RANKS = naming.WORD_RANKS, PART_RANKS = naming.PART_RANKS, BEGIN_RANKS = naming.BEGIN_RANKS
cdef int NOTHING = naming.NOTHING
cdef int DATE_RANK = ORDER.index(Label.DATE), WIDGET_RANK = ORDER.index(Label.WIDGET)
cdef Py_ssize_t MAX_META_CHARS = naming.MAX_META_CHARS, MAX_HEADING_CHARS = naming.MAX_HEADING_CHARS
cdef Py_ssize_t MAX_DATE_CHARS = naming.MAX_DATE_CHARS
cdef Py_ssize_t NAMING_PARENTS = naming.NAMING_PARENTS, NAMING_HINTS = naming.NAMING_HINTS
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


cdef int rank_said(str text) except -1:
    """The rank of ``naming.said_by_words``'s label; ``NOTHING`` for None."""
    cdef Py_ssize_t length, begin = 0, index
    cdef int kind, best = NOTHING, rank
    cdef void* data
    cdef Py_UCS4 c
    cdef str spoken, word
    if len(text) > MAX_META_CHARS:
        return NOTHING
    spoken = text.casefold()
    length = len(spoken)
    kind = PyUnicode_KIND(spoken)
    data = PyUnicode_DATA(spoken)
    for index in range(length + 1):
        if index < length and not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, index)):
            continue
        if begin < index <= begin + LONGEST_WORD:
            c = PyUnicode_READ(kind, data, begin)
            if c >= 128 or BEGINS_WORD[c]:
                found = WORD_RANKS.get(PyUnicode_Substring(spoken, begin, index))
                if found is not None:
                    best = min(best, <int>found)
        begin = index + 1
    if best == NOTHING and length:
        for start, found in BEGIN_RANKS.get(PyUnicode_Substring(spoken, 0, 1), ()):
            if (<str>spoken).startswith(<str>start):
                return found
    if best == NOTHING and len(text) <= MAX_DATE_CHARS and has_digit(text):
        if is_date(text):
            return DATE_RANK
        if is_count(text):
            return WIDGET_RANK
    return best


def said_by_words(str text):
    cdef int rank = rank_said(text)
    return ORDER[rank] if rank < NOTHING else None


cdef int rank_of_name(str name, dict seen) except -1:
    cdef int rank
    found = seen.get(name)
    if found is not None:
        return found
    rank = PART_RANKS.get(name, NOTHING)
    if "-" in name or "_" in name:
        for part in name.replace("_", "-").split("-"):
            rank = min(rank, <int>PART_RANKS.get(part, NOTHING))
    seen[name] = rank
    return rank


cdef object own_name(block, dict seen, bint before_body):
    cdef str tag = block.tag, text = block.text
    cdef tuple parents, hints
    cdef Py_ssize_t index
    cdef int best
    if tag == "h1":
        return HEADLINE
    best = rank_said(text)
    if best < NOTHING:
        return ORDER[best]
    if not tag:
        return HEADLINE if before_body and looks_like_headline(text) else OTHER_LABEL
    best = rank_of_name(tag, seen)
    parents = block.parents
    for index in range(min(len(parents), NAMING_PARENTS)):
        best = min(best, rank_of_name(parents[index], seen))
    hints = block.hints
    for index in range(min(len(hints), NAMING_HINTS)):
        best = min(best, rank_of_name(hints[index], seen))
    if best == NOTHING or (len(text) > MAX_META_CHARS and not IS_LONG[best]):
        return OTHER_LABEL
    return ORDER[best]


def name_blocks(blocks, list kept, list repeats):
    cdef Py_ssize_t count = len(blocks), index, body_begin = count
    cdef dict seen = {}
    cdef list labels = []
    cdef object section = OTHER_LABEL
    for index in range(count):
        if kept[index]:
            body_begin = index
            break
    for index in range(count):
        block = blocks[index]
        if kept[index]:
            labels.append(DUPLICATE if repeats[index] else body_kind(block))
            section = OTHER_LABEL
            continue
        label = own_name(block, seen, index < body_begin)
        if (label is RELATED or label is NAVIGATION) and len(<str>block.text) < MAX_HEADING_CHARS and not block.link_chars:
            section = label
        elif label is OTHER_LABEL:
            if section is not OTHER_LABEL and index > body_begin:
                label = section
            elif <Py_ssize_t>block.link_chars * 2 > len(<str>block.text):
                label = NAVIGATION
        labels.append(label)
    return labels


# --- features -----------------------------------------------------------------------------------------------------

cdef double MIN_PROSE_WORDS = plain.MIN_PROSE_WORDS, LOSS = plain.LOSS, FAR = plain.FAR
cdef double MAX_WEIGHED_CHARS = plain.MAX_WEIGHED_CHARS
cdef Py_ssize_t PROBE_CHARS = plain.PROBE_CHARS, LEXICON_WORDS = plain.LEXICON_WORDS
cdef Py_ssize_t OWN_HINTS = plain.OWN_HINTS, COPIES = plain.COPIES
cdef Py_ssize_t HTML_WIDTH = len(plain.HTML_NAMES), TEXT_WIDTH = len(plain.TEXT_NAMES)
cdef Py_ssize_t SECOND_WIDTH = len(plain.SECOND_NAMES)
cdef dict TAG_RANKS = plain.TAG_RANKS, HEADING_RANKS = plain.HEADING_RANKS
cdef tuple ABOVE = plain.ABOVE
cdef frozenset CUT = plain.CUT, CUT_ANYWHERE = plain.CUT_ANYWHERE, CAPTIONS = plain.CAPTIONS
cdef str BULLETS = plain.BULLETS
cdef object class_of = plain.class_of
cdef double[64] SAID  # by rank: the feature's value
cdef bint[64] HEADS_LIST  # by rank: whether a short block that says so heads what is not the article's

DEF LEVELS = 5
DEF NEAR_SIZE = 4
DEF FAR_NEAR_SIZE = 6
DEF AROUND_SIZE = 0x2100
cdef int[NEAR_SIZE] NEAR
cdef int[FAR_NEAR_SIZE] FAR_NEAR
cdef unsigned char[0x110000] CLASSES  # of characters; 0 where not asked yet

# What ``plain.class_of`` calls its classes, as one byte each.
cdef dict CLASS_BYTES = {".": 46, ",": 44, '"': 34, "|": 124, "9": 57, "A": 65, "a": 97, "字": 1, "ا": 2, " ": 32, "-": 45}
cdef bint[AROUND_SIZE] AROUND  # the characters of ``plain.AROUND_WORDS``


cdef void fill_feature_tables():
    cdef Py_ssize_t index
    assert plain.LEVELS == LEVELS and len(plain.NEAR) == NEAR_SIZE and len(plain.FAR_NEAR) == FAR_NEAR_SIZE
    for index in range(NEAR_SIZE):
        NEAR[index] = plain.NEAR[index]
    for index in range(FAR_NEAR_SIZE):
        FAR_NEAR[index] = plain.FAR_NEAR[index]
    for index in range(NOTHING):
        SAID[index] = plain.SAID_RANKS[ORDER[index]]
        HEADS_LIST[index] = ORDER[index] in plain.LISTS
    SAID[NOTHING] = -1.0
    HEADS_LIST[NOTHING] = False
    for mark in plain.AROUND_WORDS:
        AROUND[<int>ord(mark)] = True

fill_feature_tables()


cdef unsigned char ask_class(Py_UCS4 c) except 0:
    CLASSES[c] = CLASS_BYTES[class_of(chr(c))]
    return CLASSES[c]


cdef inline unsigned char class_byte(Py_UCS4 c) except 0:
    return CLASSES[c] if CLASSES[c] else ask_class(c)


cdef inline bint is_around_word(Py_UCS4 c):
    return c < AROUND_SIZE and AROUND[c]


def candidates(blocks):
    cdef Py_ssize_t count = len(blocks), index, hidden = 0, total = 0, size
    cdef bint hides_most, cut
    cdef bint* only_link = <bint*>PyMem_Malloc((count + 2) * sizeof(bint))
    cdef dict cut_parents = {}
    cdef list found = []
    cdef str text
    cdef tuple parents, hints
    if only_link == NULL:
        raise MemoryError
    try:
        only_link[0] = only_link[count + 1] = False  # one on each side
        for index in range(count):
            block = blocks[index]
            text = block.text
            size = len(text)
            only_link[index + 1] = (
                10 * <Py_ssize_t>block.link_chars > 9 * size and size < 100 and text.count(" ") < 8
            )
            total += size
            if "hidden" in <tuple>block.hints:
                hidden += size
        hides_most = 2 * hidden > total
        for index in range(count):
            if only_link[index + 1] and (only_link[index] or only_link[index + 2]):
                continue
            block = blocks[index]
            parents = block.parents
            known = cut_parents.get(parents)
            if known is None:
                cut = "figcaption" in parents[:2] or not CUT_ANYWHERE.isdisjoint(parents)
                cut_parents[parents] = cut
            else:
                cut = known
            hints = block.hints
            if cut or block.tag in CUT or (hints and not CAPTIONS.isdisjoint(hints[:2])):
                continue
            if not hides_most and "hidden" in hints:
                continue
            found.append(index)
    finally:
        PyMem_Free(only_link)
    return found


cdef void* allocate(Py_ssize_t count, Py_ssize_t size) except NULL:
    """Zeroed memory for ``count`` things and one more, so that nothing asks for none."""
    cdef void* memory = PyMem_Malloc((count + 1) * size)
    if memory == NULL:
        raise MemoryError
    memset(memory, 0, (count + 1) * size)
    return memory


cdef uint64_t hash_of(int kind, void* data, Py_ssize_t begin, Py_ssize_t end):
    """FNV-1a over code points; never 0, which marks a free slot."""
    cdef uint64_t value = 14695981039346656037ULL
    cdef Py_ssize_t index
    for index in range(begin, end):
        value = (value ^ <uint64_t>PyUnicode_READ(kind, data, index)) * 1099511628211ULL
    return value ^ value >> 32 or 1


cdef struct Slot:
    uint64_t key  # 0 where it is free
    double weight
    int number


cdef class Words:
    """A hash table of words by their hashes, found without making a string; wide enough never to be more than half full."""

    cdef Slot* slots
    cdef uint64_t mask
    cdef int count

    def __cinit__(self, Py_ssize_t words):
        cdef Py_ssize_t size = 64
        while size < 2 * words:
            size *= 2
        self.slots = <Slot*>allocate(size, sizeof(Slot))
        self.mask = size - 1

    def __dealloc__(self):
        PyMem_Free(self.slots)

    cdef Slot* at(self, uint64_t key):
        """The word's slot, or the free one where it belongs."""
        cdef uint64_t place = key & self.mask
        while self.slots[place].key and self.slots[place].key != key:
            place = (place + 1) & self.mask
        return &self.slots[place]

    cdef int number(self, uint64_t key):
        """The word's number, in the order in which words came."""
        cdef Slot* slot = self.at(key)
        if not slot.key:
            slot.key = key
            slot.number = self.count
            self.count += 1
        return slot.number


cdef Words words_of(dict weights):
    """The table of a model's lexicon, made when it is first asked for."""
    cdef Words table
    cdef Slot* slot
    cdef uint64_t key
    cdef str word
    known = LEXICONS.get(id(weights))
    if known is not None:
        return known[1]
    table = Words(len(weights))
    for word, weight in weights.items():
        key = hash_of(PyUnicode_KIND(word), PyUnicode_DATA(word), 0, len(word))
        slot = table.at(key)
        slot.key = key
        slot.weight = weight
    LEXICONS[id(weights)] = (weights, table)  # holding the weights keeps their id theirs
    return table


cdef dict LEXICONS = {}


cdef struct Facts:
    double size, words, commas, good, link, lexicon
    bint prose
    int said
    Py_ssize_t words_begin, words_end  # of the block's vocabulary in ``Pass.vocabulary``


cdef struct Container:
    double chars, link, good, score, good_share, link_share, prose_share
    Py_ssize_t prose, count


cdef void add_facts(Container* container, Facts* fact, double points, double link_chars):
    container.count += 1
    container.chars += fact.size
    container.link += link_chars
    container.good += fact.good
    container.prose += fact.prose
    container.score += points


cdef class Pass:
    """One page's features: a row of ``width`` numbers for each block, filled from left to right."""

    cdef Py_ssize_t count, width
    cdef double* rows
    cdef double** cells  # the next free place of each row
    cdef Facts* facts
    cdef int* vocabulary
    cdef int* kinds  # of each block: which kind it is
    cdef Container* inside  # by number of the element, in the order in which the elements were met
    cdef Container* of_kind
    cdef int* around  # for each block and level: which container

    def __cinit__(self, Py_ssize_t count, Py_ssize_t width):
        self.count = count
        self.width = width
        self.rows = <double*>allocate(count * width, sizeof(double))
        self.cells = <double**>allocate(count, sizeof(double*))
        self.facts = <Facts*>allocate(count, sizeof(Facts))
        self.vocabulary = <int*>allocate(count * LEXICON_WORDS, sizeof(int))
        self.kinds = <int*>allocate(count, sizeof(int))
        self.inside = <Container*>allocate(count * (LEVELS + 1), sizeof(Container))
        self.of_kind = <Container*>allocate(count, sizeof(Container))
        self.around = <int*>allocate(count * (LEVELS + 1), sizeof(int))
        cdef Py_ssize_t index
        for index in range(count):
            self.cells[index] = self.rows + index * width

    def __dealloc__(self):
        PyMem_Free(self.rows)
        PyMem_Free(self.cells)
        PyMem_Free(self.facts)
        PyMem_Free(self.vocabulary)
        PyMem_Free(self.kinds)
        PyMem_Free(self.inside)
        PyMem_Free(self.of_kind)
        PyMem_Free(self.around)

    cdef list listed(self):
        cdef Py_ssize_t index, column
        return [[self.rows[index * self.width + column] for column in range(self.width)] for index in range(self.count)]


cdef inline void put(double** cell, double value) noexcept:
    cell[0][0] = value
    cell[0] += 1


cdef int state_facts(
    Pass page, Py_ssize_t number, block, Words lexicon, list title, unsigned long long title_lengths, Words vocabulary
) except -1:
    """``plain._Facts`` of one block: its own text's numbers."""
    cdef Facts* fact = &page.facts[number]
    cdef double** cell = &page.cells[number]
    cdef str text = block.text, lowered
    cdef uint64_t key
    cdef Slot* slot
    cdef Py_ssize_t size = len(text), index, begin, end, start, stop, length, known = 0, looked = 0, in_title = 0, seen
    cdef Py_ssize_t unspaced = 0, uncased = 0, upper = 0, lower = 0, ends = 0, commas = 0, digits = 0, titled = 0
    cdef Py_ssize_t marks = 0, pipes = 0, quotes = 0, letters, tokens = 0
    cdef int kind = PyUnicode_KIND(text), word_id
    cdef void* data = PyUnicode_DATA(text)
    cdef unsigned char now = 32, before = 0, first = 0, last_but_one = 0
    cdef double words, total = 0.0, low = 0.0, high = 0.0, weight, first_weight = 0.0
    if not size:
        raise ValueError("a block without text")
    for index in range(size):
        before = now
        now = class_byte(PyUnicode_READ(kind, data, index))
        if index == 0:
            first = now
        if now == c"a":
            lower += 1
        elif now == c"A":
            upper += 1
            if index and before == c" ":
                titled += 1
        elif now == c".":
            ends += 1
        elif now == c",":
            commas += 1
        elif now == c"9":
            digits += 1
        elif now == c"-":
            marks += 1
        elif now == c"|":
            pipes += 1
        elif now == c'"':
            quotes += 1
        elif now == 1:
            unspaced += 1
        elif now == 2:
            uncased += 1
    last_but_one = before if size > 1 else 0
    letters = lower + upper + unspaced + uncased
    fact.said = rank_said(text)
    fact.words_begin = fact.words_end = number * LEXICON_WORDS

    lowered = text.lower()
    kind = PyUnicode_KIND(lowered)
    data = PyUnicode_DATA(lowered)
    length = len(lowered)
    begin = 0
    for end in range(length + 1):
        if end < length and PyUnicode_READ(kind, data, end) != c" ":
            continue
        tokens += 1
        if title_lengths and end - begin > 3 and title_lengths >> min(end - begin, 63) & 1:
            in_title += is_in_title(title, kind, data, begin, end)
        if tokens <= LEXICON_WORDS:
            looked = tokens
            start = begin
            stop = end
            while start < stop and is_around_word(PyUnicode_READ(kind, data, start)):
                start += 1
            while stop > start and is_around_word(PyUnicode_READ(kind, data, stop - 1)):
                stop -= 1
            key = hash_of(kind, data, start, stop)
            slot = lexicon.at(key)
            if slot.key:
                weight = slot.weight
                known += 1
                total += weight
                if tokens == 1:
                    first_weight = weight
                if weight < low:
                    low = weight
                elif weight > high:
                    high = weight
            if stop - start > 4:
                word_id = vocabulary.number(key)
                for seen in range(fact.words_begin, fact.words_end):
                    if page.vocabulary[seen] == word_id:
                        break
                else:
                    page.vocabulary[fact.words_end] = word_id
                    fact.words_end += 1
        begin = end + 1

    words = tokens + 0.5 * unspaced
    fact.size = size
    fact.words = words
    fact.commas = commas
    fact.link = <double><Py_ssize_t>block.link_chars / size
    fact.prose = words >= MIN_PROSE_WORDS and (ends > 0 or commas > 1) and fact.link < 0.4
    fact.good = words if fact.prose else 0.0
    fact.lexicon = total / looked
    put(cell, fact.size)
    put(cell, words)
    put(cell, letters / words)
    put(cell, commas / words)
    put(cell, ends)
    put(cell, 1.0 if now == c"." or last_but_one == c"." else 0.0)
    put(cell, 1.0 if first == c"A" else 0.0)
    put(cell, 1.0 if text[0] in BULLETS else 0.0)
    put(cell, <double>digits / size)
    put(cell, <double>upper / (letters + 1))
    put(cell, titled / words)
    put(cell, <double>marks / size)
    put(cell, <double>(unspaced + uncased) / size)
    put(cell, pipes)
    put(cell, quotes)
    put(cell, 0.0)  # copies
    put(cell, <double>in_title / tokens)
    put(cell, <double>in_title / len(title) if title else 0.0)
    put(cell, fact.lexicon)
    put(cell, low)
    put(cell, high)
    put(cell, <double>known / looked)
    put(cell, first_weight)
    return 0


cdef bint is_in_title(list title, int kind, void* data, Py_ssize_t begin, Py_ssize_t end):
    cdef str word
    cdef Py_ssize_t index
    for word in title:
        if len(word) == end - begin:
            for index in range(end - begin):
                if PyUnicode_READ(PyUnicode_KIND(word), PyUnicode_DATA(word), index) != PyUnicode_READ(kind, data, begin + index):
                    break
            else:
                return True
    return False


cdef int fill_first_pass(
    Pass page, blocks, str title, str declared, dict words, dict hints, bint html
) except -1:
    cdef list title_words = list({word for word in title.lower().split() if len(word) > 3})
    cdef unsigned long long lengths = 0
    cdef Words lexicon = words_of(words), vocabulary = Words(page.count * LEXICON_WORDS)
    cdef Py_ssize_t index
    for word in title_words:
        lengths |= <unsigned long long>1 << min(<Py_ssize_t>len(word), 63)
    for index in range(page.count):
        state_facts(page, index, blocks[index], lexicon, title_words, lengths, vocabulary)
    place(page, blocks, vocabulary.count)
    number_kinds(page, blocks, html)
    add_near(page)
    if html:
        add_page(page, blocks, hints, declared)
    return 0


cdef void best_run(double* gains, Py_ssize_t count, Py_ssize_t* begin, Py_ssize_t* end):
    cdef double best = 0.0, total = 0.0
    cdef Py_ssize_t index, start = 0
    begin[0] = end[0] = 0
    for index in range(count):
        total += gains[index]
        if total <= 0.0:
            total = 0.0
            start = index + 1
        elif total > best:
            best = total
            begin[0] = start
            end[0] = index + 1


cdef int place(Pass page, blocks, Py_ssize_t vocabulary) except -1:
    cdef Py_ssize_t count = page.count, index, begin, end, word, shared, own
    cdef double total = 0.0, run_words = 0.0, all_good = 0.0, before = 0.0, since_list = FAR
    cdef dict copies = {}
    cdef Facts* fact
    cdef double** cell
    cdef double* gains
    cdef int* spoken
    last_path = None
    spoken = <int*>allocate(vocabulary, sizeof(int))
    try:
        gains = <double*>allocate(count, sizeof(double))
    except MemoryError:
        PyMem_Free(spoken)
        raise
    try:
        for index in range(count):
            fact = &page.facts[index]
            text = blocks[index].text
            total += fact.size
            copies[text] = copies.get(text, 0) + 1
            gains[index] = fact.good if fact.prose else -LOSS
        best_run(gains, count, &begin, &end)
        for index in range(begin, end):
            fact = &page.facts[index]
            run_words += fact.good
            for word in range(fact.words_begin, fact.words_end):
                spoken[page.vocabulary[word]] += 1
        for index in range(count):
            all_good += page.facts[index].good
        for index in range(count):
            fact = &page.facts[index]
            cell = &page.cells[index]
            block = blocks[index]
            own = 1 if begin <= index < end else 0
            shared = 0
            for word in range(fact.words_begin, fact.words_end):
                if spoken[page.vocabulary[word]] > own:
                    shared += 1
            page.rows[index * page.width + COPIES] = copies[block.text]
            put(cell, <double>index / count)
            put(cell, before / total)
            put(cell, fact.good)
            put(cell, own)
            put(cell, min(<double>(begin - index), FAR) if index < begin else 0.0)
            put(cell, min(<double>(index - end + 1), FAR) if index >= end else 0.0)
            put(cell, run_words / (all_good + 1.0))
            put(cell, <double>shared / (fact.words_end - fact.words_begin + 1.0))
            path = (<tuple>block.path)[:1]
            put(cell, 1.0 if path != last_path else 0.0)
            put(cell, SAID[fact.said])
            put(cell, since_list)
            since_list = min(since_list + 1.0, FAR)
            if HEADS_LIST[fact.said] and fact.size < MAX_HEADING_CHARS:
                since_list = 1.0
            last_path = path
            before += fact.size
    finally:
        PyMem_Free(spoken)
        PyMem_Free(gains)
    return 0


cdef int number_kinds(Pass page, blocks, bint html) except -1:
    """Blocks of one kind get one number."""
    cdef dict numbers = {}
    cdef Py_ssize_t index
    for index in range(page.count):
        block = blocks[index]
        key = block.path
        if html:
            key = (block.tag, (<tuple>block.parents)[:1], len(<tuple>key), (<tuple>block.hints)[:1])
        found = numbers.get(key)
        if found is None:
            found = numbers[key] = len(numbers)
        page.kinds[index] = found
    return 0


cdef void add_near(Pass page):
    cdef Py_ssize_t index, near, other
    cdef double** cell
    cdef Facts* fact
    for index in range(page.count):
        cell = &page.cells[index]
        for near in range(NEAR_SIZE):
            other = index + NEAR[near]
            if 0 <= other < page.count:
                fact = &page.facts[other]
                put(cell, fact.size)
                put(cell, fact.good)
                put(cell, fact.link)
                put(cell, fact.lexicon)
                put(cell, 1.0 if page.kinds[other] == page.kinds[index] else 0.0)
            else:
                put(cell, -1.0)
                put(cell, -1.0)
                put(cell, -1.0)
                put(cell, 0.0)
                put(cell, -1.0)


cdef Container sum_up(Pass page, blocks, dict numbers):
    cdef Container total, empty
    cdef Container* container
    cdef Facts* fact
    cdef Py_ssize_t index, level, which
    cdef double points, links
    cdef tuple path
    memset(&total, 0, sizeof(total))
    for index in range(page.count):
        fact = &page.facts[index]
        block = blocks[index]
        links = <double><Py_ssize_t>block.link_chars
        add_facts(&total, fact, 0.0, links)
        points = 1.0 + fact.commas + min(fact.size / 100.0, 3.0) if fact.prose else 0.0
        path = block.path
        if not path:
            raise ValueError("a block of an HTML page without a path")
        for level in range(min(<Py_ssize_t>len(path), LEVELS + 1)):
            found = numbers.get(path[level])
            if found is None:
                found = numbers[path[level]] = len(numbers)
            which = found
            page.around[index * (LEVELS + 1) + level] = which
            add_facts(&page.inside[which], fact, points / level if level else 0.0, links)
        add_facts(&page.of_kind[page.kinds[index]], fact, 0.0, links)
    for which in range(len(numbers)):
        container = &page.inside[which]
        container.good_share = container.good / (total.good + 1.0)
        container.link_share = container.link / (container.chars + 1.0)
        container.prose_share = container.prose / (total.prose + 1.0)
    return total


cdef struct Weighed:
    double low, high, total


cdef void weigh_part(Words weights, Weighed* sums, int kind, void* data, Py_ssize_t begin, Py_ssize_t end):
    cdef Slot* slot = weights.at(hash_of(kind, data, begin, end))
    if slot.key:
        sums.total += slot.weight
        sums.low = min(sums.low, slot.weight)
        sums.high = max(sums.high, slot.weight)


cdef class Hints:
    """``plain._Hints``: weighs class and id tokens, each once a page."""

    cdef Words weights
    cdef dict tokens, seen

    def __cinit__(self, dict weights):
        self.weights = words_of(weights)
        self.tokens = {}
        self.seen = {}

    cdef tuple weigh(self, tuple hints):
        cdef double low = 0.0, high = 0.0, total = 0.0, one
        cdef tuple found
        known = self.seen.get(hints)
        if known is not None:
            return known
        for token in hints:
            known = self.tokens.get(token)
            if known is None:
                known = self.tokens[token] = self.weigh_token(token)
            found = known
            one = found[0]
            if one < low:
                low = one
            one = found[1]
            if one > high:
                high = one
            one = found[2]
            total += one
        found = (low, high, total)
        self.seen[hints] = found
        return found

    cdef tuple weigh_token(self, str token):
        """``plain.weigh_parts``."""
        cdef int kind = PyUnicode_KIND(token)
        cdef void* data = PyUnicode_DATA(token)
        cdef Py_ssize_t length = len(token), index, begin = 0
        cdef Py_UCS4 c
        cdef Weighed sums = Weighed(0.0, 0.0, 0.0)
        weigh_part(self.weights, &sums, kind, data, 0, length)
        for index in range(length + 1):
            if index < length:
                c = PyUnicode_READ(kind, data, index)
                if c != c"-" and c != c"_":
                    continue
            if index - begin > 1 and index - begin < length:
                weigh_part(self.weights, &sums, kind, data, begin, index)
            begin = index + 1
        return (sums.low, sums.high, sums.total)


cdef int add_page(Pass page, blocks, dict hints, str declared) except -1:
    cdef dict numbers = {}, above = {}
    cdef Container total = sum_up(page, blocks, numbers)
    cdef Container* kind
    cdef Container* parent
    cdef Container* around
    cdef Hints weighing = Hints(hints)
    cdef Facts* fact
    cdef double** cell
    cdef double best_score = 0.0, score, declared_share = len(declared) / (total.chars + 1.0)
    cdef Py_ssize_t index, level, last, which
    cdef tuple path, own, weights
    cdef list flags
    cdef bint in_best
    best_number = 0
    for number, found in numbers.items():
        which = found
        score = page.inside[which].score * (1.0 - page.inside[which].link / (page.inside[which].chars + 1.0))
        if score > best_score:
            best_score = score
            best_number = number
    for index in range(page.count):
        block = blocks[index]
        fact = &page.facts[index]
        cell = &page.cells[index]
        path = block.path
        own = block.hints
        tag = block.tag
        last = len(path) - 1
        kind = &page.of_kind[page.kinds[index]]
        parent = &page.inside[page.around[index * (LEVELS + 1) + min(last, 1)]]
        in_best = best_number in path
        put(cell, fact.link)
        put(cell, last + 1)
        put(cell, TAG_RANKS.get(tag, -1.0))
        put(cell, HEADING_RANKS.get(tag, 0.0))
        weights = weighing.weigh(own)
        put(cell, weights[0])
        put(cell, weights[1])
        put(cell, weights[2])
        weights = weighing.weigh(own[:OWN_HINTS])
        put(cell, weights[0])
        put(cell, weights[1])
        put(cell, weights[2])
        put(cell, 1.0 if "hidden" in own else 0.0)
        put(cell, parent.count)
        put(cell, kind.count)
        put(cell, kind.good / (total.good + 1.0))
        put(cell, kind.link / (kind.chars + 1.0))
        put(cell, <double>kind.prose / kind.count)
        put(cell, 1.0 if in_best else 0.0)
        put(cell, path.index(best_number) if in_best else -1.0)
        put(cell, parent.score / (best_score + 1.0))
        put(cell, is_declared(block.text, declared) if declared else -1.0)
        put(cell, declared_share)
        parents = block.parents
        known = above.get(parents)
        if known is None:
            known = above[parents] = [1.0 if name in parents else 0.0 for name in ABOVE]
        flags = known
        for flag in flags:
            put(cell, flag)
        for level in range(LEVELS):
            around = &page.inside[page.around[index * (LEVELS + 1) + min(level, last)]]
            put(cell, around.good_share)
            put(cell, around.link_share)
            put(cell, around.prose_share)
    return 0


cdef double is_declared(str text, str declared) except -2.0:
    cdef Py_ssize_t middle = max((<Py_ssize_t>len(text) - PROBE_CHARS) // 2, 0)
    return 1.0 if PyUnicode_Substring(text, middle, middle + PROBE_CHARS) in declared else 0.0


cdef struct Pair:
    double chance, chars


cdef inline double without(Pair* pair, double chance, double chars):
    """``plain._without``: the mean chance of a group without the block itself."""
    cdef double rest = pair.chars - chars
    return (pair.chance - chance * chars) / rest if rest > 0.5 else -1.0


cdef int add_second_pass(Pass page, blocks, double* chances) except -1:
    """Put the columns of ``SECOND_NAMES`` behind the others; ``kinds`` must be numbered."""
    cdef Py_ssize_t count = page.count, index, level, near, other, begin, end
    cdef double total = 0.0, after = 0.0, mean = 0.0, distance = FAR, chance, weight, size
    cdef double** cell
    cdef dict numbers = {}
    cdef tuple path
    cdef Pair* kinds = NULL
    cdef Pair* parents = NULL
    cdef double* gains = NULL
    cdef double* sure_after = NULL
    cdef double* sizes = NULL
    cdef int* around = NULL
    try:
        kinds = <Pair*>allocate(count, sizeof(Pair))
        parents = <Pair*>allocate(2 * count, sizeof(Pair))
        gains = <double*>allocate(count, sizeof(double))
        sure_after = <double*>allocate(count, sizeof(double))
        sizes = <double*>allocate(count, sizeof(double))
        around = <int*>allocate(2 * count, sizeof(int))
        for index in range(count):
            block = blocks[index]
            size = sizes[index] = len(<str>block.text)
            chance = chances[index]
            gains[index] = (chance - 0.5) * min(size, MAX_WEIGHED_CHARS)
            mean += chance
            after += chance * size
            path = block.path
            for level in range(2):
                around[2 * index + level] = -1
                if level + 1 < len(path):
                    found = numbers.get(path[level + 1])
                    if found is None:
                        found = numbers[path[level + 1]] = len(numbers)
                    other = around[2 * index + level] = found
                    parents[other].chance += chance * size
                    parents[other].chars += size
            other = page.kinds[index]
            kinds[other].chance += chance * size
            kinds[other].chars += size
        mean = mean / count if count else 0.0
        best_run(gains, count, &begin, &end)
        for index in range(count - 1, -1, -1):
            sure_after[index] = distance
            distance = 1.0 if chances[index] > 0.8 else min(distance + 1.0, FAR)
        distance = FAR
        for index in range(count):
            cell = &page.cells[index]
            chance = chances[index]
            size = sizes[index]
            weight = chance * size
            after -= weight
            put(cell, chance)
            put(cell, 1.0 if begin <= index < end else 0.0)
            put(cell, min(<double>(begin - index), FAR) if index < begin else 0.0)
            put(cell, min(<double>(index - end + 1), FAR) if index >= end else 0.0)
            put(cell, mean)
            put(cell, total)
            put(cell, after)
            for level in range(2):
                other = around[2 * index + level]
                put(cell, without(&parents[other], chance, size) if other >= 0 else -1.0)
            put(cell, without(&kinds[page.kinds[index]], chance, size))
            put(cell, distance)
            put(cell, sure_after[index])
            distance = 1.0 if chance > 0.8 else min(distance + 1.0, FAR)
            total += weight
            for near in range(FAR_NEAR_SIZE):
                other = index + FAR_NEAR[near]
                put(cell, chances[other] if 0 <= other < count else -1.0)
    finally:
        PyMem_Free(kinds)
        PyMem_Free(parents)
        PyMem_Free(gains)
        PyMem_Free(sure_after)
        PyMem_Free(sizes)
        PyMem_Free(around)
    return 0


def first_pass(blocks, str title, str declared, dict words, dict hints, *, bint html):
    cdef Pass page = Pass(len(blocks), HTML_WIDTH if html else TEXT_WIDTH)
    fill_first_pass(page, blocks, title, declared, words, hints, html)
    return page.listed()


def second_pass(blocks, list chances):
    cdef Pass page = Pass(len(blocks), SECOND_WIDTH)
    cdef Py_ssize_t index
    cdef double* copied = <double*>allocate(page.count, sizeof(double))
    try:
        for index in range(page.count):
            copied[index] = chances[index]
        number_kinds(page, blocks, True)
        add_second_pass(page, blocks, copied)
    finally:
        PyMem_Free(copied)
    return page.listed()


# --- trees --------------------------------------------------------------------------------------------------------

cdef struct Node:
    double threshold
    int feature  # -1: a leaf
    int left, right  # of a leaf ``left`` is its value


cdef class Trees:
    """A forest with its nodes side by side in memory."""

    cdef Node* nodes
    cdef const int[::1] roots
    cdef double scale

    def __cinit__(self, forest):
        cdef const int[::1] features = forest.features, left = forest.left, right = forest.right
        cdef const double[::1] thresholds = forest.thresholds
        cdef Py_ssize_t node
        self.roots = forest.roots
        self.scale = forest.scale
        self.nodes = <Node*>allocate(features.shape[0], sizeof(Node))
        for node in range(features.shape[0]):
            self.nodes[node] = Node(thresholds[node], features[node], left[node], right[node])

    def __dealloc__(self):
        PyMem_Free(self.nodes)

    cdef long long sum(self, const double* row):
        cdef long long total = 0
        cdef Py_ssize_t tree
        cdef Node* node
        for tree in range(self.roots.shape[0]):
            node = &self.nodes[self.roots[tree]]
            while node.feature >= 0:
                node = &self.nodes[node.left if row[node.feature] <= node.threshold else node.right]
            total += node.left
        return total


cdef dict FORESTS = {}


cdef Trees trees_of(forest):
    """The forest's native form, made when it is first asked for."""
    known = FORESTS.get(id(forest))
    if known is None:
        known = FORESTS[id(forest)] = (forest, Trees(forest))  # holding the forest keeps its id its own
    return known[1]


def sum_leaves(rows, forest):
    cdef Trees trees = trees_of(forest)
    cdef Py_ssize_t width = len(rows[0]) if rows else 0, column
    cdef double* row = <double*>allocate(width, sizeof(double))
    cdef list sums = []
    try:
        for values in rows:
            for column in range(width):
                row[column] = values[column]
            sums.append(trees.sum(row))
    finally:
        PyMem_Free(row)
    return sums


cdef int judge_rows(Pass page, forest, double* chances) except -1:
    """The chance of each row, by ``trees.Forest.chances``."""
    cdef Trees trees = trees_of(forest)
    cdef Py_ssize_t index
    for index in range(page.count):
        chances[index] = 1.0 / (1.0 + exp(-trees.sum(page.rows + index * page.width) / trees.scale))
    return 0


def chances_of(blocks, str title, str declared, head, *, bint html):
    cdef Pass page = Pass(len(blocks), (HTML_WIDTH if html else TEXT_WIDTH) + SECOND_WIDTH)
    cdef double* chances = <double*>allocate(page.count, sizeof(double))
    cdef Py_ssize_t index
    try:
        fill_first_pass(page, blocks, title, declared, head.words, head.hints, html)
        judge_rows(page, head.first, chances)
        if not html:
            number_kinds(page, blocks, True)
        add_second_pass(page, blocks, chances)
        judge_rows(page, head.second, chances)
        return [chances[index] for index in range(page.count)]
    finally:
        PyMem_Free(chances)
