"""What the recogniser sees of a text, said once: both paths (compiled and plain) read these tables and no others.

A token is a row of 32-bit values (``Column``); a template joins up to three values of neighbouring rows, and its hash
picks one bucket of the weights. All hashes are 32-bit and wrap around.
"""

from enum import IntEnum

from stream.cleaning.particles import IN_LONG_NAMES

TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
PADS = 2  # rows between sentences, so that no window looks across
MAX_PHRASE = 6  # tokens of the longest name in the lexicon

FNV_BASIS = 2166136261
FNV_PRIME = 16777619


class Column(IntEnum):
    """The values of one token, in row order."""

    ZERO = 0
    LOW = 1  # lower-cased word, digits as 0
    CASE = 2  # ``Case`` after truecasing
    RAW = 3  # ``Case`` as written, mode of the sentence, sentence start
    SHAPE = 4
    PREFIX2 = 5
    PREFIX3 = 6
    PREFIX4 = 7
    SUFFIX1 = 8
    SUFFIX2 = 9
    SUFFIX3 = 10
    SUFFIX4 = 11
    COARSE = 12  # cluster of 64
    MIDDLE = 13  # cluster of 256
    FINE = 14  # cluster of 1024
    LISTS = 15  # ``Listed`` bits of the word
    PHRASE = 16  # the listed phrase that the token is part of
    DOCUMENT = 17  # what stands beside the same word elsewhere in the text
    RUN = 18  # length of the run of capitalised words, place in it
    BEFORE = 19  # word before the run
    AFTER = 20  # word behind it
    BEFORE_CLUSTER = 21
    AFTER_CLUSTER = 22
    FIRST = 23  # the run's first word: cluster and lists
    LAST = 24  # the run's last word: cluster and lists
    LAST_WORD = 25
    WIDE_LAST = 26  # the same over runs joined by 'of', 'de', '&' ...
    WIDE_BEFORE = 27
    WIDE_FIRST = 28
    DATELINE = 29
    GLUE = 30  # what touches the token without a space
    MODE_CASE = 31  # sentence mode and truecased ``Case``


WIDTH = len(Column)


class Case(IntEnum):
    """How a token is written."""

    PAD = 0
    MARK = 1  # punctuation
    LOWER = 2
    DIGITS = 3  # a number, or anything else that starts with a digit
    TITLE = 4  # Berlin
    UPPER = 5  # NATO
    LETTER = 6  # A
    INITIAL = 7  # J.
    DOTTED = 8  # U.S.
    MIXED = 9  # McCain, iPhone
    HANDLE = 10  # @name, #name, address


class Mode(IntEnum):
    """How a sentence is written."""

    PLAIN = 0
    CAPITALS = 1  # ALL OF IT
    HEADLINE = 2  # Nearly Every Word Like This


class Listed(IntEnum):
    """The lists that a word is on: bits of ``Column.LISTS`` and of the lexicon's records."""

    FIRST_NAME = 1 << 0
    LAST_NAME = 1 << 1
    BIG_CITY = 1 << 2
    SMALL_CITY = 1 << 3
    COUNTRY = 1 << 4
    REGION = 1 << 5
    DEMONYM = 1 << 6
    ORGANISATION = 1 << 7
    ORGANISATION_TAIL = 1 << 8
    TITLE = 1 << 9
    CALENDAR = 1 << 10
    LOWER = 1 << 11  # as a rule written in lower case
    UPPER = 1 << 12  # as a rule written with a capital
    PLACE_TAIL = 1 << 13
    RARE_NAME = 1 << 14
    PHRASE_START = 1 << 15


LISTED_MASK = 0x7FFF  # PHRASE_START is for the matcher alone
GIVEN = Listed.FIRST_NAME | Listed.TITLE

ABBREVIATIONS = tuple(
    "mr mrs ms dr prof gen col lt sgt capt maj cpl pvt sen rep gov rev hon pres st ste mt ft jr sr inc corp co ltd "
    "bros adm cmdr supt det dist atty univ assn dept est vs jan feb mar apr jun jul aug sept sep oct nov dec ala ariz "
    "ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex "
    "va vt wash wis wyo".split()
)
CONNECTORS = tuple(sorted(IN_LONG_NAMES))
LOCATIVES = ("in", "at", "near", "from", "to", "around", "outside")
SPEECH = ("said", "says", "told", "added", "who", "tweeted", "wrote", "argued")

_C = Column
_Part = tuple[int, Column]
_AT_HOME = (
    _C.LOW, _C.SHAPE, _C.PREFIX2, _C.PREFIX3, _C.PREFIX4, _C.SUFFIX1, _C.SUFFIX2, _C.SUFFIX3, _C.SUFFIX4, _C.COARSE,
    _C.MIDDLE, _C.FINE, _C.LISTS, _C.PHRASE, _C.DOCUMENT, _C.RAW, _C.RUN, _C.BEFORE, _C.AFTER, _C.LAST_WORD, _C.FIRST,
    _C.LAST, _C.WIDE_LAST, _C.WIDE_BEFORE, _C.WIDE_FIRST, _C.DATELINE, _C.ZERO,
)  # fmt: skip
_NEXT_DOOR = (_C.LOW, _C.SUFFIX3, _C.COARSE, _C.MIDDLE, _C.FINE, _C.LISTS, _C.PHRASE, _C.DOCUMENT)
_TWO_DOORS = (_C.LOW, _C.MIDDLE, _C.LISTS)

