"""No fault but time: what a worker holds must not grow, over a thousand pages or over an hour of real ones."""

import asyncio
import itertools
import os
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.pages import read_rows
from tests.brokers import wait_until
from tests.faults.stage import Stage, Verdict
from tests.traffic import Page
from tests.workers import Worker

PARTS = 20
MEBIBYTES = 16  # what allocators may still take after the first quarter; a leak of a page each takes more

# An hour of real pages is tens of gigabytes: the broker keeps what the worker has not read yet, and little more.
FORGETFUL_BROKER = "log.retention.check.interval.ms=5000\nlog.segment.delete.delay.ms=1000\n"
KEPT = {"retention_bytes": str(2**28), "segment_bytes": str(2**26)}
AHEAD = 400  # pages waiting at any time, so that the worker never idles
REAL = {
    "pipeline": "tests.faults.pipelines:real",
    "pool_size": "2",
    "batch_size": "16",
    "in_flight": "128",
    "session_timeout": "30",
    "page_deadline": "60",
    "page_memory": "1024",
}
CRASH_EVERY = 5_000  # pages: a process that is replaced must not leave anything behind either


async def soak(stage: Stage) -> Verdict:
    """No fault but time: after warming up, memory, descriptors, threads and label sets stay what they are."""
    worker = stage.worker(pool_size="2").wait_ready()
    _wait_for_lag(worker)
    samples = []
    for _ in range(PARTS):
        await stage.produce(stage.mixed_pages(stage.pages // PARTS))
        await stage.done(len(stage.traffic.produced))
        samples.append(Sample.of(worker))
    warm, last = samples[PARTS // 4], samples[-1]
    last.check(warm)
    assert last.series == warm.series, f"label sets grew by {sorted(map(str, last.series - warm.series))}"
    assert last.mebibytes < warm.mebibytes + MEBIBYTES, f"memory grew from {warm.mebibytes} to {last.mebibytes} MiB"
    notes = f"{warm.mebibytes:.0f} MiB warm, {last.mebibytes:.0f} at the end"
    return await stage.judge(most_duplicates=0, notes=notes)


async def soak_for(stage: Stage, minutes: float, file: Path) -> None:
    """Real pages at full speed for so long; prints a sample each minute, then the slopes. ``AssertionError``: it grew.

    ``file`` is a gzipped JSON-lines file of pages (``html``, ``url``); they are sent again and again.
    """
    for topic in (stage.traffic.topics.raw, *stage.traffic.topics.outputs):
        await stage.configure(topic, **KEPT)
    worker = stage.worker(**REAL).wait_ready()
    _wait_for_lag(worker)
    pages = endless(file)
    samples = [Sample.of(worker)]
    print(f"{Sample.HEAD}\n{samples[0].row()}", flush=True)
    while samples[-1].seconds < samples[0].seconds + 60 * minutes:
        await _feed(stage, pages, until=samples[-1].seconds + 60)
        samples.append(Sample.of(worker))
        print(samples[-1].row(samples[0]), flush=True)
    await _all_answered(stage)
    assert worker.drain() == 0, worker.tail()
    assert await stage.traffic.answers() == len(stage.traffic.produced), "each page comes out once"
    assert await stage.traffic.uncommitted() == {}, "everything is committed at the end"

    steady = samples[len(samples) // 4 :]
    worker_slope = _slope(steady, [sample.mebibytes for sample in steady])
    family_slope = _slope(steady, [sample.family_mebibytes for sample in steady])
    print(f"{len(stage.traffic.produced)} pages, each came out once")
    print(f"slope after the first quarter: worker {worker_slope:+.2f}, cleaning processes {family_slope:+.2f} MiB/h")
    steady[-1].check(steady[0])
    grown = worker_slope * (steady[-1].seconds - steady[0].seconds) / 3600
    assert grown < MEBIBYTES, f"the worker's memory grew by {grown:.1f} MiB"


@dataclass(frozen=True, slots=True)
class Sample:
    """What a worker holds at one moment: its main process, and the memory of the cleaning processes below it."""

    HEAD = (
        "| minute | pages | worker MiB | cleaning MiB | descriptors | threads | series |\n"
        "|---:|---:|---:|---:|---:|---:|---:|"
    )

    seconds: float
    pages: int
    mebibytes: float
    family_mebibytes: float
    descriptors: int
    threads: int
    series: frozenset[tuple[str, frozenset[tuple[str, str]]]]

    @classmethod
    def of(cls, worker: Worker) -> "Sample":
        process = Path(f"/proc/{worker.pid}")
        descriptors, threads = (len(list((process / kind).iterdir())) for kind in ("fd", "task"))
        return cls(
            time.monotonic(),
            int(worker.metric("stream_cleaner_finished_total")),
            _resident(worker.pid),
            sum(map(_resident, worker.family())),
            descriptors,
            threads,
            frozenset(worker.metrics()),
        )

    def check(self, warm: "Sample") -> None:
        """Compared with a warm sample nothing has grown but, perhaps, memory."""
        assert self.descriptors <= warm.descriptors + 4, (
            f"descriptors grew from {warm.descriptors} to {self.descriptors}"
        )
        assert self.threads <= warm.threads + 2, f"threads grew from {warm.threads} to {self.threads}"
        new = sorted({name for name, _ in self.series - warm.series})
        assert len(self.series) <= len(warm.series), f"label sets grew by {len(self.series) - len(warm.series)}: {new}"

    def row(self, first: "Sample | None" = None) -> str:
        minute = (self.seconds - first.seconds) / 60 if first else 0
        return (
            f"| {minute:.0f} | {self.pages} | {self.mebibytes:.1f} | {self.family_mebibytes:.1f} "
            f"| {self.descriptors} | {self.threads} | {len(self.series)} |"
        )


def _resident(pid: int) -> float:
    """MiB; 0 for a process that has just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _slope(samples: Iterable[Sample], mebibytes: Iterable[float]) -> float:
    """MiB an hour, by least squares."""
    return 3600 * statistics.linear_regression([sample.seconds for sample in samples], list(mebibytes)).slope


def _wait_for_lag(worker: Worker) -> None:
    wait_until(
        lambda: "stream_cleaner_lag_records{" in worker.get("/metrics"), seconds=60, what="the first look at lag"
    )


def endless(file: Path) -> Iterator[Page]:
    """The pages of a file again and again, one in ``CRASH_EVERY`` of which crashes its process."""
    for n, page in enumerate(itertools.cycle(read_rows(file))):
        crash = "<!-- fault:kill -->" if n % CRASH_EVERY == CRASH_EVERY - 1 else ""
        fields = {"url": page["url"], "contentType": "text/html", "recordId": f"{page['id']}-{n}"}
        yield Page.event(page["html"] + crash, key=f"key-{n % 200}", **fields)


async def _feed(stage: Stage, pages: Iterator[Page], until: float) -> None:
    while time.monotonic() < until:
        if len(stage.traffic.produced) - await stage.traffic.answers() < AHEAD:
            await stage.traffic.produce(*itertools.islice(pages, 100))
        else:
            await asyncio.sleep(0.2)


async def _all_answered(stage: Stage) -> None:
    async with asyncio.timeout(300):
        while await stage.traffic.answers() < len(stage.traffic.produced):
            await asyncio.sleep(0.5)
