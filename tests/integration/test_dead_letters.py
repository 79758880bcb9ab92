"""A second chance: dead letters are listed, shown, explained, and sent back to the input topic, each once."""

import asyncio
import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from stream.codec.record import Record
from stream.codec.write import dead_letter_message
from stream.events import DeadLetter, PageError, Source
from tests.brokers import Broker
from tests.cli.programs import PROGRAM, environment, stream_cleaner
from tests.conftest import NewWorker
from tests.traffic import Traffic

pytestmark = pytest.mark.broker

ECHO = "tests.faults.pipelines:echo"
URL = "https://gull.example/"


class Letters:
    """Dead letters of one test's topics, and the command line pointed at them."""

    def __init__(self, broker: Broker, traffic: Traffic) -> None:
        self.traffic = traffic
        self.bootstrap = broker.bootstrap
        self.settings = {"brokers": broker.bootstrap, **traffic.topics.settings()}

    async def write(self, *pages: bytes, stage: str = "obey", attempts: int = 1, offset: int = 0) -> list[str]:
        """Write a dead letter for each page, all into partition 0; their references."""
        async with AIOKafkaProducer(bootstrap_servers=self.bootstrap) as producer:
            return [await self._write(producer, page, stage, attempts, offset + n) for n, page in enumerate(pages)]

    async def _write(self, producer: AIOKafkaProducer, page: bytes, stage: str, attempts: int, offset: int) -> str:
        error = PageError(stage=stage, type="ValueError", message="\x1b[31mit broke")
        source = Source(topic=self.traffic.topics.raw, partition=3, offset=offset)
        record = Record(page, b"key", (("url", f"{URL}{offset}".encode()), ("content-type", b"text/plain")))
        message = dead_letter_message(
            DeadLetter(articleId="ab", error=error, attempts=attempts, source=source, pipelineVersion="1"), record
        )
        sent = await producer.send_and_wait(
            self.traffic.topics.dead, message.value, key=message.key, partition=0, headers=list(message.headers)
        )
        return f"{sent.partition}:{sent.offset}"

    def run(self, *arguments: str, code: int = 0, **settings: str) -> "subprocess.CompletedProcess[bytes]":
        done = stream_cleaner("dead-letters", *arguments, **self.settings, **settings)
        assert done.returncode == code, done.stderr.decode()
        return done

    def listed(self, *filters: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run("list", "--json", *filters).stdout.splitlines()]

    async def sent_back(self) -> list[Any]:
        """What the input topic holds."""
        async with AIOKafkaConsumer(
            self.traffic.topics.raw, bootstrap_servers=self.bootstrap, auto_offset_reset="earliest"
        ) as reader:
            ends = await reader.end_offsets(list(reader.assignment()))
            records: list[Any] = []
            while any([await reader.position(at) < end for at, end in ends.items()]):
                for batch in (await reader.getmany(timeout_ms=200)).values():
                    records += batch
            return records


@pytest.fixture
def letters(broker: Broker, traffic: Traffic) -> Letters:
    return Letters(broker, traffic)


async def test_letters_are_listed_by_what_they_say(letters: Letters) -> None:
    early = await letters.write(b"one", b"two")
    (late,) = await letters.write(b"three", stage="decode", offset=9)
    assert [each["letter"] for each in letters.listed("--from", "1h", "--url", "gull.example")] == [*early, late]
    assert [each["letter"] for each in letters.listed("--key", "key", "--count", "2")] == [early[1], late]
    assert letters.listed("--to", "1h") == []
    assert letters.listed("--stage", "decode")[0] | {"timestamp": 0} == {
        "letter": late,
        "timestamp": 0,
        "stage": "decode",
        "type": "ValueError",
        "message": "\x1b[31mit broke",
        "attempts": 1,
        "articleId": "ab",
        "pipelineVersion": "1",
        "source": {"topic": letters.traffic.topics.raw, "partition": 3, "offset": 9},
        "key": "key",
        "url": f"{URL}9",
        "bytes": 5,
        "replayed": None,
    }
    shown = letters.run("list")
    assert b"\x1b" not in shown.stdout + shown.stderr
    assert "\\x1b[31mit broke" in shown.stdout.decode()
    assert shown.stderr.decode() == "3 dead letters: 2 obey: ValueError, 1 decode: ValueError\n"


async def test_a_letter_is_shown_harmless_or_byte_for_byte(letters: Letters, tmp_path: Path) -> None:
    (reference,) = await letters.write(b"\x1b[2J\xff page")
    shown = letters.run("show", reference).stdout.decode()
    assert f"read from  {letters.traffic.topics.raw}/3/0\n" in shown
    assert "headers    url: https://gull.example/0\n           content-type: text/plain\n" in shown
    assert "\\x1b[2J" in shown
    assert "\x1b" not in shown
    assert letters.run("show", reference, "--raw", "-").stdout == b"\x1b[2J\xff page"
    letters.run("show", reference, "--raw", str(tmp_path / "page"))
    assert (tmp_path / "page").read_bytes() == b"\x1b[2J\xff page"


