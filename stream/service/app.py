"""The worker as a Faust app: raw pages in; clean articles, rejected pages and dead letters out.

    input topic -> agent -> Window.put -> PagePool -> Window publishes in order -> delivered -> offset committed

Faust reads, balances partitions and owns the producer. It acknowledges nothing: the topic is declared ``acks=False``
and offsets are committed from the window, because Faust acknowledges events that it skips during a rebalance and
commits past gaps (faust-streaming #606), either of which loses pages in a crash.
"""

import asyncio
import logging
import os
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, NoReturn, cast

import faust
from aiokafka.errors import (
    CommitFailedError,
    IllegalGenerationError,
    IllegalStateError,
    KafkaError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)
from aiokafka.structs import TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from stream import __version__
from stream.codec.record import Record
from stream.events import PageError, Source
from stream.kafka.clients import faust_credentials
from stream.kafka.topics import check_topics
from stream.observe import tracing
from stream.observe.health import Health
from stream.observe.metrics import Metrics
from stream.service.delivery.publisher import BATCH_BYTES, ENVELOPE_BYTES, AtLeastOnce, ExactlyOnce, Publisher, Route
from stream.service.delivery.window import Delivery, Partition, Window
from stream.service.http import Endpoint
from stream.service.pool.pool import PagePool
from stream.service.pool.process import Finished
from stream.settings import MIB, Settings

logger = logging.getLogger(__name__)

WATCH_SECONDS = 2.0
ANSWER_SECONDS = 5.0
CONFIRM_SECONDS = 1.0
LAST_SECONDS = 30.0  # for what else there is to stop, once pages in flight had their time
# Someone else owns the partition now, or will after the running rebalance, and reads on from the last commit.
_LOST_PARTITION = (
    CommitFailedError,
    IllegalStateError,
    IllegalGenerationError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)
# A fetch of aiokafka's 50 MiB is copied through memory that is new each time: 0.36 ms of CPU a page, against 0.25. A
# larger record comes whole all the same (KIP-74).
FETCH_BYTES = 4 * MIB


class WorkerStalled(RuntimeError):
    """Pages wait and none gets finished, for longer than ``STREAM_STALL_TIMEOUT``."""


class FetchingThread(AIOKafkaConsumerThread):
    """Faust's thread of the consumer, which fetches a few pages at a time; Faust has no setting for that."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_bytes = FETCH_BYTES
        return consumer


class OwnedConsumer(Consumer):
    """Faust's consumer, which makes sure of its partitions before it asks where to read on.

    Faust drops what it reads while partitions move and seeks back to the committed offsets. Where there are none it
    would stay behind what it dropped: a new group would lose its first pages to a rebalance.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received: dict[Partition, int] = {}  # the last offset that was handed on, since the last seek

    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return FetchingThread(self, loop=self.loop, beacon=self.beacon)

    async def getmany(self, timeout: float) -> AsyncIterator[Any]:
        async for partition, message in super().getmany(timeout):
            self.received[Partition(*partition)] = message.offset
            yield partition, message

    async def seek_to_committed(self) -> Any:
        self.received.clear()
        await cast(CleanerApp, self.app).take_over({Partition(*partition) for partition in self.assignment()})
        committed = await super().seek_to_committed()
        never = [partition for partition, offset in committed.items() if not offset]
        if never:
            await self._thread.seek_to_beginning(*never)
        return committed


