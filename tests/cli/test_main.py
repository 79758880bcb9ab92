import subprocess
import sys

import pytest
from click.testing import CliRunner

from stream.cli.main import COMMANDS, cli
from stream.version import __version__
from tests.cli.programs import stream_cleaner

HEAVY = ("aiokafka", "faust", "msgspec", "rich", "selectolax", "spacy", "stream.pipeline", "stream.settings")


def test_help_names_every_command_and_gives_examples() -> None:
    answer = CliRunner().invoke(cli, ["--help"])
    assert answer.exit_code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in answer.output
    assert "stream-cleaner clean page.html" in answer.output


def test_help_loads_none_of_what_commands_need() -> None:
    code = (
        "import sys\n"
        "from stream.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.stderr.decode().strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    answer = CliRunner().invoke(cli, [command, "--help"])
    assert answer.exit_code == 0, answer.output
    assert f"Usage: cli {command}" in answer.output


def test_version() -> None:
    done = stream_cleaner("-V")
    assert done.returncode == 0
    assert __version__ in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["clan"], "No such command"),
        (["clean"], "Missing argument"),
        (["clean", "--workers", "0", "-"], "--workers"),
        (["tail", "all"], "is not one of"),
    ],
)
def test_wrong_usage_is_explained_and_ends_with_2(arguments: list[str], complaint: str) -> None:
    done = stream_cleaner(*arguments)
    assert done.returncode == 2
    assert complaint in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_unknown_setting_is_one_line_that_names_the_nearest() -> None:
    done = stream_cleaner("topics", "--dry-run", broker="kafka:9092")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "stream-cleaner: unknown setting STREAM_BROKER in the environment; did you mean STREAM_BROKERS?"
    ]


@pytest.mark.parametrize("arguments", [["topics"], ["tail"], ["produce", __file__]])
def test_a_broker_that_does_not_answer_is_one_line(arguments: list[str]) -> None:
    done = stream_cleaner(*arguments, brokers="127.0.0.1:1")
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("stream-cleaner: cannot reach Kafka at 127.0.0.1:1: ")
    assert line.endswith("(see STREAM_BROKERS)")
