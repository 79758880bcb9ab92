"""``stream-cleaner dead-letters explain``: clean a dead letter's page once more, and see where it breaks today."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec
import orjson

from stream.cli.dead_letters.letters import Letter, letter_at
from stream.cli.dead_letters.show import heading
from stream.cli.io.kafka import run
from stream.cli.io.ranges import REFERENCE
from stream.cli.show.outcome import outcome_lines
from stream.cli.show.terminal import visible
from stream.outcome import Finished, OutcomeKind
from stream.service.pool.pool import PagePool
from stream.service.pool.process import clean_watched
from stream.settings import Settings


@dataclass(frozen=True, slots=True)
class Retrial:
    """How the page ends today, and the names of the stages that began, in order."""

    finished: Finished
    begun: tuple[str, ...]
    pipeline_version: str

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = orjson.loads(self.finished.event)
        return event

    @property
    def stages(self) -> list[tuple[str, float | None]]:
        """Each stage that began with its CPU seconds; None where the process died in it."""
        seconds = dict(self.finished.stages)
        return [(name, seconds.get(name)) for name in self.begun]


@click.command()
@click.argument("letter", type=REFERENCE, metavar="PARTITION:OFFSET")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def explain(settings: Settings, letter: tuple[int, int], as_json: bool) -> None:
    """Clean a dead letter's page once more, here, and show stage by stage where it breaks: or that it passes now.

    \b
      stream-cleaner dead-letters explain 0:17
      STREAM_PAGE_DEADLINE=120 stream-cleaner dead-letters explain 0:17

    The page runs in a process of its own under STREAM_PAGE_DEADLINE and STREAM_PAGE_MEMORY, as in a worker: a page
    that hangs or eats memory does no harm. Nothing is published. PARTITION:OFFSET is as 'list' prints it.

    With --json: {"letter", "pipelineVersion", "stages": [{"name", "cpuMs"}], "outcome": "cleaned" | "rejected" |
    "dead-lettered", "event"}; "cpuMs" is null where the process was ended in that stage.

    Exit code: 0 it passes now (as an article or rejected), 1 it still breaks or there is no such letter, 2 wrong usage.
    """
    found = run(letter_at(settings, letter), settings)
    retrial = run(_try(settings, found), settings)
    if as_json:
        click.echo(orjson.dumps(_as_json(found, retrial)))
    else:
        for line in _lines(settings, found, retrial):
            click.echo(line)
    sys.exit(1 if retrial.finished.kind is OutcomeKind.DEAD_LETTERED else 0)


async def _try(settings: Settings, letter: Letter) -> Retrial:
    """Clean the page in a killable process."""
    with tempfile.TemporaryDirectory(prefix="stream-cleaner-") as folder:
        watch = Path(folder) / "stages"
        pool = PagePool(msgspec.structs.replace(settings, pool_size=1), clean=partial(clean_watched, str(watch)))
        try:
            await pool.start()
            finished = await pool.submit(letter.record)
        finally:
            await pool.stop()
        return Retrial(finished, tuple(watch.read_text(encoding="utf-8").split()), pool.pipeline_version)


def _as_json(letter: Letter, retrial: Retrial) -> dict[str, object]:
    stages = [
        {"name": name, "cpuMs": None if seconds is None else round(seconds * 1000, 3)}
        for name, seconds in retrial.stages
    ]
    return {
        "letter": letter.reference,
        "pipelineVersion": retrial.pipeline_version,
        "stages": stages,
        "outcome": retrial.finished.kind,
        "event": retrial.event,
    }


def _lines(settings: Settings, letter: Letter, retrial: Retrial) -> Iterator[str]:
    yield from heading(settings, letter)
    yield ""
    yield click.style(visible(f"── today, pipeline {retrial.pipeline_version}"), dim=True)
    broken = retrial.finished.kind is OutcomeKind.DEAD_LETTERED
    for name, seconds in retrial.stages:
        wrong = broken and name == retrial.begun[-1]
        spent = "was ended" if seconds is None else f"{seconds * 1000:.1f} ms"
        yield click.style(visible(f"{'✗' if wrong else '✓'} {name:<14}{spent:>12}"), fg="red" if wrong else "green")
    yield ""
    yield from outcome_lines(retrial.finished.kind, retrial.event, whole=False)
