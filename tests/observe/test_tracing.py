"""A page's trace, received by a real OTLP collector's door in this very process."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from stream.codec.record import Record
from stream.events import Source
from stream.observe import tracing
from stream.outcome import OutcomeKind
from tests.brokers import Broker, wait_until
from tests.traffic import Page, Topics, Traffic
from tests.workers import Worker

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"
SAMPLED = f"00-{TRACE}-{PARENT}-01".encode()
NOT_SAMPLED = f"00-{TRACE}-{PARENT}-00".encode()
STAGES = (("decode", 0.001), ("segment", 0.003))


class Collector:
    """Receives spans over OTLP/HTTP on loopback."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        spans = self.spans

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
                for resource in request.resource_spans:
                    for scope in resource.scope_spans:
                        spans.extend(scope.spans)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class' name)
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self.server.server_port}"}

    def named(self, name: str) -> Span:
        (span,) = [span for span in self.spans if span.name == name]
        return span


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


@pytest.fixture
def on(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> tracing.Tracing:
    """Tracing to the collector, as the environment turns it on."""
    for name, value in collector.environment.items():
        monkeypatch.setenv(name, value)
    return tracing.from_environment()


def record(traceparent: bytes | None, offset: int = 7) -> Record:
    headers = (("traceparent", traceparent),) if traceparent else ()
    return Record(b"page", None, headers, Source(topic="raw-pages", partition=1, offset=offset))


def test_a_page_is_one_trace_from_its_producer_to_its_subscriber(on: tracing.Tracing, collector: Collector) -> None:
    page = record(SAMPLED)
    on.consumed(page)
    headers = dict(on.publishing(page, (*page.headers, ("ce_id", b"1"))))
    on.delivered(page, OutcomeKind.CLEANED, STAGES)
    on.stop()

    process, publish = collector.named("process raw-pages"), collector.named("publish")
    assert {span.trace_id.hex() for span in collector.spans} == {TRACE}
    assert process.parent_span_id.hex() == PARENT
    assert {span.parent_span_id for span in collector.spans if span is not process} == {process.span_id}
    assert headers["traceparent"].decode() == f"00-{TRACE}-{publish.span_id.hex()}-01"
    assert headers["ce_id"] == b"1"
    decode, segment = collector.named("decode"), collector.named("segment")
    assert decode.end_time_unix_nano == segment.start_time_unix_nano
    assert segment.end_time_unix_nano - segment.start_time_unix_nano == 3_000_000
    assert segment.end_time_unix_nano <= publish.start_time_unix_nano
    assert {each.key for each in process.attributes} >= {"messaging.kafka.offset", "stream_cleaner.outcome"}


def test_a_page_whose_producer_does_not_sample_sends_nothing_and_keeps_its_trace(
    on: tracing.Tracing, collector: Collector
) -> None:
    page = record(NOT_SAMPLED)
    on.consumed(page)
    headers = dict(on.publishing(page, page.headers))
    on.delivered(page, OutcomeKind.CLEANED, STAGES)
    on.stop()
    assert collector.spans == []
    assert headers["traceparent"].decode().startswith(f"00-{TRACE}-")
    assert headers["traceparent"].endswith(b"-00")


def test_a_page_without_a_trace_starts_one(on: tracing.Tracing, collector: Collector) -> None:
    page = record(None)
    on.consumed(page)
    assert on.trace_id(page) == dict(on.publishing(page, ()))["traceparent"].decode().split("-")[1]
    on.delivered(page, OutcomeKind.REJECTED, STAGES)
    on.stop()
    assert collector.named("process raw-pages").parent_span_id == b""


def test_a_page_that_broke_is_an_error(on: tracing.Tracing, collector: Collector) -> None:
    page = record(SAMPLED)
    on.consumed(page)
    on.delivered(page, OutcomeKind.DEAD_LETTERED, ())
    on.stop()
    assert collector.named("process raw-pages").status.code == 2


def test_pages_that_went_to_another_worker_are_forgotten(on: tracing.Tracing, collector: Collector) -> None:
    page = record(SAMPLED)
    on.consumed(page)
    on.forget()
    assert on.publishing(page, page.headers) == page.headers
    on.delivered(page, OutcomeKind.CLEANED, STAGES)
    on.stop()
    assert collector.spans == []


def test_off_keeps_nothing_and_imports_nothing() -> None:
    off = tracing.from_environment({})
    page = record(SAMPLED)
    off.consumed(page)
    assert off.publishing(page, page.headers) is page.headers
    assert [off.trace_id(each) for each in (page, record(b"00-broken"), record(None))] == [TRACE, None, None]
    off.delivered(page, OutcomeKind.CLEANED, STAGES)
    code = "import sys, stream.observe.tracing as t; t.from_environment({}); sys.exit('opentelemetry' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(tracing.__file__).parents[2]).returncode == 0


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch, collector: Collector) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(tracing.TracingUnavailable, match=r"install stream-cleaner\[tracing\]"):
        tracing.from_environment(collector.environment)


@pytest.mark.broker
async def test_a_worker_continues_the_producers_trace(broker: Broker, collector: Collector, tmp_path: Path) -> None:
    topics = Topics()
    environment = {
        **topics.environment(),
        **collector.environment,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "STREAM_PIPELINE": "tests.faults.pipelines:echo",
    }
    worker = Worker(tmp_path, broker.bootstrap, environment)
    async with Traffic(broker.bootstrap, topics, partitions=1) as traffic:
        try:
            worker.start().wait_ready()
            await traffic.produce(Page(b'{"content": "hello"}', headers=(("traceparent", SAMPLED),)))
            (output,) = (await traffic.finish(seconds=60)).outputs
            assert worker.drain() == 0, worker.tail()
        finally:
            worker.end()
    wait_until(lambda: len(collector.spans) == 5, seconds=10, what="the spans of one page")
    assert sorted(span.name for span in collector.spans) == sorted(
        ["echo", "obey", f"process {topics.raw}", "publish", "read"]
    )
    assert {span.trace_id.hex() for span in collector.spans} == {TRACE}
    assert output.headers["traceparent"] == f"00-{TRACE}-{collector.named('publish').span_id.hex()}-01"
