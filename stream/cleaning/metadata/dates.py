"""Read dates as pages write them: no more precise than they are, without a zone where none is named."""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

from stream.cleaning.metadata.calendars import BUDDHIST_EPOCH, ERAS, Calendar, persian_day
from stream.cleaning.metadata.clock import Clock, find_clock, is_zone, read_clock
from stream.cleaning.metadata.date_folding import fold_with_places
from stream.cleaning.metadata.date_words import (
    list_fillers,
    list_month_names,
    list_second_words,
    month_of,
    order_of,
    persian_month_of,
)

Precision = Literal["year", "month", "day", "minute", "second"]

MAX_REMEMBERED = 256  # texts: several fields ask for the same lines of a page
MAX_CHARS = 200  # a date stands in a short text
YEARS = range(1900, 2100)
PERSIAN_YEARS = range(1300, 1500)
BUDDHIST_YEARS = range(1900 + BUDDHIST_EPOCH, 2100 + BUDDHIST_EPOCH)
MINUTE_CHARS = 16  # of an ISO 8601 date that names the minute
FIRST_YEAR_OF_WEB = 1990  # two digits stand for a year after it
FIRST_BUDDHIST = 50  # two digits on a Thai page: 68 is 2568, and 25 is 2025
FIRST_YEAR_OF_NEPAL = 2050  # of its own calendar, whose months only tables tell: 1993
_PERSIAN_LANGUAGES = frozenset({"fa", "ps", "ckb", "mzn"})
_YEAR_FIRST_ALWAYS = frozenset({"ko", "ja", "zh"})

MONTHS = list_month_names(*"en de fr es it pt nl sv da no ca pl cs sk hu ro tr fi ru uk bg el hr lt id ar hi".split())

