"""What a probe sees when something really breaks: the broker, the consumer, the cleaning processes."""

import asyncio
import json
import re
import urllib.error
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.brokers import RealKafka, wait_until
from tests.traffic import Page, Topics, Traffic
from tests.workers import STRUCK_COMMAND, Worker

pytestmark = [pytest.mark.kafka, pytest.mark.observability]

ECHO = {"STREAM_PIPELINE": "tests.faults.pipelines:echo"}


def probe(worker: Worker, path: str) -> tuple[int, list[str]]:
    """The status and the reasons of ``/healthz`` or ``/readyz``."""
    try:
        return 200, json.loads(worker.get(path))["reasons"]
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)["reasons"]


@pytest.fixture
def topics() -> Topics:
    return Topics()


@pytest.fixture
async def traffic(own_kafka: RealKafka, topics: Topics) -> AsyncIterator[Traffic]:
    async with Traffic(own_kafka.bootstrap, topics, partitions=1) as traffic:
        yield traffic


@pytest.fixture
def worker(own_kafka: RealKafka, topics: Topics, traffic: Traffic, tmp_path: Path) -> Iterator[Worker]:
    """A ready worker."""
    worker = Worker(tmp_path, own_kafka.bootstrap, {**topics.environment(), **ECHO})
    try:
        yield worker.start().wait_ready()
    finally:
        worker.end()


async def test_a_lost_broker_is_unready_until_it_comes_back_and_never_a_reason_to_restart(
    own_kafka: RealKafka, traffic: Traffic, worker: Worker
) -> None:
    await traffic.produce(Page.event("a page"))
    await traffic.finish(seconds=30)
    own_kafka.kill9()
    wait_until(
        lambda: probe(worker, "/readyz") == (503, ["no connection to the broker"]),
        seconds=30,
        what=f"the worker to miss its broker: {probe(worker, '/readyz')}",
    )
    assert probe(worker, "/healthz") == (200, [])
    await asyncio.to_thread(own_kafka.start)
    wait_until(lambda: probe(worker, "/readyz")[0] == 200, seconds=60, what="the worker to find its broker again")


async def test_a_worker_that_stands_still_while_pages_wait_ends_for_its_supervisor(
    own_kafka: RealKafka, traffic: Traffic, topics: Topics, tmp_path: Path
) -> None:
    settings = {"STREAM_TEST_FAULT": "taken=2", "STREAM_STALL_TIMEOUT": "3", "STREAM_PAGE_DEADLINE": "1"}
    worker = Worker(tmp_path, own_kafka.bootstrap, {**topics.environment(), **ECHO, **settings}, command=STRUCK_COMMAND)
    try:
        worker.start().wait_ready()
        await traffic.produce(*[Page.event("a page")] * 4)
        assert await asyncio.to_thread(worker.wait, 60) == 1
        assert re.search("WorkerStalled.*no page finished for [0-9]+ s while 3 records wait", worker.tail(200))
    finally:
        worker.end()


async def test_cleaning_processes_that_cannot_start_end_the_worker(
    own_kafka: RealKafka, traffic: Traffic, topics: Topics, tmp_path: Path
) -> None:
    worker = Worker(tmp_path, own_kafka.bootstrap, {**topics.environment(), "STREAM_PIPELINE": "tests.faults:missing"})
    try:
        assert worker.start().wait(120) == 1
        assert "PoolBroken" in worker.tail(200)
    finally:
        worker.end()
