"""The ordered stages: one raw record in, one outcome out.

The pipeline, not the stage, times, counts, names the failing stage and stamps ids, so a stage stays a plain callable.
"""

import hashlib
import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Generic, Protocol, TypeVar, cast

from stream.cleaning.assemble import Assemble
from stream.cleaning.decode.stage import Decode
from stream.cleaning.judge.stage import Judge
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Payload, Rejection
from stream.codec.read import Read
from stream.codec.record import Record
from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.place.stage import Place
from stream.entities.quote import FindQuotes
from stream.entities.rank import Rank
from stream.entities.recognise.stage import Recognise
from stream.entities.values import Described
from stream.events import Article, CleanArticle, DeadLetter, PageError, RawPage, RejectedPage, StageRun
from stream.identity import article_id, record_id
from stream.outcome import Outcome, Result, build_dead_letter
from stream.settings import Settings
from stream.version import __version__

First = TypeVar("First")
Last = TypeVar("Last")
Next = TypeVar("Next")
Taken = TypeVar("Taken", contravariant=True)
Given = TypeVar("Given", covariant=True)


class Stage(Protocol[Taken, Given]):
    """One step: a typed value in; a typed value, or a ``Rejection``, out. Keeps nothing between pages."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def __call__(self, value: Taken, /) -> Given | Rejection: ...


AnyStage = Stage[Any, Any]


class NoSuchStage(LookupError):
    """A part of the pipeline is asked for by the name of a stage that it does not have."""


@dataclass(frozen=True, slots=True)
class Chain(Generic[First, Last]):
    """Stages in a row, each taking what the one before it gives; the type checker holds them to it.

    Calling it gives the last stage's value, or the first ``Rejection``. Unlike the pipeline it raises whatever a stage
    raises.
    """

    stages: tuple[AnyStage, ...]

    @classmethod
    def of(cls, stage: Stage[First, Last]) -> "Chain[First, Last]":
        return Chain((stage,))

    def then(self, stage: Stage[Last, Next]) -> "Chain[First, Next]":
        return Chain((*self.stages, stage))

    def __call__(self, value: First) -> Last | Rejection:
        passed: Any = value
        for stage in self.stages:
            passed = stage(passed)
            if isinstance(passed, Rejection):
                break
        return cast(Last | Rejection, passed)

    def until(self, name: str) -> "Chain[First, Any]":
        """The stages from the first to the one of that name. Raises ``NoSuchStage``."""
        return Chain(self.stages[: self._place_of(name) + 1])

    def since(self, name: str) -> "Chain[Any, Last]":
        """The stages from the one of that name to the last. Raises ``NoSuchStage``."""
        return Chain(self.stages[self._place_of(name) :])

    def _place_of(self, name: str) -> int:
        names = [stage.name for stage in self.stages]
        if name not in names:
            raise NoSuchStage(f"the pipeline has no stage {name!r}; it has {', '.join(names)} (STREAM_PIPELINE)")
        return names.index(name)


@dataclass(slots=True)
class Ledger:
    """What the stages did with one page, and which of them is running.

    A stage's time ends where the next one's begins: asking the kernel for a thread's CPU time costs microseconds.
    """

    stage: AnyStage
    size: int
    runs: list[StageRun] = field(default_factory=list)
    _since: float = field(default_factory=time.thread_time)

    def leave(self, size: int) -> None:
        """The running stage put out so many characters: note its CPU milliseconds."""
        now = time.thread_time()
        self.runs.append(
            StageRun(
                name=self.stage.name,
                version=self.stage.version,
                ms=round((now - self._since) * 1000, 3),
                charsIn=self.size,
                charsOut=size,
            )
        )
        self.size, self._since = size, now


class Pipeline:
    """The stages in order. Calling it never raises for a bad page: whatever breaks becomes a ``DeadLetter``."""

    def __init__(self, stages: Sequence[AnyStage]) -> None:
        self._chain: Chain[Record, Any] = Chain(tuple(stages))
        self.version = _version_of(self.stages)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Pipeline":
        """Build the stages that the settings describe."""
        cleaning = (
            Chain.of(Read(settings))
            .then(Decode(settings.max_decoded_bytes))
            .then(Segment(settings.max_depth, settings.max_nodes))
            .then(LabelBlocks())
            .then(FindFields())
            .then(Judge(settings.accept_kinds, settings.min_kind_probability))
            .then(Assemble())
        )
        if not settings.entities:
            return cls(cleaning.stages)
        naming = cleaning.then(Recognise(settings.recognisers)).then(Canonicalise()).then(Place())
        return cls(naming.then(Rank(settings.max_entities)).then(FindQuotes()).stages)

    @property
    def stages(self) -> tuple[AnyStage, ...]:
        return self._chain.stages

    def until(self, name: str) -> Chain[Record, Any]:
        """The stages from the first to the one of that name. Raises ``NoSuchStage``."""
        return self._chain.until(name)

    def since(self, name: str) -> Chain[Any, Any]:
        """The stages from the one of that name to the last. Raises ``NoSuchStage``."""
        return self._chain.since(name)

    def __call__(self, record: Record) -> Result:
        ledger = Ledger(self.stages[0], len(record.value or b""))
        page: RawPage | None = None
        page_id: str | None = None
        value: Any = record
        try:
            for ledger.stage in self.stages:
                value = ledger.stage(value)
                if isinstance(value, Payload):
                    page, page_id = value.page, article_id(value, self.version)
                ledger.leave(_chars(value))
                if isinstance(value, Rejection):
                    break
            outcome: Outcome = self._end(value, page, page_id, record, tuple(ledger.runs))
        except Exception as error:  # the promise: whatever one page breaks costs that page alone
            ledger.leave(0)
            outcome = self.dead_letter(error, ledger.stage.name, record, page, page_id)
        return Result(outcome, tuple(ledger.runs))

    def _end(
        self, value: Any, page: RawPage | None, page_id: str | None, record: Record, runs: tuple[StageRun, ...]
    ) -> CleanArticle | RejectedPage:
        page = page or RawPage()
        stamp: dict[str, Any] = {
            "articleId": page_id or record_id(record, self.version),
            "recordId": page.recordId,
            "fetchedAt": page.fetchedAt,
            "stages": runs,
            "source": record.source,
            "pipelineVersion": self.version,
        }
        if isinstance(value, Rejection):
            return RejectedPage(
                url=page.url,
                reason=value.reason,
                evidence=value.evidence,
                pageKind=value.kind,
                pageKindProbability=value.probability,
                **stamp,
            )
        described = value if isinstance(value, Described) else Described(value, (), "none")
        article = {name.name: getattr(described.article, name.name) for name in fields(Article)}
        return CleanArticle(
            **article,
            **stamp,
            entities=described.entities,
            mainPeople=described.main_people,
            mainOrganizations=described.main_organizations,
            mainPlaces=described.main_places,
            quotes=described.quotes,
            recogniser=described.recogniser,
        )

    def dead_letter(
        self, error: Exception, stage: str, record: Record, page: RawPage | None = None, page_id: str | None = None
    ) -> DeadLetter:
        """What becomes of a page that broke a stage; ``page`` and its id are given once they are known."""
        kind = "MemoryLimitExceeded" if isinstance(error, MemoryError) else type(error).__name__
        return build_dead_letter(
            PageError(stage=stage, type=kind, message=str(error)), record, self.version, page, page_id
        )


def _chars(value: Any) -> int:
    """How much text a stage's output carries, in characters (bytes before the page is decoded)."""
    if isinstance(value, Rejection):
        return 0
    return len(value.articleBody if isinstance(value, Article) else value)


def _version_of(stages: Sequence[AnyStage]) -> str:
    """The package's version plus a digest of the stages', so that a changed model changes every ``articleId``."""
    names = ",".join(f"{stage.name}={stage.version}" for stage in stages)
    return f"{__version__}+{hashlib.blake2b(names.encode(), digest_size=4).hexdigest()}"


def build(settings: Settings) -> Pipeline:
    """The pipeline that the worker runs unless the setting ``pipeline`` names another factory."""
    return Pipeline.from_settings(settings)


def load_pipeline(settings: Settings) -> Pipeline:
    """Call the factory that the setting ``pipeline`` names."""
    module, _, name = settings.pipeline.partition(":")
    factory: Callable[[Settings], Pipeline] = getattr(importlib.import_module(module), name)
    return factory(settings)
