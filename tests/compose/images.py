"""The stack's images, made on this machine of Debian's packages and Maven's jars: no registry is asked for any."""

from pathlib import Path

from tests.brokers import fetch_kafka
from tests.compose.engine import FOLDER, Engine
from tests.deploy.tools import DEPLOY, REPOSITORY, run

TESTS = REPOSITORY / "tests"
IMAGES = Path(__file__).parent / "images"
SUITE = "bookworm"
BASES = {
    "base": ("python3",),
    "build": ("python3", "python3-venv", "python3-dev", "gcc", "libc6-dev"),
    "services": ("default-jre-headless", "prometheus", "wget"),
}


def build(engine: Engine) -> dict[str, str]:
    """Build what is not built yet; the environment variables that name the images in ``docker-compose.yml``."""
    fetch_kafka()
    base, building, services = (_base(engine, name) for name in BASES)
    return {
        "CLEANER_IMAGE": engine.build(
            "stream-cleaner", DEPLOY / "Dockerfile", REPOSITORY, BUILD_IMAGE=building, BASE_IMAGE=base
        ),
        "KAFKA_IMAGE": engine.build("kafka", IMAGES / "kafka.Dockerfile", TESTS, BASE_IMAGE=services),
        "PROMETHEUS_IMAGE": engine.build("prometheus", IMAGES / "prometheus.Dockerfile", TESTS, BASE_IMAGE=services),
    }


def _base(engine: Engine, name: str) -> str:
    """Debian with a few packages as a base image; kept between runs."""
    folder = FOLDER / name
    if not (folder / "Dockerfile").exists():
        folder.mkdir(exist_ok=True)
        packages = ",".join(("ca-certificates", *BASES[name]))
        run(
            "mmdebstrap",
            "--quiet",
            "--variant=minbase",
            f"--include={packages}",
            SUITE,
            folder / "root.tar",
            seconds=1800,
        )
        (folder / "Dockerfile").write_text("FROM scratch\nADD root.tar /\n")
    return engine.build(f"debian-{name}", folder / "Dockerfile", folder)
