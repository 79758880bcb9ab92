"""What runs inside a cleaning process: the pipeline, under a memory limit; Faust-free, so that children import it."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TextIO

from stream.codec.record import Record
from stream.codec.write import Message, encode
from stream.events import CleanArticle, DeadLetter, PageError, RejectedPage
from stream.observe.facts import PageFacts, facts_of
from stream.pipeline import Pipeline, Result, Stage, load_pipeline
from stream.service.pool.garbage_collection import spare_the_collector
from stream.settings import MIB, Settings

Fate = Literal["cleaned", "rejected", "dead-lettered"]

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Finished:
    """A page's outcome, ready to be published; ``message`` is None for dead letters (the worker has the bytes).

    ``stages`` pairs each stage's name with its CPU seconds.
    """

    fate: Fate
    message: Message | None
    letter: DeadLetter | None
    reason: str | None
    facts: PageFacts | None
    stages: tuple[tuple[str, float], ...]


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


def start(settings: Settings) -> None:
    """Build this process's pipeline, then put the memory limit on whatever pages will need above it."""
    global _pipeline
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole process group; only the worker acts on it
    _die_with_parent()
    _pipeline = load_pipeline(settings)
    _pipeline(WARM_UP)
    spare_the_collector()
    _limit_memory(settings.page_memory * MIB)


def clean(records: Sequence[Record]) -> list[Finished]:
    """The outcomes of a batch of pages, in order."""
    assert _pipeline is not None, "the process was not started by the pool"
    return [clean_one(_pipeline, record) for record in records]


def clean_watched(watch: str, records: Sequence[Record]) -> list[Finished]:
    """The same, and each stage's name in the file ``watch`` as it begins: what kills the process is then known."""
    assert _pipeline is not None, "the process was not started by the pool"
    with open(watch, "w", encoding="utf-8", buffering=1) as log:
        pipeline = Pipeline([_Watched(stage, log) for stage in _pipeline.stages])
        return [clean_one(pipeline, record) for record in records]


class _Watched:
    """A stage that says so before it begins."""

    def __init__(self, stage: Stage, log: TextIO) -> None:
        self.name, self.version = stage.name, stage.version
        self._stage, self._log = stage, log

    def __call__(self, value: Any) -> Any:
        self._log.write(f"{self.name}\n")
        return self._stage(value)


def ping() -> str:
    """The pipeline's version: proof that a process can start and answer."""
    assert _pipeline is not None, "the process was not started by the pool"
    return _pipeline.version


def clean_one(pipeline: Pipeline, record: Record) -> Finished:
    """The outcome of one page; never raises for a bad one."""
    result = pipeline(record)
    try:
        return _finish(result, record)
    except Exception as error:  # an outcome that cannot be encoded is this page's own fault too
        return _finish(Result(pipeline.dead_letter(error, "encode", record), result.stages), record)


def output_too_large(finished: Finished, record: Record, pipeline_version: str) -> Finished:
    """The dead letter that a page becomes when its topic refuses the output as too large."""
    size = len(finished.message.value or b"") if finished.message else 0
    problem = PageError(
        stage="publish", type="OutputTooLarge", message=f"the output has {size} bytes, more than the topic takes"
    )
    letter = DeadLetter(error=problem, attempts=record.attempts, source=record.source, pipelineVersion=pipeline_version)
    return replace(finished, fate="dead-lettered", message=None, letter=letter, reason=None)


def _finish(result: Result, record: Record) -> Finished:
    """Encode an outcome in this process, so that the worker's event loop never serialises."""
    outcome = result.outcome
    stages = tuple((run.name, run.ms / 1000) for run in result.stages)
    if isinstance(outcome, DeadLetter):
        return Finished("dead-lettered", None, outcome, None, None, stages)
    fate: Fate = "cleaned" if isinstance(outcome, CleanArticle) else "rejected"
    reason = outcome.reason.value if isinstance(outcome, RejectedPage) else None
    return Finished(fate, encode(outcome, record), None, reason, facts_of(outcome), stages)


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
