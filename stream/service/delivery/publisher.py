"""How outputs and offsets reach Kafka: one after the other (at least once), or in one transaction (exactly once).

Both get outcomes in input order and answer when the broker has them; ``app.py`` asks them for nothing else. What the
broker refuses for its size becomes a dead letter here, any other refusal is the worker's end.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, cast

import faust
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from aiokafka.structs import TopicPartition
from faust.exceptions import ProducerSendError

from stream.codec.record import Record
from stream.codec.write import Message, dead_letter_message
from stream.events import Source
from stream.kafka.clients import client_options
from stream.observe.tracing import Tracing
from stream.service.delivery.window import Delivery, Partition
from stream.service.pool.process import Finished, output_too_large
from stream.settings import MIB, Settings

ENVELOPE_BYTES = MIB  # headers and record framing around the largest page, so that its dead letter still fits
BATCH_BYTES = 200_000  # with a linger of 5 ms 1.7 times the pages of the defaults
STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Route:
    """Where an outcome goes, as what message; ``version`` is the pipeline's."""

    settings: Settings
    tracing: Tracing
    version: Callable[[], str]

    def __call__(self, finished: Finished, record: Record) -> tuple[str, Message]:
        """The topic and the message of an outcome."""
        if finished.message is None:  # a dead letter keeps its headers as they came
            assert finished.letter is not None, "an outcome without a message is a dead letter"
            return self.settings.dead_letter_topic, dead_letter_message(finished.letter, record)
        topics = {"cleaned": self.settings.clean_topic, "rejected": self.settings.rejected_topic}
        message = finished.message
        return topics[finished.fate], replace(message, headers=self.tracing.publishing(record, message.headers))

    def refused(self, finished: Finished, record: Record, error: BaseException) -> Finished:
        """An output too large for its topic is the page's own failure: a dead letter. Raises anything else."""
        if finished.message is None or not isinstance(error, MessageSizeTooLargeError):
            raise error
        return output_too_large(finished, record, self.version())


class TransactionsUnavailable(RuntimeError):
    """The broker does not let this worker use transactions; the message says which and why."""


class Publisher(Protocol):
    """What the worker needs of either way."""

    async def take_over(self, partitions: Collection[Partition]) -> None:
        """These partitions are the worker's now; called before it asks where to read on."""

    async def publish(self, finished: Finished, record: Record) -> Delivery:
        """Take an outcome; what comes back waits until the broker has it for good."""

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commit for the group what was delivered. Raises ``KafkaError``."""

    async def give_back(self) -> None:
        """No partition is the worker's any more."""


class AtLeastOnce:
    """Outputs through Faust's producer, then offsets through its consumer: a crash in between repeats outputs."""

    def __init__(self, route: Route, app: faust.App) -> None:
        self._route = route
        self._app = app

    async def take_over(self, partitions: Collection[Partition]) -> None: ...

    async def publish(self, finished: Finished, record: Record) -> Delivery:
        try:
            sent = await self._send(finished, record)
        except ProducerSendError as error:
            finished = self._route.refused(finished, record, error.__cause__ or error)
            sent = await self._send(finished, record)
        return partial(self._delivered, sent, finished, record)

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        thread = cast(Any, self._app.consumer)._thread
        positions = {TopicPartition(*partition): offset for partition, offset in offsets.items()}
        await thread.call_thread(thread._ensure_consumer().commit, positions)

    async def give_back(self) -> None: ...

    async def _delivered(self, sent: Any, finished: Finished, record: Record) -> Finished:
        try:
            await sent
        except KafkaError as error:
            finished = self._route.refused(finished, record, error)
            await (await self._send(finished, record))
        return finished

    async def _send(self, finished: Finished, record: Record) -> Any:
        topic, message = self._route(finished, record)
        return await self._app.producer.send(topic, message.key, message.value, None, None, list(message.headers))


