# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""``stream/cleaning/label/features_plain.py``: the numbers that describe a page's blocks, and what the trees make of them."""

from cpython.mem cimport PyMem_Free
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.math cimport exp
from libc.stdint cimport uint64_t
from libc.string cimport memset

from stream._native.interning cimport Block, Names, Place, Words, allocate, hash_of
from stream._native.naming cimport rank_by_words
from stream._native.repeats cimport Triples
from stream._native.trees cimport Trees, trees_of

from stream._native.interning import native_blocks
from stream.cleaning.label import features as plain
from stream.cleaning.label import naming

cdef tuple ORDER = naming.ORDER
cdef int NOTHING = naming.NOTHING
cdef Py_ssize_t MAX_HEADING_CHARS = plain.MAX_HEADING_CHARS
cdef Py_ssize_t MIN_UNSTOPPED = plain.MIN_UNSTOPPED
cdef double MIN_PROSE_WORDS = plain.MIN_PROSE_WORDS, LOSS = plain.LOSS, FAR = plain.FAR
cdef double MAX_WEIGHED_CHARS = plain.MAX_WEIGHED_CHARS
cdef Py_ssize_t PROBE_CHARS = plain.PROBE_CHARS, LEXICON_WORDS = plain.LEXICON_WORDS
cdef Py_ssize_t OWN_CLASS_TOKENS = plain.OWN_CLASS_TOKENS
cdef Py_ssize_t HTML_WIDTH = len(plain.HTML_NAMES), TEXT_WIDTH = len(plain.TEXT_NAMES)
cdef Py_ssize_t SECOND_WIDTH = len(plain.SECOND_NAMES)
cdef dict TAG_RANKS = plain.TAG_RANKS, HEADING_RANKS = plain.HEADING_RANKS
cdef dict ABOVE = {name: number for number, name in enumerate(plain.ABOVE)}
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
cdef int[NEAR_SIZE] NEAR_BEGIN  # of each offset: where its features begin
cdef int[FAR_NEAR_SIZE] FAR_NEAR_BEGIN
cdef int[LEVELS] LEVEL_BEGIN

