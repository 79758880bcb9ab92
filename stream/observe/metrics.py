"""The worker's Prometheus metrics: one registry, one method for each thing that happens.

Names are ``stream_cleaner_*`` in base units. Every label is bounded: partitions by the assignment, publishers by
``BusiestPublishers``, the rest by closed lists. Children are cached, because ``labels()`` costs as much as counting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.metrics import MetricWrapperBase

from stream.events import EntityType, PageKind, RejectionReason
from stream.facts import COVERED_FIELDS, PageFacts
from stream.observe.processes import ProcessTree
from stream.observe.publishers import OTHER, BusiestPublishers
from stream.outcome import OutcomeKind

RESTART_CAUSES = ("deadline", "died", "broken")
UNKNOWN_KIND = "unknown"  # of texts, and of pages that are rejected for something else
PUBLISHER_FIELDS = ("headline", "datePublished", "authors")  # what a template break loses first
UNKNOWN = "unknown"
PARTITION = ("topic", "partition")

# A page may break with any exception that Python has; these are the ones worth telling apart on a graph.
ERROR_TYPES = frozenset(
    {
        "InvalidEvent",
        "ClaimCheckError",
        "ClaimCheckUnavailable",
        "UndecodableContent",
        "DecodedTooLarge",
        "TooManyNodes",
        "DeadlineExceeded",
        "MemoryLimitExceeded",
        "ProcessDied",
        "OutputTooLarge",
        "RecursionError",
        "UnicodeDecodeError",
        "ValueError",
        "TypeError",
        "KeyError",
        "IndexError",
        "AttributeError",
        "AssertionError",
    }
)

STAGE_SECONDS = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 20)
PUBLISH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
AGE_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 86400, 7 * 86400)
PAGE_BYTES = tuple(1024 * 4**power for power in range(9))  # 1 KiB to 64 MiB
SHARES = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)

Kind = TypeVar("Kind", bound=MetricWrapperBase)
Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One metric as the generated table shows it."""

    name: str
    type: str
    labels: Labels
    meaning: str


class Series(dict[Labels, Kind], Generic[Kind]):
    """A metric's children by label values, made on first use."""

    def __init__(self, metric: Kind) -> None:
        super().__init__()
        self._metric = metric

    def __missing__(self, labels: Labels) -> Kind:
        child = self[labels] = self._metric.labels(*labels)
        return child

    def forget(self, labels: Labels) -> None:
        """Take a series off the page, so that it does not freeze at its last value."""
        if self.pop(labels, None) is not None:
            self._metric.remove(*labels)


