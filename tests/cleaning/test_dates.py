"""Dates as pages write them: as precise as they are, no zone where none is named, honest where the order is open."""

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stream.cleaning.metadata.calendars import persian_day
from stream.cleaning.metadata.date_words import offsets_of, words_of
from stream.cleaning.metadata.dates import day_comes_first, read_date, to_shown_zone

LANGUAGES = "en de fr es it pt nl sv da no pl cs hr sr hu ro tr fi ru uk bg el lt lv id ar fa he hi bn th".split()
AS_WRITTEN = [
    ("2025-04-18 17:38:06", "2025-04-18T17:38:06", "second"),
    ("2025-04-18T17:38:06+02:00", "2025-04-18T17:38:06+02:00", "second"),
    ("2019-10-09T05:35:00.000Z", "2019-10-09T05:35:00+00:00", "second"),
    ("2024-04-15T14:30:00.000-0400", "2024-04-15T14:30:00-04:00", "second"),
    ("20250418T173806Z", "2025-04-18T17:38:06+00:00", "second"),
    ("2025-04-18T17:38", "2025-04-18T17:38", "minute"),
    ("2025-04-18", "2025-04-18", "day"),
    ("2025/4/8", "2025-04-08", "day"),
    ("2025-04", "2025-04", "month"),
    ("April 2025", "2025-04", "month"),
    ("2025", "2025", "year"),
    ("1570020082", "2019-10-02T12:41:22+00:00", "second"),
    ("Thu, 06 Oct 2011 08:10:27 EST", "2011-10-06T08:10:27-05:00", "second"),
    ("Sun Nov 23 16:00:00 EDT 2014", "2014-11-23T16:00:00-04:00", "second"),
    ("April 18, 2025 at 5:38 PM", "2025-04-18T17:38", "minute"),
    ("10:30 AM EST, Thu April 18, 2024", "2024-04-18T10:30-05:00", "minute"),
    ("12 Jan 2024 10:00 IST", "2024-01-12T10:00", "minute"),
    ("12:05 a.m. on May 3, 2021", "2021-05-03T00:05", "minute"),
    ("18. April 2025, 17.38 Uhr", "2025-04-18T17:38", "minute"),
    ("Stand: 3. März 2021 | 14:05 Uhr", "2021-03-03T14:05", "minute"),
    ("18 avril 2025 à 17h38", "2025-04-18T17:38", "minute"),
    ("26 de junio de 2023", "2023-06-26", "day"),
    ("5 października 2022", "2022-10-05", "day"),
    ("18 апреля 2025", "2025-04-18", "day"),
    ("18 أبريل 2025", "2025-04-18", "day"),
    ("١٨ أبريل ٢٠٢٥", "2025-04-18", "day"),
    ("2025年4月18日 17時38分", "2025-04-18T17:38", "minute"),
    ("2025년 4월 18일", "2025-04-18", "day"),
    ("3.4.2025", "2025-04-03", "day"),
    ("13/4/2025", "2025-04-13", "day"),
    ("4/13/2025", "2025-04-13", "day"),
    ("4/4/2025", "2025-04-04", "day"),
    ("Updated on 17.01.2021.", "2021-01-17", "day"),
    ("By Ada Lunt 4. 2. 2022.", "2022-02-04", "day"),
    ("2022. 1. 27. 오후", "2022-01-27", "day"),
    ("Jan 04 09:34 2021", "2021-01-04T09:34", "minute"),
]
BY_LANGUAGE = [
    # 12-hour clocks, before and behind the time
    ("2025년 3월 4일 오후 5:20", "ko", "2025-03-04T17:20"),
    ("25.03.04 오전 12시 05분", "ko", "2025-03-04T00:05"),
    ("2025/03/04 下午 05:20", "zh", "2025-03-04T17:20"),
    ("2025-03-04 晚上8:05", "zh", "2025-03-04T20:05"),
    ("2025年3月4日午後5時20分", "ja", "2025-03-04T17:20"),
    ("4 مارس 2025 - 5:20 مساءً", "ar", "2025-03-04T17:20"),
    ("\u200f4\u200f/3\u200f/2025 5:20 م", "ar", "2025-03-04T17:20"),
    ("4 de marzo de 2025, 5:20 p. m.", "es", "2025-03-04T17:20"),
    ("4 de março de 2025 às 5:20 da tarde", "pt", "2025-03-04T17:20"),
    ("4 Μαρτίου 2025, 5:20 μ.μ.", "el", "2025-03-04T17:20"),
    ("4 tháng 3, 2025 5:20 CH", "vi", "2025-03-04T17:20"),
    ("4 Mar 2025 ÖS 5:20", "tr", "2025-03-04T17:20"),
    ("2025. március 4., du. 5:20", "hu", "2025-03-04T17:20"),
    ("4 मार्च 2025, शाम 5:20", "hi", "2025-03-04T17:20"),
    ("Mar 4, 2025 11:05 PM", "en", "2025-03-04T23:05"),
    ("3/4/2025 12:05:09 AM", "en", "2025-03-04T00:05:09"),
    # orders and forms
    ("2025 m. kovo 4 d. 10:30", "lt", "2025-03-04T10:30"),
    ("2025. gada 4. marts 10:30", "lv", "2025-03-04T10:30"),
    ("2025(e)ko martxoaren 4a", "eu", "2025-03-04"),
    ("4 EYLÜL 2025", "tr", "2025-09-04"),
    ("4 stycznia 2025", "pl", "2025-01-04"),
    ("4 d’octubre del 2025", "ca", "2025-10-04"),
    ("4 كانون الثاني 2025", "ar", "2025-01-04"),
    ("25.11.08 09:12", "ko", "2025-11-08T09:12"),
    ("08.11.25 09:12", "de", "2025-11-08T09:12"),
    ("25-11-08", "sv", "2025-11-08"),
    ("8/11/25", "sv", "2025-11-08"),
    ("4-Mar-25", "en", "2025-03-04"),
    ("2025-ci il martın 4-ü", "az", "2025-03-04"),
    ("4 آذار/مارس، 2025", "ar", "2025-03-04"),
    ("Tuesday, 04-Mar-25 15:40:00 GMT", "en", "2025-03-04T15:40:00+00:00"),
    ("Tue, 4 Mar 25 15:40:00 GMT", "en", "2025-03-04T15:40:00+00:00"),
    # clocks
    ("2025年3月4日 午前9時5分", "ja", "2025-03-04T09:05"),
    ("2025/03/04 上午 12:05", "zh", "2025-03-04T00:05"),
    ("4. märts 2025, kell 15.40", "et", "2025-03-04T15:40"),
    ("৪ মার্চ ২০২৫, ০৩:৪০ পিএম", "bn", "2025-03-04T15:40"),
    ("4 mars 2025 kl. 10.30", "sv", "2025-03-04T10:30"),
    ("4. maaliskuuta 2025 klo 10.30", "fi", "2025-03-04T10:30"),
    ("4 maart 2025 om 14u30", "nl", "2025-03-04T14:30"),
    ("2025年3月4日 15时40分", "zh", "2025-03-04T15:40"),
    # other calendars
    ("4 มี.ค. 2568 15:40 น.", "th", "2025-03-04T15:40"),
    ("4 มี.ค. 68", "th", "2025-03-04"),
    ("۱۴ اسفند ۱۴۰۳ - ۱۹:۴۰", "fa", "2025-03-04T19:40"),
    ("1403/12/14", "fa", "2025-03-04"),
    ("۰۳/۱۲/۱۴", "fa", "2025-03-04"),
    ("4/3/68", "th", "2025-03-04"),
    ("令和7年3月4日", "ja", "2025-03-04"),
    ("民國114年3月4日", "zh", "2025-03-04"),
    # one word, several months
    ("4 listopada 2025", "hr", "2025-10-04"),
    ("4 listopada 2025", "pl", "2025-11-04"),
    ("4 lip 2025", "hr", "2025-06-04"),
    ("4 lip 2025", "pl", "2025-07-04"),
    ("4 listopada 2025", None, "2025"),
]
BY_MACHINES = [
    ("Tue Mar 04 2025 21:40:00 GMT+0530 (India Standard Time)", "2025-03-04T21:40:00+05:30"),
    ("4 March 2025, 21:40 GMT+5:45", "2025-03-04T21:40+05:45"),
    ("March 4, 2025 9:40 UTC-3:30", "2025-03-04T09:40-03:30"),
    ("2025-03-04T09:40:00\N{MINUS SIGN}03:00", "2025-03-04T09:40:00-03:00"),
    ("Tue Mar 04 21:40:00 +0000 2025", "2025-03-04T21:40:00+00:00"),
    ("2025-03-04T24:00:00Z", "2025-03-05T00:00:00+00:00"),
    ("2025-03-04T24:10:00Z", "2025-03-04"),
    ("2025-W10-2", "2025-03-04"),
    ("2025-W10", "2025-03"),
    ("2025-W14", "2025"),
    ("2025-063", "2025-03-04"),
    ("2025-063T10:30", "2025-03-04T10:30"),
    ("1741124400.5", "2025-03-04T21:40:00+00:00"),
    ("/Date(1741124400000)/", "2025-03-04T21:40:00+00:00"),
]
NO_DATES = [
    "",
    "2 days ago",
    "99/99/2025",
    "2025-13-45",
    "31 February 2020",
    "version 1.2.3",
    "mayor 12 2020",
    "call 555-1234",
    "Juliana 2020",
    "12 Mayors 2020",
]