# Where each feature stands in its row, as ``features`` declares them.
cdef dict COLUMNS = {name: number for number, name in enumerate(plain.HTML_NAMES)}
cdef dict SECOND_COLUMNS = {name: number for number, name in enumerate(plain.SECOND_NAMES)}
cdef dict NEIGHBOUR_COLUMNS = {feature.name: number for number, feature in enumerate(plain.NEIGHBOUR)}
cdef dict LEVEL_COLUMNS = {feature.name: number for number, feature in enumerate(plain.LEVEL)}
cdef int F_CHARS = COLUMNS["chars"], F_WORDS = COLUMNS["words"], F_WORD_LENGTH = COLUMNS["word_length"]
cdef int F_COMMAS = COLUMNS["commas"], F_ENDS = COLUMNS["ends"], F_LAST_END = COLUMNS["last_end"]
cdef int F_FIRST_UPPER = COLUMNS["first_upper"], F_BULLET = COLUMNS["bullet"], F_DIGITS = COLUMNS["digits"]
cdef int F_UPPER = COLUMNS["upper"], F_TITLED = COLUMNS["titled"], F_MARKS = COLUMNS["marks"]
cdef int F_NO_CASE = COLUMNS["no_case"], F_PIPES = COLUMNS["pipes"], F_QUOTES = COLUMNS["quotes"]
cdef int F_COPIES = COLUMNS["copies"], F_TITLE_SHARE = COLUMNS["title_share"]
cdef int F_TITLE_RECALL = COLUMNS["title_recall"], F_LEXICON_MEAN = COLUMNS["lexicon_mean"]
cdef int F_LEXICON_MIN = COLUMNS["lexicon_min"], F_LEXICON_MAX = COLUMNS["lexicon_max"]
cdef int F_LEXICON_KNOWN = COLUMNS["lexicon_known"], F_LEXICON_FIRST = COLUMNS["lexicon_first"]
cdef int F_PLACE_BLOCKS = COLUMNS["place_blocks"], F_PLACE_CHARS = COLUMNS["place_chars"], F_GOOD = COLUMNS["good"]
cdef int F_IN_RUN = COLUMNS["in_run"], F_RUN_BEFORE = COLUMNS["run_before"], F_RUN_AFTER = COLUMNS["run_after"]
cdef int F_RUN_SHARE = COLUMNS["run_share"], F_SHARED_WORDS = COLUMNS["shared_words"], F_GAP = COLUMNS["gap"]
cdef int F_SAID = COLUMNS["said"], F_LIST_NEAR = COLUMNS["list_near"], F_LINK_SHARE = COLUMNS["link_share"]
cdef int F_DEPTH = COLUMNS["depth"], F_TAG_RANK = COLUMNS["tag_rank"], F_HEADING = COLUMNS["heading"]
cdef int F_CLASS_TOKENS_MIN = COLUMNS["class_tokens_min"], F_CLASS_TOKENS_MAX = COLUMNS["class_tokens_max"], F_CLASS_TOKENS_SUM = COLUMNS["class_tokens_sum"]
cdef int F_OWN_MIN = COLUMNS["own_min"], F_OWN_MAX = COLUMNS["own_max"], F_OWN_SUM = COLUMNS["own_sum"]
cdef int F_HIDDEN = COLUMNS["hidden"], F_SIBLINGS = COLUMNS["siblings"], F_KIND_COUNT = COLUMNS["kind_count"]
cdef int F_KIND_GOOD = COLUMNS["kind_good"], F_KIND_LINK = COLUMNS["kind_link"]
cdef int F_KIND_SHARE = COLUMNS["kind_share"], F_BEST_IN = COLUMNS["best_in"]
cdef int F_BEST_HEIGHT = COLUMNS["best_height"], F_PARENT_SCORE = COLUMNS["parent_score"]
cdef int F_DECLARED = COLUMNS["declared"], F_DECLARED_SHARE = COLUMNS["declared_share"]
cdef int F_INSIDE = COLUMNS["in_article"]  # and those behind it, one for each of ``ABOVE``
cdef int N_CHARS = NEIGHBOUR_COLUMNS["chars"], N_GOOD = NEIGHBOUR_COLUMNS["good"]
cdef int N_LINK = NEIGHBOUR_COLUMNS["link"], N_LEXICON = NEIGHBOUR_COLUMNS["lexicon"]
cdef int N_KIN = NEIGHBOUR_COLUMNS["kin"]
cdef int L_GOOD_SHARE = LEVEL_COLUMNS["good_share"], L_LINK = LEVEL_COLUMNS["link"]
cdef int L_PROSE_SHARE = LEVEL_COLUMNS["prose_share"]
cdef int S_P = SECOND_COLUMNS["p"], S_P_RUN = SECOND_COLUMNS["p_run"]
cdef int S_P_RUN_BEFORE = SECOND_COLUMNS["p_run_before"], S_P_RUN_AFTER = SECOND_COLUMNS["p_run_after"]
cdef int S_P_MEAN = SECOND_COLUMNS["p_mean"], S_P_BEFORE = SECOND_COLUMNS["p_before"]
cdef int S_P_AFTER = SECOND_COLUMNS["p_after"], S_P_PARENT = SECOND_COLUMNS["p_parent"]
cdef int S_P_GRANDPARENT = SECOND_COLUMNS["p_grandparent"], S_P_KIND = SECOND_COLUMNS["p_kind"]
cdef int S_P_LAST_SURE = SECOND_COLUMNS["p_last_sure"], S_P_NEXT_SURE = SECOND_COLUMNS["p_next_sure"]
cdef unsigned char[0x110000] CLASSES  # of characters; 0 where not asked yet

# What ``plain.class_of`` calls its classes, as one byte each.
cdef dict CLASS_BYTES = {".": 46, ",": 44, '"': 34, "|": 124, "9": 57, "A": 65, "a": 97, "字": 1, "ا": 2, "ก": 3, " ": 32, "-": 45}
cdef bint[AROUND_SIZE] AROUND  # the characters of ``plain.AROUND_WORDS``


cdef void fill_feature_tables():
    cdef Py_ssize_t index
    assert plain.LEVELS == LEVELS and len(plain.NEAR) == NEAR_SIZE and len(plain.FAR_NEAR) == FAR_NEAR_SIZE
    for index in range(NEAR_SIZE):
        NEAR[index] = plain.NEAR[index]
        NEAR_BEGIN[index] = COLUMNS[f"{plain.NEIGHBOUR[0].name}{plain.NEAR[index]:+d}"]
    for index in range(FAR_NEAR_SIZE):
        FAR_NEAR[index] = plain.FAR_NEAR[index]
        FAR_NEAR_BEGIN[index] = SECOND_COLUMNS[f"{plain.FAR_NEIGHBOUR[0].name}{plain.FAR_NEAR[index]:+d}"]
    for index in range(LEVELS):
        LEVEL_BEGIN[index] = COLUMNS[f"{plain.LEVEL[0].name}_{index}"]
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


DEF CUTS = 1  # a block of this element is cut
DEF CUTS_INSIDE = 2  # all in this element is cut
DEF IS_FIGCAPTION = 4
DEF IS_CAPTION = 8  # a class
cdef dict CANDIDATE_FLAGS = {}  # of names

