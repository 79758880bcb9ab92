"""``stream-cleaner dead-letters replay``: send pages that broke back to the input topic, each once."""

import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import click
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from stream.cli.dead_letters.letters import Choice, Letter, choosing, letters_part
from stream.cli.dead_letters.replays import Replays, place_of
from stream.cli.io.kafka import producer, require_topic, run
from stream.cli.io.pacing import Stop, paced, stop_on_signal
from stream.cli.io.ranges import Part
from stream.cli.show.progress import progress
from stream.cli.show.terminal import say
from stream.events import Source
from stream.settings import Settings


@dataclass(slots=True)
class LetterAccount:
    """What became of the letters that were looked at."""

    topic: str
    dry_run: bool
    sent: int = 0
    replayed_before: int = 0
    tried_too_often: int = 0
    foreign: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        verb = "would send" if self.dry_run else "sent"
        left = {
            "replayed before": self.replayed_before,
            "tried too often": self.tried_too_often,
            "not from a worker": self.foreign,
        }
        skipped = ", ".join(f"{number:,} {why}" for why, number in left.items() if number)
        line = f"{verb} {self.sent:,} page{'' if self.sent == 1 else 's'} back to {self.topic}"
        line += f"; left out {skipped}" if skipped else ""
        return f"{line}; {len(self.failures):,} failed, first {self.failures[0]}" if self.failures else line


@click.command()
@choosing
@click.option("--dry-run", is_flag=True, help="Name the letters that would be sent, and send nothing.")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Most pages a second.  [default: no limit]")
@click.option(
    "--max-attempts",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Leave out pages that were tried so often.",
)
@click.pass_obj
def replay(settings: Settings, dry_run: bool, rate: float | None, max_attempts: int, choice: Choice) -> None:
    """Send pages that broke back to the input topic (STREAM_INPUT_TOPIC): original bytes, key and headers.

    \b
      stream-cleaner dead-letters replay --stage read --type ClaimCheckUnavailable --dry-run
      stream-cleaner dead-letters replay --stage read --type ClaimCheckUnavailable
      stream-cleaner dead-letters replay --from 2025-04-18T06:00 --to 2025-04-18T09:00 --rate 20

    Each page is sent once, whatever the number of calls: where it was sent is kept in the topic
    STREAM_DEAD_LETTER_TOPIC.replays, which is created when it is missing. A page that breaks again is a new dead
    letter with its attempts counted up, and can be replayed until --max-attempts. Only letters that were there when
    the command began are sent. Run one replay at a time.

    Every delivery is awaited. Ctrl-C or SIGTERM stops between two letters, and the last line says how far it got;
    calling again goes on from there. A kill -9 can leave one page sent and not noted.

    Exit code: 0 all chosen pages were sent, 1 some were not, 2 wrong usage, 130 or 143 stopped by a signal.
    """
    account = LetterAccount(settings.input_topic, dry_run)
    code = 0
    try:
        work = _replay(settings, choice, account, rate, max_attempts)
        code = run(work, settings)
    finally:
        say(str(account))
    sys.exit(code or (1 if account.failures else 0))


async def _replay(
    settings: Settings, choice: Choice, account: LetterAccount, rate: float | None, max_attempts: int
) -> int:
    """Send what is chosen, one letter after the other; the exit code."""
    replays = Replays(settings)
    if not account.dry_run:
        await replays.create()
    await replays.read()
    async with letters_part(settings, choice) as part, producer(settings) as client:
        await require_topic(client, settings.input_topic)
        with stop_on_signal() as stop, progress("replaying", part.total, beside_output=account.dry_run) as advance:
            letters = _chosen(part, choice, replays, account, max_attempts, stop, advance)
            async for letter, source in paced(letters, rate, stop):
                if account.dry_run:
                    click.echo(f"{letter.reference}  {letter.error.stage}: {letter.error.type}  {place_of(source)}")
                    replays.sent[place_of(source)] = source
                    account.sent += 1
                else:
                    await _send(client, letter, source, replays, account)
    return stop.exit_code


async def _chosen(
    part: Part,
    choice: Choice,
    replays: Replays,
    account: LetterAccount,
    max_attempts: int,
    stop: Stop,
    advance: Callable[[], None],
) -> AsyncIterator[tuple[Letter, Source]]:
    """The letters to send, with where their pages were read; the others are counted."""
    async for record in part:
        letter = Letter.of(record)
        if not choice.takes(letter):
            pass
        elif letter.source is None:
            account.foreign += 1
        elif place_of(letter.source) in replays.sent:
            account.replayed_before += 1
        elif letter.attempts >= max_attempts:
            account.tried_too_often += 1
        else:
            yield letter, letter.source
        advance()
        if stop.requested:
            return


async def _send(
    client: AIOKafkaProducer, letter: Letter, source: Source, replays: Replays, account: LetterAccount
) -> None:
    """Send one page, and note it once the broker has it."""
    record = letter.record
    try:
        sent = await client.send_and_wait(
            account.topic,
            record.value,
            key=record.key,
            partition=await _partition(client, account.topic, source),
            headers=list(record.headers),
        )
    except MessageSizeTooLargeError as error:  # this page's own trouble; any other ends the command
        account.failures.append(f"{letter.reference}: {type(error).__name__}: {error}")
        return
    account.sent += 1
    replay_place = Source(topic=sent.topic, partition=sent.partition, offset=sent.offset)
    await replays.note(client, source, replay_place)


async def _partition(client: AIOKafkaProducer, topic: str, source: Source) -> int | None:
    """Where the page was read, if that is still there: its key stays in one partition whoever produced it."""
    same = source.topic == topic and source.partition in await client.partitions_for(topic)
    return source.partition if same else None
