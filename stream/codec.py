"""Events to and from Kafka records: three forms of raw page in, CloudEvents binary mode out."""

import base64
import binascii
import json
import re
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from stream.claim_check import read_reference
from stream.cleaning.blocks import Payload, Rejection
from stream.events import (
    SCHEMA_VERSION,
    CleanArticle,
    DeadLetter,
    RawPage,
    RejectedPage,
    RejectionReason,
    Source,
)
from stream.settings import Settings

Header = tuple[str, bytes]

ATTEMPTS: Final = "attempts"
TRACE_HEADERS: Final = frozenset({"traceparent", "tracestate"})
DEAD_LETTER_HEADERS: Final = frozenset(
    {"error.stage", "error.type", "error.message", "source.topic", "source.partition", "source.offset", ATTEMPTS}
)
CE_SOURCE: Final = b"/stream-cleaner"
_SURROGATES = re.compile("[\ud800-\udfff]")
_encoder = msgspec.json.Encoder()  # of nested dataclasses with slots in 0.6 of the time that orjson takes


class InvalidEvent(ValueError):
    """A record is no raw page: broken JSON, wrong types, no content, or a schema version that is not read here."""


@dataclass(frozen=True, slots=True)
class Record:
    """A Kafka record as it was consumed.

    ``source`` and ``timestamp`` (the record's, in seconds since 1970) are None for pages that are not from Kafka.
    """

    value: bytes | None
    key: bytes | None = None
    headers: tuple[Header, ...] = ()
    source: Source | None = None
    timestamp: float | None = None

    @property
    def attempts(self) -> int:
        """How often this page has been tried, this time included (a replayed dead letter carries its count)."""
        text = self.header(ATTEMPTS) or ""
        return int(text) + 1 if text.isdecimal() and len(text) < 10 else 1

    def header(self, name: str) -> str | None:
        """The first header of that name (names compare without case), or None."""
        return next((_text(value) for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be produced for one outcome; the topic follows from the outcome."""

    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...]


class Read:
    """Stage: ``Record`` -> ``Payload``. Tells the three forms apart and brings the content to hand."""

    name = "read"
    version = "1"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, record: Record) -> Payload | Rejection:
        if record.value is None:
            return Rejection(RejectionReason.EMPTY, "the record has a null value (tombstone)")
        if record.header("ce_specversion") is not None and not _is_json(record.header("content-type")):
            return Payload(_cloud_event_page(record), record.value)
        if _is_json(record.header("content-type")) or _looks_like_event(record):
            return self._payload(_decode_event(record.value))
        return Payload(_bare_page(record), record.value)

    def _payload(self, page: RawPage) -> Payload:
        """Take the content out of the event, so that no copy of it travels on with the page's fields."""
        given = [name for name in ("content", "contentBase64", "contentRef") if getattr(page, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise InvalidEvent(f"exactly one of content, contentBase64 and contentRef must be set; found {found}")
        bare = replace(page, content=None, contentBase64=None, contentRef=None)
        if page.content is not None:
            return Payload(bare, page.content)
        if page.contentBase64 is not None:
            return Payload(bare, _from_base64(page.contentBase64))
        assert page.contentRef is not None
        settings = self._settings
        content = read_reference(
            page.contentRef, settings.content_ref_prefixes, settings.max_decoded_bytes, settings.content_ref_timeout
        )
        return Payload(bare, content)


def encode(outcome: CleanArticle | RejectedPage | DeadLetter, record: Record) -> Message:
    """The record to produce for an outcome: keys as they came (the page's address where there was none)."""
    if isinstance(outcome, DeadLetter):
        return dead_letter_message(outcome, record)
    kind = "clean-article" if isinstance(outcome, CleanArticle) else "rejected-page"
    headers: list[Header] = [
        ("ce_specversion", b"1.0"),
        ("ce_id", outcome.articleId.encode()),
        ("ce_source", CE_SOURCE),
        ("ce_type", f"stream-cleaner.{kind}.v{SCHEMA_VERSION.partition('.')[0]}".encode()),
        ("content-type", b"application/json"),
    ]
    if outcome.url:
        headers.append(("ce_subject", outcome.url.encode("utf-8", "replace")))
    headers.extend(header for header in record.headers if header[0].lower() in TRACE_HEADERS)
    key = record.key if record.key is not None else (outcome.url or "").encode("utf-8", "replace") or None
    return Message(key, to_json(outcome), tuple(headers))


def dead_letter_message(letter: DeadLetter, record: Record) -> Message:
    """The raw page's own key, value and headers, plus what went wrong as headers."""
    added: dict[str, str] = {
        "error.stage": letter.error.stage,
        "error.type": letter.error.type,
        "error.message": letter.error.message,
        ATTEMPTS: str(letter.attempts),
    }
    if letter.source is not None:
        added |= {
            "source.topic": letter.source.topic,
            "source.partition": str(letter.source.partition),
            "source.offset": str(letter.source.offset),
        }
    kept = tuple(header for header in record.headers if header[0] not in DEAD_LETTER_HEADERS)
    return Message(record.key, record.value, kept + tuple((k, v.encode("utf-8", "replace")) for k, v in added.items()))


def to_json(event: Any) -> bytes:
    """An event as UTF-8 JSON; lone surrogates, which UTF-8 cannot hold, become U+FFFD."""
    try:
        return _encoder.encode(event)
    except UnicodeEncodeError:
        return _encoder.encode(without_surrogates(msgspec.to_builtins(event)))


def without_surrogates(value: Any) -> Any:
    """The same nested lists and dictionaries with every lone surrogate replaced by U+FFFD."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list | tuple):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    return value


_page_decoder = msgspec.json.Decoder(RawPage)


def _decode_event(value: bytes) -> RawPage:
    try:
        page = _page_decoder.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        page = _decode_with_surrogates(value, error)
    version = (page.schemaVersion or SCHEMA_VERSION).partition(".")[0]
    if version != SCHEMA_VERSION.partition(".")[0]:
        raise InvalidEvent(f"schemaVersion {page.schemaVersion!r} is not read here; this worker reads {SCHEMA_VERSION}")
    return page


def _decode_with_surrogates(value: bytes, error: Exception) -> RawPage:
    """Second chance: producers in Python and JavaScript write half surrogate pairs, which strict decoders refuse."""
    if isinstance(error, msgspec.ValidationError):
        raise InvalidEvent(f"the event does not fit the raw-page schema: {error}") from None
    try:
        return msgspec.convert(without_surrogates(json.loads(value)), RawPage)
    except msgspec.ValidationError as invalid:
        raise InvalidEvent(f"the event does not fit the raw-page schema: {invalid}") from None
    except ValueError:
        raise InvalidEvent(f"the event is not valid JSON: {error}") from None


def _cloud_event_page(record: Record) -> RawPage:
    """CloudEvents binary mode: the attributes in ``ce_*`` headers, the page's bytes as the value."""
    return RawPage(
        url=record.header("ce_subject") or record.header("url"),
        contentType=record.header("content-type"),
        contentEncoding=record.header("content-encoding"),
        fetchedAt=record.header("ce_time"),
        httpStatus=_status(record.header("http-status") or record.header("ce_httpstatus")),
        source=record.header("ce_source"),
        recordId=record.header("ce_id"),
    )


def _bare_page(record: Record) -> RawPage:
    return RawPage(
        url=record.header("url"),
        contentType=record.header("content-type"),
        contentEncoding=record.header("content-encoding"),
        fetchedAt=record.header("fetched-at"),
        httpStatus=_status(record.header("http-status")),
        source=record.header("source"),
        recordId=record.header("record-id"),
    )


def _looks_like_event(record: Record) -> bool:
    return (
        record.header("content-type") is None and (record.value or b"")[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    )


def _is_json(content_type: str | None) -> bool:
    media = (content_type or "").partition(";")[0].strip().lower()
    return media == "application/json" or media.endswith("+json")


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidEvent(f"contentBase64 is not base64: {error}") from None


def _status(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[1-5][0-9]{2}", text) else None


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
