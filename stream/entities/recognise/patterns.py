"""Finds what has a form rather than a name in English text: dates, sums of money, nationalities, events, bylines.

One pass of a multi-pattern matcher over the text says where to look; the expressions below then decide.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import cache

import ahocorasick_rs

from stream.entities.tables.currencies import CODES, SCALES, SIGNS, WORDS
from stream.entities.tables.demonyms import COUNTRY_OF
from stream.entities.tables.read import read_list
from stream.entities.values import Span
from stream.events import EntityType

_MONTHS = """
    January February March April May June July August September October November December
    """.split()
_SHORT_MONTHS = """
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    """.split()
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\b\.?)"
_PLAIN_MONTH = rf"(?:{'|'.join(month for month in _MONTHS if month not in ('March', 'May'))})"
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_UNIT = r"(?:week|month|year|quarter|decade|century|spring|summer|autumn|fall|winter|weekend|night)"

_CUE = r"(?:[Ss]ince|[Uu]ntil|[Bb]y|[Ii]n|[Ff]rom|[Dd]uring|of|[Bb]efore|[Aa]fter|[Ll]ate|[Ee]arly|[Mm]id)"

_DATE = re.compile(
    rf"""\b(?:
      {_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
    | (?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY}(?:,?\s{_YEAR})?
    | (?:{_WEEKDAY},?\s)?{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?
    | {_MONTH},?\s(?:of\s)?{_YEAR}
    | (?:{_CUE}|last|next|this)[\s-](?:March|May)\b(?!\s[A-Z\d])
    | {_PLAIN_MONTH}
    | (?:[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast)\s(?:{_WEEKDAY}|{_UNIT})
    | {_WEEKDAY}
    | {_CUE}[\s-]{_YEAR}
      (?!,\d|\.\d|\s?%|\s(?:percent|people|dollars|euros|pounds|men|women))
    | (?:1[5-9]|20)\d0s
    )(?!\w)""",
    re.VERBOSE,
)
_LEAD = re.compile(rf"{_CUE}[\s-]+")

_SIGN, _CODE, _CURRENCY = ("".join(SIGNS), *("|".join(map(re.escape, written)) for written in (CODES, WORDS)))
_AMOUNT = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
_SCALE_WORDS, _SCALE_LETTERS = ("|".join(word for word in SCALES if (len(word) > 1) is long) for long in (True, False))
_SCALE = rf"(?:[\s-]?(?:{_SCALE_WORDS})\b|(?:{_SCALE_LETTERS})\b)"
_MONEY = re.compile(
    rf"""(?<![\w.,])(?:
      (?:US|A|C|CA|AU|NZ|HK|S|R|Z)?[{_SIGN}]\s?{_AMOUNT}{_SCALE}?(?:\s?(?:{_CODE})\b)?
    | (?:{_CODE}|Rs\.?|RM)\s?{_AMOUNT}{_SCALE}?
    | {_AMOUNT}{_SCALE}?\s(?:{_CODE})\b
    | {_AMOUNT}{_SCALE}?\s(?:(?:US|U\.S\.|Canadian|Australian|Hong\sKong|Singapore|New\sZealand)\s)?
      (?:{_CURRENCY})s?\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_EVENTS = read_list("events.txt")
_CREDITS = read_list("credits.txt")
_BYLINE = re.compile(r"(?:By|BY|Written by|Words by|Reported by) [^\W\d_a-z]")
_LANGUAGE_CUE = re.compile(r"\b(?:into|speaks?|spoke|speaking|fluent) \Z")
REACH = 32  # characters on either side of an anchor in which the whole date or sum lies


class _Anchor(Enum):
    DATE = auto()
    MONEY = auto()
    NATIONALITY = auto()
    EVENT = auto()
    CREDIT = auto()


@cache
def _compile_anchors() -> tuple[ahocorasick_rs.AhoCorasick, list[_Anchor]]:
    """The compiled matcher and, for each of its patterns, what it announces."""
    relative = [f"{word} {unit}" for word in ("last", "next", "this", "past") for unit in _UNIT[3:-1].split("|")]
    years = [f"{sep}{century}" for sep in (" ", "-") for century in ("15", "16", "17", "18", "19", "20")]
    kinds = {
        **dict.fromkeys(
            [*_MONTHS, *(f"{month}" for month in _SHORT_MONTHS), *_WEEKDAYS, *relative, *years], _Anchor.DATE
        ),
        **dict.fromkeys([*SIGNS, *CODES, "Rs", "RM", *(f" {word}" for word in WORDS)], _Anchor.MONEY),
        **dict.fromkeys(COUNTRY_OF, _Anchor.NATIONALITY),
        **dict.fromkeys(_EVENTS, _Anchor.EVENT),
        **dict.fromkeys(_CREDITS, _Anchor.CREDIT),
    }
    matcher = ahocorasick_rs.AhoCorasick(
        kinds,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,  # built once and small: the quickest to search with
    )
    return matcher, list(kinds.values())


def find_patterns(text: str) -> tuple[list[Span], list[int]]:
    """The dates, sums, nationalities and events in English text with straight quotes, and where credits stand.

    Spans come in no particular order; those of one type do not overlap.
    """
    matcher, kinds = _compile_anchors()
    hits: dict[_Anchor, list[tuple[int, int]]] = {kind: [] for kind in _Anchor}
    for pattern, start, end in matcher.find_matches_as_indexes(text):
        hits[kinds[pattern]].append((start, end))
    spans = [
        *_find_dates(text, hits[_Anchor.DATE]),
        *_find_sums(text, hits[_Anchor.MONEY]),
        *_find_whole_words(text, hits[_Anchor.EVENT], EntityType.EVENT),
        *(
            span
            for span in _find_whole_words(text, hits[_Anchor.NATIONALITY], EntityType.NATIONALITY)
            if not _LANGUAGE_CUE.search(text, max(0, span.start - 12), span.start)
        ),
    ]
    return spans, [start for start, _ in hits[_Anchor.CREDIT]]


def _find_whole_words(text: str, hits: Iterable[tuple[int, int]], entity_type: EntityType) -> Iterator[Span]:
    """The hits that are whole words."""
    for start, end in hits:
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield Span(start, end, entity_type)


def _merge_windows(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of whole words around the hits, those that overlap made one."""
    begin = stop = -1
    for start, end in hits:
        low = text.rfind(" ", 0, max(0, start - REACH)) + 1
        high = text.find(" ", end + REACH)
        high = len(text) if high < 0 else high
        if low <= stop:
            stop = high
            continue
        if stop >= 0:
            yield begin, stop
        begin, stop = low, high
    if stop >= 0:
        yield begin, stop


def _find_dates(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Dates without the preposition that told them from a name ("in March" to March)."""
    for begin, stop in _merge_windows(text, hits):
        for found in _DATE.finditer(text, begin, stop):
            lead = _LEAD.match(text, found.start(), found.end())
            yield Span(lead.end() if lead else found.start(), found.end(), EntityType.DATE)


def _find_sums(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[Span]:
    for begin, stop in _merge_windows(text, hits):
        for found in _MONEY.finditer(text, begin, stop):
            yield Span(found.start(), found.end(), EntityType.MONEY)


def find_byline_zones(text: str, credits_at: Iterable[int], authors: Iterable[str]) -> list[tuple[int, int]]:
    """The lines, as [start, end) offsets, that say who wrote the article; the names in them are authors'."""
    names = frozenset(authors)
    zones = [_find_line_around(text, offset) for offset in credits_at]
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) < 80 and (line in names or (line[-1:] not in ".!?:" and _BYLINE.match(line))):
            zones.append((start, end))
        start = end + 1
    return zones


def _find_line_around(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end
