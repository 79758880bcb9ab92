"""``stream-cleaner replay``: clean a range of the input topic once more, with today's pipeline, into another topic."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import click
from aiokafka import AIOKafkaProducer

from stream.cli.io.kafka import producer, run
from stream.cli.io.pacing import Stop, stop_on_signal
from stream.cli.io.ranges import PLACE, Bound, Part, part_of
from stream.cli.show.progress import progress
from stream.cli.show.terminal import say
from stream.codec.record import Record
from stream.codec.write import Message
from stream.events import Source
from stream.kafka.topics import create_topics, topics_of
from stream.observe.tracing import NoTracing
from stream.outcome import Finished, OutcomeKind
from stream.service.delivery.at_least_once import Sender
from stream.service.delivery.route import Route
from stream.service.delivery.window import Partition, Window
from stream.service.pool.pool import PagePool
from stream.settings import Settings

ROOM_SECONDS = 0.5


@dataclass(slots=True)
class ReplayAccount:
    """What became of the pages so far; ``rest`` says where to go on, after a signal."""

    source: str
    target: str
    outcomes: Counter[str] = field(default_factory=Counter)
    rest: str = ""

    def __str__(self) -> str:
        shares = ", ".join(f"{self.outcomes[kind]:,} {kind}" for kind in OutcomeKind)
        line = f"replayed {self.outcomes.total():,} pages of {self.source} into {self.target}: {shares}"
        return f"{line}; go on with --from {self.rest}" if self.rest else line


@click.command()
@click.option("--from", "begin", type=PLACE, required=True, help="Begin: ISO 8601, a time ago (2h), or offsets (0:17).")
@click.option("--to", "end", type=PLACE, help="End, itself left out.  [default: where the topic ends now]")
@click.option("--into", required=True, metavar="TOPIC", help="Where all outcomes go; created where it is missing.")
@click.option("--live", is_flag=True, help="Allow --into to be a topic that workers write to.")
@click.pass_obj
def replay(settings: Settings, begin: Bound, end: Bound | None, into: str, live: bool) -> None:
    """Clean a range of the input topic once more, with today's pipeline, into another topic.

    \b
      stream-cleaner replay --from 2h --into try-2
      stream-cleaner replay --from 2025-04-18T06:00 --to 2025-04-18T09:00 --into try-2
      stream-cleaner replay --from 0:1200,1:900 --to 0:1300,1:1000 --into try-2
      stream-cleaner diff live try-2

    Times name a range of every partition, offsets (partition:offset) only of the partitions that they name. The end
    is fixed when the command begins. It reads outside the workers' group and commits nothing, so it disturbs nobody;
    the pages are cleaned here, in STREAM_POOL_SIZE processes under the worker's limits.

    All outcomes go to the one topic, in input order per partition: articles and rejected pages are told by their
    header ce_type, dead letters by error.stage. Ctrl-C or SIGTERM finishes the pages in flight and says where to go on.

    Exit code: 0 every page has its outcome in the topic, 1 it ended early, 2 wrong usage, 130 or 143 by a signal.
    """
    _check_target(settings, into, live)
    account = ReplayAccount(settings.input_topic, into)
    try:
        code = run(_replay(settings, begin, end, account), settings)
    finally:
        say(str(account))
    sys.exit(code)


def _check_target(settings: Settings, into: str, live: bool) -> None:
    outputs = (settings.clean_topic, settings.rejected_topic, settings.dead_letter_topic)
    if into == settings.input_topic:
        raise click.UsageError(f"{into} is the input topic: the workers would clean the outcomes as pages")
    if into in outputs and not live:
        raise click.UsageError(f"{into} is a live topic: its subscribers would get every page again; --live allows it")


async def _replay(settings: Settings, begin: Bound, end: Bound | None, account: ReplayAccount) -> int:
    """Clean the range; the exit code."""
    async with (
        part_of(settings, [settings.input_topic], begin, end) as part,
        producer(settings) as client,
        _started(PagePool(settings)) as pool,
    ):
        await _create(settings, account.target, partitions=part.partitions)
        with stop_on_signal() as stop, progress("replaying", part.total) as advance:
            window = _window(settings, pool, client, account, advance)
            try:
                await _until_failed(window, _feed(part, window, stop))
                if stop.requested:
                    account.rest = _rest(part, window.committable())
            finally:
                await window.drop()
        return stop.exit_code


@asynccontextmanager
async def _started(pool: PagePool) -> AsyncIterator[PagePool]:
    try:
        await pool.start()
        yield pool
    finally:
        await pool.stop()


async def _create(settings: Settings, name: str, partitions: int) -> None:
    """Create the topic where it is missing; like that of the dead letters, it takes every page with its headers."""
    dead_letters = topics_of(settings, partitions)[-1]
    topic = replace(dead_letters, name=name, partitions=partitions)
    if (await create_topics(settings, (topic,)))[name]:
        say(f"created {name} with {partitions} partitions")


def _window(
    settings: Settings, pool: PagePool, client: AIOKafkaProducer, account: ReplayAccount, advance: Callable[[], None]
) -> Window:
    def delivered(finished: Finished, record: Record, publish_seconds: float) -> None:
        account.outcomes[finished.kind] += 1
        advance()

    async def send(topic: str, message: Message) -> Awaitable[object]:
        sent: Awaitable[object] = await client.send(topic, message.value, message.key, headers=list(message.headers))
        return sent

    route = Route(dict.fromkeys(OutcomeKind, account.target), NoTracing(), lambda: pool.pipeline_version)
    return Window(
        pool.submit,
        Sender(route, send).publish,
        delivered,
        max_pages=settings.window,
        max_bytes=settings.in_flight_bytes,
    )


async def _feed(part: Part, window: Window, stop: Stop) -> None:
    """Put the pages into the window until they end or a signal comes; return when all that went in is delivered."""
    async for record in part:
        page = Record(
            value=record.value,
            key=record.key,
            headers=tuple(record.headers),
            source=Source(topic=record.topic, partition=record.partition, offset=record.offset),
            timestamp=record.timestamp / 1000,
        )
        await window.put(Partition(record.topic, record.partition), record.offset, page)
        if stop.requested:
            break
    await window.drain(float("inf"))  # every page has a deadline of its own


async def _until_failed(window: Window, work: Coroutine[None, None, None]) -> None:
    """Wait for the work; the first output that cannot be delivered ends it with its error."""
    tasks = asyncio.create_task(work), asyncio.create_task(_make_room(window))
    try:
        await asyncio.wait({*tasks, window.failed}, return_when=asyncio.FIRST_COMPLETED)
        if window.failed.done():
            window.failed.result()
        tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _make_room(window: Window) -> None:
    """Nothing is committed here; but the window keeps a delivered page's room until it is told that it was."""
    while True:
        await window.wait_commit_due(ROOM_SECONDS)
        await window.committed(window.committable())


def _rest(part: Part, done: dict[Partition, int]) -> str:
    """Where each partition goes on, as ``--from`` reads it."""
    places = {at.partition: done.get(Partition(*at), begin) for at, (begin, _) in part.spans.items()}
    return ",".join(f"{partition}:{offset}" for partition, offset in sorted(places.items()))
