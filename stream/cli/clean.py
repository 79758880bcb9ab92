"""``stream-cleaner clean``: clean pages on this machine, for people or, line by line, for other programs."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

import click
import msgspec
import orjson

from stream.cli.io.inputs import InputPage, Inputs, in_background
from stream.cli.io.outcomes import JSONL_NAMES
from stream.cli.show.explanation import explanation_lines
from stream.cli.show.outcome import outcome_lines
from stream.cli.show.progress import progress
from stream.cli.show.terminal import say, visible
from stream.outcome import Finished
from stream.pipeline import load_pipeline
from stream.service.pool.pool import PagePool
from stream.service.pool.process import clean_one
from stream.settings import AcceptedKind, Settings

Finish = Callable[[InputPage, Finished], None]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
@click.option("--jsonl", is_flag=True, help="One JSON object a page; '-' is then one raw-page event a line.")
@click.option("--no-entities", is_flag=True, help="Stop after the cleaning: no entities, several times faster.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    type=click.Choice(get_args(AcceptedKind)),
    help="A kind of page to let through; again for more. [default: STREAM_ACCEPT_KINDS, article]",
)
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    help="Least probability of these kinds together. [default: STREAM_MIN_KIND_PROBABILITY]",
)
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Cleaning processes.")
@click.option("--stats", is_flag=True, help="End with a JSON line on standard error: CPU ms by stage, pages, seconds.")
@click.option("--explain", is_flag=True, help="Print each page block by block: kept or cut, as what, how sure, why.")
@click.pass_obj
def clean(
    settings: Settings,
    paths: tuple[str, ...],
    jsonl: bool,
    no_entities: bool,
    accepted: tuple[AcceptedKind, ...],
    min_probability: float | None,
    workers: int,
    stats: bool,
    explain: bool,
) -> None:
    """Clean pages without a broker and print the articles.

    \b
      stream-cleaner clean page.html                 headline, date, agency, body, entities
      stream-cleaner clean --explain page.html       what the page is, and why each block was kept or cut
      stream-cleaner clean --accept article --accept forum pages/
      curl -s https://news.example/a | stream-cleaner clean -
      stream-cleaner clean --jsonl pages/ more.warc.gz > articles.jsonl
      stream-cleaner clean --jsonl --workers 4 --stats - < pages.jsonl

    Files are pages (HTML, text, also .gz), JSON lines of raw-page events (*.jsonl), WARC or WET archives.

    With --jsonl there is one line out for each page in, in the same order, written as soon as it is known:
    {"recordId": ..., "outcome": "cleaned" | "rejected" | "failed", "event": {...}}. A line that is no JSON is
    "failed" like any page that breaks; it stops nothing. The event is the one that the worker would publish.

    Exit code: 0 all input was read, 1 some could not be read, 2 wrong usage.
    """
    if explain and jsonl:
        raise click.UsageError("--explain prints for people; leave out --jsonl")
    settings = msgspec.structs.replace(
        settings,
        accept_kinds=accepted or settings.accept_kinds,
        min_kind_probability=settings.min_kind_probability if min_probability is None else min_probability,
    )
    inputs = Inputs(paths, stdin=".jsonl" if jsonl else "")
    named = len(inputs.files) > 1
    if explain:
        for page in inputs.pages():
            _print_named(page, explanation_lines(settings, page), named=named)
        sys.exit(1 if inputs.unread else 0)

    tally = Tally()
    show = _print_json if jsonl else partial(_print_readable, named=named)
    chosen = msgspec.structs.replace(settings, entities=settings.entities and not no_entities, pool_size=workers)
    with progress("cleaning", inputs.total, beside_output=True) as advance:

        def finish(page: InputPage, finished: Finished) -> None:
            tally.add(finished)
            show(page, finished)
            advance()

        if workers == 1:
            _clean_here(chosen, inputs.pages(), finish)
        else:
            asyncio.run(_clean_in_pool(chosen, inputs.pages(), finish))
    if stats:
        say(orjson.dumps(tally.stats()).decode())
    sys.exit(1 if inputs.unread else 0)


@dataclass(slots=True)
class Tally:
    """What a run cost; ``cpu`` counts seconds by stage, the clock starts when the tally is made."""

    begin: float = field(default_factory=time.monotonic)
    cpu: Counter[str] = field(default_factory=Counter)
    pages: int = 0

    def add(self, finished: Finished) -> None:
        self.pages += 1
        for stage, seconds in finished.stages:
            self.cpu[stage] += seconds  # type: ignore[assignment]  # typed for whole numbers, counts any

    def stats(self) -> dict[str, object]:
        milliseconds = {stage: round(seconds * 1000, 3) for stage, seconds in self.cpu.items()}
        return {"cpuMs": milliseconds, "pages": self.pages, "seconds": round(time.monotonic() - self.begin, 3)}


def _clean_here(settings: Settings, pages: Iterable[InputPage], finish: Finish) -> None:
    pipeline = load_pipeline(settings)
    for page in pages:
        finish(page, clean_one(pipeline, page.record, settings.schema_version))


async def _clean_in_pool(settings: Settings, pages: Iterable[InputPage], finish: Finish) -> None:
    """Clean in the worker's own pool; pages finish in the order they came, each as soon as it can."""
    pool = PagePool(settings)
    started: asyncio.Queue[tuple[InputPage, asyncio.Future[Finished]] | None] = asyncio.Queue(settings.window)

    async def submit() -> None:
        try:
            async for page in in_background(pages):
                await started.put((page, pool.submit(page.record)))
        finally:
            await started.put(None)

    await pool.start()
    submitting = asyncio.create_task(submit())
    try:
        while (next_page := await started.get()) is not None:
            page, outcome = next_page
            finish(page, await outcome)
        await submitting
    finally:
        submitting.cancel()
        await pool.stop()


def _print_json(page: InputPage, finished: Finished) -> None:
    event = finished.event
    line = b'{"recordId":%b,"outcome":"%b","event":%b}\n' % (
        orjson.dumps(page.record_id if page.record_id is not None else orjson.loads(event).get("recordId")),
        JSONL_NAMES[finished.kind].encode(),
        event,
    )
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _print_readable(page: InputPage, finished: Finished, *, named: bool) -> None:
    _print_named(page, outcome_lines(finished.kind, orjson.loads(finished.event), whole=True), named=named)


def _print_named(page: InputPage, lines: Iterable[str], *, named: bool) -> None:
    """The lines, under the page's name where there are several pages."""
    if named:
        click.secho(f"── {visible(page.name)}", dim=True)
    for line in lines:
        click.echo(line)
    if named:
        click.echo()
