"""The machine that a benchmark ran on, and how much of it others used meanwhile: without both no figure means much."""

import os
import platform
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """The processor and Python's version, for the head of a table."""
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return f"{line.partition(':')[2].strip()}, Python {platform.python_version()}"
    return f"{platform.machine()}, Python {platform.python_version()}"


def busy_seconds() -> float:
    """CPU seconds that all processes of this machine have used since it started (Linux)."""
    user, nice, system, _idle, _iowait, *interrupts = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    return sum(map(int, (user, nice, system, *interrupts))) / TICKS


def cpu_seconds(pid: int) -> float:
    """CPU seconds of a process, and of the children that it has waited for (Linux; utime to cstime of proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS
