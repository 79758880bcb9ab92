"""Count the days of calendars other than the Gregorian one, as pages date by them."""

from datetime import date
from typing import Literal

Calendar = Literal["gregorian", "buddhist", "persian", "imperial", "minguo"]

BUDDHIST_EPOCH = 543  # years before that of the Gregorian calendar
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}  # the year before each's first
_KNOWN_NOWRUZ = 1404, date(2025, 3, 21).toordinal()
_CYCLE_YEARS, _CYCLE_LEAPS = 33, 8  # of the arithmetic calendar, right for 1300 to 1500


def persian_day(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Solar Hijri one; ValueError where there is none."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        raise ValueError
    months = (month - 1) * 31 if month < 7 else 186 + (month - 7) * 30
    return date.fromordinal(_new_year(year) + months + day - 1)


def _new_year(year: int) -> int:
    """The ordinal of 1 Farvardin, by the 33-year rule."""
    known, ordinal = _KNOWN_NOWRUZ
    return ordinal + _days_before(year) - _days_before(known)


def _days_before(year: int) -> int:
    cycles, rest = divmod(year + 1595, _CYCLE_YEARS)
    return 365 * year + cycles * _CYCLE_LEAPS + (rest + 3) // 4
