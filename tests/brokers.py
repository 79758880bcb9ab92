"""Brokers to test on: real Apache Kafka from Maven Central, or one that runs already."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from stream.kafka.embedded import die_with_parent, free_port

KAFKA_FOLDER = Path(__file__).parent / "kafka"
JARS = KAFKA_FOLDER / "target" / "libs"
CLUSTER_ID = "c3RyZWFtLXRlc3RzLTAwMQ"  # any 16 bytes in base64
START_SECONDS = 90.0

SERVER_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
controller.listener.names=CONTROLLER
listeners=CONTROLLER://127.0.0.1:{controller_port},{listeners}
advertised.listeners={listeners}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,LOGIN:SASL_PLAINTEXT,TLSLOGIN:SASL_SSL,TLS:SSL
log.dirs={folder}/data
auto.create.topics.enable=false
message.max.bytes=16777216
replica.fetch.max.bytes=16777216
offsets.topic.replication.factor=1
offsets.topic.num.partitions=2
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=2
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
broker.heartbeat.interval.ms=300
broker.session.timeout.ms=1500
log.cleaner.backoff.ms=1000
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
"""


class Broker(Protocol):
    """Anything that speaks Kafka at an address."""

    @property
    def bootstrap(self) -> str: ...


class KafkaUnavailable(Exception):
    """Real Kafka cannot be run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class NamedBroker:
    """A broker that runs already, as ``STREAM_TEST_KAFKA`` names it."""

    bootstrap: str


class RealKafka:
    """One Apache Kafka node (KRaft, broker and controller) on loopback, whose data outlives its process.

    ``listeners`` are more than the plain one, by name and port; ``properties`` are more lines of its configuration.
    """

    def __init__(self, folder: Path, listeners: Mapping[str, int] | None = None, properties: str = "") -> None:
        self.folder = folder
        self.port, self._controller_port = free_port(), free_port()
        self._listeners = {"PLAINTEXT": self.port, **(listeners or {})}
        self._properties = properties
        self._config = folder / "server.properties"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "the broker was not started"
        return self._process.pid

    def another(self, folder: Path) -> "RealKafka":
        """A second broker of this cluster, neither formatted nor started; this one stays its only controller."""
        second = RealKafka(folder)
        second._properties = (
            f"process.roles=broker\nnode.id=2\ncontroller.quorum.voters=1@127.0.0.1:{self._controller_port}\n"
            f"listeners=PLAINTEXT://{second.bootstrap}\n"
        )
        return second

    def format(self, *options: str) -> None:
        """Write the configuration and an empty data folder; ``options`` are the StorageTool's."""
        self.folder.mkdir(parents=True, exist_ok=True)
        listeners = ",".join(f"{name}://127.0.0.1:{port}" for name, port in self._listeners.items())
        properties = SERVER_PROPERTIES.format(
            controller_port=self._controller_port, listeners=listeners, folder=self.folder
        )
        self._config.write_text(properties + self._properties)
        command = [*_java("128m"), "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", str(self._config)]
        command += options
        formatted = subprocess.run(command, capture_output=True, text=True)
        if formatted.returncode:
            raise KafkaUnavailable(f"Kafka's StorageTool failed: {formatted.stdout[-1000:]}{formatted.stderr[-1000:]}")

    def start(self) -> None:
        """Start the node on its data; return when it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_java("512m"), "kafka.Kafka", str(self._config)],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )
        process = self._process
        wait_until(
            lambda: process.poll() is not None or (listens(self.port) and asyncio.run(_answers(self.bootstrap))),
            seconds=START_SECONDS,
            what="Kafka to answer",
        )
        if process.poll() is not None:
            raise KafkaUnavailable(f"Kafka ended with {process.returncode}: {self._log.read_text()[-2000:]}")

    def stop(self) -> None:
        """A controlled shutdown."""
        self._end(signal.SIGTERM)

    def kill9(self) -> None:
        """The power cut."""
        self._end(signal.SIGKILL)

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.send_signal(sign)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def _log(self) -> Path:
        return self.folder / "kafka.log"


def fetch_kafka() -> None:
    """Have Maven put Kafka's jars where ``RealKafka`` looks for them; ``KafkaUnavailable`` says what is missing."""
    if shutil.which("java") is None:
        raise KafkaUnavailable("real Kafka needs Java 17 or later on the PATH, or STREAM_TEST_KAFKA=host:port")
    if list(JARS.glob("kafka-tools-*.jar")):
        return
    if shutil.which("mvn") is None:
        raise KafkaUnavailable("real Kafka's jars need Maven (mvn) on the PATH, or STREAM_TEST_KAFKA=host:port")
    command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
    fetched = subprocess.run(command, cwd=KAFKA_FOLDER, capture_output=True, text=True)
    if fetched.returncode:
        raise KafkaUnavailable(f"Maven could not fetch Kafka: {fetched.stdout[-1000:]}")


def in_ci() -> bool:
    """Whether a missing prerequisite must fail instead of skip."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Poll until the condition holds; ``TimeoutError`` naming what was awaited after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Whether something takes connections on this port of the loopback interface."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _java(heap: str) -> list[str]:
    # a test broker lives for minutes: the quick compiler and the small collector start in half the time
    return ["java", f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{JARS}/*"]


async def _answers(bootstrap: str) -> bool:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2000)
    try:
        await admin.start()
        await admin.list_topics()
    except (KafkaError, OSError):
        return False
    finally:
        await admin.close()
    return True
