"""``stream-cleaner dead-letters list``: what broke, one line each."""

import sys
from collections import Counter

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stream.cli.dead_letters.letters import Choice, Letter, choosing, letters_part
from stream.cli.dead_letters.replays import Replays, place_of
from stream.cli.io.kafka import run
from stream.cli.io.pacing import stop_on_signal
from stream.cli.show.progress import progress
from stream.cli.show.terminal import say, visible
from stream.events import Source
from stream.settings import Settings

MOST_NAMED = 5
UNWATCHED_WIDTH = 240  # where the output is no terminal
MAX_MESSAGE = 80


@click.command("list")
@choosing
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter.")
@click.option("--count", type=click.IntRange(min=1), help="Only the newest so many.")
@click.pass_obj
def list_letters(settings: Settings, as_json: bool, count: int | None, choice: Choice) -> None:
    """List dead letters, oldest first.

    \b
      stream-cleaner dead-letters list --from 2h
      stream-cleaner dead-letters list --stage read --type ClaimCheckUnavailable
      stream-cleaner dead-letters list --url news.example --count 20
      stream-cleaner dead-letters list --json | jq -r 'select(.replayed == null) | .letter'

    With --json a letter is {"letter", "timestamp", "stage", "type", "message", "attempts", "articleId",
    "pipelineVersion", "source", "key", "url", "bytes", "replayed"}; "letter" is its partition:offset, "source" where
    its page was read, and "replayed" where the page was sent to by 'replay', null where it was not.

    Exit code: 0, also where there is none.
    """
    sys.exit(run(_list(settings, choice, as_json, count), settings))


async def _list(settings: Settings, choice: Choice, as_json: bool, count: int | None) -> int:
    replays = (await Replays(settings).read()).sent
    found: list[dict[str, object]] = []
    causes: Counter[str] = Counter()
    async with letters_part(settings, choice) as part:
        with stop_on_signal() as stop, progress("reading", part.total) as advance:
            async for record in part:
                advance()
                letter = Letter.of(record)
                if choice.takes(letter):
                    replayed = replays.get(place_of(letter.source)) if letter.source else None
                    found.append({**letter.as_json(), "when": letter.when, "replayed": replayed})
                    causes[f"{letter.error.stage}: {letter.error.type}"] += 1
                if stop.requested:
                    break
    found.sort(key=lambda each: each["timestamp"])  # type: ignore[arg-type, return-value]
    _print(found[-count:] if count else found, as_json)
    if not as_json:
        say(_summary(causes))
    return stop.exit_code


def _print(letters: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        for letter in letters:
            del letter["when"]
            click.echo(orjson.dumps(letter))
        return
    if not letters:
        return
    table = Table(box=None, pad_edge=False, expand=sys.stdout.isatty())
    for title in ("letter", "when", "stage", "type", "tries", "replayed to"):
        table.add_column(title, no_wrap=True)
    for title in ("page", "message"):
        table.add_column(title, no_wrap=True, ratio=1)  # they share what is left of the line
    for letter in letters:
        table.add_row(*[Text(visible(cell)) for cell in _cells(letter)])
    Console(width=None if sys.stdout.isatty() else UNWATCHED_WIDTH).print(table)


def _cells(letter: dict[str, object]) -> list[str]:
    replayed = letter["replayed"]
    return [
        str(letter["letter"]),
        str(letter["when"]),
        str(letter["stage"]),
        str(letter["type"]),
        str(letter["attempts"]),
        f"{replayed.partition}:{replayed.offset}" if isinstance(replayed, Source) else "-",
        str(letter["url"] or letter["key"] or "-"),
        _shortened(str(letter["message"])),
    ]


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_MESSAGE else line[: MAX_MESSAGE - 1] + "…"


def _summary(causes: Counter[str]) -> str:
    total = causes.total()
    named = ", ".join(f"{number:,} {cause}" for cause, number in causes.most_common(MOST_NAMED))
    rest = total - sum(number for _, number in causes.most_common(MOST_NAMED))
    others = f", {rest:,} of other kinds" if rest else ""
    return f"{total:,} dead letter{'' if total == 1 else 's'}{': ' if total else ''}{named}{others}"