class ExactlyOnce:
    """Outputs and the offset behind them in one transaction, for each partition, every ``commit_interval``.

    Each input partition has a producer with a transactional id of its own. Whoever takes the partition over starts that
    producer anew, which finishes or aborts what the last owner left open and fences it off, and only then asks for the
    committed offset. (aiokafka sends no group generation with transactional offsets, KIP-447, so one producer for all
    partitions could not be fenced.)
    """

    def __init__(self, route: Route, settings: Settings) -> None:
        self._route = route
        self._settings = settings
        self._lanes: dict[Partition, Transactions] = {}
        self._due = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    async def take_over(self, partitions: Collection[Partition]) -> None:
        new = {p: Transactions(p, self._route, self._settings) for p in partitions if p not in self._lanes}
        self._lanes.update(new)
        await asyncio.gather(*(lane.start() for lane in new.values()))
        if self._loop is None:
            self._loop = asyncio.create_task(self._run())

    async def publish(self, finished: Finished, record: Record) -> Delivery:
        page = Page(finished, record, asyncio.get_running_loop().create_future())
        source = source_of(record)
        self._lanes[Partition(source.topic, source.partition)].waiting.append(page)
        if 2 * sum(len(lane.waiting) for lane in self._lanes.values()) >= self._settings.window:
            self._due.set()
        return page.wait

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Nothing is left to do: what was delivered is committed."""

    async def give_back(self) -> None:
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
            self._loop = None
        lanes, self._lanes = self._lanes, {}
        await asyncio.gather(*(lane.stop() for lane in lanes.values()))

    async def _run(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.commit_interval):
                    await self._due.wait()
            self._due.clear()
            await asyncio.gather(*(lane.transact() for lane in self._lanes.values()))


@dataclass(slots=True)
class Page:
    """An outcome that waits for its transaction."""

    finished: Finished
    record: Record
    committed: "asyncio.Future[None]"

    async def wait(self) -> Finished:
        await self.committed
        return self.finished


def source_of(record: Record) -> Source:
    """Where a consumed record came from."""
    assert record.source is not None, "a consumed record has a source"
    return record.source


class Transactions:
    """One input partition's transactions, one after the other."""

    def __init__(self, partition: Partition, route: Route, settings: Settings) -> None:
        self.waiting: list[Page] = []
        self._partition = partition
        self._route = route
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Fence off whoever had the partition before, with all that it left open.

        Raises ``TransactionsUnavailable`` where the broker has none, or refuses them to this user.
        """
        settings = self._settings
        transactional_id = f"{settings.group}-{self._partition.topic}-{self._partition.partition}"
        self._producer = AIOKafkaProducer(
            **client_options(settings),
            transactional_id=transactional_id,
            max_batch_size=BATCH_BYTES,
            max_request_size=settings.max_message_bytes + ENVELOPE_BYTES,
            request_timeout_ms=int(settings.produce_timeout * 1000),
        )
        try:
            await self._producer.start()
        except KafkaError as error:
            raise TransactionsUnavailable(
                f"STREAM_DELIVERY=exactly-once needs transactions; transactional id {transactional_id} got {error!r}"
            ) from error

    async def stop(self) -> None:
        """Leave an open transaction to the next owner, who aborts it."""
        producer, self._producer = self._producer, None
        if producer is not None:
            with suppress(KafkaError, TimeoutError):
                async with asyncio.timeout(STOP_SECONDS):
                    await producer.stop()

    async def transact(self) -> None:
        """Publish and commit what waits; whoever waits for these pages is told of a failure."""
        pages, self.waiting = self.waiting, []
        if not pages:
            return
        try:
            while not await self._attempt(pages):
                await self.stop()
                await self.start()
        except Exception as error:
            for page in pages:
                if not page.committed.done():  # its partition was taken away meanwhile
                    page.committed.set_exception(error)
        else:
            for page in pages:
                if not page.committed.done():
                    page.committed.set_result(None)

    async def _attempt(self, pages: list[Page]) -> bool:
        """One transaction. False where it came to nothing, because outputs were refused; those are dead letters now."""
        producer = self._producer
        assert producer is not None, "the partition was taken over"
        await producer.begin_transaction()
        sent = [await self._send(producer, page) for page in pages]
        answers = await asyncio.gather(*sent, return_exceptions=True)
        errors = [(page, error) for page, error in zip(pages, answers, strict=True) if isinstance(error, Exception)]
        # Whatever went to the same partition behind an output that was too large failed with it, and is innocent.
        too_large = [(page, error) for page, error in errors if isinstance(error, MessageSizeTooLargeError)]
        for page, error in too_large or errors:
            page.finished = self._route.refused(page.finished, page.record, error)
        if too_large:
            return False
        behind = {TopicPartition(*self._partition): source_of(pages[-1].record).offset + 1}
        await producer.send_offsets_to_transaction(behind, self._settings.group)
        await producer.commit_transaction()
        return True

    async def _send(self, producer: AIOKafkaProducer, page: Page) -> Any:
        topic, message = self._route(page.finished, page.record)
        try:
            return await producer.send(topic, message.value, message.key, headers=list(message.headers))
        except MessageSizeTooLargeError as error:
            page.finished = self._route.refused(page.finished, page.record, error)
            return await self._send(producer, page)
