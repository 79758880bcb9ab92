"""A page's way as one OpenTelemetry trace, from the producer's ``traceparent`` on; an optional extra, off by default.

OpenTelemetry's own environment variables configure it: ``OTEL_EXPORTER_OTLP_ENDPOINT`` turns it on,
``OTEL_TRACES_SAMPLER`` and ``OTEL_TRACES_SAMPLER_ARG`` say which pages are traced.
"""

import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from stream.codec.record import TRACE_HEADERS, Header, Record
from stream.events import Source
from stream.outcome import OutcomeKind
from stream.version import __version__

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
NANOSECONDS = 1_000_000_000
TRACEPARENT = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*")  # W3C Trace Context


class TracingUnavailable(RuntimeError):
    """Traces are asked for, but the extra is not installed."""


class Tracing(Protocol):
    """What the service tells of a page; every page ends in ``delivered`` or is forgotten."""

    def consumed(self, record: Record) -> None:
        """The page was read."""

    def publishing(self, record: Record, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        """The output is handed to the producer; returns its headers, so that subscribers continue the trace."""

    def delivered(self, record: Record, outcome: OutcomeKind, stages: Iterable[tuple[str, float]]) -> None:
        """The broker has the output; ``stages`` pairs names with CPU seconds."""

    def trace_id(self, record: Record) -> str | None:
        """What a log line about the page carries: 32 hexadecimal digits; None where it has no trace."""

    def forget(self) -> None:
        """The pages in flight went to another worker."""

    def stop(self) -> None:
        """Send what is left."""


class NoTracing:
    """Traces are off: nothing is kept and nothing is imported. Log lines still name the producer's trace."""

    def consumed(self, record: Record) -> None: ...

    def publishing(self, record: Record, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        return headers

    def delivered(self, record: Record, outcome: OutcomeKind, stages: Iterable[tuple[str, float]]) -> None: ...

    def trace_id(self, record: Record) -> str | None:
        found = TRACEPARENT.fullmatch(dict(record.headers).get("traceparent", b""))
        return found[1].decode() if found else None

    def forget(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(slots=True)
class _TracedPage:
    span: "Span"
    publish: "Span | None" = None
    publish_begin: int = 0


class PageTracing:
    """One span for a page, and below it one for each stage and one for the publishing."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._tracer = provider.get_tracer("stream", __version__)
        self._propagator = TraceContextTextMapPropagator()
        self._pages: dict[Source, _TracedPage] = {}

    def consumed(self, record: Record) -> None:
        from opentelemetry.trace import SpanKind

        if record.source is None:
            return
        carrier = {name: value.decode("ascii", "replace") for name, value in record.headers if name in TRACE_HEADERS}
        span = self._tracer.start_span(
            f"process {record.source.topic}",
            context=self._propagator.extract(carrier),
            kind=SpanKind.CONSUMER,
            attributes={
                "messaging.system": "kafka",
                "messaging.operation.type": "process",
                "messaging.destination.name": record.source.topic,
                "messaging.destination.partition.id": str(record.source.partition),
                "messaging.kafka.offset": record.source.offset,
            },
        )
        self._pages[record.source] = _TracedPage(span)

    def publishing(self, record: Record, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        from opentelemetry.trace import SpanKind, set_span_in_context

        page = self._page(record)
        if page is None:
            return headers
        if page.publish is None:
            page.publish_begin = time.time_ns()
            page.publish = self._tracer.start_span(
                "publish", set_span_in_context(page.span), SpanKind.PRODUCER, start_time=page.publish_begin
            )
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier, set_span_in_context(page.publish))
        kept = tuple(header for header in headers if header[0] not in TRACE_HEADERS)
        return kept + tuple((name, value.encode("ascii")) for name, value in carrier.items())

    def delivered(self, record: Record, outcome: OutcomeKind, stages: Iterable[tuple[str, float]]) -> None:
        from opentelemetry.trace import StatusCode

        page = self._page(record)
        if page is None or record.source is None:
            return
        del self._pages[record.source]
        if page.span.is_recording():
            self._add_stages(page, list(stages))
            page.span.set_attribute("stream_cleaner.outcome", outcome)
            if outcome is OutcomeKind.DEAD_LETTERED:
                page.span.set_status(StatusCode.ERROR)
        if page.publish is not None:
            page.publish.end()
        page.span.end()

    def trace_id(self, record: Record) -> str | None:
        page = self._page(record)
        return f"{page.span.get_span_context().trace_id:032x}" if page else None

    def forget(self) -> None:
        self._pages.clear()

    def stop(self) -> None:
        self._provider.shutdown()

    def _page(self, record: Record) -> _TracedPage | None:
        return self._pages.get(record.source) if record.source else None

    def _add_stages(self, page: _TracedPage, stages: list[tuple[str, float]]) -> None:
        """Lay the stages end to end before the publishing: their order and CPU time are known, their clock is not."""
        from opentelemetry.trace import set_span_in_context

        context = set_span_in_context(page.span)
        total = sum(seconds for _, seconds in stages)
        at = (page.publish_begin or time.time_ns()) - int(total * NANOSECONDS)
        for name, seconds in stages:
            end = at + int(seconds * NANOSECONDS)
            self._tracer.start_span(name, context, start_time=at).end(end)
            at = end


def from_environment(environ: Mapping[str, str] | None = None) -> Tracing:
    """Traces to the collector that the environment names; without one, none. Raises ``TracingUnavailable``."""
    environ = os.environ if environ is None else environ
    if not any(environ.get(name) for name in ENDPOINTS) or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return NoTracing()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise TracingUnavailable(
            f"OTEL_EXPORTER_OTLP_ENDPOINT asks for traces, but {error.name} is missing: install stream-cleaner[tracing]"
        ) from None
    service = environ.get("OTEL_SERVICE_NAME", "stream-cleaner")
    provider = TracerProvider(resource=Resource.create({"service.name": service, "service.version": __version__}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return PageTracing(provider)
