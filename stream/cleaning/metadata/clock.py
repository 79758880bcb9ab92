"""Read a time of day beside a date: on the 12-hour clock of any language, and in the zone that is named."""

import re
from dataclasses import dataclass

from stream.cleaning.metadata.date_words import Hours, words_of

WITHIN = 28  # characters between a date and its time of day
CLOCK_CHARS = 24  # of a time of day itself
PART_CHARS = 24  # of the words for a part of the day

# In minutes. Of the names in use, those that name one zone: not IST, CST, BST.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "cet": 60, "mez": 60, "west": 60, "cest": 120, "mesz": 120, "eet": 120,
    "eest": 180, "msk": 180, "мск": 180, "trt": 180, "pkt": 300, "npt": 345, "ict": 420, "wib": 420, "wita": 480,
    "hkt": 480, "sgt": 480, "pht": 480, "awst": 480, "wit": 540, "jst": 540, "kst": 540, "acst": 570, "acdt": 630,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "irst": 210, "wat": 60, "cat": 120, "sast": 120, "eat": 180,
    "nst": -210, "ndt": -150, "brt": -180, "art": -180, "adt": -180, "est": -300, "edt": -240, "cdt": -300,
    "pet": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
# The offsets of the world's zones, in minutes: whole hours, and these.
_ODD_OFFSETS = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825})
_WESTERNMOST, _EASTERNMOST = -12 * 60, 14 * 60

