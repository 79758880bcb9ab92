"""Pictures of the dashboards: ``python -m deploy.grafana.pictures`` (``make pictures``) draws ``docs/pictures/*.png``.

Two real workers clean the sample pages from a real Kafka, a real Prometheus watches them and answers what the panels
ask, and Grafana's own components (npm's ``@grafana/ui``) draw the answers in headless Chromium. No Grafana server is
asked. Needs Java, Maven, npm, and Debian's ``prometheus``, ``chromium``, ``fonts-inter`` and ``pngquant``.
"""

import asyncio
import itertools
import json
import math
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.grafana.build import FOLDER
from stream.samples import FETCHED_AT, samples
from tests.brokers import RealKafka, fetch_kafka
from tests.deploy.expressions import with_variables
from tests.deploy.tools import REPOSITORY, run, system
from tests.observability.monitors import Prometheus
from tests.traffic import Page, Topics, Traffic
from tests.workers import Worker

HERE = Path(__file__).parent
PICTURES = REPOSITORY / "docs" / "pictures"
SECONDS = 300
STEP = 2
RATE_INTERVAL = "30s"
WORKERS = 2
RULES = REPOSITORY / "deploy" / "prometheus" / "alerts.yml"


def record(folder: Path) -> dict[str, Any]:
    """Run the stream for a while; what every panel of every dashboard would have been told, by dashboard."""
    fetch_kafka()
    kafka, topics, prometheus = RealKafka(folder / "kafka"), Topics("pages"), Prometheus(folder / "prometheus")
    kafka.format()
    with ExitStack() as ended:
        kafka.start()
        ended.callback(kafka.kill9)
        over = threading.Event()
        load = threading.Thread(target=lambda: asyncio.run(_load(kafka.bootstrap, topics, over)))
        load.start()
        ended.callback(load.join)
        ended.callback(over.set)  # called first: what was pushed last
        workers = [Worker(folder, kafka.bootstrap, topics.environment()) for _ in range(WORKERS)]
        for worker in workers:
            ended.callback(worker.end)
            worker.start()
        for worker in workers:
            worker.wait_ready()
        ended.callback(prometheus.end)
        prometheus.start([f"127.0.0.1:{worker.port}" for worker in workers], RULES)
        time.sleep(SECONDS)
        dashboards = {path.stem: json.loads(path.read_text()) for path in FOLDER.glob("*.json")}
        end = time.time()
        return {name: _recorded(dashboard, prometheus, end) for name, dashboard in dashboards.items()}


async def _load(bootstrap: str, topics: Topics, over: threading.Event) -> None:
    """The sample pages at a rate that breathes, with a burst now and then; until it is over."""
    pages = _pages()
    async with Traffic(bootstrap, topics, partitions=6) as traffic:
        for second in itertools.count():
            if over.is_set():
                return
            rate = 12 + 5 * math.sin(second / 15) + (300 if second % 120 == 100 else 0)
            await traffic.produce(*itertools.islice(pages, int(rate)))
            await asyncio.sleep(1)


def _pages() -> Iterator[Page]:
    """Sample pages without end: mostly articles, some that are none, few that break."""
    chosen = random.Random(1)
    weights = {"cleaned": 30, "rejected": 8, "dead-lettered": 0.1}
    known = [sample for sample in samples() if sample.file]
    while True:
        (sample,) = chosen.choices(known, [weights[sample.outcome] for sample in known])
        record = sample.record
        headers = tuple((name, _fetched_now(value)) for name, value in record.headers)
        yield Page(record.value and _fetched_now(record.value), record.key, headers)


def _fetched_now(content: bytes) -> bytes:
    return content.replace(FETCHED_AT.encode(), datetime.now(UTC).isoformat().encode())


def _recorded(dashboard: dict[str, Any], prometheus: Prometheus, end: float) -> dict[str, Any]:
    begin = end - SECONDS + float(RATE_INTERVAL.rstrip("s"))
    panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
    answers = {
        panel["title"]: [
            {
                "legend": target["legendFormat"],
                "series": prometheus.ask(
                    with_variables(target["expr"], RATE_INTERVAL), None if target.get("instant") else (begin, end, STEP)
                ),
            }
            for target in panel["targets"]
        ]
        for panel in panels
    }
    return {"dashboard": dashboard, "answers": answers, "from": begin, "to": end}


def main() -> None:
    """Record once, draw every dashboard."""
    run(system("npm", "npm"), "ci", cwd=HERE)
    with tempfile.TemporaryDirectory() as folder:
        for name, recorded in record(Path(folder)).items():
            recording = Path(folder) / f"{name}.json"
            recording.write_text(json.dumps(recorded))
            picture = PICTURES / f"{name}.png"
            run(system("node", "nodejs"), "draw.mjs", recording, picture, cwd=HERE)
            run(system("pngquant", "pngquant"), "--force", "--output", picture, picture)


if __name__ == "__main__":
    main()
