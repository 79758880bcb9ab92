"""The killable pool: whatever one page does to its process costs that page alone, and its neighbours come out."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

import pytest

from stream.codec.record import Record
from stream.outcome import Finished
from stream.pipeline import load_pipeline
from stream.service.pool import process
from stream.service.pool.pool import PagePool, PoolBroken
from stream.settings import Settings

SECONDS = 60.0


@asynccontextmanager
async def running(restarts: list[str] | None = None, **values: object) -> AsyncIterator[PagePool]:
    settings = Settings(**{"pipeline": "tests.faults.pipelines:echo", "pool_size": 2, "page_deadline": 1.0, **values})  # type: ignore[arg-type]
    pool = PagePool(settings, on_restart=(restarts if restarts is not None else []).append)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


async def clean(pool: PagePool, *texts: str) -> list[Finished]:
    futures = [pool.submit(Record(text.encode())) for text in texts]
    return await asyncio.wait_for(asyncio.gather(*futures), SECONDS)


def error_of(finished: Finished) -> tuple[str, str]:
    assert finished.letter is not None
    return finished.letter.error.stage, finished.letter.error.type


async def test_outcomes_come_back_in_order_with_their_encoded_event() -> None:
    async with running() as pool:
        outcomes = await clean(pool, *(f"page {number}" for number in range(100)))
    assert [outcome.kind for outcome in outcomes] == ["cleaned"] * 100
    for number, outcome in enumerate(outcomes):
        assert outcome.message is not None
        assert f'"articleBody":"page {number}"'.encode() in (outcome.message.value or b"")


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("fault:hang", ("pool", "DeadlineExceeded")),
        ("fault:spin", ("pool", "DeadlineExceeded")),
        ("fault:kill", ("pool", "ProcessDied")),
        ("fault:segfault", ("pool", "ProcessDied")),
        ("fault:exit=3", ("pool", "ProcessDied")),
        ("fault:grow", ("obey", "MemoryLimitExceeded")),
        ("fault:raise", ("obey", "ValueError")),
    ],
)
async def test_a_page_that_breaks_is_one_dead_letter_among_clean_neighbours(
    command: str, error: tuple[str, str]
) -> None:
    # Only the pages that hang may meet the deadline, however busy the machine is.
    deadline = 1.0 if error[1] == "DeadlineExceeded" else 30.0
    async with running(page_memory=256, page_deadline=deadline) as pool:
        before = [f"before {number}" for number in range(20)]
        after = [f"after {number}" for number in range(20)]
        outcomes = await clean(pool, *before, command, *after)
    assert error_of(outcomes[20]) == error
    assert [outcome.kind for outcome in outcomes[:20] + outcomes[21:]] == ["cleaned"] * 40


async def test_a_process_that_is_killed_from_outside_costs_no_page() -> None:
    restarts: list[str] = []
    async with running(restarts, page_deadline=20.0) as pool:
        pages = asyncio.ensure_future(clean(pool, *(f"fault:sleep=0.02 {number}" for number in range(100))))
        for _ in range(3):
            await asyncio.sleep(0.2)
            for pid in _processes(pool):
                _kill(pid)
        outcomes = await pages
    assert {outcome.kind for outcome in outcomes} == {"cleaned"}
    assert restarts, "no process was killed while pages ran"


async def test_all_idle_processes_killed_are_replaced() -> None:
    async with running() as pool:
        await clean(pool, "first")
        for pid in _processes(pool):
            _kill(pid)
        assert [outcome.kind for outcome in await clean(pool, "second", "third")] == ["cleaned", "cleaned"]


async def test_processes_killed_at_any_moment_lose_no_page() -> None:
    """One may die between reading a batch and saying so, or as the pool hands the batch over."""
    async with running(page_deadline=20.0, batch_size=2) as pool:
        for number in range(12):
            pages = asyncio.ensure_future(clean(pool, *(f"page {number}" for number in range(200))))
            await asyncio.sleep(number / 100)
            for process_id in _processes(pool)[:1]:
                _kill(process_id)
            assert len(await pages) == 200


async def test_a_process_that_died_with_the_lock_of_the_pipe_does_not_stop_the_others() -> None:
    """pebble's processes share one pipe and its lock, and the kernel frees no lock of the dead."""
    restarts: list[str] = []
    async with running(restarts, page_deadline=20.0) as pool:
        assert pool._pool is not None
        channel = pool._pool._pool_manager.worker_manager.workers_channel
        assert channel is not None
        channel.mutex.acquire()  # as the dead would, for good
        outcomes = await clean(pool, *(f"page {number}" for number in range(10)))
    assert [outcome.kind for outcome in outcomes] == ["cleaned"] * 10
    assert restarts == ["broken"]


async def test_processes_that_cannot_start_are_fatal_and_never_a_dead_letter() -> None:
    pool = PagePool(Settings(pipeline="tests.faults.no_such_module:build", pool_size=1))
    with pytest.raises(PoolBroken, match="cannot start"):
        await asyncio.wait_for(pool.start(), SECONDS)
    await pool.stop()


def _processes(pool: PagePool) -> list[int]:
    assert pool._pool is not None
    workers: Mapping[int, object] = pool._pool._pool_manager.worker_manager.workers
    return list(workers)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_the_warm_up_page_goes_through_every_stage() -> None:
    pipeline = load_pipeline(Settings())
    assert [name for name, _ in process.clean_one(pipeline, process.WARM_UP).stages] == [
        stage.name for stage in pipeline.stages
    ]
