"""``stream-cleaner produce``: send pages to the input topic, and know that every one arrived."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import click
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from stream.cli.io.inputs import InputPage, Inputs, in_background
from stream.cli.io.kafka import producer, require_topic, run
from stream.cli.io.pacing import paced
from stream.cli.show.progress import progress
from stream.cli.show.terminal import say
from stream.settings import Settings

MOST_PENDING = 1000  # deliveries awaited at once: enough to fill batches, few enough to hold in memory


@dataclass(slots=True)
class Delivered:
    """What became of the pages sent so far; ``begin`` is None until there was a connection."""

    topic: str
    pages: int = 0
    size: int = 0
    failures: list[str] = field(default_factory=list)
    begin: float | None = None

    def __str__(self) -> str:
        seconds = max(time.monotonic() - (self.begin or 0), 0.001)
        speed = f"{self.size / 1e6:.1f} MB in {seconds:.1f} s, {self.pages / seconds:,.0f} pages/s"
        line = f"delivered {self.pages:,} pages to {self.topic} ({speed})"
        return f"{line}; {len(self.failures):,} failed, first {self.failures[0]}" if self.failures else line


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Most pages a second.  [default: no limit]")
@click.option(
    "--key",
    type=click.Choice(["url", "id", "none"]),
    default="url",
    show_default=True,
    help="Record key: pages of one key stay in order. 'none' spreads them.",
)
@click.pass_obj
def produce(settings: Settings, paths: tuple[str, ...], rate: float | None, key: str) -> None:
    """Send pages to the input topic (STREAM_INPUT_TOPIC).

    \b
      stream-cleaner produce page.html pages/        bare pages, their bytes as they are
      stream-cleaner produce events.jsonl            one raw-page event a line, also .gz and '-'
      stream-cleaner produce crawl.warc.gz crawl.wet.gz
      stream-cleaner produce --rate 50 events.jsonl

    From WARC the responses and from WET the conversions are sent that are HTML or text, with their address, content
    type and encoding, HTTP status and date as headers. Every delivery is awaited; the last line says how many
    arrived. Ctrl-C delivers what was read and stops.

    Exit code: 0 every page was delivered, 1 some were not or could not be read, 2 wrong usage.
    """
    inputs = Inputs(paths)
    delivered = Delivered(settings.input_topic)
    try:
        with progress("producing", inputs.total) as advance:
            run(send_pages(settings, inputs.pages(), delivered, key=key, rate=rate, advance=advance), settings)
    finally:
        if delivered.begin is not None:
            say(str(delivered))
    sys.exit(1 if inputs.unread or delivered.failures else 0)


async def send_pages(
    settings: Settings,
    pages: Iterable[InputPage],
    delivered: Delivered,
    *,
    key: str = "url",
    rate: float | None = None,
    advance: Callable[[], None] = lambda: None,
) -> None:
    """Send the pages and await each delivery; ``delivered`` is up to date at every moment."""
    async with producer(settings) as client:
        await require_topic(client, settings.input_topic)
        delivered.begin = time.monotonic()
        room = asyncio.Semaphore(MOST_PENDING)
        confirming: set[asyncio.Task[None]] = set()

        def confirmed(task: asyncio.Task[None]) -> None:
            confirming.discard(task)
            room.release()
            advance()

        async for page in paced(in_background(pages), rate):
            await room.acquire()
            sent = await _send(client, page, key, delivered)
            task = asyncio.create_task(_confirm(sent, page, delivered))
            confirming.add(task)
            task.add_done_callback(confirmed)
        await asyncio.gather(*confirming)


async def _send(client: AIOKafkaProducer, page: InputPage, key: str, delivered: Delivered) -> Awaitable[object]:
    """Hand a page over, in order; what comes back waits for its delivery."""
    keys = {"url": page.url, "id": page.record_id, "none": None}
    encoded = (keys[key] or "").encode("utf-8", "replace") or None
    headers = list(page.record.headers)
    try:
        sent: Awaitable[object] = await client.send(delivered.topic, page.record.value, encoded, headers=headers)
    except KafkaError as error:  # refused before it was sent: too large, or no metadata
        sent = asyncio.get_running_loop().create_future()
        sent.set_exception(error)
    return sent


async def _confirm(sent: Awaitable[object], page: InputPage, delivered: Delivered) -> None:
    try:
        await sent
    except KafkaError as error:
        delivered.failures.append(f"{page.name}: {type(error).__name__}: {error}")
    else:
        delivered.pages += 1
        delivered.size += len(page.record.value or b"")
