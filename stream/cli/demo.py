"""``stream-cleaner demo``: the whole path on this machine, from a broker of its own to articles one can read."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import msgspec
import orjson
from aiokafka import ConsumerRecord

from stream.cli.io.inputs import InputPage, Inputs
from stream.cli.io.kafka import consumer, fetch, run
from stream.cli.produce import Delivered, send_pages
from stream.cli.show.terminal import say
from stream.cli.tail import record_lines
from stream.kafka.embedded import BrokerError, EmbeddedBroker, die_with_parent, free_port
from stream.kafka.topics import create_topics, topics_of
from stream.outcome import OutcomeKind
from stream.samples import samples
from stream.service.delivery.route import topics_by_kind
from stream.settings import Settings

PARTITIONS = 3
QUIET_SECONDS = 90.0  # a worker on a slow machine starts, joins its group and cleans the first page in less
DRAIN_SECONDS = 40.0
LOG_LINES = 20
POLL_SECONDS = 0.3
TELL_SECONDS = 4.0


@dataclass(slots=True)
class OutcomeAccount:
    """What came out so far: outputs by kind, and the places in the input topic that they are about."""

    outputs: Counter[OutcomeKind] = field(default_factory=Counter)
    places: set[tuple[int, int]] = field(default_factory=set)

    def add(self, kind: OutcomeKind, place: tuple[int, int]) -> None:
        self.outputs[kind] += 1
        self.places.add(place)

    def holds(self, produced: int, consumed: int) -> bool:
        """Every page produced was consumed and has exactly one outcome."""
        return produced == consumed == self.outputs.total() == len(self.places)

    def line(self, consumed: int) -> str:
        shares = " + ".join(f"{kind} {self.outputs[kind]}" for kind in OutcomeKind)
        return f"consumed {consumed} {'=' if consumed == self.outputs.total() else '≠'} {shares}"


@click.command()
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...")
@click.option("--keep", is_flag=True, help="Leave broker and worker running until Ctrl-C.")
@click.pass_obj
def demo(settings: Settings, paths: tuple[str, ...], keep: bool) -> None:
    """Show the whole path: start a broker and a worker, send pages, print what comes out.

    \b
      stream-cleaner demo                    thirty sample pages of every kind
      stream-cleaner demo pages/ a.warc.gz   your own
      stream-cleaner demo --keep             then try produce and tail yourself

    Everything listens on free ports of this machine alone and ends with the demo. The broker holds its data in memory.

    Exit code: 0 when every page that was sent came out exactly once, else 1.
    """
    inputs = Inputs(paths)
    pages = list(inputs.pages()) if paths else _sample_pages()
    try:
        say("broker   starting")
        with EmbeddedBroker() as broker:
            local = msgspec.structs.replace(
                settings,
                brokers=(broker.bootstrap,),
                security_protocol="PLAINTEXT",
                http_host="127.0.0.1",
                http_port=free_port(),
            )
            say(f"broker   {broker.bootstrap} (in memory, Kafka-compatible)")
            run(create_topics(local, topics_of(local, PARTITIONS), replication=1), local)
            held = _run_stack(local, pages, keep)
    except BrokerError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(0 if held and not inputs.unread else 1)


def _run_stack(settings: Settings, pages: Sequence[InputPage], keep: bool) -> bool:
    """Start the worker, send the pages, print what comes out and the account of it; whether the account holds."""
    address = f"http://{settings.http_host}:{settings.http_port}"
    with _worker(settings) as (worker, log):
        say(f"worker   process {worker.pid}, log in {log}")
        say(f"sending  {len(pages)} pages; outcomes come once the worker has joined its group")
        account, delivered = OutcomeAccount(), Delivered(settings.input_topic)
        run(_send_and_follow(settings, pages, account, delivered, worker, address), settings)
        consumed = _consumed(address, settings.input_topic)
        held = account.holds(delivered.pages, consumed) and delivered.pages == len(pages)
        click.secho(f"{'✓' if held else '✗'} {account.line(consumed)}", fg="green" if held else "red", bold=True)
        click.echo(f"metrics  {address}/metrics\nhealth   {address}/healthz")
        if not held:
            _explain_failure(worker, log, len(pages), delivered)
        if keep:
            _wait_for_interrupt(settings, worker)
    return held


@contextmanager
def _worker(settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A worker process as an operator would start it, and its log; drained at the end."""
    descriptor, log = tempfile.mkstemp(prefix="stream-cleaner-demo-", suffix=".log")
    overridden = {
        "STREAM_BROKERS": settings.brokers[0],
        "STREAM_SECURITY_PROTOCOL": settings.security_protocol,
        "STREAM_HTTP_HOST": settings.http_host,
        "STREAM_HTTP_PORT": str(settings.http_port),
        "STREAM_SESSION_TIMEOUT": "6",  # the embedded broker lets a new group wait for half of it
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "stream.cli.main", "worker"],
        env={**os.environ, **overridden},
        stdin=subprocess.DEVNULL,
        stdout=descriptor,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for the demo, which then lets the worker drain
        preexec_fn=die_with_parent(),
    )
    os.close(descriptor)
    try:
        yield process, Path(log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(DRAIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _send_and_follow(
    settings: Settings,
    pages: Sequence[InputPage],
    account: OutcomeAccount,
    delivered: Delivered,
    worker: "subprocess.Popen[bytes]",
    address: str,
) -> None:
    """Send the pages and print outcomes until there is one for each, none came for long, or the worker is gone."""
    kinds = {topic: kind for kind, topic in topics_by_kind(settings).items()}
    async with consumer(settings, list(kinds), from_beginning=True) as client:
        sending = asyncio.create_task(send_pages(settings, pages, delivered))
        starting = asyncio.create_task(_tell_start(worker, address))
        last = time.monotonic()
        while worker.poll() is None and time.monotonic() - last < QUIET_SECONDS:
            for record in await fetch(client):
                starting.cancel()
                account.add(kinds[record.topic], _place(record, settings))
                _show(settings, record, account.outputs.total(), len(pages))
                last = time.monotonic()
            if sending.done() and account.outputs.total() >= delivered.pages:
                break
        starting.cancel()
        await sending


async def _tell_start(worker: "subprocess.Popen[bytes]", address: str) -> None:
    """Say what the worker waits for, when that changes and every few seconds, until it is ready or cancelled."""
    begin = told_at = time.monotonic()
    told = ""
    while worker.poll() is None:
        waits_for = await asyncio.to_thread(_ask_readiness, address)
        now = time.monotonic()
        if waits_for != told or now - told_at > TELL_SECONDS:
            say(f"worker   {waits_for or 'ready'} ({now - begin:.0f} s)")
            told, told_at = waits_for, now
        if not waits_for:
            return
        await asyncio.sleep(POLL_SECONDS)


def _ask_readiness(address: str) -> str:
    """What the worker still waits for; empty when it is ready."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5):
            return ""
    except urllib.error.HTTPError as unavailable:
        reasons: list[str] = orjson.loads(unavailable.read())["reasons"]
        return reasons[0]
    except OSError:
        return "loads its models"


def _show(settings: Settings, record: ConsumerRecord, number: int, total: int) -> None:
    click.secho(f"── {number}/{total} {record.topic}", dim=True)
    for line in record_lines(settings, record):
        click.echo(line)
    click.echo()


def _place(record: ConsumerRecord, settings: Settings) -> tuple[int, int]:
    """Partition and offset of the raw page that an output is about."""
    if record.topic == settings.dead_letter_topic:
        headers = dict(record.headers)
        return int(headers["source.partition"]), int(headers["source.offset"])
    source = orjson.loads(record.value)["source"]
    return source["partition"], source["offset"]


def _consumed(address: str, topic: str) -> int:
    """Pages that the worker says it has read; 0 where it does not answer."""
    try:
        with urllib.request.urlopen(f"{address}/metrics", timeout=5) as answer:
            metrics = answer.read().decode("utf-8")
    except (OSError, urllib.error.URLError):
        return 0
    found = re.search(rf'^stream_cleaner_consumed_total{{topic="{re.escape(topic)}"}} (\S+)', metrics, re.MULTILINE)
    return int(float(found[1])) if found else 0


def _explain_failure(worker: "subprocess.Popen[bytes]", log: Path, pages: int, delivered: Delivered) -> None:
    state = "runs" if worker.poll() is None else f"ended with exit code {worker.returncode}"
    say(f"{pages} pages read; {delivered}; the worker {state}. The end of its log, {log}:")
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]:
        say(f"  {line}")


def _wait_for_interrupt(settings: Settings, worker: "subprocess.Popen[bytes]") -> None:
    program = Path(sys.executable).with_name("stream-cleaner")
    click.echo(
        f"\nStill running; Ctrl-C ends it. In another terminal:\n"
        f"  export STREAM_BROKERS={settings.brokers[0]}\n"
        f"  {program} tail\n"
        f"  {program} produce page.html"
    )
    try:
        code = worker.wait()
    except KeyboardInterrupt:
        click.echo("\nstopping: the worker finishes the pages in flight")
    else:
        say(f"the worker ended by itself, exit code {code}")


def _sample_pages() -> list[InputPage]:
    return [InputPage(sample.name, sample.record, sample.name, sample.url) for sample in samples()]
