"""``stream-cleaner topics``: create the four topics, so that workers and producers never have to."""

import click

from stream.cli.io.kafka import run
from stream.kafka.topics import Topic, create_topics, topics_of
from stream.settings import Settings


@click.command()
@click.option(
    "--partitions",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="Partitions of each topic but the dead letters: the most workers that can share the load.",
)
@click.option(
    "--replication",
    type=click.IntRange(min=1),
    help="Copies of each partition.  [default: 3, or as many as there are brokers]",
)
@click.option("--dry-run", is_flag=True, help="Print what would be created, and connect to nothing.")
@click.pass_obj
def topics(settings: Settings, partitions: int, replication: int | None, dry_run: bool) -> None:
    """Create the input topic and the three output topics where they are missing.

    Topics that exist are left as they are, so it is safe to run this at every deployment. Names and the largest
    message come from the settings (STREAM_INPUT_TOPIC, STREAM_MAX_MESSAGE_BYTES and so on).

    \b
      stream-cleaner topics --dry-run
      stream-cleaner topics --partitions 48
    """
    wanted = topics_of(settings, partitions)
    if dry_run:
        for topic in wanted:
            click.echo(f"would create  {_described(topic)}")
        return
    created = run(create_topics(settings, wanted, replication), settings)
    for topic in wanted:
        click.echo(f"created  {_described(topic)}" if created[topic.name] else f"exists   {topic.name}")


def _described(topic: Topic) -> str:
    config = " ".join(f"{name}={value}" for name, value in topic.config.items())
    return f"{topic.name}  partitions={topic.partitions} {config}"
