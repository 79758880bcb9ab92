"""Exactly once: outputs and the offset behind them in one transaction, for readers that read committed records only."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from aiokafka.structs import TopicPartition

from stream.codec.record import Record
from stream.events import Source
from stream.kafka.clients import producer_options
from stream.outcome import Finished
from stream.service.delivery.route import Route
from stream.service.delivery.window import Delivery, Partition
from stream.settings import Settings

STOP_SECONDS = 5.0


class TransactionsUnavailable(RuntimeError):
    """The broker does not let this worker use transactions; the message says which and why."""


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
        page = Waiting(finished, record, asyncio.get_running_loop().create_future())
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
class Waiting:
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
        self.waiting: list[Waiting] = []
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
        self._producer = AIOKafkaProducer(**producer_options(settings), transactional_id=transactional_id)
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

    async def _attempt(self, pages: list[Waiting]) -> bool:
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
            page.finished = self._route.refuse(page.finished, page.record, error)
        if too_large:
            return False
        behind = {TopicPartition(*self._partition): source_of(pages[-1].record).offset + 1}
        await producer.send_offsets_to_transaction(behind, self._settings.group)
        await producer.commit_transaction()
        return True

    async def _send(self, producer: AIOKafkaProducer, page: Waiting) -> Any:
        topic, message = self._route(page.finished, page.record)
        try:
            return await producer.send(topic, message.value, message.key, headers=list(message.headers))
        except MessageSizeTooLargeError as error:
            page.finished = self._route.refuse(page.finished, page.record, error)
            return await self._send(producer, page)
