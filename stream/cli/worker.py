"""``stream-cleaner worker``: consume raw pages and publish clean articles until told to stop."""

import sys

import click

from stream.observe import logs
from stream.settings import Settings


@click.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Run one worker until SIGTERM or Ctrl-C.

    Workers of the same group (STREAM_GROUP) share the partitions of the input topic: start as many as you need.
    On SIGTERM a worker finishes the pages in flight, commits them and exits with 0; when it cannot deliver, its
    cleaning processes are broken, or it stands still while pages wait, it exits with 1 so that a supervisor starts it
    again. Nothing is lost either way.

    \b
    Every setting is an environment variable; see them with: stream-cleaner config
    """
    from stream.service.app import run  # not at the top: --help needs none of it

    logs.configure(settings.log_level, settings.log_format)
    try:
        run(settings)
    except Exception as error:
        sys.exit(f"stream-cleaner worker: {type(error).__name__}: {error}")
