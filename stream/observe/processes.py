"""Memory and CPU of the worker and its cleaning processes together, read from /proc when Prometheus asks."""

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
KIB = 1024


class ProcessTree(Collector):
    """What a container's limits count: this process and all below it.

    Memory is the sum of resident sets, so pages shared by several processes count once for each: an upper bound.
    """

    def __init__(self, proc: Path = Path("/proc"), cgroup: Path = Path("/sys/fs/cgroup")) -> None:
        self._proc = proc
        self._cgroup = cgroup

    def collect(self) -> Iterator[Metric]:
        pids = list(self._descendants(os.getpid()))
        yield GaugeMetricFamily(
            "stream_cleaner_processes", "Processes of this worker: itself and those below it.", value=len(pids)
        )
        yield GaugeMetricFamily(
            "stream_cleaner_memory_bytes",
            "Resident memory of the worker and its cleaning processes (shared pages count once for each process).",
            value=sum(self._resident(pid) for pid in pids),
        )
        yield GaugeMetricFamily(
            "stream_cleaner_memory_limit_bytes",
            "Memory that the worker may use: its control group's limit, or the machine's memory where it has none.",
            value=self._limit(),
        )
        yield CounterMetricFamily(
            "stream_cleaner_cpu_seconds",
            "CPU time of the worker and its cleaning processes, ended ones included.",
            value=sum(self._cpu(pid) for pid in pids),
        )

    def _descendants(self, pid: int) -> Iterator[int]:
        yield pid
        try:
            tasks = list((self._proc / str(pid) / "task").iterdir())
        except OSError:
            return  # not Linux, or the process ended meanwhile
        for task in tasks:
            for child in self._read(task / "children").split():
                yield from self._descendants(int(child))

    def _resident(self, pid: int) -> int:
        fields = self._read(self._proc / str(pid) / "statm").split()
        return int(fields[1]) * PAGE if fields else 0

    def _cpu(self, pid: int) -> float:
        # behind the command's closing parenthesis; utime, stime, cutime, cstime are fields 14 to 17 of proc(5)
        fields = self._read(self._proc / str(pid) / "stat").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS

    def _limit(self) -> int:
        limits = [self._read(self._cgroup / name).strip() for name in ("memory.max", "memory/memory.limit_in_bytes")]
        numbers = [int(limit) for limit in limits if limit.isdigit()]
        machine = self._read(self._proc / "meminfo").split()
        return min(numbers + ([int(machine[1]) * KIB] if machine else []), default=0)

    @staticmethod
    def _read(path: Path) -> str:
        try:
            return path.read_text(encoding="ascii", errors="replace")
        except OSError:
            return ""