cdef void fill_candidate_flags():
    for flag, names in (
        (CUTS, plain.CUT), (CUTS_INSIDE, plain.CUT_ANYWHERE), (IS_FIGCAPTION, ("figcaption",)),
        (IS_CAPTION, plain.CAPTIONS),
    ):
        for name in names:
            CANDIDATE_FLAGS[name] = CANDIDATE_FLAGS.get(name, 0) | flag

fill_candidate_flags()


cdef bint is_short_link(Block block) noexcept:
    cdef Py_ssize_t size = len(block.text), index, spaces = 0
    if 10 * block.link_chars <= 9 * size or size >= 100:
        return False
    for index in range(size):
        spaces += PyUnicode_READ(PyUnicode_KIND(block.text), PyUnicode_DATA(block.text), index) == c" "
    return spaces < 8


cdef bint says(Place* place, int class_token) noexcept:
    """Whether the block stands in an element with this class or id."""
    cdef int index
    for index in range(place.class_tokens_count):
        if place.class_tokens[index] == class_token:
            return True
    return False


cdef bint is_cut(Place* place, char* flags) noexcept:
    cdef int index
    if place.tags_count and flags[place.tags[0]] & CUTS:
        return True
    for index in range(1, place.tags_count):
        if flags[place.tags[index]] & CUTS_INSIDE or (index < 3 and flags[place.tags[index]] & IS_FIGCAPTION):
            return True
    for index in range(min(place.class_tokens_count, 2)):
        if flags[place.class_tokens[index]] & IS_CAPTION:
            return True
    return False


def candidates(blocks, shown=frozenset()):
    cdef list natives = native_blocks(blocks), found = []
    cdef Py_ssize_t count = len(natives), index, hidden = 0, total = 0
    cdef Block block
    cdef Names names
    cdef int hides
    cdef char* short_link = NULL
    cdef char* flags = NULL
    if not count:
        return found
    names = (<Block>natives[0]).names
    hides = names.known("hidden")
    try:
        short_link = <char*>allocate(count + 2, sizeof(char))  # one on each side
        flags = <char*>allocate(len(names.texts), sizeof(char))
        for index in range(len(names.texts)):
            flags[index] = CANDIDATE_FLAGS.get(names.texts[index], 0)
        for index in range(count):
            block = natives[index]
            short_link[index + 1] = is_short_link(block)
            total += len(block.text)
            if says(&block.place, hides):
                hidden += len(block.text)
        for index in range(count):
            if short_link[index + 1] and (short_link[index] or short_link[index + 2]):
                continue
            block = natives[index]
            if is_cut(&block.place, flags) or (
                2 * hidden <= total and says(&block.place, hides) and index not in shown
            ):
                continue
            found.append(index)
    finally:
        PyMem_Free(short_link)
        PyMem_Free(flags)
    return found


cdef struct Entry:
    unsigned int key  # half of the word's hash; 0 where it is free
    int hundredths


cdef class Lexicon:
    """The weights of a model's words, small enough to stay at hand while a page is read."""

    cdef Entry* entries
    cdef uint64_t mask

    def __cinit__(self, dict weights):
        cdef Py_ssize_t size = 64
        cdef Entry* entry
        cdef str word
        while 3 * size < 4 * <Py_ssize_t>len(weights):
            size *= 2
        self.entries = <Entry*>allocate(size, sizeof(Entry))
        self.mask = size - 1
        for word, weight in weights.items():
            entry = self.at(hash_of(PyUnicode_KIND(word), PyUnicode_DATA(word), 0, len(word)))
            entry.hundredths = round(100 * weight)
            if entry.key or entry.hundredths / 100.0 != weight:
                raise ValueError(f"the weight of {word!r} cannot be kept: {weight}")
            entry.key = key_of(hash_of(PyUnicode_KIND(word), PyUnicode_DATA(word), 0, len(word)))

    def __dealloc__(self):
        PyMem_Free(self.entries)

    cdef inline Entry* at(self, uint64_t hashed) noexcept:
        """The word's entry, or the free one where it belongs."""
        cdef uint64_t place = hashed & self.mask
        cdef unsigned int key = key_of(hashed)
        while self.entries[place].key and self.entries[place].key != key:
            place = (place + 1) & self.mask
        return &self.entries[place]


cdef inline unsigned int key_of(uint64_t hashed) noexcept:
    return <unsigned int>(hashed >> 32) | 1


cdef dict LEXICONS = {}


cdef Lexicon lexicon_of(dict weights):
    """The weights' native form, made when it is first asked for."""
    known = LEXICONS.get(id(weights))
    if known is None:
        known = LEXICONS[id(weights)] = (weights, Lexicon(weights))  # holding the weights keeps their id theirs
    return known[1]


