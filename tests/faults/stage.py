"""Where a fault is played: real Kafka, fresh topics, workers by the handful, a seeded dice, and the verdict."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from tests.brokers import RealKafka
from tests.traffic import LARGEST_RECORD, Outcomes, Page, Position, Topics, Traffic, spread
from tests.workers import COMMAND, STRUCK_COMMAND, Worker, environment

WINDOW = 64
SETTINGS = {
    "pipeline": "tests.faults.pipelines:echo",
    "pool_size": "1",
    "batch_size": "8",
    "in_flight": str(WINDOW),
    "session_timeout": "3",
    "page_deadline": "5",
    "page_memory": "256",
    "produce_timeout": "60",
    "log_level": "WARNING",
}
COSTS = (0.0, 0.0, 0.0, 0.001, 0.005, 0.02)  # seconds that a page takes; most take none
KEYS = 200
CHUNK = 500


@dataclass(slots=True)
class Verdict:
    """What a fault cost: the promise was kept, or ``judge`` would have raised."""

    pages: int
    faults: int
    duplicates: int
    most_duplicates: int
    seconds: float
    notes: str = ""


@dataclass(slots=True)
class Stage:
    """One scene's Kafka, topics and workers; leaving it ends whatever still runs."""

    kafka: RealKafka
    folder: Path
    seed: int
    pages: int
    delivery: str = "at-least-once"
    partitions: int = 6
    workers: list[Worker] = field(default_factory=list)
    faults: int = 0
    dice: random.Random = field(init=False)
    traffic: Traffic = field(init=False)
    _begin: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.traffic = Traffic(self.kafka.bootstrap, Topics(), partitions=self.partitions, committed=self.exactly_once)
        self.traffic.still_worked_on = lambda: any(worker.running for worker in self.workers)

    @property
    def exactly_once(self) -> bool:
        return self.delivery == "exactly-once"

    async def __aenter__(self) -> Self:
        await self.traffic.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        for worker in self.workers:
            worker.end()
        if error[0] is not None:
            for worker in self.workers[-4:]:
                print(f"--- {worker.log.name}\n{worker.tail()}")
        await self.traffic.__aexit__(*error)

    def worker(self, **settings: str) -> Worker:
        """Start one more worker."""
        return self._start(settings, COMMAND)

    def struck_worker(self, point: str, count: int, **settings: str) -> Worker:
        """Start one more worker, to be struck at the so-many-th time that it comes to a point of its code."""
        return self._start({**settings, "test_fault": f"{point}={count}"}, STRUCK_COMMAND)

    def _start(self, settings: Mapping[str, str], command: Sequence[str]) -> Worker:
        variables = environment({**SETTINGS, "delivery": self.delivery, **settings})
        worker = Worker(
            self.folder, self.kafka.bootstrap, {**self.traffic.topics.environment(), **variables}, command=command
        )
        self.workers.append(worker)
        return worker.start()

    @contextlib.asynccontextmanager
    async def admin(self) -> AsyncIterator[AIOKafkaAdminClient]:
        """A client for changing topics."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.kafka.bootstrap)
        await admin.start()
        try:
            yield admin
        finally:
            await admin.close()

    async def configure(self, topic: str, **settings: str) -> None:
        """Give a topic these settings, dots written as underscores, beside the size that all test topics have."""
        dotted = {name.replace("_", "."): value for name, value in settings.items()}
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, {"max.message.bytes": str(LARGEST_RECORD), **dotted})
        async with self.admin() as admin:
            await admin.alter_configs([resource])

    def mixed_pages(self, count: int) -> list[Page]:
        """Pages of every fate and cost, under keys of their own lane."""
        return spread([Page.event(self._content(n)) for n in range(count)], KEYS)

    async def produce(self, pages: Iterable[Page]) -> None:
        """Send pages in chunks, so that none waits long for its place."""
        pages = list(pages)
        for begin in range(0, len(pages), CHUNK):
            await self.traffic.produce(*pages[begin : begin + CHUNK])

    @property
    def patience(self) -> float:
        """Seconds until a scene of this size must have moved on, on a slow and busy machine."""
        return 180 + self.pages / 20

    async def done(self, count: int) -> None:
        """Read on until so many pages have an outcome."""
        await self.traffic.read_until(lambda outcomes: len(outcomes.positions) >= count, seconds=self.patience)

    async def judge(self, *, most_duplicates: int, notes: str = "") -> Verdict:
        """Wait for the last page, drain all workers, and hold everything against the promise.

        ``most_duplicates`` is what at-least-once allows; exactly once allows none.
        """
        most_duplicates = 0 if self.exactly_once else most_duplicates
        await self.traffic.finish(seconds=self.patience)
        for worker in [worker for worker in self.workers if worker.running]:
            assert worker.drain() == 0, f"a drained worker ends with 0\n{worker.tail()}"
        outcomes: Outcomes = await self.traffic.read_rest()
        produced: list[Position] = self.traffic.produced
        outcomes.check(produced, most_duplicates=most_duplicates)
        assert await self.traffic.uncommitted() == {}, "everything is committed at the end"
        took = time.monotonic() - self._begin
        return Verdict(len(produced), self.faults, outcomes.duplicates, most_duplicates, took, notes)

    def _content(self, n: int) -> str:
        cost = self.dice.choice(COSTS)
        head = self.dice.choices(("page", "reject page", "page fault:raise"), weights=(90, 7, 3))[0]
        return f"{head} {n} fault:work={cost}" if cost else f"{head} {n}"


Scene = Callable[[Stage], Awaitable[Verdict]]


async def pause(stage: Stage, low: float, high: float) -> None:
    """Let the workers run for a moment of the dice's choosing; the fault strikes wherever they are then."""
    await asyncio.sleep(stage.dice.uniform(low, high))
