"""What every test may ask for: a broker, real Kafka, fresh topics, a worker, and the evaluation data."""

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from evaluation.data import DataMissing, data_folder
from stream import native
from stream.kafka.embedded import EmbeddedBroker
from tests.brokers import Broker, KafkaUnavailable, NamedBroker, RealKafka, fetch_kafka, in_ci
from tests.traffic import Topics, Traffic
from tests.workers import COMMAND, Worker, environment

NewWorker = Callable[..., Worker]

REPOSITORY = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kafka", action="store_true", help="run the broker tests on real Apache Kafka")
    parser.addoption("--compose", action="store_true", help="run docker-compose.yml as a whole (needs root)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out (never skip) what only real Kafka, or a real engine for Compose, can show unless that is asked for."""
    unwanted = {marker for marker in ("kafka", "compose") if not config.getoption(f"--{marker}")}
    left_out = [item for item in items if unwanted & {marker.name for marker in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def broker(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """The session's broker: the embedded one; with --kafka real Kafka, or the one that STREAM_TEST_KAFKA names."""
    named = os.environ.get("STREAM_TEST_KAFKA")
    if not request.config.getoption("--kafka"):
        with EmbeddedBroker() as embedded:
            yield embedded
    elif named:
        yield NamedBroker(named)
    else:
        yield request.getfixturevalue("session_kafka")


@pytest.fixture(scope="session")
def session_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKafka]:
    """Real Kafka of our own, for the whole session: do not stop it."""
    kafka = _new_kafka(tmp_path_factory.mktemp("kafka"))
    yield kafka
    kafka.stop()


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[RealKafka]:
    """Real Kafka for one test alone, which may kill and restart it."""
    kafka = _new_kafka(tmp_path / "kafka")
    yield kafka
    kafka.kill9()


@pytest.fixture
async def traffic(broker: Broker) -> AsyncIterator[Traffic]:
    """Fresh topics of four partitions on the session's broker, with a producer and a reader."""
    async with Traffic(broker.bootstrap, Topics(), partitions=4) as traffic:
        yield traffic


@pytest.fixture
def new_worker(broker: Broker, traffic: Traffic, tmp_path: Path) -> Iterator[NewWorker]:
    """A function that starts workers on this test's topics, with more settings as keywords; all end with the test."""
    workers: list[Worker] = []

    def start(*, command: Sequence[str] = COMMAND, **settings: str) -> Worker:
        variables = {**traffic.topics.environment(), **environment(settings)}
        worker = Worker(tmp_path, broker.bootstrap, variables, command=command)
        workers.append(worker)
        return worker.start()

    traffic.still_worked_on = lambda: any(worker.running for worker in workers)
    yield start
    for worker in workers:
        worker.end()
        print(f"--- {worker.log.name}\n{worker.tail()}")  # pytest shows it where the test failed


@pytest.fixture(scope="session")
def compiled() -> None:
    """The compiled half of the inner loops, for tests that hold it and the plain one equal."""
    if not native.IS_COMPILED:
        unavailable("needs the compiled loops (STREAM_NATIVE=auto, and a C compiler when the package was installed)")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation data beside the checkout (``../shared/data``); it is not ours to publish."""
    try:
        return data_folder()
    except DataMissing as missing:
        unavailable(str(missing))


def _new_kafka(folder: Path) -> RealKafka:
    kafka = RealKafka(folder)
    start_kafka(kafka)
    return kafka


def start_kafka(kafka: RealKafka, *options: str) -> None:
    """Format and start real Kafka, where it can be had."""
    try:
        fetch_kafka()
        kafka.format(*options)
        kafka.start()
    except KafkaUnavailable as error:
        unavailable(str(error))


def unavailable(why: str) -> NoReturn:
    """Skip on a developer's machine; fail in CI, where nothing may skip."""
    if in_ci():
        pytest.fail(why)
    pytest.skip(why)
