"""Lets the mentions of one text agree: a bare surname is the person whose full name stands elsewhere in the text.

The tagger sees two words to each side; this sees the whole text, and serves the compiled and the plain path alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from stream.cleaning.particles import IN_TEXT
from stream.entities.tagger.features import LOCATIVES

Name = tuple[int, int, int]  # start, end, type

PERSON = 0
PLACE = 2
MAJORITY = 0.6  # of the mentions that are written the same
SHORTEST_SURNAME = 4  # letters, to be looked for where the tagger saw no name

_SYLLABLE = re.compile(
    r"-(?:un|in|il|hye|moon|wen|suk|sook|jin|ho|hee|hui|young|yong|woo|wook|joon|jun|seok|mi|ah|ae|loong|ying|ping|hsun|wei"
    r"|hyun|kyung|kyun|soo|su|hyeok|chul|sik|pyo|bin|min|ki|kyu|tae|hwan|cheng|jeou|chu|tung|ming|hua|te|yi|hong)(?![\w-])"
)
_BEFORE = 40  # characters that are searched for the word before
_ENDS = (".", "!", "?", ":", '"', "”", "»")


def agreed(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with types made consistent over the text, and surnames added that were missed; in text order."""
    if not names:
        return []
    names = list(_joined(text, _whole(text, names)))
    surnames = _surnames(text, names)
    settled = [_as_person(text, name, surnames) for name in names]
    votes = _votes(text, settled)
    settled = [(start, end, votes.get(text[start:end], kind)) for start, end, kind in settled]
    missed = list(_missed(text, settled, surnames)) if surnames else []
    return sorted(settled + missed) if missed else settled


def _whole(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """The names, people with the small second half of an East Asian given name: Jong-un, Ing-wen."""
    limits = [start for start, _, _ in names[1:]] + [len(text)]
    for (start, end, kind), limit in zip(names, limits, strict=True):
        syllable = _SYLLABLE.match(text, end) if kind == PERSON else None
        yield (start, syllable.end() if syllable and syllable.end() <= limit else end, kind)


def _joined(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """The names, with the halves of 'Ursula von der Leyen' made one."""
    held: Name | None = None
    for name in names:
        if held and held[2] == name[2] == PERSON and _are_particles(text[held[1] : name[0]]):
            held = (held[0], name[1], PERSON)
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _are_particles(between: str) -> bool:
    return between[:1] == " " == between[-1:] and bool(words := between.split()) and IN_TEXT.issuperset(words)


def _surnames(text: str, names: Sequence[Name]) -> set[str]:
    """Last words of the people who are named in full."""
    people = (text[start:end].split() for start, end, kind in names if kind == PERSON)
    return {words[-1] for words in people if len(words) > 1 and words[-1][0].isupper() and not words[-1].isupper()}


def _as_person(text: str, name: Name, surnames: set[str]) -> Name:
    start, end, kind = name
    if kind == PERSON or text[start:end] not in surnames:
        return name
    return name if kind == PLACE and _word_before(text, start).lower() in LOCATIVES else (start, end, PERSON)


def _votes(text: str, names: Sequence[Name]) -> dict[str, int]:
    """The type that most mentions of a surface have."""
    counts = Counter((text[start:end], kind) for start, end, kind in names)
    totals = Counter(text[start:end] for start, end, _ in names)
    return {surface: kind for (surface, kind), count in counts.items() if count >= MAJORITY * totals[surface] > 0.6}


def _missed(text: str, names: Sequence[Name], surnames: set[str]) -> Iterator[Name]:
    """Surnames that stand alone, in no name, and that the text never writes small."""
    sought = sorted(one for one in surnames if len(one) >= SHORTEST_SURNAME and f" {one.lower()} " not in text)
    taken = {place for start, end, _ in names for place in range(start, end)}
    for surname in sought:
        for start, end in _occurrences(text, surname):
            if start not in taken and _stands_alone(text, start, end):
                yield start, end, PERSON


def _occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, dash or further capitalised word touches it: 'Green' is no surname in 'Green Tea Kit'."""
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    if "-" in around or any(character.isalnum() for character in around):
        return False
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return False
    before = _word_before(text, start)
    return not before[:1].isupper() or before.endswith(_ENDS)


def _word_before(text: str, start: int) -> str:
    """The word before, on the same line; empty at the start of one."""
    line = text[max(start - _BEFORE, 0) : start].rpartition("\n")[2]
    words = line.split()
    return words[-1] if words else ""
