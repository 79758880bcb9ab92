"""A dead letter is read back as what it was, and chosen by what it says."""

import pytest
from aiokafka import ConsumerRecord
from hypothesis import given
from hypothesis import strategies as st

from stream.cli.dead_letters.letters import Choice, Letter
from stream.codec.record import Record
from stream.codec.write import DEAD_LETTER_HEADERS, Message, dead_letter_message
from stream.events import DeadLetter, PageError, Source

BROKEN = PageError(stage="decode", type="UndecodableContent", message="no charset")
SOURCE = Source(topic="raw-pages", partition=2, offset=8)

names = st.text(max_size=20).filter(lambda name: name not in DEAD_LETTER_HEADERS)
headers = st.lists(st.tuples(names, st.binary(max_size=20)), max_size=5).map(tuple)
records = st.builds(Record, st.none() | st.binary(max_size=50), st.none() | st.binary(max_size=20), headers)


def read_back(message: Message) -> Letter:
    return Letter.of(ConsumerRecord("dead", 0, 17, 1000, 0, message.key, message.value, None, 0, 0, message.headers))


def letter(record: Record | None = None, error: PageError = BROKEN, attempts: int = 1) -> Letter:
    event = DeadLetter(articleId="ab", error=error, attempts=attempts, source=SOURCE, pipelineVersion="1")
    return read_back(dead_letter_message(event, record or Record(b"page")))


@given(records, st.integers(1, 99))
def test_the_page_comes_back_as_it_was_with_its_attempts_counted(record: Record, attempts: int) -> None:
    found = letter(record, attempts=attempts)
    assert (found.record.value, found.record.key) == (record.value, record.key)
    assert tuple(found.headers) == record.headers
    assert (found.error, found.source, found.attempts) == (BROKEN, SOURCE, attempts)
    assert (found.article_id, found.pipeline_version) == ("ab", "1")
    assert found.record.attempts == attempts + 1  # what the next worker will count


@given(records)
def test_any_record_is_a_letter_and_one_without_source_is_foreign(record: Record) -> None:
    found = read_back(Message(record.key, record.value, record.headers))
    assert found.source is None
    assert found.error == PageError(stage="unknown", type="unknown", message="unknown")
    found.as_json()


@pytest.mark.parametrize(
    ("record", "url"),
    [
        (Record(b"x", headers=(("url", b"https://a.example/1"),)), "https://a.example/1"),
        (Record(b"x", headers=(("ce_subject", b"https://a.example/2"),)), "https://a.example/2"),
        (Record(b'{"url": "https://a.example/3", "content": 5}'), "https://a.example/3"),
        (Record(b'{"url": 5}'), None),
        (Record(b'{"url": "cut'), None),
        (Record(None), None),
    ],
)
def test_the_address_is_found_where_it_can_be_read(record: Record, url: str | None) -> None:
    assert letter(record).url == url


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), True),
        (Choice(stages=("read", "decode")), True),
        (Choice(stages=("read",)), False),
        (Choice(types=("UndecodableContent",)), True),
        (Choice(types=("undecodablecontent",)), False),
        (Choice(key="k"), True),
        (Choice(key="K"), False),
        (Choice(url="a.example"), True),
        (Choice(url="b.example"), False),
        (Choice(stages=("decode",), types=("Other",)), False),
    ],
)
def test_a_letter_is_chosen_when_every_filter_takes_it(choice: Choice, taken: bool) -> None:
    assert choice.takes(letter(Record(b"x", b"k", (("url", b"https://a.example/1"),)))) is taken
