"""A real worker on real Kafka under load, a real Prometheus: every expression of every panel and rule has an answer.

A renamed metric, a misspelt label or a division by nothing shows here, and not on the night it is needed.
"""

import asyncio
import math
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stream.samples import samples
from tests.brokers import Broker, wait_until
from tests.deploy.expressions import (
    RULES,
    Expression,
    alert_expressions,
    dashboards,
    panel_expressions,
    recording_expressions,
)
from tests.observability.monitors import Alertmanager, Prometheus, Webhook
from tests.traffic import Page, Topics, Traffic
from tests.workers import Worker

pytestmark = [pytest.mark.kafka, pytest.mark.observability]

WINDOW = "30s"  # what stands for Grafana's $__rate_interval


@dataclass
class Stack:
    """What the tests of this file look at."""

    worker: Worker
    prometheus: Prometheus
    webhook: Webhook


@pytest.fixture(scope="module")
def stack(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A worker with traffic of every outcome, scraped by Prometheus, whose alerts reach a webhook."""
    folder = tmp_path_factory.mktemp("stack")
    webhook, alertmanager, prometheus = Webhook(), Alertmanager(folder / "am"), Prometheus(folder / "prometheus")
    topics = Topics()
    worker = Worker(
        folder, broker.bootstrap, {**topics.environment(), "STREAM_PIPELINE": "tests.faults.pipelines:real"}
    )
    over = threading.Event()
    load = threading.Thread(target=lambda: asyncio.run(_load(broker.bootstrap, topics, worker, over)))
    try:
        alertmanager.start(webhook.url)
        load.start()
        worker.start().wait_ready()
        prometheus.start([f"127.0.0.1:{worker.port}"], _impatient_rules(folder), alertmanager.port)
        _wait_for_history(prometheus)
        yield Stack(worker, prometheus, webhook)
    finally:
        over.set()
        load.join(60)
        for running in (worker, prometheus, alertmanager, webhook):
            running.end()


async def _load(bootstrap: str, topics: Topics, worker: Worker, over: threading.Event) -> None:
    """Every sample page, and two that break, again and again until it is over."""
    pages = [Page(sample.record.value, sample.record.key, sample.record.headers) for sample in samples() if sample.file]
    poison = [Page.event("fault:raise", key="raise"), Page.event("fault:kill", key="kill")]
    async with Traffic(bootstrap, topics, partitions=2) as traffic:
        await traffic.produce(*poison)
        while not over.is_set():
            await traffic.produce(*pages, poison[0])
            await asyncio.sleep(0.5)


def _impatient_rules(folder: Path) -> Path:
    """The rules as they are, except that an alert need not hold for minutes before it fires."""
    text, count = re.subn(r"^(\s+for:) \d+[mh]$", r"\1 1s", RULES.read_text(), flags=re.MULTILINE)
    assert count == len(alert_expressions())
    file = folder / "alerts.yml"
    file.write_text(text)
    return file


def _wait_for_history(prometheus: Prometheus) -> None:
    """Until every outcome was scraped and every rate has two points to stand on."""
    seen = (
        f'rate(stream_cleaner_finished_total{{outcome="cleaned"}}[{WINDOW}]) > 0',
        f'rate(stream_cleaner_finished_total{{outcome="rejected"}}[{WINDOW}]) > 0',
        f'rate(stream_cleaner_finished_total{{outcome="dead-lettered"}}[{WINDOW}]) > 0',
        f"rate(stream_cleaner_pool_restarts_total[{WINDOW}])",
        "group_publisher_field:stream_cleaner_publisher_fields:ratio_rate1h > 0",
        "count_over_time(group_topic:stream_cleaner_lag_records:deriv15m[1m]) > 5",
    )
    for promql in seen:
        wait_until(lambda promql=promql: bool(prometheus.query(promql)), seconds=120, what=promql)  # type: ignore[misc]


def test_the_worker_is_scraped(stack: Stack) -> None:
    assert stack.prometheus.targets() == {f"127.0.0.1:{stack.worker.port}": "up"}


@pytest.mark.parametrize("expression", [*panel_expressions(WINDOW), *recording_expressions()], ids=str)
def test_an_expression_has_an_answer_of_numbers(stack: Stack, expression: Expression) -> None:
    answer = stack.prometheus.query(expression.promql)
    assert answer, f"no data: {expression.promql}"
    nonsense = {labels: value for labels, value in answer.items() if not math.isfinite(value)}
    assert not nonsense, expression.promql


@pytest.mark.parametrize("expression", alert_expressions(), ids=str)
def test_what_an_alert_compares_is_there(stack: Stack, expression: Expression) -> None:
    stack.prometheus.query(expression.promql)  # it may well be empty: nothing is wrong
    for series in expression.metrics or {"up"}:
        assert stack.prometheus.query(series), f"{series} has no data"


@pytest.mark.parametrize("variable", ["group", "instance", "topic"])
def test_a_variable_offers_a_choice(stack: Stack, variable: str) -> None:
    for dashboard in dashboards().values():
        (query,) = [each["query"] for each in dashboard["templating"]["list"] if each["name"] == variable]
        assert stack.prometheus.label_values(query.replace('group=~"$group"', 'group=~".*"'))


def test_all_pages_are_accounted_for_at_every_scrape(stack: Stack) -> None:
    history = stack.prometheus.query("max_over_time(abs(stream_cleaner_unaccounted_pages)[1h:1s])")
    assert list(history.values()) == [0.0]


def test_a_dead_worker_reaches_the_pager(stack: Stack) -> None:
    assert "WorkerDown" not in stack.webhook.names("firing")
    stack.worker.kill9()
    wait_until(lambda: "WorkerDown" in stack.webhook.names("firing"), seconds=60, what="the alert at the webhook")
    (alert,) = [each for each in stack.webhook.received if each["labels"]["alertname"] == "WorkerDown"][:1]
    assert alert["labels"]["severity"] == "page"
    assert alert["labels"]["instance"] == f"127.0.0.1:{stack.worker.port}"
    assert alert["annotations"]["runbook"] == "docs/runbook.md#workerdown"
