"""Tells the metrics, the log, the traces and the health checks what becomes of the pages."""

import logging
import time
from collections.abc import Callable

from stream.codec.record import Record
from stream.events import DeadLetter
from stream.observe.health import Health
from stream.observe.metrics import Metrics
from stream.observe.tracing import Tracing
from stream.outcome import Finished, OutcomeKind

logger = logging.getLogger(__name__)


class Reporter:
    """``in_flight`` gives the number of pages read and not yet delivered."""

    def __init__(self, metrics: Metrics, health: Health, tracing: Tracing, in_flight: Callable[[], int]) -> None:
        self._metrics = metrics
        self._health = health
        self._tracing = tracing
        self._in_flight = in_flight

    def consumed(self, record: Record) -> None:
        """A page was taken into the window."""
        source = record.source
        assert source is not None, "it came from Kafka"
        self._tracing.consumed(record)
        self._metrics.consumed(source.topic, source.partition, len(record.value or b""))
        self._metrics.in_flight(self._in_flight())

    def cleaned(self) -> None:
        """The pool is done with a page, however it ended."""
        self._health.progressed()

    def delivered(self, finished: Finished, record: Record, publish_seconds: float) -> None:
        """The broker has a page's output, so long after it was handed to the producer."""
        since = (finished.facts and finished.facts.fetched_at) or record.timestamp
        self._metrics.published(publish_seconds)
        self._metrics.finished(finished.kind, time.time() - since if since else None)
        self._metrics.in_flight(self._in_flight())
        self._metrics.stages(finished.stages)
        if finished.letter is not None:
            self._log(finished.letter, record)
        self._tracing.delivered(record, finished.kind, finished.stages)
        self._count(finished)

    def dropped(self, pages: int) -> None:
        """Partitions moved away: pages in flight were forgotten, and all traces with them."""
        self._tracing.forget()
        if pages:
            self._metrics.dropped(pages)
            self._metrics.in_flight(self._in_flight())
            logger.warning("%d pages in flight were given back unfinished; their next owner cleans them", pages)

    def _count(self, finished: Finished) -> None:
        facts = finished.facts
        if finished.letter is not None:
            self._metrics.dead_lettered(finished.letter.error.stage, finished.letter.error.type)
        elif finished.kind is OutcomeKind.CLEANED and facts is not None:
            self._metrics.article(facts)
        elif finished.reason is not None:
            self._metrics.rejected(finished.reason, *((facts.publisher, facts.kind) if facts else ()))

    def _log(self, letter: DeadLetter, record: Record) -> None:
        """One line for each dead letter; without the error's message, which may quote the page."""
        source, error = record.source, letter.error
        assert source is not None, "it came from Kafka"
        at = {"topic": source.topic, "partition": source.partition, "offset": source.offset}
        logger.warning(
            "dead letter: %s/%d at offset %d broke in %s: %s",
            *at.values(),
            error.stage,
            error.type,
            extra={**at, "stage": error.stage, "errorType": error.type, "traceId": self._tracing.trace_id(record)},
        )
