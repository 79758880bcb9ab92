"""What exactly once costs over at least once: the same real pages under both, in turn, on the same Kafka."""

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tests.brokers import RealKafka
from tests.faults.soak import REAL, endless
from tests.faults.stage import Stage

ROUNDS = 3
WARM_UP = 100
HEAD = "| delivery | pages | worker CPU ms a page | Kafka CPU ms a page | seconds |\n|---|---:|---:|---:|---:|"


async def compare(kafka: RealKafka, folder: Path, seed: int, pages: int, file: Path) -> None:
    """Print a row for each round of each delivery. CPU of all of a worker's processes, and of the broker."""
    print(HEAD, flush=True)
    for delivery in ("at-least-once", "exactly-once") * ROUNDS:
        async with Stage(kafka, folder, seed, pages, delivery) as stage:
            worker = stage.worker(**REAL).wait_ready()
            feed = endless(file)
            await stage.produce(islice(feed, WARM_UP))
            await stage.done(WARM_UP)
            before = _cpu([worker.pid, *worker.family()]), _cpu([kafka.pid])
            await stage.produce(islice(feed, pages))
            await stage.done(WARM_UP + pages)
            after = _cpu([worker.pid, *worker.family()]), _cpu([kafka.pid])
            verdict = await stage.judge(most_duplicates=0)
        ours, brokers = (1000 * (end - begin) / pages for begin, end in zip(before, after, strict=True))
        print(f"| {delivery} | {pages} | {ours:.2f} | {brokers:.2f} | {verdict.seconds:.0f} |", flush=True)


def _cpu(pids: Iterable[int]) -> float:
    """User and system CPU seconds that these processes have used."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")
