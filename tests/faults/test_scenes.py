"""The faults at a size that a check can afford; ``python -m tests.faults`` plays them in full."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.brokers import RealKafka
from tests.faults.scenes import SCENES
from tests.faults.stage import Stage, Verdict

pytestmark = pytest.mark.kafka

PAGES = 600
SEED = 20250418
AT_ONCE = 3  # most of a scene is waiting: for sessions to end, processes to start, groups to settle
KILL_THE_BROKER = {"broker_killed", "broker_away", "too_few_replicas"}
PLAYED = [(name, "at-least-once") for name in SCENES]
PLAYED += [(name, "exactly-once") for name in ("killed_at_every_point", "zombie", "outputs_too_large")]


@pytest.fixture(scope="session")
def verdicts(
    request: pytest.FixtureRequest, session_kafka: RealKafka, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[tuple[str, str], "Future[Verdict]"]]:
    """The verdicts to come of all scenes that were asked for."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    parameters = [item.callspec.params for item in items if "verdicts" in item.fixturenames]
    asked = [(str(each["name"]), str(each["delivery"])) for each in parameters]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {
            (name, delivery): pool.submit(_play, name, delivery, session_kafka, tmp_path_factory.mktemp(name))
            for name, delivery in asked
        }


@pytest.mark.parametrize(("name", "delivery"), PLAYED)
def test_nothing_is_lost_and_order_holds(
    name: str, delivery: str, verdicts: dict[tuple[str, str], "Future[Verdict]"]
) -> None:
    verdict = verdicts[name, delivery].result()
    assert verdict.duplicates <= verdict.most_duplicates


def _play(name: str, delivery: str, kafka: RealKafka, folder: Path) -> Verdict:
    async def play(kafka: RealKafka) -> Verdict:
        async with Stage(kafka, folder, SEED, PAGES, delivery) as stage:
            return await SCENES[name](stage)

    if name not in KILL_THE_BROKER:
        return asyncio.run(play(kafka))
    own = RealKafka(folder / "kafka")
    own.format()
    own.start()
    try:
        return asyncio.run(play(own))
    finally:
        own.kill9()
