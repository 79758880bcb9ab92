"""Pages in, outcomes out: fresh topics, a producer, a reader of all three outputs, and the oracle of the promise."""

import asyncio
import json
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.structs import ConsumerRecord

LARGEST_RECORD = 16 * 1024 * 1024

Kind = Literal["clean", "rejected", "dead"]
Position = tuple[int, int]  # partition and offset in the input topic
Header = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """One record for the input topic."""

    value: bytes | None
    key: bytes | None = None
    headers: tuple[Header, ...] = ()
    partition: int | None = None

    @classmethod
    def event(cls, content: str, *, key: str | None = None, **fields: Any) -> "Page":
        """A raw-page JSON event."""
        value = json.dumps({"content": content, **fields}).encode()
        return cls(value, key.encode() if key is not None else None)


@dataclass(frozen=True, slots=True)
class Topics:
    """The four topics and the group of one test, under a name of its own."""

    name: str = field(default_factory=lambda: f"t{uuid.uuid4().hex[:10]}")

    @property
    def raw(self) -> str:
        return f"{self.name}.raw"

    @property
    def outputs(self) -> dict[str, Kind]:
        return {self.clean: "clean", self.rejected: "rejected", self.dead: "dead"}

    @property
    def clean(self) -> str:
        return f"{self.name}.clean"

    @property
    def rejected(self) -> str:
        return f"{self.name}.rejected"

    @property
    def dead(self) -> str:
        return f"{self.name}.dead"

    def settings(self) -> dict[str, str]:
        """The settings that point a command at these topics."""
        return {
            "input_topic": self.raw,
            "clean_topic": self.clean,
            "rejected_topic": self.rejected,
            "dead_letter_topic": self.dead,
        }

    def environment(self) -> dict[str, str]:
        """The variables that point a worker at these topics."""
        return {
            "STREAM_GROUP": self.name,
            **{f"STREAM_{name.upper()}": topic for name, topic in self.settings().items()},
        }


@dataclass(frozen=True, slots=True)
class Output:
    """One record of an output topic, and the input record that it answers."""

    kind: Kind
    position: Position
    record: ConsumerRecord

    @property
    def headers(self) -> dict[str, str]:
        return {name: value.decode() for name, value in self.record.headers}

    @property
    def event(self) -> Any:
        """The clean article or rejected page; a dead letter's value is the raw page itself."""
        return json.loads(self.record.value)


@dataclass(slots=True)
class Outcomes:
    """What has come out so far, in the order of each output partition."""

    outputs: list[Output] = field(default_factory=list)

    def at(self, position: Position) -> Output:
        """The first answer to one input record."""
        return next(output for output in self.outputs if output.position == position)

    @property
    def positions(self) -> set[Position]:
        return {output.position for output in self.outputs}

    @property
    def duplicates(self) -> int:
        """How many outputs repeat an answer that was already given."""
        return len(self.outputs) - len(self.positions)

    def count(self, kind: Kind) -> int:
        return len({output.position for output in self.outputs if output.kind == kind})

    def check(self, produced: Iterable[Position], *, most_duplicates: int = 0) -> None:
        """The promise: every page ends in exactly one of the three topics, in order per key, repeats bounded."""
        wanted = set(produced)
        missing, invented = wanted - self.positions, self.positions - wanted
        assert not missing, f"{len(missing)} of {len(wanted)} pages lost: {sorted(missing)[:10]}"
        assert not invented, f"{len(invented)} outcomes without a page: {sorted(invented)[:10]}"
        kinds = Counter(position for position, _ in {(output.position, output.kind) for output in self.outputs})
        torn = [position for position, count in kinds.items() if count > 1]
        assert not torn, f"{len(torn)} pages ended in two topics: {sorted(torn)[:10]}"
        self.check_order()
        assert self.duplicates <= most_duplicates, f"{self.duplicates} duplicates; at most {most_duplicates} allowed"

    def check_order(self) -> None:
        """First answers to one key keep the order of the input (a repeat after a restart may come later again)."""
        last: dict[tuple[str, bytes | None, int], Position] = {}
        seen: set[Position] = set()
        for output in self.outputs:
            if output.position in seen or output.record.key is None:
                continue
            seen.add(output.position)
            lane = (output.record.topic, output.record.key, output.position[0])
            assert last.get(lane, (-1, -1)) < output.position, f"{output.position} came after {last[lane]} in {lane}"
            last[lane] = output.position


