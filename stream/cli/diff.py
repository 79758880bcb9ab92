"""``stream-cleaner diff``: compare two runs over the same pages, so that an upgrade can be judged before it ships."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import orjson
from aiokafka import ConsumerRecord

from stream.cli.dead_letters.letters import Letter
from stream.cli.dead_letters.replays import place_of
from stream.cli.io.inputs import STDIN, open_file
from stream.cli.io.kafka import run
from stream.cli.io.outcomes import JSONL_NAMES
from stream.cli.io.ranges import part_of
from stream.cli.io.runs import Change, Comparison, RunOutcome, Runs, Side
from stream.cli.show.progress import progress
from stream.cli.show.terminal import say, visible
from stream.codec.json_text import to_json
from stream.codec.record import Record
from stream.events import Source
from stream.outcome import OutcomeKind
from stream.settings import Settings

LIVE = "live"
KINDS_BY_NAME = {name: kind for kind, name in JSONL_NAMES.items()}
KINDS_BY_TYPE = {
    "stream-cleaner.clean-article": OutcomeKind.CLEANED,
    "stream-cleaner.rejected-page": OutcomeKind.REJECTED,
}
TROUBLE = 2  # as diff(1) has it: 1 says that the runs differ


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--examples", type=click.IntRange(min=0), default=3, show_default=True, help="Pages shown of each change."
)
@click.pass_obj
def diff(settings: Settings, a: str, b: str, as_json: bool, examples: int) -> None:
    """Compare two runs over the same pages: which outcomes and which fields changed, how often, with examples.

    \b
      stream-cleaner replay --from 2h --into try-2
      stream-cleaner diff live try-2
      stream-cleaner diff try-1 try-2 --json
    \b
      stream-cleaner clean --jsonl pages/ > before.jsonl
      stream-cleaner clean --jsonl pages/ > after.jsonl
      stream-cleaner diff before.jsonl after.jsonl

    A run is a topic, a file as 'clean --jsonl' writes it, '-', or 'live': the three topics that the workers write to,
    of which only the pages count that the other run has too. Topics are read as far as they reach now.

    Pages are matched by their place in the input topic, else by recordId, else by url: by what most pages of both
    runs have. Ids, versions and stage timings are not compared, for they differ between any two pipelines.

    Exit code: 0 the runs are equal, 1 they differ, 2 wrong usage or a run that cannot be read, 130 Ctrl-C.
    """
    try:
        runs = Runs()
        for side, name in (("a", a), ("b", b)):
            _read(settings, runs, side, name)  # type: ignore[arg-type]
    except click.ClickException as error:
        error.exit_code = TROUBLE
        raise
    rest = frozenset(side for side, name in (("a", a), ("b", b)) if name == LIVE)
    found = runs.compare(examples, ignore_rest_of=rest)  # type: ignore[arg-type]
    if as_json:
        click.echo(to_json({**orjson.loads(to_json(found)), "equal": found.equal}))
    else:
        for line in _lines(found, a, b):
            click.echo(line)
    sys.exit(0 if found.equal else 1)


def _read(settings: Settings, runs: Runs, side: Side, name: str) -> None:
    """Take in a run; what is no outcome is counted and said."""
    foreign = 0
    if name == STDIN or Path(name).is_file():
        for line in _lines_of(name):
            foreign += not _take(runs, side, _from_line(line))
    elif name.endswith((".jsonl", ".jsonl.gz")):
        raise click.ClickException(f"{name}: no such file")
    else:
        topics = [settings.clean_topic, settings.rejected_topic, settings.dead_letter_topic] if name == LIVE else [name]
        foreign = run(_read_topics(settings, runs, side, topics), settings)
    if foreign:
        say(f"{name}: {foreign:,} records are no outcomes of this program and were left out")


async def _read_topics(settings: Settings, runs: Runs, side: Side, topics: list[str]) -> int:
    foreign = 0
    async with part_of(settings, topics) as part:
        with progress(f"reading {side.upper()}", part.total) as advance:
            async for record in part:
                foreign += not _take(runs, side, _from_record(record))
                advance()
    return foreign


def _take(runs: Runs, side: Side, outcome: RunOutcome | None) -> bool:
    if outcome is not None:
        runs.add(side, outcome)
    return outcome is not None


def _lines_of(name: str) -> Iterator[bytes]:
    try:
        with open_file(name) as lines:
            yield from lines
    except OSError as error:
        raise click.ClickException(f"{name}: {error.strerror or error}") from None


def _from_line(line: bytes) -> RunOutcome | None:
    """The outcome in a line of ``clean --jsonl``."""
    try:
        answer = orjson.loads(line)
        return _outcome(KINDS_BY_NAME[answer["outcome"]], answer["event"], answer.get("recordId"))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None


def _from_record(record: ConsumerRecord) -> RunOutcome | None:
    """The outcome in a record of any output topic: a dead letter has ``error.stage``, the others their ``ce_type``."""
    headers = Record(record.value, record.key, tuple(record.headers))
    if headers.header("error.stage") is not None:
        letter = Letter.of(record)
        source = place_of(letter.source) if letter.source else None
        return RunOutcome(OutcomeKind.DEAD_LETTERED, to_json(letter.event), source, letter.record_id, letter.url)
    kind = KINDS_BY_TYPE.get((headers.header("ce_type") or "").rpartition(".v")[0])
    try:
        return _outcome(kind, orjson.loads(record.value or b""), None) if kind else None
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None


def _outcome(kind: OutcomeKind, event: dict[str, Any], record_id: str | None) -> RunOutcome:
    source = event.get("source")
    place = place_of(Source(**source)) if source else None
    return RunOutcome(kind, to_json(event), place, record_id or event.get("recordId"), event.get("url"))


def _lines(found: Comparison, a: str, b: str) -> Iterator[str]:
    for name, outcomes, only in ((a, found.outcomes_a, found.only_in_a), (b, found.outcomes_b, found.only_in_b)):
        alone = f", {only:,} of them not in the other" if only else ""
        yield visible(f"{name}: {outcomes.total():,} pages{alone}: {_shares(outcomes)}")
    yield f"{found.matched:,} pages matched by {found.matched_by}"
    if found.unnamed:
        yield click.style(f"{found.unnamed:,} outcomes carry none and were not compared", fg="yellow")
    for name, change in found.outcomes.items():
        yield ""
        yield click.style(f"{name}: {_count(change, found.matched)}", fg="yellow", bold=True)
        yield from _examples(change)
    for name, change in found.fields.items():
        yield ""
        yield click.style(visible(f"{name}: {_count(change, found.compared)}"), fg="cyan", bold=True)
        yield from _examples(change)
    yield ""
    moved = sum(change.pages for change in found.outcomes.values())
    verdict = f"{moved:,} pages with another outcome, {found.changed:,} of {found.compared:,} others with other fields"
    yield click.style("equal" if found.equal else verdict, bold=True)


def _shares(outcomes: Counter[str]) -> str:
    return ", ".join(f"{outcomes[kind]:,} {kind}" for kind in OutcomeKind)


def _count(change: Change, pages: int) -> str:
    return f"{change.pages:,} page{'' if change.pages == 1 else 's'} of {pages:,}"


def _examples(change: Change) -> Iterator[str]:
    for example in change.examples:
        yield click.style(f"  {_flat(example.page)}", dim=True)
        yield click.style(f"    - {_flat(example.a)}", fg="red")
        yield click.style(f"    + {_flat(example.b)}", fg="green")


def _flat(text: str) -> str:
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")
