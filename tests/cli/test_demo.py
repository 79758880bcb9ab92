import re
import subprocess
from collections import Counter
from pathlib import Path

import click
import pytest

from stream.cli.demo import OutcomeAccount
from stream.outcome import OutcomeKind
from stream.samples import PAGES, samples
from tests.cli.programs import running, stream_cleaner


def test_an_account_holds_when_every_page_has_exactly_one_outcome() -> None:
    account = OutcomeAccount()
    account.add(OutcomeKind.CLEANED, (0, 0))
    account.add(OutcomeKind.REJECTED, (0, 1))
    assert account.holds(produced=2, consumed=2)
    assert account.line(consumed=2) == "consumed 2 = cleaned 1 + rejected 1 + dead-lettered 0"
    assert account.line(consumed=3).startswith("consumed 3 ≠ ")
    assert not account.holds(produced=3, consumed=3)
    assert not account.holds(produced=2, consumed=1)
    account.add(OutcomeKind.CLEANED, (0, 1))
    assert not account.holds(produced=3, consumed=3)  # one page twice, another lost


@pytest.mark.broker
def test_the_demo_shows_every_sample_and_stays_for_who_wants_to_try() -> None:
    with running("demo", "--keep", streams={"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}) as process:
        shown = _shown_until("stream-cleaner produce", process)
        _check_samples(shown)
        assert re.search(r"^metrics  http://127\.0\.0\.1:\d+/metrics$", shown, re.MULTILINE)
        assert re.search(r"^health   http://127\.0\.0\.1:\d+/healthz$", shown, re.MULTILINE)

        (brokers,) = re.findall(r"STREAM_BROKERS=(\S+)", shown)
        assert stream_cleaner("produce", str(PAGES / "blog.html"), brokers=brokers).returncode == 0
        count = str(len(samples()) + 1)
        more = stream_cleaner("tail", "--from-beginning", "--count", count, "--timeout", "60", brokers=brokers)
        assert more.returncode == 0, more.stderr
    assert process.returncode == 0


@pytest.mark.broker
def test_a_demo_that_fails_says_so_and_shows_the_workers_log(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>x</p>")
    done = stream_cleaner("demo", str(tmp_path), pipeline="nowhere:build")
    assert done.returncode == 1
    assert "✗ consumed 0 ≠" in done.stdout.decode() or "✗ consumed 0 =" in done.stdout.decode()
    assert "the worker ended with exit code" in done.stderr.decode()
    assert "nowhere" in done.stderr.decode()


def _check_samples(shown: str) -> None:
    """Every sample is shown as what it is, and the account says how many of each there were."""
    kinds = Counter(sample.outcome for sample in samples())
    shares = " + ".join(f"{kind} {kinds[kind]}" for kind in OutcomeKind)
    assert f"✓ consumed {len(samples())} = {shares}\n" in shown
    for sample in samples():
        line = sample.headline or (f"Rejected: {sample.reason}" if sample.reason else f": {sample.error}")
        assert f"{line}\n" in shown


def _shown_until(last: str, process: "subprocess.Popen[bytes]") -> str:
    """What the process prints, without colours, until ``last`` or its end."""
    shown = ""
    assert process.stdout is not None
    for line in iter(process.stdout.readline, b""):
        shown += click.unstyle(line.decode())
        if last in shown:
            break
    return shown
