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
import time
from dataclasses import replace
from functools import partial
from typing import Any, NoReturn, cast

import faust
from aiokafka.errors import (
    CommitFailedError,
    IllegalGenerationError,
    IllegalStateError,
    KafkaError,
    MessageSizeTooLargeError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)
from aiokafka.structs import TopicPartition
from faust.exceptions import ProducerSendError
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from stream import __version__
from stream.codec import Message, Record, dead_letter_message
from stream.events import DeadLetter, PageError, Source
from stream.observe import tracing
from stream.observe.health import Health
from stream.observe.metrics import Metrics
from stream.service.http import Endpoint
from stream.service.kafka import faust_credentials
from stream.service.page_process import Finished
from stream.service.pool import PagePool
from stream.service.topics import check_topics
from stream.service.window import Delivery, Partition, Window
from stream.settings import MIB, Settings

logger = logging.getLogger(__name__)

WATCH_SECONDS = 2.0
ANSWER_SECONDS = 5.0
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
_ENVELOPE_BYTES = MIB  # headers and record framing around the largest page, so that its dead letter still fits


class FetchingThread(AIOKafkaConsumerThread):
    """Faust's thread of the consumer, which fetches a few pages at a time; Faust has no setting for that."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_bytes = FETCH_BYTES
        return consumer


class RewindingConsumer(Consumer):
    """Faust's consumer, which also rewinds partitions that nothing was committed of yet.

    Faust drops what it reads while partitions move and seeks back to the committed offsets. Where there are none it
    would stay behind what it dropped: a new group would lose its first pages to a rebalance.
    """

    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return FetchingThread(self, loop=self.loop, beacon=self.beacon)

    async def seek_to_committed(self) -> Any:
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
        self.window: Window
        self._committed: dict[Partition, int] = {}
        cast(Any, self.on_partitions_revoked).connect(self._give_back)  # Faust's types ask for what it does not pass
        cast(Any, self.on_partitions_assigned).connect(self._take_over)

    def _new_transport(self) -> Any:
        transport = cast(Any, super()._new_transport())
        transport.Consumer = RewindingConsumer
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
            self.pool.submit,
            self._publish,
            self._delivered,
            max_pages=self.settings.window,
            max_bytes=self.settings.in_flight_bytes,
        )
        self.window.failed.add_done_callback(self._fail)
        await super().on_first_start()

    def _fail(self, failed: "asyncio.Future[None]") -> None:
        """Something was not delivered, or the pool is broken: stop, so that nothing behind it is committed."""
        error = failed.exception()
        assert error is not None, "the window fails with an error"
        self.health.failure = f"{type(error).__name__}: {error}"
        self.add_future(self.crash(error))

    async def on_stop(self) -> None:
        """Finish the pages in flight, commit them, and only then let Faust close its clients."""
        self.health.draining = True
        if self.health.pool_ready:
            await self._drain(self.settings.drain_timeout)
        await super().on_stop()
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
            TopicPartition(*partition): offset
            for partition, offset in self.window.committable().items()
            if self._committed.get(partition) != offset
        }
        if not offsets:
            return
        thread = cast(Any, self.consumer)._thread
        try:
            await thread.call_thread(thread._ensure_consumer().commit, offsets)
        except _LOST_PARTITION as error:
            logger.warning("offsets not committed, the group is rebalancing: %s", type(error).__name__)
        except KafkaError as error:
            logger.warning("offsets not committed, trying again in %g s: %r", self.settings.commit_interval, error)
        else:
            committed = {Partition(*partition): offset for partition, offset in offsets.items()}
            self._committed.update(committed)
            await self.window.committed(committed)
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
        except (TimeoutError, KafkaError):
            self.health.broker_connected = False
            return
        lags = {Partition(*partition): max(end - self._position(partition), 0) for partition, end in ends.items()}
        for partition, lag in lags.items():
            self.metrics.lag(partition.topic, partition.partition, lag)
        self.health.observe_lag(sum(lags.values()))

    def _position(self, partition: Any) -> int:
        """The offset of the first page that is not finished; the first one to read where none was read yet."""
        read = cast(Any, self.consumer)._read_offset.get(partition) or 0
        return self._committed.get(Partition(*partition), read)

    def _is_connected(self) -> bool:
        """Whether any broker holds a connection of the consumer; aiokafka closes a broken one at once."""
        consumer = cast(Any, self.consumer)._thread._consumer
        return consumer is not None and any(
            connection.connected() for connection in list(consumer._client._conns.values())
        )

    def _owned(self) -> set[Any]:
        return set(self.consumer.assignment()) if self.health.partitions_assigned else set()

    async def _give_back(self, app: Any, revoked: Any, **kwargs: Any) -> None:
        """Before partitions move: finish and commit what is in flight, forget what does not finish in time."""
        self.health.partitions_assigned = False
        self.metrics.rebalanced()
        # Half the session: the group waits for this worker meanwhile, and drops it when it takes too long.
        await self._drain(min(self.settings.drain_timeout, self.settings.session_timeout / 2))
        forgotten = await self.window.drop()
        self.tracing.forget()
        if forgotten:
            self.metrics.dropped(forgotten)
            self.metrics.in_flight(self.window.pages)
            logger.warning("%d pages in flight were given back unfinished; their next owner cleans them", forgotten)
        self._committed.clear()

    async def _take_over(self, app: Any, assigned: Any, **kwargs: Any) -> None:
        self.metrics.assigned({(partition.topic, partition.partition) for partition in assigned})
        self.health.partitions_assigned = True
        self.health.progressed()
        await self.window.resume()

    async def _drain(self, timeout: float) -> None:
        self.window.pause()
        if not await self.window.drain(timeout):
            logger.warning("%d pages were still in flight after %g s", self.window.pages, timeout)
        await self.commit_delivered()

    async def _publish(self, finished: Finished, record: Record) -> Delivery:
        """Hand an outcome to the producer, in order; what comes back waits for its delivery."""
        begin = time.monotonic()
        try:
            sent = await self._send(finished, record)
        except ProducerSendError as error:
            finished = self._refused(finished, record, error.__cause__ or error)
            sent = await self._send(finished, record)
        return partial(self._await_delivery, sent, finished, record, begin)

    async def _await_delivery(self, sent: Any, finished: Finished, record: Record, begin: float) -> Finished:
        try:
            await sent
        except KafkaError as error:
            finished = self._refused(finished, record, error)
            await (await self._send(finished, record))
        self.metrics.published(time.monotonic() - begin)
        return finished

    async def _send(self, finished: Finished, record: Record) -> Any:
        topic, message = self._route(finished, record)
        headers = message.headers
        if finished.message is not None:  # a dead letter keeps its headers as they came
            headers = self.tracing.publishing(record, headers)
        return await self.producer.send(topic, message.key, message.value, None, None, list(headers))

    def _refused(self, finished: Finished, record: Record, error: BaseException) -> Finished:
        """An output too large for its topic is the page's own failure: a dead letter. Anything else ends the worker."""
        if finished.message is None or not isinstance(error, MessageSizeTooLargeError):
            raise error
        size = len(finished.message.value or b"")
        problem = PageError(
            stage="publish", type="OutputTooLarge", message=f"the output has {size} bytes, more than the topic takes"
        )
        letter = DeadLetter(
            error=problem, attempts=record.attempts, source=record.source, pipelineVersion=self.pool.pipeline_version
        )
        return replace(finished, fate="dead-lettered", message=None, letter=letter, reason=None)

    def _route(self, finished: Finished, record: Record) -> tuple[str, Message]:
        if finished.message is None:
            assert finished.letter is not None, "an outcome without a message is a dead letter"
            return self.settings.dead_letter_topic, dead_letter_message(finished.letter, record)
        topics = {"cleaned": self.settings.clean_topic, "rejected": self.settings.rejected_topic}
        return topics[finished.fate], finished.message

    def _delivered(self, finished: Finished, record: Record) -> None:
        since = (finished.facts and finished.facts.fetched_at) or record.timestamp
        self.metrics.finished(finished.fate, time.time() - since if since else None)
        self.metrics.in_flight(self.window.pages)
        self.metrics.stages(finished.stages)
        self.tracing.delivered(record, finished.fate, finished.stages)
        if finished.fate == "cleaned" and finished.facts is not None:
            self.metrics.article(finished.facts)
        elif finished.reason is not None:
            self.metrics.rejected(finished.reason, finished.facts.publisher if finished.facts else None)
        elif finished.letter is not None:
            self.metrics.dead_lettered(finished.letter.error.stage, finished.letter.error.type)


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
        "consumer_max_fetch_size": settings.max_message_bytes + _ENVELOPE_BYTES,
        "consumer_metadata_max_age_ms": 30_000,  # pages in added partitions wait that long, not five minutes
        "stream_buffer_maxsize": settings.window,  # the default of 4,096 pages of 100 kB would be 400 MB a worker
        "producer_linger": 0.005,  # with the batch size below 1.7 times the pages of the default
        "producer_max_batch_size": 200_000,
        "producer_acks": -1,
        "producer_max_request_size": settings.max_message_bytes + _ENVELOPE_BYTES,
        "producer_request_timeout": settings.produce_timeout,
        "producer_compression_type": None,
    }


def __getattr__(name: str) -> CleanerApp:
    """Make ``faust -A stream.service.app worker`` find an app, without reading settings when this is imported."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = app = create_app(Settings.load())
    return app
