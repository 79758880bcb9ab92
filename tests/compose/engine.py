"""An engine for Compose to talk to: podman answers Docker's API on a socket, with storage and networks of its own."""

import os
import subprocess
import threading
from pathlib import Path

from stream.kafka.embedded import die_with_parent
from tests.brokers import wait_until
from tests.deploy.tools import run, system

FOLDER = Path("/var/tmp/stream-cleaner-compose")  # images stay here for the next time
PACKAGES = ("podman", "buildah", "runc", "catatonit", "mmdebstrap")
CHECK_SECONDS = 1.0
# runc and cgroupfs: podman's defaults want systemd. Netavark: it resolves the names of services, which another backend
# does not. Low ulimits with both bounds alike: its API swaps soft and hard.
CONTAINERS = """\
[containers]
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
"""
SHARED = ("/etc/ssl/certs", "/etc/pip.conf")  # wherever pip works on this machine, it works in a build


class Engine:
    """Podman's service, and the health checks that systemd's timers would run."""

    def __init__(self) -> None:
        for package in PACKAGES:
            system(package, package)
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "containers.conf").write_text(CONTAINERS)
        self._socket = FOLDER / "podman.sock"
        self._socket.unlink(missing_ok=True)
        self._service: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._checks = threading.Thread(target=self._check_health, daemon=True)

    def start(self) -> None:
        """Return when it can be talked to."""
        with (FOLDER / "service.log").open("wb") as log:
            self._service = subprocess.Popen(
                [*self._podman, "system", "service", "--time", "0", f"unix://{self._socket}"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )
        wait_until(self._socket.exists, seconds=30, what="podman's socket")
        self._checks.start()

    def stop(self) -> None:
        """End the service; whoever started containers ends them first."""
        self._over.set()
        if self._service is not None:
            self._checks.join()
            self._service.terminate()
            self._service.wait()

    @property
    def environment(self) -> dict[str, str]:
        """How podman, buildah and Compose find the engine."""
        settings = {"CONTAINERS_CONF": str(FOLDER / "containers.conf"), "DOCKER_HOST": f"unix://{self._socket}"}
        return {**os.environ, **settings}

    def build(self, name: str, dockerfile: Path, context: Path, **arguments: str) -> str:
        """Build an image with buildah; the name that Compose finds it by."""
        run(
            *("buildah", *self._storage, "bud", "--quiet", "--layers", "--format=docker"),
            *("--isolation=chroot", "--network=host"),
            *(f"--volume={path}:{path}:ro" for path in SHARED if Path(path).exists()),
            *(f"--build-arg={argument}={value}" for argument, value in arguments.items()),
            *(f"--file={dockerfile}", f"--tag=localhost/{name}", context),
            environment=self.environment,
            seconds=1800,
        )
        return f"localhost/{name}"

    def podman(self, *arguments: str) -> str:
        """What a podman command prints."""
        return run(*self._podman, *arguments, environment=self.environment)

    def _check_health(self) -> None:
        while not self._over.wait(CHECK_SECONDS):
            for container in self.podman("ps", "--quiet").split():
                # fails where the container has no check, is unhealthy, or has ended meanwhile
                command = [*self._podman, "healthcheck", "run", container]
                subprocess.run(command, env=self.environment, capture_output=True)

    @property
    def _podman(self) -> list[str]:
        return ["podman", *self._storage, f"--network-config-dir={FOLDER / 'networks'}"]

    @property
    def _storage(self) -> list[str]:
        return [f"--root={FOLDER / 'storage'}", f"--runroot={FOLDER / 'run'}"]
