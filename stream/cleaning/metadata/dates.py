"""Read dates as pages write them: no more precise than they are, without a zone where none is named."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal
from unicodedata import decimal

Precision = Literal["year", "month", "day", "minute", "second"]

MAX_CHARS = 200  # a date stands in a short text
TIME_WITHIN = 28  # characters between a date and its time of day
YEARS = range(1900, 2100)
MINUTE_CHARS = 16  # of an ISO 8601 date that names the minute
# The zones in use; one that is no half of an hour is Nepal's alone (and that of 600 people on the Chatham Islands).
_WESTERNMOST, _EASTERNMOST, _ZONE_STEP = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=30)
_NEPAL = timedelta(hours=5, minutes=45)

# The twelve months in the languages that write them out (nominative, and genitive where dates need it). Where a
# shortened name is common to two languages, the one listed first has it.
_MONTHS = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber maerz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
ledna února března dubna května června července srpna září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
януари февруари март април май юни юли август септември октомври ноември декември
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna studenoga studenog prosinca
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
januari februari maret april mei juni juli agustus september oktober november desember
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
"""  # noqa: E501
_SHORT = {"sept": 9, "okt": 10, "dez": 12, "mrz": 3, "juil": 7, "févr": 2, "fév": 2, "déc": 12, "ott": 10, "дек": 12}
_ROMAN = ("siječnja", "sausio")  # their lines are no twelve exact months or share stems: whole words only


def _month_names() -> dict[str, int]:
    names = dict(_SHORT)
    lines = [line.split() for line in _MONTHS.strip().splitlines()]
    for words in lines:
        if words[0] == "siječnja":
            words = [*words[:9], "", *words[9:10], *words[11:]]
        for number, word in enumerate(words, 1):
            if word:
                names.setdefault(word, number)
    for words in lines:
        if words[0] in _ROMAN:
            continue
        for number, word in enumerate(words, 1):
            for length in range(3, len(word)):
                names.setdefault(word[:length], number)
    return names


_NUMBER_OF = _month_names()
MONTHS = frozenset(_NUMBER_OF)
_ZONE_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "MEZ": 1, "WEST": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "SAST": 2, "HKT": 8, "SGT": 8,
}  # fmt: skip

_ZONE = r"(?P<zone>Z\b|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?![\d:])|(?:UTC|GMT)(?P<shift>[+-]\d{1,2})?|[A-Z]{3,4}\b)"
_TIME = re.compile(
    rf"(?<![\d:.,/-])(?P<hour>[01]?\d|2[0-4])\s?[:h時点點시]\s?(?P<minute>[0-5]\d)(?:[:分분](?P<second>[0-5]\d)(?:[.,]\d{{1,9}})?)?"
    rf"(?!\d)[分분]?\s*(?P<half>[ap]\.?m\b\.?)?\s*(?:Uhr\s*)?\(?(?:{_ZONE})?",
    re.IGNORECASE,
)
_DOTTED_TIME = re.compile(
    r"(?<![\d:.,/-])(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)(?![\d.])\s*(?:(?P<half>[ap]\.?m\b\.?)|Uhr|h\b|o'clock)",
    re.IGNORECASE,
)
_T_TIME = re.compile(
    rf"[T_ ]\s?(?P<hour>[01]\d|2[0-4]):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-5]\d)(?:[.,]\d{{1,9}})?)?\s?(?:{_ZONE})?"
)
_NAME = r"(?P<name>[^\W\d_]{3,14})"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er|\.|º|ª|°))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])\s?(?P<month>\d{1,2})(?P=sign)\s?(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日일])?",
        rf"(?<!\d){_DAY},?[\s/-]*(?:de\s+|of\s+|d')?{_NAME}\.?,?[\s/-]+(?:de\s+|del\s+)?{_YEAR}",
        rf"(?<![^\W\d_]){_NAME}\.?\s+{_DAY}\s?,?\s+(?:(?P<clock>\d\d:\d\d(?::\d\d)?)\s+(?P<inner>[A-Z]{{3,4}}\s+)?)?{_YEAR}",
        r"(?<![\d.])(?P<first>\d{1,2})(?P<sign>[./-])\s?(?P<second>\d{1,2})(?P=sign)\s?(?P<year>(?:19|20)?\d\d)(?!\.?\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d{1,5}(?!\d))",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)(?![\d-])",
        rf"(?<![^\W\d_])(?<!\d\s){_NAME}\.?\s+{_YEAR}",
    )
)
_DIGIT = re.compile(r"\d")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_MONTH_FIRST_REGIONS = frozenset({"us", "ph"})
_EITHER_REGIONS = frozenset({"ca"})
_DAY_FIRST_DOMAINS = frozenset("uk au in ie nz za ng ke gh sg my pk bd lk eu hk mt tt jm zw ug tz".split())
_MONTH_FIRST_DOMAINS = frozenset("us gov edu mil ph".split())


@dataclass(frozen=True, slots=True)
class Date:
    """``value`` is ISO 8601 as precise as ``raw``, the page's own words."""

    value: str
    raw: str
    precision: Precision

    @property
    def day(self) -> str:
        return self.value[:10]


