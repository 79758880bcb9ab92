"""What the recogniser computes, token by token: the specification of the compiled half, and what runs without it."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from stream.entities.tagger.features import (
    ABBREVIATIONS,
    CONNECTORS,
    FNV_BASIS,
    FNV_PRIME,
    FOLDED,
    GIVEN,
    LISTED_MASK,
    LOCATIVES,
    MAX_PHRASE,
    PADS,
    SPEECH,
    TAGS,
    TEMPLATES,
    WIDTH,
    Case,
    Column,
    Listed,
    Mode,
    phrase_hash,
    word_hash,
)
from stream.entities.tagger.model import Model

Row = list[int]
Name = tuple[int, int, int]  # start, end, type: 0 person, 1 organisation, 2 place

MAX_CACHED_WORDS = 50_000
MASK = 0xFFFFFFFF

_ABBREVIATIONS = frozenset(map(word_hash, ABBREVIATIONS))
_CONNECTORS = frozenset(map(word_hash, CONNECTORS))
_LOCATIVES = frozenset(map(word_hash, LOCATIVES))
_SPEECH = frozenset(map(word_hash, SPEECH))
_THE, _I, _DASH = word_hash("the"), word_hash("i"), word_hash("-")
_CAPITALISED = frozenset({Case.TITLE, Case.UPPER, Case.MIXED})
_NAME_CASES = frozenset({Case.TITLE, Case.UPPER, Case.LETTER, Case.INITIAL, Case.DOTTED, Case.MIXED})
_WORD_COLUMNS = slice(Column.SHAPE, Column.LISTS + 1)
_REPEATED = ".-!?*=~"
_ENDS = ".!?"
_CLOSING = "\"')]"
_OPENING = "\"'([@#-"


@dataclass(slots=True)
class Token:
    """One token of the folded text; ``row`` is its feature row."""

    start: int
    end: int
    word: str
    row: Row
    phrase_start: bool = False


@dataclass(slots=True)
class Sentence:
    """Tokens up to the next boundary; ``opens`` at the start of a paragraph."""

    opens: bool
    tokens: list[Token] = field(default_factory=list)
    mode: Mode = Mode.PLAIN


class PlainTagger:
    """Tags text with a model."""

    def __init__(self, model: Model) -> None:
        columns = model.coarse, model.middle, _numbers("H", model.fine), _numbers("H", model.lists)
        known = zip(_numbers("I", model.word_keys), zip(*columns, strict=True), strict=True)
        self._known: dict[int, tuple[int, int, int, int]] = dict(known)
        self._phrases = dict(zip(_numbers("I", model.phrase_keys), model.phrase_kinds, strict=True))
        self._weights = model.weights
        self._mask = (1 << model.bits) - 1
        transitions = list(_WEIGHTS.iter_unpack(model.transitions))
        self._arcs = [
            [(origin, transitions[origin][tag]) for origin in range(len(TAGS)) if _is_legal(origin, tag)]
            for tag in range(len(TAGS))
        ]
        self._words: dict[str, tuple[Row, bool]] = {}

    def tag(self, text: str) -> list[Name]:
        """The names in the text, in order; offsets in code points."""
        sentences = self.read(text)
        if not sentences:
            return []
        scores = self._score([token.row for sentence in sentences for token in _padded(sentence)] + [_PAD.row] * PADS)
        names: list[Name] = []
        position = PADS
        for sentence in sentences:
            end = position + len(sentence.tokens)
            names.extend(_names(sentence.tokens, self._best(scores[position:end])))
            position = end + PADS
        return names

    def read(self, text: str) -> list[Sentence]:
        """The text's sentences with all feature rows filled."""
        folded = text.translate(FOLDED)
        sentences = _sentences(folded, [self._token(folded, start, end) for start, end in tokenise(folded)])
        for sentence in sentences:
            _set_case(sentence)
            self._set_phrases(sentence.tokens)
            _set_glue(sentence.tokens)
            _set_dateline(sentence)
            _set_runs(sentence.tokens)
        _set_document(sentences)
        return sentences

    def _token(self, text: str, start: int, end: int) -> Token:
        word = text[start:end]
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= MAX_CACHED_WORDS:
                self._words.clear()
            known = self._words[word] = self._word_row(word)
        row, phrase_start = known
        return Token(start, end, word, row.copy(), phrase_start)

    def _word_row(self, word: str) -> tuple[Row, bool]:
        """The columns that depend on the word alone."""
        lower = "".join("0" if character.isdigit() else character.lower()[0] for character in word)
        key = word_hash(lower)
        coarse, middle, fine, lists = self._known.get(key, (0, 0, 0, 0))
        row = [0] * WIDTH
        row[Column.LOW], row[Column.RAW] = key, case_of(word)
        row[_WORD_COLUMNS] = [
            _shape(word),
            *(word_hash(lower[:size]) for size in (2, 3, 4)),
            *(word_hash(lower[-size:]) for size in (1, 2, 3, 4)),
            coarse,
            middle,
            fine,
            lists & LISTED_MASK,
        ]
        return row, bool(lists & Listed.PHRASE_START)

    def _set_phrases(self, tokens: list[Token]) -> None:
        position = 0
        while position < len(tokens):
            length, kind = self._phrase_at(tokens, position)
            for place in range(length):
                step = 0 if place == 0 else 2 if place == length - 1 else 1
                tokens[position + place].row[Column.PHRASE] = kind * 4 + step + 1
            position += max(length, 1)

    def _phrase_at(self, tokens: list[Token], position: int) -> tuple[int, int]:
        """Length and kinds of the longest listed phrase that starts here."""
        token = tokens[position]
        if not token.phrase_start or token.row[Column.CASE] not in _NAME_CASES:
            return 0, 0
        hashes = [following.row[Column.LOW] for following in tokens[position : position + MAX_PHRASE]]
        for length in range(len(hashes), 1, -1):
            kind = self._phrases.get(phrase_hash(hashes[:length]))
            if kind is not None:
                return length, kind
        return 0, 0

    def _score(self, rows: list[Row]) -> list[list[int]]:
        """For each row the sum of its features' weights for each tag; 0 for the padding at both ends."""
        padding = [[0] * len(TAGS) for _ in range(PADS)]
        inner = [self._score_row(rows, place) for place in range(PADS, len(rows) - PADS)]
        return [*padding, *inner, *padding]

    def _score_row(self, rows: list[Row], place: int) -> list[int]:
        """Each template, with the values that it looks at, is hashed into a bucket of the weights."""
        around = rows[place - PADS : place + PADS + 1]
        weights, mask, size = self._weights, self._mask, _WEIGHTS.size
        found = []
        for seed, template in _TEMPLATES:
            mixed = seed
            for offset, column in template:
                mixed = ((mixed ^ around[offset][column]) * 0x85EBCA6B) & MASK
                mixed ^= mixed >> 15
            mixed = (mixed * 0x2C1B3C6D) & MASK
            found.append(_WEIGHTS.unpack_from(weights, ((mixed ^ (mixed >> 13)) & mask) * size))
        return list(map(sum, zip(*found, strict=True)))

    def _best(self, scores: list[list[int]]) -> list[int]:
        """Viterbi: the tags of the best legal path; of equals, the first."""
        best = [score if _is_legal(0, tag) else _NEVER for tag, score in enumerate(scores[0])]
        origins: list[list[int]] = []
        for emission in scores[1:]:
            reached, chosen = [], []
            for arcs, gain in zip(self._arcs, emission, strict=True):
                origin = max(arcs, key=lambda arc: best[arc[0]] + arc[1])
                reached.append(best[origin[0]] + origin[1] + gain)
                chosen.append(origin[0])
            best = reached
            origins.append(chosen)
        tags = [max(range(len(TAGS)), key=best.__getitem__)]
        for chosen in reversed(origins):
            tags.append(chosen[tags[-1]])
        return tags[::-1]


