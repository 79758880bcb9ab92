"""What a page costs from Kafka to Kafka: ``python -m benchmarks.capacity`` (``make bench-capacity``).

A real worker on real Kafka cleans the development pages; its own metrics say what that cost. CPU time, not the clock,
because the machine may be shared. The figures of ``docs/capacity.md`` come from here.
"""

import asyncio
import gzip
import json
import sys
import tempfile
from pathlib import Path

from tests.brokers import RealKafka, fetch_kafka
from tests.traffic import Page, Topics, Traffic
from tests.workers import Worker

REPOSITORY = Path(__file__).parent.parent
PAGES = REPOSITORY.parent / "shared" / "data" / "pages" / "dev.jsonl.gz"
RESULT = REPOSITORY / "benchmarks" / "results" / "capacity.json"
ROUNDS = 4
WARM_UP = 50
COUNTED = {
    "cpu_seconds": "stream_cleaner_cpu_seconds_total",
    "stage_seconds": "stream_cleaner_stage_seconds_sum",
    "worker_seconds": "process_cpu_seconds_total",
    "pages": "stream_cleaner_finished_total",
}


async def measure(folder: Path) -> dict[str, float]:
    """Run the pages through a worker; the cost of one page, the first ones left out."""
    pages = dev_pages()
    kafka, topics = RealKafka(folder / "kafka"), Topics()
    kafka.format()
    await asyncio.to_thread(kafka.start)
    worker = Worker(folder, kafka.bootstrap, topics.environment())
    try:
        async with Traffic(kafka.bootstrap, topics, partitions=2) as traffic:
            worker.start().wait_ready()
            await traffic.produce(*pages[:WARM_UP])
            await traffic.finish(seconds=300)
            before = counted(worker)
            for _ in range(ROUNDS):
                await traffic.produce(*pages)
            outcomes = await traffic.finish(seconds=1800)
            after = counted(worker)
            memory = worker.metric("stream_cleaner_memory_bytes")
    finally:
        worker.end()
        kafka.kill9()
    done = after["pages"] - before["pages"]
    clean = [output.record.value for output in outcomes.outputs if output.kind == "clean"]
    return {
        "pages": done,
        "cpu_ms_a_page": round(1000 * (after["cpu_seconds"] - before["cpu_seconds"]) / done, 2),
        "stage_ms_a_page": round(1000 * (after["stage_seconds"] - before["stage_seconds"]) / done, 2),
        "worker_process_ms_a_page": round(1000 * (after["worker_seconds"] - before["worker_seconds"]) / done, 2),
        "raw_bytes_a_page": round(sum(len(page.value or b"") for page in pages) / len(pages)),
        "article_bytes": round(sum(map(len, clean)) / len(clean)),
        "memory_mib_at_two_processes": round(memory / 2**20),
    }


def counted(worker: Worker) -> dict[str, float]:
    """The worker's counters, summed over their labels."""
    return {name: worker.metric(metric) for name, metric in COUNTED.items()}


def dev_pages() -> list[Page]:
    """The development pages as raw-page events."""
    with gzip.open(PAGES, "rt", encoding="utf-8") as lines:
        return [Page.event(page["html"], key=page["id"], url=page["url"]) for page in map(json.loads, lines)]


def main() -> None:
    """Measure, print, and keep the result."""
    fetch_kafka()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(measure(Path(folder)))
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    sys.stdout.write(RESULT.read_text())


if __name__ == "__main__":
    main()
