"""A worker that is struck at one exact point of its code: ``STREAM_TEST_FAULT=point=count`` says where and when.

The points are methods of the worker, wrapped here before it starts: a worker that an operator runs has none of this.
"""

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from aiokafka import AIOKafkaProducer

from stream.cli.main import main
from stream.service.app import CleanerApp
from stream.service.consumer import OwningConsumer
from stream.service.delivery.at_least_once import AtLeastOnce


async def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def _stand_still() -> None:
    await asyncio.Event().wait()


class Point(NamedTuple):
    """Before or after which method what happens."""

    owner: type
    method: str
    after: bool
    fault: Callable[[], Awaitable[None]] = _die


GIVING_BACK = {
    "revoked": Point(CleanerApp, "_revoked", after=False),
    "given back": Point(CleanerApp, "_revoked", after=True),
}
TAKING_OVER = {
    "assigned": Point(CleanerApp, "_assigned", after=False),
    "taken over": Point(OwningConsumer, "seek_to_committed", after=True),
}
AT_LEAST_ONCE = {
    "published": Point(AtLeastOnce, "publish", after=True),
    "before the commit": Point(AtLeastOnce, "commit", after=False),
    "after the commit": Point(AtLeastOnce, "commit", after=True),
}
EXACTLY_ONCE = {
    "transaction begun": Point(AIOKafkaProducer, "begin_transaction", after=True),
    "outputs in the transaction": Point(AIOKafkaProducer, "send_offsets_to_transaction", after=False),
    "offsets in the transaction": Point(AIOKafkaProducer, "send_offsets_to_transaction", after=True),
    "transaction committed": Point(AIOKafkaProducer, "commit_transaction", after=True),
}
STALL = {"taken": Point(CleanerApp, "take", after=False, fault=_stand_still)}
POINTS = {**GIVING_BACK, **TAKING_OVER, **AT_LEAST_ONCE, **EXACTLY_ONCE, **STALL}


def strike(point: Point, count: int) -> None:
    """Arrange for the fault at the so-many-th call of the point's method."""
    original = getattr(point.owner, point.method)
    calls = itertools.count(1)

    async def struck(*args: Any, **kwargs: Any) -> Any:
        due = next(calls) == count
        if due and not point.after:
            await point.fault()
        answer = await original(*args, **kwargs)
        if due and point.after:
            await point.fault()
        return answer

    setattr(point.owner, point.method, struck)


if __name__ == "__main__":
    name, _, count = os.environ["STREAM_TEST_FAULT"].rpartition("=")
    strike(POINTS[name], int(count))
    sys.argv = ["stream-cleaner", "worker"]
    main()
