"""The faults at a size that a check can afford; ``python -m tests.faults`` plays them in full."""

from pathlib import Path

import pytest

from tests.brokers import RealKafka
from tests.faults.scenes import SCENES
from tests.faults.stage import Stage

pytestmark = pytest.mark.kafka

PAGES = 1000
SEED = 20250418
KILL_THE_BROKER = {"broker_killed", "broker_away"}


@pytest.fixture
def kafka(name: str, request: pytest.FixtureRequest) -> RealKafka:
    """The session's broker, or one that the scene may kill."""
    broker: RealKafka = request.getfixturevalue("own_kafka" if name in KILL_THE_BROKER else "session_kafka")
    return broker


@pytest.mark.parametrize("name", SCENES)
async def test_nothing_is_lost_and_order_holds(name: str, kafka: RealKafka, tmp_path: Path) -> None:
    async with Stage(kafka, tmp_path, SEED, PAGES) as stage:
        await SCENES[name](stage)
