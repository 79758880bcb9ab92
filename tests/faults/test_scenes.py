"""The faults at a size that a check can afford; ``python -m tests.faults`` plays them in full."""

from pathlib import Path

import pytest

from tests.faults.scenes import SCENES
from tests.faults.stage import Stage

pytestmark = pytest.mark.kafka

PAGES = 1000
SEED = 20250418
KILL_THE_BROKER = {"broker_killed", "broker_away"}


@pytest.mark.parametrize("name", SCENES)
async def test_nothing_is_lost_and_order_holds(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    kafka = request.getfixturevalue("own_kafka" if name in KILL_THE_BROKER else "session_kafka")
    async with Stage(kafka, tmp_path, SEED, PAGES) as stage:
        await SCENES[name](stage)
