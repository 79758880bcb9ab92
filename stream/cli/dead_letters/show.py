"""``stream-cleaner dead-letters show``: one dead letter, with its headers, or its page's bytes as they came."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from stream.cli.dead_letters.letters import Letter, letter_at
from stream.cli.dead_letters.replays import Replays, place_of
from stream.cli.io.kafka import run
from stream.cli.io.ranges import REFERENCE
from stream.cli.show.outcome import outcome_lines
from stream.cli.show.terminal import say, visible
from stream.outcome import OutcomeKind
from stream.settings import Settings

PREVIEW_BYTES = 400


@click.command()
@click.argument("letter", type=REFERENCE, metavar="PARTITION:OFFSET")
@click.option(
    "--raw", type=click.Path(dir_okay=False, allow_dash=True), help="Write the page's bytes here and no more."
)
@click.pass_obj
def show(settings: Settings, letter: tuple[int, int], raw: str | None) -> None:
    """Show one dead letter: what broke, where its page came from, its headers and the beginning of its bytes.

    \b
      stream-cleaner dead-letters show 0:17
      stream-cleaner dead-letters show 0:17 --raw page.html
      stream-cleaner dead-letters show 0:17 --raw - | less

    PARTITION:OFFSET names it in the dead-letter topic, as 'list' prints it.

    Exit code: 0 shown, 1 there is no such letter, 2 wrong usage.
    """
    found = run(letter_at(settings, letter), settings)
    if raw is not None:
        _write(found, raw)
        return
    replays = run(Replays(settings).read(), settings).sent
    replayed = replays.get(place_of(found.source)) if found.source else None
    for line in _lines(settings, found):
        click.echo(line)
    click.echo(_row("replayed", place_of(replayed) if replayed else "no"))


def heading(settings: Settings, letter: Letter) -> Iterator[str]:
    """Which letter it is, and what broke."""
    yield click.style(visible(f"── {settings.dead_letter_topic} {letter.reference} · {letter.when}"), dim=True)
    yield from outcome_lines(OutcomeKind.DEAD_LETTERED, letter.event, whole=True)


def _lines(settings: Settings, letter: Letter) -> Iterator[str]:
    value = letter.record.value or b""
    yield from heading(settings, letter)
    yield ""
    yield _row("read from", place_of(letter.source) if letter.source else "unknown")
    yield _row("attempts", str(letter.attempts))
    yield _row("key", "none" if letter.key is None else letter.key)
    for number, (name, content) in enumerate(letter.headers):
        yield _row("" if number else "headers", f"{name}: {(content or b'').decode('utf-8', 'replace')}")
    more = f", the first {PREVIEW_BYTES}" if len(value) > PREVIEW_BYTES else ""
    yield _row("value", "null" if letter.record.value is None else f"{len(value):,} bytes{more}")
    yield from visible(value[:PREVIEW_BYTES].decode("utf-8", "replace")).splitlines()


def _row(title: str, text: str) -> str:
    return click.style(f"{title:<11}", fg="green") + visible(text).replace("\n", "\\n")


def _write(letter: Letter, target: str) -> None:
    value = letter.record.value or b""
    if target == "-":
        sys.stdout.buffer.write(value)
        return
    try:
        Path(target).write_bytes(value)
    except OSError as error:
        raise click.ClickException(f"cannot write {target}: {error.strerror}") from None
    say(f"wrote {len(value):,} bytes to {target}")
