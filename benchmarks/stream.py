"""What cleaning costs from Kafka to Kafka, beside the worker that a user would write in an afternoon.

``make bench-stream``: real Kafka, the same pages for all, one run. CPU seconds of all of a worker's processes are what
counts, because the machine may be shared; pages a second are printed with the share of it that others used.
"""

import argparse
import asyncio
import itertools
import json
import logging
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.machine import busy_seconds, cpu_seconds, machine
from evaluation.data import digest_of, pages_file
from evaluation.pages import read_rows
from stream.codec.record import Record
from stream.pipeline import build
from stream.settings import MIB, Settings
from tests.brokers import RealKafka, fetch_kafka
from tests.traffic import Page, Topics, Traffic
from tests.workers import COMMAND, Worker, environment

REPOSITORY = Path(__file__).resolve().parents[1]
RESULTS = REPOSITORY / "benchmarks" / "results"
PEERS = {
    "Faust agent": [sys.executable, "-m", "benchmarks.stream_peers", "faust"],
    "Quix Streams": [sys.executable, "-m", "benchmarks.stream_peers", "quix"],
}
OURS = "stream-cleaner"
EVERY = 3  # of the development pages: the peers take a fifth of a second for each
ROUNDS = 6  # of the pages through our worker, so that the clock's ticks and single commits do not show
WARM_UP = 12
PARTITIONS = 8
HALF_LOAD_SECONDS = 12.0
CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Cost:
    """One system over the pages: CPU seconds of all its processes, and the clock."""

    system: str
    entities: bool
    pages: int
    seconds: float
    cpu_seconds: float
    others: float  # share of the machine that was not ours meanwhile, Kafka included

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a page."""
        return 1000 * self.cpu_seconds / self.pages


@dataclass(frozen=True, slots=True)
class Inside:
    """What our worker's own metrics say of one run, in CPU milliseconds a page."""

    stages_ms: float
    worker_process_ms: float


@dataclass(slots=True)
class Load:
    """What was seen in a worker under more pages than it can take, a second between looks."""

    window: int
    in_flight: list[int] = field(default_factory=list)
    memory_mib: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Latency:
    """From handing a page to the producer to the broker's time stamp on its outcome, in milliseconds."""

    pages_a_second: float
    p50: float
    p99: float


@dataclass(slots=True)
class Report:
    """All that one run measured."""

    limit_ms: dict[bool, float]
    costs: list[Cost]
    inside: dict[bool, Inside]
    load: Load
    latency: Latency
    scaling: list[Cost]
    raw_bytes: int
    article_bytes: int


class Bench:
    """Real Kafka, the pages, and a folder for the workers' logs."""

    def __init__(self, folder: Path, kafka: RealKafka, pages: Sequence[Page]) -> None:
        self.pages = pages
        self._folder = folder
        self._kafka = kafka

    @asynccontextmanager
    async def workers(
        self, command: Sequence[str] = COMMAND, count: int = 1, **settings: str
    ) -> AsyncIterator[tuple[list[Worker], Traffic]]:
        """Workers that have cleaned their first pages, on fresh topics; they end with the block."""
        topics = Topics()
        variables = {**topics.environment(), **environment(settings), "OMP_NUM_THREADS": "1"}
        workers = [Worker(self._folder, self._kafka.bootstrap, variables, command=command) for _ in range(count)]
        try:
            async with Traffic(self._kafka.bootstrap, topics, partitions=PARTITIONS) as traffic:
                traffic.still_worked_on = lambda: all(worker.running for worker in workers)
                for worker in workers:
                    worker.start()
                if command is COMMAND:
                    for worker in workers:
                        await asyncio.to_thread(worker.wait_ready)
                await traffic.produce(*itertools.islice(itertools.cycle(self.pages), WARM_UP * count))
                await _published(traffic)
                yield workers, traffic
        except (AssertionError, TimeoutError):
            print(workers[0].tail(), file=sys.stderr)
            raise
        finally:
            for worker in workers:
                worker.end()

    async def cost(self, system: str, entities: bool, workers: list[Worker], traffic: Traffic, rounds: int) -> Cost:
        """Run the pages through the workers so often, and count."""
        begin, before, busy = time.monotonic(), _cpu(workers), busy_seconds()
        for _ in range(rounds):
            await traffic.produce(*self.pages)
        await _published(traffic)
        seconds, used = time.monotonic() - begin, _cpu(workers) - before
        others = max(busy_seconds() - busy - used, 0.0) / (CORES * seconds)
        cost = Cost(system, entities, rounds * len(self.pages), seconds, used, others)
        _say(f"{system}, {_what(entities)}: {cost.cpu_ms:.1f} ms CPU a page, {cost.pages / seconds:.1f} pages a second")
        return cost


