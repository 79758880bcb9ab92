"""The validators: those of the development environment, and those that only the system can have."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.brokers import in_ci

REPOSITORY = Path(__file__).parent.parent.parent
DEPLOY = REPOSITORY / "deploy"


def run(*command: str | Path, cwd: Path = REPOSITORY) -> str:
    """Run a validator; what it complains about fails the test. Returns its standard output."""
    result = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=300)
    if result.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}", pytrace=False)
    return result.stdout


def installed(name: str) -> Path:
    """A tool from the development requirements."""
    return Path(sys.executable).parent / name


def system(name: str, package: str) -> Path:
    """A tool that only a package of the system provides: its absence skips on a developer's machine, fails in CI."""
    path = shutil.which(name)
    if path is None:
        why = f"needs {name} (Debian's package {package})"
        pytest.fail(why) if in_ci() else pytest.skip(why)
    return Path(path)
