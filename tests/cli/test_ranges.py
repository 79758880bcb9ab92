"""What may be written for the beginning and the end of a range."""

from datetime import UTC, datetime, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cli.io.ranges import MOMENT, PLACE, REFERENCE


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        ("1.5h", timedelta(hours=1.5)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
    ],
)
def test_a_duration_is_that_long_ago(text: str, ago: timedelta) -> None:
    before = datetime.now(UTC)
    moment = MOMENT.convert(text, None, None)
    assert isinstance(moment, datetime)
    assert before - ago <= moment <= datetime.now(UTC) - ago


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_an_iso_moment_is_that_moment(moment: datetime) -> None:
    assert MOMENT.convert(moment.isoformat(), None, None) == moment


def test_a_moment_without_a_zone_is_local() -> None:
    assert MOMENT.convert("2025-04-18T17:38", None, None) == datetime(2025, 4, 18, 17, 38).astimezone()


def test_a_place_is_a_moment_or_offsets() -> None:
    assert PLACE.convert("0:1200, 3:7", None, None) == {0: 1200, 3: 7}
    assert PLACE.convert("2025-04-18", None, None) == datetime(2025, 4, 18).astimezone()


@pytest.mark.parametrize("kind", [MOMENT, PLACE, REFERENCE])
@pytest.mark.parametrize("text", ["", "yesterday", "5", "2x", "0:", ":1", "1:2:3", "-1:2", "0:1,", "2025-13-01"])
def test_anything_else_is_a_usage_error(kind: click.ParamType, text: str) -> None:
    with pytest.raises(click.BadParameter):
        kind.convert(text, None, None)


@pytest.mark.parametrize("text", ["1h", "2025-04-18"])
def test_a_reference_is_no_moment(text: str) -> None:
    assert REFERENCE.convert("0:17", None, None) == (0, 17)
    with pytest.raises(click.BadParameter):
        REFERENCE.convert(text, None, None)
