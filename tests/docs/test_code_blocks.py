"""What the pages of the documentation show is true: their blocks run as printed, on a broker with a worker and some pages.

A block is run in a folder that has the files which the docs name. Its info string says what else there is to know:
``sh keeps-running`` is ended by Ctrl-C after it has said something, ``sh no-run: reason`` cannot be run here, and
``text output`` is what the commands of the block before it print.
"""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stream.kafka.embedded import die_with_parent, free_port
from tests.brokers import Broker
from tests.docs.blocks import (
    BLOCKS,
    KEEPS_RUNNING,
    NO_RUN,
    OUTPUT,
    REPOSITORY,
    Block,
    block_before,
    blocks_of,
    blocks_that,
)
from tests.workers import SCRIPTS, Worker

SECONDS = 60.0
README = blocks_of(REPOSITORY / "README.md")
(PAGE,) = [block.code for block in README if block.language == "html"]
LANGUAGES = {"", "html", "json", "python", "sh", "text", "toml"}  # any other would be a block that nothing runs
# Commands that end with 1 to say what they found: a letter that still breaks, two runs that differ.
TELLING = ("dead-letters explain", "stream-cleaner diff")
BROKEN_EVENTS = 20  # the docs name dead letters by offsets below it
NOTE_FAILURES = 'trap \'printf "%s %s\\n" $? "$BASH_COMMAND" >> failed\' ERR\n'


@dataclass(frozen=True, slots=True)
class Stack:
    """A folder with sample files beside a worker on the session's broker, whose topics hold some of every outcome."""

    folder: Path
    variables: dict[str, str]
    worker: Worker

    def bash(self, code: str) -> "subprocess.CompletedProcess[str]":
        return self._run(["bash", "-o", "pipefail", "-c", NOTE_FAILURES + code])

    def python(self, code: str) -> "subprocess.CompletedProcess[str]":
        return self._run([sys.executable, "-c", code])

    def failures(self) -> list[str]:
        """The commands of the last shell block that ended badly, each behind its exit code."""
        noted = self.folder / "failed"
        lines = noted.read_text().splitlines() if noted.exists() else []
        noted.unlink(missing_ok=True)
        return [line for line in lines if not (line.startswith("1 ") and any(telling in line for telling in TELLING))]

    def start(self, block: Block) -> "subprocess.Popen[str]":
        command = ["bash", "-c", block.code] if block.language == "sh" else [sys.executable, "-c", block.code]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )


@pytest.fixture(scope="module")
def stack(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The worker is the README's own block, on topics by their default names."""
    (starts_worker,) = [block for block in README if block.mark == KEEPS_RUNNING and "worker" in block.code]
    folder = tmp_path_factory.mktemp("docs")
    write_samples(folder)
    path = {"PATH": f"{SCRIPTS}:{os.environ['PATH']}"}
    worker = Worker(folder, broker.bootstrap, path, command=["bash", "-c", starts_worker.code]).start()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAM_")}
    settings = {"STREAM_BROKERS": broker.bootstrap, "STREAM_POOL_SIZE": "1", "STREAM_HTTP_PORT": str(free_port())}
    stack = Stack(folder, {**kept, **path, **settings, "PYTHONPATH": str(REPOSITORY)}, worker)
    try:
        worker.wait_ready()
        fill_topics(stack)
        yield stack
    finally:
        worker.end()
        print(f"--- {worker.log.name}\n{worker.tail()}")


def write_samples(folder: Path) -> None:
    """The files that the docs' commands name."""
    event = json.dumps({"url": "https://news.example/1", "content": PAGE, "contentType": "text/html"})
    (folder / "page.html").write_text(PAGE)
    (folder / "pages").mkdir()
    shutil.copy(folder / "page.html", folder / "pages" / "1.html")
    (folder / "pages.jsonl").write_text(event + "\n")
    (folder / "texts.jsonl").write_text('{"id": "1", "text": "Rui Teixeira spoke in Lisbon on Friday."}\n')
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(warc_response("https://news.example/2", PAGE.encode())))


