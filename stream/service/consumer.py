"""Faust's consumer as the worker needs it, and all that is asked of Faust and aiokafka behind their public names.

Written against faust-streaming 0.15.3 and aiokafka 0.14.0. What is private there, and why it is used here:

- ``AIOKafkaConsumerThread._create_worker_consumer`` and aiokafka's ``_fetch_max_bytes``: Faust has no such setting.
- ``Consumer._new_consumer_thread`` and ``Consumer._thread``: the thread is where Faust hides aiokafka's consumer.
- ``_ensure_consumer().commit``: Faust commits only what it acknowledged itself, and it acknowledges nothing here.
- ``_consumer._client._conns``: neither library says whether a broker is reached.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Any, cast

import faust
from aiokafka.structs import TopicPartition
from faust.exceptions import ProducerSendError
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from stream.codec.write import Message
from stream.kafka.clients import FETCH_BYTES
from stream.service.delivery.window import Partition


class FetchingThread(AIOKafkaConsumerThread):
    """Faust's thread of the consumer, which fetches a few pages at a time."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_bytes = FETCH_BYTES
        return consumer


class OwningConsumer(Consumer):
    """Faust's consumer, which makes sure of its partitions before it asks where to read on.

    Faust drops what it reads while partitions move and seeks back to the committed offsets. Where there are none it
    would stay behind what it dropped: a new group would lose its first pages to a rebalance.

    ``take_over`` makes partitions the worker's own, or raises.
    """

    def __init__(self, *args: Any, take_over: Callable[[set[Partition]], Awaitable[None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._take_over = take_over
        self.received: dict[Partition, int] = {}  # the last offset that was handed on, since the last seek

    async def getmany(self, timeout: float) -> AsyncIterator[Any]:
        async for partition, message in super().getmany(timeout):
            self.received[Partition(*partition)] = message.offset
            yield partition, message

    async def seek_to_committed(self) -> Any:
        self.received.clear()
        await self._take_over({Partition(*partition) for partition in self.assignment()})
        committed = await super().seek_to_committed()
        never = [partition for partition, offset in committed.items() if not offset]
        if never:
            await self._thread.seek_to_beginning(*never)
        return committed

    async def find_position(self, partition: Partition, unfinished: int | None) -> int:
        """The offset of the first page that is not finished; with none in hand, of whatever is read next.

        ``unfinished`` is the offset behind the last finished page. The two differ by what no reader sees, transaction
        markers above all: those are no pages that wait.
        """
        received = self.received.get(partition, -1)
        first = received if unfinished is None else unfinished
        if 0 <= first <= received:
            return first
        return cast(int, await self._thread.position(TopicPartition(*partition)))

    def is_connected(self) -> bool:
        """Whether any broker holds a connection of the consumer; aiokafka closes a broken one at once."""
        consumer = cast(Any, self._thread)._consumer
        return consumer is not None and any(
            connection.connected() for connection in list(consumer._client._conns.values())
        )

    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return FetchingThread(self, loop=self.loop, beacon=self.beacon)


def own_partitions(app: faust.App, take_over: Callable[[set[Partition]], Awaitable[None]]) -> None:
    """Let the app consume by an ``OwningConsumer``; before its consumer is first asked for."""
    cast(Any, app.transport).Consumer = partial(OwningConsumer, take_over=take_over)


async def send_by_faust(app: faust.App, topic: str, message: Message) -> Awaitable[object]:
    """Hand a message to Faust's producer. Raises ``KafkaError``, out of what Faust wraps it in."""
    try:
        sent: Awaitable[object] = await app.producer.send(
            topic, message.key, message.value, None, None, list(message.headers)
        )
    except ProducerSendError as error:
        raise error.__cause__ or error from None
    return sent


async def commit_by_faust(app: faust.App, offsets: Mapping[Partition, int]) -> None:
    """Commit these offsets for the group. Raises ``KafkaError``."""
    positions = {TopicPartition(*partition): offset for partition, offset in offsets.items()}
    thread = cast(Any, app.consumer)._thread
    await thread.call_thread(thread._ensure_consumer().commit, positions)
