"""The topics that the worker reads and writes, and how they are created."""

from dataclasses import dataclass, field

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    KafkaError,
    TopicAlreadyExistsError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
    for_code,
)

from stream.kafka.clients import client_options, largest_record
from stream.settings import Settings

DAY_MS = 24 * 3600 * 1000
USUAL_REPLICATION = 3


class TopicUnavailable(RuntimeError):
    """A topic that the worker needs is missing or closed to it; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it should be created; ``config`` holds Kafka's topic settings."""

    name: str
    partitions: int
    config: dict[str, str] = field(default_factory=dict)


def topics_of(settings: Settings, partitions: int) -> tuple[Topic, ...]:
    """The four topics. Dead letters are few and precious: one partition each, kept for a month."""
    size, with_headers = str(settings.max_message_bytes), str(largest_record(settings))
    week, month = str(7 * DAY_MS), str(30 * DAY_MS)
    common = {"max.message.bytes": size, "compression.type": "producer"}
    return (
        Topic(settings.input_topic, partitions, {**common, "retention.ms": week}),
        Topic(settings.clean_topic, partitions, {**common, "retention.ms": week}),
        Topic(settings.rejected_topic, partitions, {**common, "retention.ms": week}),
        # A dead letter is its raw page and some headers more.
        Topic(settings.dead_letter_topic, 1, {**common, "max.message.bytes": with_headers, "retention.ms": month}),
    )


async def create_topics(
    settings: Settings, topics: tuple[Topic, ...], replication: int | None = None
) -> dict[str, bool]:
    """Create what is missing; maps each name to whether it was created now. Raises ``KafkaError`` where that fails.

    Without a ``replication`` each partition is kept three times, or as often as there are brokers.
    """
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await admin.start()
        replication = replication or min(USUAL_REPLICATION, len((await admin.describe_cluster())["brokers"]))
        return {topic.name: await _create(admin, topic, replication) for topic in topics}
    finally:
        await admin.close()


async def check_topics(settings: Settings) -> None:
    """Raise ``TopicUnavailable`` where one of the four topics is missing or closed to this user.

    A consumer waits in silence for a topic that it cannot see; an operator would wait with it.
    """
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await admin.start()
        described = await admin.describe_topics([topic.name for topic in topics_of(settings, partitions=1)])
    finally:
        await admin.close()
    for topic in described:
        if topic["error_code"] == UnknownTopicOrPartitionError.errno:
            raise TopicUnavailable(f"topic {topic['topic']} does not exist; create it with: stream-cleaner topics")
        if topic["error_code"] == TopicAuthorizationFailedError.errno:
            raise TopicUnavailable(f"this worker's user is not authorized for topic {topic['topic']}")


async def _create(admin: AIOKafkaAdminClient, topic: Topic, replication: int) -> bool:
    wanted = NewTopic(topic.name, topic.partitions, replication, topic_configs=topic.config)
    try:
        response = await admin.create_topics([wanted])
    except TopicAlreadyExistsError:
        return False
    for _, code, *message in response.topic_errors:
        error = for_code(code)
        if error is TopicAlreadyExistsError:
            return False
        if code:
            detail = f": {message[0]}" if message and message[0] else ""
            raise KafkaError(f"cannot create topic {topic.name} ({error.__name__}{detail})")
    return True
