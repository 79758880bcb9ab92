"""At least once: outputs first, then offsets; a crash in between repeats outputs."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial

from aiokafka.errors import KafkaError

from stream.codec.record import Record
from stream.codec.write import Message
from stream.outcome import Finished
from stream.service.delivery.route import Route
from stream.service.delivery.window import Delivery, Partition

#: Hands a message for a topic to a producer; what comes back waits for the broker. Both raise ``KafkaError``.
Send = Callable[[str, Message], Awaitable[Awaitable[object]]]
Commit = Callable[[Mapping[Partition, int]], Awaitable[None]]


class Sender:
    """Publishes outcomes by ``send``; one that its topic refuses for its size goes out as a dead letter instead."""

    def __init__(self, route: Route, send: Send) -> None:
        self._route = route
        self._send = send

    async def publish(self, finished: Finished, record: Record) -> Delivery:
        """Take an outcome; what comes back waits until the broker has it."""
        try:
            sent = await self._send(*self._route(finished, record))
        except KafkaError as error:
            finished = self._route.refuse(finished, record, error)
            sent = await self._send(*self._route(finished, record))
        return partial(self._wait, sent, finished, record)

    async def _wait(self, sent: Awaitable[object], finished: Finished, record: Record) -> Finished:
        try:
            await sent
        except KafkaError as error:
            finished = self._route.refuse(finished, record, error)
            await (await self._send(*self._route(finished, record)))
        return finished


class AtLeastOnce(Sender):
    """The worker's usual way: ``send`` is Faust's producer, ``commit`` its consumer."""

    def __init__(self, route: Route, send: Send, commit: Commit) -> None:
        super().__init__(route, send)
        self._commit = commit

    async def take_over(self, partitions: Collection[Partition]) -> None:
        """Nothing to do: whoever reads a partition may publish for it."""

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        await self._commit(offsets)

    async def give_back(self) -> None:
        """Nothing to do, likewise."""
