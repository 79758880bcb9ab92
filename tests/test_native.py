"""Which half of the inner loops runs is chosen by STREAM_NATIVE, shown, and changes nothing that comes out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

import stream
from stream import native
from stream.samples import samples
from stream.settings import ENVIRONMENT_ONLY
from tests.workers import SCRIPTS

CLEAN_SAMPLES = """
from stream.codec.json_text import to_json
from stream.events import DeadLetter
from stream.pipeline import Pipeline
from stream.samples import samples
from stream.settings import Settings
import msgspec, orjson
pipeline = Pipeline.from_settings(Settings())
for sample in samples():
    event = msgspec.to_builtins(pipeline(sample.record).outcome)
    event.pop("stages", None)
    print(orjson.dumps(event).decode())
"""
WITHOUT_NUMPY = "import sys; sys.modules['numpy'] = None\n" + CLEAN_SAMPLES


def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The code in a fresh process, as the variables say."""
    return subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.usefixtures("compiled")
def test_the_plain_half_gives_the_same_outcomes_as_the_compiled_one() -> None:
    compiled, plain = run(CLEAN_SAMPLES, STREAM_NATIVE="required"), run(CLEAN_SAMPLES, STREAM_NATIVE="off")
    assert compiled.returncode == plain.returncode == 0, compiled.stderr + plain.stderr
    assert len(plain.stdout.splitlines()) == len(samples())
    assert list(map(orjson.loads, plain.stdout.splitlines())) == list(map(orjson.loads, compiled.stdout.splitlines()))


@pytest.mark.parametrize("mode", ["auto", "off"])
def test_pages_are_cleaned_where_numpy_is_not_installed(mode: str) -> None:
    done = run(WITHOUT_NUMPY, STREAM_NATIVE=mode)
    assert done.returncode == 0, done.stderr


def test_required_loops_that_are_missing_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    source = Path(stream.__file__).parent
    shutil.copytree(source, tmp_path / "stream", ignore=shutil.ignore_patterns("*.so", "*.pyd", "*.c"))
    for mode, half in (("required", None), ("auto", "plain")):
        done = subprocess.run(
            [sys.executable, "-c", "from stream import native; print(native.HALF)"],
            cwd=tmp_path,
            env={**os.environ, "STREAM_NATIVE": mode, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        if half is None:
            assert done.returncode != 0
            assert "STREAM_NATIVE=required, but the compiled loops do not load" in done.stderr
        else:
            assert done.stdout.strip() == half


def test_any_other_mode_is_an_error_that_names_the_three() -> None:
    done = run("from stream import native", STREAM_NATIVE="yes")
    assert "STREAM_NATIVE is 'yes'; it may be auto, required, off" in done.stderr


def test_the_variable_is_no_unknown_setting() -> None:
    assert native.VARIABLE in ENVIRONMENT_ONLY


@pytest.mark.parametrize("arguments", [["--version"], ["config"]])
def test_the_command_line_says_which_half_runs(arguments: list[str]) -> None:
    for mode, half in (("off", "plain"), ("auto", native.HALF)):
        shown = subprocess.run(
            [SCRIPTS / "stream-cleaner", *arguments],
            env={**os.environ, "STREAM_NATIVE": mode, "COLUMNS": "300"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert half in shown.stdout