class CleanerApp(faust.App):
    """One worker: a Faust app that owns a page pool, a delivery window and an HTTP endpoint."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.group, **_faust_settings(settings))
        self.settings = settings
        self.metrics = Metrics()
        self.health = Health(stall_seconds=settings.stall_timeout)
        self.pool = PagePool(settings, on_restart=self.metrics.pool_restarted)
        self.tracing = tracing.from_environment()
        self.endpoint = Endpoint(self.metrics, self.health, settings.http_host, settings.http_port)
        self.publisher: Publisher = _publisher(self)
        self.window: Window
        self._committed: dict[Partition, int] = {}
        cast(Any, self.on_partitions_revoked).connect(self._revoked)  # Faust's types ask for what it does not pass
        cast(Any, self.on_partitions_assigned).connect(self._assigned)

    def _new_transport(self) -> Any:
        transport = cast(Any, super()._new_transport())
        transport.Consumer = OwnedConsumer
        return transport

    async def on_first_start(self) -> None:
        """Start what must be there before the first page is read."""
        await self.endpoint.start()
        await check_topics(self.settings)
        await self.pool.start()
        self.health.pool_ready = True
        self.metrics.build_info(__version__, self.pool.pipeline_version)
        self.metrics.capacity(self.settings.window, self.settings.pool_size)
        self.window = Window(
            self._clean,
            self._publish,
            self._delivered,
            max_pages=self.settings.window,
            max_bytes=self.settings.in_flight_bytes,
        )
        self.window.failed.add_done_callback(lambda failed: self._fail(cast(BaseException, failed.exception())))
        await super().on_first_start()

    def _fail(self, error: BaseException) -> None:
        """Only a restart helps: stop, so that nothing behind what failed is committed, and a supervisor can act."""
        if self.health.failure is not None:
            return
        self.health.failure = f"{type(error).__name__}: {error}"
        # What stands still may not stop either.
        last_resort = threading.Timer(self.settings.drain_timeout + LAST_SECONDS, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()
        self.add_future(self.crash(error))

    async def on_stop(self) -> None:
        """Finish the pages in flight, commit them, and only then let Faust close its clients."""
        self.health.draining = True
        if self.health.pool_ready:
            await self._drain(self.settings.drain_timeout)
        await super().on_stop()
        await self.publisher.give_back()
        await self.pool.stop()
        await asyncio.to_thread(self.tracing.stop)
        await self.endpoint.stop()

    async def take(self, event: Any) -> None:
        """Take one consumed event into the window; waits while it is full, which is what holds Faust back."""
        message = event.message
        record = Record(
            value=message.value,
            key=message.key,
            headers=tuple(message.headers or ()),
            source=Source(topic=message.topic, partition=message.partition, offset=message.offset),
            timestamp=message.timestamp,
        )
        partition = Partition(message.topic, message.partition)
        taken = await self.window.put(
            partition,
            message.offset,
            record,
            lambda: message.generation_id == self.consumer_generation_id,
        )
        if taken:
            self._committed.setdefault(partition, message.offset)
            self.tracing.consumed(record)
            self.metrics.consumed(message.topic, message.partition, len(record.value or b""))
            self.metrics.in_flight(self.window.pages)

    async def commit_delivered(self) -> None:
        """Commit, for every partition, the offset behind the last page delivered in order."""
        offsets = {
            partition: offset
            for partition, offset in self.window.committable().items()
            if self._committed.get(partition) != offset
        }
        if not offsets:
            return
        try:
            await self.publisher.commit(offsets)
        except _LOST_PARTITION as error:
            logger.warning("offsets not committed, the group is rebalancing: %s", type(error).__name__)
        except KafkaError as error:
            logger.warning("offsets not committed, trying again in %g s: %r", self.settings.commit_interval, error)
        else:
            self._committed.update(offsets)
            await self.window.committed(offsets)
            for partition in offsets:
                self.metrics.progress(partition.topic, partition.partition)
            self.health.progressed()

    async def watch(self) -> None:
        """Refresh what only changes with time: the connection, pages in flight, lag, and whether there is progress."""
        self.metrics.in_flight(self.window.pages)
        self.health.broker_connected = self._is_connected()
        if not self.health.broker_connected:
            return
        try:
            # Asked of the broker: a consumer that stalls no longer learns where its partitions end.
            async with asyncio.timeout(ANSWER_SECONDS):
                ends = await self.consumer.highwaters(*self._owned())
                lags = {Partition(*p): max(end - await self._position(Partition(*p)), 0) for p, end in ends.items()}
        except (TimeoutError, KafkaError):
            self.health.broker_connected = False
            return
        for partition, lag in lags.items():
            self.metrics.lag(partition.topic, partition.partition, lag)
        self.health.observe_lag(sum(lags.values()))
        if self.health.stall:
            self._fail(WorkerStalled(self.health.stall))

    async def _position(self, partition: Partition) -> int:
        """The offset of the first page that is not finished; with none in hand, of whatever is read next.

        The two differ by what no reader sees, transaction markers above all: those are no pages that wait.
        """
        consumer = cast(OwnedConsumer, self.consumer)
        received = consumer.received.get(partition, -1)
        unfinished = self._committed.get(partition, received)
        if 0 <= unfinished <= received:
            return unfinished
        return cast(int, await consumer._thread.position(TopicPartition(*partition)))

    def _is_connected(self) -> bool:
        """Whether any broker holds a connection of the consumer; aiokafka closes a broken one at once."""
        consumer = cast(Any, self.consumer)._thread._consumer
        return consumer is not None and any(
            connection.connected() for connection in list(consumer._client._conns.values())
        )

    def _owned(self) -> set[Any]:
        return set(self.consumer.assignment()) if self.health.partitions_assigned else set()

    async def _revoked(self, app: Any, revoked: Any, **kwargs: Any) -> None:
        """Before partitions move: finish and commit what is in flight, forget what does not finish in time."""
        self.health.partitions_assigned = False
        self.metrics.rebalanced()
        # Half the session: the group waits for this worker meanwhile, and drops it when it takes too long.
        await self._drain(min(self.settings.drain_timeout, self.settings.session_timeout / 2))
        forgotten = await self.window.drop()
        await self.publisher.give_back()
        self.tracing.forget()
        if forgotten:
            self.metrics.dropped(forgotten)
            self.metrics.in_flight(self.window.pages)
            logger.warning("%d pages in flight were given back unfinished; their next owner cleans them", forgotten)
        self._committed.clear()

    async def take_over(self, partitions: set[Partition]) -> None:
        """Make the partitions this worker's own; a worker that cannot must not read them."""
        try:
            await self.publisher.take_over(partitions)
        except Exception as error:
            self._fail(error)
            raise

    async def _assigned(self, app: Any, assigned: Any, **kwargs: Any) -> None:
        self.metrics.assigned({(partition.topic, partition.partition) for partition in assigned})
        self.health.partitions_assigned = True
        self.health.progressed()
        await self.window.resume()

    async def _drain(self, timeout: float) -> None:
        self.window.pause()
        if not await self.window.drain(timeout):
            logger.warning("%d pages were still in flight after %g s", self.window.pages, timeout)
            await self.window.stop_publishing(CONFIRM_SECONDS)
        await self.commit_delivered()

    def _clean(self, record: Record) -> "asyncio.Future[Finished]":
        outcome = self.pool.submit(record)
        outcome.add_done_callback(lambda _: self.health.progressed())
        return outcome

    async def _publish(self, finished: Finished, record: Record) -> Delivery:
        begin = time.monotonic()
        return partial(self._await_delivery, await self.publisher.publish(finished, record), begin)

    async def _await_delivery(self, delivery: Delivery, begin: float) -> Finished:
        finished = await delivery()
        self.metrics.published(time.monotonic() - begin)
        return finished

    def _delivered(self, finished: Finished, record: Record) -> None:
        since = (finished.facts and finished.facts.fetched_at) or record.timestamp
        self.metrics.finished(finished.fate, time.time() - since if since else None)
        self.metrics.in_flight(self.window.pages)
        self.metrics.stages(finished.stages)
        if finished.letter is not None:
            self._log(finished.letter.error, record)
        self.tracing.delivered(record, finished.fate, finished.stages)
        if finished.fate == "cleaned" and finished.facts is not None:
            self.metrics.article(finished.facts)
        elif finished.reason is not None:
            self.metrics.rejected(finished.reason, finished.facts.publisher if finished.facts else None)
        elif finished.letter is not None:
            self.metrics.dead_lettered(finished.letter.error.stage, finished.letter.error.type)

    def _log(self, error: PageError, record: Record) -> None:
        """One line for each dead letter; without the error's message, which may quote the page."""
        source = record.source
        assert source is not None, "it came from Kafka"
        at = {"topic": source.topic, "partition": source.partition, "offset": source.offset}
        logger.warning(
            "dead letter: %s/%d at offset %d broke in %s: %s",
            *at.values(),
            error.stage,
            error.type,
            extra={**at, "stage": error.stage, "errorType": error.type, "traceId": self.tracing.trace_id(record)},
        )


