"""What runs inside a cleaning process: the pipeline, under a memory limit; Faust-free, so that children import it."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from stream.codec.record import Record
from stream.events import SCHEMA_VERSION, RawPage
from stream.outcome import Finished, Result, finish
from stream.pipeline import AnyStage, Pipeline, load_pipeline
from stream.service.pool.garbage_collection import spare_the_collector
from stream.settings import MIB, Settings

PR_SET_PDEATHSIG = 1


# Cleaned once at the start: models that load on first use must not count against the first page's deadline and memory.
WARM_UP = Record(
    b"<html lang='en'><title>Ferry to open in May</title><body><article><h1>Ferry to open in May</h1>"
    b"<p>The ferry from Dover to Calais will open again in May, the mayor Ann Lee said on Monday, after a winter in "
    b"which every crossing had been cancelled and most of its crew had found other work along the coast.</p>"
    b"<p>She had written to the ministry in London twice, she said, and had an answer on the day that the last of the "
    b"bakers on the quay closed for good. The first boat leaves at six in the morning with room for forty cars.</p>"
    b"</article></body></html>",
    headers=(("content-type", b"text/html"),),
)

_pipeline: Pipeline | None = None
_schema_version: str = SCHEMA_VERSION


def start(settings: Settings) -> None:
    """Build this process's pipeline, then put the memory limit on whatever pages will need above it."""
    global _pipeline, _schema_version
    _schema_version = settings.schema_version
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole process group; only the worker acts on it
    _die_with_parent()
    _pipeline = load_pipeline(settings)
    _pipeline(WARM_UP)
    spare_the_collector()
    _limit_memory(settings.page_memory * MIB)


def clean(records: Sequence[Record]) -> list[Finished]:
    """The outcomes of a batch of pages, in order."""
    assert _pipeline is not None, "the process was not started by the pool"
    return [clean_one(_pipeline, record, _schema_version) for record in records]


def clean_watched(watch: str, records: Sequence[Record]) -> list[Finished]:
    """The same, and each stage's name in the file ``watch`` as it begins: what kills the process is then known."""
    assert _pipeline is not None, "the process was not started by the pool"
    with open(watch, "w", encoding="utf-8", buffering=1) as log:
        pipeline = Pipeline([_Watched(stage, log) for stage in _pipeline.stages])
        return [clean_one(pipeline, record, _schema_version) for record in records]


class _Watched:
    """A stage that says so before it begins."""

    def __init__(self, stage: AnyStage, log: TextIO) -> None:
        self.name, self.version = stage.name, stage.version
        self._stage, self._log = stage, log

    def __call__(self, value: Any) -> Any:
        self._log.write(f"{self.name}\n")
        return self._stage(value)


def ping() -> str:
    """The pipeline's version: proof that a process can start and answer."""
    assert _pipeline is not None, "the process was not started by the pool"
    return _pipeline.version


def clean_one(pipeline: Pipeline, record: Record, schema_version: str = SCHEMA_VERSION) -> Finished:
    """The outcome of one page; never raises for a bad one."""
    result = pipeline(record)
    try:
        return finish(result, record, schema_version)
    except Exception as error:  # an outcome that cannot be encoded is this page's own fault too
        broken = result.outcome
        page = RawPage(url=broken.url, recordId=broken.recordId)
        letter = pipeline.dead_letter(error, "encode", record, page, broken.articleId)
        return finish(Result(letter, result.stages), record)


def _limit_memory(budget: int) -> None:
    """Let the process map ``budget`` bytes more than it has now; beyond that allocation fails with MemoryError."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return  # only Linux enforces RLIMIT_AS in a useful way
    resource.setrlimit(resource.RLIMIT_AS, (mapped + budget, resource.RLIM_INFINITY))


def _die_with_parent() -> None:
    """Ask Linux to end this process with its parent, so that a killed worker leaves no children behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)
