"""The delivery order, without Kafka: what may be committed, and when, whatever finishes first and whatever fails."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.codec.record import Record
from stream.events import Source
from stream.outcome import Finished, OutcomeKind
from stream.service.delivery.window import Delivery, Partition, Window

TURNS = 50  # of the event loop: far more than any chain of callbacks here is long

CLEANED = Finished(OutcomeKind.CLEANED)

Place = tuple[int, int]  # partition and offset


class World:
    """A window whose cleaning and whose broker do what the test says, when it says so."""

    def __init__(self, *, max_pages: int = 100, max_bytes: int = 10**9) -> None:
        self.window = Window(self._clean, self._publish, self._delivered, max_pages=max_pages, max_bytes=max_bytes)
        self.cleaning: dict[Place, asyncio.Future[Finished]] = {}
        self.delivering: dict[Place, asyncio.Future[Finished]] = {}
        self.published: list[Place] = []
        self.delivered: list[Place] = []

    async def put(self, place: Place, value: bytes = b"", is_current: Callable[[], bool] = lambda: True) -> None:
        partition, offset = place
        record = Record(value, source=Source(topic="raw", partition=partition, offset=offset))
        await self.window.put(Partition("raw", partition), offset, record, is_current)

    async def clean(self, place: Place) -> None:
        """The pool finishes a page."""
        self.cleaning[place].set_result(CLEANED)
        await settle()

    async def deliver(self, place: Place) -> None:
        """The broker confirms a page's output."""
        self._delivery(place).set_result(CLEANED)
        await settle()

    async def refuse(self, place: Place) -> None:
        """The broker refuses a page's output for good."""
        self._delivery(place).set_exception(ConnectionError("the broker said no"))
        await settle()

    async def commit(self) -> None:
        await self.window.committed(self.window.committable())
        await settle()

    def committable(self) -> dict[int, int]:
        return {partition.partition: offset for partition, offset in self.window.committable().items()}

    def _delivery(self, place: Place) -> "asyncio.Future[Finished]":
        return self.delivering.setdefault(place, asyncio.get_running_loop().create_future())

    def _clean(self, record: Record) -> "asyncio.Future[Finished]":
        return self.cleaning.setdefault(place_of(record), asyncio.get_running_loop().create_future())

    async def _publish(self, finished: Finished, record: Record) -> Delivery:
        place = place_of(record)
        self.published.append(place)
        return lambda: self._delivery(place)

    def _delivered(self, finished: Finished, record: Record, publish_seconds: float) -> None:
        self.delivered.append(place_of(record))


def place_of(record: Record) -> Place:
    assert record.source is not None
    return record.source.partition, record.source.offset


