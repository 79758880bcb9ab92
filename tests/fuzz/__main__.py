"""Clean hostile pages for a while and print what breaks: ``make fuzz``, or ``make fuzz SECONDS=60 ARGS="--seed 7"``."""

import faulthandler
import pickle
import sys
import tempfile
import time
import traceback
from pathlib import Path

import click
from hypothesis import HealthCheck, Phase, given, seed, settings

from stream.codec.record import Record
from tests.fuzz.hostile import records
from tests.fuzz.invariants import Watched, check, differences, lasting
from tests.fuzz.plain import Plain

ROUND = 500  # pages between two looks at the clock
MAX_MESSAGE = 1_000  # characters
HANG_SECONDS = 120  # until a page that never ends takes the run with it and shows where it hangs


@click.command()
@click.option("--seconds", type=click.FloatRange(min=1), default=600, show_default=True, help="How long.")
@click.option("--seed", "first", type=int, default=None, help="Where to start; printed, so that a run can be repeated.")
@click.option("--shrink/--no-shrink", default=True, help="Look for the smallest page that breaks the same way.")
def fuzz(seconds: float, first: int | None, shrink: bool) -> None:
    """Clean mutated sample pages and hold every outcome to the invariants; 0 where all held, else 1.

    Each page is cleaned twice: by the native modules here, without them in another process, with the same outcome.
    Before each page its record is written to a file, so that even a crash of the interpreter leaves its page behind.
    """
    faulthandler.enable()
    first = int(time.time()) if first is None else first
    current = Path(tempfile.mkdtemp(prefix="fuzz-")) / "record.pickle"
    print(f"seed {first}; the page at work is in {current}", flush=True)
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    pipeline = Watched()
    plain = Plain()
    pages = findings = number = 0
    end = time.monotonic() + seconds

    @settings(max_examples=ROUND, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck))
    @given(records())
    def clean(record: Record) -> None:
        nonlocal pages
        if time.monotonic() > end:
            return
        pages += 1
        current.write_bytes(pickle.dumps(record))
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
        plain.ask(record)
        try:
            check(pipeline, record)
            here = lasting(pipeline(record).outcome)
        finally:
            there = plain.answer()
        assert here == there, f"without the native modules {differences(here, there)}"
        faulthandler.cancel_dump_traceback_later()

    while time.monotonic() < end:
        try:
            seed(first + number)(clean)()
        except Exception as error:
            findings += 1
            kept = current.with_name(f"finding-{findings}.pickle")
            kept.write_bytes(current.read_bytes())
            last = traceback.extract_tb(error.__traceback__)[-1]
            print(f"{kept}: {last.name}: {type(error).__name__}: {str(error)[:MAX_MESSAGE]}", flush=True)
        number += 1
        print(f"{pages} pages, {findings} findings", flush=True)
    plain.close()
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    fuzz()
