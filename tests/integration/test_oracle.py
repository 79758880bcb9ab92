"""The oracle that judges delivery sees every way of breaking the promise."""

import json

import pytest
from aiokafka.structs import ConsumerRecord

from tests.traffic import Kind, Outcomes, Output, Position


def output(offset: int, kind: Kind = "clean", key: bytes | None = b"k") -> Output:
    position = (0, offset)
    record = ConsumerRecord(
        topic=kind,
        partition=0,
        offset=0,
        timestamp=0,
        timestamp_type=0,
        key=key,
        value=json.dumps({}).encode(),
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=(),
    )
    return Output(kind, position, record)


PRODUCED: list[Position] = [(0, 0), (0, 1), (0, 2)]


def test_all_pages_once_in_order_is_the_promise_kept() -> None:
    Outcomes([output(0), output(1, "dead"), output(2, "rejected")]).check(PRODUCED)


@pytest.mark.parametrize(
    ("outputs", "complaint"),
    [
        ([output(0), output(2)], "1 of 3 pages lost"),
        ([output(0), output(1), output(2), output(3)], "without a page"),
        ([output(0), output(1), output(1, "dead"), output(2)], "two topics"),
        ([output(0), output(2), output(1)], "came after"),
        ([output(0), output(1), output(1), output(2)], "1 duplicates; at most 0"),
    ],
)
def test_a_broken_promise_is_named(outputs: list[Output], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        Outcomes(outputs).check(PRODUCED)


def test_a_repeat_after_a_restart_is_a_duplicate_but_not_out_of_order() -> None:
    Outcomes([output(0), output(1), output(0), output(1), output(2)]).check(PRODUCED, most_duplicates=2)


def test_pages_under_different_keys_may_overtake_each_other() -> None:
    Outcomes([output(1, key=b"a"), output(0, key=b"b"), output(2, key=b"a")]).check(PRODUCED)
