"""How a page ends: the three kinds of outcome, the dead letter, and an outcome encoded for the way to Kafka."""

from dataclasses import dataclass, replace
from enum import StrEnum

from stream.codec.json_text import to_json
from stream.codec.record import Record
from stream.codec.write import Message, dead_letter_message, encode
from stream.events import SCHEMA_VERSION, CleanArticle, DeadLetter, PageError, RawPage, RejectedPage, StageRun
from stream.facts import PageFacts, facts_of
from stream.identity import record_id

MAX_MESSAGE_CHARS = 300

Outcome = CleanArticle | RejectedPage | DeadLetter


class OutcomeKind(StrEnum):
    """What becomes of a page; the values are those of the metrics' label ``outcome``."""

    CLEANED = "cleaned"
    REJECTED = "rejected"
    DEAD_LETTERED = "dead-lettered"


@dataclass(frozen=True, slots=True)
class Result:
    """A page's one outcome, and the stages it went through (of a dead letter too, whose event does not carry them)."""

    outcome: Outcome
    stages: tuple[StageRun, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """An outcome that is ready to be published.

    ``message`` is None for dead letters, whose record the worker has; ``reason`` is a rejected page's; ``stages`` pairs
    each stage's name with its CPU seconds.
    """

    kind: OutcomeKind
    message: Message | None = None
    letter: DeadLetter | None = None
    reason: str | None = None
    facts: PageFacts | None = None
    stages: tuple[tuple[str, float], ...] = ()

    @property
    def event(self) -> bytes:
        """The outcome's event as JSON."""
        return to_json(self.letter) if self.message is None else self.message.value or b""

    def message_for(self, record: Record) -> Message:
        """What is produced for it; ``record`` is the raw page's own, which a dead letter repeats."""
        if self.message is not None:
            return self.message
        assert self.letter is not None, "an outcome without a message is a dead letter"
        return dead_letter_message(self.letter, record)


def finish(result: Result, record: Record, schema_version: str = SCHEMA_VERSION) -> Finished:
    """Encode an outcome in a version of the schemas.

    Called in the process that cleaned the page, so that the worker's event loop never does.
    """
    outcome = result.outcome
    stages = tuple((run.name, run.ms / 1000) for run in result.stages)
    if isinstance(outcome, DeadLetter):
        return Finished(OutcomeKind.DEAD_LETTERED, letter=outcome, stages=stages)
    message, facts = encode(outcome, record, schema_version), facts_of(outcome)
    if isinstance(outcome, RejectedPage):
        return Finished(OutcomeKind.REJECTED, message, reason=outcome.reason.value, facts=facts, stages=stages)
    return Finished(OutcomeKind.CLEANED, message, facts=facts, stages=stages)


def build_dead_letter(
    error: PageError,
    record: Record,
    pipeline_version: str,
    page: RawPage | None = None,
    article_id: str | None = None,
) -> DeadLetter:
    """The dead letter of a record; ``page`` and its id are given where the record could be read as a page."""
    return DeadLetter(
        articleId=article_id or record_id(record, pipeline_version),
        recordId=page.recordId if page else None,
        url=page.url if page else record.header("ce_subject") or record.header("url"),
        error=replace(error, message=error.message[:MAX_MESSAGE_CHARS]),
        attempts=record.attempts,
        source=record.source,
        pipelineVersion=pipeline_version,
    )


def refuse_too_large(finished: Finished, record: Record, pipeline_version: str) -> Finished:
    """The dead letter that a page becomes when its topic refuses the output for its size."""
    message = finished.message
    assert message is not None, "a dead letter is as large as its page, which the topic of raw pages took"
    error = PageError(
        stage="publish",
        type="OutputTooLarge",
        message=f"the output has {len(message.value or b'')} bytes, more than the topic takes",
    )
    said = {name: value.decode("utf-8", "replace") for name, value in message.headers}
    page = RawPage(url=said.get("ce_subject"))
    letter = build_dead_letter(error, record, pipeline_version, page, said["ce_id"])
    return replace(finished, kind=OutcomeKind.DEAD_LETTERED, message=None, letter=letter, reason=None)