class Metrics:
    """Counts what the service tells it. Not thread-safe: call it from the worker's event loop."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self.definitions: list[Definition] = []
        self._assigned: set[tuple[str, int]] = set()
        self._busiest = BusiestPublishers()
        # the conservation law, kept in plain numbers beside the counters
        self._unfinished = 0
        self._in_flight_pages = 0

        self._consumed = self._series(Counter, "consumed", "Raw pages read from Kafka.", "topic")
        self._partition_consumed = self._series(
            Counter, "partition_consumed", "Raw pages read from a partition that this worker has now.", *PARTITION
        )
        self._page_bytes = self._metric(
            Histogram, "page_bytes", "Size of raw pages as they came from Kafka.", buckets=PAGE_BYTES
        )
        self._finished = self._series(Counter, "finished", "Pages whose output was delivered, by outcome.", "outcome")
        self._dropped = self._metric(
            Counter, "dropped", "Pages in flight forgotten as their partition moved; its next owner reads them again."
        )
        self._age = self._metric(
            Histogram,
            "event_age_seconds",
            "From the page's fetchedAt (or its record's timestamp) to its delivery.",
            buckets=AGE_SECONDS,
        )
        self._rejected = self._series(Counter, "rejected", "Pages that are no article, by reason.", "reason")
        self._dead_lettered = self._series(
            Counter, "dead_lettered", "Pages that broke, by the stage and the type of error.", "stage", "type"
        )
        self._stage_seconds = self._series(
            Histogram, "stage_seconds", "CPU time of one stage on a page.", "stage", buckets=STAGE_SECONDS
        )
        self._publish_seconds = self._metric(
            Histogram,
            "publish_seconds",
            "From handing an output to the producer to the broker's confirmation.",
            buckets=PUBLISH_SECONDS,
        )
        in_flight = self._metric(Gauge, "in_flight_pages", "Pages read and not yet finished.")
        in_flight.set_function(lambda: self._in_flight_pages)
        self._window = self._metric(Gauge, "window_pages", "Most pages that may be in flight.")
        self._unaccounted = self._metric(
            Gauge, "unaccounted_pages", "Consumed less finished, dropped and in flight: other than 0, a page is lost."
        )
        self._unaccounted.set_function(lambda: self._unfinished - self._in_flight_pages)
        self._pool_restarts = self._series(Counter, "pool_restarts", "Cleaning processes replaced, by cause.", "cause")
        self._pool_size = self._metric(Gauge, "pool_processes", "Cleaning processes that the pool should have.")
        self._rebalances = self._metric(Counter, "rebalances", "Assignments received from the consumer group.")
        self._partitions = self._metric(Gauge, "assigned_partitions", "Partitions that this worker has now.")
        self._lag = self._series(Gauge, "lag_records", "Records not yet acknowledged in a partition.", *PARTITION)
        self._last_progress = self._series(
            Gauge,
            "last_progress_timestamp_seconds",
            "When the partition last had a page finished, or was assigned.",
            *PARTITION,
        )
        self._entities = self._series(Counter, "entities", "Entities in clean articles, by type.", "type")
        self._articles = self._series(Counter, "articles", "Clean articles, by language.", "language")
        self._kept = self._metric(
            Histogram, "kept_ratio", "Share of a page's visible text that is the article.", buckets=SHARES
        )
        self._fields = self._series(Counter, "fields", "Clean articles that have a field.", "field")
        self._publisher_pages = self._series(
            Counter,
            "publisher_pages",
            "Pages by publisher (the busiest; all others together) and outcome.",
            "publisher",
            "outcome",
        )
        self._publisher_fields = self._series(
            Counter, "publisher_fields", "Clean articles that have a field, by publisher.", "publisher", "field"
        )
        self._publisher_kinds = self._series(
            Counter, "publisher_kinds", "Pages by publisher and by what they are.", "publisher", "kind"
        )
        self._build = self._series(
            Gauge,
            "build_info",
            "Always 1; says which software and models run, and whether the inner loops are compiled.",
            "version",
            "pipeline_version",
            "native",
        )
        self.registry.register(ProcessTree())
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._start_at_zero()

    def consumed(self, topic: str, partition: int, size: int) -> None:
        """A raw page of ``size`` bytes was read."""
        self._unfinished += 1
        self._consumed[(topic,)].inc()
        self._page_bytes.observe(size)
        if (topic, partition) in self._assigned:
            self._partition_consumed[(topic, str(partition))].inc()

    def finished(self, outcome: OutcomeKind, event_age_seconds: float | None) -> None:
        """A page's output was delivered; its age is unknown where neither page nor record carries a time."""
        self._unfinished -= 1
        self._finished[(outcome,)].inc()
        if event_age_seconds is not None:
            self._age.observe(max(event_age_seconds, 0.0))

    def dropped(self, pages: int) -> None:
        """Pages in flight were forgotten, because their partitions moved to another worker."""
        self._unfinished -= pages
        self._dropped.inc(pages)

    def rejected(self, reason: str, publisher: str | None = None, kind: str | None = None) -> None:
        """A page was no article; ``reason`` is a value of ``RejectionReason``, ``kind`` one of ``PageKind``."""
        self._rejected[(reason,)].inc()
        if publisher:
            label = self._publisher(publisher)
            self._publisher_pages[(label, OutcomeKind.REJECTED)].inc()
            self._publisher_kinds[(label, kind or UNKNOWN_KIND)].inc()

    def dead_lettered(self, stage: str, error_type: str) -> None:
        """A page broke ``stage``; error types that nobody looks for are counted as ``other``."""
        self._dead_lettered[(stage, error_type if error_type in ERROR_TYPES else OTHER)].inc()

    def stages(self, runs: Iterable[tuple[str, float]]) -> None:
        """The stages that a page went through, each with its CPU seconds."""
        for name, seconds in runs:
            self._stage_seconds[(name,)].observe(seconds)

    def published(self, seconds: float) -> None:
        """The broker confirmed an output after ``seconds``."""
        self._publish_seconds.observe(seconds)

    def in_flight(self, pages: int) -> None:
        """How many pages are read and not yet finished."""
        self._in_flight_pages = pages

    def capacity(self, window_pages: int, pool_processes: int) -> None:
        """How many pages may be in flight, and how many processes clean them: what saturation is measured against."""
        self._window.set(window_pages)
        self._pool_size.set(pool_processes)

    def pool_restarted(self, cause: str) -> None:
        """A cleaning process was replaced; ``cause`` is one of ``RESTART_CAUSES``."""
        self._pool_restarts[(cause,)].inc()

    def rebalanced(self) -> None:
        """The consumer group gave this worker a new assignment."""
        self._rebalances.inc()

    def assigned(self, partitions: set[tuple[str, int]]) -> None:
        """This worker has exactly these partitions now; series of those that moved away are removed."""
        for topic, partition in self._assigned - partitions:
            for series in (self._lag, self._last_progress, self._partition_consumed):
                series.forget((topic, str(partition)))
        for topic, partition in partitions - self._assigned:
            self._last_progress[(topic, str(partition))].set_to_current_time()
        self._assigned = set(partitions)
        self._partitions.set(len(partitions))

    def lag(self, topic: str, partition: int, records: int) -> None:
        """How many records the partition holds behind what is acknowledged; ignored once the partition moved away."""
        if (topic, partition) in self._assigned:
            self._lag[(topic, str(partition))].set(records)

    def progress(self, topic: str, partition: int) -> None:
        """A page of the partition was finished just now; ignored once the partition moved away."""
        if (topic, partition) in self._assigned:
            self._last_progress[(topic, str(partition))].set_to_current_time()

    def article(self, facts: PageFacts) -> None:
        """A clean article was delivered: count what is in it."""
        for kind, count in facts.entities.items():
            self._entities[(kind,)].inc(count)
        self._articles[(_language(facts.language),)].inc()
        if facts.kept_share is not None:
            self._kept.observe(facts.kept_share)
        for name in facts.fields:
            self._fields[(name,)].inc()
        if facts.publisher:
            publisher = self._publisher(facts.publisher)
            self._publisher_pages[(publisher, OutcomeKind.CLEANED)].inc()
            self._publisher_kinds[(publisher, facts.kind or UNKNOWN_KIND)].inc()
            for name in PUBLISHER_FIELDS:
                self._publisher_fields[(publisher, name)].inc(name in facts.fields)

    def build_info(self, version: str, pipeline_version: str, native: str) -> None:
        """Which software, models and half of the inner loops this worker runs."""
        self._build[(version, pipeline_version, native)].set(1)

    def render(self) -> tuple[bytes, str]:
        """The body and the content type of ``/metrics``."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST

    def _publisher(self, publisher: str) -> str:
        for gone in self._busiest.review():
            for outcome in OutcomeKind:
                self._publisher_pages.forget((gone, outcome))
            for name in PUBLISHER_FIELDS:
                self._publisher_fields.forget((gone, name))
            for kind in (*PageKind, UNKNOWN_KIND):
                self._publisher_kinds.forget((gone, kind))
        return self._busiest.label(publisher)

    def _start_at_zero(self) -> None:
        """Create every series whose labels are known, so that its first event is seen as an increase from 0."""
        for outcome in OutcomeKind:
            self._finished[(outcome,)].inc(0)
        for reason in RejectionReason:
            self._rejected[(reason.value,)].inc(0)
        for cause in RESTART_CAUSES:
            self._pool_restarts[(cause,)].inc(0)
        for kind in EntityType:
            self._entities[(kind.value,)].inc(0)
        for name in COVERED_FIELDS:
            self._fields[(name,)].inc(0)

    def _series(self, kind: type[Kind], name: str, meaning: str, *labels: str, **options: Any) -> Series[Kind]:
        return Series(self._metric(kind, name, meaning, labels, **options))

    def _metric(self, kind: type[Kind], name: str, meaning: str, labels: Labels = (), **options: Any) -> Kind:
        metric = kind(f"stream_cleaner_{name}", meaning, labels, registry=self.registry, **options)
        full_name = f"stream_cleaner_{name}" + ("_total" if kind is Counter else "")
        self.definitions.append(Definition(full_name, kind.__name__.lower(), labels, meaning))
        return metric


def _language(code: str | None) -> str:
    """A two-letter code (there are 184); anything else shares one label value."""
    if code is None:
        return UNKNOWN
    return code if len(code) == 2 and code.isascii() and code.isalpha() and code.islower() else OTHER
