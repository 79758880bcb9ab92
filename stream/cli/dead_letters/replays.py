"""Which dead letters were sent back already, kept on Kafka, so that no second call sends the same page again.

A compacted topic beside the dead letters holds one record for each page that was sent back: its key is the page's
place in the input topic (``topic/partition/offset``), its value where it went. Offsets of a consumer group would not
do: letters are chosen by filters and not in order, and Kafka forgets an idle group's offsets before the letters.
"""

import orjson
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from stream.cli.io.ranges import part_of
from stream.events import Source
from stream.kafka.clients import client_options
from stream.kafka.topics import Topic, create_topics
from stream.settings import Settings


class Replays:
    """The pages that were sent back, by where they were first read; each with where it went."""

    def __init__(self, settings: Settings) -> None:
        self.topic = f"{settings.dead_letter_topic}.replays"
        self.sent: dict[str, Source] = {}
        self._settings = settings

    async def read(self) -> "Replays":
        """Learn what was sent back so far: nothing, where the topic does not exist yet."""
        admin = AIOKafkaAdminClient(**client_options(self._settings))
        try:
            await admin.start()
            exists = self.topic in await admin.list_topics()
        finally:
            await admin.close()
        if exists:
            async with part_of(self._settings, [self.topic]) as part:
                async for record in part:
                    self.sent[(record.key or b"").decode()] = Source(**orjson.loads(record.value))
        return self

    async def create(self) -> None:
        """Create the topic where it is missing: one partition, compacted, so that it forgets nothing."""
        await create_topics(self._settings, (Topic(self.topic, 1, {"cleanup.policy": "compact"}),))

    async def note(self, client: AIOKafkaProducer, page: Source, replay: Source) -> None:
        """Keep that a page was sent back, and where to; returns when the broker has it."""
        await client.send_and_wait(self.topic, orjson.dumps(replay), key=place_of(page).encode())
        self.sent[place_of(page)] = replay


def place_of(source: Source) -> str:
    """``topic/partition/offset``."""
    return f"{source.topic}/{source.partition}/{source.offset}"
