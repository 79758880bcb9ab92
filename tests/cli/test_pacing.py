"""A command that is asked to stop does so between two pieces of work."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

from stream.cli.io.pacing import paced, stop_on_signal


async def numbers() -> AsyncIterator[int]:
    for number in range(1000):
        yield number


async def test_without_a_rate_everything_passes() -> None:
    assert [number async for number in paced(numbers(), None)] == list(range(1000))


async def test_a_signal_ends_the_work_after_the_piece_at_hand_even_in_a_pause() -> None:
    with stop_on_signal() as stop:
        done = []
        async with asyncio.timeout(30):
            async for number in paced(numbers(), 0.001, stop):  # the second would come after a quarter of an hour
                done.append(number)
                asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal.SIGTERM)
    assert done == [0]
    assert stop.exit_code == 143


async def test_a_command_that_is_not_stopped_ends_with_0() -> None:
    with stop_on_signal() as stop:
        assert not stop.requested
    assert stop.exit_code == 0
