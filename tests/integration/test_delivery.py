"""The promise through a real worker: nothing lost, in order per key, whatever slows, drains or kills it."""

import os
import signal

import pytest

from tests.brokers import Broker, wait_until
from tests.conftest import NewWorker
from tests.traffic import Page, Traffic, create_topics, delete_topic, spread
from tests.workers import FAUST_COMMAND, alive

pytestmark = pytest.mark.broker

ECHO = "tests.faults.pipelines:echo"
IN_FLIGHT = 32


def pages(count: int, content: str = "page {n}") -> list[Page]:
    return spread([Page.event(content.format(n=n)) for n in range(count)], keys=7)


async def test_order_per_key_holds_though_pages_take_different_times(traffic: Traffic, new_worker: NewWorker) -> None:
    worker = new_worker(pipeline=ECHO, batch_size="2")
    costs = (0.05, 0, 0, 0.01, 0)
    mixed = [Page.event(f"page {n} fault:sleep={costs[n % len(costs)]}") for n in range(150)]
    await traffic.produce(*spread(mixed, keys=4))
    outcomes = await traffic.finish(seconds=60)
    assert worker.drain() == 0
    (await traffic.read_rest()).check(traffic.produced)
    assert outcomes.count("clean") == 150


async def test_more_pages_than_the_window_on_a_group_that_never_committed(
    traffic: Traffic, new_worker: NewWorker
) -> None:
    """The committed-offset trap: a fresh group has nothing committed while its window is already full."""
    await traffic.produce(*pages(200))
    worker = new_worker(pipeline=ECHO, in_flight="4", batch_size="1")
    await traffic.finish(seconds=60)
    assert worker.drain() == 0
    (await traffic.read_rest()).check(traffic.produced)
    assert await traffic.uncommitted() == {}


async def test_a_slow_page_holds_back_the_commit_of_faster_ones_behind_it(
    traffic: Traffic, new_worker: NewWorker
) -> None:
    """Faust would commit past the gap; a crash would then lose the slow page (faust-streaming #606)."""
    first = new_worker(
        pipeline=ECHO, in_flight=str(IN_FLIGHT), batch_size="1", page_deadline="60", commit_interval="0.1"
    )
    fast = [Page(Page.event(f"fast {n}").value, partition=0) for n in range(20)]
    slow = Page(Page.event("slow fault:sleep=30").value, partition=0)
    other = Page(Page.event("other partition").value, partition=1)
    await traffic.produce(*fast[:5], slow, *fast[5:], other)
    await traffic.read_until(lambda outcomes: len(outcomes.positions) == 6, seconds=60)
    wait_until(
        lambda: first.metric("stream_cleaner_in_flight_pages") == 16, seconds=20, what="the slow page to hold 15 back"
    )
    first.kill9()
    assert (await traffic.committed(0) or 0) <= 5
    second = new_worker(pipeline="tests.faults.pipelines:patient", page_deadline="60")
    await traffic.finish(seconds=90)
    assert second.drain() == 0
    (await traffic.read_rest()).check(traffic.produced, most_duplicates=IN_FLIGHT)


async def test_sigterm_finishes_what_is_in_flight(traffic: Traffic, new_worker: NewWorker) -> None:
    worker = new_worker(pipeline=ECHO, in_flight=str(IN_FLIGHT), batch_size="2")
    await traffic.produce(*pages(300, "page {n} fault:sleep=0.02"))
    await traffic.read_until(lambda outcomes: len(outcomes.positions) > 40, seconds=60)
    assert worker.drain() == 0
    drained = await traffic.read_rest()
    done = drained.positions
    assert 40 < len(done) < 300, "the drain should end in the middle of the pages"
    committed = {p: await traffic.committed(p) or 0 for p in range(traffic.partitions)}
    assert done == {(p, offset) for p, end in committed.items() for offset in range(end)}
    assert drained.duplicates == 0
    assert new_worker(pipeline=ECHO).wait_ready().running
    await traffic.finish(seconds=60)
    (await traffic.read_rest()).check(traffic.produced)


