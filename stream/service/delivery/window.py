"""The delivery order: pages of a partition are cleaned side by side, published and committed in the order they came.

A page's offset becomes committable only after its output, and every output before it, was delivered; and no more pages
are read than may be delivered twice when the worker dies. This file is the whole of that promise; it knows neither
Faust nor processes, so that it can be tested as it stands.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from stream.codec.record import Record
from stream.outcome import Finished

#: Waits until the broker has a page's output, and says how the page ended (an output that the broker refuses becomes a
#: dead letter); raises what the worker must not survive.
Delivery = Callable[[], Awaitable[Finished]]


class Partition(NamedTuple):
    """A topic partition (equal to Kafka clients' own named tuples)."""

    topic: str
    partition: int


@dataclass(frozen=True, slots=True)
class _Pending:
    offset: int
    record: Record
    outcome: "asyncio.Future[Finished]"

    @property
    def size(self) -> int:
        return len(self.record.value or b"")


class Lane:
    """One partition's pages in flight, oldest first. Two tasks: one publishes in order, one waits for deliveries."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._cleaning: asyncio.Queue[_Pending] = asyncio.Queue()
        self._delivering: asyncio.Queue[tuple[_Pending, Delivery, float]] = asyncio.Queue()
        self.pages = 0
        self.bytes = 0
        self.next_offset: int | None = None
        self.uncommitted: deque[int] = deque()  # offsets delivered since the last commit
        self.unconfirmed = 0  # published and not yet delivered
        self._tasks = [asyncio.create_task(work) for work in (self._publish(), self._acknowledge())]
        for task in self._tasks:
            task.add_done_callback(window.on_task_done)

    def put(self, page: _Pending) -> None:
        self.pages += 1
        self.bytes += page.size
        self._cleaning.put_nowait(page)

    def committed(self, offset: int) -> None:
        while self.uncommitted and self.uncommitted[0] < offset:
            self.uncommitted.popleft()

    def stop_publishing(self) -> None:
        self._tasks[0].cancel()

    async def stop(self) -> None:
        """Forget what is still in flight: whoever owns the partition next reads it again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _publish(self) -> None:
        while True:
            page = await self._cleaning.get()
            finished = await page.outcome
            begin = time.monotonic()
            delivery = await self._window.publish(finished, page.record)
            self.unconfirmed += 1
            self._delivering.put_nowait((page, delivery, begin))

    async def _acknowledge(self) -> None:
        while True:
            page, delivery, begin = await self._delivering.get()
            finished = await delivery()
            self.next_offset = page.offset + 1
            self.uncommitted.append(page.offset)
            self.unconfirmed -= 1
            self.pages -= 1
            self.bytes -= page.size
            await self._window.on_delivered(finished, page.record, time.monotonic() - begin)


class Window:
    """All pages in flight, bounded in count (until they are committed) and in bytes (until they are delivered).

    ``clean`` starts cleaning a page; ``publish`` hands its output to the producer, and returns what resolves when
    the broker has it; ``delivered`` is told of every page that is done, and for how many seconds it was published. The
    first error of any of them ends up in ``failed``: the worker must stop then, nothing behind the broken page is
    committed.
    """

    def __init__(
        self,
        clean: Callable[[Record], "asyncio.Future[Finished]"],
        publish: Callable[[Finished, Record], Awaitable[Delivery]],
        delivered: Callable[[Finished, Record, float], None],
        *,
        max_pages: int,
        max_bytes: int,
    ) -> None:
        self.publish = publish
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.accepting = True
        self._clean = clean
        self._delivered = delivered
        self._max_pages = max_pages
        self._max_bytes = max_bytes
        self._lanes: dict[Partition, Lane] = {}
        self._changed = asyncio.Condition()
        self._commit_due = asyncio.Event()

    @property
    def pages(self) -> int:
        """Pages read and not yet delivered."""
        return sum(lane.pages for lane in self._lanes.values())

    @property
    def bytes(self) -> int:
        """Bytes of the pages read and not yet delivered."""
        return sum(lane.bytes for lane in self._lanes.values())

    @property
    def uncommitted(self) -> int:
        """Pages delivered and not yet committed: those that a crash would repeat."""
        return sum(len(lane.uncommitted) for lane in self._lanes.values())

    async def put(
        self, partition: Partition, offset: int, record: Record, is_current: Callable[[], bool] = lambda: True
    ) -> bool:
        """Take one page in; waits while the window is full or paused. One page always fits, however big it is.

        ``is_current`` is asked after the wait: a page whose partition was taken away meanwhile is refused (False),
        because the partition's next owner reads it again.
        """
        size = len(record.value or b"")
        async with self._changed:
            await self._changed.wait_for(lambda: self.accepting and self._has_room(size))
            if not is_current():
                return False
            lane = self._lanes.get(partition) or self._lanes.setdefault(partition, Lane(self))
            lane.put(_Pending(offset, record, self._clean(record)))
            return True

    def committable(self) -> dict[Partition, int]:
        """For each partition the offset of the first page that is not delivered yet, where one was delivered."""
        return {partition: lane.next_offset for partition, lane in self._lanes.items() if lane.next_offset is not None}

    async def wait_commit_due(self, timeout: float) -> None:
        """Return when half the window is delivered and not committed, at the latest after ``timeout`` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._commit_due.wait()
        self._commit_due.clear()

    async def committed(self, offsets: Mapping[Partition, int]) -> None:
        """The group has these offsets now: what lies before them makes room."""
        for partition, offset in offsets.items():
            if partition in self._lanes:
                self._lanes[partition].committed(offset)
        await self._wake()

    def pause(self) -> None:
        """Take no more pages in until ``resume``."""
        self.accepting = False

    async def resume(self) -> None:
        """Take pages in again."""
        self.accepting = True
        await self._wake()

    async def drain(self, timeout: float) -> bool:
        """Wait until nothing is in flight; False where that took longer than ``timeout`` seconds, or failed."""
        try:
            async with asyncio.timeout(timeout), self._changed:
                await self._changed.wait_for(lambda: self.pages == 0 or self.failed.done())
        except TimeoutError:
            return False
        return self.pages == 0

    async def stop_publishing(self, timeout: float) -> None:
        """Publish nothing more, and wait for the delivery of what was: it need not be repeated by the next owner."""
        for lane in self._lanes.values():
            lane.stop_publishing()
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout), self._changed:
                await self._changed.wait_for(
                    lambda: self.failed.done() or not any(lane.unconfirmed for lane in self._lanes.values())
                )

    async def drop(self) -> int:
        """Forget all pages in flight, because the partitions were taken away; returns how many there were."""
        lanes, self._lanes = list(self._lanes.values()), {}
        for lane in lanes:
            await lane.stop()
        await self._wake()
        return sum(lane.pages for lane in lanes)

    async def on_delivered(self, finished: Finished, record: Record, seconds: float) -> None:
        """Called by a lane for each page, in order, once its output is with the broker, so long after it was sent."""
        self._delivered(finished, record, seconds)
        if 2 * self.uncommitted >= self._max_pages:
            self._commit_due.set()
        await self._wake()

    def on_task_done(self, task: "asyncio.Task[None]") -> None:
        """A lane's task ends only by being stopped, or by an error that the worker must not survive."""
        if not task.cancelled() and (error := task.exception()) and not self.failed.done():
            self.failed.set_exception(error)
            asyncio.get_running_loop().create_task(self._wake())

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _has_room(self, size: int) -> bool:
        pages = self.pages
        return pages + self.uncommitted < self._max_pages and (pages == 0 or self.bytes + size <= self._max_bytes)
