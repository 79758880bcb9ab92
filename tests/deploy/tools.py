"""The tools: those of the development environment, and those that only the system can have."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.brokers import in_ci

REPOSITORY = Path(__file__).parent.parent.parent
DEPLOY = REPOSITORY / "deploy"


def run(
    *command: str | Path,
    cwd: Path = REPOSITORY,
    environment: Mapping[str, str] | None = None,
    seconds: float = 300,
) -> str:
    """Run a validator; what it complains about fails the test. Returns its standard output."""
    parts = [str(part) for part in command]
    result = subprocess.run(parts, cwd=cwd, env=environment, capture_output=True, text=True, timeout=seconds)
    if result.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}", pytrace=False)
    return result.stdout


def installed(name: str) -> Path:
    """A tool from the development requirements."""
    return Path(sys.executable).parent / name


def system(name: str, package: str) -> Path:
    """A tool that only a package of the system provides: its absence skips on a developer's machine, fails in CI."""
    path = shutil.which(name)
    if path is not None:
        return Path(path)
    why = f"needs {name} (Debian's package {package})"
    if in_ci():
        pytest.fail(why)
    pytest.skip(why)