async def test_kill_9_loses_nothing_and_repeats_no_more_than_was_in_flight(
    traffic: Traffic, new_worker: NewWorker
) -> None:
    first = new_worker(pipeline=ECHO, in_flight=str(IN_FLIGHT), batch_size="4", commit_interval="5")
    await traffic.produce(*pages(1500))
    await traffic.read_until(lambda outcomes: len(outcomes.positions) > 300, seconds=60)
    first.kill9()
    assert len((await traffic.read_rest()).positions) < 1500, "the kill should hit in the middle of the pages"
    second = new_worker(pipeline=ECHO)
    await traffic.finish(seconds=90)
    assert second.drain() == 0
    (await traffic.read_rest()).check(traffic.produced, most_duplicates=IN_FLIGHT)
    assert await traffic.uncommitted() == {}


async def test_a_killed_worker_leaves_no_cleaning_process_behind(traffic: Traffic, new_worker: NewWorker) -> None:
    worker = new_worker(pipeline=ECHO).wait_ready()
    family = worker.family()
    assert len(family) >= 2, "the pool should have processes"
    worker.kill9()
    wait_until(lambda: not any(alive(pid) for pid in family), seconds=15, what="the cleaning processes to end")


async def test_pages_are_cleaned_after_every_cleaning_process_was_killed(
    traffic: Traffic, new_worker: NewWorker
) -> None:
    """A broken pool is the worker's trouble, never the pages': no dead letters."""
    worker = new_worker(pipeline=ECHO, batch_size="2").wait_ready()
    await traffic.produce(*pages(200, "page {n} fault:sleep=0.02"))
    await traffic.read_until(lambda outcomes: len(outcomes.positions) > 30, seconds=60)
    for pid in worker.family():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    outcomes = await traffic.finish(seconds=120)
    assert worker.drain() == 0
    (await traffic.read_rest()).check(traffic.produced)
    assert outcomes.count("dead") == 0


async def test_a_page_of_many_megabytes_is_neither_skipped_nor_fatal(traffic: Traffic, new_worker: NewWorker) -> None:
    """aiokafka passes over a record that is larger than the fetch limit (aiokafka #1173)."""
    worker = new_worker(pipeline=ECHO)
    large = Page.event("large " + "x" * 6_000_000)
    await traffic.produce(*pages(5), large, *pages(5))
    await traffic.finish(seconds=60)
    assert worker.drain() == 0
    (await traffic.read_rest()).check(traffic.produced)


async def test_a_worker_started_by_fausts_own_command_cleans_pages(traffic: Traffic, new_worker: NewWorker) -> None:
    """Under ``faust -A`` pool children could not import the app's package, and every page looked like poison."""
    worker = new_worker(pipeline=ECHO, command=FAUST_COMMAND)
    await traffic.produce(*pages(10))
    outcomes = await traffic.finish(seconds=60)
    assert worker.drain() == 0
    assert outcomes.count("clean") == 10


@pytest.mark.kafka  # the embedded broker makes up missing topics
async def test_a_worker_whose_output_topic_goes_away_stops_and_commits_nothing(
    broker: Broker, traffic: Traffic, new_worker: NewWorker
) -> None:
    """Faust only logs a failed send and commits all the same."""
    gone = f"{traffic.topics.name}.gone"
    await create_topics(broker.bootstrap, {gone: 1})
    worker = new_worker(pipeline=ECHO, clean_topic=gone, produce_timeout="3").wait_ready()
    await delete_topic(broker.bootstrap, gone)
    await traffic.produce(Page.event("page"))
    assert worker.wait(60) != 0
    assert await traffic.uncommitted() != {}
    assert gone in worker.tail(400)


@pytest.mark.kafka
@pytest.mark.parametrize("topic", ["input_topic", "dead_letter_topic"])
def test_a_worker_without_a_topic_says_so_and_ends(new_worker: NewWorker, topic: str) -> None:
    worker = new_worker(pipeline=ECHO, **{topic: "no-such-topic"})
    assert worker.wait(60) != 0
    assert "topic no-such-topic does not exist" in worker.tail(400)
