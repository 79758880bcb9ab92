"""The faults at a size that a check can afford; ``python -m tests.faults`` plays them in full."""

from pathlib import Path

import pytest

from tests.brokers import RealKafka
from tests.faults.scenes import SCENES
from tests.faults.stage import Stage

pytestmark = pytest.mark.kafka

PAGES = 1000
SEED = 20250418


@pytest.mark.parametrize("name", SCENES)
async def test_nothing_is_lost_and_order_holds(name: str, session_kafka: RealKafka, tmp_path: Path) -> None:
    async with Stage(session_kafka, tmp_path, SEED, PAGES) as stage:
        await SCENES[name](stage)
