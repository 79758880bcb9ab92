import re
import signal
import subprocess
from pathlib import Path

import click
import pytest

from stream.cli.demo import Account
from stream.samples import PAGES, samples
from tests.cli.programs import PROGRAM, SECONDS, environment, stream_cleaner


def test_an_account_holds_when_every_page_has_exactly_one_outcome() -> None:
    account = Account()
    account.add("cleaned", (0, 0))
    account.add("rejected", (0, 1))
    assert account.holds(produced=2, consumed=2)
    assert account.line(consumed=2) == "consumed 2 = cleaned 1 + rejected 1 + dead-lettered 0"
    assert account.line(consumed=3).startswith("consumed 3 ≠ ")
    assert not account.holds(produced=3, consumed=3)
    assert not account.holds(produced=2, consumed=1)
    account.add("cleaned", (0, 1))
    assert not account.holds(produced=3, consumed=3)  # one page twice, another lost


@pytest.mark.broker
def test_the_demo_shows_every_sample_and_stays_for_who_wants_to_try() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "demo", "--keep"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment()
    )
    assert process.stdout is not None
    shown = ""
    for line in iter(process.stdout.readline, b""):
        shown += click.unstyle(line.decode())
        if "stream-cleaner produce" in shown:
            break
    fates = {fate: [sample for sample in samples() if sample.outcome == fate] for fate in ("cleaned", "rejected")}
    dead = len(samples()) - len(fates["cleaned"]) - len(fates["rejected"])
    assert (
        f"✓ consumed {len(samples())} = cleaned {len(fates['cleaned'])} + rejected {len(fates['rejected'])} "
        f"+ dead-lettered {dead}\n"
    ) in shown
    for sample in fates["cleaned"]:
        assert f"\n{sample.headline}\n" in shown
    for sample in fates["rejected"]:
        assert f"\nRejected: {sample.reason}\n" in shown
    assert re.search(r"^metrics  http://127\.0\.0\.1:\d+/metrics$", shown, re.MULTILINE)
    assert re.search(r"^health   http://127\.0\.0\.1:\d+/healthz$", shown, re.MULTILINE)

    (brokers,) = re.findall(r"STREAM_BROKERS=(\S+)", shown)
    assert stream_cleaner("produce", str(PAGES / "blog.html"), brokers=brokers).returncode == 0
    more = stream_cleaner(
        "tail", "--from-beginning", "--count", str(len(samples()) + 1), "--timeout", "60", brokers=brokers
    )
    assert more.returncode == 0, more.stderr
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0


@pytest.mark.broker
def test_a_demo_that_fails_says_so_and_shows_the_workers_log(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>x</p>")
    done = stream_cleaner("demo", str(tmp_path), pipeline="nowhere:build")
    assert done.returncode == 1
    assert "✗ consumed 0 ≠" in done.stdout.decode() or "✗ consumed 0 =" in done.stdout.decode()
    assert "the worker ended with exit code" in done.stderr.decode()
    assert "nowhere" in done.stderr.decode()