async def test_a_letter_that_is_not_there_is_one_line(letters: Letters) -> None:
    await letters.write(b"one")
    for reference in ("0:5", "9:0"):
        said = letters.run("show", reference, code=1).stderr.decode()
        assert said.startswith(f"stream-cleaner: no dead letter {reference} in {letters.traffic.topics.dead}; ")
        assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("page", "stages", "error"),
    [
        (b"a page that passes now", ["read", "obey", "echo"], None),
        (b"fault:raise", ["read", "obey"], "ValueError"),
        (b"fault:hang", ["read", "obey"], "DeadlineExceeded"),
        (b"fault:grow", ["read", "obey"], "MemoryLimitExceeded"),
        (b"fault:kill", ["read", "obey"], "ProcessDied"),
    ],
)
async def test_a_letter_is_explained_stage_by_stage_whatever_it_does(
    letters: Letters, page: bytes, stages: list[str], error: str | None
) -> None:
    (reference,) = await letters.write(page)
    limits = {"pipeline": ECHO, "page_deadline": "2", "page_memory": "256"}
    done = letters.run("explain", reference, "--json", code=1 if error else 0, **limits)
    answer = json.loads(done.stdout)
    assert [stage["name"] for stage in answer["stages"]] == stages
    assert answer["outcome"] == ("dead-lettered" if error else "cleaned")
    assert answer["event"].get("error", {}).get("type") == error


async def test_an_explanation_can_be_read(letters: Letters) -> None:
    (reference,) = await letters.write(b"fault:raise")
    lines = letters.run("explain", reference, code=1, pipeline=ECHO).stdout.decode().splitlines()
    assert "Failed in obey: ValueError" in lines
    assert [line.split()[:2] for line in lines if line.startswith(("✓", "✗"))] == [["✓", "read"], ["✗", "obey"]]
    assert any("the page asked for it" in line for line in lines)


async def test_pages_go_back_once_as_they_came_and_their_attempts_are_counted(letters: Letters) -> None:
    await letters.write(b"one", b"two \xff")
    await letters.write(b"one", b"three", attempts=2, offset=0)  # the first is there twice, after a crash
    await letters.write(b"hopeless", attempts=3, offset=7)
    assert b"would send 2 pages" in letters.run("replay", "--dry-run").stderr
    assert await letters.sent_back() == []

    done = letters.run("replay")
    assert done.stderr.decode() == (
        f"sent 2 pages back to {letters.traffic.topics.raw}; left out 2 replayed before, 1 tried too often\n"
    )
    back = await letters.sent_back()
    assert [(each.partition, each.key, each.value) for each in back] == [(3, b"key", b"one"), (3, b"key", b"two \xff")]
    assert [dict(each.headers) for each in back] == [
        {"url": f"{URL}{n}".encode(), "content-type": b"text/plain", "attempts": b"1"} for n in range(2)
    ]
    assert b"sent 0 pages" in letters.run("replay").stderr
    assert [each["replayed"] for each in letters.listed("--url", f"{URL}1")] == [
        {"topic": letters.traffic.topics.raw, "partition": 3, "offset": 1}
    ] * 2
    assert b"sent 1 page " in letters.run("replay", "--max-attempts", "4").stderr
    assert len(await letters.sent_back()) == 3


async def test_a_stopped_replay_says_how_far_it_got_and_the_next_goes_on(letters: Letters) -> None:
    await letters.write(*[b"page %d" % n for n in range(40)])
    command = [*PROGRAM, "dead-letters", "replay", "--rate", "5"]
    with subprocess.Popen(command, env=environment(**letters.settings), stderr=subprocess.PIPE) as process:
        async with asyncio.timeout(60):
            while len(await letters.sent_back()) < 3:
                pass
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert process.returncode == 143
    sent = await letters.sent_back()
    assert 3 <= len(sent) < 40
    assert said.startswith(f"sent {len(sent)} pages back to ")
    letters.run("replay")
    assert [each.value for each in await letters.sent_back()] == [b"page %d" % n for n in range(40)]


async def test_a_worker_cleans_what_was_sent_back_or_counts_one_more_attempt(
    letters: Letters, new_worker: NewWorker
) -> None:
    await letters.write(b"passes now", b"fault:raise", offset=100)
    letters.run("replay")
    letters.traffic.produced = [(3, 0), (3, 1)]
    new_worker(pipeline=ECHO)
    await letters.traffic.read_until(lambda outcomes: outcomes.positions >= {(3, 0), (3, 1)}, seconds=60)
    outputs = {output.position: output for output in letters.traffic.outcomes.outputs[-2:]}
    assert outputs[3, 0].kind == "clean"
    assert outputs[3, 1].headers["attempts"] == "2"
