"""A dead letter as it is read back: what broke, where it came from, and the raw page as it was consumed."""

import functools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import click
from aiokafka import ConsumerRecord

from stream.cli.io.inputs import identity_of
from stream.cli.io.ranges import MOMENT, Bound, Part, part_of
from stream.codec.record import ATTEMPTS, Record
from stream.codec.write import DEAD_LETTER_HEADERS
from stream.events import PageError, Source
from stream.settings import Settings


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter. ``record`` is the raw page to clean again: its own key, value and headers, attempts counted.

    ``source`` is None where the record does not say where its page was read: then it is none of this program's.
    ``timestamp`` is in milliseconds since 1970.
    """

    reference: str
    timestamp: int
    error: PageError
    source: Source | None
    record: Record
    article_id: str | None = None
    pipeline_version: str | None = None

    @classmethod
    def of(cls, record: ConsumerRecord) -> "Letter":
        """The letter in a record of the dead-letter topic."""
        added = {name: (value or b"").decode("utf-8", "replace") for name, value in record.headers}
        error = {name: added.get(f"error.{name}", "unknown") for name in ("stage", "type", "message")}
        place = added.get("source.partition", ""), added.get("source.offset", "")
        source = None
        if "source.topic" in added and all(number.isdecimal() for number in place):
            source = Source(topic=added["source.topic"], partition=int(place[0]), offset=int(place[1]))
        kept = tuple((name, value) for name, value in record.headers if name not in DEAD_LETTER_HEADERS)
        attempts = tuple((name, value) for name, value in record.headers if name == ATTEMPTS)
        page = Record(record.value, record.key, kept + attempts, source)
        ids = added.get("article.id"), added.get("pipeline.version")
        return cls(f"{record.partition}:{record.offset}", record.timestamp, PageError(**error), source, page, *ids)

    @property
    def attempts(self) -> int:
        """How often the page was tried until it became this letter."""
        return self.record.attempts - 1

    @property
    def headers(self) -> list[tuple[str, bytes]]:
        """The page's own headers."""
        return [header for header in self.record.headers if header[0] != ATTEMPTS]

    @property
    def key(self) -> str | None:
        return None if self.record.key is None else self.record.key.decode("utf-8", "replace")

    @property
    def url(self) -> str | None:
        """The page's address, from its headers or its event, where that can still be read."""
        named = self.record.header("ce_subject") or self.record.header("url")
        return named or identity_of(self.record.value or b"")[1]

    @property
    def record_id(self) -> str | None:
        """The producer's own id of the page, likewise."""
        named = self.record.header("ce_id") or self.record.header("record-id")
        return named or identity_of(self.record.value or b"")[0]

    @property
    def when(self) -> str:
        """When the page broke, in local time to the second."""
        return f"{datetime.fromtimestamp(self.timestamp / 1000).astimezone():%Y-%m-%d %H:%M:%S}"

    @property
    def event(self) -> dict[str, Any]:
        """What people are shown of it, as of any outcome."""
        return {"error": asdict(self.error), "url": self.url or self.key}

    def as_json(self) -> dict[str, Any]:
        """What ``list --json`` says of it."""
        return {
            "letter": self.reference,
            "timestamp": self.timestamp,
            "stage": self.error.stage,
            "type": self.error.type,
            "message": self.error.message,
            "attempts": self.attempts,
            "articleId": self.article_id,
            "pipelineVersion": self.pipeline_version,
            "source": self.source,
            "key": self.key,
            "url": self.url,
            "bytes": len(self.record.value or b""),
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dead letters a command is about; what is empty excludes none."""

    stages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    begin: Bound | None = None
    end: Bound | None = None
    key: str | None = None
    url: str | None = None

    def takes(self, letter: Letter) -> bool:
        """Whether the letter is chosen; time is left to whoever reads the topic."""
        return (
            (not self.stages or letter.error.stage in self.stages)
            and (not self.types or letter.error.type in self.types)
            and (self.key is None or letter.key == self.key)
            and (self.url is None or self.url in (letter.url or ""))
        )


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that make a ``Choice``, and the choice as its argument ``choice``."""

    @functools.wraps(command)
    def with_choice(
        *arguments: Any,
        stages: tuple[str, ...],
        types: tuple[str, ...],
        begin: Bound | None,
        end: Bound | None,
        key: str | None,
        url: str | None,
        **others: Any,
    ) -> None:
        command(*arguments, choice=Choice(stages, types, begin, end, key, url), **others)

    options = (
        click.option("--stage", "stages", multiple=True, help="Only what broke in this stage. May be repeated."),
        click.option("--type", "types", multiple=True, help="Only errors of this type. May be repeated."),
        click.option("--from", "begin", type=MOMENT, help="Only what broke since: ISO 8601, or a time ago (2h, 7d)."),
        click.option("--to", "end", type=MOMENT, help="Only what broke before: ISO 8601, or a time ago."),
        click.option("--key", help="Only records of this key."),
        click.option("--url", help="Only pages whose address contains this."),
    )
    for option in reversed(options):
        with_choice = option(with_choice)
    return with_choice


@asynccontextmanager
async def letters_part(settings: Settings, choice: Choice) -> AsyncIterator[Part]:
    """The part of the dead-letter topic that the choice's times leave."""
    async with part_of(settings, [settings.dead_letter_topic], choice.begin, choice.end) as part:
        yield part


async def letter_at(settings: Settings, reference: tuple[int, int]) -> Letter:
    """The letter at ``(partition, offset)`` of the dead-letter topic; a clear error where there is none."""
    topic, (partition, offset) = settings.dead_letter_topic, reference
    async with part_of(settings, [topic], {partition: offset}, {partition: offset + 1}) as part:
        async for record in part:
            return Letter.of(record)
    raise click.ClickException(f"no dead letter {partition}:{offset} in {topic}; 'dead-letters list' names them")
