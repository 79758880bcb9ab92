"""Where an outcome goes and as what message, and what becomes of one that its topic refuses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from aiokafka.errors import MessageSizeTooLargeError

from stream.codec.record import Record
from stream.codec.write import Message
from stream.observe.tracing import Tracing
from stream.outcome import Finished, OutcomeKind, refuse_too_large
from stream.service.delivery.window import Delivery, Partition
from stream.settings import Settings


@dataclass(frozen=True, slots=True)
class Route:
    """Topics by kind of outcome; ``version`` gives the pipeline's."""

    topics: Mapping[OutcomeKind, str]
    tracing: Tracing
    version: Callable[[], str]

    def __call__(self, finished: Finished, record: Record) -> tuple[str, Message]:
        """The topic and the message of an outcome."""
        message = finished.message_for(record)
        if finished.kind is not OutcomeKind.DEAD_LETTERED:  # which keeps its headers as they came
            message = replace(message, headers=self.tracing.publishing(record, message.headers))
        return self.topics[finished.kind], message

    def refuse(self, finished: Finished, record: Record, error: BaseException) -> Finished:
        """An output too large for its topic is the page's own failure: a dead letter. Raises anything else."""
        if finished.kind is OutcomeKind.DEAD_LETTERED or not isinstance(error, MessageSizeTooLargeError):
            raise error
        return refuse_too_large(finished, record, self.version())


def topics_by_kind(settings: Settings) -> dict[OutcomeKind, str]:
    """The worker's output topics."""
    return {
        OutcomeKind.CLEANED: settings.clean_topic,
        OutcomeKind.REJECTED: settings.rejected_topic,
        OutcomeKind.DEAD_LETTERED: settings.dead_letter_topic,
    }


class OutcomePublisher(Protocol):
    """How outputs and offsets reach Kafka: one after the other (at least once) or in one transaction (exactly once).

    Either way gets outcomes in input order and answers when the broker has them. What the broker refuses for its size
    becomes a dead letter, any other refusal is the worker's end.
    """

    async def take_over(self, partitions: Collection[Partition]) -> None:
        """These partitions are the worker's now; called before it asks where to read on."""

    async def publish(self, finished: Finished, record: Record) -> Delivery:
        """Take an outcome; what comes back waits until the broker has it for good."""

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commit for the group what was delivered. Raises ``KafkaError``."""

    async def give_back(self) -> None:
        """No partition is the worker's any more."""
