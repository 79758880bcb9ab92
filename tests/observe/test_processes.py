"""Memory and CPU are of the worker and its cleaning processes together."""

import os
import subprocess
import sys
from pathlib import Path

from prometheus_client import CollectorRegistry

from stream.observe.processes import ProcessTree

MIB = 1024 * 1024
CHILD = f"held = bytearray(b'x' * {64 * MIB}); print('ready', flush=True); input()"


def samples(tree: ProcessTree) -> dict[str, float]:
    registry = CollectorRegistry()
    registry.register(tree)
    return {sample.name: sample.value for family in registry.collect() for sample in family.samples}


def test_children_count() -> None:
    before = samples(ProcessTree())
    with subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        during = samples(ProcessTree())
        child.communicate(b"\n")
    assert during["stream_cleaner_processes"] == before["stream_cleaner_processes"] + 1
    assert during["stream_cleaner_memory_bytes"] > before["stream_cleaner_memory_bytes"] + 60 * MIB
    assert samples(ProcessTree())["stream_cleaner_cpu_seconds_total"] >= before["stream_cleaner_cpu_seconds_total"]


def test_the_limit_is_the_control_groups_where_it_has_one(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text(f"{512 * MIB}\n")
    assert samples(ProcessTree(cgroup=tmp_path))["stream_cleaner_memory_limit_bytes"] == 512 * MIB


def test_the_limit_is_the_machines_memory_where_the_group_has_none(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("max\n")
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert samples(ProcessTree(cgroup=tmp_path))["stream_cleaner_memory_limit_bytes"] == machine


def test_a_process_that_ends_while_it_is_read_counts_nothing(tmp_path: Path) -> None:
    empty = samples(ProcessTree(proc=tmp_path, cgroup=tmp_path))
    assert empty["stream_cleaner_processes"] == 1
    assert empty["stream_cleaner_memory_bytes"] == 0
