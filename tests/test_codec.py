"""Records to pages and outcomes to records: the three input forms, second chances, and untouched dead letters."""

import base64
from contextlib import suppress

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.values import Payload, Rejection
from stream.codec.json_text import to_json
from stream.codec.read import InvalidEvent, Read
from stream.codec.record import Record
from stream.codec.write import encode
from stream.events import DeadLetter, PageError, RawPage, RejectedPage, RejectionReason, Source
from stream.settings import Settings

read = Read(Settings())
HTML = b"<html><body><p>A page.</p></body></html>"


def payload_of(record: Record) -> Payload:
    payload = read(record)
    assert isinstance(payload, Payload)
    return payload


def test_a_json_event_gives_its_fields_and_its_content_once() -> None:
    payload = payload_of(Record(b'{"url": "https://a.example/", "content": "<p>x</p>", "recordId": "7"}'))
    assert payload.content == "<p>x</p>"
    assert (payload.page.url, payload.page.recordId, payload.page.content) == ("https://a.example/", "7", None)


def test_base64_content_becomes_bytes() -> None:
    event = {"contentBase64": base64.b64encode(HTML).decode()}
    assert payload_of(Record(orjson.dumps(event))).content == HTML


def test_cloudevents_headers_become_the_fields_of_a_page() -> None:
    headers = (
        ("ce_specversion", b"1.0"),
        ("ce_id", b"r-1"),
        ("ce_source", b"crawler"),
        ("ce_subject", b"https://a.example/1"),
        ("ce_time", b"2025-04-18T17:40:00Z"),
        ("content-type", b"text/html; charset=utf-8"),
    )
    payload = payload_of(Record(HTML, headers=headers))
    assert payload.content == HTML
    assert payload.page == RawPage(
        url="https://a.example/1",
        contentType="text/html; charset=utf-8",
        fetchedAt="2025-04-18T17:40:00Z",
        source="crawler",
        recordId="r-1",
    )


def test_a_bare_page_keeps_its_bytes_and_optional_headers() -> None:
    payload = payload_of(Record(HTML, headers=(("URL", b"https://a.example/"), ("http-status", b"404"))))
    assert payload.content == HTML
    assert (payload.page.url, payload.page.httpStatus) == ("https://a.example/", 404)


def test_a_bare_page_that_begins_with_a_brace_is_text_when_its_header_says_so() -> None:
    record = Record(b"{not json} but text", headers=(("content-type", b"text/plain"),))
    assert payload_of(record).content == b"{not json} but text"


def test_a_tombstone_is_rejected_as_empty() -> None:
    verdict = read(Record(None))
    assert isinstance(verdict, Rejection)
    assert verdict.reason is RejectionReason.EMPTY


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (b'{"content": ', "not valid JSON"),
        (b'{"content": 7}', "does not fit"),
        (b'{"url": "https://a.example/"}', "found none"),
        (b'{"content": "x", "contentBase64": "eA=="}', "content and contentBase64"),
        (b'{"contentBase64": "%%%"}', "not base64"),
        (b'{"content": "x", "schemaVersion": "9.0"}', "schemaVersion"),
        (b'{"contentRef": "file:///etc/passwd"}', "not allowed"),
    ],
)
def test_what_is_no_event_says_why(value: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(Record(value))


def test_half_a_surrogate_pair_does_not_lose_the_page() -> None:
    assert payload_of(Record(b'{"content": "a\\ud83d b"}')).content == "a\ufffd b"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_page_or_an_invalid_event(value: bytes) -> None:
    with suppress(InvalidEvent, RecursionError):
        assert isinstance(read(Record(value)), Payload)


def test_a_rejected_page_goes_out_as_a_cloudevent_with_the_trace_of_its_input() -> None:
    page = RejectedPage(
        articleId="ab", url="https://a.example/", reason=RejectionReason.EMPTY, evidence="", pipelineVersion="1"
    )
    trace = ("traceparent", b"00-1-2-01")
    message = encode(page, Record(b"", headers=(trace, ("other", b"x"))))
    headers = dict(message.headers)
    assert message.key == b"https://a.example/"
    assert headers["ce_id"] == b"ab"
    assert headers["ce_type"] == b"stream-cleaner.rejected-page.v2"
    assert headers["traceparent"] == b"00-1-2-01"
    assert "other" not in headers
    assert msgspec.json.decode(message.value or b"", type=RejectedPage) == page


def test_a_dead_letter_keeps_value_key_and_headers_and_replaces_an_older_error() -> None:
    original = (("x", b"\xff"), ("attempts", b"2"), ("error.type", b"Old"), ("x", b"again"))
    record = Record(b"\x00raw", key=b"", headers=original, source=Source(topic="t", partition=1, offset=9))
    letter = DeadLetter(
        error=PageError(stage="decode", type="New", message="m"),
        articleId="ab",
        url="https://a.example/ä",
        attempts=record.attempts,
        source=record.source,
        pipelineVersion="1.0+ab",
    )
    message = encode(letter, record)
    assert (message.key, message.value) == (b"", b"\x00raw")
    assert [header for header in message.headers if header[0] == "x"] == [("x", b"\xff"), ("x", b"again")]
    headers = dict(message.headers)
    assert headers["attempts"] == b"3"
    assert headers["error.type"] == b"New"
    assert (headers["source.topic"], headers["source.partition"], headers["source.offset"]) == (b"t", b"1", b"9")
    assert (headers["article.id"], headers["pipeline.version"]) == (b"ab", b"1.0+ab")
    assert headers["article.url"] == "https://a.example/ä".encode()


@given(st.text(st.characters(), max_size=50))
def test_any_text_can_be_written_as_json(text: str) -> None:
    assert isinstance(orjson.loads(to_json(RawPage(url=text)))["url"], str)