TEMPLATES: tuple[tuple[_Part, ...], ...] = (
    *(((0, column),) for column in _AT_HOME),
    *(((side, column),) for column in _NEXT_DOOR for side in (-1, 1)),
    *(((side, column),) for column in _TWO_DOORS for side in (-2, 2)),
    ((0, _C.LOW), (0, _C.RAW)),
    ((0, _C.LOW), (0, _C.CASE)),
    ((0, _C.COARSE), (0, _C.CASE)),
    ((0, _C.MIDDLE), (0, _C.RAW)),
    ((0, _C.FINE), (0, _C.CASE)),
    ((0, _C.LISTS), (0, _C.CASE)),
    ((0, _C.LISTS), (0, _C.COARSE)),
    ((0, _C.LISTS), (0, _C.DOCUMENT)),
    ((0, _C.DOCUMENT), (0, _C.CASE)),
    ((0, _C.SUFFIX3), (0, _C.CASE)),
    ((0, _C.PHRASE), (0, _C.LISTS)),
    ((0, _C.BEFORE), (0, _C.RUN)),
    ((0, _C.AFTER), (0, _C.RUN)),
    ((0, _C.LAST_WORD), (0, _C.RUN)),
    ((0, _C.LAST), (0, _C.RUN)),
    ((0, _C.FIRST), (0, _C.RUN)),
    ((0, _C.FIRST), (0, _C.LAST)),
    ((0, _C.BEFORE_CLUSTER), (0, _C.RUN)),
    ((0, _C.AFTER_CLUSTER), (0, _C.RUN)),
    ((0, _C.BEFORE_CLUSTER), (0, _C.AFTER_CLUSTER), (0, _C.RUN)),
    ((0, _C.BEFORE_CLUSTER), (0, _C.LISTS)),
    ((0, _C.AFTER_CLUSTER), (0, _C.LISTS)),
    ((0, _C.WIDE_LAST), (0, _C.RUN)),
    ((0, _C.DATELINE), (0, _C.CASE), (0, _C.LISTS)),
    ((0, _C.GLUE), (0, _C.CASE)),
    ((0, _C.MODE_CASE), (0, _C.LISTS)),
    ((-1, _C.LOW), (0, _C.LOW)),
    ((0, _C.LOW), (1, _C.LOW)),
    ((-1, _C.LOW), (1, _C.LOW)),
    ((-1, _C.CASE), (0, _C.CASE), (1, _C.CASE)),
    ((-2, _C.CASE), (-1, _C.CASE), (0, _C.CASE)),
    ((0, _C.CASE), (1, _C.CASE), (2, _C.CASE)),
    ((-1, _C.SHAPE), (0, _C.SHAPE)),
    ((0, _C.SHAPE), (1, _C.SHAPE)),
    ((-1, _C.MIDDLE), (0, _C.MIDDLE)),
    ((0, _C.MIDDLE), (1, _C.MIDDLE)),
    ((-1, _C.COARSE), (0, _C.COARSE), (1, _C.COARSE)),
    ((-1, _C.LISTS), (0, _C.LISTS)),
    ((0, _C.LISTS), (1, _C.LISTS)),
    ((-1, _C.LOW), (0, _C.CASE)),
    ((1, _C.LOW), (0, _C.CASE)),
    ((-1, _C.FINE), (0, _C.CASE)),
    ((1, _C.FINE), (0, _C.CASE)),
    ((-1, _C.LOW), (0, _C.COARSE)),
    ((1, _C.LOW), (0, _C.COARSE)),
    ((-2, _C.LOW), (-1, _C.LOW), (0, _C.CASE)),
    ((0, _C.CASE), (1, _C.LOW), (2, _C.LOW)),
    ((-2, _C.COARSE), (-1, _C.COARSE), (0, _C.CASE)),
    ((0, _C.CASE), (1, _C.COARSE), (2, _C.COARSE)),
    ((-1, _C.LISTS), (0, _C.CASE), (1, _C.LISTS)),
)  # fmt: skip

_MARKS = {
    **dict.fromkeys("’‘ʼ′‛´`", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
}
FOLDED = {ord(mark): ord(plain) for mark, plain in _MARKS.items()}  # one code point for one: offsets stay true


def word_hash(word: str) -> int:
    """FNV-1a over the code points."""
    value = FNV_BASIS
    for character in word:
        value = ((value ^ ord(character)) * FNV_PRIME) & 0xFFFFFFFF
    return value


def phrase_hash(hashes: list[int]) -> int:
    """The lexicon's key of several words, from their ``word_hash`` values."""
    value = FNV_BASIS
    for part in hashes:
        value = ((value ^ part) * FNV_PRIME) & 0xFFFFFFFF
        value ^= value >> 15
    return value


def folded_word(word: str) -> str:
    """The form under which the lexicon knows a word: lower case, plain marks, digits as 0."""
    plain = "".join(chr(FOLDED.get(ord(character), ord(character))) for character in word)
    return "".join("0" if character.isdigit() else character.lower()[0] for character in plain)
