"""Liveness and readiness are true to their names."""

import pytest

from stream.observe.health import Health

STALL = 60.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> Health:
    """A worker that is up and has nothing wrong."""
    health = Health(STALL, clock)
    health.pool_ready = True
    health.partitions_assigned = True
    return health


def test_a_starting_worker_lives_but_is_not_ready(clock: Clock) -> None:
    health = Health(STALL, clock)
    assert health.liveness()[0] == 200
    status, body = health.readiness()
    assert status == 503
    assert body["reasons"] == [
        "the cleaning processes are not ready",
        "no assignment from the consumer group yet",
    ]


def test_a_worker_with_its_pool_and_its_assignment_is_ready(health: Health) -> None:
    assert health.readiness() == (
        200,
        {"status": "ok", "reasons": [], "lagRecords": None, "secondsSinceProgress": 0.0},
    )


def test_standing_still_while_pages_wait_is_a_stall(health: Health, clock: Clock) -> None:
    health.observe_lag(5)
    clock.now += STALL + 1
    health.observe_lag(5)
    assert health.liveness()[0] == 503
    assert health.liveness()[1]["reasons"] == ["no page finished for 61 s while 5 records wait"]
    assert health.readiness()[0] == 503


def test_progress_ends_a_stall(health: Health, clock: Clock) -> None:
    health.observe_lag(5)
    clock.now += STALL + 1
    health.progressed()
    assert health.liveness()[0] == 200


def test_an_idle_worker_is_not_stalled_and_gets_the_whole_time_when_pages_come(health: Health, clock: Clock) -> None:
    health.observe_lag(0)
    clock.now += 100 * STALL
    assert health.liveness()[0] == 200
    health.observe_lag(1)
    clock.now += STALL - 1
    assert health.liveness()[0] == 200
    clock.now += 2
    assert health.liveness()[0] == 503


def test_a_lost_broker_makes_it_unready_but_no_restart_would_help(health: Health, clock: Clock) -> None:
    health.observe_lag(5)
    health.broker_connected = False
    clock.now += 10 * STALL
    assert health.liveness()[0] == 200
    assert health.readiness()[0] == 503


def test_a_failed_worker_wants_a_restart(health: Health) -> None:
    health.failure = "the cleaning processes cannot start"
    assert health.liveness()[0] == 503
    assert health.readiness()[1]["reasons"] == ["the cleaning processes cannot start"]


def test_a_draining_worker_lives_and_takes_no_more(health: Health) -> None:
    health.draining = True
    assert health.liveness()[0] == 200
    assert health.readiness()[0] == 503