async def measure(bench: Bench) -> Report:
    """Everything, ours and the peers in turn."""
    values = [page.value or b"" for page in bench.pages]
    limit = {entities: await asyncio.to_thread(stage_limit, values, entities) for entities in (True, False)}
    costs: list[Cost] = []
    inside: dict[bool, Inside] = {}
    for entities in (True, False):
        switch = str(entities).lower()
        async with bench.workers(entities=switch, pool_size=str(CORES)) as (workers, traffic):
            before = _inside(workers[0])
            looking, looked = await _look(workers[0]) if entities else (None, None)
            costs.append(await bench.cost(OURS, entities, workers, traffic, ROUNDS))
            if looking:
                looking.cancel()
            pages = costs[-1].pages
            inside[entities] = Inside(
                *((a - b) * 1000 / pages for a, b in zip(_inside(workers[0]), before, strict=True))
            )
            if looked:
                load = looked
                outcomes = await traffic.finish(seconds=60)
                clean = [len(output.record.value) for output in outcomes.outputs if output.kind == "clean"]
                latency = await half_load(bench, traffic, costs[-1].pages / costs[-1].seconds / 2)
        for system, command in PEERS.items():
            async with bench.workers(command, entities=switch) as (workers, traffic):
                costs.append(await bench.cost(system, entities, workers, traffic, 1))
    return Report(
        limit_ms=limit,
        costs=costs,
        inside=inside,
        load=load,
        latency=latency,
        scaling=await scaling(bench),
        raw_bytes=round(statistics.mean(map(len, values))),
        article_bytes=round(statistics.mean(clean)),
    )