cdef inline uint64_t mixed(uint64_t value, uint64_t more) noexcept:
    """A key of two numbers; never 0."""
    value = (value ^ more + 1) * 0x9E3779B97F4A7C15ULL
    return value ^ value >> 32 or 1


cdef struct Facts:
    double size, words, commas, good, link, lexicon
    bint prose
    int said
    Py_ssize_t words_begin, words_end  # of the block's vocabulary in ``Pass.vocabulary``


cdef struct Container:
    double chars, link, good, score, good_share, link_share, prose_share
    Py_ssize_t prose, count
    int number  # of the element in the blocks' paths


cdef void add_facts(Container* container, Facts* fact, double points, double link_chars):
    container.count += 1
    container.chars += fact.size
    container.link += link_chars
    container.good += fact.good
    container.prose += fact.prose
    container.score += points


cdef class Pass:
    """One page's features: a row of ``width`` numbers for each block, 0 until they are filled."""

    cdef Py_ssize_t count, width, elements
    cdef double* rows
    cdef Facts* facts
    cdef int* vocabulary
    cdef int* kinds  # of each block: which kind it is
    cdef Container* inside  # the elements, in the order in which they were met
    cdef Container* of_kind
    cdef int* around  # for each block and level: which container

    def __cinit__(self, Py_ssize_t count, Py_ssize_t width):
        self.count = count
        self.width = width
        self.rows = <double*>allocate(count * width, sizeof(double))
        self.facts = <Facts*>allocate(count, sizeof(Facts))
        self.vocabulary = <int*>allocate(count * LEXICON_WORDS, sizeof(int))
        self.kinds = <int*>allocate(count, sizeof(int))
        self.inside = <Container*>allocate(count * (LEVELS + 1), sizeof(Container))
        self.of_kind = <Container*>allocate(count, sizeof(Container))
        self.around = <int*>allocate(count * (LEVELS + 1), sizeof(int))

    def __dealloc__(self):
        PyMem_Free(self.rows)
        PyMem_Free(self.facts)
        PyMem_Free(self.vocabulary)
        PyMem_Free(self.kinds)
        PyMem_Free(self.inside)
        PyMem_Free(self.of_kind)
        PyMem_Free(self.around)

    cdef inline double* row(self, Py_ssize_t number) noexcept:
        return self.rows + number * self.width

    cdef list listed(self):
        cdef Py_ssize_t index, column
        return [[self.rows[index * self.width + column] for column in range(self.width)] for index in range(self.count)]


cdef int state_facts(
    Pass page, Py_ssize_t number, Block block, Lexicon lexicon, list title, unsigned long long title_lengths, Words vocabulary
) except -1:
    """``plain._Facts`` of one block: its own text's numbers."""
    cdef Facts* fact = &page.facts[number]
    cdef double* row = page.row(number)
    cdef str text = block.text, lowered
    cdef uint64_t key
    cdef Entry* entry
    cdef Py_ssize_t size = len(text), index, begin, end, start, stop, length, known = 0, looked = 0, in_title = 0, seen
    cdef Py_ssize_t unspaced, uncased, upper, ends, commas, letters, titled = 0, tokens = 0
    cdef int[128] counts  # of the characters of each class
    cdef int kind = PyUnicode_KIND(text), word_id
    cdef void* data = PyUnicode_DATA(text)
    cdef unsigned char now = 32, before = 0, first = 0, last_but_one = 0
    cdef double words, total = 0.0, low = 0.0, high = 0.0, weight, first_weight = 0.0
    if not size:
        raise ValueError("a block without text")
    memset(counts, 0, sizeof(counts))
    for index in range(size):
        before = now
        now = class_byte(PyUnicode_READ(kind, data, index))
        counts[now] += 1
        titled += before == c" " and now == c"A" and index > 0
    first = class_byte(PyUnicode_READ(kind, data, 0))
    last_but_one = before if size > 1 else 0
    upper = counts[c"A"]
    unspaced = counts[1] + counts[3]
    uncased = counts[2]
    letters = counts[c"a"] + upper + unspaced + uncased
    ends = counts[c"."]
    commas = counts[c","]
    fact.said = rank_by_words(text)
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
            entry = lexicon.at(key)
            if entry.key:
                weight = entry.hundredths / 100.0
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
    fact.link = <double>block.link_chars / size
    fact.prose = words >= MIN_PROSE_WORDS and fact.link < 0.4 and (
        ends > 0 or commas > 1 or counts[3] >= MIN_UNSTOPPED
    )
    fact.good = words if fact.prose else 0.0
    fact.lexicon = total / looked
    row[F_CHARS] = fact.size
    row[F_WORDS] = words
    row[F_WORD_LENGTH] = letters / words
    row[F_COMMAS] = commas / words
    row[F_ENDS] = ends
    row[F_LAST_END] = 1.0 if now == c"." or last_but_one == c"." else 0.0
    row[F_FIRST_UPPER] = 1.0 if first == c"A" else 0.0
    row[F_BULLET] = 1.0 if text[0] in BULLETS else 0.0
    row[F_DIGITS] = <double>counts[c"9"] / size
    row[F_UPPER] = <double>upper / (letters + 1)
    row[F_TITLED] = titled / words
    row[F_MARKS] = <double>counts[c"-"] / size
    row[F_NO_CASE] = <double>(unspaced + uncased) / size
    row[F_PIPES] = counts[c"|"]
    row[F_QUOTES] = counts[c'"']
    row[F_TITLE_SHARE] = <double>in_title / tokens
    row[F_TITLE_RECALL] = <double>in_title / len(title) if title else 0.0
    row[F_LEXICON_MEAN] = fact.lexicon
    row[F_LEXICON_MIN] = low
    row[F_LEXICON_MAX] = high
    row[F_LEXICON_KNOWN] = <double>known / looked
    row[F_LEXICON_FIRST] = first_weight
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
    Pass page, list blocks, str title, str declared, dict words, dict class_tokens, bint html
) except -1:
    cdef list title_words = list({word for word in title.lower().split() if len(word) > 3})
    cdef unsigned long long lengths = 0
    cdef Lexicon lexicon = lexicon_of(words)
    cdef Words vocabulary = Words(64)
    cdef Py_ssize_t index
    for word in title_words:
        lengths |= <unsigned long long>1 << min(<Py_ssize_t>len(word), 63)
    for index in range(page.count):
        state_facts(page, index, blocks[index], lexicon, title_words, lengths, vocabulary)
    place(page, blocks, vocabulary.count)
    number_kinds(page, blocks, html)
    add_near(page)
    if html:
        add_page(page, blocks, class_tokens, declared)
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


