"""The command line's front door: what there is, and one clear line for whatever goes wrong."""

import os
import sys
from typing import Any, NoReturn

import click

from stream.cli.lazy import LazyGroup
from stream.cli.show.terminal import visible
from stream.version import __version__

COMMANDS = {
    "demo": "Try it out: a broker, a worker and sample pages, no Kafka needed.",
    "clean": "Clean pages on this machine, without a broker.",
    "entities": "Find and link the entities of a text, without a broker.",
    "topics": "Create the four Kafka topics.",
    "worker": "Consume raw pages, publish clean articles.",
    "produce": "Send pages to the input topic: files, folders, JSONL, WARC, WET.",
    "tail": "Follow the topics, readable or as JSON.",
    "dead-letters": "List, show and explain pages that broke; send them back.",
    "replay": "Clean a range of the input topic once more, into another topic.",
    "diff": "Compare two runs: which outcomes and fields changed, with examples.",
    "config": "Show every setting, its value and its meaning.",
}
VERSION_HELP = "Show the version, and whether the inner loops are compiled."
INTERRUPTED = 130  # 128 + SIGINT, as shells count


def _show_version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    from stream import native  # loads the inner loops

    click.echo(f"stream-cleaner {__version__} ({native.HALF})")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    package="stream.cli",
    helps=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-V", "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help=VERSION_HELP
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Turn web pages into clean articles with linked entities: on Kafka, or right here.

    \b
    Try it out, with a broker of its own and sample pages:
      stream-cleaner demo
    \b
    Clean a page; clean many, one JSON object a line:
      stream-cleaner clean page.html
      stream-cleaner clean --jsonl --workers 4 - < pages.jsonl > articles.jsonl
    \b
    Run it on your Kafka:
      export STREAM_BROKERS=kafka:9092
      stream-cleaner topics                       # create the topics
      stream-cleaner worker                       # as many as you need
      stream-cleaner produce crawl.warc.gz        # pages in
      stream-cleaner tail clean                   # articles out

    Settings are environment variables, or lines of the file that STREAM_CONFIG names: see 'stream-cleaner config'.
    'stream-cleaner COMMAND --help' explains a command.
    """
    from stream.settings import Settings  # not at the top: --help needs none of it

    ctx.obj = Settings.load()


def main() -> NoReturn:
    """Run the command line. People see one clear line for whatever goes wrong; STREAM_LOG_LEVEL=DEBUG shows where."""
    try:
        sys.exit(_run())
    except click.Abort:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("STREAM_LOG_LEVEL") == "DEBUG":
            raise
        _say(f"{type(error).__name__}: {error} (STREAM_LOG_LEVEL=DEBUG shows where)")
        sys.exit(1)


def _run() -> int:
    from stream.settings import SettingsError

    try:
        code: Any = cli.main(prog_name="stream-cleaner", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        _say(error.format_message())
        return error.exit_code
    except SettingsError as error:
        _say(str(error))
        return 2
    return code if isinstance(code, int) else 0


def _say(line: str) -> None:
    click.echo(f"stream-cleaner: {visible(line)}", err=True)


if __name__ == "__main__":
    main()