async def settle() -> None:
    """Let everything happen that can happen without the outside."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def test_a_slow_page_holds_back_the_commit_of_faster_ones_behind_it() -> None:
    world = World()
    for offset in range(100, 106):
        await world.put((0, offset))
    for offset in range(101, 106):
        await world.clean((0, offset))
        await world.deliver((0, offset))
    assert world.published == []
    assert world.committable() == {}
    await world.clean((0, 100))
    await world.deliver((0, 100))
    assert world.published == [(0, offset) for offset in range(100, 106)]
    assert world.committable() == {0: 106}


async def test_an_output_that_is_sent_but_not_delivered_is_not_committed() -> None:
    world = World()
    await world.put((0, 0))
    await world.clean((0, 0))
    assert world.published == [(0, 0)]
    assert world.committable() == {}


async def test_a_refused_output_stops_the_worker_and_commits_nothing_behind_it() -> None:
    world = World()
    for offset in range(4):
        await world.put((0, offset))
        await world.clean((0, offset))
    await world.deliver((0, 0))
    await world.refuse((0, 1))
    await world.deliver((0, 2))
    await world.deliver((0, 3))
    assert world.committable() == {0: 1}
    assert isinstance(world.window.failed.exception(), ConnectionError)


async def test_a_broken_pool_stops_the_worker_and_publishes_nothing() -> None:
    world = World()
    await world.put((0, 0))
    world.cleaning[0, 0].set_exception(RuntimeError("no process starts"))
    await settle()
    assert isinstance(world.window.failed.exception(), RuntimeError)
    assert world.published == []
    assert world.committable() == {}


async def test_a_failure_ends_a_drain_at_once() -> None:
    world = World()
    await world.put((0, 0))
    await world.clean((0, 0))
    drain = asyncio.create_task(world.window.drain(timeout=60))
    await settle()
    await world.refuse((0, 0))
    assert drain.done()
    assert drain.result() is False
    assert world.window.failed.exception()


async def test_a_drain_waits_for_the_last_delivery() -> None:
    world = World()
    await world.put((0, 0))
    drain = asyncio.create_task(world.window.drain(timeout=60))
    await world.clean((0, 0))
    assert not drain.done()
    await world.deliver((0, 0))
    assert await drain is True


async def test_a_drain_gives_up_at_its_deadline() -> None:
    world = World()
    await world.put((0, 0))
    assert await world.window.drain(timeout=0.01) is False


async def test_what_was_published_is_still_delivered_when_partitions_must_go() -> None:
    world = World()
    for offset in range(3):
        await world.put((0, offset))
    await world.clean((0, 0))
    stop = asyncio.create_task(world.window.stop_publishing(timeout=60))
    await settle()
    assert world.cleaning[0, 1].cancelled(), "nobody waits for it any more"
    assert not stop.done()
    await world.deliver((0, 0))
    await stop
    assert world.published == [(0, 0)]
    assert world.committable() == {0: 1}
    assert await world.window.drop() == 2


async def test_partitions_do_not_wait_for_each_other() -> None:
    world = World()
    await world.put((0, 7))
    await world.put((1, 3))
    await world.clean((1, 3))
    await world.deliver((1, 3))
    assert world.committable() == {1: 4}


async def test_gaps_between_offsets_are_committed_over() -> None:
    """Compacted topics and transaction markers leave offsets that no reader ever sees."""
    world = World()
    for offset in (5, 9, 40):
        await world.put((0, offset))
        await world.clean((0, offset))
        await world.deliver((0, offset))
    assert world.committable() == {0: 41}


async def test_a_full_window_lets_nobody_in_until_a_page_is_committed() -> None:
    """A page that is delivered and not committed is repeated after a crash: it counts until the commit."""
    world = World(max_pages=2)
    await world.put((0, 0))
    await world.put((0, 1))
    third = asyncio.create_task(world.put((0, 2)))
    await world.clean((0, 0))
    await world.deliver((0, 0))
    assert not third.done()
    await world.commit()
    assert third.done()
    assert (world.window.pages, world.window.uncommitted) == (2, 0)


async def test_a_commit_is_due_when_half_the_window_waits_for_it() -> None:
    world = World(max_pages=4)
    due = asyncio.create_task(world.window.wait_commit_due(timeout=60))
    for offset in range(2):
        await world.put((0, offset))
        await world.clean((0, offset))
        assert not due.done()
        await world.deliver((0, offset))
    assert due.done()


async def test_a_commit_is_due_in_any_case_after_its_interval() -> None:
    await World().window.wait_commit_due(timeout=0.01)


async def test_a_window_is_bounded_in_bytes_but_takes_one_page_of_any_size() -> None:
    world = World(max_bytes=10)
    await world.put((0, 0), b"x" * 50)
    small = asyncio.create_task(world.put((0, 1), b"x"))
    await settle()
    assert not small.done()
    await world.clean((0, 0))
    await world.deliver((0, 0))
    assert small.done()
    assert world.window.bytes == 1


async def test_dropped_pages_are_neither_published_nor_committed() -> None:
    world = World()
    for offset in range(3):
        await world.put((0, offset))
    await world.clean((0, 0))
    await world.deliver((0, 0))
    assert await world.window.drop() == 2
    await world.clean((0, 2))
    assert world.cleaning[0, 1].cancelled(), "nobody waits for it any more"
    assert world.published == [(0, 0)]
    assert world.committable() == {}
    assert world.window.pages == 0


async def test_a_page_whose_partition_moved_while_it_waited_for_room_is_forgotten() -> None:
    world = World(max_pages=1)
    moved = False
    await world.put((0, 0))
    waiting = asyncio.create_task(world.put((0, 1), is_current=lambda: not moved))
    await settle()
    moved = True
    await world.window.drop()
    await settle()
    assert waiting.done()
    assert (0, 1) not in world.cleaning
    assert world.window.pages == 0


async def test_a_paused_window_lets_nobody_in_until_it_resumes() -> None:
    world = World()
    world.window.pause()
    page = asyncio.create_task(world.put((0, 0)))
    await settle()
    assert not page.done()
    await world.window.resume()
    await settle()
    assert page.done()
    assert world.window.pages == 1


Step = tuple[str, Place]


@st.composite
def schedules(draw: st.DrawFn) -> tuple[list[Place], list[Step]]:
    """Pages of two partitions, and their cleanings and deliveries in any order at all, some of them refused."""
    ends = draw(st.tuples(st.integers(1, 6), st.integers(0, 4)))
    places = [(partition, offset) for partition, end in enumerate(ends) for offset in range(end)]
    steps: list[Step] = [("clean", place) for place in places]
    steps += [(draw(st.sampled_from(["deliver"] * 9 + ["refuse"])), place) for place in places]
    return places, draw(st.permutations(steps))


@given(schedules())
def test_only_an_unbroken_run_of_delivered_pages_is_ever_committable(schedule: tuple[list[Place], list[Step]]) -> None:
    places, steps = schedule
    asyncio.run(follow(places, steps))


async def follow(places: list[Place], steps: list[Step]) -> None:
    world = World()
    for place in places:
        await world.put(place)
    done: set[Step] = set()
    for step, place in steps:
        await getattr(world, step)(place)
        done.add((step, place))
        for partition in {partition for partition, _ in places}:
            offsets = [offset for at, offset in places if at == partition]
            published = [offset for at, offset in world.published if at == partition]
            assert published == offsets[: len(published)], "published out of order"
            safe = sum(1 for _ in unbroken(partition, offsets, done))
            assert world.committable().get(partition, 0) == safe
    if not any(step == "refuse" for step, _ in steps):
        assert sorted(world.delivered) == sorted(places)
        assert await world.window.drain(timeout=1)
    await world.window.drop()
    if world.window.failed.done():
        assert world.window.failed.exception()


def unbroken(partition: int, offsets: list[int], done: set[Step]) -> Iterator[int]:
    """The offsets from the first on that are cleaned and delivered, up to the first that is not."""
    for offset in offsets:
        if not {("clean", (partition, offset)), ("deliver", (partition, offset))} <= done:
            return
        yield offset


@pytest.mark.parametrize("pages", [1, 3])
async def test_the_window_counts_what_it_holds(pages: int) -> None:
    world = World()
    for offset in range(pages):
        await world.put((0, offset), b"1234")
    assert (world.window.pages, world.window.bytes) == (pages, 4 * pages)