cdef int place(Pass page, list blocks, Py_ssize_t vocabulary) except -1:
    cdef Py_ssize_t count = page.count, index, begin, end, word, shared, own
    cdef double total = 0.0, run_words = 0.0, all_good = 0.0, before = 0.0, since_list = FAR
    cdef dict copies = {}
    cdef Facts* fact
    cdef double* row
    cdef double* gains
    cdef int* spoken
    cdef Block block
    cdef int last_number = -1, number
    spoken = <int*>allocate(vocabulary, sizeof(int))
    try:
        gains = <double*>allocate(count, sizeof(double))
    except MemoryError:
        PyMem_Free(spoken)
        raise
    try:
        for index in range(count):
            fact = &page.facts[index]
            text = (<Block>blocks[index]).text
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
            row = page.row(index)
            block = blocks[index]
            own = 1 if begin <= index < end else 0
            shared = 0
            for word in range(fact.words_begin, fact.words_end):
                if spoken[page.vocabulary[word]] > own:
                    shared += 1
            row[F_COPIES] = copies[block.text]
            row[F_PLACE_BLOCKS] = <double>index / count
            row[F_PLACE_CHARS] = before / total
            row[F_GOOD] = fact.good
            row[F_IN_RUN] = own
            row[F_RUN_BEFORE] = min(<double>(begin - index), FAR) if index < begin else 0.0
            row[F_RUN_AFTER] = min(<double>(index - end + 1), FAR) if index >= end else 0.0
            row[F_RUN_SHARE] = run_words / (all_good + 1.0)
            row[F_SHARED_WORDS] = <double>shared / (fact.words_end - fact.words_begin + 1.0)
            number = block.place.numbers[0] if block.place.levels else -1
            row[F_GAP] = 1.0 if number != last_number else 0.0
            row[F_SAID] = SAID[fact.said]
            row[F_LIST_NEAR] = since_list
            since_list = min(since_list + 1.0, FAR)
            if HEADS_LIST[fact.said] and fact.size < MAX_HEADING_CHARS:
                since_list = 1.0
            last_number = number
            before += fact.size
    finally:
        PyMem_Free(spoken)
        PyMem_Free(gains)
    return 0


cdef int number_kinds(Pass page, list blocks, bint html) except -1:
    """Blocks of one kind get one number."""
    cdef Words numbers = Words(page.count)
    cdef Place* place
    cdef Py_ssize_t index
    cdef uint64_t key
    cdef int level
    for index in range(page.count):
        place = &(<Block>blocks[index]).place
        key = mixed(0, place.levels)
        if html:
            key = mixed(key, place.tags[0] if place.tags_count else -1)
            key = mixed(key, place.tags[1] if place.tags_count > 1 else -1)
            key = mixed(key, place.class_tokens[0] if place.class_tokens_count else -1)
        else:
            for level in range(place.levels):
                key = mixed(key, place.numbers[level])
        page.kinds[index] = numbers.number(key)
    return 0


