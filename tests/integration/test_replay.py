"""A range of the input topic is cleaned once more into another topic, and compared with what the workers made of it."""

import asyncio
import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from tests.brokers import Broker
from tests.cli.programs import PROGRAM, environment, stream_cleaner
from tests.conftest import NewWorker
from tests.traffic import Page, Traffic

pytestmark = pytest.mark.broker

ECHO = "tests.faults.pipelines:echo"


class Range:
    """The command line on one test's topics, and the topic that it replays into."""

    def __init__(self, broker: Broker, traffic: Traffic) -> None:
        self.traffic = traffic
        self.into = f"{traffic.topics.name}.again"
        self.settings = {"brokers": broker.bootstrap, "pipeline": ECHO, **traffic.topics.settings()}

    def run(self, *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[bytes]":
        done = stream_cleaner(*arguments, **self.settings)
        assert done.returncode == code, done.stderr.decode()
        return done

    def replay(self, *arguments: str, code: int = 0) -> str:
        return self.run("replay", *arguments, "--into", self.into, code=code).stderr.decode()

    def diff(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run("diff", *arguments, "--json", code=code).stdout)
        return answer


@pytest.fixture
def range_(broker: Broker, traffic: Traffic) -> Range:
    return Range(broker, traffic)


async def test_a_range_is_replayed_into_one_topic_and_compared_with_the_live_outcomes(
    range_: Range, new_worker: NewWorker
) -> None:
    traffic = range_.traffic
    pages = [Page(b"fault:raise"), Page(b"reject this"), *[Page(b"page %d" % n) for n in range(18)]]
    await traffic.produce(*[Page(page.value, b"key", page.headers, n % 2) for n, page in enumerate(pages)])
    new_worker(pipeline=ECHO)
    await traffic.finish(seconds=60)

    shares = "18 cleaned, 1 rejected, 1 dead-lettered"
    assert f"replayed 20 pages of {traffic.topics.raw} into {range_.into}: {shares}\n" in range_.replay("--from", "1h")
    found = range_.diff("live", range_.into)
    assert (found["matched"], found["equal"], found["matched_by"]) == (20, True, "its place in the input topic")

    assert "replayed 3 pages" in range_.replay("--from", "0:2,1:9", "--to", "0:4,1:10")
    assert "replayed 0 pages" in range_.replay("--from", "1h", "--to", "50m")


async def test_an_upgrade_that_changes_an_outcome_is_seen_before_it_ships(range_: Range) -> None:
    await range_.traffic.produce(*[Page(b"page %d" % n, partition=0) for n in range(6)], Page(b"fault:raise"))
    first = range_.into
    range_.replay("--from", "1h")
    range_.settings["pipeline"] = "tests.faults.pipelines:patient"
    range_.into += "2"
    range_.replay("--from", "1h")
    found = range_.diff(first, range_.into, code=1)
    assert {name: change["pages"] for name, change in found["outcomes"].items()} == {"dead-lettered → cleaned": 1}
    assert (found["matched"], found["changed"]) == (7, 0)


async def test_the_live_topics_are_refused_unless_they_are_meant(range_: Range) -> None:
    topics = range_.traffic.topics
    await range_.traffic.produce(Page(b"a page"))
    for topic in (topics.clean, topics.dead):
        assert b"--live allows it" in range_.run("replay", "--from", "1h", "--into", topic, code=2).stderr
    assert b"input topic" in range_.run("replay", "--from", "1h", "--into", topics.raw, "--live", code=2).stderr
    assert b"1 cleaned" in range_.run("replay", "--from", "1h", "--into", topics.clean, "--live").stderr


async def test_a_stopped_replay_finishes_what_is_in_flight_and_says_where_to_go_on(
    range_: Range, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    pages = [b"page %d" % n for n in range(60)]
    pages[5] = b"fault:await=%s" % bytes(gate)
    await range_.traffic.produce(*[Page(page, partition=1) for page in pages])
    limits = {"pool_size": "1", "batch_size": "1", "in_flight": "2", "page_deadline": "80"}
    command = [*PROGRAM, "replay", "--from", "1:0", "--into", range_.into]
    variables = environment(**range_.settings, **limits)
    with subprocess.Popen(command, env=variables, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert b"created" in process.stderr.readline()
        async with asyncio.timeout(80):
            while await _count(range_) < 5:
                pass
        process.send_signal(signal.SIGTERM)
        gate.touch()
        said = process.stderr.read().decode()
    assert process.returncode == 143
    done = await _count(range_)
    assert 5 < done < 60
    assert said.endswith(f"{done} cleaned, 0 rejected, 0 dead-lettered; go on with --from 1:{done}\n")


@pytest.mark.kafka
async def test_transactions_leave_no_replay_waiting(range_: Range, broker: Broker) -> None:
    """Behind the last page is a marker that is no record: the end is still reached."""
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, transactional_id=range_.into)
    async with producer, producer.transaction():
        await producer.send_and_wait(range_.traffic.topics.raw, b"a page", partition=0)
    assert "replayed 1 pages" in range_.replay("--from", "1h")


async def _count(range_: Range) -> int:
    done = await asyncio.to_thread(
        stream_cleaner,
        "tail",
        "clean",
        "--json",
        "--from-beginning",
        "--timeout",
        "1",
        **{**range_.settings, "clean_topic": range_.into},
    )
    return len(done.stdout.splitlines())
