# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The recogniser's inner loop: text in, names out.

``stream/entities/tagger/plain.py`` is the readable twin: every function here has its namesake there, computes the
same values in the same order, and a test holds the two equal.
"""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memcpy, memset

from stream.entities.tagger import features as shared

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALNUM(Py_UCS4)
    bint Py_UNICODE_ISALPHA(Py_UCS4)
    bint Py_UNICODE_ISUPPER(Py_UCS4)
    bint Py_UNICODE_ISLOWER(Py_UCS4)
    bint Py_UNICODE_ISDIGIT(Py_UCS4)
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4)
    int PyUnicode_KIND(object)
    void* PyUnicode_DATA(object)
    Py_UCS4 PyUnicode_READ(int, void*, Py_ssize_t)

cdef enum:
    WIDTH = 32
    PADS = 2
    MAX_PHRASE = 6
    TAGS = 7
    MAX_TEMPLATES = 256
    SPACE = 1
    WORD = 2
    UPPER = 4
    LOWER = 8
    DIGIT = 16
    ALPHA = 32
    TABLE = 0x3000

cdef enum:
    C_LOW = 1
    C_CASE = 2
    C_RAW = 3
    C_SHAPE = 4
    C_PREFIX2 = 5
    C_SUFFIX1 = 8
    C_COARSE = 12
    C_MIDDLE = 13
    C_FINE = 14
    C_LISTS = 15
    C_PHRASE = 16
    C_DOCUMENT = 17
    C_RUN = 18
    C_BEFORE = 19
    C_AFTER = 20
    C_BEFORE_CLUSTER = 21
    C_AFTER_CLUSTER = 22
    C_FIRST = 23
    C_LAST = 24
    C_LAST_WORD = 25
    C_WIDE_LAST = 26
    C_WIDE_BEFORE = 27
    C_WIDE_FIRST = 28
    C_DATELINE = 29
    C_GLUE = 30
    C_MODE_CASE = 31

cdef enum:
    K_PAD = 0
    K_MARK = 1
    K_LOWER = 2
    K_DIGITS = 3
    K_TITLE = 4
    K_UPPER = 5
    K_LETTER = 6
    K_INITIAL = 7
    K_DOTTED = 8
    K_MIXED = 9
    K_HANDLE = 10

cdef enum:
    L_FIRST_NAME = 1
    L_LAST_NAME = 2
    L_ORGANISATION_TAIL = 256
    L_TITLE = 512
    L_LOWER = 2048
    L_PHRASE_START = 32768
    LISTED_MASK = 32767

cdef int CAPITALISED = 1 << K_TITLE | 1 << K_UPPER | 1 << K_MIXED
cdef int NAME_CASES = CAPITALISED | 1 << K_LETTER | 1 << K_INITIAL | 1 << K_DOTTED
cdef int32_t NEVER = -(1 << 29)
cdef uint32_t BASIS = 2166136261
cdef uint32_t PRIME = 16777619

cdef uint8_t FLAGS[TABLE]
cdef uint32_t LOWERED[TABLE]
cdef uint32_t FOLDED[TABLE]
cdef uint32_t THE = shared.word_hash("the")
cdef uint32_t I = shared.word_hash("i")
cdef uint32_t DASH = shared.word_hash("-")


cdef uint8_t flags_of(Py_UCS4 c):
    cdef uint8_t flags = 0
    if Py_UNICODE_ISSPACE(c):
        flags |= SPACE
    if Py_UNICODE_ISALNUM(c) or c == c"_" or 0x300 <= c <= 0x36F:
        flags |= WORD
    if Py_UNICODE_ISUPPER(c):
        flags |= UPPER
    if Py_UNICODE_ISLOWER(c):
        flags |= LOWER
    if Py_UNICODE_ISDIGIT(c):
        flags |= DIGIT
    if Py_UNICODE_ISALPHA(c):
        flags |= ALPHA
    return flags


cdef uint32_t lower_of(Py_UCS4 c):
    return c"0" if Py_UNICODE_ISDIGIT(c) else <uint32_t>Py_UNICODE_TOLOWER(c)


cdef void fill_tables():
    cdef uint32_t c
    for c in range(<uint32_t>TABLE):
        FOLDED[c] = c
    for mark, plain in shared.FOLDED.items():
        if mark < TABLE:
            FOLDED[<uint32_t>mark] = plain
    for c in range(<uint32_t>TABLE):
        FLAGS[c] = flags_of(<Py_UCS4>c)
        LOWERED[c] = lower_of(<Py_UCS4>c)


cdef dict FOLDED_OUTSIDE = {mark: plain for mark, plain in shared.FOLDED.items() if mark >= TABLE}
fill_tables()


cdef struct Token:
    Py_ssize_t start
    Py_ssize_t end
    bint phrase_start


cdef struct Sentence:
    Py_ssize_t first  # index of its first token's row
    Py_ssize_t size
    bint opens
    int mode


cdef struct Word:
    uint32_t key
    uint16_t fine
    uint16_t lists
    uint8_t coarse
    uint8_t middle


cdef inline bint in_cases(uint32_t case, int cases) noexcept nogil:
    return (cases >> case) & 1


cdef inline uint32_t spread(uint32_t key) noexcept nogil:
    return (key ^ (key >> 15)) * <uint32_t>0x2C1B3C6D >> 4


cdef class HashSet:
    """A small set of word hashes."""

    cdef uint32_t slots[256]

    def __cinit__(self, words):
        cdef uint32_t key, slot
        memset(self.slots, 0, sizeof(self.slots))
        for word in words:
            key = shared.word_hash(word)
            slot = spread(key) & 255
            while self.slots[slot]:
                slot = (slot + 1) & 255
            self.slots[slot] = key

    cdef inline bint has(self, uint32_t key) noexcept nogil:
        cdef uint32_t slot = spread(key) & 255
        while self.slots[slot]:
            if self.slots[slot] == key:
                return True
            slot = (slot + 1) & 255
        return False


cdef class NativeTagger:
    """Tags text with a model. One text at a time: the buffers are the object's own."""

    cdef uint32_t bucket_mask
    cdef int16_t* weights
    cdef int32_t arcs[TAGS][TAGS]
    cdef Word* words
    cdef uint32_t word_mask
    cdef uint32_t* phrase_keys
    cdef uint8_t* phrase_kinds
    cdef uint32_t phrase_mask
    cdef HashSet abbreviations
    cdef HashSet connectors
    cdef HashSet locatives
    cdef HashSet speech
    cdef int templates
    cdef int pairs_from
    cdef int triples_from
    cdef uint32_t seeds[MAX_TEMPLATES]
    cdef int32_t parts[MAX_TEMPLATES][3]
    # the text at hand
    cdef Py_ssize_t length
    cdef Py_ssize_t capacity
    cdef uint32_t* text
    cdef uint32_t* lower
    cdef uint8_t* flags
    # its tokens and sentences; rows and tokens share indices, pads included
    cdef Py_ssize_t count
    cdef Py_ssize_t room
    cdef uint32_t* rows
    cdef Token* tokens
    cdef int32_t* scores
    cdef uint8_t* origins
    cdef Py_ssize_t sentence_count
    cdef Sentence* sentences
    cdef uint32_t* seen_keys
    cdef uint32_t* seen_bits
    cdef Py_ssize_t seen_room

    def __cinit__(self, model):
        self.abbreviations = HashSet(shared.ABBREVIATIONS)
        self.connectors = HashSet(shared.CONNECTORS)
        self.locatives = HashSet(shared.LOCATIVES)
        self.speech = HashSet(shared.SPEECH)
        self._take_templates()
        self._take_weights(model.bits, model.weights, model.transitions)
        self._take_words(model.word_keys, model.coarse, model.middle, model.fine, model.lists)
        self._take_phrases(model.phrase_keys, model.phrase_kinds)

    def __dealloc__(self):
        for pointer in (<size_t>self.weights, <size_t>self.words, <size_t>self.phrase_keys, <size_t>self.phrase_kinds,
                        <size_t>self.text, <size_t>self.lower, <size_t>self.flags, <size_t>self.rows,
                        <size_t>self.tokens, <size_t>self.scores, <size_t>self.origins, <size_t>self.sentences,
                        <size_t>self.seen_keys, <size_t>self.seen_bits):
            PyMem_Free(<void*><size_t>pointer)

    # ------------------------------------------------------------------------------------------------- the model

    def _take_templates(self):
        numbered = sorted(enumerate(shared.TEMPLATES, start=1), key=lambda pair: len(pair[1]))
        self.templates = len(numbered)
        self.pairs_from = sum(len(template) == 1 for _, template in numbered)
        self.triples_from = sum(len(template) <= 2 for _, template in numbered)
        for place, (number, template) in enumerate(numbered):
            self.seeds[place] = <uint32_t>((number * 0x9E3779B1) & 0xFFFFFFFF)
            for part, (offset, column) in enumerate(template):
                self.parts[place][part] = offset * WIDTH + column

    def _take_weights(self, int bits, bytes weights, bytes transitions):
        cdef Py_ssize_t bucket, buckets = (<Py_ssize_t>1) << bits
        cdef const int16_t* source = <const int16_t*><const char*>weights
        cdef const int16_t* arcs = <const int16_t*><const char*>transitions
        cdef int tag, origin
        self.bucket_mask = <uint32_t>(buckets - 1)
        self.weights = <int16_t*>allocate(buckets * 8 * sizeof(int16_t))
        for bucket in range(buckets):
            memcpy(self.weights + bucket * 8, source + bucket * TAGS, TAGS * sizeof(int16_t))
            self.weights[bucket * 8 + TAGS] = 0
        for origin in range(TAGS):
            for tag in range(TAGS):
                self.arcs[tag][origin] = arcs[origin * TAGS + tag] if is_legal(origin, tag) else NEVER

    def _take_words(self, bytes keys, bytes coarse, bytes middle, bytes fine, bytes lists):
        cdef const uint32_t* key = <const uint32_t*><const char*>keys
        cdef const uint16_t* fines = <const uint16_t*><const char*>fine
        cdef const uint16_t* list_bits = <const uint16_t*><const char*>lists
        cdef const uint8_t* coarses = <const uint8_t*><const char*>coarse
        cdef const uint8_t* middles = <const uint8_t*><const char*>middle
        cdef Py_ssize_t number, size = len(coarse)
        cdef uint32_t slot
        self.word_mask = table_mask(size)
        self.words = <Word*>allocate((<Py_ssize_t>self.word_mask + 1) * sizeof(Word))
        memset(self.words, 0, (<Py_ssize_t>self.word_mask + 1) * sizeof(Word))
        for number in range(size):
            slot = spread(key[number]) & self.word_mask
            while self.words[slot].key:
                slot = (slot + 1) & self.word_mask
            self.words[slot] = Word(key[number], fines[number], list_bits[number], coarses[number], middles[number])

    def _take_phrases(self, bytes keys, bytes kinds):
        cdef const uint32_t* key = <const uint32_t*><const char*>keys
        cdef const uint8_t* kind = <const uint8_t*><const char*>kinds
        cdef Py_ssize_t number, size = len(kinds)
        cdef uint32_t slot
        self.phrase_mask = table_mask(size)
        self.phrase_keys = <uint32_t*>allocate((<Py_ssize_t>self.phrase_mask + 1) * sizeof(uint32_t))
        self.phrase_kinds = <uint8_t*>allocate(<Py_ssize_t>self.phrase_mask + 1)
        memset(self.phrase_keys, 0, (<Py_ssize_t>self.phrase_mask + 1) * sizeof(uint32_t))
        for number in range(size):
            slot = spread(key[number]) & self.phrase_mask
            while self.phrase_keys[slot]:
                slot = (slot + 1) & self.phrase_mask
            self.phrase_keys[slot] = key[number]
            self.phrase_kinds[slot] = kind[number]

    # -------------------------------------------------------------------------------------------------- the work

    def tag(self, str text):
        """The names in the text, in order, as (start, end, type); offsets in code points."""
        cdef Py_ssize_t number
        self._read(text)
        names = []
        for number in range(self.sentence_count):
            self._tag_sentence(&self.sentences[number], names)
        return names

    def encode(self, str text):
        """For the training: token starts and ends (int64), sentence starts (uint8), buckets (uint32, one row a token)."""
        cdef Py_ssize_t number, row, total, place = 0
        self._read(text)
        total = sum(self.sentences[number].size for number in range(self.sentence_count))
        starts, ends, firsts = bytearray(total * 8), bytearray(total * 8), bytearray(total)
        buckets = bytearray(total * self.templates * 4)
        cdef Py_ssize_t* start = <Py_ssize_t*><char*>starts
        cdef Py_ssize_t* end = <Py_ssize_t*><char*>ends
        cdef uint8_t* first = <uint8_t*><char*>firsts
        cdef uint32_t* bucket = <uint32_t*><char*>buckets
        for number in range(self.sentence_count):
            first[place] = 1
            for row in range(self.sentences[number].first, self.sentences[number].first + self.sentences[number].size):
                start[place], end[place] = self.tokens[row].start, self.tokens[row].end
                self._buckets(self.rows + row * WIDTH, bucket + place * self.templates)
                place += 1
        return starts, ends, firsts, buckets

    def rows_of(self, str text):
        """For the tests: every token as (start, end, feature row)."""
        cdef Py_ssize_t number, row
        self._read(text)
        return [
            (self.tokens[row].start, self.tokens[row].end, [self.rows[row * WIDTH + column] for column in range(WIDTH)])
            for number in range(self.sentence_count)
            for row in range(self.sentences[number].first, self.sentences[number].first + self.sentences[number].size)
        ]

    cdef int _read(self, str text) except -1:
        cdef Py_ssize_t number
        cdef Sentence* sentence
        self._fold(text)
        self._tokenise()
        for number in range(self.sentence_count):
            sentence = &self.sentences[number]
            self._set_case(sentence)
            self._set_phrases(sentence)
            self._set_glue(sentence)
            self._set_dateline(sentence)
            self._set_runs(sentence)
        self._set_document()
        return 0

    cdef int _fold(self, str text) except -1:
        cdef Py_ssize_t position
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef uint32_t c
        self.length = len(text)
        if self.length + 3 > self.capacity:
            self.capacity = self.length + self.length // 2 + 1024
            self.text = <uint32_t*>reallocate(self.text, self.capacity * sizeof(uint32_t))
            self.lower = <uint32_t*>reallocate(self.lower, self.capacity * sizeof(uint32_t))
            self.flags = <uint8_t*>reallocate(self.flags, self.capacity)
        for position in range(self.length):
            c = PyUnicode_READ(kind, data, position)
            if c < TABLE:
                c = FOLDED[c]
            elif c in FOLDED_OUTSIDE:
                c = FOLDED_OUTSIDE[c]
            self.text[position] = c
            if c < TABLE:
                self.flags[position] = FLAGS[c]
                self.lower[position] = LOWERED[c]
            else:
                self.flags[position] = flags_of(<Py_UCS4>c)
                self.lower[position] = lower_of(<Py_UCS4>c)
        for position in range(self.length, self.length + 3):  # a space behind the end spares the look-ahead its checks
            self.text[position] = c" "
            self.lower[position] = c" "
            self.flags[position] = 0
        return 0

    # --------------------------------------------------------------------------------------------------- tokens

    cdef int _tokenise(self) except -1:
        cdef Py_ssize_t position = 0, end, gap_start = 0, i
        cdef bint opens = True
        cdef Sentence* sentence = NULL
        self.count = 0
        self.sentence_count = 0
        while position < self.length:
            if self.flags[position] & SPACE:
                position += 1
                continue
            end = self._token_end(position)
            self._ensure_room()
            opens = self.sentence_count == 0
            if not opens:  # growing may have moved it
                sentence = &self.sentences[self.sentence_count - 1]
            if not opens:
                for i in range(gap_start, position):
                    if self.text[i] == c"\n":
                        opens = True
                        break
            if opens or self._is_boundary(sentence, position):
                self._add_pads()
                sentence = &self.sentences[self.sentence_count]
                self.sentence_count += 1
                sentence.first = self.count
                sentence.size = 0
                sentence.opens = opens
                sentence.mode = 0
            self.tokens[self.count].start = position
            self.tokens[self.count].end = end
            self._set_word(self.count)
            self.count += 1
            sentence.size += 1
            position = gap_start = end
        self._ensure_room()
        self._add_pads()
        return 0

    cdef int _ensure_room(self) except -1:
        """Room for one more token with pads on both sides."""
        if self.count + 2 * PADS + 1 <= self.room:
            return 0
        self.room = self.room * 2 + 1024
        self.rows = <uint32_t*>reallocate(self.rows, self.room * WIDTH * sizeof(uint32_t))
        self.tokens = <Token*>reallocate(self.tokens, self.room * sizeof(Token))
        self.scores = <int32_t*>reallocate(self.scores, self.room * 8 * sizeof(int32_t))
        self.origins = <uint8_t*>reallocate(self.origins, self.room * TAGS)
        self.sentences = <Sentence*>reallocate(self.sentences, self.room * sizeof(Sentence))
        return 0

    cdef void _add_pads(self) noexcept nogil:
        memset(self.rows + self.count * WIDTH, 0, PADS * WIDTH * sizeof(uint32_t))
        self.count += PADS

    cdef bint _is_boundary(self, Sentence* sentence, Py_ssize_t position) noexcept nogil:
        cdef Token* previous = &self.tokens[self.count - 1]
        cdef uint32_t mark, c
        if previous.end == position:
            return False
        mark = self.text[previous.start]
        if (previous.end - previous.start == 1 and is_closing(mark) and sentence.size >= 2
                and self.tokens[self.count - 2].end == previous.start):
            mark = self.text[self.tokens[self.count - 2].start]
        if mark != c"." and mark != c"!" and mark != c"?":
            return False
        c = self.text[position]
        return (self.flags[position] & (UPPER | DIGIT)) != 0 or is_opening(c)

    cdef Py_ssize_t _token_end(self, Py_ssize_t start) noexcept nogil:
        cdef uint32_t c = self.text[start]
        cdef bint after_word = start > 0 and self.flags[start - 1] & WORD
        cdef Py_ssize_t position = start + 1
        if self.flags[start] & WORD:
            if self._starts_address(start):
                while position < self.length and not self.flags[position] & SPACE:
                    position += 1
                return position
            return self._word_end(start)
        if c == c"'" and after_word and self._is_possessive(start):
            return start + 2
        if c == c"@" and not after_word and self.flags[start + 1] & WORD:
            while self.flags[position] & WORD:
                position += 1
            return position
        if is_repeated(c):
            while self.text[position] == c:
                position += 1
        return position

    cdef bint _starts_address(self, Py_ssize_t start) noexcept nogil:
        if self.text[start] == c"h":
            return self._is_at(start, b"http://") or self._is_at(start, b"https://")
        return self.text[start] == c"w" and self._is_at(start, b"www.")

    cdef bint _is_at(self, Py_ssize_t start, const char* word) noexcept nogil:
        cdef Py_ssize_t offset = 0
        while word[offset]:
            if start + offset >= self.length or self.text[start + offset] != <uint32_t>word[offset]:
                return False
            offset += 1
        return True

    cdef bint _is_possessive(self, Py_ssize_t apostrophe) noexcept nogil:
        cdef uint32_t c = self.text[apostrophe + 1]
        return (c == c"s" or c == c"S") and not self.flags[apostrophe + 2] & WORD

    cdef Py_ssize_t _word_end(self, Py_ssize_t start) noexcept nogil:
        cdef Py_ssize_t position = start + 1
        while self.flags[position] & WORD or self._joins(position):
            position += 1
        if self.text[position] == c"." and self._takes_dot(start, position):
            position += 1
        return position

    cdef bint _joins(self, Py_ssize_t position) noexcept nogil:
        cdef uint32_t mark = self.text[position]
        cdef uint8_t before = self.flags[position - 1], after = self.flags[position + 1]
        if not after & WORD or not before & WORD:
            return False
        if mark == c"'":
            return not self._is_possessive(position)
        if mark == c".":
            return not (before & LOWER and after & UPPER)
        if mark == c",":
            return before & DIGIT and after & DIGIT
        return mark == c"&" and before & UPPER and after & UPPER

    cdef bint _takes_dot(self, Py_ssize_t start, Py_ssize_t dot) noexcept nogil:
        cdef uint32_t value = BASIS
        cdef Py_ssize_t position
        if not self.flags[start] & UPPER:
            return False
        if dot - start == 1:
            return True
        if dot - start >= 3 and self.text[dot - 2] == c"." and self.flags[dot - 1] & ALPHA:
            return True
        for position in range(start, dot):
            value = (value ^ self.lower[position]) * PRIME
        return self.abbreviations.has(value)

    cdef void _set_word(self, Py_ssize_t number) noexcept nogil:
        """The columns that depend on the word alone."""
        cdef Token* token = &self.tokens[number]
        cdef uint32_t* row = self.rows + number * WIDTH
        cdef Py_ssize_t start = token.start, size = token.end - token.start, offset, cut
        cdef uint32_t value = BASIS, slot
        cdef Word* word
        memset(row, 0, WIDTH * sizeof(uint32_t))
        for offset in range(size):
            value = (value ^ self.lower[start + offset]) * PRIME
            if 1 <= offset <= 3:
                row[C_PREFIX2 + offset - 1] = value
        for offset in range(size, 4):
            if offset >= 1:
                row[C_PREFIX2 + offset - 1] = value
        row[C_LOW] = value
        for cut in range(1, 5):
            value = BASIS
            for offset in range(size - cut if cut < size else 0, size):
                value = (value ^ self.lower[start + offset]) * PRIME
            row[C_SUFFIX1 + cut - 1] = value
        row[C_RAW] = self._case_of(start, token.end)
        row[C_SHAPE] = self._shape(start, token.end)
        slot = spread(row[C_LOW]) & self.word_mask
        while self.words[slot].key and self.words[slot].key != row[C_LOW]:
            slot = (slot + 1) & self.word_mask
        word = &self.words[slot]
        row[C_COARSE], row[C_MIDDLE], row[C_FINE] = word.coarse, word.middle, word.fine
        row[C_LISTS] = word.lists & LISTED_MASK
        token.phrase_start = (word.lists & L_PHRASE_START) != 0

    cdef uint32_t _case_of(self, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
        cdef Py_ssize_t position
        cdef int upper = 0, lower = 0
        cdef bint dotted = False
        cdef uint8_t first = self.flags[start]
        if not first & WORD:
            return K_HANDLE if self.text[start] == c"@" and end - start > 1 else K_MARK
        if first & DIGIT:
            return K_DIGITS
        for position in range(start, end):
            upper += (self.flags[position] & UPPER) != 0
            lower += (self.flags[position] & LOWER) != 0
            if self.text[position] == c".":
                dotted = True
            if self.text[position] == c"/":
                return K_HANDLE
        if upper == 0:
            return K_LOWER
        if lower == 0:
            if dotted:
                return K_INITIAL if end - start == 2 else K_DOTTED
            return K_LETTER if end - start == 1 else K_UPPER
        return K_TITLE if upper == 1 and first & UPPER else K_MIXED

    cdef uint32_t _shape(self, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
        cdef uint32_t value = BASIS, kind, last = <uint32_t>-1, before_last = <uint32_t>-2  # no character
        cdef Py_ssize_t position
        cdef uint8_t flags
        for position in range(start, end):
            flags = self.flags[position]
            if flags & UPPER:
                kind = c"X"
            elif flags & DIGIT:
                kind = c"0"
            elif flags & WORD:
                kind = c"x"
            else:
                kind = self.text[position]
            if not (kind == last and last == before_last):
                value = (value ^ kind) * PRIME
            before_last = last
            last = kind
        return value

    # ------------------------------------------------------------------------------------------------ sentences

    cdef int _mode(self, Sentence* sentence) noexcept nogil:
        cdef int words = 0, upper = 0, common = 0, long_words = 0, long_capitalised = 0, long_common = 0
        cdef Py_ssize_t number, length
        cdef uint32_t raw
        cdef bint lowers
        for number in range(sentence.first, sentence.first + sentence.size):
            raw = self.rows[number * WIDTH + C_RAW]
            length = self.tokens[number].end - self.tokens[number].start
            if raw == K_MARK or raw == K_DIGITS or raw == K_HANDLE or length < 2:
                continue
            lowers = (self.rows[number * WIDTH + C_LISTS] & L_LOWER) != 0
            words += 1
            upper += raw == K_UPPER or raw == K_DOTTED
            common += lowers
            if length >= 4:
                long_words += 1
                if in_cases(raw, CAPITALISED):
                    long_capitalised += 1
                    long_common += lowers
        if words >= 3 and upper * 10 >= words * 7 and common:
            return 1
        if long_words >= 4 and long_capitalised * 20 >= long_words * 17 and long_common * 10 >= long_words * 3:
            return 2
        return 0

    cdef void _set_case(self, Sentence* sentence) noexcept nogil:
        cdef Py_ssize_t number
        cdef uint32_t* row
        cdef uint32_t raw, case
        cdef int mode = self._mode(sentence)
        sentence.mode = mode
        for number in range(sentence.first, sentence.first + sentence.size):
            row = self.rows + number * WIDTH
            raw = case = row[C_RAW]
            if (mode == 1 and raw == K_UPPER) or (mode == 2 and raw == K_TITLE):
                case = K_LOWER if row[C_LISTS] & L_LOWER else K_TITLE
                if case != raw:
                    row[C_SHAPE] = 100 + case
            row[C_CASE] = case
            row[C_MODE_CASE] = mode * 16 + case
            row[C_RAW] = raw | mode << 4 | (number == sentence.first) << 6

    cdef void _set_phrases(self, Sentence* sentence) noexcept nogil:
        cdef Py_ssize_t number = sentence.first, end = sentence.first + sentence.size, place
        cdef int length, kind = 0, step
        while number < end:
            length = self._phrase_at(number, end, &kind)
            for place in range(length):
                step = 0 if place == 0 else 2 if place == length - 1 else 1
                self.rows[(number + place) * WIDTH + C_PHRASE] = kind * 4 + step + 1
            number += length if length > 1 else 1

    cdef int _phrase_at(self, Py_ssize_t number, Py_ssize_t end, int* kind) noexcept nogil:
        """Length of the longest listed phrase that starts here, 0 where none does."""
        cdef int length, longest = 0
        cdef uint32_t value = BASIS, slot
        if not self.tokens[number].phrase_start or not in_cases(self.rows[number * WIDTH + C_CASE], NAME_CASES):
            return 0
        for length in range(1, MAX_PHRASE + 1):
            if number + length > end:
                break
            value = (value ^ self.rows[(number + length - 1) * WIDTH + C_LOW]) * PRIME
            value ^= value >> 15
            if length == 1:
                continue
            slot = spread(value) & self.phrase_mask
            while self.phrase_keys[slot]:
                if self.phrase_keys[slot] == value:
                    longest = length
                    kind[0] = self.phrase_kinds[slot]
                    break
                slot = (slot + 1) & self.phrase_mask
        return longest

    cdef void _set_glue(self, Sentence* sentence) noexcept nogil:
        cdef Py_ssize_t number
        cdef uint32_t* left
        cdef uint32_t* right
        for number in range(sentence.first, sentence.first + sentence.size - 1):
            if self.tokens[number].end == self.tokens[number + 1].start:
                left = self.rows + number * WIDTH
                right = left + WIDTH
                left[C_GLUE] |= 8 if right[C_LOW] == DASH else 2
                right[C_GLUE] |= 4 if left[C_LOW] == DASH else 1

    cdef void _set_dateline(self, Sentence* sentence) noexcept nogil:
        cdef uint32_t* first = self.rows + sentence.first * WIDTH
        cdef uint32_t* row
        cdef uint32_t raw
        cdef Py_ssize_t dash, number
        cdef bint inside = False
        if not sentence.opens:
            return
        first[C_DATELINE] = 4
        raw = first[C_RAW] & 15
        if raw != K_UPPER and raw != K_TITLE:
            return
        for dash in range(1, sentence.size if sentence.size < 10 else 10):
            row = first + dash * WIDTH
            if row[C_LOW] == DASH and not row[C_GLUE] & 2 and not self._glued_left(sentence.first + dash):
                for number in range(dash):
                    inside = inside or self._is_mark(sentence.first + number, c"(")
                    first[number * WIDTH + C_DATELINE] = 3 if inside else 1 if raw == K_UPPER else 2
                return

    cdef bint _glued_left(self, Py_ssize_t number) noexcept nogil:
        return self.tokens[number - 1].end == self.tokens[number].start and not self._is_mark(number - 1, c")")

    cdef bint _is_mark(self, Py_ssize_t number, uint32_t mark) noexcept nogil:
        cdef Token* token = &self.tokens[number]
        return token.end - token.start == 1 and self.text[token.start] == mark

    # ----------------------------------------------------------------------------------------------------- runs

    cdef void _set_runs(self, Sentence* sentence) noexcept nogil:
        cdef Py_ssize_t number, end = sentence.first + sentence.size
        cdef Py_ssize_t start = -1, wide_start = -1, wide_end = -1
        for number in range(sentence.first, end + 1):
            if number < end and self._in_run(number, end, start >= 0, number == sentence.first):
                if start < 0:
                    start = number
            elif start >= 0:
                self._set_run(start, number)
                if wide_start >= 0 and self._is_joined(wide_end, start):
                    wide_end = number
                else:
                    self._set_wide_run(wide_start, wide_end)
                    wide_start, wide_end = start, number
                start = -1
        self._set_wide_run(wide_start, wide_end)

    cdef bint _in_run(self, Py_ssize_t number, Py_ssize_t end, bint running, bint leads) noexcept nogil:
        cdef uint32_t* row = self.rows + number * WIDTH
        if running and row[C_LOW] == DASH and row[C_GLUE] == 3:
            return number + 1 < end and in_cases(row[WIDTH + C_CASE], NAME_CASES)
        if not in_cases(row[C_CASE], NAME_CASES) or row[C_LOW] == I:
            return False
        return not leads or not row[C_LISTS] & L_LOWER

    cdef bint _is_joined(self, Py_ssize_t end, Py_ssize_t start) noexcept nogil:
        cdef Py_ssize_t number
        if start - end > 2:
            return False
        for number in range(end, start):
            if not self.connectors.has(self.rows[number * WIDTH + C_LOW]):
                return False
        return True

    cdef void _set_run(self, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
        # the rows around a sentence are pads, so the words before and behind it read as nothing
        cdef uint32_t* first = self.rows + start * WIDTH
        cdef uint32_t* last = self.rows + (end - 1) * WIDTH
        cdef uint32_t* before = first - WIDTH
        cdef uint32_t* row
        cdef Py_ssize_t number, size = end - start
        for number in range(size):
            row = first + number * WIDTH
            row[C_RUN] = <uint32_t>((size if size < 7 else 7) * 8 + (number if number < 7 else 7) + 1)
            row[C_BEFORE], row[C_BEFORE_CLUSTER] = before[C_LOW], before[C_MIDDLE]
            row[C_AFTER], row[C_AFTER_CLUSTER] = last[WIDTH + C_LOW], last[WIDTH + C_MIDDLE]
            row[C_FIRST] = first[C_MIDDLE] << 16 | first[C_LISTS]
            row[C_LAST] = last[C_MIDDLE] << 16 | last[C_LISTS]
            row[C_LAST_WORD] = last[C_LOW]

    cdef void _set_wide_run(self, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
        cdef Py_ssize_t number
        cdef uint32_t* row
        if start < 0:
            return
        for number in range(start, end):
            row = self.rows + number * WIDTH
            row[C_WIDE_LAST] = self.rows[(end - 1) * WIDTH + C_LOW]
            row[C_WIDE_BEFORE] = self.rows[(start - 1) * WIDTH + C_LOW]
            row[C_WIDE_FIRST] = self.rows[start * WIDTH + C_LOW]

    # ------------------------------------------------------------------------------------------------- document

    cdef int _set_document(self) except -1:
        cdef Py_ssize_t index, number, wanted = 64
        cdef Sentence* sentence
        cdef uint32_t mask, bits
        while wanted < self.count * 2:
            wanted *= 2
        if wanted > self.seen_room:
            self.seen_room = wanted
            self.seen_keys = <uint32_t*>reallocate(self.seen_keys, wanted * sizeof(uint32_t))
            self.seen_bits = <uint32_t*>reallocate(self.seen_bits, wanted * sizeof(uint32_t))
        memset(self.seen_keys, 0, wanted * sizeof(uint32_t))
        mask = <uint32_t>(wanted - 1)
        for index in range(self.sentence_count):
            sentence = &self.sentences[index]
            if sentence.mode == 0:
                for number in range(sentence.first, sentence.first + sentence.size):
                    bits = self._evidence(number, number == sentence.first)
                    if bits:
                        self._remember(self.rows[number * WIDTH + C_LOW], bits, mask)
        for index in range(self.sentence_count):
            sentence = &self.sentences[index]
            for number in range(sentence.first, sentence.first + sentence.size):
                if in_cases(self.rows[number * WIDTH + C_CASE], CAPITALISED):
                    self.rows[number * WIDTH + C_DOCUMENT] = self._remembered(self.rows[number * WIDTH + C_LOW], mask)
        return 0

    cdef void _remember(self, uint32_t key, uint32_t bits, uint32_t mask) noexcept nogil:
        cdef uint32_t slot = spread(key) & mask
        while self.seen_keys[slot] and self.seen_keys[slot] != key:
            slot = (slot + 1) & mask
        if not self.seen_keys[slot]:
            self.seen_keys[slot] = key
            self.seen_bits[slot] = 0
        self.seen_bits[slot] |= bits

    cdef uint32_t _remembered(self, uint32_t key, uint32_t mask) noexcept nogil:
        cdef uint32_t slot = spread(key) & mask
        while self.seen_keys[slot]:
            if self.seen_keys[slot] == key:
                return self.seen_bits[slot]
            slot = (slot + 1) & mask
        return 0

    cdef uint32_t _evidence(self, Py_ssize_t number, bint leads) noexcept nogil:
        cdef uint32_t* row = self.rows + number * WIDTH
        cdef uint32_t* before = row - WIDTH
        cdef uint32_t* after = row + WIDTH
        cdef uint32_t bits
        if row[C_CASE] == K_LOWER:
            return 1
        if not in_cases(row[C_CASE], CAPITALISED):
            return 0
        bits = 0 if leads else 2
        if before[C_CASE] == K_INITIAL or (
            in_cases(before[C_CASE], NAME_CASES) and before[C_LISTS] & (L_FIRST_NAME | L_TITLE)
        ):
            bits |= 4
        if row[C_LISTS] & L_FIRST_NAME and in_cases(after[C_CASE], CAPITALISED) and after[C_LISTS] & L_LAST_NAME:
            bits |= 8
        if self.locatives.has(before[C_LOW]):
            bits |= 16
        if before[C_LOW] == THE:
            bits |= 32
        if self.speech.has(after[C_LOW]):
            bits |= 64
        if in_cases(after[C_CASE], CAPITALISED) and after[C_LISTS] & L_ORGANISATION_TAIL:
            bits |= 128
        return bits

    # -------------------------------------------------------------------------------------------------- scoring

    cdef void _buckets(self, const uint32_t* row, uint32_t* buckets) noexcept nogil:
        cdef int place
        cdef uint32_t value
        for place in range(self.templates):
            value = (self.seeds[place] ^ row[self.parts[place][0]]) * <uint32_t>0x85EBCA6B
            value ^= value >> 15
            if place >= self.pairs_from:
                value = (value ^ row[self.parts[place][1]]) * <uint32_t>0x85EBCA6B
                value ^= value >> 15
                if place >= self.triples_from:
                    value = (value ^ row[self.parts[place][2]]) * <uint32_t>0x85EBCA6B
                    value ^= value >> 15
            value *= <uint32_t>0x2C1B3C6D
            value ^= value >> 13
            buckets[place] = value & self.bucket_mask

    cdef void _score(self, const uint32_t* row, int32_t* scores) noexcept nogil:
        cdef uint32_t buckets[MAX_TEMPLATES]
        cdef int32_t sums[8]
        cdef const int16_t* weight
        cdef int place, tag
        self._buckets(row, buckets)
        for tag in range(8):
            sums[tag] = 0
        for place in range(self.templates):
            weight = self.weights + <Py_ssize_t>buckets[place] * 8
            for tag in range(8):
                sums[tag] += weight[tag]
        memcpy(scores, sums, sizeof(sums))

    cdef int _tag_sentence(self, Sentence* sentence, list names) except -1:
        cdef Py_ssize_t number, size = sentence.size
        cdef int tag, origin, chosen
        cdef int64_t best[TAGS]  # a sentence of 10,000 words adds up to more than 32 bits hold
        cdef int64_t reached[TAGS]
        cdef int64_t value, top
        cdef Token* tokens = self.tokens + sentence.first
        for number in range(size):
            self._score(self.rows + (sentence.first + number) * WIDTH, self.scores + number * 8)
        for tag in range(TAGS):
            best[tag] = self.scores[tag] if is_legal(0, tag) else NEVER
        for number in range(1, size):
            for tag in range(TAGS):
                top, chosen = best[0] + self.arcs[tag][0], 0
                for origin in range(1, TAGS):
                    value = best[origin] + self.arcs[tag][origin]
                    if value > top:
                        top, chosen = value, origin
                reached[tag] = top + self.scores[number * 8 + tag]
                self.origins[number * TAGS + tag] = <uint8_t>chosen
            memcpy(best, reached, sizeof(best))
        chosen = 0
        for tag in range(1, TAGS):
            if best[tag] > best[chosen]:
                chosen = tag
        self.origins[0] = <uint8_t>chosen
        for number in range(size - 1, 0, -1):  # the path overwrites the first origin of each step
            origin = self.origins[number * TAGS + chosen]
            self.origins[number * TAGS] = <uint8_t>chosen
            chosen = origin
        self.origins[0] = <uint8_t>chosen
        cdef Py_ssize_t start = -1, end = -1
        cdef int kind = 0
        for number in range(size):
            tag = self.origins[number * TAGS]
            if tag and tag % 2 == 0:
                end = tokens[number].end
                continue
            if start >= 0:
                names.append((start, end, kind))
                start = -1
            if tag:
                start, end, kind = tokens[number].start, tokens[number].end, tag // 2
        if start >= 0:
            names.append((start, end, kind))
        return 0


cdef inline bint is_legal(int origin, int tag) noexcept nogil:
    return tag == 0 or tag % 2 == 1 or origin == tag - 1 or origin == tag


cdef inline bint is_closing(uint32_t c) noexcept nogil:
    return c == c'"' or c == c"'" or c == c")" or c == c"]"


cdef inline bint is_opening(uint32_t c) noexcept nogil:
    return c == c'"' or c == c"'" or c == c"(" or c == c"[" or c == c"@" or c == c"#" or c == c"-"


cdef inline bint is_repeated(uint32_t c) noexcept nogil:
    return c == c"." or c == c"-" or c == c"!" or c == c"?" or c == c"*" or c == c"=" or c == c"~"


cdef uint32_t table_mask(Py_ssize_t entries):
    cdef Py_ssize_t slots = 1024
    while slots * 2 < entries * 3:
        slots *= 2
    return <uint32_t>(slots - 1)


cdef void* allocate(Py_ssize_t size) except NULL:
    return reallocate(NULL, size)


cdef void* reallocate(void* pointer, Py_ssize_t size) except NULL:
    cdef void* result = PyMem_Realloc(pointer, size)
    if result is NULL:
        raise MemoryError
    return result