def read_date(text: str, day_first: bool | None = None) -> Date | None:
    """The first date in a short text, with the time of day beside it.

    ``day_first`` tells how to read 3/4/2025; where it is None and nothing in the date decides, only the year is sure
    and only the year is given.
    """
    written = " ".join(text[:MAX_CHARS].split())
    raw = _with_ascii_digits(written)
    if not _DIGIT.search(raw):  # most texts that are asked
        return None
    if _EPOCH.fullmatch(raw):
        return replace(_from_epoch(raw), raw=written)
    if _YEAR_ALONE.fullmatch(raw):
        return Date(raw, written, "year")
    for form in _FORMS:
        for found in form.finditer(raw):
            day = _calendar_day(found, day_first)
            if day is not None:
                read = _with_time(day, found, raw)
                if raw is written:
                    return read
                begin = raw.find(read.raw)
                return replace(read, raw=written[begin : begin + len(read.raw)])
    return None


def to_shown_zone(told: Date, shown: Date) -> Date:
    """A date told in UTC as a reader of the page sees it: in the zone that lies between the two clocks, if one may."""
    if not told.value.endswith("+00:00") or len(shown.value) < MINUTE_CHARS:
        return told
    instant = datetime.fromisoformat(told.value)
    local = datetime.fromisoformat(shown.value)
    if local.tzinfo is None:
        offset = local.replace(second=0, tzinfo=UTC) - instant.replace(second=0)
        is_zone = not offset % _ZONE_STEP or offset == _NEPAL
        if not (is_zone and _WESTERNMOST <= offset <= _EASTERNMOST):
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
        return True
    if region and len(region) == 2:
        return True
    domain = (host or "").rpartition(".")[2].lower()
    if domain in _DAY_FIRST_DOMAINS:
        return True
    return False if domain in _MONTH_FIRST_DOMAINS else None


def _with_ascii_digits(text: str) -> str:
    """Arabic, Persian, Devanagari … digits as 0-9, character for character."""
    if text.isascii():
        return text
    return "".join(str(decimal(char)) if char.isdecimal() else char for char in text)


def _from_epoch(raw: str) -> Date:
    moment = datetime.fromtimestamp(int(raw[:10]), UTC)
    return Date(moment.isoformat(), raw, "second")


def _calendar_day(found: re.Match[str], day_first: bool | None) -> str | None:
    """The day, month or year that was matched, as ISO 8601; None for what is no date."""
    parts = found.groupdict()
    year = int(parts["year"]) if len(parts["year"]) == 4 else 2000 + int(parts["year"])
    if year not in YEARS:
        return None
    if parts.get("first"):
        return _by_order(year, int(parts["first"]), int(parts["second"]), parts["sign"], day_first)
    month = _NUMBER_OF.get(parts["name"].lower(), 0) if parts.get("name") else int(parts["month"])
    if not 1 <= month <= 12:
        return None
    if not parts.get("day"):
        return f"{year:04}-{month:02}"
    return _day(year, month, int(parts["day"]))


def _by_order(year: int, first: int, second: int, sign: str, day_first: bool | None) -> str | None:
    """Dots put the day first everywhere; a number above 12 is the day; both equal is either; else the locale says."""
    if sign == "." or first > 12 or first == second:
        day_first = True
    elif second > 12:
        day_first = False
    if day_first is None:
        return f"{year:04}" if _day(year, first, second) and _day(year, second, first) else None
    return _day(year, second, first) if day_first else _day(year, first, second)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _with_time(day: str, found: re.Match[str], raw: str) -> Date:
    """Add the time of day that stands right behind the date, or right before it."""
    begin, end = found.span()
    if len(day) < 10:
        return Date(day, raw[begin:end], "year" if len(day) == 4 else "month")
    time = (
        _TIME.search(found["clock"] + " " + (found["inner"] or "")) if found.groupdict().get("clock") else None
    ) or _time_beside(raw, begin, end)
    clock = _clock(time) if time else None
    if time is None or clock is None:
        return Date(day, raw[begin:end], "day")
    if time.string is raw:
        begin, end = min(begin, time.start()), max(end, time.end())
    text, has_seconds = clock
    return Date(f"{day}T{text}", raw[begin:end].strip(), "second" if has_seconds else "minute")


def _time_beside(raw: str, begin: int, end: int) -> re.Match[str] | None:
    return (
        _T_TIME.match(raw, end)
        or _TIME.search(raw, end, end + TIME_WITHIN)
        or _DOTTED_TIME.search(raw, end, end + TIME_WITHIN)
        or _TIME.search(raw, max(0, begin - TIME_WITHIN), begin)
    )


def _clock(found: re.Match[str]) -> tuple[str, bool] | None:
    """hh:mm[:ss][zone], and whether it has seconds; None for what is no time of day."""
    parts = found.groupdict()
    hour, minute = int(parts["hour"]), int(parts["minute"])
    half = (parts.get("half") or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23:
        return None
    second = parts.get("second")
    text = f"{hour:02}:{minute:02}" + (f":{second}" if second else "")
    return text + _zone(parts.get("zone"), parts.get("shift")), bool(second)


def _zone(name: str | None, shift: str | None) -> str:
    """+hh:mm; nothing for a name that several zones share, such as IST."""
    if not name:
        return ""
    if shift:
        return f"{int(shift):+03}:00"
    if name[0] in "+-":
        digits = name[1:].replace(":", "").ljust(4, "0")
        return f"{name[0]}{digits[:2]}:{digits[2:]}" if int(digits[:2]) < 15 and int(digits[2:]) < 60 else ""
    hours = _ZONE_HOURS.get(name.upper())
    return "" if hours is None else f"{hours:+03}:00"
