"""Kafka from the command line: clients made from the settings, and one clear line when Kafka says no."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import click
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord
from aiokafka.errors import KafkaConnectionError, KafkaError

from stream.kafka.clients import client_options, largest_record, producer_options
from stream.settings import Settings

T = TypeVar("T")

METADATA_SECONDS = 15.0
POLL_SECONDS = 0.2


class _LastComplaint(logging.Handler):
    """Keeps what aiokafka logged last: the reason, where its exception only says that no broker answered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text = record.getMessage()


def run(work: Coroutine[Any, Any, T], settings: Settings) -> T:
    """Run ``work``; whatever Kafka, the network or TLS refuses becomes one line for people."""
    complaint = _LastComplaint()
    logger = logging.getLogger("aiokafka")
    logger.addHandler(complaint)
    logger.propagate = False
    try:
        return asyncio.run(work)
    except BrokenPipeError:
        raise  # the reader of our output left: no fault of Kafka's
    except (KafkaError, ssl.SSLError, OSError, TimeoutError) as error:
        raise click.ClickException(_explain(error, complaint.text, settings)) from error
    finally:
        logger.removeHandler(complaint)
        logger.propagate = True


@asynccontextmanager
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A started producer, which delivers what it holds before it ends."""
    client = AIOKafkaProducer(**producer_options(settings), acks="all")
    try:
        await client.start()
        yield client
    finally:
        await client.stop()


@asynccontextmanager
async def consumer(
    settings: Settings, topics: Sequence[str], *, from_beginning: bool
) -> AsyncIterator[AIOKafkaConsumer]:
    """A reader that follows all partitions of the topics, also those that are added meanwhile."""
    async with reader(settings, topics, from_beginning=from_beginning) as client:
        client.subscribe(topics)
        yield client


@asynccontextmanager
async def reader(settings: Settings, topics: Sequence[str], *, from_beginning: bool) -> AsyncIterator[AIOKafkaConsumer]:
    """A started consumer outside any group, which takes nothing from the workers; fails where a topic is missing."""
    client = AIOKafkaConsumer(
        **client_options(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
        max_partition_fetch_bytes=largest_record(settings),
    )
    try:
        await client.start()
        missing = sorted(set(topics) - await client.topics())
        if missing:
            raise click.ClickException(f"no such topic: {', '.join(missing)}; create it with 'stream-cleaner topics'")
        yield client
    finally:
        await client.stop()


async def fetch(client: AIOKafkaConsumer) -> list[ConsumerRecord]:
    """What has arrived, oldest first; empty where nothing came for a moment."""
    fetched = await client.getmany(timeout_ms=int(POLL_SECONDS * 1000))
    return sorted((record for batch in fetched.values() for record in batch), key=lambda record: record.timestamp)


async def require_topic(client: AIOKafkaProducer, topic: str) -> None:
    """Fail early where the topic is missing: a producer would wait for it until it times out."""
    try:
        await asyncio.wait_for(client.partitions_for(topic), METADATA_SECONDS)
    except TimeoutError:
        raise click.ClickException(f"no such topic: {topic}; create it with 'stream-cleaner topics'") from None


def _explain(error: BaseException, complaint: str, settings: Settings) -> str:
    where = ",".join(settings.brokers)
    said = complaint or str(error) or type(error).__name__
    if "uthentication" in said or "SASL" in said.upper():
        return f"Kafka at {where} refused the login: {said} (see STREAM_SECURITY_PROTOCOL and STREAM_SASL_*)"
    if "uthorization" in type(error).__name__:
        return f"Kafka at {where} does not allow this user to do that: {error}"
    if isinstance(error, KafkaConnectionError | OSError):
        return f"cannot reach Kafka at {where}: {said} (see {'STREAM_TLS_*' if 'SSL' in said else 'STREAM_BROKERS'})"
    return f"Kafka at {where}: {type(error).__name__}: {error}"
