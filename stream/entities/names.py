"""How names are compared: folding, tokens, keys, and where a name really begins and ends in running text."""

import re
import unicodedata
from functools import lru_cache

from stream.cleaning.particles import IN_SHOUTED_PLACES
from stream.entities.tables.read import read_list
from stream.entities.values import Span
from stream.events import EntityType

# One character for one character, so that offsets stay true.
_STRAIGHT = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAMELESS = frozenset(read_list("nameless_abbreviations.txt"))
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})

_ABBREVIATED = re.compile(rf"(?:\b\w\.|\b(?:{'|'.join(map(re.escape, read_list('dotted_abbreviations.txt')))})\.)\Z")
_ARTICLE = re.compile(r"(?:the|an|a)\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(|(?<=[a-z])/(?=[A-Z])|\s@")
_OWNS = re.compile(r"(?<=[^\W_])'s (?=[^\W\d_])")
_COLLECTIVES = frozenset(
    {"people", "women", "men", "children", "worker", "farmer", "player", "artist", "writer", "girl"}
)
_POSSESSIVE = re.compile(r"(?:'s|'S)\Z")


def straighten(text: str) -> str:
    """The text with straight quotes and plain spaces, without what UTF-8 cannot hold; offsets stay true."""
    for typographic, plain in _STRAIGHT.items():
        text = text.replace(typographic, plain)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The name without case, accents, dots, apostrophes and hyphens: what two spellings of one name share."""
    if name.isascii():
        folded = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", straighten(name)).casefold().translate(_UNDECOMPOSED)
        folded = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_SEPARATORS.sub(" ", _DROPPED.sub("", folded)).split())


_DROPPED = re.compile(r"['.\"]")
_SEPARATORS = re.compile(r"[^\w&+]+|_")


def make_key(entity_type: EntityType, name: str) -> str:
    """The join key of a thing that no table identifies: its type and its folded name (``person:zhang youxia``)."""
    return f"{entity_type.lower()}:{fold(name) or name.casefold()}"


def trim(text: str, span: Span) -> Span | None:
    """The span without line breaks, leading articles, possessives and punctuation around it; None if nothing is left.

    ``text`` has been through ``straighten``.
    """
    surface = text[span.start : span.end]
    if surface.replace(" ", "").isalpha() and surface == surface.strip() and not _ARTICLE.match(surface):
        return span  # as most are
    start, end = _find_longest_line(text, span.start, span.end)
    end = _cut_aside(text, start, end)
    before = None
    while before != (start, end):
        before = start, end
        while start < end and not _may_open(text[start]):
            start += 1
        while end > start and not _may_close(text, start, end):
            end -= 1
        if possessive := _POSSESSIVE.search(text, start, end):
            end = possessive.start()
        if (article := _ARTICLE.match(text, start, end)) and article.end() < end:
            start = article.end()
    return Span(start, end, span.type) if start < end else None


def split_owner(text: str, span: Span) -> list[Span]:
    """The two names in "University of Pretoria's Centre for Human Rights"; else the span as it is.

    An owner has two words or more, none that names are made with ("National People's Congress", "Sam's Club").
    """
    owns = _OWNS.search(text, span.start, span.end)
    owner = text[span.start : owns.start()].split() if owns else []
    if owns is None or len(owner) < 2 or owner[-1].lower() in _COLLECTIVES:
        return [span]
    return [Span(span.start, owns.start(), span.type), Span(owns.end(), span.end, span.type)]


def _find_longest_line(text: str, start: int, end: int) -> tuple[int, int]:
    if text.find("\n", start, end) < 0:
        return start, end
    lines = [(start + line.start(), start + line.end()) for line in re.finditer(r"[^\n]+", text[start:end])]
    return max(lines, key=lambda line: line[1] - line[0], default=(start, start))


def _cut_aside(text: str, start: int, end: int) -> int:
    """Where a bracket that stays open, a slash between names or an account (@name) ends the name."""
    aside = _ASIDE.search(text, start + 1, end)
    return aside.start() if aside and not (aside[0].endswith("(") and ")" in text[aside.end() : end]) else end


def _may_open(char: str) -> bool:
    return char.isalnum() or char in "$€£¥₹₽"


def _may_close(text: str, start: int, end: int) -> bool:
    """Whether the last character may end a name: a letter or digit, a mark on one, or the dot of an abbreviation."""
    char = text[end - 1]
    if char.isalnum() or unicodedata.combining(char) or unicodedata.category(char) in ("Mc", "Mn", "Sc"):
        return True
    if char in "+%":
        return True
    return char == "." and bool(_ABBREVIATED.search(text, start, end))


def may_be_name(surface: str) -> bool:
    """Whether a surface has a letter and, where its script has case, a capital, and is no common abbreviation."""
    if surface.islower() or surface in _NAMELESS:
        return False
    return any(char.isalpha() for char in surface)


def set_title_case(name: str) -> str:
    """A shouted name in normal case: ``SAINT-DENIS`` to ``Saint-Denis``, ``RIO DE JANEIRO`` to ``Rio de Janeiro``."""
    words = re.split(r"(\s+|-)", name)
    return "".join(
        word.lower() if index and word.lower() in IN_SHOUTED_PLACES else word.capitalize()
        for index, word in enumerate(words)
    )
