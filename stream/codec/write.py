"""Outcomes to Kafka records: CloudEvents in binary mode, and dead letters with their original bytes."""

from dataclasses import dataclass
from typing import Final

from stream.codec.json_text import to_json
from stream.codec.record import ATTEMPTS, TRACE_HEADERS, Header, Record
from stream.codec.version_1 import VERSION as VERSION_1
from stream.codec.version_1 import to_version_1
from stream.events import SCHEMA_VERSION, CleanArticle, DeadLetter, RejectedPage

DEAD_LETTER_HEADERS: Final = frozenset(
    {
        "error.stage",
        "error.type",
        "error.message",
        "source.topic",
        "source.partition",
        "source.offset",
        "article.id",
        "article.url",
        "pipeline.version",
        ATTEMPTS,
    }
)
CE_SOURCE: Final = b"/stream-cleaner"


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be produced for one outcome; the topic follows from the outcome."""

    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...]


def encode(
    outcome: CleanArticle | RejectedPage | DeadLetter, record: Record, schema_version: str = SCHEMA_VERSION
) -> Message:
    """The record to produce for an outcome: keys as they came (the page's address where there was none)."""
    if isinstance(outcome, DeadLetter):
        return dead_letter_message(outcome, record)
    kind = "clean-article" if isinstance(outcome, CleanArticle) else "rejected-page"
    headers: list[Header] = [
        ("ce_specversion", b"1.0"),
        ("ce_id", outcome.articleId.encode()),
        ("ce_source", CE_SOURCE),
        ("ce_type", f"stream-cleaner.{kind}.v{schema_version.partition('.')[0]}".encode()),
        ("content-type", b"application/json"),
    ]
    if outcome.url:
        headers.append(("ce_subject", outcome.url.encode("utf-8", "replace")))
    headers.extend(header for header in record.headers if header[0].lower() in TRACE_HEADERS)
    key = record.key if record.key is not None else (outcome.url or "").encode("utf-8", "replace") or None
    event = to_json(outcome)
    return Message(key, to_version_1(event) if schema_version == VERSION_1 else event, tuple(headers))


def dead_letter_message(letter: DeadLetter, record: Record) -> Message:
    """The raw page's own key, value and headers, plus what went wrong as headers."""
    added: dict[str, str] = {
        "error.stage": letter.error.stage,
        "error.type": letter.error.type,
        "error.message": letter.error.message,
        ATTEMPTS: str(letter.attempts),
        "pipeline.version": letter.pipelineVersion,
    }
    if letter.articleId is not None:
        added["article.id"] = letter.articleId
    if letter.url is not None:
        added["article.url"] = letter.url
    if letter.source is not None:
        added |= {
            "source.topic": letter.source.topic,
            "source.partition": str(letter.source.partition),
            "source.offset": str(letter.source.offset),
        }
    kept = tuple(header for header in record.headers if header[0] not in DEAD_LETTER_HEADERS)
    return Message(record.key, record.value, kept + tuple((k, v.encode("utf-8", "replace")) for k, v in added.items()))
