"""Ids that a page keeps wherever it is cleaned, and loses when another version of the pipeline cleans it."""

import hashlib

from stream.cleaning.values import Payload
from stream.codec.record import Record


def article_id(payload: Payload, pipeline_version: str) -> str:
    """32 hex digits (BLAKE2b-128) over the raw event's meaning and the pipeline's version.

    The three input forms of one page give one id; Kafka's offsets stay out, so a replayed page keeps its id.
    """
    page = payload.page
    content = payload.content.encode("utf-8", "surrogatepass") if isinstance(payload.content, str) else payload.content
    return _digest(
        content, pipeline_version, page.recordId, page.url, page.fetchedAt, page.contentType, page.contentEncoding
    )


def record_id(record: Record, pipeline_version: str) -> str:
    """The id of a record that was not read as a page: over its bytes and its place in Kafka."""
    source = record.source
    place = f"{source.topic}/{source.partition}/{source.offset}" if source else None
    return _digest(record.value or b"", pipeline_version, place)


def _digest(content: bytes, *parts: str | None) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        encoded = (part or "").encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    digest.update(content)
    return digest.hexdigest()