class Traffic:
    """Produces to one test's input topic and follows its three output topics from their beginning.

    ``committed``: what was not published for good, in transactions, is not seen.
    """

    def __init__(self, bootstrap: str, topics: Topics, *, partitions: int, committed: bool = False) -> None:
        self.topics = topics
        self.partitions = partitions
        self.produced: list[Position] = []
        self.outcomes = Outcomes()
        self.still_worked_on: Callable[[], bool] = lambda: True
        self._bootstrap = bootstrap
        self._producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap,
            max_request_size=LARGEST_RECORD,
            linger_ms=2,
            acks="all",
            metadata_max_age_ms=1000,  # sees added partitions soon
        )
        self._reader = AIOKafkaConsumer(
            bootstrap_servers=bootstrap,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_partition_fetch_bytes=LARGEST_RECORD,
            fetch_max_bytes=4 * LARGEST_RECORD,
            isolation_level="read_committed" if committed else "read_uncommitted",
        )

    async def __aenter__(self) -> "Traffic":
        """Create the topics and get ready to read them."""
        await create_topics(self._bootstrap, {self.topics.raw: self.partitions})
        outputs = dict.fromkeys(self.topics.outputs, self.partitions)
        # the broker's own clock says when an output arrived
        await create_topics(self._bootstrap, outputs, message_timestamp_type="LogAppendTime")
        await self._producer.start()
        await self._reader.start()
        self._reader.assign([TopicPartition(name, p) for name in self.topics.outputs for p in range(self.partitions)])
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._producer.stop()
        await self._reader.stop()

    async def produce(self, *pages: Page) -> list[Position]:
        """Send the pages and return where the broker put them, in the same order."""
        sent = [
            await self._producer.send(
                self.topics.raw,
                page.value,
                key=page.key,
                partition=page.partition,
                headers=list(page.headers),
            )
            for page in pages
        ]
        delivered = await asyncio.gather(*sent)
        positions = [(record.partition, record.offset) for record in delivered]
        self.produced += positions
        return positions

    async def published(self) -> int:
        """How many records the output topics hold, without reading them."""
        return sum((await self._reader.end_offsets(list(self._reader.assignment()))).values())

    async def wait_for_partitions(self, count: int) -> None:
        """Return when the producer knows so many partitions of the input topic."""
        async with asyncio.timeout(30):
            while len(await self._producer.partitions_for(self.topics.raw)) < count:
                await asyncio.sleep(0.1)

    async def wait_for_compaction(self) -> None:
        """Return when the broker has taken records out of the input topic."""
        async with asyncio.timeout(60):
            while len(await self.surviving()) == len(self.produced):
                await asyncio.sleep(0.5)

    async def surviving(self) -> list[Position]:
        """Where the input topic still has records."""
        partitions = [TopicPartition(self.topics.raw, p) for p in range(self.partitions)]
        reader = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap, auto_offset_reset="earliest", enable_auto_commit=False
        )
        reader.assign(partitions)
        await reader.start()
        try:
            found: list[Position] = []
            ends = await reader.end_offsets(partitions)
            while [at for at, end in ends.items() if await reader.position(at) < end]:
                for at, records in (await reader.getmany(timeout_ms=500)).items():
                    found += [(at.partition, record.offset) for record in records]
            return found
        finally:
            await reader.stop()

    async def finish(self, *, seconds: float) -> Outcomes:
        """Read until everything produced so far has an outcome; fail, saying what is missing, after the deadline."""
        await self.read_until(lambda outcomes: outcomes.positions >= set(self.produced), seconds=seconds)
        return self.outcomes

    async def read_until(self, enough: Callable[[Outcomes], bool], *, seconds: float) -> None:
        """Read the outputs until the condition holds; ``AssertionError`` once it cannot, or the deadline passed."""
        deadline = time.monotonic() + seconds
        while not enough(self.outcomes):
            if time.monotonic() > deadline or not self.still_worked_on():
                missing = sorted(set(self.produced) - self.outcomes.positions)
                raise AssertionError(
                    f"{len(self.outcomes.positions)} of {len(self.produced)} pages have an outcome "
                    f"after {seconds:.0f} s or with no worker left; missing {missing[:10]}"
                )
            await self._read(timeout_ms=200)

    async def read_rest(self) -> Outcomes:
        """Read up to the present end of the output topics."""
        ends = await self._reader.end_offsets(list(self._reader.assignment()))
        while [at for at, end in ends.items() if await self._reader.position(at) < end]:
            await self._read(timeout_ms=500)
        return self.outcomes

    async def answers(self) -> int:
        """How many records the output topics ever took, read or not."""
        return sum((await self._reader.end_offsets(list(self._reader.assignment()))).values())

    async def uncommitted(self) -> dict[int, tuple[int, int | None]]:
        """Partitions whose end the group has not committed: their end and what is committed."""
        ends: dict[int, int] = {}
        for partition, offset in self.produced:
            ends[partition] = max(ends.get(partition, 0), offset + 1)
        return {p: (end, at) for p, end in ends.items() if (at := await self.committed(p)) != end}

    async def committed(self, partition: int) -> int | None:
        """The offset that the worker's group has committed for one partition of the input."""
        at = TopicPartition(self.topics.raw, partition)
        reader = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap, group_id=self.topics.name, enable_auto_commit=False
        )
        reader.assign([at])  # an assignment by hand joins no group, so the worker's is left in peace
        await reader.start()
        try:
            offset = await reader.committed(at)
        finally:
            await reader.stop()
        return None if offset is None else int(offset)

    async def _read(self, *, timeout_ms: int) -> None:
        batches = await self._reader.getmany(timeout_ms=timeout_ms)
        for records in batches.values():
            self.outcomes.outputs += [_answer(self.topics, record) for record in records]


async def create_topics(bootstrap: str, partitions: dict[str, int], replicas: int = 1, **configs: str) -> None:
    """Create topics, given their numbers of partitions; ``configs`` are named with underscores for dots."""
    dotted = {name.replace("_", "."): value for name, value in configs.items()}
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics(
            [
                NewTopic(name, count, replicas, topic_configs={"max.message.bytes": str(LARGEST_RECORD), **dotted})
                for name, count in partitions.items()
            ]
        )
    finally:
        await admin.close()


async def delete_topic(bootstrap: str, name: str) -> None:
    """Take a topic away, records and all."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.delete_topics([name])
    finally:
        await admin.close()


def spread(pages: Sequence[Page], keys: int) -> list[Page]:
    """The same pages under so many keys, in turn."""
    return [Page(page.value, f"key-{n % keys}".encode(), page.headers) for n, page in enumerate(pages)]


def _answer(topics: Topics, record: ConsumerRecord) -> Output:
    kind = topics.outputs[record.topic]
    if kind == "dead":
        headers = dict(record.headers)
        position = int(headers["source.partition"]), int(headers["source.offset"])
    else:
        source = json.loads(record.value)["source"]
        position = source["partition"], source["offset"]
    return Output(kind, position, record)