def _publisher(app: CleanerApp) -> Publisher:
    route = Route(app.settings, app.tracing, lambda: app.pool.pipeline_version)
    return ExactlyOnce(route, app.settings) if app.settings.delivery == "exactly-once" else AtLeastOnce(route, app)


def create_app(settings: Settings) -> CleanerApp:
    """The Faust app of one worker; nothing is started or connected yet."""
    app = CleanerApp(settings)
    raw_pages = app.topic(
        settings.input_topic,
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
        acks=False,
        internal=False,
    )

    @app.agent(raw_pages, concurrency=1, name="clean-pages")
    async def clean_pages(pages: Any) -> None:
        async for event in pages.events():
            await app.take(event)

    @app.task  # type: ignore[untyped-decorator]
    async def commit() -> None:
        while not app.should_stop:
            await app.window.wait_commit_due(settings.commit_interval)
            await app.commit_delivered()

    @app.timer(WATCH_SECONDS)  # type: ignore[untyped-decorator]
    async def watch() -> None:
        await app.watch()

    return app


def run(settings: Settings) -> NoReturn:
    """Run one worker until a signal ends it: exits with 0 after a drain, raises what it could not survive."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    worker = faust.Worker(
        create_app(settings), loop=loop, loglevel=settings.log_level, quiet=True, override_logging=False
    )
    worker.spinner = None  # it writes terminal codes even where standard output is a file
    worker.execute_from_commandline()


def _faust_settings(settings: Settings) -> dict[str, Any]:
    """Faust's settings, each with why it is not the default."""
    return {
        "broker": [f"kafka://{broker}" for broker in settings.brokers],
        "broker_credentials": faust_credentials(settings),
        "autodiscover": False,
        "datadir": f"{tempfile.gettempdir()}/stream-cleaner-{os.getuid()}",  # no tables, but Faust insists on a folder
        "topic_allow_declare": False,  # `stream-cleaner topics` creates topics; a worker must not invent them
        "topic_disable_leader": True,  # no leader topic: no task here needs a leader
        "web_enabled": False,  # our endpoint answers instead, without Faust's pages about the app's insides
        "worker_redirect_stdouts": False,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": min(3.0, settings.session_timeout / 5),
        "broker_request_timeout": max(90.0, settings.session_timeout * 1.5),  # Faust refuses less than the session
        "broker_max_poll_records": 500,
        # aiokafka skips a record that is larger than the fetch limit (aiokafka #1173)
        "consumer_max_fetch_size": settings.max_message_bytes + ENVELOPE_BYTES,
        "consumer_metadata_max_age_ms": 30_000,  # pages in added partitions wait that long, not five minutes
        "stream_buffer_maxsize": settings.window,  # the default of 4,096 pages of 100 kB would be 400 MB a worker
        "producer_linger": 0.005,
        "producer_max_batch_size": BATCH_BYTES,
        "producer_acks": -1,
        "producer_max_request_size": settings.max_message_bytes + ENVELOPE_BYTES,
        "producer_request_timeout": settings.produce_timeout,
        "producer_compression_type": None,
    }


def __getattr__(name: str) -> CleanerApp:
    """Make ``faust -A stream.service.app worker`` find an app, without reading settings when this is imported."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = app = create_app(Settings.load())
    return app
