"""How fast a command goes, and that a signal ends it between two pieces of work and never in the middle of one."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

T = TypeVar("T")


class Stop:
    """Whether Ctrl-C or SIGTERM asked the command to end, and the exit code that tells so (128 + signal)."""

    def __init__(self) -> None:
        self._requested = asyncio.Event()
        self.exit_code = 0

    @property
    def requested(self) -> bool:
        return self._requested.is_set()

    def request(self, number: int) -> None:
        self.exit_code = 128 + number
        self._requested.set()

    async def sleep(self, seconds: float) -> None:
        """Sleep, but not past the request to stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._requested.wait()


@contextmanager
def stop_on_signal() -> Iterator[Stop]:
    """Turn the first Ctrl-C or SIGTERM into a request; a second one ends the command at once."""
    loop = asyncio.get_running_loop()
    stop = Stop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def request(number: int) -> None:
        stop.request(number)
        for each in signals:
            loop.remove_signal_handler(each)

    for number in signals:
        loop.add_signal_handler(number, request, number)
    try:
        yield stop
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def paced(items: AsyncIterator[T], rate: float | None, stop: Stop | None = None) -> AsyncIterator[T]:
    """The same items, at most ``rate`` a second, and none after the request to stop."""
    loop = asyncio.get_running_loop()
    stop = stop or Stop()
    begin, sent = loop.time(), 0
    async for item in items:
        if rate is not None:
            await stop.sleep(begin + sent / rate - loop.time())
        if stop.requested:
            return
        sent += 1
        yield item