def warc_response(url: str, html: bytes) -> bytes:
    """An archive of one page."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-04-18T17:40:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def fill_topics(stack: Stack) -> None:
    """Have the worker clean the page and break on some events; keep two runs of ``clean`` to be compared."""
    (stack.folder / "broken.jsonl").write_text("{broken\n" * BROKEN_EVENTS)
    done = stack.bash(
        "set -e\n"
        "stream-cleaner clean --jsonl pages.jsonl | tee before.jsonl > after.jsonl\n"
        "stream-cleaner produce page.html broken.jsonl\n"
        "stream-cleaner tail clean --from-beginning --count 1 --timeout 30\n"
        f"stream-cleaner tail dead-letters --from-beginning --count {BROKEN_EVENTS} --timeout 30\n"
    )
    assert done.returncode == 0, done.stderr


def test_each_block_is_one_that_is_run_or_says_why_not() -> None:
    assert {block.language for block in BLOCKS} <= LANGUAGES
    assert {block.mark for block in BLOCKS} <= {"", KEEPS_RUNNING, NO_RUN, OUTPUT}
    silent = [str(block) for block in BLOCKS if block.mark == NO_RUN and len(block.reason.split()) < 3]
    assert not silent, f"a block that is not run says why: {silent}"


@pytest.mark.parametrize("block", blocks_that("json"), ids=str)
def test_json_is_json(block: Block) -> None:
    for line in [block.code] if block.code.startswith("{\n") else block.code.splitlines():
        json.loads(line)


def test_the_readme_shows_what_comes_out(tmp_path: Path) -> None:
    write_samples(tmp_path)
    command = [sys.executable, "-m", "stream.cli.main", "clean", "--jsonl", "page.html"]
    variables = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, check=True)
    (shown,) = [json.loads(block.code) for block in README if block.language == "json"]
    assert_shows(shown, json.loads(done.stdout)["event"])


def assert_shows(shown: Any, whole: Any) -> None:
    """What is shown is in the whole: fewer fields, fewer items in the same order, texts cut at ``…``."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            assert_shows(value, whole[name])
    elif isinstance(shown, list) and shown and isinstance(shown[0], dict):
        rest = iter(whole)
        for item in shown:
            assert any(shows(item, candidate) for candidate in rest), f"{item} is not in {whole}"
    elif isinstance(shown, str) and shown.endswith("…"):
        assert whole.startswith(shown.removesuffix("…").rstrip())
    else:
        assert shown == whole


def shows(shown: Any, whole: Any) -> bool:
    try:
        assert_shows(shown, whole)
    except AssertionError:
        return False
    return True


@pytest.mark.broker
@pytest.mark.parametrize("block", blocks_that("sh"), ids=str)
def test_commands_run_as_printed(block: Block, stack: Stack) -> None:
    done = stack.bash(block.code)
    assert stack.failures() == [], done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.broker
@pytest.mark.parametrize("block", blocks_that("text", OUTPUT), ids=str)
def test_commands_print_what_is_shown(block: Block, stack: Stack) -> None:
    assert stack.bash(block_before(block).code).stdout == block.code


@pytest.mark.broker
@pytest.mark.parametrize("block", blocks_that("python"), ids=str)
def test_python_runs_as_printed(block: Block, stack: Stack) -> None:
    done = stack.python(block.code)
    assert done.returncode == 0, done.stderr


@pytest.mark.broker
@pytest.mark.parametrize("block", blocks_that("sh", KEEPS_RUNNING) + blocks_that("python", KEEPS_RUNNING), ids=str)
def test_what_keeps_running_says_something_and_ends_by_ctrl_c(block: Block, stack: Stack) -> None:
    if "stream-cleaner worker" in block.code:  # it is the worker of all these tests
        assert stack.worker.running
        assert stack.worker.metric("stream_cleaner_consumed_total") > BROKEN_EVENTS
        return
    process = stack.start(block)
    kill = threading.Timer(SECONDS, process.kill)
    kill.start()
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert process.poll() is None, f"it ended by itself with {process.returncode}: {said}{process.stdout.read()}"
        assert "Traceback" not in said
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=SECONDS)
    finally:
        kill.cancel()
        process.kill()
