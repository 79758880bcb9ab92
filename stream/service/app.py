"""The worker as a Faust app: raw pages in; clean articles, rejected pages and dead letters out.

    input topic -> agent -> Window.put -> PagePool -> Window publishes in order -> delivered -> offset committed

Faust reads, balances partitions and owns the producer. It acknowledges nothing: the topic is declared ``acks=False``
and offsets are committed from the window, because Faust acknowledges events that it skips during a rebalance and
commits past gaps (faust-streaming #606), either of which loses pages in a crash.
"""

import asyncio
import logging
import os
import threading
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

from stream import native
from stream.codec.record import Record
from stream.events import Source
from stream.kafka.topics import check_topics
from stream.observe import tracing
from stream.observe.health import Health
from stream.observe.metrics import Metrics
from stream.service.consumer import OwningConsumer, commit_by_faust, own_partitions, send_by_faust
from stream.service.delivery.at_least_once import AtLeastOnce
from stream.service.delivery.exactly_once import ExactlyOnce
from stream.service.delivery.route import OutcomePublisher, Route, topics_by_kind
from stream.service.delivery.window import Partition, Window
from stream.service.faust_settings import faust_settings
from stream.service.http import Endpoint
from stream.service.pool.pool import PagePool
from stream.service.reporter import Reporter
from stream.settings import Settings
from stream.version import __version__

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


class WorkerStalled(RuntimeError):
    """Pages wait and none gets finished, for longer than ``STREAM_STALL_TIMEOUT``."""


class CleanerApp(faust.App):
    """One worker: a Faust app that owns a page pool, a delivery window and an HTTP endpoint."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.group, **faust_settings(settings))
        self.settings = settings
        self.metrics = Metrics()
        self.health = Health(stall_seconds=settings.stall_timeout)
        self.tracing = tracing.from_environment()
        self.reporter = Reporter(self.metrics, self.health, self.tracing, lambda: self.window.pages)
        self.pool = PagePool(settings, self.metrics.pool_restarted, self.reporter.cleaned)
        self.endpoint = Endpoint(self.metrics, self.health, settings.http_host, settings.http_port)
        self.publisher = self._new_publisher()
        self.window: Window
        self._committed: dict[Partition, int] = {}
        own_partitions(self, self.take_over)
        cast(Any, self.on_partitions_revoked).connect(self._revoked)  # Faust's types ask for what it does not pass
        cast(Any, self.on_partitions_assigned).connect(self._assigned)

    async def on_first_start(self) -> None:
        """Start what must be there before the first page is read."""
        await self.endpoint.start()
        await check_topics(self.settings)
        await self.pool.start()
        self.health.pool_ready = True
        self.metrics.build_info(__version__, self.pool.pipeline_version, native.HALF)
        logger.info("pipeline %s, %s loops", self.pool.pipeline_version, native.HALF)
        if not native.IS_COMPILED:
            logger.warning(
                "pages take several times longer than with compiled loops (%s=%s)", native.VARIABLE, native.MODE
            )
        self.metrics.capacity(self.settings.window, self.settings.pool_size)
        self.window = Window(
            self.pool.submit,
            self.publisher.publish,
            self.reporter.delivered,
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
            self.reporter.consumed(record)

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
        self.health.broker_connected = self.owning_consumer.is_connected()
        if not self.health.broker_connected:
            return
        try:
            # Asked of the broker: a consumer that stalls no longer learns where its partitions end.
            async with asyncio.timeout(ANSWER_SECONDS):
                ends = {Partition(*at): end for at, end in (await self.consumer.highwaters(*self._owned())).items()}
                lags = {partition: await self._lag(partition, end) for partition, end in ends.items()}
        except (TimeoutError, KafkaError):
            self.health.broker_connected = False
            return
        for partition, lag in lags.items():
            self.metrics.lag(partition.topic, partition.partition, lag)
        self.health.observe_lag(sum(lags.values()))
        if self.health.stall:
            self._fail(WorkerStalled(self.health.stall))

    async def _lag(self, partition: Partition, end: int) -> int:
        """Pages of the partition that are not finished; ``end`` is where it ends."""
        return max(end - await self.owning_consumer.find_position(partition, self._committed.get(partition)), 0)

    @property
    def owning_consumer(self) -> OwningConsumer:
        return cast(OwningConsumer, self.consumer)

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
        self.reporter.dropped(forgotten)
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

    def _new_publisher(self) -> OutcomePublisher:
        settings = self.settings
        route = Route(topics_by_kind(settings), self.tracing, lambda: self.pool.pipeline_version)
        if settings.delivery == "exactly-once":
            return ExactlyOnce(route, settings)
        return AtLeastOnce(route, partial(send_by_faust, self), partial(commit_by_faust, self))


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


def __getattr__(name: str) -> CleanerApp:
    """Make ``faust -A stream.service.app worker`` find an app, without reading settings when this is imported."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = app = create_app(Settings.load())
    return app
