"""``stream-cleaner dead-letters``: look at pages that broke, see why, and give them a second chance."""

import click

from stream.cli.lazy import LazyGroup

COMMANDS = {
    "list": "What broke, one line each.",
    "show": "One dead letter, with its headers or its bytes.",
    "explain": "Where a page breaks today, stage by stage.",
    "replay": "Send pages back to the input topic, each once.",
}


@click.group(cls=LazyGroup, package=__name__, helps=COMMANDS)
def dead_letters() -> None:
    """Look at pages that broke, see why, and give them a second chance.

    \b
      stream-cleaner dead-letters list --from 2h            what broke, one line each
      stream-cleaner dead-letters show 0:17                 one of them, with its headers
      stream-cleaner dead-letters explain 0:17              where it breaks today, stage by stage
      stream-cleaner dead-letters replay --stage decode     back to the input topic, each page once

    A dead letter is named by its partition and offset in the dead-letter topic (STREAM_DEAD_LETTER_TOPIC).
    """
