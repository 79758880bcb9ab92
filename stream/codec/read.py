"""Kafka records to raw pages: the three forms, told apart, with their content brought to hand."""

import base64
import binascii
import json
import re
from dataclasses import replace

import msgspec

from stream.cleaning.values import Payload, Rejection
from stream.codec.claim_check import read_reference
from stream.codec.json_text import without_surrogates
from stream.codec.record import Record
from stream.events import SCHEMA_VERSION, RawPage, RejectionReason
from stream.settings import Settings


class InvalidEvent(ValueError):
    """A record is no raw page: broken JSON, wrong types, no content, or a schema version that is not read here."""


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


READ_VERSIONS = ("1", "2")  # raw pages are the same in both

_page_decoder = msgspec.json.Decoder(RawPage)


def _decode_event(value: bytes) -> RawPage:
    try:
        page = _page_decoder.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        page = _decode_with_surrogates(value, error)
    version = (page.schemaVersion or SCHEMA_VERSION).partition(".")[0]
    if version not in READ_VERSIONS:
        raise InvalidEvent(
            f"schemaVersion {page.schemaVersion!r} is not read here; this worker reads {' and '.join(READ_VERSIONS)}"
        )
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
