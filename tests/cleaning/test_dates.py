"""Dates as pages write them: as precise as they are, no zone where none is named, honest where the order is open."""

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stream.cleaning.metadata.dates import day_comes_first, read_date, to_shown_zone

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
NO_DATES = [
    "",
    "2 days ago",
    "99/99/2025",
    "2025-13-45",
    "31 February 2020",
    "version 1.2.3",
    "mayor 12 2020",
    "call 555-1234",
]


@pytest.mark.parametrize(("text", "value", "precision"), AS_WRITTEN)
def test_a_date_is_read_as_precise_as_it_is(text: str, value: str, precision: str) -> None:
    found = read_date(text)
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


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
    ],
)
def test_a_date_in_utc_moves_to_the_zone_that_the_shown_clock_tells(told: str, shown: str, value: str) -> None:
    dates = read_date(told), read_date(shown, day_first=True)
    assert dates[0] is not None
    assert dates[1] is not None
    assert to_shown_zone(dates[0], dates[1]).value == value


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
