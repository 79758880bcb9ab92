"""Reads a part of a topic, from here to there, and no further than the topic reached when the reading began."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import TopicPartition

from stream.cli.io.kafka import reader
from stream.kafka.clients import client_options
from stream.settings import Settings

Bound = datetime | dict[int, int]
"""Where a part begins or ends: at a moment, or at an offset in each of some partitions."""

POLL_MS = 200
ENDS_SECONDS = 60.0
_AGO = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_REFERENCE = re.compile(r"(\d{1,9}):(\d{1,18})")


class _Moment(click.ParamType):
    """A moment in time: ISO 8601 (local time where it names no zone), or how long ago it was, such as ``2h``."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Bound:
        if ago := _AGO.fullmatch(value):
            return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: float(ago[1])})
        try:
            return datetime.fromisoformat(value).astimezone()
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is neither ISO 8601 (2025-04-18T17:38) nor a time ago (90s, 30m, 2h, 7d)", param, ctx)


class _Place(_Moment):
    """A moment, or offsets in partitions: ``0:1200,1:900``."""

    name = "time|partition:offset,..."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Bound:
        pairs = [_REFERENCE.fullmatch(pair.strip()) for pair in value.split(",")]
        if not all(pairs):
            return super().convert(value, param, ctx)
        return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


class _Reference(click.ParamType):
    """One record of a topic: ``partition:offset``."""

    name = "partition:offset"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = _REFERENCE.fullmatch(value)
        if found is None:
            self.fail(f"{value!r} is not written partition:offset, such as 0:17", param, ctx)
        return int(found[1]), int(found[2])


MOMENT, PLACE, REFERENCE = _Moment(), _Place(), _Reference()


@dataclass(frozen=True, slots=True)
class Part:
    """The records between two offsets of some of the topics' ``partitions``.

    ``after`` and ``before`` are timestamps in milliseconds.
    """

    client: AIOKafkaConsumer
    spans: dict[TopicPartition, tuple[int, int]]
    partitions: int
    after: float
    before: float

    @property
    def total(self) -> int:
        """How many records there are at most: compaction and transactions leave gaps."""
        return sum(end - begin for begin, end in self.spans.values())

    async def __aiter__(self) -> AsyncIterator[ConsumerRecord]:
        """The records, in order within each partition."""
        unread = {partition: span for partition, span in self.spans.items() if span[0] < span[1]}
        self.client.assign(list(unread))
        for partition, (begin, _) in unread.items():
            self.client.seek(partition, begin)
        while unread:
            for partition, records in (await self.client.getmany(timeout_ms=POLL_MS)).items():
                for record in records:
                    if record.offset < self.spans[partition][1] and self.after <= record.timestamp < self.before:
                        yield record
            for partition in list(unread):
                if await self.client.position(partition) >= unread[partition][1]:
                    self.client.pause(partition)
                    del unread[partition]


@asynccontextmanager
async def part_of(
    settings: Settings, topics: list[str], begin: Bound | None = None, end: Bound | None = None
) -> AsyncIterator[Part]:
    """The part of the topics from ``begin`` to just before ``end``, as far as they reach now.

    Where a bound names partitions, only those are read. It reads outside any group and commits nothing.
    """
    async with reader(settings, topics, from_beginning=True) as client:
        everything = await _partitions(settings, topics)
        partitions = [
            at for at in everything if all(at.partition in bound for bound in (begin, end) if isinstance(bound, dict))
        ]
        if not partitions:
            yield Part(client, {}, len(everything), 0, 0)
            return
        client.assign(partitions)  # from here on the client knows their leaders
        client.pause(*partitions)
        first = await client.beginning_offsets(partitions)
        last = await _ends(client, first)
        begins = await _offsets(client, begin, first, otherwise=last if begin else first)
        ends = await _offsets(client, end, first, otherwise=last)
        spans = {
            at: (max(begins[at], first[at]), max(min(ends[at], last[at]), begins[at], first[at])) for at in partitions
        }
        after = _milliseconds(begin) if isinstance(begin, datetime) else float("-inf")
        before = _milliseconds(end) if isinstance(end, datetime) else float("inf")
        yield Part(client, spans, len(everything), after, before)


async def _partitions(settings: Settings, topics: list[str]) -> list[TopicPartition]:
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await admin.start()
        described = await admin.describe_topics(topics)
    finally:
        await admin.close()
    found = [TopicPartition(topic["topic"], each["partition"]) for topic in described for each in topic["partitions"]]
    return sorted(found)


async def _ends(client: AIOKafkaConsumer, first: dict[TopicPartition, int]) -> dict[TopicPartition, int]:
    """The offset behind the last record of each partition, as a fetch tells it.

    The embedded broker, asked for its end offsets, leaves out all but the first record of the last batch.
    """
    ends: dict[TopicPartition, int] = await client.end_offsets(list(first))
    filled = [at for at, end in ends.items() if end > first[at]]
    for at in filled:
        client.seek(at, ends[at] - 1)
    client.resume(*filled)
    async with asyncio.timeout(ENDS_SECONDS):
        while any(client.highwater(at) is None for at in filled):
            await client.getmany(timeout_ms=POLL_MS, max_records=1)
    client.pause(*filled)
    return ends | {at: max(ends[at], client.highwater(at)) for at in filled}


async def _offsets(
    client: AIOKafkaConsumer,
    bound: Bound | None,
    partitions: dict[TopicPartition, int],
    otherwise: dict[TopicPartition, int],
) -> dict[TopicPartition, int]:
    """The offset that a bound stands for in each partition; ``otherwise`` where there is no bound or none so late."""
    if not partitions or bound is None:
        return otherwise
    if isinstance(bound, dict):
        return {at: bound[at.partition] for at in partitions}
    found = await client.offsets_for_times(dict.fromkeys(partitions, int(_milliseconds(bound))))
    return {at: otherwise[at] if place is None or place.timestamp < 0 else place.offset for at, place in found.items()}


def _milliseconds(moment: datetime) -> float:
    return moment.timestamp() * 1000