cdef void add_near(Pass page):
    cdef Py_ssize_t index, near, other
    cdef double* row
    cdef Facts* fact
    for index in range(page.count):
        row = page.row(index)
        for near in range(NEAR_SIZE):
            other = index + NEAR[near]
            if 0 <= other < page.count:
                fact = &page.facts[other]
                row[NEAR_BEGIN[near] + N_CHARS] = fact.size
                row[NEAR_BEGIN[near] + N_GOOD] = fact.good
                row[NEAR_BEGIN[near] + N_LINK] = fact.link
                row[NEAR_BEGIN[near] + N_LEXICON] = fact.lexicon
                row[NEAR_BEGIN[near] + N_KIN] = 1.0 if page.kinds[other] == page.kinds[index] else 0.0
            else:
                row[NEAR_BEGIN[near] + N_CHARS] = -1.0
                row[NEAR_BEGIN[near] + N_GOOD] = -1.0
                row[NEAR_BEGIN[near] + N_LINK] = -1.0
                row[NEAR_BEGIN[near] + N_LEXICON] = 0.0
                row[NEAR_BEGIN[near] + N_KIN] = -1.0


cdef Container sum_up(Pass page, list blocks):
    cdef Container total
    cdef Container* container
    cdef Words numbers = Words(page.count * (LEVELS + 1))
    cdef Facts* fact
    cdef Block block
    cdef Py_ssize_t index, level, which
    cdef double points, links
    memset(&total, 0, sizeof(total))
    for index in range(page.count):
        fact = &page.facts[index]
        block = blocks[index]
        links = block.link_chars
        add_facts(&total, fact, 0.0, links)
        points = 1.0 + fact.commas + min(fact.size / 100.0, 3.0) if fact.prose else 0.0
        if not block.place.levels:
            raise ValueError("a block of an HTML page without a path")
        for level in range(min(block.place.levels, LEVELS + 1)):
            which = numbers.number(mixed(0, block.place.numbers[level]))
            page.around[index * (LEVELS + 1) + level] = which
            page.inside[which].number = block.place.numbers[level]
            add_facts(&page.inside[which], fact, points / level if level else 0.0, links)
        add_facts(&page.of_kind[page.kinds[index]], fact, 0.0, links)
    page.elements = numbers.count
    for which in range(page.elements):
        container = &page.inside[which]
        container.good_share = container.good / (total.good + 1.0)
        container.link_share = container.link / (container.chars + 1.0)
        container.prose_share = container.prose / (total.prose + 1.0)
    return total


cdef struct Weighed:
    double low, high, total
    bint known


cdef void weigh_part(Lexicon weights, Weighed* sums, int kind, void* data, Py_ssize_t begin, Py_ssize_t end) noexcept:
    cdef Entry* entry = weights.at(hash_of(kind, data, begin, end))
    cdef double weight = entry.hundredths / 100.0
    if entry.key:
        sums.total += weight
        sums.low = min(sums.low, weight)
        sums.high = max(sums.high, weight)


cdef void weigh_name(Lexicon weights, str name, Weighed* sums) noexcept:
    """``plain.weigh_parts``."""
    cdef int kind = PyUnicode_KIND(name)
    cdef void* data = PyUnicode_DATA(name)
    cdef Py_ssize_t length = len(name), index, begin = 0
    cdef Py_UCS4 c
    sums.known = True
    weigh_part(weights, sums, kind, data, 0, length)
    for index in range(length + 1):
        if index < length:
            c = PyUnicode_READ(kind, data, index)
            if c != c"-" and c != c"_":
                continue
        if index - begin > 1 and index - begin < length:
            weigh_part(weights, sums, kind, data, begin, index)
        begin = index + 1


cdef class ClassTokens:
    """``plain._ClassTokens``: weighs a page's class and id tokens, each once."""

    cdef Lexicon weights
    cdef Names names
    cdef Weighed* weighed  # by number of the name

    def __cinit__(self, dict weights, Names names):
        self.weights = lexicon_of(weights)
        self.names = names
        self.weighed = <Weighed*>allocate(len(names.texts), sizeof(Weighed))

    def __dealloc__(self):
        PyMem_Free(self.weighed)

    cdef Weighed weigh(self, int* class_tokens, int count) noexcept:
        """The lowest and highest weight, and the sum, of these names."""
        cdef Weighed sums = Weighed(0.0, 0.0, 0.0, True)
        cdef Weighed* one
        cdef int index
        for index in range(count):
            one = &self.weighed[class_tokens[index]]
            if not one.known:
                weigh_name(self.weights, self.names.texts[class_tokens[index]], one)
            if one.low < sums.low:
                sums.low = one.low
            if one.high > sums.high:
                sums.high = one.high
            sums.total += one.total
        return sums


