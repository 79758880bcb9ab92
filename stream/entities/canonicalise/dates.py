"""Which days a date in an English text means, so that "last March" and "March 2024" join across articles.

A value is ISO 8601: a day, a month, a year, a decade as an interval, or an interval of days. What a text leaves open is
resolved against the day of the article; without one, or where two readings are as good, there is none.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_WEEKDAYS = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*day"
_NAMED = rf"(?:{_WEEKDAY.replace('P<weekday>', ':')},?\s)?"

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY_FIRST = rf"{_DAY.replace('day', 'day2')}\s(?:of\s)?{_MONTH.replace('month', 'month2')}"
_FULL = re.compile(rf"{_NAMED}(?:{_MONTH}\s{_DAY}|{_DAY_FIRST})(?:,?\s{_YEAR})?")
_OF_YEAR = re.compile(rf"{_MONTH},?\s(?:of\s)?{_YEAR}")
_UNIT = r"(?P<unit>week|month|year|quarter|decade|century)"
_RELATIVE = re.compile(rf"(?P<which>last|past|this|next)[\s-](?:{_UNIT}|{_WEEKDAY}|{_MONTH})")
_ALONE = re.compile(rf"(?:{_WEEKDAY}|{_MONTH})")
_ONLY_YEAR = re.compile(_YEAR)
_DECADE = re.compile(r"(?P<decade>(?:1[5-9]|20)\d0)s")

_AHEAD = re.compile(
    r"\b(?:will|shall|would|going to|is to|are to|due|scheduled|expected|plans?|planned|set|until|by|from|upcoming)\b"
    r"[^.!?\n]{0,80}\Z"
)
FIRST_YEAR, LAST_YEAR = 1800, 2200  # of articles
MAX_BEFORE = 120  # characters of the sentence that are asked whether it speaks of what is to come

_STEPS = {"last": -1, "past": -1, "this": 0, "next": 1}


@lru_cache(maxsize=2048)
def resolve_date(surface: str, published: date | None, *, ahead: bool = False) -> str | None:
    """The value of a date as ``patterns.py`` finds them, in an article of the day ``published``.

    ``ahead`` says that the sentence speaks of what is to come.
    """
    text = " ".join(surface.lower().split())
    if found := _ISO.fullmatch(text):
        return _day(*map(int, found.groups()))
    if found := _FULL.fullmatch(text):
        month, day = found["month"] or found["month2"], found["day"] or found["day2"]
        return _read_day(int(day), _MONTHS[month], found["year"], published)
    if found := _OF_YEAR.fullmatch(text):
        return f"{found['year']}-{_MONTHS[found['month']]:02}"
    if found := _ONLY_YEAR.fullmatch(text):
        return found["year"]
    if found := _DECADE.fullmatch(text):
        return f"{found['decade']}/{int(found['decade']) + 9}"
    if published is None:
        return None
    if found := _RELATIVE.fullmatch(text):
        return _read_relative(found, published)
    if found := _ALONE.fullmatch(text):
        return _read_near(found, published, ahead=ahead)
    return None


def read_day(published: str | None) -> date | None:
    """The day of an article's ``datePublished``, where it has one that a calendar knows."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def is_ahead(text: str, start: int) -> bool:
    """Whether the sentence around a date at ``start`` speaks of what is to come."""
    return bool(_AHEAD.search(text, max(0, start - MAX_BEFORE), start))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_day(day: int, month: int, year: str | None, published: date | None) -> str | None:
    """A day whose year the text may leave open: then the nearest one."""
    if year:
        return _day(int(year), month, day)
    if published is None:
        return None
    days = [date(near, month, day) for near in _years_around(published) if day <= monthrange(near, month)[1]]
    return min(days, key=lambda one: abs((one - published).days)).isoformat() if days else None


def _years_around(published: date) -> range:
    return range(max(1, published.year - 1), published.year + 2)


def _read_near(found: re.Match[str], published: date, *, ahead: bool) -> str:
    """A weekday is that of the seven days until the article's, as news has it, or after it; a month the nearest one."""
    if found["weekday"] and ahead:
        return (published + timedelta(days=(_WEEKDAYS[found["weekday"]] - published.weekday()) % 7)).isoformat()
    if found["weekday"]:
        back = (published.weekday() - _WEEKDAYS[found["weekday"]]) % 7
        return (published - timedelta(days=back)).isoformat()
    month = _MONTHS[found["month"]]
    year = min(_years_around(published), key=lambda near: abs((date(near, month, 15) - published).days))
    return f"{year}-{month:02}"


def _read_relative(found: re.Match[str], published: date) -> str | None:
    step = _STEPS[found["which"]]
    if found["weekday"]:
        return _read_relative_weekday(step, _WEEKDAYS[found["weekday"]], published)
    if found["month"]:
        return _read_relative_month(step, _MONTHS[found["month"]], published)
    return _UNITS[found["unit"]](published, step)


def _read_relative_weekday(step: int, weekday: int, published: date) -> str | None:
    """ "Next Monday" is the first one to come; "this Monday" is as often to come as gone."""
    ahead = (weekday - published.weekday() - 1) % 7 + 1
    back = (published.weekday() - weekday - 1) % 7 + 1
    if step == 0:
        return None
    return (published + timedelta(days=ahead if step > 0 else -back)).isoformat()


def _read_relative_month(step: int, month: int, published: date) -> str:
    year = published.year
    if step > 0:
        year += month <= published.month
    elif step < 0:
        year -= month >= published.month
    return f"{year}-{month:02}"


def _week(published: date, step: int) -> str:
    monday = published + timedelta(days=7 * step - published.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _month(published: date, step: int) -> str:
    months = published.year * 12 + published.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _quarter(published: date, step: int) -> str:
    quarters = published.year * 4 + (published.month - 1) // 3 + step
    year, first = quarters // 4, quarters % 4 * 3 + 1
    return f"{year}-{first:02}/{year}-{first + 2:02}"


def _year(published: date, step: int) -> str:
    return str(published.year + step)


def _decade(published: date, step: int) -> str:
    first = published.year // 10 * 10 + 10 * step
    return f"{first}/{first + 9}"


def _century(published: date, step: int) -> str:
    first = (published.year - 1) // 100 * 100 + 1 + 100 * step
    return f"{first}/{first + 99}"


_UNITS: dict[str, Callable[[date, int], str]] = {
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "decade": _decade,
    "century": _century,
}
