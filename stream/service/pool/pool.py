"""A pool of killable cleaning processes: a page that hangs, crashes or eats memory costs itself and nothing else.

Pages travel in micro-batches, because the hop to another process costs as much as a small page. When a batch breaks
or is late, its pages run again one by one, which finds the guilty one.
"""

import asyncio
import math
import multiprocessing
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from stream.codec.record import Record
from stream.events import PageError
from stream.outcome import Finished, OutcomeKind, build_dead_letter
from stream.service.pool import process
from stream.settings import Settings
from stream.version import __version__

START_SECONDS = 120.0
LOOK_SECONDS = 1.0  # between two looks at a batch that is late
LOCK_SECONDS = 2.0  # processes hold the lock of their pipe for milliseconds
STOP_SECONDS = 10.0
DEATHS_UNTIL_GUILTY = 2  # a process may die for reasons of its own once (the kernel's OOM killer, an operator)
REBUILDS_UNTIL_BROKEN = 3
_START_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


class PoolBroken(RuntimeError):
    """The pool cannot run even an empty task. Fatal for the worker: it must never turn pages into dead letters."""


class PagePool:
    """Cleans pages in ``settings.pool_size`` processes. All methods belong to one event loop.

    ``on_restart`` is told why a process was replaced, ``on_cleaned`` that a page is done.
    """

    def __init__(
        self,
        settings: Settings,
        on_restart: Callable[[str], None] = lambda cause: None,
        on_cleaned: Callable[[], None] = lambda: None,
        clean: Callable[[Sequence[Record]], list[Finished]] = process.clean,
    ) -> None:
        self._settings = settings
        self._clean = clean
        self._on_restart = on_restart
        self._on_cleaned = on_cleaned
        self._pool: ProcessPool | None = None
        self._queue: deque[tuple[Record, asyncio.Future[Finished]]] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._rebuilds = 0
        self.pipeline_version = __version__

    async def start(self) -> None:
        """Start the processes and wait until one answers. Raises ``PoolBroken`` where none does."""
        self._pool = self._new_pool()
        await self._ping()

    async def stop(self) -> None:
        """End the processes at once; pages still inside are forgotten."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._pool is not None:
            await asyncio.to_thread(_retire(self._pool).join, STOP_SECONDS)
            self._pool = None

    def submit(self, record: Record) -> "asyncio.Future[Finished]":
        """The future outcome of a page. Fails only with ``PoolBroken``."""
        future: asyncio.Future[Finished] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda _: self._on_cleaned())
        self._queue.append((record, future))
        self._dispatch()
        return future

    def _dispatch(self) -> None:
        """Hand over batches while there is room: one running and one waiting for each process."""
        while self._queue and len(self._running) < 2 * self._settings.pool_size:
            share = math.ceil(len(self._queue) / self._settings.pool_size)
            size = min(share, self._settings.batch_size, len(self._queue))
            batch = [self._queue.popleft() for _ in range(size)]
            task = asyncio.get_running_loop().create_task(self._run(batch))
            self._running.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            self._dispatch()

    async def _run(self, batch: list[tuple[Record, "asyncio.Future[Finished]"]]) -> None:
        records = [record for record, _ in batch]
        try:
            try:
                outcomes = await self._call(self._clean, records)
            except (FutureTimeout, ProcessExpired):
                outcomes = [await self._run_alone(record) for record in records]
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)

    async def _run_alone(self, record: Record) -> Finished:
        """Run one page by itself: what breaks now is this page's own fault, unless the pool is broken."""
        for death in range(1, DEATHS_UNTIL_GUILTY + 1):
            try:
                answer: list[Finished] = await self._call(self._clean, [record])
            except FutureTimeout:
                self._on_restart("deadline")
                error = PageError(
                    stage="pool",
                    type="DeadlineExceeded",
                    message=f"the page took longer than {self._settings.page_deadline:g} s (STREAM_PAGE_DEADLINE)",
                )
                break
            except ProcessExpired as expired:
                self._on_restart("died")
                error = PageError(
                    stage="pool",
                    type="ProcessDied",
                    message=f"the cleaning process died {death} times over this page, exit code {expired.exitcode}",
                )
            else:
                return answer[0]
        await self._ping()
        letter = build_dead_letter(error, record, self.pipeline_version)
        return Finished(OutcomeKind.DEAD_LETTERED, letter=letter)

    async def _ping(self) -> None:
        try:
            self.pipeline_version = await self._call(process.ping, timeout=START_SECONDS)
        except Exception as error:
            raise PoolBroken(f"the cleaning processes cannot start: {error!r}") from error

    async def _call(self, function: Callable[..., Any], *args: Any, timeout: float | None = None) -> Any:
        """Run a function in a process; builds the pool anew where it broke as a whole (all processes killed)."""
        while True:
            pool = self._pool
            if pool is None:
                raise PoolBroken("the pool is stopped")
            try:
                future = pool.schedule(function, args=args, timeout=timeout or self._settings.page_deadline)
            except RuntimeError as error:  # the pool noticed its death before this task did
                self._rebuild(pool, error)
                continue
            try:
                answer = await self._wait(pool, future)
            except BrokenProcessPool as error:
                self._rebuild(pool, error)
                continue
            self._rebuilds = 0
            return answer

    async def _wait(self, pool: ProcessPool, future: ProcessFuture[Any]) -> Any:
        """The future's result; ``BrokenProcessPool`` where it will never have one.

        pebble (5.2) leaves such a future alone: a batch that is taken up or handed over as the pool breaks is not
        told, and where a process is killed while it holds the lock of the pool's pipe, the lock stays taken.
        """
        answer = asyncio.wrap_future(future)
        while not answer.done():
            await asyncio.wait({answer}, timeout=LOOK_SECONDS)
            if not answer.done() and not (pool.active and await asyncio.to_thread(_has_free_pipe, pool)):
                raise BrokenProcessPool("the pool broke, or a process died with the lock of its pipe")
        return answer.result()

    def _rebuild(self, broken: ProcessPool, cause: Exception) -> None:
        if self._pool is not broken:
            return  # another batch did it already
        self._rebuilds += 1
        if self._rebuilds > REBUILDS_UNTIL_BROKEN:
            raise PoolBroken(f"the cleaning processes broke {self._rebuilds} times in a row: {cause!r}") from cause
        self._on_restart("broken")
        self._pool = self._new_pool()
        _retire(broken)

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context(_START_METHOD)
        if _START_METHOD == "forkserver":
            context.set_forkserver_preload(["stream.service.pool.process"])
        return ProcessPool(
            max_workers=self._settings.pool_size,
            initializer=process.start,
            initargs=(self._settings,),
            context=context,
        )


def _retire(pool: ProcessPool) -> Thread:
    """End a pool's processes in the background: half a message in its pipe would keep whoever waits for it."""
    pool.stop()
    thread = Thread(target=pool.join, daemon=True)
    thread.start()
    return thread


def _has_free_pipe(pool: ProcessPool) -> bool:
    """Whether the lock that the processes share can be had."""
    channel = pool._pool_manager.worker_manager.workers_channel
    try:
        with channel.lock(timeout=LOCK_SECONDS) as locked:  # type: ignore[union-attr]
            return locked
    except AttributeError:  # the pool was stopped meanwhile, which takes its channel and its lock apart
        return False