@pytest.mark.parametrize(("text", "value", "precision"), AS_WRITTEN)
def test_a_date_is_read_as_precise_as_it_is(text: str, value: str, precision: str) -> None:
    found = read_date(text)
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize(("text", "language", "value"), BY_LANGUAGE)
def test_a_date_is_read_as_its_language_writes_it(text: str, language: str | None, value: str) -> None:
    found = read_date(text, language != "en" if language else None, language)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(("text", "value"), BY_MACHINES)
def test_a_date_is_read_as_programs_write_it(text: str, value: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.value == value


def test_a_converted_date_names_its_calendar() -> None:
    dates = [read_date(text, True, language) for text, language in (("4/3/2568", "th"), ("1403/12/14", "fa"))]
    assert [date and date.calendar for date in dates] == ["buddhist", "persian"]


def test_a_month_of_another_calendar_alone_is_no_date() -> None:
    assert read_date("اسفند ۱۴۰۳", True, "fa") is None


@given(st.sampled_from(LANGUAGES), st.integers(1, 28), st.integers(1990, 2060), st.data())
def test_every_name_of_a_month_is_read_in_its_language(language: str, day: int, year: int, data: st.DataObject) -> None:
    months = words_of(language).months
    name = data.draw(st.sampled_from(sorted(months)))
    for text in (f"{day} {name} {year}", f"{year} {name} {day}", f"{name} {day}, {year}"):
        found = read_date(text, True, language)
        assert found is not None, text
        assert found.value == f"{year}-{months[name]:02}-{day:02}", text


@given(st.sampled_from(LANGUAGES), st.integers(1, 12), st.integers(0, 59), st.booleans())
def test_every_language_reads_the_halves_of_the_day(language: str, hour: int, minute: int, is_late: bool) -> None:
    clock = f"{hour}:{minute:02} {'PM' if is_late else 'a.m.'}"
    found = read_date(f"2025-03-04 {clock}", True, language)
    assert found is not None
    assert found.value == f"2025-03-04T{hour % 12 + 12 * is_late:02}:{minute:02}"


@given(st.dates(date(1925, 1, 1), date(2070, 12, 31)))
def test_the_persian_calendar_counts_every_day_once(day: date) -> None:
    year = day.year - 621
    days = [
        persian_day(year + shift, month, one)
        for shift in (-1, 0)
        for month in range(1, 13)
        for one in range(1, (31 if month < 7 else 30) + (month < 12))
    ]
    assert len(set(days)) == len(days)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_the_raw_form_is_what_the_page_wrote() -> None:
    found = read_date("Date:2025-04-18 17:38:06 Views: 12")
    assert found is not None
    assert found.raw == "2025-04-18 17:38:06"


@pytest.mark.parametrize(
    ("day_first", "value", "precision"),
    [(True, "2025-04-03", "day"), (False, "2025-03-04", "day"), (None, "2025", "year")],
)
def test_an_open_order_is_read_by_the_locale_or_left_open(day_first: bool | None, value: str, precision: str) -> None:
    found = read_date("3/4/2025", day_first)
    assert found is not None
    assert (found.value, found.precision, found.raw) == (value, precision, "3/4/2025")


@pytest.mark.parametrize(
    ("language", "host", "first"),
    [
        ("en-US", "news.example", False),
        ("en-GB", "news.example", True),
        ("de", None, True),
        ("en", "paper.co.uk", True),
        ("en", "paper.gov", False),
        ("en", "paper.example", None),
        ("en-CA", "paper.ca", None),
        (None, None, None),
    ],
)
def test_the_locale_is_evidence_only_where_it_is_clear(
    language: str | None, host: str | None, first: bool | None
) -> None:
    assert day_comes_first(language, host) is first


@pytest.mark.parametrize(
    ("told", "shown", "value"),
    [
        ("2025-03-15T02:25:54Z", "March 14, 2025 | 9:25pm", "2025-03-14T21:25:54-05:00"),
        ("2025-03-15T02:25Z", "2025-03-14T21:25-05:00", "2025-03-14T21:25-05:00"),
        ("2025-03-14T18:15:00Z", "15 March 2025 0:00", "2025-03-15T00:00:00+05:45"),
        ("2025-03-14T23:00:00Z", "15.3.2025", "2025-03-14T23:00:00+00:00"),
        ("2025-03-14T23:00:00Z", "14.3.2025 23:00", "2025-03-14T23:00:00+00:00"),
        ("2025-03-14T23:00:00Z", "15.3.2025 0:07", "2025-03-14T23:00:00+00:00"),
        ("2025-03-14T23:00:00Z", "17.3.2025 0:00", "2025-03-14T23:00:00+00:00"),
        ("2025-03-14T23:00:00+01:00", "15.3.2025 0:00", "2025-03-14T23:00:00+01:00"),
        ("2025-03-14T00:00:00Z", "14.3.2025 9:00", "2025-03-14T00:00:00+00:00"),
        ("2025-03-14T06:40:00Z", "14.3.2025 14:10", "2025-03-14T06:40:00+00:00"),
    ],
)
def test_a_date_in_utc_moves_to_the_zone_that_the_shown_clock_tells(told: str, shown: str, value: str) -> None:
    dates = read_date(told), read_date(shown, day_first=True)
    assert dates[0] is not None
    assert dates[1] is not None
    assert to_shown_zone(dates[0], dates[1]).value == value


def test_a_zone_must_be_one_of_where_the_site_is() -> None:
    told, misread = read_date("2025-11-18T06:40:00Z"), read_date("2025.11.18 3:40")
    assert told is not None
    assert misread is not None
    assert to_shown_zone(told, misread).value == "2025-11-18T03:40:00-03:00"
    assert to_shown_zone(told, misread, offsets_of("paper.co.kr", "ko")) == told
    assert to_shown_zone(told, misread, offsets_of("paper.example", "ko")) == told
    assert offsets_of("paper.uk", "en") == frozenset({0, 60})
    assert -180 in (offsets_of("paper.example", "pt") or ())
    assert offsets_of("paper.example", None) is None


@given(st.datetimes(datetime(1901, 1, 1), datetime(2099, 12, 31)))
def test_iso_dates_come_back_as_they_went_in(moment: datetime) -> None:
    text = moment.replace(microsecond=0).isoformat()
    found = read_date(text)
    assert found is not None
    assert (found.value, found.raw) == (text, text)


@example("᪑000000000", None)
@given(st.text(max_size=300) | st.from_regex(r"[\d./: -]{0,40}[a-zA-Z]{0,9}[\d/.: ]{0,20}"), st.booleans() | st.none())
def test_any_text_is_a_date_in_ascii_or_none(text: str, day_first: bool | None) -> None:
    found = read_date(text, day_first)
    if found is not None:
        assert found.value.isascii()
        assert found.raw
        assert found.raw in " ".join(text.split())
        assert read_date(found.value) is not None