cdef int add_page(Pass page, list blocks, dict class_tokens, str declared) except -1:
    cdef Container total = sum_up(page, blocks)
    cdef Container* kind
    cdef Container* parent
    cdef Container* around
    cdef Names names = (<Block>blocks[0]).names if page.count else Names()
    cdef ClassTokens weighing = ClassTokens(class_tokens, names)
    cdef Triples triples = Triples()
    cdef Weighed weights
    cdef Facts* fact
    cdef Block block
    cdef Place* place
    cdef double* row
    cdef double* flags
    cdef double best_score = 0.0, score, declared_share = len(declared) / (total.chars + 1.0)
    cdef Py_ssize_t index, last, which
    cdef int level, best_number = 0, best_level, hides = names.known("hidden")
    triples.add(declared)
    for which in range(page.elements):
        score = page.inside[which].score * (1.0 - page.inside[which].link / (page.inside[which].chars + 1.0))
        if score > best_score:
            best_score = score
            best_number = page.inside[which].number
    for index in range(page.count):
        block = blocks[index]
        place = &block.place
        fact = &page.facts[index]
        row = page.row(index)
        tag = names.texts[place.tags[0]] if place.tags_count else ""
        last = place.levels - 1
        kind = &page.of_kind[page.kinds[index]]
        parent = &page.inside[page.around[index * (LEVELS + 1) + min(last, 1)]]
        best_level = -1
        for level in range(place.levels):
            if place.numbers[level] == best_number:
                best_level = level
                break
        row[F_LINK_SHARE] = fact.link
        row[F_DEPTH] = last + 1
        row[F_TAG_RANK] = TAG_RANKS.get(tag, -1.0)
        row[F_HEADING] = HEADING_RANKS.get(tag, 0.0)
        weights = weighing.weigh(place.class_tokens, place.class_tokens_count)
        row[F_CLASS_TOKENS_MIN] = weights.low
        row[F_CLASS_TOKENS_MAX] = weights.high
        row[F_CLASS_TOKENS_SUM] = weights.total
        weights = weighing.weigh(place.class_tokens, min(place.class_tokens_count, OWN_CLASS_TOKENS))
        row[F_OWN_MIN] = weights.low
        row[F_OWN_MAX] = weights.high
        row[F_OWN_SUM] = weights.total
        row[F_HIDDEN] = 1.0 if says(place, hides) else 0.0
        row[F_SIBLINGS] = parent.count
        row[F_KIND_COUNT] = kind.count
        row[F_KIND_GOOD] = kind.good / (total.good + 1.0)
        row[F_KIND_LINK] = kind.link / (kind.chars + 1.0)
        row[F_KIND_SHARE] = <double>kind.prose / kind.count
        row[F_BEST_IN] = 1.0 if best_level >= 0 else 0.0
        row[F_BEST_HEIGHT] = best_level
        row[F_PARENT_SCORE] = parent.score / (best_score + 1.0)
        row[F_DECLARED] = is_declared(block.text, declared, triples) if declared else -1.0
        row[F_DECLARED_SHARE] = declared_share
        flags = row + F_INSIDE
        for level in range(1, place.tags_count):
            known = ABOVE.get(names.texts[place.tags[level]])
            if known is not None:
                flags[<int>known] = 1.0
        for level in range(LEVELS):
            around = &page.inside[page.around[index * (LEVELS + 1) + min(level, last)]]
            row[LEVEL_BEGIN[level] + L_GOOD_SHARE] = around.good_share
            row[LEVEL_BEGIN[level] + L_LINK] = around.link_share
            row[LEVEL_BEGIN[level] + L_PROSE_SHARE] = around.prose_share
    return 0