_ZONE = re.compile(
    r"[\s(\[,]{0,2}(?:(?P<base>utc|gmt)\s?(?P<side>[+\u2013-])\s?(?P<far>\d{1,2})(?::?(?P<odd>[0-5]\d))?(?!\d)|"
    r"(?P<sign>[+-])(?P<hours>\d{2})(?::?(?P<minutes>[0-5]\d))?(?![\d:])|(?P<name>[^\W\d_]{1,4})(?![^\W_]))"
)
_SECOND = r"(?:\s?[:분分]\s?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?(?!\d))?"
_COLON = re.compile(
    rf"(?<![\d:.,/-])(?P<hour>[01]?\d|2[0-4])\s?(?:[:h時时点點시u]|gio)\s?(?P<minute>[0-5]\d|\d(?=\s?[분分]))(?!\d){_SECOND}\s?[분分초秒]?"
)
_DOTTED = re.compile(r"(?<![\d:.,/-])(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)(?![.,]?\d)(?P<second>)")
_BEHIND_T = re.compile(
    r"(?:[t_]\s?|\s(?=\d{4}z))(?P<hour>[01]\d|2[0-4]):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
)
_OF_THE_CLOCK = re.compile(r"\s?(?:uhr|uur|hrs?|horas?|heures?|ore|o'clock|h|น\.?|ч\.?)(?![^\W\d_])")
_BEFORE_DOTTED = re.compile(
    r"(?<![^\W\d_])(?:kl|klo|kello|kell|plkst|godz|saat|ωρα|στισ|um|om|ore|ora|pukul|jam|at|ob|as|las|alle|a|às)\.?:?\s*$"
)
_JOINED = re.compile(r"[\s,|–-]*")
_NO_LETTERS = re.compile(r"[\s.,()]+")
_CHANGED = re.compile(r"updat|modif|aktuali|수정|更新|mis a jour|edited")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day and where it stands; ``hour`` may be 24. ``zone`` is in minutes."""

    begin: int
    end: int
    hour: int
    minute: int
    second: int | None
    zone: int | None


def is_zone(minutes: int) -> bool:
    """Whether some place on Earth has this offset."""
    return _WESTERNMOST <= minutes <= _EASTERNMOST and (minutes % 60 == 0 or minutes in _ODD_OFFSETS)


def find_clock(text: str, begin: int, end: int, language: str | None) -> Clock | None:
    """The time of day of the date that stands from ``begin`` to ``end`` in a folded text: behind it, else before it."""
    glued = _BEHIND_T.match(text, end)
    if glued:
        return _read(glued, text, language)
    last = end + WITHIN
    for pattern in (_COLON, _DOTTED):
        found = pattern.search(text, end, last + CLOCK_CHARS)
        if found and found.start() <= last and _belongs(text[end : found.start()]):
            clock = _read(found, text, language)
            if clock and (pattern is _COLON or _is_time(found, clock, text, end, language)):
                return clock
    first = max(0, begin - WITHIN - CLOCK_CHARS)
    earlier = list(_COLON.finditer(text, first, begin)) or [
        found for found in _DOTTED.finditer(text, first, begin) if _BEFORE_DOTTED.search(text[: found.start()])
    ]
    if not earlier:
        return None
    clock = _read(earlier[-1], text, language)
    return clock if clock and clock.end <= begin <= clock.end + WITHIN and _belongs(text[clock.end : begin]) else None


def read_clock(text: str, language: str | None) -> Clock | None:
    """The time of day that a folded text begins with."""
    found = _COLON.match(text)
    return _read(found, text, language) if found else None


def _belongs(between: str) -> bool:
    """Whether what stands between date and time parts them not: another date, or word of a later change."""
    return not any(map(str.isdigit, between)) and not _CHANGED.search(between)


def _is_time(found: re.Match[str], clock: Clock, text: str, end: int, language: str | None) -> bool:
    """Whether 10.30 is a time of day: what stands around it says so, or the language writes it thus."""
    if clock.end > found.end() or _OF_THE_CLOCK.match(text, found.end()):
        return True
    if _BEFORE_DOTTED.search(text[max(0, found.start() - 8) : found.start()]):
        return True
    joined = _JOINED.fullmatch(text, end, found.start()) is not None
    return joined and (words_of(language).is_dotted or found.end() == len(text))


def _read(found: re.Match[str], text: str, language: str | None) -> Clock | None:
    hour, second = int(found["hour"]), found["second"]
    begin, end = found.span()
    if hour <= 12:
        part = _part_behind(text, end, language) or _part_before(text, begin, language)
        if part:
            hours, edge = part
            hour = _of_the_day(hour, hours)
            begin, end = min(begin, edge), max(end, edge)
    end, zone = _zone_behind(text, end)
    if hour == 24 and (int(found["minute"]) or int(second or 0)):
        return None
    return Clock(begin, end, hour, int(found["minute"]), int(second) if second else None, zone)


def _of_the_day(hour: int, hours: Hours) -> int:
    """Which of the two hours of that name lies in the part of the day, or nearest to it."""
    return min((hour % 12, hour % 12 + 12), key=lambda one: (_distance(one, hours), one))


def _distance(hour: int, hours: Hours) -> int:
    begin, end = hours
    if (hour - begin) % 24 < end - begin:
        return 0
    return min((begin - hour) % 24, (hour - end) % 24 + 1)


def _part_behind(text: str, end: int, language: str | None) -> tuple[Hours, int] | None:
    letters = _NO_LETTERS.sub("", text[end : end + PART_CHARS])
    words = words_of(language)
    if not letters.startswith(words.part_words):
        return None
    for word in words.part_words:
        if letters.startswith(word):
            found = re.match(rf"[\s(,.]*{_spread(word)}(?![^\W\d_])\.?", text[end : end + PART_CHARS])
            if found:
                return words.parts[word], end + found.end()
    return None


def _part_before(text: str, begin: int, language: str | None) -> tuple[Hours, int] | None:
    behind = text[max(0, begin - PART_CHARS) : begin]
    letters = _NO_LETTERS.sub("", behind.replace(":", " "))
    words = words_of(language)
    if not letters.endswith(words.part_words):
        return None
    for word in words.part_words:
        if letters.endswith(word):
            bound = r"(?<![^\W\d_])" if word[0] < "\u2e80" else ""  # East Asia writes without spaces
            found = re.search(rf"{bound}{_spread(word)}[\s.,:)]*$", behind)
            if found:
                return words.parts[word], begin - len(behind) + found.start()
    return None


def _spread(word: str) -> str:
    """The word with the dots and spaces that it may be written with."""
    return r"[.\s]*".join(map(re.escape, word))


def _zone_behind(text: str, end: int) -> tuple[int, int | None]:
    """Where the time of day ends, with the zone in minutes; none for a name that several zones share, such as IST."""
    word = _OF_THE_CLOCK.match(text, end)
    if word:
        end = word.end()
    found = _ZONE.match(text, end)
    if found is None:
        return end, None
    if found["name"]:
        zone = _ZONES.get(found["name"])
        return (end, None) if zone is None else (found.end(), zone)
    far, odd = (found["far"], found["odd"]) if found["far"] else (found["hours"], found["minutes"])
    zone = int(far) * 60 + int(odd or 0)
    zone = zone if (found["side"] or found["sign"]) == "+" else -zone
    return (found.end(), zone) if is_zone(zone) else (end, None)
