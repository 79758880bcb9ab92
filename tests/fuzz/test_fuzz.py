"""A few seconds of ``make fuzz``, from the same place every time."""

import pytest
from hypothesis import HealthCheck, given, settings

from stream.codec.record import Record
from tests.fuzz.hostile import records
from tests.fuzz.invariants import Watched, check, lasting


@pytest.fixture(scope="module")
def pipeline() -> Watched:
    return Watched()


@given(record=records())
@settings(max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_whatever_arrives_becomes_one_sound_outcome(pipeline: Watched, record: Record) -> None:
    check(pipeline, record)
    assert lasting(pipeline(record).outcome) == lasting(pipeline(record).outcome)
