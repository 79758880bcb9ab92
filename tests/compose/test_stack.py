"""The whole of docker-compose.yml on a real engine: pages in, articles out, watched, and drained by SIGTERM."""

import json
import os
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.brokers import listens, wait_until
from tests.compose import images
from tests.compose.engine import Engine
from tests.deploy.tools import installed, run

pytestmark = pytest.mark.compose

PROJECT = "stream-cleaner-test"
SERVICES = ("kafka", "topics", "worker", "producer", "prometheus")  # Grafana cannot be built of Debian's packages
WORKERS = 2
KAFKA = "localhost:9092"
PROMETHEUS = "http://localhost:9090"
INPUT = {"raw-pages": 6}  # partitions
OUTPUTS = {"clean-articles": 6, "rejected-pages": 6, "raw-pages.dead-letters": 1}
MIB = 2**20


class Stack:
    """The project as Compose runs it."""

    def __init__(self, engine: Engine, named: dict[str, str]) -> None:
        self._engine = engine
        self._environment = engine.environment | named

    def compose(self, *arguments: str) -> str:
        options = f"--project-name={PROJECT}", "--profile=producer"
        return run(installed("docker-compose"), *options, *arguments, environment=self._environment)

    def containers(self, service: str) -> list[dict[str, Any]]:
        """Everything the engine knows of a service's containers."""
        ids = self.compose("ps", "--all", "--quiet", service).split()
        found: list[dict[str, Any]] = json.loads(self._engine.podman("inspect", *ids))
        return found


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Everything up and healthy, two workers; the images are built first."""
    if os.geteuid():
        pytest.fail("podman needs root for networks and limits")
    engine = Engine()
    engine.start()
    stack = Stack(engine, images.build(engine))
    try:
        stack.compose("up", "--no-build", "--detach", "--wait", f"--scale=worker={WORKERS}", *SERVICES)
        yield stack
    finally:
        print(stack.compose("logs", "--tail=20"))
        stack.compose("down", "--volumes", "--timeout=5")
        engine.stop()


def query(promql: str) -> list[float]:
    """The present values of an expression, in Prometheus' order."""
    url = f"{PROMETHEUS}/api/v1/query?{urllib.parse.urlencode({'query': promql})}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return [float(row["value"][1]) for row in json.load(answer)["data"]["result"]]


def partitions(topics: dict[str, int]) -> list[TopicPartition]:
    return [TopicPartition(topic, number) for topic, count in topics.items() for number in range(count)]


async def records(topics: dict[str, int]) -> int:
    """How many records the topics hold."""
    async with AIOKafkaConsumer(bootstrap_servers=KAFKA) as reader:
        return sum((await reader.end_offsets(partitions(topics))).values())


async def committed() -> int:
    """How many pages the workers' group has committed."""
    async with AIOKafkaConsumer(bootstrap_servers=KAFKA, group_id="stream-cleaner", enable_auto_commit=False) as group:
        group.assign(partitions(INPUT))  # by hand: that joins no group
        return sum([await group.committed(partition) or 0 for partition in partitions(INPUT)])


def test_everything_is_up_and_the_topics_are_made(stack: Stack) -> None:
    for service in ("kafka", "worker", "prometheus"):
        assert {found["State"]["Health"]["Status"] for found in stack.containers(service)} == {"healthy"}
    (topics,) = stack.containers("topics")
    assert (topics["State"]["Status"], topics["State"]["ExitCode"]) == ("exited", 0)


@pytest.mark.parametrize("service", ["kafka", "worker", "producer", "prometheus"])
def test_a_process_has_no_rights_that_it_does_not_need(stack: Stack, service: str) -> None:
    for found in stack.containers(service):
        with open(f"/proc/{found['State']['Pid']}/status") as lines:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in lines)
        assert status["Uid"].split()[0] != "0"
        assert int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0
        assert status["NoNewPrivs"] == "1"
        assert found["HostConfig"]["ReadonlyRootfs"] is True
        assert found["HostConfig"]["Memory"] > 0
        assert found["HostConfig"]["PidsLimit"] > 0


def test_the_image_cleans_with_compiled_loops(stack: Stack) -> None:
    assert stack.compose("exec", "-T", "worker", "stream-cleaner", "--version").strip().endswith("(compiled)")
    assert query('count(stream_cleaner_build_info{native="compiled"})') == [WORKERS]


def test_prometheus_finds_every_worker_by_its_name(stack: Stack) -> None:
    wait_until(lambda: query('up{job="stream-cleaner"}') == [1.0] * WORKERS, seconds=90, what="the targets to be up")
    assert query("stream_cleaner_memory_limit_bytes") == [2560 * MIB] * WORKERS


async def test_pages_come_in_and_articles_go_out(stack: Stack) -> None:
    async with AIOKafkaConsumer("clean-articles", bootstrap_servers=KAFKA, auto_offset_reset="earliest") as consumer:
        articles = (json.loads(record.value) async for record in consumer)
        article = await anext(article async for article in articles if article["inLanguage"] == "en")
    assert article["headline"]
    assert article["articleBody"]
    assert article["entities"]
    wait_until(
        lambda: sum(query("stream_cleaner_finished_total")) > 20, seconds=90, what="Prometheus to have seen pages"
    )
    assert query("stream_cleaner_unaccounted_pages") == [0.0] * WORKERS


async def test_sigterm_in_the_middle_of_the_work_leaves_nothing_behind(stack: Stack) -> None:
    before = await records(INPUT)
    begin = time.monotonic()
    stack.compose("stop", "worker")
    assert time.monotonic() - begin < 45, "the grace was used up: it was killed"
    assert [found["State"]["ExitCode"] for found in stack.containers("worker")] == [0] * WORKERS
    assert await committed() == await records(OUTPUTS) > 0, "what was published is committed, and nothing else"
    wait = time.monotonic() + 30
    while await records(INPUT) == before:
        assert time.monotonic() < wait, "the producer should go on"


async def test_after_a_restart_of_everything_they_go_on_where_they_ended(stack: Stack) -> None:
    stack.compose("stop", "producer")
    stack.compose("restart", "kafka")
    wait_until(lambda: listens(9092), seconds=60, what="Kafka to listen again")
    stack.compose("start", "worker")
    produced, deadline = await records(INPUT), time.monotonic() + 120
    while await committed() < produced:
        assert time.monotonic() < deadline, "the workers should catch up"
    assert await records(OUTPUTS) == produced, "every page has one outcome"