_YEAR = r"(?P<year>(?:1[34]|19|20|2[456])\d\d)(?!\d)"
_OF_YEAR = r"(?:-[^\W\d_]{2,3}(?![^\W\d_])|\(e\)ko|eko)?"  # endings that languages give it
_SHORT_YEAR = r"(?P<year>\d\d)(?![\d:.])"
_FILLERS = "|".join(
    sorted(
        {
            *map(re.escape, list_fillers()),
            "of",
            "au",
            "le",
            "พ.ศ",
            "ค.ศ",
            "оны",
            "год",
            "року",
            "anul",
            "il",
            "yil",
            "yili",
            "yılı",
            "жыл",
            "жылы",
            "ili",
        }
    )
)
_GAP = rf"[\s.,/'-]*(?:(?:{_FILLERS})(?![^\W\d_])[\s.,/'-]*)*"
# With the vowel signs of South and South East Asia, which are no letters to regular expressions.
_LETTER = r"(?:[^\W\d_]|[\u05f3\u0900-\u0963\u0966-\u109f\u1780-\u17ff])"
_SECOND_WORDS = "|".join(map(re.escape, list_second_words()))
_NAME = rf"(?P<name>[^\W\d_](?:{_LETTER}|\.(?=[^\W\d_])){{1,24}}(?:\s(?:{_SECOND_WORDS})(?!{_LETTER}))?)"
_NAME_BEGINS = r"(?<![^\W\d_])"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:(?:st|nd|rd|th|er|ra)(?![^\W\d_])|[.ºª°])|-?[^\W\d_]{1,3}(?=[\s.,]))?"
_ERA = "|".join(ERAS)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.]){_YEAR}(?P<sign>[-/.])\s?(?P<month>\d{{1,2}})(?P=sign)\s?(?P<day>\d{{1,2}})(?!\d)",
        rf"(?:{_YEAR}|(?P<era>{_ERA})\s?(?P<of_era>\d{{1,3}}|元)|(?<!\d)(?P<short>\d\d))\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]"
        r"(?:\s?(?P<day>\d{1,2})\s?[日일号號]?(?![\d年월月]))?",
        rf"(?<!\d)(?P<day>\d{{1,2}})[\s,]*(?:thang|thg)\s?(?P<month>\d{{1,2}})[\s,./-]*(?:nam\s)?{_YEAR}",
        rf"(?<!\d){_YEAR}\s?оны\s(?P<month>\d{{1,2}})\S*\s(?:\S{{2,8}}\s)?сар\S*\s(?P<day>\d{{1,2}})",
        rf"(?<!\d){_DAY}{_GAP}{_NAME}(?:/{_LETTER}+)?{_GAP}{_YEAR}",
        rf"{_NAME_BEGINS}{_NAME}\.?\s+{_DAY}\s?,?\s+"
        rf"(?:(?P<clock>\d\d:\d\d(?::\d\d)?\s+(?:[a-z]{{3,4}}\s+|[+-]\d{{4}}\s+)?))?{_YEAR}",
        rf"(?<!\d){_YEAR}{_OF_YEAR}{_GAP}{_NAME}{_GAP}{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}{_OF_YEAR}{_GAP}(?P<day>\d{{1,2}})[\s.]+{_NAME}(?![\w.]*\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?P<sign>[/-]){_NAME}(?P=sign)'?{_SHORT_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s{_NAME}\.?\s'{_SHORT_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s{_NAME}\s{_SHORT_YEAR}(?=\s\d\d?:\d\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s(?P<name>[\u0e00-\u0e7f.]{{2,12}}?)\.?\s?{_SHORT_YEAR}",
        r"(?<![\d.])(?P<first>\d{1,2})(?P<sign>[./-])\s?(?P<second>\d{1,2})(?P=sign)\s?"
        r"(?P<year>(?:1[34]|19|20|2[456])\d\d|\d\d)(?!\.?\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d{1,5}(?!\d))",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)(?![\d-])",
        rf"{_NAME_BEGINS}(?<!\d\s){_NAME}\.?[\s,]+(?:(?:{_FILLERS})\s)?{_YEAR}",
        rf"(?<!\d){_YEAR}[.,]?\s(?:(?:{_FILLERS})[.\s]+)?{_NAME}(?!\.?\s?\d)",
    )
)
_ISO = re.compile(
    r"((?:19|20)\d\d-[01]\d-[0-3]\d)"
    r"(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.[0-9]{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_ISO_WEEK = re.compile(r"(?P<year>(?:19|20)\d\d)-?w(?P<week>\d\d)(?:-?(?P<weekday>[1-7]))?(?![\d-])")
_ISO_ORDINAL = re.compile(r"(?P<year>(?:19|20)\d\d)-?(?P<day>\d{3})(?=t|$)")
_DIGIT = re.compile(r"\d")
# What every date has: a year in four digits or before its sign, or in two behind a day and month or a Thai word.
_MAY_BE_DATE = re.compile(
    r"\d{4}|[\d元]\s?[年년]|\d[./-]\s?\d\d?[./-]\s?\d|['/-]\d\d|[\u0e00-\u0e7f][.\s]{0,2}\d\d|\w\s\d\d\s\d\d?:"
)
_EPOCH = re.compile(r"(?:/date\()?(1\d{9})(?:\d{3})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_MONTH_FIRST_REGIONS = frozenset({"us", "ph"})
_EITHER_REGIONS = frozenset({"ca"})
_DAY_FIRST_DOMAINS = frozenset("uk au in ie nz za ng ke gh sg my pk bd lk eu hk mt tt jm zw ug tz".split())
_MONTH_FIRST_DOMAINS = frozenset("us gov edu mil ph".split())


@dataclass(frozen=True, slots=True)
class Date:
    """``value`` is ISO 8601 as precise as ``raw``, the page's own words, which count in ``calendar``."""

    value: str
    raw: str
    precision: Precision
    calendar: Calendar = "gregorian"

    @property
    def day(self) -> str:
        return self.value[:10]


@dataclass(frozen=True, slots=True)
class _Day:
    """What a form says: ``value`` is ISO 8601's year, month or day."""

    value: str
    calendar: Calendar = "gregorian"


def read_date(text: str, day_first: bool | None = None, language: str | None = None) -> Date | None:
    """The first date in a short text, with the time of day beside it.

    ``day_first`` tells how to read 3/4/2025; where it is None and nothing in the date decides, only the year is sure
    and only the year is given. ``language`` (a code) tells what a word means that several languages have.
    """
    if not _DIGIT.search(text, 0, MAX_CHARS):  # most texts that are asked
        return None
    return _read(" ".join(text[:MAX_CHARS].split()), day_first, language)


@lru_cache(MAX_REMEMBERED)
def _read(written: str, day_first: bool | None, language: str | None) -> Date | None:
    iso = _ISO.fullmatch(written)  # what most markup has
    if iso:
        return _read_iso(iso)
    folded, places = fold_with_places(written)
    if not _MAY_BE_DATE.search(folded):
        return None
    if _YEAR_ALONE.fullmatch(folded):
        return Date(folded, written, "year")
    epoch = _EPOCH.fullmatch(folded)
    if epoch:
        return Date(datetime.fromtimestamp(int(epoch[1]), UTC).isoformat(), written, "second")
    found = _find_day(folded, day_first, language)
    if found is None:
        return None
    day, begin, end, clock = found
    if clock:
        begin, end = min(begin, clock.begin), max(end, clock.end)
    if places:
        begin, end = places[begin], places[end - 1] + 1
    raw = written[begin:end].strip(" ,([")
    value = _with_clock(day.value, clock) if clock else day.value
    precision = _precision(value)
    return Date(value, raw, precision, day.calendar)


def to_shown_zone(told: Date, shown: Date, offsets: Set[int] | None = None) -> Date:
    """A date told in UTC as a reader of the page sees it: in the zone that lies between the two clocks, if one may.

    Midnight sharp is what programs put for a day without a time: no clock can be read against it. ``offsets`` are those
    of the site's countries, in minutes: another one comes of a clock that was misread.
    """
    if not told.value.endswith("+00:00") or len(shown.value) < MINUTE_CHARS:
        return told
    instant = datetime.fromisoformat(told.value)
    local = datetime.fromisoformat(shown.value)
    if local.tzinfo is None:
        offset = local.replace(second=0, tzinfo=UTC) - instant.replace(second=0)
        minutes = offset // timedelta(minutes=1)
        if not is_zone(minutes) or (offsets is not None and minutes not in offsets):
            return told
        if not (instant.hour or instant.minute or instant.second):
            return told
        local = instant.astimezone(timezone(offset))
    if local != instant or not local.utcoffset():
        return told
    precise: Literal["minutes", "seconds"] = "minutes" if told.precision == "minute" else "seconds"
    return replace(told, value=local.isoformat(timespec=precise))


def day_comes_first(language: str | None, host: str | None) -> bool | None:
    """Whether 3/4/2025 is the third of April, by the page's language tag (en-GB) and its host; None if unsure."""
    primary, _, region = (language or "").lower().replace("_", "-").partition("-")
    region = region.rpartition("-")[2]
    if region in _MONTH_FIRST_REGIONS:
        return False
    if region in _EITHER_REGIONS:
        return None
    if primary and primary != "en":
        return not (order_of(primary, region) or "").startswith("mdy")
    if region and len(region) == 2:
        return True
    domain = (host or "").rpartition(".")[2].lower()
    if domain in _DAY_FIRST_DOMAINS:
        return True
    return False if domain in _MONTH_FIRST_DOMAINS else None


def _read_iso(found: re.Match[str]) -> Date | None:
    day, hour, minute, second, zone = found.groups()
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    if hour is None:
        return Date(day, found[0], "day")
    offset = None
    if zone:
        offset = 0 if zone == "Z" else int(zone[1:3]) * 60 + int(zone[-2:])
        offset = -offset if zone[0] == "-" else offset
    clock = Clock(0, 0, int(hour), int(minute), int(second) if second else None, offset)
    if offset is not None and not is_zone(offset):
        clock = replace(clock, zone=None)
    value = _with_clock(day, clock)
    return Date(value, found[0], _precision(value))


def _find_day(text: str, day_first: bool | None, language: str | None) -> tuple[_Day, int, int, Clock | None] | None:
    """The first date in a folded text, where it stands, and its time of day."""
    rare = _read_rare_iso(text)
    if rare:
        day, end = rare
        return day, 0, end, find_clock(text, 0, end, language)
    for form in _FORMS:
        for found in form.finditer(text):
            read = _read_day(found, day_first, language)
            if read is None:
                continue
            begin, end = found.span()
            parts = found.groupdict()
            if len(read.value) < 10:
                return read, begin, end, None
            clock = read_clock(parts["clock"], language) if parts.get("clock") else None
            if clock:
                return read, begin, end, replace(clock, begin=begin, end=end)
            return read, begin, end, find_clock(text, begin, end, language)
    return None


def _read_rare_iso(text: str) -> tuple[_Day, int] | None:
    """ISO 8601's dates by week (2025-W12-2) and by the day of the year (2025-077), where a text begins with one."""
    week, ordinal = _ISO_WEEK.match(text), _ISO_ORDINAL.match(text)
    try:
        if week:
            day = date.fromisocalendar(int(week["year"]), int(week["week"]), int(week["weekday"] or 1)).isoformat()
            return _Day(day if week["weekday"] else day[:7] if _is_in_one_month(day) else day[:4]), week.end()
        if ordinal:
            first = date(int(ordinal["year"]), 1, 1)
            one = first + timedelta(days=int(ordinal["day"]) - 1)
            return (_Day(one.isoformat()), ordinal.end()) if one.year == first.year and one >= first else None
    except ValueError:
        pass
    return None


def _is_in_one_month(monday: str) -> bool:
    first = date.fromisoformat(monday)
    return (first + timedelta(days=6)).month == first.month


def _read_day(found: re.Match[str], day_first: bool | None, language: str | None) -> _Day | None:
    """The day, month or year that was matched; None for what is no date."""
    parts = found.groupdict()
    if parts.get("first"):
        return _read_numbers(parts, day_first, language)
    if parts.get("era"):
        year = ERAS[parts["era"]] + (1 if parts["of_era"] == "元" else int(parts["of_era"]))
        calendar: Calendar = "minguo" if parts["era"] in ("民國", "民国") else "imperial"
        return _day(year, int(parts["month"]), parts.get("day"), calendar)
    digits = parts["year"] or parts["short"]
    if not parts.get("name"):
        return _by_year(
            int(digits) if len(digits) == 4 else _whole_year(digits), int(parts["month"]), parts.get("day"), language
        )
    year = int(digits)
    if year in PERSIAN_YEARS and len(digits) == 4:
        month = persian_month_of(parts["name"])
        return _persian(year, month, parts.get("day")) if month else None
    number = month_of(parts["name"], language, is_inflected=bool(parts.get("day")))  # else "Juliana 2020"
    if number is None:
        return None
    if len(digits) == 2:
        year = 2500 + year if "\u0e00" < parts["name"][0] < "\u0e80" else _whole_year(digits)
    if number == 0:  # a word that means one month here and another one there
        return _Day(str(year)) if year in YEARS else None
    return _by_year(year, number, parts.get("day"), language)


def _whole_year(digits: str, language: str | None = None) -> int:
    """The year that two digits stand for, in the calendar of those who write them so."""
    year = int(digits)
    if language in _PERSIAN_LANGUAGES:
        return (1400 if year < 50 else 1300) + year
    if language == "th" and year >= FIRST_BUDDHIST:
        return 2500 + year
    year += 2000
    return year if year < FIRST_YEAR_OF_WEB + 100 else year - 100


def _by_year(year: int, month: int, day: str | None, language: str | None) -> _Day | None:
    """A date in the calendar that the year tells: nobody dates an article of 2568 or 1404 otherwise."""
    if year in YEARS:
        is_of_nepal = language == "ne" and year >= FIRST_YEAR_OF_NEPAL
        return None if is_of_nepal else _day(year, month, day)
    if year in BUDDHIST_YEARS:
        return _day(year - BUDDHIST_EPOCH, month, day, "buddhist")
    if year in PERSIAN_YEARS and language in _PERSIAN_LANGUAGES:
        return _persian(year, month, day)
    return None


def _persian(year: int, month: int, day: str | None) -> _Day | None:
    """A month alone lies in two Gregorian ones."""
    try:
        return _Day(persian_day(year, month, int(day)).isoformat(), "persian") if day else None
    except ValueError:
        return None


def _day(year: int, month: int, day: str | None, calendar: Calendar = "gregorian") -> _Day | None:
    if year not in YEARS:
        return None
    try:
        value = date(year, month, int(day or 1)).isoformat()
    except ValueError:
        return None
    return _Day(value if day else value[:7], calendar)


def _read_numbers(parts: dict[str, str], day_first: bool | None, language: str | None) -> _Day | None:
    """Three numbers, the last one perhaps a year.

    A language that puts the year first does so with two digits, too, between its own signs. Else dots put the day first
    everywhere; a number above 12 is the day; both equal is either; and then the locale says.
    """
    first, second, last = int(parts["first"]), int(parts["second"]), parts["year"]
    if len(last) == 2 and language and _year_comes_first(language, parts["sign"]):
        year_first = _by_year(_whole_year(parts["first"].zfill(2), language), second, last, language)
        if year_first:
            return year_first
    year = int(last) if len(last) == 4 else _whole_year(last, language)
    if parts["sign"] == "." or first > 12 or first == second:
        day_first = True
    elif second > 12:
        day_first = False
    if day_first is None:
        both = _by_year(year, first, str(second), language) and _by_year(year, second, str(first), language)
        return _Day(both.value[:4], both.calendar) if both else None
    return _by_year(year, *((second, str(first)) if day_first else (first, str(second))), language)


def _year_comes_first(language: str, sign: str) -> bool:
    order = order_of(language, None)
    return order == f"ymd{sign}" or (language in _YEAR_FIRST_ALWAYS and order is not None)


def _with_clock(day: str, clock: Clock) -> str:
    """24:00 is the next day's first moment."""
    if clock.hour == 24:
        day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    text = f"{day}T{clock.hour % 24:02}:{clock.minute:02}" + ("" if clock.second is None else f":{clock.second:02}")
    if clock.zone is None:
        return text
    hours, minutes = divmod(abs(clock.zone), 60)
    return f"{text}{'-' if clock.zone < 0 else '+'}{hours:02}:{minutes:02}"


def _precision(value: str) -> Precision:
    by_chars: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    return by_chars.get(len(value)) or ("second" if value[16:17] == ":" else "minute")
