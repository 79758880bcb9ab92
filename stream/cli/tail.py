"""``stream-cleaner tail``: follow the topics, as people or as programs read them."""

import base64
import sys
import time
from collections.abc import Iterator
from typing import Any

import click
import orjson
from aiokafka import ConsumerRecord

from stream.cli.dead_letters.letters import Letter
from stream.cli.io.kafka import consumer, fetch, run
from stream.cli.show.outcome import outcome_lines
from stream.cli.show.terminal import say, visible
from stream.outcome import OutcomeKind
from stream.settings import Settings

TOPICS = ("clean", "rejected", "dead-letters", "raw")


@click.command()
@click.argument("topics", nargs=-1, type=click.Choice(TOPICS), metavar="[clean|rejected|dead-letters|raw]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a record.")
@click.option("--from-beginning", is_flag=True, help="Start at the oldest record instead of the next one.")
@click.option("--count", type=click.IntRange(min=1), help="Stop after so many records.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="Stop when none came for so many seconds.")
@click.pass_obj
def tail(
    settings: Settings,
    topics: tuple[str, ...],
    as_json: bool,
    from_beginning: bool,
    count: int | None,
    timeout: float | None,
) -> None:
    """Follow topics; without a name, the three output topics.

    \b
      stream-cleaner tail
      stream-cleaner tail clean --from-beginning --count 10
      stream-cleaner tail clean --json | jq -r .value.headline
      stream-cleaner tail dead-letters --json --from-beginning --timeout 5

    With --json a record is {"topic", "partition", "offset", "timestamp", "key", "headers", "value"}; timestamp is in
    milliseconds since 1970. A value that is no JSON is a string, one that is no text either {"base64": ...}.

    Exit code: 0, or 1 when --timeout ended it before --count records came.
    """
    seen = run(_follow(settings, topics or TOPICS[:3], as_json, from_beginning, count, timeout), settings)
    if count is not None and seen < count:
        say(f"only {seen} of {count} records came; none in the last {timeout:g} s")
        sys.exit(1)


def topic_names(settings: Settings) -> dict[str, str]:
    """The topics' names on Kafka by the names that ``tail`` knows them by."""
    names = (settings.clean_topic, settings.rejected_topic, settings.dead_letter_topic, settings.input_topic)
    return dict(zip(TOPICS, names, strict=True))


def record_lines(settings: Settings, record: ConsumerRecord) -> Iterator[str]:
    """A record of one of the topics, for people."""
    if record.topic == settings.input_topic:
        yield _raw_page_line(record)
    elif record.topic == settings.dead_letter_topic:
        yield from outcome_lines(OutcomeKind.DEAD_LETTERED, Letter.of(record).event, whole=False)
    else:
        kind = OutcomeKind.CLEANED if record.topic == settings.clean_topic else OutcomeKind.REJECTED
        yield from outcome_lines(kind, orjson.loads(record.value), whole=False)


async def _follow(
    settings: Settings,
    topics: tuple[str, ...],
    as_json: bool,
    from_beginning: bool,
    count: int | None,
    timeout: float | None,
) -> int:
    """Print records until one of the limits is met; how many."""
    names = topic_names(settings)
    seen = 0
    async with consumer(settings, [names[topic] for topic in topics], from_beginning=from_beginning) as client:
        last = time.monotonic()
        while seen != count and (timeout is None or time.monotonic() - last < timeout):
            arrived = await fetch(client)
            for record in arrived if count is None else arrived[: count - seen]:
                _print(settings, record, as_json)
                seen += 1
            if arrived:
                last = time.monotonic()
    return seen


def _print(settings: Settings, record: ConsumerRecord, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(_as_json(record)))
        return
    click.secho(visible(f"── {record.topic} {record.partition}:{record.offset}"), dim=True)
    try:
        for line in record_lines(settings, record):
            click.echo(line)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        say(f"not an event of this program: {(record.value or b'')[:200]!r}")
    click.echo()


def _as_json(record: ConsumerRecord) -> dict[str, Any]:
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "key": _value(record.key),
        "headers": {name: _value(value) for name, value in record.headers},
        "value": _json_or_value(record.value),
    }


def _json_or_value(value: bytes | None) -> Any:
    try:
        return orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        return _value(value)


def _value(value: bytes | None) -> str | dict[str, str] | None:
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode("ascii")}


def _raw_page_line(record: ConsumerRecord) -> str:
    headers = {name.lower(): value for name, value in record.headers}
    facts = (record.key, headers.get("url"), headers.get("content-type"))
    known = dict.fromkeys(fact.decode("utf-8", "replace") for fact in facts if fact)
    size = f"{len(record.value):,} bytes" if record.value is not None else "tombstone"
    return visible(" · ".join(["raw page", size, *known]))
