"""Workers come and go under load: partitions move, nothing is lost, repeats are bounded."""

from pathlib import Path

import pytest

from tests.brokers import wait_until
from tests.conftest import NewWorker
from tests.traffic import Page, Traffic, spread
from tests.workers import Worker

pytestmark = pytest.mark.broker

SETTINGS = {"pipeline": "tests.faults.pipelines:echo", "in_flight": "32", "batch_size": "2", "pool_size": "1"}
REBALANCES = 4  # each of the two workers may see two: one when the other joins, one when it leaves


async def test_a_worker_joins_and_another_leaves_under_load(traffic: Traffic, new_worker: NewWorker) -> None:
    first = new_worker(**SETTINGS).wait_ready()
    await traffic.produce(*pages(0, 300))
    await traffic.read_until(lambda outcomes: len(outcomes.positions) > 50, seconds=60)

    second = new_worker(**SETTINGS).wait_ready()
    await traffic.produce(*pages(300, 600))
    wait_until(lambda: finished(first) > 0 and finished(second) > 0, seconds=60, what="both workers to finish pages")
    before = finished(second)
    assert first.drain() == 0

    await traffic.produce(*pages(600, 900))
    await traffic.finish(seconds=120)
    assert finished(second) > before, "the second worker should have taken over"
    assert second.drain() == 0
    (await traffic.read_rest()).check(traffic.produced, most_duplicates=REBALANCES * 32)
    assert await traffic.uncommitted() == {}


async def test_a_page_too_slow_for_the_rebalance_is_published_once_by_its_next_owner(
    traffic: Traffic, new_worker: NewWorker, tmp_path: Path
) -> None:
    """The first owner may not wait for it longer than the group waits for the first owner."""
    settings = {**SETTINGS, "pool_size": "2", "batch_size": "1", "page_deadline": "120", "stall_timeout": "300"}
    gate = tmp_path / "gate"
    first = new_worker(**settings).wait_ready()
    await traffic.produce(*(Page(Page.event(f"slow fault:await={gate}").value, partition=n) for n in range(2)))
    wait_until(lambda: first.metric("stream_cleaner_in_flight_pages") == 2, seconds=30, what="pages in flight")
    second = new_worker(**settings)
    wait_until(lambda: first.metric("stream_cleaner_dropped_total") == 2, seconds=60, what="the pages to be given back")
    gate.touch()
    await traffic.finish(seconds=60)
    assert (first.drain(), second.drain()) == (0, 0)
    (await traffic.read_rest()).check(traffic.produced)
    assert await traffic.uncommitted() == {}


def pages(begin: int, end: int) -> list[Page]:
    return spread([Page.event(f"page {n} fault:sleep=0.01") for n in range(begin, end)], keys=16)


def finished(worker: Worker) -> float:
    return worker.metric("stream_cleaner_finished_total")