cdef double is_declared(str text, str declared, Triples triples) except -2.0:
    cdef Py_ssize_t middle = max((<Py_ssize_t>len(text) - PROBE_CHARS) // 2, 0)
    if not triples.may_hold(text, middle, middle + PROBE_CHARS):
        return 0.0
    return 1.0 if PyUnicode_Substring(text, middle, middle + PROBE_CHARS) in declared else 0.0


cdef struct Pair:
    double probability, chars


cdef inline double without(Pair* pair, double probability, double chars):
    """``plain._without``: the mean probability of a group without the block itself."""
    cdef double rest = pair.chars - chars
    return (pair.probability - probability * chars) / rest if rest > 0.5 else -1.0


cdef int add_second_pass(Pass page, list blocks, double* probabilities) except -1:
    """Put the columns of ``SECOND_NAMES`` behind the others; ``kinds`` must be numbered."""
    cdef Py_ssize_t count = page.count, index, level, near, other, begin, end
    cdef double total = 0.0, after = 0.0, mean = 0.0, distance = FAR, probability, weight, size
    cdef double* row
    cdef Words numbers = Words(2 * page.count)
    cdef Block block
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
            size = sizes[index] = len(block.text)
            probability = probabilities[index]
            gains[index] = (probability - 0.5) * min(size, MAX_WEIGHED_CHARS)
            mean += probability
            after += probability * size
            for level in range(2):
                around[2 * index + level] = -1
                if level + 1 < block.place.levels:
                    other = around[2 * index + level] = numbers.number(mixed(0, block.place.numbers[level + 1]))
                    parents[other].probability += probability * size
                    parents[other].chars += size
            other = page.kinds[index]
            kinds[other].probability += probability * size
            kinds[other].chars += size
        mean = mean / count if count else 0.0
        best_run(gains, count, &begin, &end)
        for index in range(count - 1, -1, -1):
            sure_after[index] = distance
            distance = 1.0 if probabilities[index] > 0.8 else min(distance + 1.0, FAR)
        distance = FAR
        for index in range(count):
            row = page.row(index) + page.width - SECOND_WIDTH
            probability = probabilities[index]
            size = sizes[index]
            weight = probability * size
            after -= weight
            row[S_P] = probability
            row[S_P_RUN] = 1.0 if begin <= index < end else 0.0
            row[S_P_RUN_BEFORE] = min(<double>(begin - index), FAR) if index < begin else 0.0
            row[S_P_RUN_AFTER] = min(<double>(index - end + 1), FAR) if index >= end else 0.0
            row[S_P_MEAN] = mean
            row[S_P_BEFORE] = total
            row[S_P_AFTER] = after
            other = around[2 * index]
            row[S_P_PARENT] = without(&parents[other], probability, size) if other >= 0 else -1.0
            other = around[2 * index + 1]
            row[S_P_GRANDPARENT] = without(&parents[other], probability, size) if other >= 0 else -1.0
            row[S_P_KIND] = without(&kinds[page.kinds[index]], probability, size)
            row[S_P_LAST_SURE] = distance
            row[S_P_NEXT_SURE] = sure_after[index]
            distance = 1.0 if probability > 0.8 else min(distance + 1.0, FAR)
            total += weight
            for near in range(FAR_NEAR_SIZE):
                other = index + FAR_NEAR[near]
                row[FAR_NEAR_BEGIN[near]] = probabilities[other] if 0 <= other < count else -1.0
    finally:
        PyMem_Free(kinds)
        PyMem_Free(parents)
        PyMem_Free(gains)
        PyMem_Free(sure_after)
        PyMem_Free(sizes)
        PyMem_Free(around)
    return 0


def first_pass(blocks, str title, str declared, dict words, dict class_tokens, *, bint html):
    cdef Pass page = Pass(len(blocks), HTML_WIDTH if html else TEXT_WIDTH)
    fill_first_pass(page, native_blocks(blocks), title, declared, words, class_tokens, html)
    return page.listed()


def second_pass(blocks, list probabilities):
    cdef list natives = native_blocks(blocks)
    cdef Pass page = Pass(len(natives), SECOND_WIDTH)
    cdef Py_ssize_t index
    cdef double* copied = <double*>allocate(page.count, sizeof(double))
    try:
        for index in range(page.count):
            copied[index] = probabilities[index]
        number_kinds(page, natives, True)
        add_second_pass(page, natives, copied)
    finally:
        PyMem_Free(copied)
    return page.listed()


cdef int judge_rows(Pass page, forest, double* probabilities) except -1:
    """The probability of each row, by ``trees.Forest.probabilities``."""
    cdef Trees trees = trees_of(forest)
    cdef Py_ssize_t index
    cdef long long* sums = <long long*>allocate(page.count, sizeof(long long))
    trees.add(page.rows, page.count, page.width, sums)
    for index in range(page.count):
        probabilities[index] = 1.0 / (1.0 + exp(-sums[index] / trees.scale))
    PyMem_Free(sums)
    return 0


def probabilities_of(blocks, str title, str declared, head, *, bint html):
    cdef list natives = native_blocks(blocks)
    cdef Pass page = Pass(len(natives), (HTML_WIDTH if html else TEXT_WIDTH) + SECOND_WIDTH)
    cdef double* probabilities = <double*>allocate(page.count, sizeof(double))
    cdef Py_ssize_t index
    try:
        fill_first_pass(page, natives, title, declared, head.words, head.class_tokens, html)
        judge_rows(page, head.first, probabilities)
        if not html:
            number_kinds(page, natives, True)
        add_second_pass(page, natives, probabilities)
        judge_rows(page, head.second, probabilities)
        return [probabilities[index] for index in range(page.count)]
    finally:
        PyMem_Free(probabilities)
