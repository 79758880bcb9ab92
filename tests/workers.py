"""A worker as a process of its own, as an operator runs it, to be watched, drained, frozen and killed."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from stream.kafka.embedded import die_with_parent, free_port
from tests.brokers import wait_until

REPOSITORY = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent
COMMAND = [str(SCRIPTS / "stream-cleaner"), "worker"]
STRUCK_COMMAND = [sys.executable, "-m", "tests.faults.struck_worker"]
FAUST_COMMAND = [str(SCRIPTS / "faust"), "-A", "stream.service.app", "worker"]
READY_SECONDS = 90.0
DRAIN_SECONDS = 60.0


class Worker:
    """``stream-cleaner worker`` with the given settings; its output is kept for the failure report.

    ``command`` starts it another way, or starts something else that reads the same settings.
    """

    def __init__(
        self, folder: Path, bootstrap: str, environment: Mapping[str, str], *, command: Sequence[str] = COMMAND
    ) -> None:
        self.port = free_port()
        self.log = folder / f"worker-{self.port}.log"
        self._command = command
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("STREAM_")},
            "PYTHONPATH": str(REPOSITORY),  # the pipelines that break on purpose live under tests/
            "STREAM_BROKERS": bootstrap,
            "STREAM_HTTP_PORT": str(self.port),
            "STREAM_POOL_SIZE": "2",
            "STREAM_SESSION_TIMEOUT": "6",
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Worker":
        """Start the process; it is not ready yet."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self.log.parent,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )
        return self

    def wait_ready(self, seconds: float = READY_SECONDS) -> "Worker":
        """Wait until ``/readyz`` says yes; an ended process is an error at once."""
        wait_until(lambda: self._is_ready() or not self.running, seconds=seconds, what=f"a ready worker\n{self.tail()}")
        assert self.running, f"the worker ended with {self._started.returncode}\n{self.tail()}"
        return self

    @property
    def pid(self) -> int:
        return self._started.pid

    @property
    def running(self) -> bool:
        return self._started.poll() is None

    @property
    def returncode(self) -> int | None:
        return self._started.returncode

    def drain(self) -> int:
        """SIGTERM; the exit code."""
        self.send(signal.SIGTERM)
        return self.wait(DRAIN_SECONDS)

    def wait(self, seconds: float) -> int:
        """The exit code, once the process has ended."""
        try:
            return self._started.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the worker still runs after {seconds:.0f} s\n{self.tail()}") from None

    def kill9(self) -> None:
        """SIGKILL to the worker alone: its cleaning processes have to notice by themselves."""
        self.send(signal.SIGKILL)
        self._started.wait()

    def freeze(self) -> None:
        self.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    def send(self, sign: signal.Signals) -> None:
        self._started.send_signal(sign)

    def end(self) -> None:
        """Whatever state it is in, the process and all it started are gone afterwards."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def family(self) -> set[int]:
        """Pids of all the worker's children and their children: the cleaning processes, and who starts them."""
        parents = {
            int(stat.parent.name): parent
            for stat in Path("/proc").glob("[0-9]*/stat")
            if (parent := _parent(stat)) is not None
        }
        found, generation = set[int](), {self.pid}
        while generation:
            generation = {pid for pid, parent in parents.items() if parent in generation}
            found |= generation
        return found

    def metrics(self) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        """Every sample of ``/metrics`` by name and labels."""
        families = text_string_to_metric_families(self.get("/metrics"))
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in families
            for sample in family.samples
        }

    def metric(self, name: str, **labels: str) -> float:
        """The sum of a metric's samples that carry these labels; 0 where there is none."""
        wanted = set(labels.items())
        return sum(value for (sample, given), value in self.metrics().items() if sample == name and wanted <= given)

    def get(self, path: str) -> str:
        """The body of one of the worker's HTTP pages."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def tail(self, lines: int = 40) -> str:
        """The end of what the worker wrote."""
        if not self.log.exists():
            return "(the worker wrote nothing)"
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def count_in_log(self, text: str) -> int:
        """How often the worker has written a text."""
        return self.log.read_text(errors="replace").count(text) if self.log.exists() else 0

    def _is_ready(self) -> bool:
        try:
            self.get("/readyz")
        except (urllib.error.URLError, OSError):
            return False
        return True

    @property
    def _started(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the worker was not started"
        return self._process


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings by their names, as environment variables."""
    return {f"STREAM_{name.upper()}": value for name, value in settings.items()}


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _parent(stat: Path) -> int | None:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended meanwhile
        return None