def stage_limit(values: Sequence[bytes], entities: bool) -> float:
    """CPU milliseconds a page of our stages alone: one process, no Kafka, nothing encoded."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        limit = pool.submit(_run_stages, values, entities).result()
    _say(f"the stages alone, {_what(entities)}: {limit:.1f} ms CPU a page")
    return limit


def _run_stages(values: Sequence[bytes], entities: bool) -> float:
    pipeline = build(Settings(entities=entities))
    for value in values[:WARM_UP]:
        pipeline(Record(value))
    begin = time.process_time()
    for value in values:
        pipeline(Record(value))
    return (time.process_time() - begin) * 1000 / len(values)


async def half_load(bench: Bench, traffic: Traffic, rate: float) -> Latency:
    """Send pages evenly, half as many a second as the worker managed, and wait for each one's outcome."""
    sent: dict[tuple[int, int], float] = {}

    async def send(page: Page) -> None:
        begin = time.time()
        (position,) = await traffic.produce(page)
        sent[position] = begin

    begin = time.monotonic()
    async with asyncio.TaskGroup() as sending:
        for n, page in enumerate(itertools.cycle(bench.pages)):
            if (wait := begin + n / rate - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            if time.monotonic() - begin > HALF_LOAD_SECONDS:
                break
            sending.create_task(send(page))
    outcomes = await traffic.finish(seconds=60)
    took = [
        output.record.timestamp - 1000 * sent[output.position] for output in outcomes.outputs if output.position in sent
    ]
    percentiles = statistics.quantiles(took, n=100)
    latency = Latency(len(took) / HALF_LOAD_SECONDS, percentiles[49], percentiles[98])
    _say(f"at {latency.pages_a_second:.1f} pages a second: p50 {latency.p50:.0f} ms, p99 {latency.p99:.0f} ms")
    return latency


async def scaling(bench: Bench) -> list[Cost]:
    """One cleaning process; two in one worker; two workers of one each."""
    costs = []
    for name, count, processes in (
        ("one worker, one cleaning process", 1, 1),
        ("one worker, two cleaning processes", 1, 2),
        ("two workers, one cleaning process each", 2, 1),
    ):
        async with bench.workers(count=count, pool_size=str(processes)) as (workers, traffic):
            costs.append(await bench.cost(name, True, workers, traffic, ROUNDS // 2))
    return costs


async def _look(worker: Worker) -> tuple["asyncio.Task[None]", Load]:
    """Start looking at what the worker holds, once a second."""
    load = Load(int(await asyncio.to_thread(worker.metric, "stream_cleaner_window_pages")))

    async def look() -> None:
        while True:
            seen = {name: value for (name, _), value in (await asyncio.to_thread(worker.metrics)).items()}
            load.in_flight.append(int(seen["stream_cleaner_in_flight_pages"]))
            load.memory_mib.append(round(seen["stream_cleaner_memory_bytes"] / MIB))
            await asyncio.sleep(1)

    return asyncio.create_task(look()), load


def _inside(worker: Worker) -> tuple[float, float]:
    """CPU seconds in the stages, and in the worker's own process (Faust, Kafka clients, window, metrics)."""
    return worker.metric("stream_cleaner_stage_seconds_sum"), worker.metric("process_cpu_seconds_total")


def _cpu(workers: Sequence[Worker]) -> float:
    return sum(cpu_seconds(pid) for worker in workers for pid in (worker.pid, *worker.family()))


async def _published(traffic: Traffic) -> None:
    """Wait until every page produced so far has an outcome."""
    while await traffic.published() < len(traffic.produced):
        assert traffic.still_worked_on(), "a worker ended"
        await asyncio.sleep(0.05)


def _what(entities: bool) -> str:
    return "cleaning and entities" if entities else "cleaning alone"


def _say(line: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {line}", file=sys.stderr, flush=True)


def table(report: Report, pages: int, digest: str) -> str:
    """The report for people, in Markdown."""
    lines = [
        "# From Kafka to Kafka",
        "",
        f"{pages} pages (every {EVERY}rd development page, data {digest}) as raw-page events of {report.raw_bytes:,}",
        f"bytes, {ROUNDS} times through ours, once through the peers; articles of {report.article_bytes:,} bytes.",
        f"Real Kafka on the same {CORES} cores: {machine()}. CPU of all processes of a worker; *others*: the share of",
        "the machine that was not the worker's meanwhile (Kafka, the producer, and whoever else was there).",
        "",
        "| System | What | CPU ms a page | Times ours | Pages a CPU second | Pages a second | Others |",
        "|---|---|---|---|---|---|---|",
    ]
    own = {cost.entities: cost for cost in report.costs if cost.system == OURS}
    for cost in report.costs:
        times = cost.cpu_ms / own[cost.entities].cpu_ms
        lines.append(
            f"| {cost.system} | {_what(cost.entities)} | {cost.cpu_ms:.1f} | {times:.1f} | {1000 / cost.cpu_ms:.1f} "
            f"| {cost.pages / cost.seconds:.1f} | {cost.others:.0%} |"
        )
    lines += [
        "",
        "Where ours goes, in CPU ms a page. *Stages alone* is the limit: the same stages in one process without Kafka.",
        "",
        "| What | All | Stages | Worker's process | Rest of the cleaning processes | Stages' share | Stages alone |",
        "|---|---|---|---|---|---|---|",
    ]
    for entities, inside in report.inside.items():
        total, limit = own[entities].cpu_ms, report.limit_ms[entities]
        rest = total - inside.stages_ms - inside.worker_process_ms
        lines.append(
            f"| {_what(entities)} | {total:.2f} | {inside.stages_ms:.2f} | {inside.worker_process_ms:.2f} | {rest:.2f} "
            f"| {inside.stages_ms / total:.0%} | {limit:.2f} ({limit / total:.0%}) |"
        )
    lines += [
        "",
        f"At half load ({report.latency.pages_a_second:.1f} pages a second), from the producer's call to the broker's",
        f"time stamp on the outcome: p50 {report.latency.p50:.0f} ms, p99 {report.latency.p99:.0f} ms.",
        "",
        f"With {ROUNDS * pages} pages waiting: at most {max(report.load.in_flight)} in flight (window",
        f"{report.load.window}), memory {report.load.memory_mib[0]} MiB at the start, {max(report.load.memory_mib)} at",
        f"most, {report.load.memory_mib[-1]} at the end ({len(report.load.in_flight)} looks, a second apart).",
        "",
        "| Processes, cleaning and entities | CPU ms a page | Pages a second | Times one | Cores used | Others |",
        "|---|---|---|---|---|---|",
    ]
    one = report.scaling[0]
    for cost in report.scaling:
        lines.append(
            f"| {cost.system} | {cost.cpu_ms:.1f} | {cost.pages / cost.seconds:.1f} "
            f"| {cost.pages / cost.seconds / (one.pages / one.seconds):.2f} | {cost.cpu_seconds / cost.seconds:.2f} "
            f"| {cost.others:.0%} |"
        )
    return "\n".join(lines) + "\n"


def dev_pages(data: Path) -> list[Page]:
    """Some of the development pages as a raw-page event."""
    rows = itertools.islice(read_rows(data), 0, None, EVERY)
    return [Page.event(row["html"], key=row["id"], url=row["url"]) for row in rows]


async def run(pages: Sequence[Page]) -> Report:
    """Measure on a Kafka of our own."""
    with tempfile.TemporaryDirectory() as folder:
        kafka = RealKafka(Path(folder) / "kafka")
        kafka.format()
        await asyncio.to_thread(kafka.start)
        try:
            return await measure(Bench(Path(folder), kafka, pages))
        finally:
            kafka.kill9()


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="pages as JSON lines with html and url, gzipped")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the table")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # clients complain about topics in the moment of their creation
    fetch_kafka()
    data = arguments.data or pages_file("dev")
    pages, digest = dev_pages(data), digest_of(data)
    report = asyncio.run(run(pages))
    text = table(report, len(pages), digest)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "stream.md").write_text(text, encoding="utf-8")
    result = {"machine": machine(), "data": digest, **asdict(report)}
    (arguments.out / "stream.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
