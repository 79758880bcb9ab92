"""The faults, one function each: what happens to the workers or to Kafka, and what it may cost at most."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterable

from aiokafka import AIOKafkaProducer
from aiokafka.admin import NewPartitions

from tests.brokers import wait_until
from tests.faults.soak import soak
from tests.faults.stage import KEYS, WINDOW, Scene, Stage, Verdict, pause
from tests.faults.struck_worker import AT_LEAST_ONCE, EXACTLY_ONCE, GIVING_BACK, TAKING_OVER
from tests.traffic import Page, create_topics, delete_topic, spread
from tests.workers import Worker

IMPATIENT = {"produce_timeout": "3", "page_deadline": "1", "stall_timeout": "10", "drain_timeout": "3"}


async def workers_killed(stage: Stage) -> Verdict:
    """kill -9 of a random worker of three, again and again, each replaced at once."""
    await stage.produce(stage.mixed_pages(stage.pages))
    team = [stage.worker() for _ in range(3)]
    kills = max(3, stage.pages // 400)
    for kill in range(kills):
        await stage.done(kill * stage.pages // (kills + 1))
        await pause(stage, 0.0, 1.0)
        at = stage.dice.randrange(len(team))
        team[at].kill9()
        stage.faults += 1
        team[at] = stage.worker()
    return await stage.judge(most_duplicates=kills * WINDOW)


async def pools_killed(stage: Stage) -> Verdict:
    """kill -9 of every cleaning process at once, again and again: the pages are innocent."""
    await stage.produce(stage.mixed_pages(stage.pages))
    worker = stage.worker(pool_size="2").wait_ready()
    kills = max(3, stage.pages // 1000)
    for kill in range(kills):
        await stage.done(kill * stage.pages // (kills + 1))
        await pause(stage, 0.0, 0.5)
        _kill_all(worker.family())
        stage.faults += 1
    verdict = await stage.judge(most_duplicates=0)
    deaths = [
        o for o in stage.traffic.outcomes.outputs if o.kind == "dead" and o.headers["error.type"] == "ProcessDied"
    ]
    assert not deaths, f"{len(deaths)} innocent pages were blamed"
    return verdict


async def killed_before_the_commit(stage: Stage) -> Verdict:
    """kill -9 when outputs are published and none is committed: the widest gap there is."""
    await stage.produce(stage.mixed_pages(stage.pages))
    kills = 5
    for _ in range(kills):
        worker = stage.worker(commit_interval="60", in_flight=str(4 * WINDOW))
        begin = len(stage.traffic.outcomes.outputs)
        await stage.traffic.read_until(lambda o, begin=begin: len(o.outputs) >= begin + WINDOW, seconds=60)  # type: ignore[misc]
        worker.kill9()
        stage.faults += 1
        await stage.traffic.read_rest()
    stage.worker()
    return await stage.judge(most_duplicates=kills * 4 * WINDOW)


async def killed_in_a_rebalance(stage: Stage) -> Verdict:
    """kill -9 of the old worker at the moment when a new one makes the group move its partitions."""
    await stage.produce(stage.mixed_pages(stage.pages))
    old = stage.worker(log_level="INFO").wait_ready()
    kills = max(2, stage.pages // 2000)
    for kill in range(kills):
        await stage.done(kill * stage.pages // (kills + 1))
        moved = old.count_in_log("Revoking previously assigned partitions")
        new = stage.worker(log_level="INFO")
        wait_until(
            lambda old=old, moved=moved: old.count_in_log("Revoking previously assigned partitions") > moved,  # type: ignore[misc]
            seconds=60,
            what="the rebalance",
        )
        await pause(stage, 0.0, 0.2)
        old.kill9()
        stage.faults += 1
        old = new.wait_ready()
    return await stage.judge(most_duplicates=kills * WINDOW)


async def killed_at_every_point(stage: Stage) -> Verdict:
    """kill -9 at each point of the code where publishing, committing or a rebalance could be cut in two."""
    await stage.produce(stage.mixed_pages(stage.pages))
    for point in EXACTLY_ONCE if stage.exactly_once else AT_LEAST_ONCE:
        await _killed(stage, stage.struck_worker(point, stage.dice.randint(2, 4)))
    team = [stage.worker().wait_ready()]
    for point in TAKING_OVER:
        await _killed(stage, stage.struck_worker(point, 1))
    for point in GIVING_BACK:
        old = stage.struck_worker(point, 2).wait_ready()  # the first time is its own start
        team.append(stage.worker())
        await _killed(stage, old)
    return await stage.judge(most_duplicates=stage.faults * WINDOW)


async def _killed(stage: Stage, worker: Worker) -> None:
    assert await asyncio.to_thread(worker.wait, 90) == -signal.SIGKILL, f"not killed\n{worker.tail()}"
    stage.faults += 1


async def consumer_stalled(stage: Stage) -> Verdict:
    """A worker that silently takes no more pages says so and ends, for its supervisor to start another."""
    await stage.produce(stage.mixed_pages(stage.pages))
    worker = stage.struck_worker("taken", 100, page_deadline="1", stall_timeout="3", drain_timeout="3")
    assert await asyncio.to_thread(worker.wait, 90) == 1, "a worker that ends on a stall must not look well"
    assert worker.count_in_log("WorkerStalled") > 0, worker.tail()
    stage.faults += 1
    stage.worker()
    return await stage.judge(most_duplicates=WINDOW)


async def too_few_replicas(stage: Stage) -> Verdict:
    """The clean topic has one replica in sync and wants two: the worker ends and drops nothing."""
    replicated = f"{stage.traffic.topics.name}.replicated"
    second = stage.kafka.another(stage.folder / "second")
    second.format()
    await asyncio.to_thread(second.start)
    try:
        await create_topics(stage.kafka.bootstrap, {replicated: 1}, replicas=2, min_insync_replicas="2")
        second.kill9()
        worker = stage.worker(clean_topic=replicated, **IMPATIENT)
        await stage.produce(stage.mixed_pages(stage.pages))
        assert await asyncio.to_thread(worker.wait, 120) == 1, "a worker that cannot deliver must not pretend"
        stage.faults += 1
        await asyncio.to_thread(second.start)  # without it an open transaction can neither be committed nor aborted
        stage.worker()
        return await stage.judge(most_duplicates=WINDOW)
    finally:
        second.kill9()


async def compacted(stage: Stage) -> Verdict:
    """A compacted input topic, more gaps than pages, and a group that never committed with a window of eight."""
    raw = stage.traffic.topics.raw
    await stage.configure(raw, cleanup_policy="compact", min_cleanable_dirty_ratio="0.001", segment_ms="500")
    await stage.produce(stage.mixed_pages(stage.pages))
    await asyncio.sleep(0.6)  # only a record that is younger than its segment may be begins a new one
    await stage.produce(spread([Page.event(f"last {n}") for n in range(KEYS)], KEYS))
    await stage.traffic.wait_for_compaction()
    await stage.configure(raw, cleanup_policy="delete")
    stage.faults = len(stage.traffic.produced)
    stage.traffic.produced = await stage.traffic.surviving()
    stage.faults -= len(stage.traffic.produced)
    stage.worker(in_flight="8")
    return await stage.judge(most_duplicates=0)


async def broker_killed(stage: Stage) -> Verdict:
    """kill -9 of the broker, and its restart on the same data."""
    kills = 3
    workers = [stage.worker().wait_ready() for _ in range(2)]
    for part in range(kills):
        await stage.produce(stage.mixed_pages(stage.pages // kills))
        await stage.done(part * stage.pages // kills + stage.pages // (3 * kills))
        stage.kafka.kill9()
        stage.faults += 1
        await asyncio.to_thread(stage.kafka.start)
        _replace_ended(stage, workers)
    return await stage.judge(most_duplicates=kills * len(workers) * WINDOW)


async def broker_away(stage: Stage) -> Verdict:
    """The broker is stopped for longer than the session lasts."""
    workers = [stage.worker().wait_ready()]
    await stage.produce(stage.mixed_pages(stage.pages))
    await stage.done(stage.pages // 4)
    await asyncio.to_thread(stage.kafka.stop)
    stage.faults += 1
    await asyncio.sleep(8)  # the fault itself: more than twice the session
    await asyncio.to_thread(stage.kafka.start)
    _replace_ended(stage, workers)
    return await stage.judge(most_duplicates=WINDOW)


async def zombie(stage: Stage) -> Verdict:
    """SIGSTOP past the session, then SIGCONT: the worker must not commit over its successor."""
    await stage.produce(stage.mixed_pages(stage.pages))
    frozen = stage.worker().wait_ready()
    await stage.done(stage.pages // 10)
    frozen.freeze()
    stage.faults += 1
    stage.worker()
    await stage.done(stage.pages // 3)
    frozen.thaw()
    return await stage.judge(most_duplicates=2 * WINDOW)  # what it had in flight, repeated by either of the two


async def scaled(stage: Stage) -> Verdict:
    """1, 4, 2, 1 workers under load."""
    await stage.produce(stage.mixed_pages(stage.pages))
    team = [stage.worker().wait_ready()]
    await stage.done(stage.pages // 8)
    team += [stage.worker() for _ in range(3)]
    for worker in team:
        worker.wait_ready()
    stage.faults += 3
    await stage.done(stage.pages // 2)
    for left in (2, 1):
        for worker in team[left:]:
            assert worker.drain() == 0
            stage.faults += 1
        del team[left:]
        await stage.done((4 - left) * stage.pages // 4)
    return await stage.judge(most_duplicates=0)


async def partitions_added(stage: Stage) -> Verdict:
    """The input topic grows from 6 to 12 partitions while it is read."""
    worker = stage.worker().wait_ready()
    await stage.produce(stage.mixed_pages(stage.pages // 2))
    await stage.done(stage.pages // 8)
    async with stage.admin() as admin:
        await admin.create_partitions({stage.traffic.topics.raw: NewPartitions(12)})
    await stage.traffic.wait_for_partitions(12)
    stage.faults += 1
    placed = [
        Page(page.value, page.key, partition=n % 12) for n, page in enumerate(stage.mixed_pages(stage.pages // 2))
    ]
    await stage.produce(placed)
    assert worker.running
    return await stage.judge(most_duplicates=0)


async def transaction_gaps(stage: Stage) -> Verdict:
    """Commit and abort markers leave offsets that no reader sees, on a group that never committed.

    Faust reads uncommitted records where it does not run exactly-once, so pages of aborted transactions count too.
    """
    producer = AIOKafkaProducer(bootstrap_servers=stage.kafka.bootstrap, transactional_id=stage.traffic.topics.name)
    await producer.start()
    pages = stage.mixed_pages(stage.pages)
    for n, begin in enumerate(range(0, len(pages), 20)):
        await producer.begin_transaction()
        sent = [await producer.send(stage.traffic.topics.raw, p.value, key=p.key) for p in pages[begin : begin + 20]]
        records = await asyncio.gather(*sent)
        stage.traffic.produced += [(record.partition, record.offset) for record in records]
        await (producer.commit_transaction() if n % 3 else producer.abort_transaction())
        stage.faults += 1
    await producer.stop()
    worker = stage.worker(in_flight="8")
    await stage.done(len(stage.traffic.produced))
    wait_until(lambda: worker.metric("stream_cleaner_lag_records") == 0, seconds=30, what="markers to be no lag")
    return await stage.judge(most_duplicates=0)


async def topics_gone(stage: Stage) -> Verdict:
    """When an output topic goes away the worker stops and says so; with it again, nothing is missing."""
    for setting in ("dead_letter_topic", "clean_topic"):
        gone = f"{stage.traffic.topics.name}.{setting}.gone"
        await create_topics(stage.kafka.bootstrap, {gone: 1})
        worker = stage.worker(**{setting: gone}, **IMPATIENT).wait_ready()
        await delete_topic(stage.kafka.bootstrap, gone)
        await stage.produce(stage.mixed_pages(stage.pages // 2))
        assert await asyncio.to_thread(worker.wait, 90) != 0, "a worker that cannot deliver must not pretend"
        assert gone in worker.tail(400), "it should name the topic"
        stage.faults += 1
        successor = stage.worker()
        await stage.done(len(stage.traffic.produced))
        assert successor.drain() == 0
    return await stage.judge(most_duplicates=2 * WINDOW)


async def outputs_too_large(stage: Stage) -> Verdict:
    """An article that its topic refuses for its size is a dead letter; those around it come out."""
    await stage.configure(stage.traffic.topics.clean, max_message_bytes="250000")
    pages = stage.mixed_pages(stage.pages)
    for at in range(0, len(pages), 50):
        pages[at] = Page(Page.event("large " + "x" * 300_000).value, pages[at].key)
        stage.faults += 1
    await stage.produce(pages)
    stage.worker()
    verdict = await stage.judge(most_duplicates=0)
    refused = [o for o in stage.traffic.outcomes.outputs if o.headers.get("error.type") == "OutputTooLarge"]
    assert len(refused) == stage.faults, f"{len(refused)} of {stage.faults} large articles became dead letters"
    assert all({"article.id", "pipeline.version"} <= set(o.headers) for o in refused), (
        "they do not say of which article"
    )
    return verdict


async def poison_everywhere(stage: Stage) -> Verdict:
    """Every twentieth page attacks its process or its reader."""
    pages = stage.mixed_pages(stage.pages)
    poison = _poison()
    for n, at in enumerate(range(0, len(pages), 20)):
        bad = poison[n % len(poison)]
        pages[at] = Page(bad.value, pages[at].key if bad.key is None else bad.key, bad.headers)
        stage.faults += 1
    await stage.produce(pages)
    stage.worker(pool_size="2", page_deadline="1", max_decoded_bytes="1000000")
    return await stage.judge(most_duplicates=0)


async def rolling_upgrade(stage: Stage) -> Verdict:
    """Two versions of the pipeline in one group, one replacing the other."""
    old = [stage.worker().wait_ready() for _ in range(2)]
    for worker in old:
        await stage.produce(stage.mixed_pages(stage.pages // 3))
        await stage.done(len(stage.traffic.produced) - stage.pages // 6)
        stage.worker(pipeline="tests.faults.pipelines:echo_again").wait_ready()
        assert worker.drain() == 0
        stage.faults += 1
    await stage.produce(stage.mixed_pages(stage.pages // 3))
    verdict = await stage.judge(most_duplicates=0)
    events = [output.event for output in stage.traffic.outcomes.outputs if output.kind == "clean"]
    versions = {event["pipelineVersion"] for event in events}
    assert len(versions) == 2, f"both versions should have cleaned pages: {versions}"
    return verdict


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        workers_killed,
        pools_killed,
        killed_before_the_commit,
        killed_in_a_rebalance,
        killed_at_every_point,
        broker_killed,
        broker_away,
        zombie,
        scaled,
        partitions_added,
        transaction_gaps,
        topics_gone,
        too_few_replicas,
        compacted,
        consumer_stalled,
        outputs_too_large,
        poison_everywhere,
        rolling_upgrade,
        soak,
    )
}


def _poison() -> list[Page]:
    texts = ["fault:spin", "fault:grow", "fault:kill", "fault:segfault", "fault:exit", "fault:raise", "\x00\x00", ""]
    raw = [
        b"",
        b"\xff\xfe\xff",
        b"{",
        b'{"content": 5}',
        b'{"content": "x", "schemaVersion": "99.0"}',
        b'{"content": "\\ud800"}',
        b"[" * 100_000,
        b'{"content": ' + b"[" * 100_000,
        b"<div>" * 50_000,
        b"x" * 5_000_000,
    ]
    hostile = Page(
        b"page", headers=(("ce_specversion", b"\xff"), ("content-type", b"\x00" * 100), ("attempts", b"9" * 99))
    )
    return [
        *(Page.event(text) for text in texts),
        *(Page(value) for value in raw),
        hostile,
        Page(None),
        Page(b"k", b""),
    ]


def _kill_all(pids: Iterable[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _replace_ended(stage: Stage, workers: list[Worker]) -> None:
    """What a supervisor does: a worker that gave up is started again."""
    for at, worker in enumerate(workers):
        if not worker.running:
            workers[at] = stage.worker()