_NEVER = -(1 << 29)
# Each template's first hash, and the places in ``around`` and the columns that it looks at.
_TEMPLATES = [
    ((number * 0x9E3779B1) & MASK, [(PADS + offset, column) for offset, column in template])
    for number, template in enumerate(TEMPLATES, start=1)
]
_WEIGHTS = struct.Struct(f"<{len(TAGS)}h")  # of one bucket: a whole number for each tag


def _numbers(kind: str, packed: bytes) -> tuple[int, ...]:
    """Little-endian whole numbers; ``kind`` is ``struct``'s: H for 16 bits, I for 32."""
    return struct.unpack(f"<{len(packed) // struct.calcsize(kind)}{kind}", packed)


def _is_legal(origin: int, tag: int) -> bool:
    """An inside tag follows only a begin or inside tag of its type."""
    return tag == 0 or tag % 2 == 1 or origin in (tag - 1, tag)


def _names(tokens: Sequence[Token], tags: Sequence[int]) -> list[Name]:
    names: list[Name] = []
    for token, tag in zip(tokens, tags, strict=True):
        if tag == 0:
            continue
        if tag % 2 == 1:
            names.append((token.start, token.end, tag // 2))
        else:
            start, _, kind = names[-1]
            names[-1] = (start, token.end, kind)
    return names


def _padded(sentence: Sentence) -> list[Token]:
    return [_PAD] * PADS + sentence.tokens


_PAD = Token(0, 0, "", [0] * WIDTH)


# ------------------------------------------------------------------------------------------------------ tokens


def tokenise(text: str) -> list[tuple[int, int]]:
    """Start and end of every token of a folded text."""
    tokens = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        end = _token_end(text, position)
        tokens.append((position, end))
        position = end
    return tokens


def _token_end(text: str, start: int) -> int:
    character = text[start]
    if _is_word(character):
        if text.startswith(("http://", "https://", "www."), start):
            return _while(text, start, lambda c: not c.isspace())
        return _word_end(text, start)
    before = text[start - 1] if start else " "
    if character == "'" and _is_word(before) and _is_possessive(text, start):
        return start + 2
    if character == "@" and not _is_word(before) and _is_word(text[start + 1 : start + 2]):
        return _while(text, start + 1, _is_word)
    if character in _REPEATED:
        return _while(text, start, lambda c: c == character)
    return start + 1


def _while(text: str, position: int, holds: Callable[[str], bool]) -> int:
    while position < len(text) and holds(text[position]):
        position += 1
    return position


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"


def _is_possessive(text: str, apostrophe: int) -> bool:
    return text[apostrophe + 1 : apostrophe + 2] in ("s", "S") and not _is_word(text[apostrophe + 2 : apostrophe + 3])


def _word_end(text: str, start: int) -> int:
    position = start + 1
    while position < len(text):
        if not _is_word(text[position]) and not _joins(text, position):
            break
        position += 1
    if position < len(text) and text[position] == "." and _takes_dot(text, start, position):
        position += 1
    return position


def _joins(text: str, position: int) -> bool:
    """Whether the mark here stands inside a word: O'Neill, U.S, 3,000, AT&T."""
    mark, before, after = text[position], text[position - 1], text[position + 1 : position + 2]
    if not _is_word(after) or not _is_word(before):
        return False
    if mark == "'":
        return not _is_possessive(text, position)
    if mark == ".":
        return not (before.islower() and after.isupper())
    if mark == ",":
        return before.isdigit() and after.isdigit()
    return mark == "&" and before.isupper() and after.isupper()


def _takes_dot(text: str, start: int, dot: int) -> bool:
    if not text[start].isupper():
        return False
    if dot - start == 1:
        return True
    if dot - start >= 3 and text[dot - 2] == "." and text[dot - 1].isalpha():
        return True
    return word_hash("".join(c.lower()[0] for c in text[start:dot])) in _ABBREVIATIONS


def case_of(word: str) -> Case:
    """How a folded token is written."""
    first = word[0]
    if not _is_word(first):
        return Case.HANDLE if first == "@" and len(word) > 1 else Case.MARK
    if first.isdigit():
        return Case.DIGITS
    upper = sum(character.isupper() for character in word)
    if "/" in word:
        return Case.HANDLE
    if upper == 0:
        return Case.LOWER
    lower = sum(character.islower() for character in word)
    if lower == 0:
        return _case_of_capitals(word)
    return Case.TITLE if upper == 1 and first.isupper() else Case.MIXED


def _case_of_capitals(word: str) -> Case:
    if "." in word:
        return Case.INITIAL if len(word) == 2 else Case.DOTTED
    return Case.LETTER if len(word) == 1 else Case.UPPER


def _shape(word: str) -> int:
    """Hash of the word's kinds of characters, runs cut to two."""
    value, last, before_last = FNV_BASIS, "", ""
    for character in word:
        kind = _kind(character)
        if not kind == last == before_last:
            value = ((value ^ ord(kind)) * FNV_PRIME) & MASK
        last, before_last = kind, last
    return value


def _kind(character: str) -> str:
    if character.isupper():
        return "X"
    if character.isdigit():
        return "0"
    return "x" if _is_word(character) else character


# --------------------------------------------------------------------------------------------------- sentences


def _sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    sentences: list[Sentence] = []
    for number, token in enumerate(tokens):
        opens = number == 0 or "\n" in text[tokens[number - 1].end : token.start]
        if opens or _is_boundary(tokens, number):
            sentences.append(Sentence(opens))
        sentences[-1].tokens.append(token)
    return sentences


def _is_boundary(tokens: list[Token], number: int) -> bool:
    """Whether a sentence starts at this token: an end mark, a space, then a capital, a figure or an opening mark."""
    token, previous = tokens[number], tokens[number - 1]
    if previous.end == token.start:
        return False
    mark = previous.word
    if mark in _CLOSING and number >= 2 and tokens[number - 2].end == previous.start:
        mark = tokens[number - 2].word
    if mark[0] not in _ENDS:
        return False
    first = token.word[0]
    return first.isupper() or first.isdigit() or first in _OPENING


def _set_case(sentence: Sentence) -> None:
    """Truecase what is written in capitals or as a headline."""
    sentence.mode = mode = _mode(sentence.tokens)
    for number, token in enumerate(sentence.tokens):
        row = token.row
        raw = case = row[Column.RAW]
        if (mode is Mode.CAPITALS and raw == Case.UPPER) or (mode is Mode.HEADLINE and raw == Case.TITLE):
            case = int(Case.LOWER if row[Column.LISTS] & Listed.LOWER else Case.TITLE)
            if case != raw:
                row[Column.SHAPE] = 100 + case
        row[Column.CASE] = case
        row[Column.MODE_CASE] = mode * 16 + case
        row[Column.RAW] = raw | mode << 4 | (number == 0) << 6


def _mode(tokens: list[Token]) -> Mode:
    words = upper = common = long_words = long_capitalised = long_common = 0
    for token in tokens:
        raw, length = token.row[Column.RAW], token.end - token.start
        if raw in (Case.MARK, Case.DIGITS, Case.HANDLE) or length < 2:
            continue
        lowers = bool(token.row[Column.LISTS] & Listed.LOWER)
        words += 1
        upper += raw in (Case.UPPER, Case.DOTTED)
        common += lowers
        if length >= 4:
            long_words += 1
            long_capitalised += raw in _CAPITALISED
            long_common += lowers and raw in _CAPITALISED
    if words >= 3 and upper * 10 >= words * 7 and common:
        return Mode.CAPITALS
    if long_words >= 4 and long_capitalised * 20 >= long_words * 17 and long_common * 10 >= long_words * 3:
        return Mode.HEADLINE
    return Mode.PLAIN


def _set_glue(tokens: list[Token]) -> None:
    for left, right in pairwise(tokens):
        if left.end == right.start:
            left.row[Column.GLUE] |= 8 if right.row[Column.LOW] == _DASH else 2
            right.row[Column.GLUE] |= 4 if left.row[Column.LOW] == _DASH else 1


def _set_dateline(sentence: Sentence) -> None:
    """Mark the words before the dash that closes a dateline, and the start of a paragraph."""
    tokens = sentence.tokens
    if not sentence.opens:
        return
    tokens[0].row[Column.DATELINE] = 4
    raw = tokens[0].row[Column.RAW] & 15
    if raw not in (Case.UPPER, Case.TITLE):
        return
    for dash in range(1, min(len(tokens), 10)):
        row = tokens[dash].row
        if row[Column.LOW] == _DASH and not row[Column.GLUE] & 2 and not _glued_left(tokens, dash):
            inside = False
            for token in tokens[:dash]:
                inside = inside or token.word == "("
                token.row[Column.DATELINE] = 3 if inside else 1 if raw == Case.UPPER else 2
            return


def _glued_left(tokens: list[Token], number: int) -> bool:
    return tokens[number - 1].end == tokens[number].start and tokens[number - 1].word != ")"


# -------------------------------------------------------------------------------------------------------- runs


def _set_runs(tokens: list[Token]) -> None:
    runs = _runs(tokens)
    for start, end in runs:
        before, after = _row(tokens, start - 1), _row(tokens, end)
        first, last = tokens[start].row, tokens[end - 1].row
        for number in range(start, end):
            row = tokens[number].row
            row[Column.RUN] = min(end - start, 7) * 8 + min(number - start, 7) + 1
            row[Column.BEFORE], row[Column.AFTER] = before[Column.LOW], after[Column.LOW]
            row[Column.BEFORE_CLUSTER], row[Column.AFTER_CLUSTER] = before[Column.MIDDLE], after[Column.MIDDLE]
            row[Column.FIRST] = first[Column.MIDDLE] << 16 | first[Column.LISTS]
            row[Column.LAST] = last[Column.MIDDLE] << 16 | last[Column.LISTS]
            row[Column.LAST_WORD] = last[Column.LOW]
    for start, end in _joined(tokens, runs):
        before = _row(tokens, start - 1)
        for number in range(start, end):
            row = tokens[number].row
            row[Column.WIDE_LAST] = tokens[end - 1].row[Column.LOW]
            row[Column.WIDE_BEFORE] = before[Column.LOW]
            row[Column.WIDE_FIRST] = tokens[start].row[Column.LOW]


def _row(tokens: list[Token], number: int) -> Row:
    return tokens[number].row if 0 <= number < len(tokens) else _PAD.row


def _runs(tokens: list[Token]) -> list[tuple[int, int]]:
    """Start and end of every run of capitalised words; a dash between two of them belongs to the run."""
    runs: list[tuple[int, int]] = []
    start = -1
    for number in range(len(tokens) + 1):
        if number < len(tokens) and _in_run(tokens, number, start >= 0):
            start = number if start < 0 else start
        elif start >= 0:
            runs.append((start, number))
            start = -1
    return runs


def _in_run(tokens: list[Token], number: int, running: bool) -> bool:
    row = tokens[number].row
    if running and row[Column.LOW] == _DASH and row[Column.GLUE] == 3:
        return number + 1 < len(tokens) and tokens[number + 1].row[Column.CASE] in _NAME_CASES
    if row[Column.CASE] not in _NAME_CASES or row[Column.LOW] == _I:
        return False
    return number > 0 or not row[Column.LISTS] & Listed.LOWER


def _joined(tokens: list[Token], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs merged over one or two words such as 'of' and 'of the'."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined:
            gap = tokens[joined[-1][1] : start]
            if len(gap) <= 2 and all(token.row[Column.LOW] in _CONNECTORS for token in gap):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


# ---------------------------------------------------------------------------------------------------- document


def _set_document(sentences: list[Sentence]) -> None:
    """What stands beside each capitalised word anywhere in the text, as bits on all its occurrences."""
    seen: dict[int, int] = {}
    for sentence in sentences:
        if sentence.mode is not Mode.PLAIN:
            continue
        for number, token in enumerate(sentence.tokens):
            key = token.row[Column.LOW]
            seen[key] = seen.get(key, 0) | _evidence(sentence.tokens, number)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.row[Column.CASE] in _CAPITALISED:
                token.row[Column.DOCUMENT] = seen.get(token.row[Column.LOW], 0)


def _evidence(tokens: list[Token], number: int) -> int:
    row, before, after = tokens[number].row, _row(tokens, number - 1), _row(tokens, number + 1)
    if row[Column.CASE] == Case.LOWER:
        return 1
    if row[Column.CASE] not in _CAPITALISED:
        return 0
    bits = 0 if number == 0 else 2
    given = before[Column.CASE] in _NAME_CASES and before[Column.LISTS] & GIVEN
    if given or before[Column.CASE] == Case.INITIAL:
        bits |= 4
    capitalised_after = after[Column.CASE] in _CAPITALISED
    if row[Column.LISTS] & Listed.FIRST_NAME and capitalised_after and after[Column.LISTS] & Listed.LAST_NAME:
        bits |= 8
    if before[Column.LOW] in _LOCATIVES:
        bits |= 16
    if before[Column.LOW] == _THE:
        bits |= 32
    if after[Column.LOW] in _SPEECH:
        bits |= 64
    if capitalised_after and after[Column.LISTS] & Listed.ORGANISATION_TAIL:
        bits |= 128
    return bits
