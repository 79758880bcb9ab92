"""Pages that attack their process: each costs itself and nothing else."""

import asyncio
import json
import re
from dataclasses import dataclass, replace

import pytest

from tests.brokers import Broker
from tests.traffic import Outcomes, Output, Page, Topics, Traffic
from tests.workers import Worker

pytestmark = pytest.mark.broker

POISON = {
    "hang": ("pool", "DeadlineExceeded"),
    "spin": ("pool", "DeadlineExceeded"),
    "grow": ("obey", "MemoryLimitExceeded"),
    "kill": ("pool", "ProcessDied"),
    "segfault": ("pool", "ProcessDied"),
    "exit": ("pool", "ProcessDied"),
    "raise": ("obey", "ValueError"),
}
URL = "https://gull.example/poison"
NEIGHBOURS = 5  # harmless pages before each poisonous one and behind the last


@dataclass(frozen=True, slots=True)
class Attack:
    answers: dict[str, Output]
    outcomes: Outcomes
    produced: list[tuple[int, int]]
    exit_code: int
    log: str


@pytest.fixture(scope="module")
def attack(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Attack:
    return asyncio.run(run_attack(broker, tmp_path_factory))


async def run_attack(broker: Broker, folders: pytest.TempPathFactory) -> Attack:
    harmless = [Page.event(f"harmless {n}") for n in range(NEIGHBOURS)]
    async with Traffic(broker.bootstrap, Topics(), partitions=1) as traffic:
        settings = {
            **traffic.topics.environment(),
            "STREAM_PIPELINE": "tests.faults.pipelines:echo",
            "STREAM_PAGE_DEADLINE": "2",
            "STREAM_PAGE_MEMORY": "256",
        }
        worker = Worker(folders.mktemp("poison"), broker.bootstrap, settings).start()
        try:
            positions = {}
            for name in POISON:
                await traffic.produce(*harmless)
                page = replace(Page.event(f"poison fault:{name}", key=name, url=URL), headers=(("url", URL.encode()),))
                (positions[name],) = await traffic.produce(page)
            await traffic.produce(*harmless)
            outcomes = await traffic.finish(seconds=120)
            exit_code = worker.drain()
        finally:
            worker.end()
        answers = {name: outcomes.at(position) for name, position in positions.items()}
        return Attack(answers, await traffic.read_rest(), traffic.produced, exit_code, worker.log.read_text())


@pytest.mark.parametrize("name", POISON)
def test_a_poisonous_page_is_one_dead_letter_with_its_reason(attack: Attack, name: str) -> None:
    answer = attack.answers[name]
    assert answer.kind == "dead"
    assert (answer.headers["error.stage"], answer.headers["error.type"]) == POISON[name]
    assert answer.record.value == Page.event(f"poison fault:{name}", url=URL).value


@pytest.mark.parametrize("name", POISON)
def test_its_letter_names_article_and_pipeline_whoever_built_it(attack: Attack, name: str) -> None:
    headers = attack.answers[name].headers
    assert re.fullmatch("[0-9a-f]{32}", headers["article.id"])
    assert headers["pipeline.version"] == attack.answers["raise"].headers["pipeline.version"]
    assert headers["article.url"] == URL


def test_the_pages_around_it_come_out(attack: Attack) -> None:
    attack.outcomes.check(attack.produced)
    assert attack.outcomes.count("dead") == len(POISON)


def test_the_worker_survives(attack: Attack) -> None:
    assert attack.exit_code == 0


def test_the_log_has_a_line_for_each_and_no_page_in_it(attack: Attack) -> None:
    events = [json.loads(line) for line in attack.log.splitlines() if line.startswith("{")]
    logged = {
        (event["partition"], event["offset"], event["stage"], event["errorType"])
        for event in events
        if event["message"].startswith("dead letter: ")
    }
    assert logged == {
        (*answer.position, answer.headers["error.stage"], answer.headers["error.type"])
        for answer in attack.answers.values()
    }
    assert "fault:" not in attack.log
