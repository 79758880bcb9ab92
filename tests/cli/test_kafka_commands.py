import base64
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.brokers import Broker
from tests.cli.programs import running, stream_cleaner

pytestmark = pytest.mark.broker

ARTICLE = {
    "headline": "Canal reopens \x1b[31m",
    "paragraphs": [{"kind": "paragraph", "text": "Ships sail again."}],
    "entities": [],
    "removed": [],
}


@pytest.fixture
def kafka(broker: Broker) -> dict[str, str]:
    """Settings that name the broker and four topics of this test alone."""
    unique = uuid4().hex[:8]
    topics = {f"{name}_topic": f"{name}-{unique}" for name in ("input", "clean", "rejected", "dead_letter")}
    return {"brokers": broker.bootstrap, **topics}


@pytest.fixture
def topics(kafka: dict[str, str]) -> dict[str, str]:
    """The same, and the topics exist."""
    done = stream_cleaner("topics", "--partitions", "3", **kafka)
    assert done.returncode == 0, done.stderr
    return kafka


def tail(kafka: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    done = stream_cleaner("tail", *arguments, "--json", "--from-beginning", "--timeout", "20", **kafka)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_topics_are_created_once(kafka: dict[str, str]) -> None:
    dry = stream_cleaner("topics", "--dry-run", **kafka).stdout.decode().splitlines()
    first = stream_cleaner("topics", **kafka).stdout.decode().splitlines()
    second = stream_cleaner("topics", **kafka).stdout.decode().splitlines()
    assert [line.split()[:3] for line in dry] == [["would", "create", name] for name in _topic_names(kafka)]
    assert [line.split()[:2] for line in first] == [["created", name] for name in _topic_names(kafka)]
    assert [line.split() for line in second] == [["exists", name] for name in _topic_names(kafka)]


def test_what_is_produced_arrives_byte_for_byte_in_order_per_key(topics: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<p>\xff\xfe</p>")
    events = [{"url": f"https://a.example/{n % 2}", "recordId": str(n), "content": "x"} for n in range(40)]
    lines = [json.dumps(event) for event in events] + ["{broken"]
    (tmp_path / "events.jsonl").write_text("\n".join(lines))
    done = stream_cleaner("produce", str(tmp_path), **topics)
    assert done.returncode == 0
    assert done.stderr.decode().startswith(f"delivered 42 pages to {topics['input_topic']} (")

    records = tail(topics, "raw", "--count", "42")
    sent = [record["value"]["recordId"] for record in records if record["key"] == "https://a.example/1"]
    assert sent == [str(n) for n in range(1, 40, 2)]
    assert len({record["partition"] for record in records if record["key"] == "https://a.example/1"}) == 1
    (bare,) = [record for record in records if record["headers"].get("record-id") == str(tmp_path / "page.html")]
    assert base64.b64decode(bare["value"]["base64"]) == b"<p>\xff\xfe</p>"
    assert bare["headers"]["content-type"] == "text/html"
    (broken,) = [record for record in records if record["value"] == "{broken"]
    assert broken["headers"] == {"content-type": "application/json"}


def test_keys_are_what_was_asked_for(topics: dict[str, str]) -> None:
    line = b'{"url": "https://a.example/", "recordId": "7", "content": "x"}\n'
    for key in ("url", "id", "none"):
        assert stream_cleaner("produce", "--key", key, "-", stdin=line, **topics).returncode == 0
    assert {record["key"] for record in tail(topics, "raw", "--count", "3")} == {"https://a.example/", "7", None}


def test_a_rate_is_never_exceeded(topics: dict[str, str]) -> None:
    begin = time.monotonic()
    done = stream_cleaner("produce", "--rate", "10", "-", stdin=b"{}\n" * 6, **topics)
    assert done.returncode == 0
    assert time.monotonic() - begin >= 5 / 10


def test_a_page_that_is_too_large_is_named_and_the_others_arrive(topics: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a-huge.html").write_bytes(os.urandom(3_000_000))
    (tmp_path / "b-small.html").write_bytes(b"small")
    done = stream_cleaner("produce", str(tmp_path), **topics, max_message_bytes="1000000")
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "delivered 1 pages" in said
    assert f"1 failed, first {tmp_path / 'a-huge.html'}: MessageSizeTooLargeError" in said
    assert [record["value"] for record in tail(topics, "raw", "--count", "1")] == ["small"]


def test_an_input_that_is_not_there_ends_with_1_after_the_rest(topics: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "good.html").write_bytes(b"good")
    done = stream_cleaner("produce", str(tmp_path / "missing.html"), str(tmp_path / "good.html"), **topics)
    assert done.returncode == 1
    assert "missing.html: No such file or directory" in done.stderr.decode()
    assert "delivered 1 pages" in done.stderr.decode()


def test_ctrl_c_delivers_what_was_read_and_says_how_much(topics: dict[str, str]) -> None:
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with running("produce", "-", streams=pipes, **topics) as process:
        assert process.stdin is not None
        process.stdin.write(b'{"recordId": "1"}\n{"recordId": "2"}\n')
        process.stdin.flush()
        # Without a key each goes to some partition, and partitions are read in no order.
        assert {record["value"]["recordId"] for record in tail(topics, "raw", "--count", "2")} == {"1", "2"}
    assert process.returncode == 130
    assert process.stderr is not None
    assert process.stderr.read().decode().startswith("delivered 2 pages to ")


def test_tail_is_readable_and_harmless(topics: dict[str, str]) -> None:
    as_article = {**topics, "input_topic": topics["clean_topic"]}
    lines = json.dumps(ARTICLE).encode() + b"\nno event\n[]\n"
    assert stream_cleaner("produce", "-", stdin=lines, **as_article).returncode == 0
    done = stream_cleaner("tail", "clean", "--from-beginning", "--count", "3", "--timeout", "20", **topics)
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert "Canal reopens \\x1b[31m" in shown
    assert "Ships sail again." in shown
    assert done.stderr.decode().count("not an event of this program") == 2


def test_tail_tells_when_fewer_came_than_asked_for(topics: dict[str, str]) -> None:
    done = stream_cleaner("tail", "--count", "5", "--timeout", "0.5", "--from-beginning", **topics)
    assert done.returncode == 1
    assert done.stderr.decode() == "only 0 of 5 records came; none in the last 0.5 s\n"


@pytest.mark.kafka
@pytest.mark.parametrize("arguments", [["tail", "clean"], ["produce", __file__]])
def test_a_missing_topic_is_one_line_that_says_what_to_do(kafka: dict[str, str], arguments: list[str]) -> None:
    done = stream_cleaner(*arguments, **kafka)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("stream-cleaner: no such topic: ")
    assert line.endswith("; create it with 'stream-cleaner topics'")


def _topic_names(kafka: dict[str, str]) -> list[str]:
    return [kafka[f"{name}_topic"] for name in ("input", "clean", "rejected", "dead_letter")]
