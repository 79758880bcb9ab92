"""A Kafka record as the pipeline takes it."""

from dataclasses import dataclass
from typing import Final

from stream.events import Source

Header = tuple[str, bytes]

ATTEMPTS: Final = "attempts"
TRACE_HEADERS: Final = frozenset({"traceparent", "tracestate"})


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


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
