"""Answers two questions: should this worker be restarted (liveness), and does it do its work now (readiness)."""

import time
from collections.abc import Callable

Answer = tuple[int, dict[str, object]]

OK = 200
UNAVAILABLE = 503


class Health:
    """What the service knows of itself: it sets the attributes, and calls ``progressed`` and ``observe_lag``.

    ``partitions_assigned``: the group has answered with an assignment, be it an empty one (a spare worker is ready).
    ``broker_connected``: the broker answers; without it nothing moves, and a restart would not help.
    ``failure``: why the worker cannot go on (a broken pool, a failed delivery); only a restart helps.
    """

    def __init__(self, stall_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.pool_ready = False
        self.partitions_assigned = False
        self.broker_connected = True
        self.draining = False
        self.failure: str | None = None
        self.last_progress = clock()
        self.lag_records: int | None = None
        self._stall_seconds = stall_seconds
        self._clock = clock

    def progressed(self) -> None:
        """A page was cleaned or committed just now."""
        self.last_progress = self._clock()

    def observe_lag(self, records: int) -> None:
        """How many records wait in all partitions of this worker; to have had nothing to do is no stall."""
        if not self.lag_records:
            self.last_progress = self._clock()
        self.lag_records = records

    def liveness(self) -> Answer:
        """503 where only a restart helps: the worker failed, or it stands still while pages wait."""
        return self._answer(self._unwell())

    def readiness(self) -> Answer:
        """503 while the worker starts, has lost its broker, or is not alive."""
        reasons = {
            "the cleaning processes are not ready": not self.pool_ready,
            "no assignment from the consumer group yet": not self.partitions_assigned,
            "no connection to the broker": not self.broker_connected,
            "shutting down": self.draining,
        }
        waiting = [reason for reason, applies in reasons.items() if applies]
        return self._answer(self._unwell() + waiting)

    @property
    def stall(self) -> str | None:
        """How long pages have waited in vain, once that is too long."""
        silent = self._clock() - self.last_progress
        if not self.lag_records or not self.broker_connected or silent <= self._stall_seconds:
            return None
        return f"no page finished for {silent:.0f} s while {self.lag_records} records wait"

    def _unwell(self) -> list[str]:
        problem = self.failure or self.stall
        return [problem] if problem else []

    def _answer(self, reasons: list[str]) -> Answer:
        body: dict[str, object] = {
            "status": "unavailable" if reasons else "ok",
            "reasons": reasons,
            "lagRecords": self.lag_records,
            "secondsSinceProgress": round(self._clock() - self.last_progress, 1),
        }
        return (UNAVAILABLE if reasons else OK), body
